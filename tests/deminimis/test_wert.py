"""The value of an award: certificate first, then the simplified methods, else an error that says what is missing."""

import pytest

from foerdercheck.deminimis.historie import Fundort, build_ledger
from foerdercheck.deminimis.wert import subventionswert
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.location import Problem
from foerdercheck.model.scalars import ScalarError

from .bau import AGRAR, ALT, DAWI, RECHT, audits, beihilfe, eur, stand, tag


def wert(form, summe, *, am="01.06.2025", **rest):
    rest = {name: eur(value) if name != "verordnung" else value for name, value in rest.items()}
    award = beihilfe(am, rest.pop("subventionswert", None), form=form, foerdersumme=summe and eur(summe), **rest)
    return subventionswert(award, tag(am), RECHT)


def darlehen(summe, jahre, besicherung="0.50", **rest):
    return wert("darlehen", summe, laufzeit_jahre=jahre, besicherung=besicherung, **rest)


def buergschaft(summe, jahre, quote="0.80", **rest):
    return wert("buergschaft", summe, laufzeit_jahre=jahre, buergschaftsquote=quote, **rest)


OLD = {"am": "01.06.2020", "verordnung": ALT}


@pytest.mark.parametrize(
    ("method", "summe", "jahre", "rest", "expected"),
    [
        pytest.param(darlehen, 1000000, 1, OLD, "40000.00", id="L1"),
        pytest.param(darlehen, 1500000, 5, {}, "300000.00", id="L4"),
        pytest.param(darlehen, 750000, 10, {}, "300000.00", id="L5"),
        pytest.param(buergschaft, 2250000, 5, {}, "300000.00", id="B1"),
        pytest.param(buergschaft, 1125000, 10, {}, "300000.00", id="B2"),
        pytest.param(darlehen, 500000, 5, {"besicherung": "0.60"}, "100000.00", id="T10"),
        pytest.param(darlehen, 600000, 8, {}, "192000.00", id="T11"),
        pytest.param(darlehen, 1000000, 3, {}, "120000.00", id="T12"),
        pytest.param(buergschaft, 800000, 5, {}, "106666.67", id="T15"),
        pytest.param(buergschaft, 450000, 10, {}, "120000.00", id="T16"),
        pytest.param(darlehen, 3750000, 5, {"verordnung": DAWI}, "750000.00", id="SGEI-5"),
        pytest.param(darlehen, 1875000, 10, {"verordnung": DAWI}, "750000.00", id="SGEI-10"),
        pytest.param(buergschaft, 5625000, 5, {"verordnung": DAWI}, "750000.00", id="SGEI-guarantee"),
        pytest.param(buergschaft, 100, "0.5", {}, "1.33", id="down-to-cents"),
        pytest.param(buergschaft, "0.75", "0.25", {}, "0.01", id="half-a-cent-up"),
        pytest.param(buergschaft, "0.74", "0.25", {}, "0.00", id="less-than-half-a-cent"),
    ],
)
def test_simplified_method(method, summe, jahre, rest, expected):
    assert str(method(summe, jahre, **rest)) == expected


@pytest.mark.parametrize(
    ("method", "summe", "jahre", "rest", "words"),
    [
        pytest.param(darlehen, 2000000, 1, OLD, "außerhalb des vereinfachten Verfahrens nach 1407/2013", id="L2"),
        pytest.param(darlehen, 1000000, 8, {}, "1.000.000,00 € über 8 Jahre", id="T13"),
        pytest.param(darlehen, 500000, 5, {"besicherung": "0.49"}, "zu 49 % besichert", id="T14"),
        pytest.param(buergschaft, 500000, 5, {"quote": "0.81"}, "deckt 81 %", id="T17"),
        pytest.param(darlehen, "1500000.01", 5, {}, "außerhalb", id="one-cent-too-much-5"),
        pytest.param(darlehen, 1500000, "5.01", {}, "außerhalb", id="longer-than-5"),
        pytest.param(darlehen, "750000.01", 10, {}, "außerhalb", id="one-cent-too-much-10"),
        pytest.param(darlehen, 750000, "10.01", {}, "außerhalb", id="longer-than-10"),
        pytest.param(buergschaft, "2250000.01", 5, {}, "außerhalb", id="guarantee-too-much-5"),
        pytest.param(buergschaft, "1125000.01", 10, {}, "außerhalb", id="guarantee-too-much-10"),
        pytest.param(darlehen, 1000, 0, {}, "außerhalb", id="no-term"),
        pytest.param(darlehen, 1000, 5, {"verordnung": AGRAR}, "nach 1408/2013", id="box-unknown"),
        pytest.param(darlehen, 1000, 5, {"am": "31.12.2023"}, "nach 2023/2831", id="no-ceiling-yet"),
        pytest.param(buergschaft, 1000, 10, {"verordnung": DAWI}, "nach 2023/2832", id="unconfirmed-figure"),
    ],
)
def test_simplified_method_not_available(method, summe, jahre, rest, words):
    with pytest.raises(ScalarError) as error:
        method(summe, jahre, **rest)
    assert words in str(error.value)
    assert "De-minimis-Bescheinigung" in str(error.value)


