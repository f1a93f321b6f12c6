"""Values that hold only under a condition on what the budget does not state: it is open whether they do, and said what to state."""

import re
from datetime import date

import pytest
from kleines_programm import check, programm, said, wert

from foerdercheck.programmes.fassung import ProgrammeError
from foerdercheck.rules.grenzen import letzter_tag
from foerdercheck.rules.vergabe import answer

FONDS = {"foerderziele": {"a": "A", "b": "B", "c": "C"}, "fonds": [wert("EFRE", ziel=["a"]), wert("ESF+", ziel=["b"])]}
"""The goal a belongs to one fund, b to another, and of c it is not known."""
SACHE = {"kostenart": "investition", "bezeichnung": "I", "brutto": "10.000,00", "ust": "19 %"}
ANGEBOTE = {"angebote_bei_zuwendung_ueber": "1,00", "angebote_mindestens": "3", "angebote_ab_auftragswert": "1,00"}
GEMEINKOSTEN = {
    "gemeinkostensatz": [wert("10 %", methode=["direkt"])],
    "gemeinkosten_ohne": ["personal"],
    "investitionsschwerpunkt_ueber": "50 %",
}
FAELLE = [
    ("foerdersatz", "foerdersatz", "50 %", {}, {}, "erfuellt"),
    ("mindestausgaben", "mindestausgaben", "10.000,01", {}, {}, "verletzt"),
    ("laufzeit", "hoechstdauer_monate", "23", {}, {}, "verletzt"),
    ("laufzeit", "spaetestes_ende", "2028-08-30", {}, {}, "verletzt"),
    ("jahreshoechstbetrag", "zuwendung_je_jahr_hoechstens", "100,00", {}, {}, "gekuerzt"),
    ("hoechstausgaben", "hoechstausgaben", "1,00", {"phasen": {"x": "X"}}, {"kosten": [{**SACHE, "phase": "x"}]}, "gekuerzt"),
    ("hoechststunden", "hoechststunden_je_jahr", "1", {}, {}, "entfaellt"),
    ("kostenarten", "kostenarten", ["material"], {}, {}, "erfuellt"),
    ("kostenarten", "kostenarten_ungewiss", ["investition"], {"kostenarten": ["investition"]}, {"kosten": [SACHE]}, "offen"),
    ("antragsberechtigung", "antragsberechtigt_wenn", "ja", {"antragsberechtigt": ["hochschule"]}, {}, "erfuellt"),
    ("deminimis", "deminimis_verordnung", "2023/2831", {}, {"wirtschaftlich_taetig": "ja"}, "offen"),
    ("drei_angebote", "angebote_bei_zuwendung_ueber", "1,00", ANGEBOTE, {}, "offen"),
    ("drei_angebote", "angebote_ab_auftragswert", "1,00", ANGEBOTE, {}, "offen"),
    ("gemeinkosten", "investitionsschwerpunkt_ueber", "50 %", GEMEINKOSTEN,
     {"gemeinkosten": "direkt", "kosten": [SACHE]}, "gekuerzt"),
]  # fmt: skip


@pytest.mark.parametrize("fall", FAELLE, ids=lambda fall: f"{fall[0]}-{fall[1]}")
def test_what_depends_on_a_fund_nobody_knows_is_open_until_the_goals_say_it(fall):
    pruefung, name, value, more, body, decided = fall
    rules = () if pruefung == "foerdersatz" else (pruefung,)
    fassung = programm(*rules, **{**FONDS, **more, name: [wert(value, fonds=["EFRE"])]})

    def answers(*ziele: str) -> list[tuple[str, str]]:
        return said(check(fassung, {"vorhaben": {"ziele": list(ziele)}, "antragsteller": body}), pruefung)

    depends = f"Ob ein Wert für {name} gilt und welcher, hängt ab von ziele: geben Sie das eindeutig an."
    for unclear in ((), ("a", "b"), ("c",), ("a", "c")):
        assert answers(*unclear)[-1] == ("offen", depends), unclear
    assert decided in dict(answers("a"))
    for clear in (("a",), ("b",)):
        assert not any("hängt ab von" in text for _, text in answers(*clear))


