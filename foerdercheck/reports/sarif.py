"""The result as SARIF 2.1.0, for code scanning: the rules with their evidence, and what needs attention at its place.

Results are what is verletzt (error), offen or gekuerzt (warning), or to be known (note), and every error of the input. What is
erfuellt or does not apply is no result, for GitHub shows a result of kind `pass` as a problem; it is counted in the
properties of the run, with the verdict on each file. A crash of a rule is a notification, never a result alone.

GitHub demands a line of every result: what has none, also a cell of a spreadsheet, is shown on line 1; the cell stands in the
text and as logical location. What came over stdin lies in no file: it is an artifact without an address, the first of them.

Fingerprints hold neither lines nor numbers, so a finding stays the same one when lines move, amounts change or the authority
accepts it. They bear a name of our own: for GitHub's (`primaryLocationLineHash`) its upload computes a value and warns of any
other.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import Checked
from foerdercheck.model.befund import Annahme, worst_of
from foerdercheck.model.deutsch import datum
from foerdercheck.model.filenames import name_in_bytes, shown_name
from foerdercheck.model.location import Location
from foerdercheck.programmes.fassung import Fassung, Regel
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.json_values import day, money
from foerdercheck.reports.law import rules_report
from foerdercheck.reports.markdown_blocks import render_blocks
from foerdercheck.reports.meldung import (
    ANGABEN,
    AUSNAHMEREGEL,
    DATEI,
    DEFEKT,
    EINGABE,
    MEHRERE,
    STUFEN,
    EigeneRegel,
    file_of,
    fingerprint,
    meldungen,
    wording,
)
from foerdercheck.reports.summary import told_together
from foerdercheck.reports.text import render_text
from foerdercheck.version import VERSION

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_Object = dict[str, Any]
_STANDARDEINGABE: _Object = {"description": {"text": "Standardeingabe"}, "roles": ["standardStream"]}


class SarifView(NamedTuple):
    """What a log holds of one file: the rules that were asked, results (their `ruleIndex` is set later), crashes, verdict.

    `uri` is None for stdin.
    """

    fassung: date
    rules: tuple[_Object, ...]
    results: list[_Object]
    crashes: list[_Object]
    uri: str | None
    verdict: _Object


def sarif_view(assessment: Assessment) -> SarifView:
    """Return what the log holds of one file."""
    fassung = assessment.fassung
    return SarifView(
        fassung=fassung.bekanntmachung if fassung else date.min,
        rules=_rules(fassung) if fassung else (),
        results=list(_results(assessment)),
        crashes=list(_crashes(assessment)),
        uri=_uri(assessment.datei) if file_of(None, assessment.datei) else None,
        verdict=_verdict(assessment),
    )


def sarif_document(checked: Iterable[Checked[SarifView]]) -> Iterator[str]:
    """Yield one log with one run over all files; of several versions of a guideline the youngest describes its rules."""
    done: list[Checked[SarifView]] = []
    known: dict[str, tuple[date, _Object]] = {}
    for found in checked:
        view = found.ansicht
        for rule in view.rules:
            if view.fassung >= known.get(rule["id"], (date.min, rule))[0]:
                known[rule["id"]] = view.fassung, rule
        done.append(found._replace(ansicht=view._replace(rules=())))
    own = map(_own_rule, (EINGABE, ANGABEN, DATEI, AUSNAHMEREGEL, MEHRERE))
    yield _log(done, [*own, *(rule for _, rule in known.values())])


def _log(done: Sequence[Checked[SarifView]], rules: Sequence[_Object]) -> str:
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
        "invocations": [_invocation([crash for found in done for crash in found.ansicht.crashes])],
        "artifacts": list(_artifacts(found.ansicht.uri for found in done)),
        "results": [
            result | {"ruleIndex": index[result["ruleId"]]} for found in done for result in found.ansicht.results
        ],
        "properties": {
            "hinweis": FUSS,
            "ergebnis": worst_of(found.ergebnis for found in done),
            "dateien": [found.ansicht.verdict for found in done],
            "uebergreifend": list(map(harmless, told_together(found.uebergreifend for found in done))),
        },
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _artifacts(uris: Iterable[str | None]) -> Iterator[_Object]:
    """Yield what was checked, each once, stdin first: results refer to it by its place in this list."""
    for uri in sorted(dict.fromkeys(uris), key=lambda uri: uri is not None):
        yield {"location": {"uri": uri}} if uri is not None else _STANDARDEINGABE


@cache
def _rules(fassung: Fassung) -> tuple[_Object, ...]:
    """Return the rules of a version; one object for all files, so that few copies travel between processes."""
    return tuple(_rule(fassung, regel) for regel in fassung.regeln)


def _rule(fassung: Fassung, regel: Regel) -> _Object:
    head, statements, *values = rules_report([(fassung, regel)])
    explained = render_blocks([head, statements, *values])
    return {
        "id": regel.id,
        "name": _name(regel.pruefung.split("_")),
        "shortDescription": _message(regel.titel),
        "fullDescription": _message(regel.herkunft.inhalt),
        "help": {**_message(render_text([statements])), "markdown": _no_placeholder(explained)},
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
    return {"text": _no_placeholder(harmless(text)).replace("](", "] (")}


def _no_placeholder(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _crashes(assessment: Assessment) -> Iterator[_Object]:
    for text in assessment.defekte:
        yield {
            "level": "error",
            "message": _message(text),
            "descriptor": {"id": DEFEKT.id, "index": 0},
            "locations": [_location(None, assessment)],
        }


def _invocation(crashes: Sequence[_Object]) -> _Object:
    return {"executionSuccessful": not crashes, "toolExecutionNotifications": crashes}


def _results(assessment: Assessment) -> Iterator[_Object]:
    seen: Counter[str] = Counter()
    for meldung in meldungen(assessment):
        same = fingerprint(meldung)
        seen[same] += 1
        properties = {
            "status": meldung.status,
            "beteiligter": meldung.beteiligter and harmless(meldung.beteiligter),
            "betrag": money(meldung.betrag),
        }
        yield {
            "ruleId": meldung.regel,
            "level": STUFEN[meldung.angenommen.status if meldung.angenommen else meldung.status],
            "message": _message(wording(meldung)),
            "locations": [_location(meldung.ort, assessment)],
            "partialFingerprints": {"befund/v1": f"{same}:{seen[same]}"},
            "properties": {name: value for name, value in properties.items() if value is not None},
            **({"suppressions": [_suppression(meldung.angenommen)]} if meldung.angenommen else {}),
        }


def _suppression(annahme: Annahme) -> _Object:
    """Return why an accepted finding needs no attention, as code scanning knows it."""
    text = f"{annahme.grund} ({annahme.wer}, bis {datum(annahme.bis)})"
    return {"kind": "external", "status": "accepted", "justification": harmless(text)}


def _location(ort: Location | None, assessment: Assessment) -> _Object:
    ort = ort or Location()
    region = {"startLine": ort.zeile or 1} | ({"startColumn": ort.spalte} if ort.zeile and ort.spalte else {})
    file = {"uri": _uri(ort.datei or assessment.datei)} if file_of(ort, assessment.datei) else {"index": 0}
    place = {"physicalLocation": {"artifactLocation": file, "region": region}}
    return place if ort.blatt is None else place | {"logicalLocations": [_cell(ort)]}


def _cell(ort: Location) -> _Object:
    """Return a cell, or a sheet as a whole, as something that has a name."""
    full = harmless(str(ort._replace(datei=None)))
    if ort.zelle is None:
        return {"name": full, "fullyQualifiedName": full, "kind": "sheet"}
    return {"name": harmless(ort.zelle), "fullyQualifiedName": full, "kind": "cell"}


def _uri(datei: str) -> str:
    """Return a name of a file as URI, relative where the name is."""
    file = PurePath(datei)
    name = name_in_bytes(file.as_posix())
    if not file.is_absolute():
        return quote(name)
    return f"file://{'' if name.startswith(b'/') else '/'}{quote(name, safe='/:')}"


def _verdict(assessment: Assessment) -> _Object:
    return {
        "datei": shown_name(assessment.datei),
        "ergebnis": assessment.ergebnis,
        "pruefkennung": str(assessment.pruefkennung) if assessment.pruefkennung else None,
        "zuwendung": money(assessment.summen[2]) if assessment.rechnungen else None,
        "befunde": Counter(befund.status for befund in assessment.befunde),
    }