@pytest.mark.parametrize(
    ("form", "rest", "words"),
    [
        ("darlehen", {"laufzeit_jahre": 5}, "laufzeit_jahre und besicherung"),
        ("darlehen", {"besicherung": "0.50"}, "laufzeit_jahre und besicherung"),
        ("buergschaft", {"laufzeit_jahre": 5}, "laufzeit_jahre und buergschaftsquote"),
        ("buergschaft", {"buergschaftsquote": "0.80"}, "laufzeit_jahre und buergschaftsquote"),
        ("zinszuschuss", {}, "für die Form zinszuschuss"),
        ("sonstige", {}, "für die Form sonstige"),
    ],
)
def test_what_is_missing_is_named(form, rest, words):
    with pytest.raises(ScalarError) as error:
        wert(form, 1000, **rest)
    assert words in str(error.value)


@pytest.mark.parametrize("form", ["zuschuss", "zinszuschuss", "darlehen", "buergschaft", "beteiligung", "sonstige"])
def test_without_any_amount_nothing_can_be_computed(form):
    with pytest.raises(ScalarError, match="subventionswert und foerdersumme fehlen beide"):
        wert(form, None)


@pytest.mark.parametrize("form", ["zuschuss", "zinszuschuss", "darlehen", "buergschaft", "beteiligung", "sonstige"])
def test_a_certificate_is_never_recomputed(form):
    assert wert(form, 500000, subventionswert="12345.67", laufzeit_jahre=5) == eur("12345.67")
    assert wert(form, 500000, subventionswert=0) == 0


def test_grants_count_in_full():
    assert wert("zuschuss", "48000.10") == eur("48000.10")


def test_t18_equity():
    assert wert("beteiligung", 300000) == 300000
    for betrag in (300001, "300000.01"):
        with pytest.raises(ScalarError, match="keine transparente De-minimis-Beihilfe"):
            wert("beteiligung", betrag)


def test_l3_nothing_left_under_the_old_ceiling_in_any_form():
    used = [beihilfe("01.02.2020", 200000, verordnung=ALT)]
    loan = str(darlehen("0.25", 1, am="01.06.2020", verordnung=ALT))
    assert loan == "0.01"
    konto = stand(used, am="01.06.2020", neu=loan, verordnung=ALT)
    assert (konto.frei, konto.ergebnis, konto.hoechstbetrag) == (0, "ueberschritten", 200000)
    assert konto.frueheste_gewaehrung == tag("02.02.2023")


def test_computed_values_fill_the_account():
    loan = beihilfe(
        "01.06.2025", None, form="darlehen", foerdersumme=eur(500000), laufzeit_jahre=eur(5), besicherung=eur("0.60")
    )
    konto = stand([loan], am="01.01.2026", neu="200000.01")
    assert (konto.im_fenster, konto.frei, konto.ergebnis, audits(konto)) == (
        100000,
        200000,
        "ueberschritten",
        ["eingehalten"],
    )


def test_problems_have_their_row_and_the_others_are_read():
    rows = (
        beihilfe("01.06.2025", None, form="sonstige", foerdersumme=eur(1)),
        beihilfe("01.06.2025", 1),
        beihilfe("01.06.2025", 1, an=None),
    )
    ledger, problems = build_ledger(Historie(beihilfen=rows), RECHT, tag("01.01.2026"), Fundort(("antragsteller",)))
    assert [problem.pfad for problem in problems] == [("antragsteller", 0), ("antragsteller", 2)]
    assert problems[1] == Problem("unternehmen fehlt: wer die Beihilfe erhalten hat", ("antragsteller", 2))
    assert [eintrag.nummer for (eintrag,) in ledger.granted["DE"].values()] == [1]
