"""Which sheets of a workbook are read as what: by their names, and none passed over that a person would take for one of ours."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.angabe import Blatt
from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, BUDGETBLAETTER, FINANZIERUNG, KOSTEN, LISTEN, VORHABEN
from foerdercheck.model.beihilfeangaben import BEIHILFEN, DEMINIMIS, EREIGNISSE, HISTORIENBLAETTER, VERBUND
from foerdercheck.model.characters import UNSEEN
from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.scalars import ScalarError, fold, parse_datum, shown, suggestion
from foerdercheck.reading.above import would_be_line
from foerdercheck.reading.cells import Cell
from foerdercheck.reading.forms import is_form
from foerdercheck.reading.sheet import HEADING_ROWS, Cells, Sheet
from foerdercheck.reading.tables import cell_location, find_table, headings_of
from foerdercheck.reading.values import Notes

_TELLING: Mapping[Blatt, frozenset[str]] = {
    BETEILIGTE: frozenset({"name", "art"}),
    KOSTEN: frozenset({"kostenart", "bezeichnung"}),
    FINANZIERUNG: frozenset({"geber", "betrag"}),
    DEMINIMIS: frozenset({"unternehmen", "gewaehrt_am"}),
    AUSNAHMEN: frozenset({"regel", "grund"}),
    BEIHILFEN: frozenset({"unternehmen", "gewaehrt_am"}),
    VERBUND: frozenset({"unternehmen", "verbunden_mit"}),
    EREIGNISSE: frozenset({"ereignis", "nach"}),
}
"""The headings that no table of another kind has."""
_OF_AWARDS = frozenset({"gewaehrt_am", "foerdersumme", "subventionswert"})
"""The headings that a list of awards has and hardly any other sheet."""
_NEEDED = frozenset({"unternehmen", "gewaehrt_am", "subventionswert"})
_ENOUGH = 4
"""As many headings of ours make a table, whatever they are."""
_OF_HISTORIES_ONLY = (VERBUND, EREIGNISSE)
_ELSEWHERE = (
    "Dieses Blatt wird in einem Budget nicht gelesen: nennen Sie verbundene Unternehmen unter Unternehmensverbund, oder führen Sie "
    "Beihilfen, Verbund und Ereignisse in einer eigenen Datei, die unter De-minimis steht"
)
_HISTORY_KEYS = frozenset({"beihilfen", "deminimis", "verbund", "ereignisse"})
_EXPORTED = re.compile(r"\s*[-–]\s*(?:Tabelle|Table)\s*[0-9]+$")
"""What Numbers puts behind the name of a sheet."""
_UNSEEN = f"[{UNSEEN}]"
_LATIN = str.maketrans(
    "аеорсухіјѕԁһкмтвнгпАВЕКМНОРСТХІЈЅαεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıℓ",
    "aeopcyxijsdhkmtbhrnABEKMHOPCTXIJSaeiknoptuxABEZHIKMNOPTYXil",
)
"""Letters of other alphabets that look like ours."""


def needed(title: str, rows: Sequence[Cells]) -> bool:
    """Tell whether a sheet is read, or looks as if it should be."""
    names = [_key(blatt.name) for blatt in BUDGETBLAETTER]
    return any(_looks(title).startswith(name) for name in names) or any(
        _has_headings(blatt, rows) for blatt in (*BUDGETBLAETTER, *_OF_HISTORIES_ONLY)
    )


def choose(sheets: Sequence[Sheet], notes: Notes) -> Mapping[Blatt, Sequence[Sheet]]:
    """Return the sheets of every kind; a missing one, one too many and one that only looks like ours are problems."""
    found = {blatt: chosen for blatt in BUDGETBLAETTER if (chosen := list(_named(blatt, sheets, notes)))}
    read = [sheet for chosen in found.values() for sheet in chosen]
    unread = [sheet for sheet in sheets if sheet not in read and sheet.is_filled]
    for blatt in LISTEN:
        notes.problems.extend(_without_heading(blatt, found.get(blatt, ()), unread))
    for sheet in (sheet for sheet in unread if any(_has_headings(blatt, sheet.rows) for blatt in _OF_HISTORIES_ONLY)):
        notes.problems.append(Problem(_ELSEWHERE, (), Location(blatt=sheet.name)))
    for blatt in BUDGETBLAETTER:
        others = (sheet for sheet in unread if _key(sheet.title) != _key(blatt.name))  # of those it was told
        alike = next((sheet for sheet in others if _is_alike(blatt, sheet)), None)
        if blatt not in found:
            _missing(blatt, alike, notes)
        elif alike is not None and (_has_headings(blatt, alike.rows) or _looks_named(blatt, alike)):
            notes.problems.append(_unread(blatt, alike))
    return found


def needed_for_history(title: str, rows: Sequence[Cells]) -> bool:
    """Tell whether a sheet is read in a history."""
    return _key(title) in _HISTORY_KEYS or any(_has_headings(blatt, rows) for blatt in HISTORIENBLAETTER)


def choose_for_history(sheets: Sequence[Sheet], notes: Notes) -> Mapping[Blatt, Sequence[Sheet]]:
    """Return the sheets of every kind: all that have its headings; one with a name of ours that has none is a problem."""
    found = {blatt: [sheet for sheet in sheets if _belongs(blatt, sheet)] for blatt in HISTORIENBLAETTER}
    for blatt, chosen in found.items():
        _tell_further(chosen, in_list=True, notes=notes)
        for sheet in (sheet for sheet in sheets if _is_named(blatt, sheet) and sheet not in chosen):
            if sheet.is_filled:
                wanted = ", ".join(angabe.ueberschrift for angabe in blatt.angaben[:3])
                text = f"Auf diesem Blatt ist keine Zeile mit den erwarteten Überschriften ({wanted} …)."
                notes.problems.append(Problem(text, (), Location(blatt=sheet.name)))
    read = [sheet for chosen in found.values() for sheet in chosen]
    for sheet in (sheet for sheet in sheets if sheet not in read and sheet.is_filled and not _is_ours_by_name(sheet)):
        where = Location(blatt=sheet.name)
        if _may_be_awards(sheet):
            wanted = aufzaehlung(angabe.ueberschrift for angabe in BEIHILFEN.angaben if angabe.feld in _NEEDED)
            text = (
                "Dieses Blatt sieht aus wie eine Liste von Beihilfen und wird nicht gelesen: geben Sie ihm die Überschriften "
                f"{wanted}, oder löschen Sie es"
            )
            notes.problems.append(Problem(text, (), where))
        else:
            text = "Dieses Blatt wird nicht gelesen: es hat keine Überschriften einer Historie."
            notes.hinweise.append(Problem(text, (), where))
    return {blatt: chosen for blatt, chosen in found.items() if chosen}


def _is_ours_by_name(sheet: Sheet) -> bool:
    """Tell whether a sheet is called like one of a history; if it is not read, that was told."""
    return any(_is_named(blatt, sheet) for blatt in HISTORIENBLAETTER)


def _may_be_awards(sheet: Sheet) -> bool:
    """Tell whether a sheet without the headings of awards has a few of them, or rows with a name, a day and an amount."""
    table = find_table(sheet.rows, headings_of(BEIHILFEN), ())
    if table is not None and not _OF_AWARDS.isdisjoint(table.places):
        return True
    return _looks(sheet.title).startswith(_key(BEIHILFEN.name)) or any(map(_is_award, sheet.rows[:HEADING_ROWS]))


def _is_award(row: Cells) -> bool:
    kinds = {_kind(cell) for cell in row}
    return {"text", "day", "amount"} <= kinds


def _kind(cell: Cell) -> str:
    if isinstance(cell, date) or (isinstance(cell, str) and _can_be(parse_datum, cell)):
        return "day"
    if isinstance(cell, Decimal) or (isinstance(cell, str) and _can_be(parse_geld, cell)):
        return "amount"
    return "text" if isinstance(cell, str) else ""


def _can_be(parse: Callable[[object], object], text: str) -> bool:
    try:
        parse(text)
    except ScalarError:
        return False
    return True


def _without_heading(blatt: Blatt, chosen: Sequence[Sheet], unread: Sequence[Sheet]) -> Iterator[Problem]:
    """Yield a problem for every sheet that has no headings of ours, but lines as below those of the sheets that are read."""
    tables = (find_table(sheet.rows, headings_of(blatt), ()) for sheet in chosen[:1] if unread)
    for table in filter(None, tables):
        for sheet in unread:
            index = next(
                (index for index, row in enumerate(sheet.rows[:HEADING_ROWS]) if would_be_line(table, blatt, row)), None
            )
            if index is not None and not _has_headings(blatt, sheet.rows):
                text = f"Hier stehen Zeilen wie auf dem Blatt {shown(chosen[0].name)}, aber ohne Überschriften: ergänzen Sie sie"
                yield Problem(text, (), cell_location(sheet.name, index, 0))


def _belongs(blatt: Blatt, sheet: Sheet) -> bool:
    return _has_headings(blatt, sheet.rows) or (_is_named(blatt, sheet) and sheet.is_filled and is_ours(blatt, sheet))


def _is_named(blatt: Blatt, sheet: Sheet) -> bool:
    return _key(sheet.title) in ({"beihilfen", "deminimis"} if blatt == BEIHILFEN else {_key(blatt.name)})


def _named(blatt: Blatt, sheets: Sequence[Sheet], notes: Notes) -> Iterator[Sheet]:
    """Yield the sheets called like one of ours that hold something, or an empty one if there is no other."""
    named = [sheet for sheet in sheets if _key(sheet.title) == _key(blatt.name) or _is_further(blatt, sheet)]
    filled = [sheet for sheet in named if sheet.is_filled]
    yield from (filled or named)[: None if blatt in LISTEN else 1]
    _tell_further(filled, in_list=blatt in LISTEN, notes=notes)


def _tell_further(filled: Sequence[Sheet], *, in_list: bool, notes: Notes) -> None:
    """Tell of all sheets of one kind but the first: they are read too, or they are one too many."""
    for sheet in filled[1:]:
        where = Location(blatt=sheet.name)
        if not in_list:
            text = f"Dieses Blatt heißt wie das Blatt {shown(filled[0].name)}: benennen Sie eines von beiden um"
            notes.problems.append(Problem(text, (), where))
        elif sheet.hidden != filled[0].hidden:
            text = f"Von {shown(filled[0].name)} und {shown(sheet.name)} ist eines ausgeblendet: zeigen oder löschen Sie es"
            notes.problems.append(Problem(text, (), where))
        else:
            text = f"Auch dieses Blatt wird gelesen; seine Zeilen zählen wie die auf dem Blatt {shown(filled[0].name)}."
            notes.hinweise.append(Problem(text, (), where))


def _is_further(blatt: Blatt, sheet: Sheet) -> bool:
    """Tell whether a sheet goes on with a list: `Kosten 2027`, `Kosten (2)`."""
    title, name = (fold(text).replace("-", "") for text in (sheet.title, blatt.name))
    goes_on = title.startswith(name) and not title[len(name) :][:1].isalpha() and _looks(title) == _key(title)
    return blatt in LISTEN and goes_on and _has_headings(blatt, sheet.rows)


def _key(name: str) -> str:
    return fold(_EXPORTED.sub("", name)).replace("-", "").replace(" ", "")


def _looks(title: str) -> str:
    """Return a name as it looks: without what nobody sees, in Latin letters."""
    return _key(re.sub(_UNSEEN, "", unicodedata.normalize("NFKC", title)).translate(_LATIN))


def _looks_named(blatt: Blatt, sheet: Sheet) -> bool:
    return _looks(sheet.title) == _key(blatt.name)


def _has_headings(blatt: Blatt, rows: Sequence[Cells]) -> bool:
    if blatt == VORHABEN:
        return is_form(rows, least=3)
    table = find_table(rows, headings_of(blatt), ())
    return table is not None and (_TELLING[blatt] <= table.places.keys() or len(table.places) >= _ENOUGH)


def is_ours(blatt: Blatt, sheet: Sheet) -> bool:
    """Tell whether a sheet that is called like ours has a heading of ours too, or is empty as in a new workbook."""
    if not sheet.is_filled:
        return True
    if blatt == VORHABEN:
        return is_form(sheet.rows)
    return find_table(sheet.rows, headings_of(blatt), ()) is not None


def holds_awards(sheet: Sheet) -> bool:
    """Tell whether a sheet is a de-minimis history."""
    return _has_headings(DEMINIMIS, sheet.rows)


def _is_alike(blatt: Blatt, sheet: Sheet) -> bool:
    """Tell whether a sheet has the headings of ours, or nearly its name; `Ausgaben` is no misspelt `Ausnahmen`."""
    near = blatt != AUSNAHMEN and bool(suggestion(_EXPORTED.sub("", sheet.title), [blatt.name]))
    return near or _looks_named(blatt, sheet) or _has_headings(blatt, sheet.rows)


def _missing(blatt: Blatt, alike: Sheet | None, notes: Notes) -> None:
    """Without its main sheets a workbook is no budget; what stands on a sheet that may be a missing one is told."""
    hint = f"; ist es {shown(alike.name)}? Dann nennen Sie es so" if alike else ""
    if blatt in {VORHABEN, BETEILIGTE, KOSTEN} or (
        alike and (_has_headings(blatt, alike.rows) or _looks_named(blatt, alike))
    ):
        place = alike.name if alike and blatt not in {VORHABEN, BETEILIGTE, KOSTEN} else blatt.name
        notes.problems.append(Problem(f"Das Blatt {blatt.name} fehlt{hint}", (), Location(blatt=place), ungelesen=True))
    elif alike:
        text = f"Das Blatt {blatt.name} fehlt{hint}."
        notes.hinweise.append(Problem(text, (), Location(blatt=alike.name), ungelesen=True))


def _unread(blatt: Blatt, sheet: Sheet) -> Problem:
    way = f"nennen Sie es {blatt.name} 2" if blatt in LISTEN else f"setzen Sie seine Angaben auf das Blatt {blatt.name}"
    text = f"Dieses Blatt sieht aus wie {blatt.name} und wird nicht gelesen: {way}, wenn es zählen soll, sonst löschen Sie es"
    return Problem(text, (), Location(blatt=sheet.name))
