"""Budgets and the histories they name: checked, compared with each other, and given back in other forms."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any

from door.asked import ZU_GROSS, Answer, day_of, own_version, shown, small_ones
from door.forms import HOECHSTBETRAG, account_files, read_account
from foerdercheck.assessment.budget import Assessment, check_budget, check_document
from foerdercheck.assessment.fehler import Fehler
from foerdercheck.assessment.uebergreifend import spuren, uebergreifend
from foerdercheck.many.budgets import Checked, kept
from foerdercheck.model.befund import Befund, worst_of
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError, Problem
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import YAML_SUFFIXES, File, Given, origin, read_file
from foerdercheck.reading.workbook import read_workbook
from foerdercheck.reports.ausfuehrlich import NUR_DAS_KONTO
from foerdercheck.reports.bericht import report
from foerdercheck.reports.html import html_document, html_view
from foerdercheck.reports.ics import ics_document, ics_view
from foerdercheck.reports.kontobericht import account_paper
from foerdercheck.reports.result_json import budget_document, budget_line
from foerdercheck.reports.summary import at_a_glance, headline, one_line, overview, told_together, totals


def check(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Check all files: budgets, with the histories among them that they name, or where there is no budget the histories."""
    day = day_of(asked, "stichtag")
    budgets, histories = _assessed(files, day, own_version(asked), asked["tell"])
    if not budgets and histories:
        return _accounts(asked, files, histories)
    told = uebergreifend([spuren(each) for each in budgets]) if len(budgets) > 1 else {}
    each_told = [told.get(number, ()) for number in range(len(budgets))]
    budgets = [replace(one, befunde=(*one.befunde, *said)) for one, said in zip(budgets, each_told, strict=True)]
    verdict = worst_of(each.ergebnis for each in budgets)
    rows = [at_a_glance(each) for each in budgets]
    data: dict[str, Any] = {
        "ergebnis": verdict,
        "kurz": headline(verdict, sum(each.angenommene for each in budgets)),
        "historien": [shown_name(name) for name in histories],
        "berichte": [_one(each) for each in budgets],
    }
    if len(budgets) > 1:
        data["kurz"] = f"{len(budgets)} Budgets: {dict(totals(rows))['Ergebnis']}"
        together = told_together([befund.text for befund in said] for said in each_told)
        data["uebersicht"] = shown(overview(rows, (), together), "alle-")
    return Answer(data, tuple(_saved(budgets, each_told)))


def _saved(budgets: Sequence[Assessment], told: Sequence[Sequence[Befund]]) -> Iterator[tuple[str, bytes]]:
    """Yield the results as files: the report to hand over, what programs read, and the deadlines if there are any."""
    several = len(budgets) > 1

    def views(view: Any) -> list[Checked[Any]]:  # noqa: ANN401 - each form keeps what it needs
        return [
            kept(each, view)._replace(uebergreifend=tuple(befund.text for befund in said))
            for each, said in zip(budgets, told, strict=True)
        ]

    yield "bericht.html", "".join(html_document(views(partial(html_view, several=several)), several=several)).encode()
    yield "ergebnis.json", "".join(budget_document(views(partial(budget_line, herleitung=True)))).encode()
    deadlines = views(ics_view)
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


def _assessed(
    files: Mapping[str, bytes], day: date | None, own: Fassung | None, tell: Callable[[str], object]
) -> tuple[list[Assessment], list[str]]:
    """Return the assessments of the budgets, and the names of the histories."""
    small = small_ones(files)
    budgets: list[Assessment] = []
    histories: list[str] = []
    for number, name in enumerate(files, 1):
        if len(files) > 1:
            tell(f"Datei {number} von {len(files)}")
        if name not in small:
            budgets.append(Assessment(datei=name, ergebnis="fehler", fehler=(Fehler(ZU_GROSS, None, ""),)))
            continue
        if name.casefold().endswith(".csv"):
            histories.append(name)
            continue
        found = check_budget(small, name=name, stichtag=day, fassung=own)
        if found.ist_historie:
            histories.append(name)
        else:
            budgets.append(found)
    return budgets, histories


def _accounts(asked: Mapping[str, Any], files: Mapping[str, bytes], names: Iterable[str]) -> Answer:
    """Return the accounts of histories that no budget came with."""
    found = [read_account(name, files[name], asked) for name in names]
    reports = [list(account_paper(each, NUR_DAS_KONTO)) for each in found]
    berichte = [
        {
            "datei": each.datei,
            "kurz": f"{shown_name(each.datei)}: {HOECHSTBETRAG[each.ergebnis]}",
            "ergebnis": each.ergebnis,
            "lesbar": False,
            "bericht": shown(blocks, f"h{number}-"),
        }
        for number, (each, blocks) in enumerate(zip(found, reports, strict=True))
    ]
    kurz = ", ".join(dict.fromkeys(HOECHSTBETRAG[each.ergebnis] for each in found))
    data = {"ergebnis": found[0].ergebnis, "kurz": kurz, "historien": [], "berichte": berichte}
    return Answer(data, account_files(found[0], reports[0]) if len(found) == 1 else ())


def result_workbook(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return one budget as a workbook with a sheet of results; one in another format is converted first."""
    from foerdercheck.reports.workbook import with_results  # noqa: PLC0415 - openpyxl is heavy
    from foerdercheck.writing.conversion import budget_as_workbook  # noqa: PLC0415

    name = asked["datei"]
    workbook = files[name]
    if PurePath(name).suffix.casefold() not in {".xlsx", ".xlsm"}:
        workbook = budget_as_workbook(read_file(File(name, workbook), vokabular()))
    document = read_workbook(workbook, shown_name(name), name, vokabular())
    found = check_document(
        document, Given(small_ones(files)), stichtag=day_of(asked, "stichtag"), fassung=own_version(asked)
    )
    if found.fehler:
        raise InputError([Problem(fehler.text) for fehler in found.fehler])
    content = with_results(workbook, report(found, herleitung=True, ausfuehrlich=True))
    return Answer({}, ((f"{PurePath(name).stem}-ergebnis.xlsx", content),))


def converted_file(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return a budget or history in the other format."""
    from foerdercheck.writing.conversion import converted  # noqa: PLC0415 - openpyxl is heavy

    name = asked["datei"]
    suffix = ".xlsx" if PurePath(name).suffix.casefold() in YAML_SUFFIXES else ".yaml"
    return Answer({}, ((PurePath(name).stem + suffix, converted(origin(files[name], name), suffix)),))
