"""The result as SARIF 2.1.0, for code scanning: the rules with their evidence, and what needs attention at its place.

Results are what is verletzt (error), offen or gekuerzt (warning), or to be known (note), and every error of the input. What is
erfuellt or does not apply is no result, for GitHub shows a result of kind `pass` as a problem; it is counted in the
properties of the run, with the verdict on each file. A crash of a rule is a notification, never a result alone.

GitHub demands a line of every result: what has none, also a cell of a spreadsheet, is shown on line 1; the cell stands in the
text and as logical location. Fingerprints hold neither lines nor numbers, so a finding stays the same one when lines move or
amounts change. They bear a name of our own: for GitHub's (`primaryLocationLineHash`) its upload computes a value and warns
of any other.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from foerdercheck.assessment import Assessment
from foerdercheck.model.location import Location
from foerdercheck.programmes.fassung import Fassung, Regel
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.law import rule_report
from foerdercheck.reports.markdown_blocks import render_blocks
from foerdercheck.reports.meldung import (
    ANGABEN,
    DATEI,
    DEFEKT,
    EINGABE,
    STUFEN,
    EigeneRegel,
    Meldung,
    meldungen,
    wording,
)
from foerdercheck.reports.result_json import day, money, worst_of
from foerdercheck.reports.text import render_text
from foerdercheck.version import VERSION

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_Object = dict[str, Any]


def render_sarif(assessments: Sequence[Assessment]) -> str:
    """Return all files as one log with one run."""
    rules = [*map(_own_rule, (EINGABE, ANGABEN, DATEI)), *_rules(assessments)]
    driver = {
        "name": "foerdercheck",
        "version": VERSION,
        "semanticVersion": VERSION,
        "fullDescription": _message(FUSS),
        "notifications": [_own_rule(DEFEKT)],
        "rules": rules,
    }
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": driver},
        "language": "de",
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(assessments)],
        "artifacts": [{"location": {"uri": uri}} for uri in dict.fromkeys(_uri(a.datei) for a in assessments)],
        "results": [result for assessment in assessments for result in _results(assessment, index)],
        "properties": {
            "hinweis": FUSS,
            "ergebnis": worst_of(assessments),
            "dateien": [_verdict(assessment) for assessment in assessments],
        },
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rules(assessments: Iterable[Assessment]) -> Iterator[_Object]:
    """Yield every rule that was asked, once; of several versions of a guideline the youngest describes it."""
    fassungen = sorted((a.fassung for a in assessments if a.fassung), key=lambda fassung: fassung.bekanntmachung)
    known = {regel.id: (fassung, regel) for fassung in fassungen for regel in fassung.regeln}
    return (_rule(fassung, regel) for fassung, regel in known.values())


def _rule(fassung: Fassung, regel: Regel) -> _Object:
    head, statements, *values = rule_report(fassung, regel)
    return {
        "id": regel.id,
        "name": _name(regel.pruefung.split("_")),
        "shortDescription": _message(regel.titel),
        "fullDescription": _message(regel.herkunft.inhalt),
        "help": {**_message(render_text([statements])), "markdown": render_blocks([head, statements, *values])},
        "properties": {
            "tags": [fassung.programm],
            "ziffer": regel.ziffer,
            "beleg": regel.herkunft.beleg,
            "fassung": day(fassung.bekanntmachung),
        },
    }


def _own_rule(regel: EigeneRegel) -> _Object:
    return {
        "id": regel.id,
        "name": _name(regel.titel.split()),
        "shortDescription": _message(regel.titel),
        "fullDescription": _message(regel.inhalt),
        "help": _message(regel.inhalt),
    }


def _name(words: Iterable[str]) -> str:
    return "".join(word.capitalize() for word in words)


def _message(text: str) -> dict[str, str]:
    """Return a message; braces would be placeholders, and brackets before a parenthesis a link."""
    return {"text": harmless(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _invocation(assessments: Iterable[Assessment]) -> _Object:
    crashes = [
        {
            "level": "error",
            "message": _message(text),
            "descriptor": {"id": DEFEKT.id, "index": 0},
            "locations": [_location(None, assessment)],
        }
        for assessment in assessments
        for text in assessment.defekte
    ]
    return {"executionSuccessful": not crashes, "toolExecutionNotifications": crashes}


def _results(assessment: Assessment, index: Mapping[str, int]) -> Iterator[_Object]:
    seen: Counter[str] = Counter()
    for meldung in meldungen(assessment):
        same = _fingerprint(meldung)
        seen[same] += 1
        properties = {
            "status": meldung.status,
            "beteiligter": meldung.beteiligter and harmless(meldung.beteiligter),
            "betrag": money(meldung.betrag),
        }
        yield {
            "ruleId": meldung.regel,
            "ruleIndex": index[meldung.regel],
            "level": STUFEN[meldung.status],
            "message": _message(wording(meldung)),
            "locations": [_location(meldung.ort, assessment)],
            "partialFingerprints": {"befund/v1": f"{same}:{seen[same]}"},
            "properties": {name: value for name, value in properties.items() if value is not None},
        }


def _fingerprint(meldung: Meldung) -> str:
    """Return what makes a finding the same one in the next run, without its place and its numbers."""
    what = "\n".join([meldung.regel, meldung.beteiligter or "", _NUMBER.sub("0", meldung.text)])
    return sha256(what.encode("utf-8", errors="replace")).hexdigest()[:32]


def _location(ort: Location | None, assessment: Assessment) -> _Object:
    ort = ort or Location()
    region = {"startLine": ort.zeile or 1} | ({"startColumn": ort.spalte} if ort.zeile and ort.spalte else {})
    place = {"artifactLocation": {"uri": _uri(ort.datei or assessment.datei)}, "region": region}
    if ort.blatt is None:
        return {"physicalLocation": place}
    cell = harmless(str(ort._replace(datei=None)))
    return {"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": cell}]}


def _uri(datei: str) -> str:
    """Return the name of a file as URI, relative where the name is."""
    file = PurePath(datei)
    name = file.as_posix()
    if not file.is_absolute():
        return quote(name, errors="replace")
    return f"file://{'' if name.startswith('/') else '/'}{quote(name, safe='/:', errors='replace')}"


def _verdict(assessment: Assessment) -> _Object:
    return {
        "datei": harmless(assessment.datei),
        "ergebnis": assessment.ergebnis,
        "zuwendung": money(assessment.summen[2]) if assessment.rechnungen else None,
        "befunde": Counter(befund.status for befund in assessment.befunde),
    }
