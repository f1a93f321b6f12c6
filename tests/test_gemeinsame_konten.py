"""Joint accounts of a consortium: grants under two regulations, what stands in them with its place, who has none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from rechtsfaelle import assess, case_named, grundfall, merge

from foerdercheck.assessment.budget import Assessment
from foerdercheck.programmes import fassung_am

STICHTAG = date(2026, 3, 20)


def cents(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


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
    vorhaben = {
        "titel": "Verbund", "ziele": ["wissen"], "antragsdatum": "2026-01-15", "beginn": "2026-04-01", "ende": "2027-09-30",
        "bewilligung": STICHTAG.isoformat(), "bundesland": "SH",
    }  # fmt: skip
    budget = {"foerderprogramm": "sh-ki", "vorhaben": vorhaben, "antragsteller": firms[0], "partner": firms[1:]}
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
