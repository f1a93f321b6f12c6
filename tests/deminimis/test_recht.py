"""The law of de-minimis aid as it is loaded, and what holds where it were otherwise: limits and doubts have their days."""

from dataclasses import replace
from datetime import date

from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.grenzen import abschnitte
from foerdercheck.deminimis.kontostand import kontostand
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.beihilfe import Historie
from foerdercheck.programmes.parameter import (
    HOECHSTBETRAG,
    HOECHSTBETRAG_NEBEN,
    HOECHSTBETRAG_ZUSAMMEN,
    NENNWERT_ZAEHLT,
    STEUERJAHRE_UNGEWISS,
)

from .bau import AGRAR, ALLGEMEIN, ALT, ALT_DAWI, DAWI, FISCH, RECHT, audits, beihilfe, eur, tag


def test_the_law_as_it_is_loaded():
    recht = load_recht()
    assert recht.pots == {ALLGEMEIN: ALLGEMEIN, ALT: ALLGEMEIN, DAWI: DAWI, ALT_DAWI: DAWI, AGRAR: AGRAR, FISCH: FISCH}
    assert recht.current() == (ALLGEMEIN, DAWI, AGRAR, FISCH)
    assert recht.combined == {ALLGEMEIN, AGRAR, FISCH}
    assert {name: norm.wert for name, norm in recht.common.items()} == dict.fromkeys(recht.combined, 300000)
    assert {name: [norm.wert for norm in norms] for name, norms in recht.ceilings.items()} == {
        ALLGEMEIN: [300000],
        ALT: [200000],
        DAWI: [750000],
        ALT_DAWI: [500000],
        AGRAR: [20000, 50000],
        FISCH: [30000],
    }
    assert recht.starts[ALLGEMEIN] == tag("01.01.2024")
    assert recht.starts[FISCH] == date.min
    assert (recht.years, recht.since, recht.fassung.gilt.von) == (3, tag("01.01.2024"), tag("01.01.2024"))


def test_awards_without_a_known_ceiling_are_not_audited():
    fassung = replace(RECHT.fassung, parameter={**RECHT.fassung.parameter, HOECHSTBETRAG.name: ()})
    recht = load_recht()._replace(
        fassung=fassung, ceilings=dict.fromkeys(RECHT.ceilings, ()), abschnitte=dict.fromkeys(RECHT.ceilings, ())
    )
    history = Historie(beihilfen=(beihilfe("01.06.2025", 1),))
    buch, _ = open_kontenbuch(history, recht, tag("01.06.2026"))
    frage = Frage(verordnung=ALLGEMEIN, stichtag=tag("01.06.2026"), betrag=None)
    konto = kontostand(buch.konten(frage), "a", frage)
    assert (audits(konto), konto.frei, konto.ergebnis) == (["nicht_geprueft"], None, "offen")


def test_limits_and_doubts_hold_on_their_days_only():
    """Made up: a doubt that begins, a ceiling shared from another day on, and one beside others on a single day."""
    parameter = dict(RECHT.fassung.parameter)
    (day, *_) = parameter[HOECHSTBETRAG_NEBEN.name]
    parameter[HOECHSTBETRAG_NEBEN.name] = (day._replace(bis=day.ab),)
    for name, ab in ((STEUERJAHRE_UNGEWISS.name, "01.01.2027"), (HOECHSTBETRAG_ZUSAMMEN.name, "01.01.2028")):
        parameter[name] = tuple(norm._replace(ab=tag(ab)) for norm in parameter[name])
    found = abschnitte(replace(RECHT.fassung, parameter=parameter), FISCH, RECHT.pots)
    assert [(each.ab, len(each.ungewiss), len(each.streng)) for each in found] == [
        (date.min, 0, 1),
        (tag("25.10.2023"), 0, 2),
        (tag("26.10.2023"), 0, 1),
        (tag("01.01.2027"), 1, 1),
        (tag("01.01.2028"), 1, 2),
    ]


def test_capital_is_not_valued_where_nobody_has_read_how():
    """Made up: the law is silent on whether the nominal amount counts."""
    fassung = replace(RECHT.fassung, parameter={**RECHT.fassung.parameter, NENNWERT_ZAEHLT.name: ()})
    history = Historie(beihilfen=(beihilfe("01.06.2025", None, form="beteiligung", foerdersumme=eur(1)),))
    _, (problem,) = open_kontenbuch(history, RECHT._replace(fassung=fassung), tag("01.06.2026"))
    assert problem.text.startswith(
        f"wie eine Beteiligung nach {ALLGEMEIN} am 01.06.2025 zu bewerten ist, ist hier nicht bekannt"
    )
