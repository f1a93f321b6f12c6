"""What if: a budget checked with other values than its file has, what would make it pass, and the file with those values."""

from collections.abc import Iterator, Mapping
from itertools import groupby, islice
from pathlib import PurePath
from typing import Any

from door.asked import Answer, day_of, own_version, shown, small_ones
from foerdercheck.assessment.budget import Assessment, check_budget
from foerdercheck.ausweg.schreiben import written
from foerdercheck.ausweg.vorschlaege import Vorschlag, vorschlaege
from foerdercheck.model.deutsch import datum
from foerdercheck.model.location import InputError, Path, Problem
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import parse_datum
from foerdercheck.reading.aenderungen import angabe_at, at, changed, path_text, stated_paths, value_text
from foerdercheck.reading.document import Aenderung, Document
from foerdercheck.reading.files import YAML_SUFFIXES, Given
from foerdercheck.reports.ausweg import proposal
from foerdercheck.reports.bericht import report, verdict_first
from foerdercheck.reports.dokument import Ueberschrift, Urteil
from foerdercheck.reports.fehler import unreadable
from foerdercheck.reports.summary import headline
from foerdercheck.reports.vergleich import side_by_side, verdict_sentence
from foerdercheck.vergleich.gegenueberstellung import vergleiche

MOST_FIELDS = 400
"""So many fields are offered; a page with more would be slow, and nobody would find any."""
_KEINE = "Kein Vorschlag: mit anderen Beträgen, Zeiten oder Methoden allein wird daraus nichts Besseres."
_BEWILLIGUNG = "vorhaben.bewilligung"
_OFFERED = (("finanzierung", "beantragt"), ("finanzierung", "eigenmittel"))
"""Fields that are offered to each body even where its file says nothing."""


