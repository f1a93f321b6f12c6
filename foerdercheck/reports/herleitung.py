"""The derivation of a figure as a tree: its formula, its Ziffer and its place, down to what the file states."""

from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.model.figure import Figure
from foerdercheck.model.location import SourceMap
from foerdercheck.reports.dokument import Ast, Verweis

_ABOVE = "siehe oben"


def figure_mark(owner: str, figure: Figure) -> str:
    """Return the mark of a figure in the derivation of the Beteiligter called `owner`."""
    return f"{owner}: {figure.name} {figure.betrag} {figure.pfad}"


def derivation_tree(figure: Figure, source: SourceMap, told: set[tuple[object, ...]], owner: str) -> Ast:
    """Return a figure with those it was computed from; what is in `told` only says so, what is shown is added to it."""
    name, mark = figure.name or "", figure_mark(owner, figure)
    key = (figure.name, figure.betrag, figure.pfad, figure.ziffer, figure.formel)
    if key in told:
        return Ast(name, _ABOVE, betrag=figure.betrag, verweis=Verweis(_ABOVE, mark))
    told.add(key)
    ort = source.locate(figure.pfad) if figure.pfad else None
    law = in_ziffer(figure.ziffer or "")
    rest = " · ".join(note for note in (figure.formel, law, str(ort) if ort else "") if note)
    parts = [derivation_tree(part, source, told, owner) for part in figure.aus]
    return Ast(name, rest, parts, ort, figure.betrag, mark, Verweis(law, law) if law else None)
