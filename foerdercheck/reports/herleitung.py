"""The derivation of a figure as a tree: its formula, its Ziffer and its place, down to what the file states."""

from foerdercheck.model.deutsch import euro, in_ziffer
from foerdercheck.model.figure import Figure
from foerdercheck.model.location import SourceMap
from foerdercheck.reports.dokument import Ast


def derivation_tree(figure: Figure, source: SourceMap) -> Ast:
    """Return a figure with those it was computed from."""
    ort = source.locate(figure.pfad) if figure.pfad else None
    notes = [figure.formel, in_ziffer(figure.ziffer or ""), str(ort) if ort else ""]
    text = f"{figure.name} {euro(figure.betrag)}"
    return Ast(
        text, " · ".join(note for note in notes if note), [derivation_tree(part, source) for part in figure.aus], ort
    )
