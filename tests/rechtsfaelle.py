"""Cases of law: budgets with what the guideline makes of them, and how an assessment is compared with it.

A case holds `name` (a German sentence or headline, unique in its programme: what is tested and what must come out),
`quelle` (where the expectation comes from), `budget` (merged onto `_grundfall.yaml`), optionally `stichtag`,
`fassung` (first day of the only version it holds in; without it, it holds in all), and `erwartet`:

    ergebnis   verdict, default foerderfaehig
    befunde    rule -> status of all its findings, or the exact list of them (status, betrag, beteiligter,
               text_enthaelt, text_ohne); a rule that is not named must not be verletzt, gekuerzt or offen
    texte      rule -> fragments that must stand in one of its findings
    zahlen     figures of the applicant, exact to the cent; `partner` a list of the same; `summe`, `zuwendungen_gesamt`
    auftraege  every order: its status, or nr, status, wert_netto, schwelle
    fristen    every deadline: ziffer and datum, text_enthaelt
    fehler     fragments of the input errors; nothing else is expected then

Unknown keys are refused, so that no expectation can be overlooked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from foerdercheck.assessment.budget import Assessment, check_document
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import Befund
from foerdercheck.programmes import load_version, programme_ids, versions
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.document import Document
from foerdercheck.reading.files import read_text

ORDNER = Path(__file__).parent / "faelle"
ENTFERNEN = "~entfernen"
FASSUNGEN = [load_version(file) for programm in programme_ids() for file in versions(programm)]
HEUTE = date(2026, 11, 21)
SCHLECHT = frozenset({"verletzt", "gekuerzt", "offen"})
EXIT_CODES = {"foerderfaehig": 0, "nicht_foerderfaehig": 1, "fehler": 2, "offen": 3}

_FALL = {"name", "quelle", "budget", "stichtag", "heute", "fassung", "erwartet"}
_ERWARTET = {"ergebnis", "befunde", "texte", "zahlen", "auftraege", "fristen", "fehler"}
_BEFUND = {"status", "betrag", "beteiligter", "text_enthaelt", "text_ohne"}
_AUFTRAG = {"nr", "status", "wert_netto", "schwelle"}
_FRIST = {"ziffer", "datum", "text_enthaelt"}
_SUMMEN = ("gesamtausgaben", "zuwendungsfaehige_ausgaben", "zuwendung")
_STATUS = SCHLECHT | {"erfuellt", "hinweis", "entfaellt"}


@dataclass(frozen=True, eq=False)
class Fall:
    """A case with its complete budget, as text without any conversion."""

    programm: str
    datei: str
    name: str
    budget: dict[str, Any]
    stichtag: date | None
    erwartet: Mapping[str, Any]
    fassung: str | None = None
    heute: date = HEUTE

    @property
    def id(self) -> str:
        return f"{self.programm}/{self.datei}: {self.name}"

    @cached_property
    def document(self) -> Document:
        """The budget as it is read from its file; once, because the same case is asked hundreds of times."""
        return _document(self.budget)

    def assess(self, fassung: Fassung | None = None) -> Assessment:
        """Check the budget of this case, under its programme or another version of it."""
        return _checked(self.document, self.stichtag, fassung, self.heute)


def assess(
    budget: object, stichtag: date | None = None, fassung: Fassung | None = None, heute: date = HEUTE
) -> Assessment:
    """Check a budget given as a tree of text; a version that is named is used whatever its days."""
    return _checked(_document(budget), stichtag, fassung, heute)


def _document(budget: object) -> Document:
    return read_text(as_yaml(budget).encode(), "-")


def _checked(document: Document, stichtag: date | None, fassung: Fassung | None, heute: date = HEUTE) -> Assessment:
    with patch("foerdercheck.assessment.submission._outside", new=lambda *_: ()):
        return check_document(document, Path(), stichtag=stichtag, heute=heute, fassung=fassung)


def as_yaml(budget: object) -> str:
    """Return a tree of text as the file that is checked."""
    return yaml.dump(budget, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)


def read(datei: Path) -> Any:  # noqa: ANN401 - a tree of any shape
    """Read YAML with every scalar as the text that stands there."""
    return yaml.load(datei.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


def merge(base: Any, over: Any) -> Any:  # noqa: ANN401 - trees of any shape
    """Return `base` with `over` laid on it: mappings key by key, anything else replaced, ENTFERNEN taken out."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    merged = {**base, **{key: merge(base.get(key, {}), value) for key, value in over.items()}}
    return {key: value for key, value in merged.items() if value != ENTFERNEN}


@cache
def load_cases(programm: str) -> tuple[Fall, ...]:
    """Return every case of a programme, none if it has no folder; raises ValueError for one that says what nobody compares."""
    files = sorted(file for file in (ORDNER / programm).glob("*.yaml") if not file.name.startswith("_"))
    base = read(ORDNER / programm / "_grundfall.yaml") if files else {}
    return tuple(case_of(programm, file.stem, base, entry) for file in files for entry in read(file))


