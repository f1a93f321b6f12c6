"""No value of a programme file goes unread: changed by one unit, a word or a day, each makes some case fail."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from rechtsfaelle import FASSUNGEN, Fall, differences, load_cases

from foerdercheck import programmes
from foerdercheck.assessment import konten
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.felder import Anzahl, Datum, Geld, Prozent, Stunden
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.programmes import deminimis_recht, load_version, neueste_fassung, programme_ids, versions
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import PARAMETER, Spanne, Zeitraum

OHNE_FOLGE = {
    ("sh-ki", "gemeinkosten_ohne", "weitergabe"): "is no eligible kind of cost, so it is out of the base anyway"
}
CENT = Decimal("0.01")
EINE_EINHEIT = {Geld: CENT, Prozent: Decimal("0.0001"), Stunden: Decimal(1), Anzahl: 1, Datum: EIN_TAG}
ANDERES_WORT = {
    "sitz": ("HH",),
    "umsetzungsort": ("HH",),
    "umsetzungsort_einer_genuegt": (True, False),
    "beihilfehoechstsaetze_gehen_vor": (True, False),
    "gebietsanteile_vorab_mit": ("Landesregierung",),
    "verlaengerung_ungewiss": (True, False),
    "startup_sonst_wie": ("gemeinnuetzig",),
    "antragsberechtigt_wenn": ("ja", "offen"),
    "fonds": ("EFRE", "ESF+"),
    "deminimis_verordnung": ("2023/2832",),
    "neue_beihilfe_unteilbar": (True, False),
    "monatszaehlung": ("angefangene", "volle_ab_beginn"),
    "rundung_positionen": ("kaufmaennisch", "ab"),
    "rundung_zuwendung": ("kaufmaennisch", "ab"),
    "kumulierung_ueber_ausgaben": ("verletzt", "hinweis"),
    "vergabegrundsatz": ("Auch sonst gilt etwas",),
    "vergabevorschriften": ("UVgO",),
    "oberschwellenrecht": ("Teil 3 des GWB",),
    "verfahren_ueber_wertgrenzen": ("eine Auktion",),
}
VERSIONEN = {file: load_version(file) for programm in programme_ids() for file in versions(programm)}
ZUERST = {"fonds": ("SEK-3.2",), "eu_schwellenwert": ("5.4-vergaberecht", "NWertVO")}
"""Where a value is told from others of its Ziffer, or decides under another one: these cases are asked first."""
TAFELN = {"einheitskosten", "programmgebiete", "regionen", "ziele_der_region"}
"""Large tables; tests/test_tafeln.py compares every figure and name of them."""


def ids(fassung: Fassung) -> str:
    return f"{fassung.programm} {fassung.gilt.von}"


@cache
def stable_cases(fassung: Fassung) -> tuple[Fall, ...]:
    """The cases that hold when the version is given (some ask which version applies, or fail for a known defect)."""
    return tuple(fall for fall in load_cases(fassung.programm) if not differences(fall, fall.assess(fassung=fassung)))


NOTICED: dict[tuple[str, str], str] = {}
"""The case that noticed a change in one version; it is asked first in the others."""


def noticed(fassung: Fassung, changed: Fassung, ziffer: str | tuple[str, ...], what: str = "") -> bool:
    """Tell whether a case fails under the changed version; the cases of the Ziffer are asked first."""
    known = NOTICED.get((fassung.programm, what))
    cases = sorted(stable_cases(fassung), key=lambda fall: (fall.id != known, not fall.datei.startswith(ziffer)))
    found = next((fall for fall in cases if differences(fall, fall.assess(fassung=changed))), None)
    if found and what:
        NOTICED[fassung.programm, what] = found.id
    return found is not None


def mutations(fassung: Fassung) -> Iterator[tuple[str, tuple[str, ...], Fassung]]:
    """Yield the version with one value of one parameter changed a little, its Ziffer and what was changed."""
    for name, norms in fassung.parameter.items():
        for index, norm in enumerate(norms if asked_of_cases(fassung, name) else ()):
            for what, changed in changed_norms(norm):
                if (fassung.programm, name, what) not in OHNE_FOLGE:
                    instead = (*norms[:index], changed, *norms[index + 1 :])
                    mutated = replace(fassung, parameter={**fassung.parameter, name: instead})
                    yield f"{name}[{index}] {what}", ZUERST.get(name, (norm.ziffer.split(" ")[0],)), mutated


def asked_of_cases(fassung: Fassung, name: str) -> bool:
    """Whether cases under a given version can tell; the days that only pick a version have a test of their own."""
    picks_only = "richtlinie_gilt" in fassung.parameter or "geltungsdauer" not in {r.pruefung for r in fassung.regeln}
    return name not in TAFELN and not (name == "geltungsdauer" and picks_only)


def changed_norms(norm: Norm[Any]) -> Iterator[tuple[str, Norm[Any]]]:
    """Yield a value one unit higher and lower, a list without each of its words, conditions and dates likewise."""
    for what, wert in changed_values(norm):
        yield what, norm._replace(wert=wert)
    for name, words in norm.wenn.items():
        for word in sorted(words):
            yield f"wenn {name} {word}", norm._replace(wenn={**norm.wenn, name: words - {word}})
    if norm.ab != date.min:
        yield "ab", norm._replace(ab=norm.ab + EIN_TAG)
    if norm.bis != date.max:
        yield "bis", norm._replace(bis=norm.bis - EIN_TAG)


def changed_values(norm: Norm[Any]) -> Iterator[tuple[str, Any]]:
    wert = norm.wert
    if isinstance(wert, Zeitraum | Spanne):
        yield from changed_spans(wert)
    elif isinstance(wert, dict):
        yield from ((word, {key: text for key, text in wert.items() if key != word}) for word in wert)
        for word, betrag in wert.items():
            if isinstance(betrag, Decimal):
                yield f"{word} plus", {**wert, word: betrag + CENT}
                yield f"{word} minus", {**wert, word: betrag - CENT}
    elif isinstance(wert, tuple):
        yield from ((word, tuple(other for other in wert if other != word)) for word in wert)
    elif isinstance(wert, str | bool):
        yield "Wort", next(word for word in ANDERES_WORT[norm.parameter] if word != wert)
    else:
        unit = EINE_EINHEIT[PARAMETER[norm.parameter].kind]
        yield "plus", wert + unit
        yield "minus", wert - unit


def changed_spans(wert: Zeitraum | Spanne) -> Iterator[tuple[str, Any]]:
    """Yield a span that begins later or ends earlier, one of amounts also the other way round."""
    unit = EIN_TAG if isinstance(wert, Zeitraum) else CENT
    yield "von", wert._replace(von=wert.von + unit)
    if wert.bis != date.max:
        yield "bis", wert._replace(bis=wert.bis - unit)
    if isinstance(wert, Spanne):
        yield "von minus", wert._replace(von=wert.von - unit)
        yield "bis plus", wert._replace(bis=wert.bis + unit)


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=ids)
def test_every_value_of_a_parameter_decides_some_case(fassung):
    assert len(stable_cases(fassung)) > 2 * len(fassung.regeln)
    assert [what for what, ziffer, changed in mutations(fassung) if not noticed(fassung, changed, ziffer, what)] == []


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=ids)
def test_what_has_no_consequence_really_has_none(fassung):
    for programm, name, what in OHNE_FOLGE:
        if programm == fassung.programm:
            (norm,) = fassung.parameter[name]
            (changed,) = (changed for word, changed in changed_norms(norm) if word == what)
            mutated = replace(fassung, parameter={**fassung.parameter, name: (changed,)})
            assert not noticed(fassung, mutated, norm.ziffer)


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=ids)
def test_the_days_of_a_version_decide_which_one_is_picked(fassung, monkeypatch):
    (norm,) = fassung.parameter["geltungsdauer"]
    days = {str(fassung.gilt.von), str(fassung.gilt.bis)}
    cases = sorted(load_cases(fassung.programm), key=lambda fall: fall.budget["vorhaben"]["antragsdatum"] not in days)
    for what, wert in changed_values(norm):
        other = replace(fassung, parameter={**fassung.parameter, "geltungsdauer": (norm._replace(wert=wert),)})
        with monkeypatch.context() as patch:
            patch.setattr(
                programmes,
                "load_version",
                lambda file, other=other: other if VERSIONEN.get(file) is fassung else load_version(file),
            )
            assert any(differences(fall, fall.assess()) for fall in cases), what


DEMINIMIS = [
    "hoechstbetrag", "hoechstbetrag_zusammen", "zeitraum_jahre", "neue_beihilfe_unteilbar", "ausgenommene_nace",
    "ausgenommene_nace_ungewiss",
]  # fmt: skip


@pytest.mark.parametrize("name", DEMINIMIS)
def test_the_limits_of_the_general_regulation_decide_some_case(name, monkeypatch):
    law, fassung = deminimis_recht(), neueste_fassung("sh-ki")
    stable_cases(fassung)  # picked under the law as it is, and kept
    norm, *rest = law.parameter[name]
    for what, wert in changed_values(norm):
        other = replace(law, parameter={**law.parameter, name: (norm._replace(wert=wert), *rest)})
        with monkeypatch.context() as patch:
            patch.setattr("foerdercheck.deminimis.recht.deminimis_recht", lambda other=other: other)
            patch.setattr("foerdercheck.rules.beihilfe.deminimis_recht", lambda other=other: other)
            changed_law = load_recht.__wrapped__()
            patch.setattr(konten, "load_recht", lambda changed_law=changed_law: changed_law)
            assert noticed(fassung, replace(fassung), "3.1"), what
