"""An undertaking that needs no account gets the answers its account would give."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontostand import KleinerKontostand, Kontostand, kontostand
from foerdercheck.model.befund import hinweis
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Historie
from foerdercheck.programmes import verordnungen

from .bau import AGRAR, ALLGEMEIN, ALT, RECHT, beihilfe, stand

STICHTAGE = (date(2024, 2, 29), date(2024, 12, 15), date(2024, 12, 16), date(2026, 11, 21), date(2019, 1, 1))
ANSWERS = (
    "unternehmen", "mitgliedstaat", "fenster", "hoechstbetrag", "im_fenster", "beantragt", "frei", "ergebnis", "geplant",
    "beihilfen", "ungezaehlt", "nicht_im_fenster", "fuellungen", "verlauf", "hinweise", "frueheste_gewaehrung",
)  # fmt: skip


def register(chance: Random, stichtag: date) -> Historie:
    names = [f"Firma {number}" for number in range(8)]
    awards = [
        Beihilfe(
            unternehmen=chance.choice(names),
            gewaehrt_am=stichtag - timedelta(chance.choice((0, 1, 365, 1095, 1096, 1097, chance.randrange(2200), -1))),
            verordnung=chance.choice((*verordnungen(), "2023/2831", "1407/2013", None)),
            subventionswert=Decimal(chance.choice((0, 1, 500_000, 999_999, 1_000_000, 9_999_999, 10_000_000))).scaleb(
                -2
            ),
            aktenzeichen=chance.choice((None, "AZ 1", str(chance.random()))),
            status=chance.choice(("bewilligt",) * 30 + ("beantragt", "zurueckgezahlt", "widerrufen")),
            steuerjahr_ab=None if chance.random() < 0.95 else "01.07.",
        )
        for _ in range(chance.randrange(1, 30))
    ]
    relation = Beziehung(names[0], chance.choice(("stimmrechtsmehrheit", "natuerliche_person")), names[1])
    return Historie(tuple(awards), (relation,) if chance.random() < 0.2 else ())


@pytest.mark.parametrize("seed", range(6))
def test_small_undertakings_are_answered_as_by_an_account(seed):
    chance, small = Random(seed), 0  # noqa: S311 - made-up data
    for _ in range(150):
        stichtag = chance.choice(STICHTAGE)
        frage = Frage(chance.choice(list(verordnungen())), stichtag, None, chance.choice(("streng", "rna")))
        buch, _problems = open_kontenbuch(register(chance, stichtag), RECHT, stichtag)
        konten = buch.konten(frage)
        for key in buch.names:
            found = kontostand(konten, key, frage)
            if isinstance(found, KleinerKontostand):
                small += 1
                full = Kontostand(konten, key, frage)
                assert {name: getattr(found, name) for name in ANSWERS} == {
                    name: getattr(full, name) for name in ANSWERS
                }
    assert small > 50


@pytest.mark.parametrize(
    ("awards", "alone"),
    [
        ([beihilfe("01.06.2025", 300000)], True),
        ([beihilfe("01.06.2025", 150000), beihilfe("02.06.2025", "150000.01")], False),
        ([beihilfe("01.06.2025", 50000, verordnung=AGRAR), beihilfe("02.06.2025", 1)], False),
        ([beihilfe("01.06.2025", 1), beihilfe("02.06.2025", 20000, verordnung=AGRAR)], False),
        ([beihilfe("31.05.2023", 1, verordnung=ALT), beihilfe("02.06.2023", 1, verordnung=ALT)], True),
        ([beihilfe("01.06.2023", 1, verordnung=ALT)], False),
        ([beihilfe("30.06.2024", 1, verordnung=ALT), beihilfe("01.01.2024", 1)], True),
        ([beihilfe("01.07.2024", 1, verordnung=ALT)], False),
        ([beihilfe("01.06.2026", 1)], True),
        ([beihilfe("02.06.2026", 1)], False),
        ([beihilfe("31.12.2023", 1)], False),
        ([beihilfe("01.06.2025", 1, status="widerrufen")], False),
    ],
)
def test_awards_need_no_account_up_to_the_smallest_ceiling_that_any_of_them_meets(awards, alone):
    """An award of the boundary day, of a later day, before its regulation or revoked needs one all the same."""
    assert isinstance(stand(awards, am="01.06.2026", verordnung=ALLGEMEIN), KleinerKontostand) is alone


def test_what_was_to_be_said_beforehand_is_said_of_a_small_undertaking_too():
    said = hinweis("Das steht fest.")
    konto = stand([beihilfe("01.06.2025", 1)], am="01.06.2026")
    assert konto.hinweise == ()
    assert kontostand(*konto.grundlage, (said,)).hinweise == (said,)
