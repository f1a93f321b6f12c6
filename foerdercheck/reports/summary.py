"""The verdict on a file, and several files at a glance."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.befund import Ergebnis
from foerdercheck.model.deutsch import anzahl, euro
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.dokument import FUSS, Block, Eintrag, Liste, Spalte, Tabelle, Ton, Zelle, geld
from foerdercheck.reports.entscheidend import deciding, short_place
from foerdercheck.reports.fehler import said_below

ERGEBNIS: dict[Ergebnis, tuple[str, Ton]] = {
    "foerderfaehig": ("FÖRDERFÄHIG", "gut"),
    "nicht_foerderfaehig": ("NICHT FÖRDERFÄHIG", "schlecht"),
    "offen": ("OFFEN – noch zu klären", "warnung"),
    "fehler": ("FEHLER", "schlecht"),
}
_ANTWORT: dict[Ergebnis, str] = {
    "foerderfaehig": "ja",
    "nicht_foerderfaehig": "nein",
    "offen": "offen",
    "fehler": "Fehler",
}

URTEILSWORT: dict[Ergebnis, str] = {
    "foerderfaehig": "förderfähig",
    "nicht_foerderfaehig": "nicht förderfähig",
    "offen": "offen",
    "fehler": "Fehler",
}
"""A verdict within a sentence."""
_MEHR = "alle Fehler und Befunde jeder Datei mit --ausfuehrlich oder --output ORDNER/"
_SATZTEIL = re.compile(r"(?<=\w{4})[.:;] (?=.)")
"""Where a sentence may end early; behind fewer letters the mark may be that of an abbreviation."""
_SO_MANY = 2
"""So many rules are named in the row of a file."""
_MENGE: dict[Ergebnis, str] = {
    "foerderfaehig": "förderfähig",
    "nicht_foerderfaehig": "nicht förderfähig",
    "offen": "offen",
    "fehler": "mit Fehlern",
}


class Ueberblick(NamedTuple):
    """One file at a glance; `zuwendung` in EUR is None where there is none or it is refused.

    `grund` says what decided, `knapp` the same where there is little room.
    """

    datei: str
    programm: str
    ergebnis: Ergebnis
    angenommene: int
    zuwendung: Decimal | None
    grund: str
    knapp: str


def headline(ergebnis: Ergebnis, angenommene: int) -> str:
    """Return a verdict as a title; it says so if findings were accepted (`angenommene`, how many)."""
    title = ERGEBNIS[ergebnis][0]
    return f"{title} (mit Ausnahmen)" if angenommene else title


def one_line(assessment: Assessment) -> str:
    """Return the verdict on one file as a line; its name stands in quotation marks and can be taken for no verdict."""
    name, title = f"„{shown_name(assessment.datei)}“", URTEILSWORT[assessment.ergebnis]
    if (grant := _granted(assessment)) is not None or assessment.rechnungen:
        but = ", mit Ausnahmen" if assessment.angenommene else ""
        return f"{name}: {title}{but}, Zuwendung {'–' if grant is None else euro(grant)}"
    if assessment.fehler:
        return f"{name}: {title}: {said_below(assessment.datei, assessment.fehler[0].text)}"
    return f"{name}: {title}"


def at_a_glance(assessment: Assessment) -> Ueberblick:
    """Return one file as a row of a table."""
    return Ueberblick(
        datei=shown_name(assessment.datei),
        programm=assessment.fassung.programm if assessment.fassung else "",
        ergebnis=assessment.ergebnis,
        angenommene=assessment.angenommene,
        zuwendung=_granted(assessment),
        grund=_reason(assessment),
        knapp=_reason(assessment, knapp=True),
    )


def _granted(assessment: Assessment) -> Decimal | None:
    """Return the grant in EUR; None where there is none to be had."""
    return assessment.zuwendung if assessment.ergebnis in {"foerderfaehig", "offen"} else None


def _reason(assessment: Assessment, *, knapp: bool = False) -> str:
    if len(assessment.fehler) == 1:
        only = assessment.fehler[0]
        text = said_below(assessment.datei, only.text)
        return _placed(_first_clause(text) if knapp else text, short_place(only.ort))
    if assessment.fehler:
        place = short_place(assessment.fehler[0].ort)
        return f"{len(assessment.fehler)} Fehler" + (f", zuerst {place}" if place else "")
    if assessment.fehlend:
        return f"{anzahl(len(assessment.fehlend), 'Angabe fehlt', 'Angaben fehlen')}, ohne die nichts zu berechnen ist"
    return deciding(assessment.entscheidend, _SO_MANY)


def _placed(text: str, place: str) -> str:
    return f"{text} ({place})" if place else text


def _first_clause(text: str) -> str:
    """Return a text up to its first mark that ends something, `…` for the rest."""
    first, *rest = _SATZTEIL.split(text, maxsplit=1)
    return f"{first} …" if rest else text


def told_together(each: Iterable[Iterable[str]]) -> list[str]:
    """Return what is said of several files together, once, from what is said of each."""
    return list(dict.fromkeys(text for texts in each for text in texts))


def overview(
    rows: Sequence[Ueberblick], skipped: Iterable[str], together: Iterable[str] = (), *, mehr: bool = False
) -> Iterator[Block]:
    """Yield all files as a table, what was skipped, what only shows across them (`together`), then counts and sums.

    There is a count for each verdict and each programme; `mehr` says how to see more of what does not pass.
    """
    decisive = Spalte("entscheidend", darunter=True)
    spalten = [Spalte("Datei", fest=True), Spalte("Urteil"), Spalte("Zuwendung", zahl=True), decisive]
    folder = common_folder([row.datei for row in rows])
    cells = [[Zelle(row.datei[len(folder) :]), _answer(row), _grant(row), Zelle(row.knapp)] for row in rows]
    where = f" in {folder}" if folder else ""
    yield Tabelle(spalten, cells, f"Übersicht über {anzahl(len(rows), 'Datei', 'Dateien')}{where}")
    entries = [Eintrag("·", "leise", "", f"{shown_name(name)}: das ist eine De-minimis-Historie") for name in skipped]
    if entries:
        yield Liste(f"Übersprungen ({len(entries)})", entries)
    if shared := [Eintrag("i", "normal", "", text) for text in together]:
        yield Liste(f"Über mehrere Dateien ({len(shared)})", shared)
    entries = [Eintrag("·", "leise", label, text) for label, text in totals(rows)]
    if mehr and any(row.ergebnis != "foerderfaehig" for row in rows):
        entries.append(Eintrag("·", "leise", "Einzeln", _MEHR))
    yield Liste("Zusammen", entries, FUSS)


def common_folder(files: Sequence[str]) -> str:
    """Return the folder in which all files lie, with its last slash; nothing if there is none."""
    folders = [file.rpartition("/")[0] + "/" for file in files if "/" in file]
    if len(folders) < len(files):
        return ""
    shared = takewhile(
        lambda parts: len(set(parts)) == 1, zip(*(folder.split("/")[:-1] for folder in folders), strict=False)
    )
    return "".join(f"{first}/" for first, *_ in shared)


def totals(rows: Sequence[Ueberblick]) -> Iterator[tuple[str, str]]:
    """Yield, with a label each, how many files there are of each verdict and of each programme, and what they would get."""
    verdicts = Counter(row.ergebnis for row in rows)
    words = [f"{count} {_MENGE[one]}" for one in ERGEBNIS if (count := verdicts[one])]
    yield "Ergebnis", ", ".join(words)
    programmes = Counter(row.programm for row in rows if row.programm)
    if programmes:
        yield "Programm", ", ".join(f"{name} {count}" for name, count in sorted(programmes.items()))
    sums = {
        one: sum((row.zuwendung for row in rows if row.ergebnis == one and row.zuwendung is not None), Decimal("0.00"))
        for one in ("foerderfaehig", "offen")
    }
    yield "Zuwendung", f"{euro(sums['foerderfaehig'])} förderfähig, {euro(sums['offen'])} offen (rechnerisch)"


def _answer(row: Ueberblick) -> Zelle:
    ton = ERGEBNIS[row.ergebnis][1]
    if row.angenommene:
        return Zelle(f"{_ANTWORT[row.ergebnis]} (mit Ausnahmen)", "warnung" if ton == "gut" else ton)
    return Zelle(_ANTWORT[row.ergebnis], ton)


def _grant(row: Ueberblick) -> Zelle:
    return Zelle("–") if row.zuwendung is None else geld(row.zuwendung)


def verdict_cell(ergebnis: Ergebnis, angenommene: int) -> Zelle:
    """Return the verdict on one file as a cell."""
    ton = ERGEBNIS[ergebnis][1]
    return Zelle(headline(ergebnis, angenommene), "warnung" if angenommene and ton == "gut" else ton)