def what_if(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return what a check with other values (`werte` by path) says, and beside the file's own; `felder` asks for the fields."""
    base, found = _both(asked, files)
    data: dict[str, Any] = {
        "ergebnis": found.ergebnis,
        "kurz": headline(found.ergebnis, found.angenommene),
        "geaendert": len(found.aenderungen),
        "fehler_an": [str(fehler.ort) for fehler in found.fehler if fehler.ort],
    }
    if found.fehler:
        data["satz"] = found.fehler[0].text
        data["bericht"] = shown(unreadable(found.datei, found.fehler, hinweise=found.befunde), "wenn-", 2)
    else:
        data["bericht"] = shown(verdict_first(report(found, bilder=True)), "wenn-", 2)
        if found.aenderungen:
            compared = vergleiche(base, found)
            data["satz"] = verdict_sentence(compared)
            blocks = (block for block in side_by_side(compared) if not isinstance(block, Ueberschrift | Urteil))
            data["vergleich"] = shown(blocks, "neben-", 2)
    if asked.get("felder") and base.grundlage is not None:
        groups = list(_groups(base.grundlage.document))
        data["gruppen"] = groups
        fields = sum(len(row["felder"]) for group in groups for row in group["zeilen"])
        data["gekuerzt"] = fields if fields == MOST_FIELDS else 0
    return Answer(data)


def _both(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> tuple[Assessment, Assessment]:
    """Return the assessments of a budget as it is and with other values; raises InputError where it cannot be read."""
    werte = asked.get("werte", {})
    name = asked["datei"]
    base = check_budget(small_ones(files), name=name, stichtag=day_of(asked, "stichtag"), fassung=own_version(asked))
    if base.grundlage is None:
        raise InputError([Problem(fehler.text) for fehler in base.fehler])
    grundlage = base.grundlage
    if _BEWILLIGUNG in werte:  # a day that is changed here is no longer the one assumed for all
        grundlage = grundlage._replace(stichtag=None)
    return base, grundlage.check(changed(grundlage.document, werte)) if werte else base


def _groups(document: Document) -> Iterator[dict[str, Any]]:
    """Yield the fields of money and hours by body, row by row: each with its path, heading, value and place."""
    tree = document.tree if isinstance(document.tree, dict) else {}
    left = MOST_FIELDS
    for body in _bodies(tree):
        stated = (path for path in stated_paths(at(tree, body) or {}, body) if _is_offered(path))
        paths = list(islice(dict.fromkeys((*((*body, *field) for field in _OFFERED), *stated)), left))
        left -= len(paths)
        rows = [
            {"titel": title, "felder": [_field(path, document) for path in group]}
            for title, group in groupby(paths, key=lambda path: _row(path, tree))
        ]
        if rows:
            yield {"titel": value_text(at(tree, (*body, "name"))) or path_text(body), "zeilen": rows}


def _bodies(tree: dict[str, Tree]) -> Iterator[Path]:
    if isinstance(tree.get("antragsteller"), dict):
        yield ("antragsteller",)
    partner = tree.get("partner")
    for index in range(len(partner) if isinstance(partner, list) else 0):
        yield "partner", index


def _is_offered(path: Path) -> bool:
    angabe = angabe_at(path)
    return angabe is not None and (angabe.wertart == "geld" or angabe.feld == "stunden")


def _row(path: Path, tree: Tree) -> str:
    """Return what an entry of a list is called; all that stands in none is the financing."""
    index = next((place for place, part in enumerate(path) if isinstance(part, int) and place > 1), None)
    if index is None:
        return "Finanzierung" if "finanzierung" in path else ""
    entry = path[: index + 1]
    names = (value_text(at(tree, (*entry, key))) for key in ("bezeichnung", "geber", "gewaehrt_am"))
    return next(filter(None, names), path_text(entry))


def _field(path: Path, document: Document) -> dict[str, str]:
    angabe = angabe_at(path)
    heading = angabe.ueberschrift if angabe else path_text(path)
    year = f" {path[-1]}" if path[-2] == "stunden" else ""
    wert = value_text(at(document.tree, path))
    return {
        "pfad": path_text(path), "text": f"{heading}{year}", "wert": wert, "ort": str(document.source.locate(path))
    }  # fmt: skip


def proposals(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return what would make the budget pass, or give more, each with its values by path."""
    _, found = _both(asked, files)
    said = vorschlaege(found)
    most = [] if said.meiste is None else [{**_proposed(said.meiste, found), "meiste": True}]
    return Answer({
        "titel": "Was noch möglich ist" if found.ergebnis == "foerderfaehig" else "Damit es passt",
        "vorschlaege": [*(_proposed(one, found) for one in said.vorschlaege), *most],
        "keine": _KEINE,
        "vollstaendig": said.vollstaendig,
        "geprueft": said.geprueft,
    })  # fmt: skip


def _proposed(one: Vorschlag, found: Assessment) -> dict[str, Any]:
    return {
        "text": proposal(one, found),
        "ergebnis": one.ergebnis,
        "werte": [_value(change, found) for change in one.aenderungen],
    }


def _value(change: Aenderung, found: Assessment) -> dict[str, str]:
    field = _field(change.pfad, document_of(found))
    row = _row(change.pfad, document_of(found).tree)
    titel = f"{row}: {field['text']}" if row else field["text"]
    angabe = angabe_at(change.pfad)
    is_day = angabe is not None and angabe.wertart == "datum"
    gezeigt = datum(parse_datum(change.neu)) if is_day else change.neu
    return {"pfad": field["pfad"], "titel": titel, "neu": change.neu, "gezeigt": gezeigt}


def changed_file(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return the budget with other values as a file that a check says the same of: only their cells and scalars are changed.

    Formats of which no single value can be replaced are written anew as a workbook.
    """
    base, found = _both(asked, files)
    if found.fehler:
        raise InputError([Problem(fehler.text) for fehler in found.fehler])
    path, content = PurePath(base.datei), files[base.datei]
    if path.suffix.casefold() in {*YAML_SUFFIXES, ".xlsx"}:
        name = f"{path.stem}-neu{path.suffix.casefold()}"
        new, _ = written(base, found, content, name, Given(small_ones(files)))
    else:
        from foerdercheck.writing.conversion import budget_as_workbook  # noqa: PLC0415 - openpyxl is heavy

        name = f"{path.stem}-neu.xlsx"
        new = budget_as_workbook(document_of(found))
    return Answer({}, ((name, new),))


def document_of(found: Assessment) -> Document:
    """Return what an assessment was made from; raises InputError where that could not be read."""
    if found.grundlage is None:
        raise InputError([Problem("dieses Budget ist nicht lesbar")])
    return found.grundlage.document
