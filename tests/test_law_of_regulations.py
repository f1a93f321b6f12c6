"""State aid and VAT under guidelines that do not exist: regulations, articles, years and rates come from the data."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rechtsfaelle import assess, merge
from strategies import cents
from test_law_is_data import BUDGET, FASSUNG, check, order, said, with_value

from foerdercheck.calculation.preise import preis, regelsatz
from foerdercheck.calculation.zeilen import Kuerzung
from foerdercheck.model.budget import Sachposition
from foerdercheck.reports.betraege import _ANLASS

# State aid


HOF = {"name": "Hof Honig", "art": "unternehmen", "nace": "01.13"}


def test_under_a_programme_that_grants_no_aid_to_this_kind_of_body_there_is_none_to_count():
    fassung = with_value("deminimis_verordnung", "1408/2013", art=("startup",))
    assert farm(fassung=fassung) == [("entfaellt", "Hier wird nicht nach einer De-minimis-Verordnung gefördert.")]


def farm(kosten: str = "50.000,00", fassung=FASSUNG, **more: object):
    return said(check(order(kosten), fassung=fassung, **{**HOF, "deminimis": "keine", **more}), "3-beihilfe")


@pytest.mark.parametrize("nace", ["01.13", "01.61", "03", "A", "Landwirt"])
def test_a_farm_is_not_excluded_from_the_regulation_for_farms(nace):
    """50,000.00 since 16.12.2024; the same farm is excluded from the general regulation."""
    assert [status for status, _ in farm(nace=nace)] == ["erfuellt"]
    general = farm(nace=nace, fassung=with_value("deminimis_verordnung", "2023/2831"))
    assert [status for status, _ in general] == ["erfuellt", "hinweis" if nace == "01.61" else "offen"]
    assert ("von der Verordnung 2023/2831 ausgenommen" in general[1][1]) == (nace in {"01.13", "03", "A"})


def test_only_the_article_of_the_regulation_in_question_is_quoted():
    """That a new award falls out whole has been read in the general regulation only."""
    ((status, text),) = farm("50.000,01")
    assert status == "verletzt"
    assert "die Zuwendung von 50.000,01 € passt damit nicht hinein." in text
    assert "Art." not in text
    general = with_value("deminimis_verordnung", "2023/2831")
    (status, text), *_ = farm("300.000,01", fassung=general)
    assert status == "verletzt"
    assert "die Zuwendung von 300.000,01 € fällt damit ganz heraus (Art. 3 Abs. 7 VO 2023/2831)." in text


def test_the_years_of_earlier_aid_are_those_of_the_regulations():
    assert farm(deminimis="~entfernen") == [
        (
            "offen",
            "Angaben nach Brei 3 fehlen: nennen Sie die De-minimis-Beihilfen der letzten drei Jahre (deminimis: Datei, Liste "
            "oder das Wort keine).",
        )
    ]


# VAT


@pytest.mark.parametrize(
    ("von", "bis", "percent"),
    [
        ("2020-07-01", "2020-12-31", 16),
        ("2020-07-01", "2020-07-01", 16),
        ("2020-12-31", "2020-12-31", 16),
        ("2020-06-30", "2020-06-30", 19),
        ("2020-06-30", "2020-12-31", 19),
        ("2020-07-01", "2021-01-01", 19),
        ("2021-01-01", "2021-01-01", 19),
        ("2007-01-01", "2007-01-01", 19),
        ("2006-12-31", "2007-01-01", 19),
        ("2199-12-31", "2199-12-31", 19),
        ("2006-01-01", "2006-12-31", None),
    ],
)
def test_the_rate_of_vat_is_the_highest_in_force_while_the_project_runs(von, bis, percent):
    found = regelsatz(date.fromisoformat(von), date.fromisoformat(bis))
    assert (found and found * 100) == percent


@given(cents(10**14 - 1), st.integers(0, 1_000_000).map(lambda value: Decimal(value).scaleb(-6)), st.booleans())
def test_net_and_gross_are_exact_to_the_cent(betrag, ust, stated):
    """Whether the line states the rate or that of its time holds; a stated one of 0 % is one, too."""
    here, elsewhere = (ust, Decimal("0.5")) if stated else (None, ust)
    net = preis(Sachposition(kostenart="reise", bezeichnung="R", netto=betrag, ust=here), elsewhere)
    gross = preis(Sachposition(kostenart="reise", bezeichnung="R", brutto=betrag, ust=here), elsewhere)
    assert net == (betrag, half_up(Fraction(betrag) * (1 + Fraction(ust))), ust)
    assert gross == (half_up(Fraction(betrag) / (1 + Fraction(ust))), betrag, ust)


def half_up(value: Fraction) -> Decimal:
    return Decimal(int(value * 100 + Fraction(1, 2))).scaleb(-2)


def test_a_price_without_a_rate_is_refused_where_none_is_known():
    span = {"antragsdatum": "2005-02-01", "beginn": "2005-03-01", "ende": "2006-12-31"}
    line = {"kostenart": "material", "bezeichnung": "Brei", "netto": "100,00"}
    koch = {"kostenart": "personal", "bezeichnung": "Koch", "stundensatz": "10,00", "stunden": "1"}

    def checked(*kosten: dict[str, object]):
        return assess(merge(BUDGET, {"vorhaben": span, "antragsteller": {"kosten": list(kosten)}}), fassung=FASSUNG)

    found = checked(koch, {**line, "ust": "16 %"}, line)
    (fehler,) = found.fehler
    assert (
        fehler.text
        == "der Satz der Umsatzsteuer von 01.03.2005 bis 31.12.2006 ist hier nicht bekannt: geben Sie ust an"
    )
    assert (fehler.ort.zeile, fehler.auszug.strip()) == (18, "- kostenart: material")
    (rechnung,) = checked(koch, {**line, "ust": "16 %"}).rechnungen
    assert [str(zeile.angesetzt.betrag) for zeile in rechnung.zeilen] == ["10.00", "116.00"]


def test_every_kind_of_cut_has_a_word_in_the_report():
    assert set(_ANLASS) == set(get_args(Kuerzung))