def test_the_answer_about_offers_stays_open_with_the_value_of_an_order():
    fassung = programm(
        "drei_angebote", **FONDS, **{**ANGEBOTE, "angebote_ab_auftragswert": [wert("1,00", fonds=["EFRE"])]}
    )
    decided = {ziel: check(fassung, {"vorhaben": {"ziele": [ziel]}}).vergabe for ziel in "abc"}
    assert {ziel: vergabe.erforderlich for ziel, vergabe in decided.items()} == {"a": True, "b": False, "c": None}
    assert (
        answer(decided["c"]) == "offen, denn ab welchem Auftragswert sie nötig sind, hängt von Angaben ab, die fehlen."
    )


def test_the_last_day_of_a_project_is_not_known_where_it_depends():
    fassung = programm("laufzeit", **FONDS, spaetestes_ende=[wert("2028-08-31", fonds=["EFRE"])])
    days = {ziel: letzter_tag(check(fassung, {"vorhaben": {"ziele": [ziel]}}).fall) for ziel in "abc"}
    assert days == {"a": date(2028, 8, 31), "b": None, "c": None}


def test_what_is_cut_is_told_although_something_else_depends():
    fassung = programm(
        "kostenarten", **FONDS, kostenarten=["material"], kostenarten_ungewiss=[wert(["material"], fonds=["EFRE"])]
    )
    found = said(check(fassung, {"antragsteller": {"kosten": [SACHE]}}), "kostenarten")
    assert [status for status, _ in found] == ["gekuerzt", "offen"]


@pytest.mark.parametrize(
    ("sitz", "status", "text"),
    [
        (None, "offen", "Ob ein Wert für foerdersatz gilt und welcher, hängt ab von sitz: geben Sie das eindeutig an."),
        (
            "HH",
            "offen",
            "Für die Art kommune, sitz HH nennt die Richtlinie keinen Fördersatz: prüfen Sie art und die Angaben dazu, oder fragen "
            "Sie die Bewilligungsstelle.",
        ),
        ("SH", "erfuellt", "Zuwendung 50 % von 10.000,00 €, höchstens 5.000,00 €"),
    ],
)
def test_a_rate_by_seat_asks_for_the_seat(sitz, status, text):
    fassung = programm(foerdersatz=[wert("50 %", sitz=["SH"])])
    ((found, words),) = said(check(fassung, {"antragsteller": {"sitz": sitz} if sitz else {}}), "foerdersatz")
    assert (found, words[: len(text)]) == (status, text)


@pytest.mark.parametrize(("ja", "nein", "status"), [("80 %", "50 %", "hinweis"), ("50 %", "80 %", "offen")])
def test_distress_that_is_not_stated_is_never_to_the_advantage(ja, nein, status):
    fassung = programm(
        "haushaltsnotlage", foerdersatz=[wert(ja, haushaltsnotlage=["ja"]), wert(nein, haushaltsnotlage=["nein"])]
    )
    assert [status for status, _ in said(check(fassung), "haushaltsnotlage")] == [status]
    for stated, expected in (("ja", "hinweis"), ("nein", "erfuellt")):
        found = check(fassung, {"antragsteller": {"haushaltsnotlage": stated}})
        assert [status for status, _ in said(found, "haushaltsnotlage")] == [expected]


def test_a_rate_that_ends_with_distress_is_open_until_distress_is_denied():
    fassung = programm("haushaltsnotlage", foerdersatz=[wert("80 %", haushaltsnotlage=["nein"])])
    found = check(fassung)
    (befund,) = [befund for befund in found.befunde if befund.regel == "klein/haushaltsnotlage"]
    assert befund.status == "offen"
    assert befund.text == (
        "Gerechnet wird mit 80 %, in einer Haushaltsnotlage wären es nur 0 %: geben Sie haushaltsnotlage an."
    )
    assert befund.ort == found.source.locate(("antragsteller", "haushaltsnotlage"))


def test_an_order_without_a_threshold_reaches_none():
    fassung = programm("drei_angebote", **{**ANGEBOTE,
        "angebote_bei_zuwendung_ueber": [wert("1,00", mehrere_beteiligte=["ja"])],
        "angebote_ab_auftragswert": [wert("1,00", leistung=["bau"])]
    })  # fmt: skip
    ((status, text),) = said(check(fassung), "drei_angebote")
    assert status == "offen"
    assert text.startswith("Auftrag „M“: 8.403,36 € netto; ob drei Angebote nötig sind, ist offen")


