"""Mistakes people make in lists of aid, in .csv, .xlsx and .ods: what the message proposes, and where."""

import re

import pytest
from workbooks import converted, problems, save, save_csv

HEAD = ("Unternehmen", "Gewährt am", "Zuwendungsgeber", "Subventionswert", "Verordnung", "Form", "Status")
GOOD = ("Jessen GmbH", "15.03.2025", "Land SH", "50.000,00", "2023/2831", "Zuschuss", "bewilligt")
MISTAKES = [
    (1, "März 2025", "schreiben Sie auch den Tag, z. B. 01.03.2025"),
    (1, "15.3.25", "schreiben Sie 15.03.2025"),
    (1, "2025", "schreiben Sie auch Tag und Monat"),
    (1, "15-Mar-25", "schreiben Sie 15.03.2025"),
    (1, "15.03.2025 (Bescheid)", "schreiben Sie nur 15.03.2025"),
    (1, "15.O3.2025", "schreiben Sie 15.03.2025"),
    (1, "31.02.2025", "dieses Datum gibt es nicht"),
    (3, "50 T€", "schreiben Sie nur 50.000,00"),
    (3, "ca. 50.000", "schreiben Sie 50000 – oder 50,00"),
    (3, "50000 € brutto", "ist kein Betrag"),
    (3, "k. A.", "lassen Sie das Feld leer"),
    (3, "50.000,00 EUR lt. Bescheid", "schreiben Sie nur 50.000,00"),
    (4, "2831", "meinten Sie 2023/2831?"),
    (4, "AGVO", "keine bekannte De-minimis-Verordnung"),
    (4, "2023/2831 und 1408/2013", "nennt 2 Verordnungen"),
    (5, "KfW-Darlehen", "meinten Sie „darlehen“?"),
    (6, "storniert", "ist als Status nicht bekannt"),
]
NEVER = re.compile(r"Traceback|None|Decimal|datetime|expected|invalid")


def with_mistake(place: int, value: str) -> list[tuple[str, ...]]:
    return [HEAD, GOOD, (*GOOD[:place], value, *GOOD[place + 1 :])]


@pytest.mark.parametrize(("place", "value", "said"), MISTAKES)
def test_a_mistake_in_one_cell_is_one_message_with_what_is_meant(tmp_path, place, value, said):
    rows = with_mistake(place, value)
    for file, where in (
        (save_csv(tmp_path / "h.csv", rows), f"Zeile 3, Spalte {place + 1}"),
        (save(tmp_path / "h.xlsx", rows), f"Beihilfen!{'ABCDEFG'[place]}3"),
    ):
        ((there, text),) = problems(file)
        assert (there, said in text) == (where, True), text
        assert text.startswith(f"{HEAD[place]}: ")
        assert NEVER.findall(text) == []


def test_all_of_them_in_libreoffice_calc(tmp_path):
    rows = [HEAD, *(with_mistake(place, value)[2] for place, value, _ in MISTAKES)]
    (file,) = converted("ods", save(tmp_path / "h.xlsx", rows))
    found = problems(file)
    assert [there for there, _ in found] == [
        f"Beihilfen!{'ABCDEFG'[place]}{row}" for row, (place, _, _) in enumerate(MISTAKES, 2)
    ]
    assert [said for (_, text), (_, _, said) in zip(found, MISTAKES, strict=True) if said not in text] == []
