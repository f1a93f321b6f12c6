"""Joint accounts of a consortium against a slow reckoning of its own: who belongs together, what counts, what is free."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from rechtsfaelle import assess, case_named, grundfall, merge

from foerdercheck.assessment.budget import Assessment
from foerdercheck.programmes import fassung_am

STICHTAG = date(2026, 3, 20)
FENSTER = date(2023, 3, 20)
HOECHSTBETRAG = Decimal(300_000)
NAMES = ("Anker", "Boje", "Deich", "Fleet", "Geest", "Haff", "Insel")
OUTSIDE = ("Marsch", "Nehrung", "Priel")
CONTROL = ("stimmrechtsmehrheit", "organmehrheit", "beherrschungsvertrag", "stimmbindung")


def consortium(chance: Random) -> dict:
    """Return a budget of two to five bodies with groups, relations and histories at any of them; some get no aid."""
    names = chance.sample(NAMES, chance.randint(2, 5))
    bodies = [firm(chance, name, names) for name in names]
    return {
        "foerderprogramm": "sh-ki",
        "vorhaben": {
            "titel": "Verbund", "ziele": ["wissen"], "antragsdatum": "2026-01-15", "beginn": "2026-04-01",
            "ende": "2027-09-30", "bewilligung": STICHTAG.isoformat(), "bundesland": "SH", "kooperationsvertrag": "2026-02-01",
            "gesamtfinanzierung_gesichert": "ja", "folgekosten_gesichert": "ja", "andere_foerdermittel_geprueft": "ja",
        },
        "antragsteller": bodies[0],
        "partner": bodies[1:],
    }  # fmt: skip


def firm(chance: Random, name: str, names: list[str]) -> dict:
    grant = chance.randrange(1, 160_000_00)
    awards = [award(chance, name) for _ in range(chance.choice((0, 0, 1, 2, 4)))]
    group = chance.sample([other for other in (*names, *OUTSIDE) if other != name], chance.choice((0, 0, 0, 1, 2)))
    art, active = ("unternehmen", "ja") if chance.random() < 0.8 else ("gemeinnuetzig", "nein")
    return {
        "name": name, "art": art, "sitz": "SH", "wirtschaftlich_taetig": active,
        "deminimis": awards or "keine", "unternehmensverbund": group, "gemeinkosten": "keine",
        "kosten": [{"kostenart": "material", "bezeichnung": name, "netto": euro(2 * grant), "ust": "0 %"}],
        "finanzierung": {"beantragt": euro(grant), "eigenmittel": euro(grant)},
    }  # fmt: skip


def award(chance: Random, name: str) -> dict:
    day = FENSTER + timedelta(days=chance.randint(-40, 1000))
    stated = {"gewaehrt_am": day.isoformat(), "foerdersumme": euro(chance.randrange(1, 90_000_00))}
    return stated | ({"unternehmen": name} if chance.random() < 0.5 else {})


def euro(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"


def cents(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def expected(budget: dict) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    """Return for each firm what counts already, what is planned and what is free, by walking from firm to firm."""
    bodies = {body["name"]: body for body in (budget["antragsteller"], *budget["partner"])}
    links: dict[str, set[str]] = {}
    for name, body in bodies.items():
        for other in body["unternehmensverbund"]:
            links.setdefault(name, set()).add(other)
            links.setdefault(other, set()).add(name)
    found = {}
    for name in bodies:
        together, todo = set(), [name]
        while todo:
            one = todo.pop()
            if one not in together:
                together.add(one)
                todo += links.get(one, ())
        mine = [body for other, body in bodies.items() if other in together]
        awards = [award for body in mine for award in (body["deminimis"] if body["deminimis"] != "keine" else ())]
        counted = sum(
            (
                cents(award["foerdersumme"])
                for award in awards
                if FENSTER <= date.fromisoformat(award["gewaehrt_am"]) <= STICHTAG
            ),
            Decimal(),
        )
        grants = [cents(body["finanzierung"]["beantragt"]) for body in mine if body["wirtschaftlich_taetig"] == "ja"]
        planned = sum(grants, Decimal())
        found[name] = counted, planned, max(HOECHSTBETRAG - counted, Decimal())
    return found


@pytest.mark.parametrize("seed", range(8))
def test_every_firm_shows_the_account_of_all_it_belongs_to(seed):
    chance = Random(seed)  # noqa: S311 - made-up data
    for _ in range(250):
        budget = consortium(chance)
        found = assess(budget)
        wanted = expected(budget)
        for rechnung in found.rechnungen:
            konto = found.konto(rechnung)
            assert (konto is not None) == (rechnung.beteiligter.wirtschaftlich_taetig is True)
            if konto is None:
                continue
            counted, planned, free = wanted[rechnung.name]
            assert (konto.im_fenster, konto.neue_beihilfe, konto.frei) == (counted, planned, free), budget
            assert (konto.ergebnis == "ueberschritten") == (planned > free), budget


def under_two_regulations(allgemein: str, agrar: str) -> Assessment:
    """Check two bodies that are one undertaking, each with a grant under a regulation of its own."""
    firms = [
        {
            "name": name, "art": art, "sitz": "SH", "wirtschaftlich_taetig": "ja", "deminimis": "keine",
            "unternehmensverbund": ["Boje"],
            "kosten": [{"kostenart": "material", "bezeichnung": "M", "netto": "600000,00", "ust": "0 %"}],
            "finanzierung": {"beantragt": grant, "eigenmittel": "1,00"},
        }
        for name, art, grant in (("Anker", "unternehmen", allgemein), ("Boje", "koerperschaft", agrar))
    ]  # fmt: skip
    budget = consortium(Random(0)) | {"antragsteller": firms[0], "partner": firms[1:]}  # noqa: S311 - made-up data
    fassung = fassung_am("sh-ki", STICHTAG)
    (norm,) = fassung.parameter["deminimis_verordnung"]
    both = tuple(
        norm._replace(wert=verordnung, wenn={"art": frozenset({art})})
        for verordnung, art in (("2023/2831", "unternehmen"), ("1408/2013", "koerperschaft"))
    )
    return assess(budget, fassung=replace(fassung, parameter={**fassung.parameter, "deminimis_verordnung": both}))


@pytest.mark.parametrize(
    ("allgemein", "agrar", "frei", "ergebnis"),
    [
        ("270000,00", "30000,00", ("270000.00", "30000.00"), ["eingehalten", "eingehalten"]),
        ("270000,01", "30000,00", ("270000.00", "29999.99"), ["ueberschritten", "ueberschritten"]),
        ("20000,00", "50000,00", ("250000.00", "50000.00"), ["eingehalten", "eingehalten"]),
        ("20000,00", "50000,01", ("249999.99", "50000.00"), ["eingehalten", "ueberschritten"]),
    ],
)
def test_grants_under_two_regulations_to_one_undertaking_share_the_common_ceiling(allgemein, agrar, frei, ergebnis):
    """Each keeps the ceiling of its own regulation, and both together that of the general one (Article 5 of 1408/2013)."""
    found = under_two_regulations(allgemein, agrar)
    konten = [found.konto(rechnung) for rechnung in found.rechnungen]
    assert [konto.ergebnis for konto in konten] == ergebnis
    assert tuple(str(konto.frei) for konto in konten) == frei
    assert [konto.neue_beihilfe for konto in konten] == [cents(allgemein), cents(agrar)]
    planned = (
        ("Boje", "1408/2013", agrar, ("partner", 0, "finanzierung")),
        ("Anker", "2023/2831", allgemein, ("antragsteller", "finanzierung")),
    )
    for konto, (name, verordnung, grant, pfad) in zip(konten, planned, strict=True):
        (other,) = konto.beihilfen  # the grant of the other, as if granted on the Stichtag
        assert (other.unternehmen, other.verordnung, other.subventionswert) == (name, verordnung, cents(grant))
        assert (other.gewaehrt_am, other.pfad) == (STICHTAG, pfad)


def test_a_body_without_a_grant_is_no_award_in_the_account_of_the_other():
    found = under_two_regulations("1,00", "0,00")
    assert found.konto(found.rechnungen[0]).beihilfen == ()


def test_money_of_another_giver_stands_in_the_account_with_the_giver_and_its_place():
    found = case_named(
        "sh-ki", "Dasselbe Geld beim Partner einen Cent höher: bei ihm verletzt, beim Antragsteller erfüllt"
    ).assess()
    applicant, partner = (found.konto(rechnung).beihilfen for rechnung in found.rechnungen)
    assert applicant == ()
    assert [(one.zuwendungsgeber, str(one.subventionswert), one.gewaehrt_am, one.pfad) for one in partner] == [
        (None, "240000.00", date(2025, 6, 1), ("partner", 0, "deminimis", 0)),
        ("Stadt Siel", "10000.01", STICHTAG, ("partner", 0, "finanzierung", "weitere", 0, "betrag")),
    ]


def test_who_gets_no_aid_has_no_account_and_what_is_wrong_in_its_history_does_not_matter():
    found = assess(merge(grundfall("sh-ki").budget, {"antragsteller": {"deminimis": [{"gewaehrt_am": "2025-01-01"}]}}))
    assert (found.ergebnis, found.konten) == ("foerderfaehig", {("antragsteller",): None})
