"""A budget with other values in it, as a new file: those of a proposal, or those it was assessed with; nothing else is changed."""

from datetime import date
from decimal import Decimal
from pathlib import PurePath

from foerdercheck.assessment.budget import Assessment
from foerdercheck.ausweg.vorschlaege import Vorschlag
from foerdercheck.model.amounts import parse_geld, parse_stunden
from foerdercheck.model.location import InputError, Problem
from foerdercheck.model.scalars import parse_datum
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.aenderungen import angabe_at
from foerdercheck.reading.document import Aenderung
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
        new = patched_xlsx(data, (Zellwert(change.ort, _typed(change)) for change in changes))
    return new, _proved(assessment, wanted, File(name, new), files)


def _typed(change: Aenderung) -> Decimal | date | str:
    if not change.neu:
        return ""
    angabe = angabe_at(change.pfad)
    kind = angabe.wertart if angabe else "text"
    if kind == "datum":
        return parse_datum(change.neu)
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
    return found