def test_a_rate_by_distress_needs_the_rule_that_says_so():
    fassung = programm(foerdersatz=[wert("50 %", haushaltsnotlage=["ja"]), wert("80 %", haushaltsnotlage=["nein"])])
    with pytest.raises(
        ProgrammeError,
        match=re.escape(
            "foerdersatz hängt von haushaltsnotlage ab: dazu gehört eine Regel mit der Prüfung haushaltsnotlage, die das sagt"
        ),
    ):
        check(fassung)


STUFEN = {"einheitskosten": {"1": {"2026": "4000", "2027": "4100", "2028": "4200"}}}
POST = {"kostenart": "personal", "bezeichnung": "X", "stufe": "1"}


_HAENGT_AB = "Ob die Sätze bei niedrigem Gehalt gemindert werden, hängt vom Fonds ab; er folgt aus den Zielen"
IM_ESF = [wert("30 %", fonds=["ESF+"])]


@pytest.mark.parametrize(
    ("abschlag", "ziele", "status", "text"),
    [
        ("30 %", [], "hinweis", "Liegt das Jahresbrutto unter dem Mindestwert der Stufe"),
        ([wert("30 %", mehrere_beteiligte=["ja"])], [], "entfaellt", "Die Minderung gilt hier nicht."),
        (IM_ESF, [], "offen", f"{_HAENGT_AB}: geben Sie ziele an."),
        (IM_ESF, ["b", "c"], "offen",
         f"{_HAENGT_AB}, und die angegebenen haben keinen gemeinsamen, der hier bekannt ist: prüfen Sie ziele."),
        (IM_ESF, ["a"], "entfaellt", "Die Minderung gilt nicht im EFRE."),
        (IM_ESF, ["b"], "hinweis", "Liegt das Jahresbrutto unter dem Mindestwert der Stufe"),
    ],
)  # fmt: skip
def test_only_what_depends_on_the_fund_asks_for_it(abschlag, ziele, status, text):
    fassung = programm(
        "einheitskosten", "stellenanteil", "mindestgehalt", **FONDS, **STUFEN, einheitskosten_abschlag=abschlag
    )
    found = check(fassung, {"vorhaben": {"ziele": ziele}, "antragsteller": {"kosten": [POST]}})
    ((is_status, is_text),) = said(found, "mindestgehalt")
    assert (is_status, is_text if text.endswith(".") else is_text[: len(text)]) == (status, text)


def test_a_post_that_begins_in_the_month_begun_last_is_cut_and_not_lost():
    fassung = programm(
        "einheitskosten", "stellenanteil", "durchfuehrungszeitraum", **STUFEN, monatszaehlung="volle_ab_beginn"
    )
    days = {"beginn": "2027-01-15", "ende": "2028-01-14"}
    for stated in ({"von": "2028-01"}, {"von": "2028-01", "bis": "2028-01"}):
        found = check(fassung, {"vorhaben": days, "antragsteller": {"kosten": [{**POST, **stated}]}})
        assert str(found.rechnungen[0].gesamtausgaben.betrag) == "4200.00"
        assert [status for status, _ in said(found, "durchfuehrungszeitraum")] == ["gekuerzt"]


ZWOELF = {"beginn": "2027-01-01", "ende": "2027-12-31"}


def partner(art: str, brutto: str, **more: object) -> dict[str, object]:
    cost = {"kostenart": "material", "bezeichnung": "M", "brutto": brutto, "ust": "19 %"}
    return {"name": "P", "art": art, "gemeinkosten": "keine", "kosten": [cost], **more}


@pytest.mark.parametrize("first", ["kommune", "hochschule"])
def test_limits_of_different_bodies_do_not_use_each_other_up(first):
    fassung = programm(
        "jahreshoechstbetrag",
        foerdersatz="100 %",
        zuwendung_je_jahr_hoechstens=[wert("9.000,00", art=["kommune"]), wert("2.000,00", art=["hochschule"])],
    )
    second = {"kommune": "hochschule", "hochschule": "kommune"}[first]
    bodies = {
        "antragsteller": {"art": first},
        "partner": [partner(second, "10.000,00"), partner(second, "1,00", name="Q")],
    }
    found = check(fassung, {"vorhaben": ZWOELF, **bodies})
    own = {"kommune": "9000.00", "hochschule": "2000.00"}
    assert [str(r.zuwendung.betrag) for r in found.rechnungen] == [own[first], own[second], "0.00"]


