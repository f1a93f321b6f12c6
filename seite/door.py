"""What the page asks of the program: a task in words and files in, texts to show and files to save out.

The page has no rules of its own: every answer is that of the library, and every text is one of its reports.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any, NamedTuple

from foerdercheck.assessment.budget import Assessment, Fehler, check_budget, check_document
from foerdercheck.assessment.historie import HistoryAssessment, UnknownUndertakingError, check_history
from foerdercheck.many.budgets import kept
from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.befund import worst_of
from foerdercheck.model.beihilfe import BEZIEHUNGEN
from foerdercheck.model.deutsch import absturz, datum
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError, Problem
from foerdercheck.model.scalars import ScalarError, parse_datum
from foerdercheck.programmes import fassung_am, load_version, programme_ids, verordnungen, versions
from foerdercheck.programmes.fassung import Fassung, ProgrammeError
from foerdercheck.reading.files import YAML_SUFFIXES, File, Given, origin, read_file
from foerdercheck.reading.workbook import read_workbook
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import Block
from foerdercheck.reports.fassungen import differences
from foerdercheck.reports.history import history_report
from foerdercheck.reports.html import html_document, html_of_blocks, html_view
from foerdercheck.reports.html_blocks import HtmlWriter
from foerdercheck.reports.ics import ics_document, ics_view
from foerdercheck.reports.law import programme_list, programme_report
from foerdercheck.reports.result_json import budget_document, budget_line, history_document
from foerdercheck.reports.summary import at_a_glance, headline, one_line, overview
from foerdercheck.version import VERSION

MOST_YAML = 1024 * 1024
"""Bytes of YAML that are read here: without the part of its parser that is in C, each MiB takes seconds."""
_ZU_GROSS = (
    "Diese YAML-Datei ist größer als 1 MiB; so große prüft nur das Programm für die Kommandozeile (foerdercheck check), "
    "denn im Browser dauerte es zu lange."
)
_FORMULAR = "Formular.yaml"
_HOECHSTBETRAG = {
    "eingehalten": "Höchstbetrag eingehalten",
    "ueberschritten": "Höchstbetrag überschritten",
    "offen": "offen, es fehlen Angaben",
    "fehler": "nicht geprüft",
}


class Answer(NamedTuple):
    """What a task leaves: plain data to show, and the files to save."""

    data: dict[str, Any]
    files: tuple[tuple[str, bytes], ...] = ()


class _RefusedError(Exception):
    """An input of a form that cannot be meant; its text says why."""


def answer(request: str, files: Mapping[str, Any]) -> tuple[str, list[tuple[str, bytes]]]:
    """Do a task; `request` is JSON with its name (`task`) and what was typed, `files` are contents by their names.

    Returns JSON and the files to save. Whatever goes wrong is an answer with `fehler`, never an exception.
    """
    try:
        asked = json.loads(request)
        done = _TASKS[asked["task"]](asked, {name: bytes(content) for name, content in files.items()})
    except _RefusedError as error:
        done = Answer({"fehler": str(error)})
    except InputError as error:
        done = Answer({"fehler": "\n".join(problem.text for problem in error.problems)})
    except ProgrammeError as error:
        done = Answer({"fehler": str(error)})
    except Exception as error:  # noqa: BLE001 - a defect of ours must reach whoever reads, in a sentence
        done = Answer({"fehler": f"Programmfehler ({absturz(error)}). Das ist kein Urteil über Ihr Budget."})
    return json.dumps(done.data, ensure_ascii=True), list(done.files)


def _shown(blocks: Iterable[Block], prefix: str = "") -> str:
    """Return a report as HTML to stand in the page, below its heading; what comes from files is nothing but text in it."""
    return "".join(HtmlWriter(blocks, prefix, 1).pieces())


def _about(_asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return what the forms offer: programmes with their versions, regulations, relations between undertakings."""
    programmes = []
    for known in programme_ids():
        every = [load_version(file) for file in versions(known)]
        texts = [
            {"tag": f.gilt.von.isoformat(), "text": f"vom {datum(f.bekanntmachung)}, gilt {f.gilt}"}
            for f in reversed(every)
        ]
        programmes.append({"id": known, "titel": every[-1].titel, "fassungen": texts})
    return Answer({
        "version": VERSION,
        "programme": programmes,
        "verordnungen": list(verordnungen()),
        "beziehungen": list(BEZIEHUNGEN),
    })  # fmt: skip


