"""Every case of law of the de-minimis regulations gives the account it says, exact to the cent.

A case in `tests/faelle/de-minimis/` holds `name` (a German sentence, unique: what is tested and what must come out), `quelle`
(article, published example or arithmetic), `historie` (as in a file: beihilfen, verbund, ereignisse), `frage` (stichtag, unternehmen,
and where they matter beihilfe, or folge: several with tag, betrag, verordnung; verordnung, grenztag, mitgliedstaat) and `erwartet`.
What is named there is compared exactly, with
two differences: `hinweise` are fragments, one for each hint in its order, and `fehler` fragments of the input errors, one for each;
beside them nothing is expected. A figure or day that does not exist is empty text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from rechtsfaelle import ORDNER, as_yaml, read

from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.fenster import GRENZTAGE
from foerdercheck.deminimis.frage import Frage, Planung
from foerdercheck.deminimis.kontostand import GezaehlteBeihilfe, Kontostand, kontostand
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.location import InputError, placed
from foerdercheck.model.names import name_key
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import NAMELESS, File
from foerdercheck.reading.histories import read_history

FAELLE = [(file.stem, fall) for file in sorted((ORDNER / "de-minimis").glob("*.yaml")) for fall in read(file)]
SATZ = r"(?=.* )[A-ZÄÖÜ0-9][^_]{1,139}"
"""A sentence: more than one word, from a capital or digit on, no underscore, at most 140 characters."""


def _or_empty(value: object) -> str:
    return "" if value is None else str(value)


_KONTO: dict[str, Callable[[Kontostand], Any]] = {
    "ergebnis": lambda konto: konto.ergebnis,
    "im_fenster": lambda konto: str(konto.im_fenster),
    "frei": lambda konto: _or_empty(konto.frei),
    "hoechstbetrag": lambda konto: _or_empty(konto.hoechstbetrag),
    "neue_beihilfe": lambda konto: _or_empty(konto.neue_beihilfe),
    "beantragt": lambda konto: str(konto.beantragt),
    "frueheste_gewaehrung": lambda konto: _or_empty(konto.frueheste_gewaehrung),
    "fenster": lambda konto: list(map(str, konto.fenster)),
    "unternehmen": lambda konto: list(konto.unternehmen),
}
_BEIHILFE: dict[str, Callable[[GezaehlteBeihilfe], str]] = {
    "subventionswert": lambda beihilfe: str(beihilfe.subventionswert),
    "gewaehrt_am": lambda beihilfe: str(beihilfe.gewaehrt_am),
    "unternehmen": lambda beihilfe: beihilfe.unternehmen,
    "im_fenster_bis": lambda beihilfe: str(beihilfe.im_fenster_bis),
    "ergebnis_bei_gewaehrung": lambda beihilfe: beihilfe.ergebnis_bei_gewaehrung,
}
_KNOWN = {
    "fall": {"name", "quelle", "historie", "frage", "erwartet"},
    "historie": {"beihilfen", "verbund", "ereignisse"},
    "frage": {"stichtag", "unternehmen", "beihilfe", "verordnung", "grenztag", "mitgliedstaat", "folge"},
    "erwartet": {*_KONTO, "beihilfen", "geplant", "hinweise", "fehler"},
}


def unknown_keys(fall: Mapping[str, Any]) -> list[str]:
    """Return every key of a case that nobody reads, or that is missing."""
    parts = [("fall", fall), *((key, fall.get(key, {})) for key in ("historie", "frage", "erwartet"))]
    seen = [f"{where}: {key} ist unbekannt" for where, part in parts for key in part if key not in _KNOWN[where]]
    shown = fall.get("erwartet", {}).get("beihilfen", [])
    seen += [f"beihilfen: {key} ist unbekannt" for said in shown for key in said if key not in _BEIHILFE]
    if "fehler" in fall.get("erwartet", {}) and len(fall["erwartet"]) > 1:
        seen.append("erwartet: neben fehler wird nichts verglichen")
    seen += [f"{key} fehlt" for key in ("name", "quelle", "frage", "erwartet") if not fall.get(key)]
    if fall.get("frage", {}).get("grenztag", "streng") not in GRENZTAGE:
        seen.append("frage: unbekannter grenztag")
    return seen


def question(said: Mapping[str, Any]) -> Frage:
    """Return what a case asks."""
    return Frage(
        verordnung=said.get("verordnung", load_recht().unstated),
        stichtag=date.fromisoformat(said["stichtag"]),
        betrag=parse_geld(said["beihilfe"]) if "beihilfe" in said else None,
        grenztag=said.get("grenztag", "streng"),
        mitgliedstaat=said.get("mitgliedstaat", "DE"),
        folge=tuple(
            Planung(
                date.fromisoformat(each["tag"]),
                parse_geld(each["betrag"]),
                each.get("verordnung", load_recht().unstated),
            )
            for each in said.get("folge", ())
        ),
    )


def answer(fall: Mapping[str, Any]) -> Kontostand | list[str]:
    """Return the account a case asks for, or the errors of its history: read and computed as for a file."""
    frage = question(fall["frage"])
    try:
        found = read_history(File(NAMELESS, as_yaml(fall.get("historie", {})).encode()), vokabular())
    except InputError as error:
        return [problem.text for problem in error.problems]
    konten, problems = open_kontenbuch(found.historie, load_recht(), frage.stichtag)
    if problems:
        return [problem.text for problem in placed(problems, found.source)]
    return kontostand(konten.konten(frage), name_key(fall["frage"]["unternehmen"]), frage)


def differences(wanted: Mapping[str, Any], found: Kontostand | list[str]) -> Iterator[str]:
    """Yield in what an account differs from what a case expects."""
    if isinstance(found, list) or "fehler" in wanted:
        texts = found if isinstance(found, list) else []
        yield from _fragments("fehler", wanted.get("fehler", []), texts)
        return
    for key in wanted.keys() & _KONTO.keys():
        yield from _differ(key, wanted[key], _KONTO[key](found))
    if "beihilfen" in wanted:
        yield from _differ("beihilfen", len(wanted["beihilfen"]), len(found.beihilfen))
        for said, beihilfe in zip(wanted["beihilfen"], found.beihilfen, strict=False):
            yield from _differ("beihilfe", said, {key: _BEIHILFE[key](beihilfe) for key in said})
    if "geplant" in wanted:
        geplant = [{"ergebnis": each.ergebnis, "frei": _or_empty(each.frei)} for each in found.geplant]
        yield from _differ("geplant", wanted["geplant"], geplant)
    if "hinweise" in wanted:
        yield from _fragments("hinweise", wanted["hinweise"], [said.text for said in found.hinweise])


def _differ(what: str, wanted: object, there: object) -> list[str]:
    return [] if wanted == there else [f"{what}: erwartet {wanted!r}, ist {there!r}"]


def _fragments(what: str, wanted: list[str], texts: list[str]) -> list[str]:
    fits = len(wanted) == len(texts) and all(part in text for part, text in zip(wanted, texts, strict=True))
    return [] if fits else [f"{what}: erwartet {wanted}, ist {texts}"]


@pytest.mark.parametrize("fall", [pytest.param(fall, id=f"{datei}: {fall.get('name')}") for datei, fall in FAELLE])
def test_fall(fall):
    assert unknown_keys(fall) == []
    assert list(differences(fall["erwartet"], answer(fall))) == []


def test_names_are_sentences_and_unique():
    names = [fall["name"] for _, fall in FAELLE]
    assert [name for name in names if not re.fullmatch(SATZ, name)] == []
    assert sorted(set(names)) == sorted(names)


def test_a_key_that_nobody_reads_is_refused_and_every_difference_is_noticed():
    """A misspelt expectation must not pass; the first case stands for all."""
    fall = FAELLE[0][1]
    shown = {**fall["erwartet"], "frie": "0.00", "beihilfen": [{"wert": "1.00"}], "fehler": ["?"]}
    spoilt = {**fall, "quelle": "", "frage": {**fall["frage"], "tag": "", "grenztag": "lax"}, "erwartet": shown}
    assert unknown_keys(spoilt | {"fassung": "x", "historie": {"fusionen": []}}) == [
        "fall: fassung ist unbekannt",
        "historie: fusionen ist unbekannt",
        "frage: tag ist unbekannt",
        "erwartet: frie ist unbekannt",
        "beihilfen: wert ist unbekannt",
        "erwartet: neben fehler wird nichts verglichen",
        "quelle fehlt",
        "frage: unbekannter grenztag",
    ]
    konto = answer(fall)
    wrong = dict.fromkeys(_KONTO, "?") | {"beihilfen": [{"subventionswert": "?"}] * 9, "hinweise": ["?"] * 9}
    assert {text.split(":")[0] for text in differences(wrong, konto)} >= {*_KONTO, "beihilfen", "hinweise"}
    assert len(list(differences({"fehler": ["?"]}, konto))) == 1
    assert len(list(differences({}, ["Ein Fehler, den niemand erwartet"]))) == 1