@pytest.mark.parametrize(
    ("landkreise", "status"),
    [
        (["Plön"], "gekuerzt"),
        (["Stormarn"], "entfaellt"),
        ({"Plön": "1 %", "Stormarn": "99 %"}, "offen"),
        (["Plön", "Stormarn"], "offen"),
        ([], "offen"),
    ],
)
def test_a_limit_of_one_area_is_open_for_a_project_that_may_lie_in_two(landkreise, status):
    fassung = programm(
        "jahreshoechstbetrag",
        "programmgebiet",
        programmgebiete={"Nord": ["Plön"], "Süd": ["Stormarn"]},
        zuwendung_je_jahr_hoechstens=[wert("1.000,00", programmgebiet=["Nord"])],
    )
    found = check(fassung, {"vorhaben": {**ZWOELF, "landkreise": landkreise}})
    (befund,) = [befund for befund in found.befunde if befund.regel == "klein/jahreshoechstbetrag"]
    assert befund.status == status
    if status == "offen":
        assert befund.ort == found.source.locate(("antragsteller",))
    if landkreise == ["Plön", "Stormarn"]:
        assert befund.text == (
            "Einen Höchstbetrag je Jahr nennt das Programm nur für Nord; wie er für ein Vorhaben auch in anderen Gebieten gilt, "
            "ist nicht geregelt. Fragen Sie die Bewilligungsstelle; gekürzt ist nichts."
        )


def test_a_single_undertaking_under_two_regulations_says_whose_grant_is_under_which():
    fassung = programm(
        "deminimis",
        foerdersatz="100 %",
        deminimis_verordnung=[wert("2023/2831", art=["kommune"]), wert("1408/2013", art=["unternehmen"])],
    )
    body = {"wirtschaftlich_taetig": "ja", "deminimis": "keine", "unternehmensverbund": ["P"]}
    other = partner("unternehmen", "1.000,00", deminimis="keine", vorsteuerabzug="nein")
    found = check(fassung, {"antragsteller": body, "partner": [other]})
    hints = [text for status, text in said(found, "deminimis") if "einziges Unternehmen" in text]
    assert [text.partition("(")[2] for text in hints] == [
        f"{amount} €). Nach einer anderen Verordnung ist die von {name}; auch sie zählt, soweit die Verordnungen einen "
        "Höchstbetrag teilen."
        for amount, name in (("10.000,00", "P"), ("1.000,00", "Stadt A"))
    ]


DIREKT_MEHRERE = [wert("15 %", methode=["direkt"], mehrere_beteiligte=["ja"])]


def test_a_method_that_is_not_refused_for_the_kind_of_body_does_not_say_so():
    fassung = programm(
        "gemeinkosten", **{**GEMEINKOSTEN, "gemeinkostensatz": [*DIREKT_MEHRERE, wert("10 %", methode=["personal"])]}
    )
    ((status, text),) = said(check(fassung, {"antragsteller": {"gemeinkosten": "direkt"}}), "gemeinkosten")
    assert status == "gekuerzt"
    assert text.startswith(
        "Die Methode direkt ist nicht zulässig: in diesem Fall nennt das Programm dafür keinen Satz."
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("auto", ("offen", "Für diesen Fall nennt das Programm keinen Satz für Gemeinkosten; angesetzt ist nichts.")),
        (
            "direkt 10 %",
            (
                "gekuerzt",
                "Methode direkt mit 0 %: 0,00 €; angegeben sind 10 %, in diesem Fall nennt das Programm dafür",
            ),
        ),
    ],
)
def test_a_stated_rate_is_asked_for_only_where_one_is_allowed(stated, expected):
    fassung = programm("gemeinkosten_angabe", gemeinkostensatz_angabe_hoechstens=DIREKT_MEHRERE)
    status, text = said(check(fassung, {"antragsteller": {"gemeinkosten": stated}}), "gemeinkosten_angabe")[0]
    assert (status, text[: len(expected[1])]) == expected


def test_a_rate_of_overhead_says_for_which_method():
    fassung = programm("gemeinkosten", **{**GEMEINKOSTEN, "gemeinkostensatz": "15 %"})
    with pytest.raises(
        ProgrammeError,
        match=re.escape("gemeinkostensatz: welche Methode? Mindestens ein Wert braucht wenn: {methode: […]}"),
    ):
        check(fassung)