def _day(asked: Mapping[str, Any], field: str) -> date | None:
    """Return a day that was typed; None where nothing was."""
    typed = asked.get(field)
    try:
        return parse_datum(typed) if typed else None
    except ScalarError as error:
        raise _RefusedError(f"Tag: {error}") from None


def _check(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Check all files: budgets, with the histories among them that they name, or where there is no budget the histories."""
    day = _day(asked, "stichtag")
    budgets, histories = _assessed(files, day)
    if not budgets and histories:
        return _accounts(files, histories, day)
    verdict = worst_of(each.ergebnis for each in budgets)
    data: dict[str, Any] = {
        "ergebnis": verdict,
        "kurz": headline(verdict, sum(each.angenommene for each in budgets)),
        "historien": [shown_name(name) for name in histories],
        "berichte": [_one(each) for each in budgets],
    }
    if len(budgets) > 1:
        data["uebersicht"] = _shown(overview([at_a_glance(each) for each in budgets], ()), "alle-")
    return Answer(data, tuple(_saved(budgets)))


def _saved(budgets: Sequence[Assessment]) -> Iterator[tuple[str, bytes]]:
    """Yield the results as files: the report to hand over, what programs read, and the deadlines if there are any."""
    several = len(budgets) > 1
    views = [kept(each, partial(html_view, several=several)) for each in budgets]
    yield "bericht.html", "".join(html_document(views, several=several)).encode()
    lines = [kept(each, partial(budget_line, herleitung=True)) for each in budgets]
    yield "ergebnis.json", "".join(budget_document(lines)).encode()
    deadlines = [kept(each, ics_view) for each in budgets]
    if any(each.ansicht for each in deadlines):
        yield "fristen.ics", "".join(ics_document(deadlines)).encode()


def _one(assessment: Assessment) -> dict[str, Any]:
    return {
        "datei": assessment.datei,
        "kurz": one_line(assessment),
        "ergebnis": assessment.ergebnis,
        "lesbar": not assessment.fehler,
        "bericht": html_view(assessment, several=True).bericht,
    }


def _assessed(files: Mapping[str, bytes], day: date | None) -> tuple[list[Assessment], list[str]]:
    """Return the assessments of the budgets, and the names of the histories."""
    small = {name: content for name, content in files.items() if not _too_large(name, content)}
    budgets: list[Assessment] = []
    histories: list[str] = []
    for name in files:
        if name not in small:
            budgets.append(Assessment(datei=name, ergebnis="fehler", fehler=(Fehler(_ZU_GROSS, None, ""),)))
        elif name.casefold().endswith(".csv") or (found := check_budget(small, name=name, stichtag=day)).ist_historie:
            histories.append(name)
        else:
            budgets.append(found)
    return budgets, histories


def _too_large(name: str, content: bytes) -> bool:
    return PurePath(name).suffix.casefold() in YAML_SUFFIXES and len(content) > MOST_YAML


def _accounts(files: Mapping[str, bytes], names: Iterable[str], day: date | None) -> Answer:
    """Return the accounts of histories that no budget came with."""
    found = [check_history(files[name], name=name, stichtag=day) for name in names]
    berichte = [
        {
            "datei": each.datei,
            "kurz": f"{shown_name(each.datei)}: {_HOECHSTBETRAG[each.ergebnis]}",
            "ergebnis": each.ergebnis,
            "lesbar": False,
            "bericht": _shown(history_report(each), f"h{number}-"),
        }
        for number, each in enumerate(found)
    ]
    kurz = ", ".join(dict.fromkeys(_HOECHSTBETRAG[each.ergebnis] for each in found))
    data = {"ergebnis": found[0].ergebnis, "kurz": kurz, "historien": [], "berichte": berichte}
    return Answer(data, _account_files(found[0]) if len(found) == 1 else ())


def _account_files(found: HistoryAssessment) -> tuple[tuple[str, bytes], ...]:
    return (
        ("konto.html", html_of_blocks(history_report(found)).encode()),
        ("konto.json", "".join(history_document(found)).encode()),
    )


def _results(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return one budget as a workbook with a sheet of results; one in another format is converted first."""
    from foerdercheck.reports.workbook import with_results  # noqa: PLC0415 - openpyxl is heavy
    from foerdercheck.writing.conversion import budget_as_workbook  # noqa: PLC0415

    name = asked["datei"]
    workbook = files[name]
    if PurePath(name).suffix.casefold() not in {".xlsx", ".xlsm"}:
        workbook = budget_as_workbook(read_file(File(name, workbook)))
    document = read_workbook(workbook, shown_name(name), name)
    shown = check_document(document, Given(files), stichtag=_day(asked, "stichtag"))
    if shown.fehler:
        raise InputError([Problem(fehler.text) for fehler in shown.fehler])
    content = with_results(workbook, report(shown, herleitung=True, ausfuehrlich=True))
    return Answer({}, ((f"{PurePath(name).stem}-ergebnis.xlsx", content),))


def _convert(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return a budget or history in the other format."""
    from foerdercheck.writing.conversion import converted  # noqa: PLC0415 - openpyxl is heavy

    name = asked["datei"]
    suffix = ".xlsx" if PurePath(name).suffix.casefold() in YAML_SUFFIXES else ".yaml"
    return Answer({}, ((PurePath(name).stem + suffix, converted(origin(files[name], name), suffix)),))


def _template(asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return an empty budget or history to fill in."""
    from foerdercheck.writing.templates import budget_template, history_template  # noqa: PLC0415 - openpyxl is heavy

    suffix = ".yaml" if asked["format"] == "yaml" else ".xlsx"
    if asked["art"] == "historie":
        return Answer({}, ((f"historie{suffix}", history_template(suffix)),))
    return Answer({}, ((f"budget-{asked['programm']}{suffix}", budget_template(_version(asked), suffix)),))


def _version(asked: Mapping[str, Any]) -> Fassung:
    """Return the version of a programme that held on the day asked for, the youngest without one."""
    day = _day(asked, "tag")
    programm = asked["programm"]
    return load_version(versions(programm)[-1]) if day is None else fassung_am(programm, day)


def _account(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return the de-minimis account of a file, or of the rows of the form, with a planned award."""
    name, content = next(iter(files.items()), (_FORMULAR, _form(asked)))
    if _too_large(name, content):
        raise _RefusedError(_ZU_GROSS)
    try:
        planned = parse_geld(asked["beihilfe"]) if asked.get("beihilfe") else None
    except ScalarError as error:
        raise _RefusedError(f"Geplante Beihilfe: {error}") from None
    try:
        found = check_history(
            content,
            name=name,
            beihilfe=planned,
            verordnung=asked.get("verordnung") or None,
            stichtag=_day(asked, "stichtag"),
            unternehmen=asked.get("unternehmen") or None,
        )
    except UnknownUndertakingError as error:
        raise _RefusedError(str(error)) from None
    data = {
        "ergebnis": found.ergebnis,
        "kurz": _HOECHSTBETRAG[found.ergebnis],
        "bericht": _shown(history_report(found)),
    }
    return Answer(data, _account_files(found))


def _form(asked: Mapping[str, Any]) -> bytes:
    """Return the rows of the form as a history, each on the line of its number: messages then name the row."""
    awards, relations = (list(_rows(asked, part)) for part in ("beihilfen", "verbund"))
    return (f"{{beihilfen: [{_joined(awards)}],\nverbund: [{_joined(relations)}]}}\n").encode()


def _joined(rows: Iterable[Mapping[str, str]]) -> str:
    return ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def _rows(asked: Mapping[str, Any], part: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a part of the form in which anything is typed."""
    for row in asked.get(part, ()):
        if filled := {field: text for field, text in row.items() if text.strip()}:
            yield filled


def _account_file(asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return the rows of the form as a workbook."""
    from foerdercheck.writing.conversion import converted  # noqa: PLC0415 - openpyxl is heavy

    return Answer({}, (("historie.xlsx", converted(origin(_form(asked), _FORMULAR), ".xlsx")),))


def _programmes(asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return the list of programmes, one version of one, or what changed between two of its versions."""
    if not asked.get("programm"):
        every = [[load_version(file) for file in versions(known)] for known in programme_ids()]
        return Answer({"bericht": _shown(programme_list(every))})
    if asked.get("vorher"):
        old = _version({**asked, "tag": asked["vorher"]})
        return Answer({"bericht": _shown(differences(old, _version(asked)))})
    every_of_it = [load_version(file) for file in versions(asked["programm"])]
    return Answer({"bericht": _shown(programme_report(_version(asked), every_of_it))})


_TASKS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, bytes]], Answer]] = {
    "auskunft": _about,
    "pruefen": _check,
    "ergebnistabelle": _results,
    "umwandeln": _convert,
    "vorlage": _template,
    "konto": _account,
    "kontodatei": _account_file,
    "programme": _programmes,
}
