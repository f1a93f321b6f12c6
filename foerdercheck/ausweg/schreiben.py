"""A budget with other values in it, as a new file: those of a proposal, or those it was assessed with; nothing else is changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from foerdercheck.assessment.budget import Assessment, Grundlage
from foerdercheck.ausweg.vorschlaege import Vorschlag
from foerdercheck.model.amounts import parse_geld, parse_stunden
from foerdercheck.model.location import InputError, Location, Path, Problem
from foerdercheck.model.scalars import parse_datum
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.aenderungen import angabe_at, replaced, with_changes
from foerdercheck.reading.archive import UnreadableError
from foerdercheck.reading.document import Aenderung, Document
from foerdercheck.reading.files import YAML_SUFFIXES, File, Files, read_file
from foerdercheck.writing.xlsx_patch import Zellwert, patched_xlsx
from foerdercheck.writing.yaml_patch import patched_yaml


def written(
    assessment: Assessment, wanted: Vorschlag | Assessment, data: bytes, name: str, files: Files
) -> tuple[bytes, Assessment]:
    """Return the file with other values, to be called `name` and to refer to `files`, and what a check of it says.

    `data` is the content of the file that was assessed, `wanted` one of its proposals, or an assessment of it with other values.
    Raises InputError where the file cannot be changed without writing it anew, or the new one does not lead to what was promised.
    """
    changes = wanted.aenderungen
    if PurePath(assessment.datei).suffix.casefold() in YAML_SUFFIXES:
        new = patched_yaml(data, ((change.pfad, change.neu) for change in changes))
    else:
        _refuse_formulas(assessment, changes, data)
        new = patched_xlsx(data, (Zellwert(change.ort, _typed(change)) for change in changes))
    return new, _proved(assessment, wanted, File(name, new), files)


def _refuse_formulas(assessment: Assessment, changes: Sequence[Aenderung], data: bytes) -> None:
    """Refuse to change what other statements are computed with: opened again, the workbook would say something else of them."""
    from foerdercheck.reading.xlsx import computed_with  # noqa: PLC0415 - a YAML text needs none of this

    source = assessment.grundlage.document.source if assessment.grundlage else None
    places: Mapping[Path, Location] = getattr(source, "places", {})
    changed = {str(change.ort) for change in changes}
    try:
        computed = computed_with(data, changed)
    except UnreadableError as error:
        raise InputError([Problem(str(error))]) from None
    for stated in dict.fromkeys(map(str, places.values())):
        if stated in computed and stated not in changed:
            text = f"{stated} rechnet mit {computed[stated]} und ergäbe etwas anderes; ersetzen Sie die Formel durch ihren Wert"
            raise InputError([Problem(text)])


def _typed(change: Aenderung) -> Decimal | date | str:
    if not change.neu:
        return ""
    angabe = angabe_at(change.pfad)
    kind = angabe.wertart if angabe else "text"
    if kind == "datum":
        return change.neu if "." in change.alt else parse_datum(change.neu)  # a day written as text stays one
    return parse_geld(change.neu) if kind == "geld" else parse_stunden(change.neu) if kind == "zahl" else change.neu


def _proved(assessment: Assessment, wanted: Vorschlag | Assessment, file: File, files: Files) -> Assessment:
    grundlage = assessment.grundlage
    if grundlage is None:
        raise InputError([Problem("dieses Budget ist nicht lesbar")])
    moved = any(change.pfad == ("vorhaben", "bewilligung") for change in wanted.aenderungen)
    asked = grundlage._replace(files=files, stichtag=None if moved else grundlage.stichtag)
    found = asked.check(read_file(file, vokabular()))
    if found.fehler:
        raise InputError([Problem(found.fehler[0].text)])
    if (found.ergebnis, found.zuwendung) != (wanted.ergebnis, wanted.zuwendung):
        raise InputError([Problem("das geänderte Budget führt nicht zu dem, was versprochen war")])
    if found.budget != asked.check(_wanted(grundlage, wanted)).budget:
        raise InputError([Problem("mit diesen Angaben änderten sich andere, die auf sie verweisen")])
    return found


def _wanted(grundlage: Grundlage, wanted: Vorschlag | Assessment) -> Document:
    """Return the document the new file is to be read as: the statements of the old one with the changes, and no other."""
    if isinstance(wanted, Assessment):
        return (wanted.grundlage or grundlage).document
    tree = grundlage.document.tree
    for change in wanted.aenderungen:
        tree = replaced(tree, change.pfad, change.neu)
    return with_changes(grundlage.document, tree, wanted.aenderungen)