def case_named(programm: str, name: str) -> Fall:
    """Return the case of a programme that bears this name."""
    return next(fall for fall in load_cases(programm) if fall.name == name)


def grundfall(programm: str) -> Fall:
    """Return the case that is `_grundfall.yaml` as it stands and tells all its figures."""
    return case_named(programm, "Der Grundfall ist förderfähig, jeder Betrag stimmt auf den Cent")


def case_of(programm: str, datei: str, base: dict[str, Any], entry: Mapping[str, Any]) -> Fall:
    """Return one case; raises ValueError naming every key that is unknown or missing."""
    if defects := list(_defects(entry)):
        raise ValueError(f"{datei}: {entry.get('name')}: {'; '.join(defects)}")
    day = date.fromisoformat(entry["stichtag"]) if "stichtag" in entry else None
    budget = merge(base, entry.get("budget", {}))
    heute = date.fromisoformat(entry["heute"]) if "heute" in entry else HEUTE
    return Fall(programm, datei, entry["name"], budget, day, entry["erwartet"], entry.get("fassung"), heute)


def _defects(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} fehlt" for key in ("name", "quelle", "erwartet") if not entry.get(key))
    wanted = entry.get("erwartet") or {}
    yield from _unknown(entry, _FALL, "Fall")
    yield from _unknown(wanted, _ERWARTET, "erwartet")
    yield from _unknown(wanted.get("zahlen", {}), {*_FIGUREN, "partner", "summe", "zuwendungen_gesamt"}, "zahlen")
    yield from _unknown(wanted.get("zahlen", {}).get("summe", {}), set(_SUMMEN), "summe")
    for partner in wanted.get("zahlen", {}).get("partner", []):
        yield from _unknown(partner, set(_FIGUREN), "partner")
    for said in wanted.get("befunde", {}).values():
        for entry_ in said if isinstance(said, list) else [{"status": said}]:
            yield from _unknown(entry_, _BEFUND, "befunde")
            if entry_.get("status") not in _STATUS:
                yield f"befunde: unbekannter Status {entry_.get('status')}"
    for order in wanted.get("auftraege", []):
        yield from _unknown(order if isinstance(order, dict) else {}, _AUFTRAG, "auftraege")
    for frist in wanted.get("fristen", []):
        yield from _unknown(frist, _FRIST, "fristen")


def _unknown(found: Iterable[str], known: set[str], where: str) -> Iterator[str]:
    yield from (f"{where}: {key} ist unbekannt" for key in found if key not in known)


def differences(fall: Fall, found: Assessment) -> list[str]:
    """Return in what an assessment differs from what the case expects; empty if it is as expected."""
    wanted = fall.erwartet
    verdict = "fehler" if "fehler" in wanted else wanted.get("ergebnis", "foerderfaehig")
    seen = [*_differ("ergebnis", verdict, found.ergebnis), *_differ("exit_code", EXIT_CODES[verdict], found.exit_code)]
    if "fehler" in wanted:
        texts = [fehler.text for fehler in found.fehler]
        return seen + [
            f"fehler: {part!r} nicht in {texts}" for part in wanted["fehler"] if not any(part in t for t in texts)
        ]
    if found.fehler or not found.rechnungen:
        return [*seen, f"keine Rechnung: {found.fehler} {found.fehlend}"]
    seen += _befunde(fall, found)
    seen += _zahlen(wanted.get("zahlen", {}), found)
    if "auftraege" in wanted:
        seen += _auftraege(wanted["auftraege"], found)
    if "fristen" in wanted:
        seen += _fristen(wanted["fristen"], found)
    return seen


def _fristen(wanted: list[dict[str, Any]], found: Assessment) -> Iterator[str]:
    days = [{name: frist[name] for name in ("ziffer", "datum")} for frist in wanted]
    yield from _differ("fristen", days, [{"ziffer": t.ziffer, "datum": str(t.datum or "")} for t in found.fristen])
    for frist, termin in zip(wanted, found.fristen, strict=False):
        missing = [part for part in _texts(frist.get("text_enthaelt", [])) if part not in termin.pflicht]
        yield from (f"frist {termin.ziffer}: {part!r} nicht in {termin.pflicht!r}" for part in missing)


def _differ(what: str, wanted: object, there: object) -> list[str]:
    return [] if wanted == there else [f"{what}: erwartet {wanted!r}, ist {there!r}"]


def _befunde(fall: Fall, found: Assessment) -> Iterator[str]:
    rules: dict[str, list[Befund]] = {}
    for befund in found.befunde:
        rules.setdefault(befund.regel.removeprefix(f"{fall.programm}/"), []).append(befund)
    named = fall.erwartet.get("befunde", {})
    for rule, said in named.items():
        yield from _regel(rule, said, rules.get(rule, []))
    for befund in found.befunde:
        if befund.status in SCHLECHT and befund.regel.removeprefix(f"{fall.programm}/") not in named:
            yield f"{befund.regel}: unerwartet {befund.status}: {befund.text}"
    for rule, parts in fall.erwartet.get("texte", {}).items():
        texts = [befund.text for befund in rules.get(rule, [])]
        yield from (f"{rule}: {part!r} nicht in {texts}" for part in parts if not any(part in t for t in texts))


