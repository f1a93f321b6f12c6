"""How the room comes about, what an award keeps from being free, and what stands beside a bar, on every case of law."""

from decimal import Decimal

import pytest

from foerdercheck.deminimis.freigaben import MOST, freigaben
from foerdercheck.deminimis.herleitung import herleitung
from foerdercheck.deminimis.register import eintragungen
from foerdercheck.reports.deminimis import ceilings
from foerdercheck.reports.dokument import Balken

from .bau import AGRAR, ALLGEMEIN, ALT, DAWI, FISCH, RECHT, beihilfe, eur, spaltung, stand, tag
from .test_faelle import FAELLE, answer

FAELLE_MIT_KONTO = [
    pytest.param(fall, id=f"{datei}: {fall['name']}") for datei, fall in FAELLE if "fehler" not in fall["erwartet"]
]
"""The account itself is made by each test: it keeps what was once computed of it."""


def figures(figure):
    """Yield a figure and all it was computed from."""
    yield figure
    for part in figure.aus:
        yield from figures(part)


@pytest.mark.parametrize("fall", FAELLE_MIT_KONTO)
def test_the_derivation_ends_in_the_answer(fall):
    konto = answer(fall)
    figure = herleitung(*konto.grundlage)
    if konto.frei is None:
        assert figure is None
        return
    (free,) = {part.betrag for part in figures(figure) if part.name.startswith("frei am ")}
    assert free == konto.frei
    planned = konto.neue_beihilfe
    assert figure.betrag == (free if planned is None else abs(planned - free))
    assert figure.name.startswith("zu viel") is (planned is not None and planned > free)
    first = min(konto.fenster[0], RECHT.start(konto.fenster[1], "streng"))  # a common ceiling has no fiscal years
    within = [b.subventionswert for b in konto.beihilfen if b.gewaehrt_am >= first]
    named = [part for part in figures(figure) if part.name.startswith("Beihilfe vom ")]
    assert all(part.pfad and "zählt bis" in part.formel for part in named)
    assert {part.betrag for part in named} <= {*within}


def test_the_derivation_of_a_common_ceiling_names_every_award_and_article():
    awards = [beihilfe("01.06.2025", 260_000), beihilfe("01.07.2025", 30_000, verordnung=AGRAR)]
    konto = stand(awards, am="01.06.2026", verordnung=AGRAR)
    assert konto.frei == eur(10_000)
    text = {f.name: (f.betrag, f.ziffer) for f in figures(herleitung(*konto.grundlage))}
    assert text[f"Rest nach {AGRAR}"][0] == eur(20_000)
    assert text[f"Höchstbetrag nach {AGRAR}"] == (eur(50_000), "Erwägungsgrund 1 VO 2024/3118")
    together = f"{AGRAR} zusammen mit {ALLGEMEIN} und {FISCH}"
    assert text[f"Rest nach {together}"][0] == eur(10_000)
    assert text[f"Höchstbetrag nach {together}"] == (eur(300_000), "Art. 5 Abs. 2 VO 2023/2831")
    assert text[f"belegt nach {together}"][0] == eur(290_000)


def test_an_old_award_and_a_divided_one_say_why_they_count_so():
    (old,) = [
        f
        for f in figures(herleitung(*stand([beihilfe("01.12.2023", 5, verordnung=ALT)], am="01.06.2026").grundlage))
        if f.pfad
    ]
    assert old.formel == f"A; zählt bis 01.12.2026; nach {ALT}, zählt als {ALLGEMEIN}"
    parts = spaltung("01.01.2026", "A", B="0.6", C="0.4")
    (part,) = [
        f
        for f in figures(
            herleitung(*stand([beihilfe("01.06.2025", 100)], (), parts, am="01.06.2026", an="B").grundlage)
        )
        if f.pfad
    ]
    assert (part.betrag, part.formel) == (60, "B; zählt bis 01.06.2028; Anteil an 100,00 € nach einer Spaltung")


def test_a_ceiling_that_a_merger_has_passed_leaves_nothing():
    awards = [beihilfe("01.06.2025", 200_000), beihilfe("01.07.2025", 150_000)]
    figure = herleitung(*stand(awards, am="01.06.2026").grundlage)
    assert (figure.betrag, figure.formel) == (0, f"nichts, denn Rest nach {ALLGEMEIN} ist negativ")


@pytest.mark.parametrize("fall", FAELLE_MIT_KONTO)
def test_a_bar_calls_free_only_what_fits_below_every_ceiling(fall):
    konto = answer(fall)
    bars = [block for block in ceilings(konto) if isinstance(block, Balken)]
    assert len(bars) == len(konto.fuellungen)
    planned = konto.neue_beihilfe or Decimal()
    for bar, fuellung in zip(bars, konto.fuellungen, strict=True):
        parts = {name: betrag for name, betrag, _ in bar.teile}
        whole = sum(parts.values())
        assert whole == max(bar.ganzes, parts["im Fenster"] + parts["neu"])
        if konto.verordnung in fuellung.verordnungen:
            assert fuellung.bleibt_frei == max((konto.frei or 0) - planned, 0)


