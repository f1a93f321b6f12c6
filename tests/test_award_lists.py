"""Lists of awards as people have them: headings with units."""

from datetime import date

import pytest
from workbooks import problems, read, save, save_csv


@pytest.mark.parametrize(
    "heading",
    ["Subventionswert (T€)", "Subventionswert TEUR", "Subventionswert in Tsd. €", "Subventionswert [Mio.]",
     "Subventionswert (PLN)", "Subventionswert CHF", "Subventionswert in Tausend Euro", "Subventionswert (Monate)"],
)  # fmt: skip
@pytest.mark.parametrize("to", [save, save_csv])
def test_a_unit_that_is_not_the_one_of_the_field_is_an_error_at_the_heading(tmp_path, to, heading):
    file = to(
        tmp_path / f"h.{'csv' if to is save_csv else 'xlsx'}",
        [("Unternehmen", "Gewährt am", heading), ("A", "15.03.2025", "250")],
    )
    ((place, text),) = problems(file)
    assert place.replace("Beihilfen!", "") in {"C1", "Zeile 1, Spalte 3"}
    assert "passt nicht zu Subventionswert" in text


@pytest.mark.parametrize("heading", ["Subventionswert (EUR)", "Subventionswert in €", "Subventionswert [Euro]"])
def test_the_unit_of_the_field_is_read(tmp_path, heading):
    file = save(tmp_path / "h.xlsx", [("Unternehmen", "Gewährt am", heading), ("A", date(2025, 3, 15), 250)])
    assert read(file).historie.beihilfen[0].subventionswert == 250
