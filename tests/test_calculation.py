"""What no budget reaches, because reading refuses it first."""

from datetime import date

import pytest

from foerdercheck.calculation.kosten import Kostenrechnung
from foerdercheck.model.budget import Beteiligter, Monatsposition, Vorhaben
from foerdercheck.programmes import neueste_fassung


def test_monthly_unit_cost_needs_a_programme_that_has_it():
    vorhaben = Vorhaben(antragsdatum=date(2026, 1, 15), beginn=date(2026, 4, 1), ende=date(2027, 3, 31))
    line = Monatsposition(kostenart="personal", bezeichnung="Leitung", stufe="5")
    costs = Kostenrechnung(vorhaben, neueste_fassung("sh-ki"), ())
    with pytest.raises(TypeError):
        costs.zeilen(("antragsteller",), Beteiligter(name="Kreis", art="kommune", kosten=(line,)))
