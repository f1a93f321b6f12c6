"""The result as JUnit XML, for the test reports of CI systems: a suite for each file, a case for each rule and Beteiligter.

A violated rule is a failure, an open one is skipped and says why, for silence is no pass; all others pass and say their text.
So does a rule that does not concern the project: were it skipped as well, the few open ones would drown among the many that
do not apply, and nobody reads the reasons of dozens of skipped cases. A file that cannot be read, and a rule that crashed, are errors.

The name of a case ends with its file, because GitLab tells cases apart by class and name alone and drops all but one of a
kind. There are no times: the same input gives the same document.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple
from xml.etree import ElementTree as ET

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.fehler import Fehler
from foerdercheck.many.budgets import Checked
from foerdercheck.model.befund import WORTE, Befund, Status
from foerdercheck.model.deutsch import anzahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import Location
from foerdercheck.reports.bericht import report
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.entscheidend import short_place
from foerdercheck.reports.meldung import DEFEKT, EINGABE, file_of, status_word, titel
from foerdercheck.reports.text import render_text
from foerdercheck.version import VERSION

_RANG = {status: rang for rang, status in enumerate(WORTE)}
Ausgang = Literal["error", "failure", "skipped", "passed"]
_AUSGANG: Mapping[Status, Ausgang] = {"verletzt": "failure", "offen": "skipped"}


class _Fall(NamedTuple):
    """A test case: what it is about, how it went, the same in short and in full, and where."""

    klasse: str
    name: str
    ausgang: Ausgang
    kurz: str
    text: str
    ort: Location | None = None


class JunitView(NamedTuple):
    """The suite of one file as XML, and how its cases went."""

    suite: str
    ausgaenge: Counter[Ausgang]


def junit_view(assessment: Assessment, *, herleitung: bool = False, ausfuehrlich: bool = False) -> JunitView:
    """Return the suite of one file; it also holds the report in plain text, with derivations if wanted."""
    faelle = list(_faelle(assessment))
    counter = Counter(fall.ausgang for fall in faelle)
    text = render_text(report(assessment, herleitung=herleitung, ausfuehrlich=ausfuehrlich))
    suite = _suite(assessment, faelle, _counts(counter), text)
    ET.indent(suite, level=1)
    return JunitView(ET.tostring(suite, encoding="unicode"), counter)


def junit_document(checked: Iterable[Checked[JunitView]]) -> Iterator[str]:
    """Yield the pieces of one XML document with all files."""
    views = [found.ansicht for found in checked]  # the counts come first
    total: Counter[Ausgang] = Counter()
    for view in views:
        total.update(view.ausgaenge)
    head = "".join(f' {name}="{value}"' for name, value in _counts(total).items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="foerdercheck {VERSION}"{head}>\n'
    yield from (f"  {view.suite.rstrip()}\n" for view in views)
    yield "</testsuites>\n"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element; nothing written by strangers reaches the document on another way."""
    element = ET.SubElement(parent, tag, {name: harmless(value) for name, value in attributes.items()})
    element.text = harmless(text) or None
    return element


def _counts(count: Counter[Ausgang]) -> dict[str, str]:
    return {
        "tests": str(count.total()),
        "failures": str(count["failure"]),
        "errors": str(count["error"]),
        "skipped": str(count["skipped"]),
    }


def _suite(assessment: Assessment, faelle: Sequence[_Fall], counts: Mapping[str, str], bericht: str) -> ET.Element:
    suite = ET.Element("testsuite", {"name": shown_name(assessment.datei), **counts})
    properties = _add(suite, "properties")
    _add(properties, "property", name="ergebnis", value=assessment.ergebnis)
    if assessment.stichtag is not None:
        _add(properties, "property", name="stichtag", value=assessment.stichtag.isoformat())
        _add(properties, "property", name="pruefkennung", value=str(assessment.pruefkennung))
        _add(properties, "property", name="ausnahmen", value=str(assessment.angenommene))
    _add(properties, "property", name="hinweis", value=FUSS)
    for fall in faelle:
        _add_case(suite, fall, assessment.datei)
    _add(suite, "system-out", bericht)
    return suite


def _add_case(suite: ET.Element, fall: _Fall, datei: str) -> None:
    name = f"{fall.name} · {shown_name(datei)}"
    case = _add(suite, "testcase", classname=fall.klasse, name=name, **_place(fall.ort, datei))
    if fall.ausgang == "passed":
        _add(case, "system-out", fall.text)
    elif fall.ausgang == "skipped":
        _add(case, "skipped", fall.text, message=fall.kurz)
    else:
        _add(case, fall.ausgang, fall.text, message=fall.kurz, type=fall.klasse)


def _place(ort: Location | None, datei: str) -> dict[str, str]:
    """Return file and line as far as there are any."""
    place = {"file": file_of(ort, datei), "line": str(ort.zeile) if ort and ort.zeile else None}
    return {name: value for name, value in place.items() if value is not None}


def _faelle(assessment: Assessment) -> Iterator[_Fall]:
    if assessment.fehler:
        count = f"{anzahl(len(assessment.fehler), 'Fehler', 'Fehler')}, nicht geprüft"
        text = "\n".join(map(_problem, assessment.fehler))
        yield _Fall(EINGABE.id, EINGABE.titel, "error", count, text, assessment.fehler[0].ort)
    for text in dict.fromkeys(assessment.defekte):
        yield _Fall(DEFEKT.id, text, "error", text, DEFEKT.inhalt)
    titles = titel(assessment)
    groups: dict[tuple[str, str | None], list[Befund]] = {}
    for befund in assessment.befunde:
        groups.setdefault((befund.regel, befund.beteiligter), []).append(befund)
    for (regel, wer), befunde in groups.items():
        yield _rule_case(regel, " · ".join(filter(None, [titles.get(regel, regel), wer])), befunde)


def _rule_case(regel: str, name: str, befunde: Sequence[Befund]) -> _Fall:
    """Return the case of a rule; the worst of its findings decides."""
    befunde = sorted(befunde, key=lambda befund: _RANG[befund.status])
    worst = befunde[0]
    text = "\n".join(_said(befund) for befund in befunde)
    return _Fall(regel, name, _AUSGANG.get(worst.status, "passed"), worst.text, text, worst.ort)


def _said(befund: Befund) -> str:
    return f"{status_word(befund.status, befund.angenommen)}: {_placed(befund.text, befund.ort)}"


def _problem(fehler: Fehler) -> str:
    return _placed(fehler.text, fehler.ort) + (f"\n    {fehler.auszug.strip()}" if fehler.auszug else "")


def _placed(text: str, ort: Location | None) -> str:
    place = short_place(ort)
    return f"{text} ({place})" if place else text