def _regel(rule: str, said: str | list[dict[str, Any]], there: list[Befund]) -> Iterator[str]:
    if isinstance(said, str):
        if {befund.status for befund in there} != {said}:
            yield f"{rule}: erwartet {said}, ist {[(b.status, b.text) for b in there]}"
    elif len(said) != len(there):
        yield f"{rule}: erwartet {len(said)} Befunde, sind {[(b.status, b.text) for b in there]}"
    else:
        for wanted, befund in zip(said, there, strict=True):
            yield from _befund(rule, wanted, befund)


def _befund(rule: str, wanted: Mapping[str, Any], befund: Befund) -> Iterator[str]:
    yield from _differ(f"{rule} status", wanted["status"], befund.status)
    yield from _differ(f"{rule} betrag", wanted.get("betrag", ""), "" if befund.betrag is None else str(befund.betrag))
    if "beteiligter" in wanted:
        yield from _differ(f"{rule} beteiligter", wanted["beteiligter"], befund.beteiligter)
    for part in _texts(wanted.get("text_enthaelt", [])):
        if part not in befund.text:
            yield f"{rule}: {part!r} nicht in {befund.text!r}"
    for part in _texts(wanted.get("text_ohne", [])):
        if part in befund.text:
            yield f"{rule}: {part!r} in {befund.text!r}"


def _texts(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said


_FIGUREN: dict[str, Callable[[Assessment, Rechnung], Any]] = {
    "angesetzt": lambda _, r: [str(zeile.angesetzt.betrag) for zeile in r.zeilen],
    "zuwendungsfaehig": lambda _, r: [str(zeile.zuwendungsfaehig.betrag) for zeile in r.zeilen],
    "gemeinkosten": lambda _, r: str(r.gemeinkosten.betrag.betrag),
    "methode": lambda _, r: r.gemeinkosten.methode,
    "varianten": lambda _, r: {v.methode: str(v.betrag.betrag) for v in r.gemeinkosten.varianten},
    "zulaessig": lambda _, r: [v.methode for v in r.gemeinkosten.varianten if v.zulaessig],
    "gesamtausgaben": lambda _, r: str(r.gesamtausgaben.betrag),
    "zuwendungsfaehige_ausgaben": lambda _, r: str(r.zuwendungsfaehige_ausgaben.betrag),
    "foerdersatz": lambda _, r: str(r.foerdersatz.wert) if r.foerdersatz else "",
    "hoechste_zuwendung": lambda _, r: str(r.hoechste_zuwendung.betrag),
    "zuwendung": lambda _, r: str(r.zuwendung.betrag),
    "eigenmittel": lambda _, r: str(r.eigenmittel.betrag) if r.eigenmittel else "",
    "weitere_mittel": lambda _, r: str(r.weitere_mittel.betrag),
    "finanzierungsluecke": lambda _, r: str(r.finanzierungsluecke.betrag) if r.finanzierungsluecke else "",
    "fenster_von": lambda a, r: str(a.konto(r).fenster[0]),
    "hoechstbetrag": lambda a, r: str(a.konto(r).hoechstbetrag),
    "im_fenster": lambda a, r: str(a.konto(r).im_fenster),
    "frei": lambda a, r: str(a.konto(r).frei),
    "frueheste_gewaehrung": lambda a, r: str(a.konto(r).frueheste_gewaehrung or ""),
}


def _zahlen(wanted: Mapping[str, Any], found: Assessment) -> Iterator[str]:
    applicant, *partners = found.rechnungen
    for name, value in wanted.items():
        if name in _FIGUREN:
            yield from _differ(name, value, _FIGUREN[name](found, applicant))
    for rechnung, figures in zip(partners, wanted.get("partner", []), strict=False):
        for name, value in figures.items():
            yield from _differ(f"{rechnung.name}: {name}", value, _FIGUREN[name](found, rechnung))
    if "summe" in wanted:
        there = dict(zip(_SUMMEN, map(str, found.summen), strict=True))
        yield from _differ("summe", wanted["summe"], {name: there[name] for name in wanted["summe"]})
    if "zuwendungen_gesamt" in wanted:
        yield from _differ("zuwendungen_gesamt", wanted["zuwendungen_gesamt"], str(found.vergabe.zuwendungen.betrag))


def _auftraege(wanted: list[Any], found: Assessment) -> Iterator[str]:
    there = [
        {
            "nr": judged.auftrag.nr or "",
            "status": judged.status,
            "wert_netto": str(judged.auftrag.wert_netto),
            "schwelle": "" if judged.schwelle is None else str(judged.schwelle),
        }
        for judged in found.vergabe.auftraege
    ]
    said = [{"status": order} if isinstance(order, str) else order for order in wanted]
    if len(said) != len(there):
        yield f"auftraege: erwartet {len(said)}, sind {there}"
        return
    for order, judged in zip(said, there, strict=True):
        yield from _differ("auftrag", order, {name: judged[name] for name in order})