def test_what_another_ceiling_takes_away_is_not_free():
    awards = [beihilfe("01.06.2025", 290_000), beihilfe("01.07.2025", 5_000, verordnung=AGRAR)]
    konto = stand(awards, am="01.06.2026", neu=2_000)
    general, farm, together = [block for block in ceilings(konto) if isinstance(block, Balken)]
    assert [(name, betrag) for name, betrag, _ in general.teile][1:] == [
        ("neu", 2_000), ("bleibt frei", 3_000), ("sperrt ein anderer Höchstbetrag", 5_000)
    ]  # fmt: skip
    assert [(name, betrag) for name, betrag, _ in farm.teile][2:] == [
        ("bleibt frei", 3_000), ("sperrt ein anderer Höchstbetrag", 42_000)
    ]  # fmt: skip
    assert [(name, betrag) for name, betrag, _ in together.teile][2:] == [("bleibt frei", 3_000)]


@pytest.mark.parametrize("fall", FAELLE_MIT_KONTO)
def test_without_an_award_as_much_is_free_as_if_it_had_never_been(fall):
    konto = answer(fall)
    found = freigaben(*konto.grundlage)
    within = [b for b in konto.beihilfen if b.gewaehrt_am >= konto.fenster[0]]
    assert [(f.gewaehrt_am, f.subventionswert) for f in found] == (
        [] if konto.frei is None else [(b.gewaehrt_am, b.subventionswert) for b in within]
    )
    for freigabe in found:
        assert freigabe.macht_frei == freigabe.frei_ohne - konto.frei
        assert freigabe.macht_frei >= 0
        assert freigabe.frei_ohne <= konto.hoechstbetrag
        if konto.neue_beihilfe is not None and konto.neue_beihilfe <= freigabe.frei_ohne:
            assert freigabe.frueheste_gewaehrung == konto.fenster[1]
        if konto.neue_beihilfe is None:
            assert freigabe.frueheste_gewaehrung is None


def test_a_revocation_frees_what_the_history_without_it_has_free():
    awards = [
        beihilfe("15.06.2023", 120_000),
        beihilfe("01.02.2025", 90_000),
        beihilfe("01.02.2025", 80_000, verordnung=AGRAR),
        beihilfe("01.03.2026", 700_000, verordnung=DAWI),
    ]
    konto = stand(awards, am="01.06.2026", neu=60_000)
    for index, freigabe in enumerate(freigaben(*konto.grundlage)):
        rest = [
            award if number != index else award._replace(status="widerrufen") for number, award in enumerate(awards)
        ]
        without = stand(rest, am="01.06.2026", neu=60_000)
        assert (freigabe.frei_ohne, freigabe.frueheste_gewaehrung) == (without.frei, without.frueheste_gewaehrung)
        assert len(without.ungezaehlt) == 1


def test_of_very_many_awards_the_largest_are_tried():
    konto = stand([beihilfe("01.06.2025", number) for number in range(MOST + 3, 0, -1)], am="01.06.2026")
    assert [f.subventionswert for f in freigaben(*konto.grundlage)] == list(range(MOST + 3, 3, -1))


def test_revoked_awards_are_kept_with_what_is_known_of_them():
    awards = [
        beihilfe("01.06.2025", 10),
        beihilfe("01.07.2025", 7, status="widerrufen", zuwendungsgeber="Stadt"),
        beihilfe("01.07.2025", None, status="widerrufen", form="darlehen", foerdersumme=eur(500)),
        beihilfe(None, None, status="widerrufen", foerdersumme=eur(5)),
        beihilfe("01.07.2025", 7, status="widerrufen", an="B"),
        beihilfe("01.07.2025", 7, status="widerrufen", mitgliedstaat="AT"),
    ]
    konto = stand(awards, am="01.06.2026")
    assert konto.im_fenster == 10
    assert [(one.nummer, one.tag, one.wert, pfad) for one, pfad in konto.ungezaehlt] == [
        (1, tag("01.07.2025"), 7, ("beihilfen", 1)),
        (2, tag("01.07.2025"), None, ("beihilfen", 2)),
        (3, None, 5, ("beihilfen", 3)),
    ]


def test_the_register_begins_with_2026_and_for_farms_with_2027():
    awards = [
        beihilfe("31.12.2025", 1),
        beihilfe("01.01.2026", 2),
        beihilfe("31.12.2026", 3, verordnung=AGRAR),
        beihilfe("01.01.2027", 4, verordnung=AGRAR),
        beihilfe("01.01.2027", 5, verordnung=FISCH),
    ]
    konto = stand(awards, am="05.01.2027", neu=6, verordnung=DAWI)
    assert [(e.subventionswert, e.frist and e.frist.spaetestens, e.pfad is None) for e in eintragungen(konto)] == [
        (2, tag("29.01.2026"), False),
        (3, None, False),
        (4, tag("29.01.2027"), False),
        (5, None, False),
        (6, tag("02.02.2027"), True),
    ]
    first, *_, planned = eintragungen(konto)
    assert (first.unternehmen, planned.unternehmen) == ("A", "A")
    assert first.frist.ziffer == "Art. 6 Abs. 1 und 2 VO 2023/2831"
    assert "Feiertage einzelner Länder zählen als Arbeitstage" in first.frist.auslegung


def test_what_is_planned_for_nobody_in_particular_is_to_be_entered_too():
    (planned,) = eintragungen(stand([], am="05.01.2027", neu=6, an=""))
    assert (planned.unternehmen, planned.subventionswert) == ("", 6)
