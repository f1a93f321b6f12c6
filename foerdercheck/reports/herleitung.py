"""The derivation of a figure as a tree: its formula, its Ziffer and its place, down to what the file states."""

from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.model.figure import Figure
from foerdercheck.model.location import SourceMap
from foerdercheck.reports.dokument import Ast


def derivation_tree(figure: Figure, source: SourceMap, told: set[tuple[object, ...]]) -> Ast:
    """Return a figure with those it was computed from; what is in `told` only says so, what is shown is added to it."""
    name = figure.name or ""
    key = (figure.name, figure.betrag, figure.pfad, figure.ziffer, figure.formel)
    if key in told:
        return Ast(name, "siehe oben", betrag=figure.betrag)
    told.add(key)
    ort = source.locate(figure.pfad) if figure.pfad else None
    notes = [figure.formel, in_ziffer(figure.ziffer or ""), str(ort) if ort else ""]
    rest = " · ".join(note for note in notes if note)
    return Ast(name, rest, [derivation_tree(part, source, told) for part in figure.aus], ort, figure.betrag)
