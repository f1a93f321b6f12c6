"""Whether the grants of each Beteiligter exceed the limit above which offers are needed: alone, together, not known."""

from decimal import Decimal

import pytest
from luftschloss import FASSUNG, body, check, line, with_values

JA, NEIN = (True, None), (False, None)
BESCHEID, OEFFENTLICH, GRENZE = (None, "bescheid"), (None, "oeffentlich"), (None, "grenze")


def above_100():
    """The guideline with three offers from 1.00 € on where grants exceed 100.00 €."""
    (norm,) = FASSUNG.parameter["vergabevorschriften"]
    values = {
        "angebote_bei_zuwendung_ueber": Decimal(100),
        "angebote_ab_auftragswert": Decimal(1),
        "angebote_mindestens": 3,
    }
    return with_values(**{name: (norm._replace(parameter=name, wert=wert),) for name, wert in values.items()})


def money(betrag: str, oeffentlich: str | None) -> dict[str, str]:
    return {"geber": "Stadt", "betrag": betrag} | ({} if oeffentlich is None else {"oeffentlich": oeffentlich})


@pytest.mark.parametrize(
    ("own", "other", "weitere", "verdicts"),
    [  # each gets half of its cost
        ("120,00", "120,00", [], ((NEIN, NEIN), (JA, JA), (BESCHEID, BESCHEID))),
        ("120,00", "80,00", [], ((NEIN, NEIN), (NEIN, NEIN), (NEIN, NEIN))),
        ("120,00", "80,02", [], ((NEIN, NEIN), (JA, JA), (BESCHEID, BESCHEID))),
        ("200,00", "20,00", [], ((NEIN, NEIN), (JA, JA), (BESCHEID, BESCHEID))),
        ("200,02", "20,00", [], ((JA, NEIN), (JA, JA), (JA, BESCHEID))),
        ("20,00", "120,00", [money("40,00", "ja")], ((NEIN, NEIN), (JA, JA), (BESCHEID, BESCHEID))),
        ("20,00", "120,00", [money("40,01", "ja")], ((NEIN, JA), (JA, JA), (BESCHEID, JA))),
        ("20,00", "120,00", [money("40,01", "nein")], ((NEIN, NEIN), (NEIN, NEIN), (NEIN, NEIN))),
        ("20,00", "120,00", [money("40,01", None)], ((NEIN, OEFFENTLICH), (OEFFENTLICH,) * 2, (OEFFENTLICH,) * 2)),
        ("20,00", "120,00", [money("30,00", None)], ((NEIN, NEIN), (NEIN, NEIN), (NEIN, NEIN))),
        ("120,00", "120,00", [money("40,01", None)] * 2, ((NEIN, OEFFENTLICH), (JA, JA), (BESCHEID, OEFFENTLICH))),
    ],
)
def test_grants_and_public_money_exceed_the_limit_alone_or_together(own, other, weitere, verdicts):
    """The verdicts are those for notices of their own, for one in common, and where it is not stated which."""
    for bescheid, wanted in zip(("einzeln", "gemeinsam", None), verdicts, strict=True):
        partner = body("Verein", line(other, "bau"), finanzierung={"weitere": weitere})
        stated = {} if bescheid is None else {"bescheid": bescheid}
        found = check(line(own, "bau"), partner=[partner], fassung=above_100(), **stated).vergabe
        assert tuple(order.ueber_grenze for order in found.auftraege) == wanted
        assert tuple(order.pflichtig for order in found.auftraege) == tuple(ja for ja, _ in wanted)
        assert found.ungeklaert == (("Stadt",) if any(len(each) == 2 for each in weitere) else ())
        public = sum(each.get("oeffentlich") == "ja" for each in weitere)
        assert found.zuwendungen.formel == f"Summe über {2 + public} Zuwendungen"


def test_without_a_limit_it_is_not_known_whether_offers_are_needed():
    found = check(line("120,00", "bau")).vergabe
    assert [(order.ueber_grenze, order.pflichtig) for order in found.auftraege] == [(GRENZE, None)]
