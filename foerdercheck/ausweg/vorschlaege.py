"""What would make a budget pass, or give more: a few proposals, each applied to the file's own statements and checked again."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.ausweg.suche import Stand, Suche, Werte, granted_by
from foerdercheck.model.amounts import parse_geld, parse_stunden, written_like
from foerdercheck.model.befund import Befund, Ergebnis
from foerdercheck.model.deutsch import datum
from foerdercheck.model.location import Path
from foerdercheck.model.records import Tree
from foerdercheck.model.words import Wahl
from foerdercheck.reading.aenderungen import at, replaced, value_text, with_changes
from foerdercheck.reading.document import Aenderung, Document

MEISTENS = 4
"""So many proposals are shown."""


class Vorschlag(NamedTuple):
    """What to change, and where that leads.

    `zuwendung` and `eigenmittel` are those of the whole project afterwards, `bewegt` is the money the changes move (all EUR);
    `mitzubringen` are the findings that stay open: statements, offers and documents nobody can fill in but the applicant.
    """

    aenderungen: tuple[Aenderung, ...]
    ergebnis: Ergebnis
    zuwendung: Decimal
    eigenmittel: Decimal
    bewegt: Decimal
    mitzubringen: tuple[Befund, ...]


class Vorschlaege(NamedTuple):
    """At most four proposals, the smallest change first, and the one with the highest grant that leaves cost as it is.

    `geprueft` budgets were checked for them; without `vollstaendig` the search was ended before it had seen all.
    """

    vorschlaege: tuple[Vorschlag, ...] = ()
    meiste: Vorschlag | None = None
    geprueft: int = 0
    vollstaendig: bool = True


def vorschlaege(assessment: Assessment) -> Vorschlaege:
    """Return what would make a budget pass or, where it does, give more; nothing for what cannot be computed.

    Every proposal has been applied to the statements of the file and checked from the beginning; one that does not lead to
    what was found is left out.
    """
    grundlage, budget = assessment.grundlage, assessment.budget
    if grundlage is None or budget is None or assessment.defekte:
        return Vorschlaege()
    suche = Suche(assessment, grundlage, budget)
    found: list[Vorschlag] = []
    shown: list[Stand] = []
    for stand in suche.wege():
        if len(found) == MEISTENS:
            break
        if not any(_is_enough(one, stand) for one in shown) and (proved := _proved(stand, suche)) is not None:
            found.append(proved)
            shown.append(stand)
    most = suche.meiste()
    best = max((one.zuwendung for one in found), default=Decimal("0.00"))
    meiste = _proved(most, suche) if most is not None and (most.assessment.zuwendung or 0) > best else None
    return Vorschlaege(tuple(found), meiste, suche.geprueft, suche.vollstaendig)


def _is_enough(one: Stand, other: Stand) -> bool:
    """Tell whether a smaller change does what another one does: it is part of it, or changes the same fields to no worse an end."""
    grants = (one.assessment.zuwendung or 0) >= (other.assessment.zuwendung or 0)
    no_worse = grants and one.rang <= other.rang and one.eigenmittel <= other.eigenmittel
    return one.werte.items() <= other.werte.items() or (one.werte.keys() == other.werte.keys() and no_worse)


def _proved(stand: Stand, suche: Suche) -> Vorschlag | None:
    """Return a proposal if checking the changed document, from the beginning, says what the search found."""
    grundlage = suche.start.assessment.grundlage
    if grundlage is None:
        return None
    document = applied(grundlage.document, stand.werte)
    checked = granted_by(grundlage, stand.werte).check(document)
    before = len(grundlage.document.aenderungen)
    if (checked.ergebnis, checked.zuwendung) != (stand.assessment.ergebnis, stand.assessment.zuwendung):
        return None
    return Vorschlag(
        aenderungen=document.aenderungen[before:],
        ergebnis=checked.ergebnis,
        zuwendung=checked.zuwendung or Decimal("0.00"),
        eigenmittel=stand.eigenmittel,
        bewegt=stand.bewegt,
        mitzubringen=tuple(befund for befund in checked.befunde if befund.status == "offen"),
    )


def applied(document: Document, werte: Werte) -> Document:
    """Return a document with these values of the model in its tree, written as a budget states them."""
    tree, changes = document.tree, list(_changes(document, werte))
    for change in changes:
        tree = replaced(tree, change.pfad, change.neu)
    return with_changes(document, tree, changes)


def _changes(document: Document, werte: Werte) -> Iterator[Aenderung]:
    for path, value in werte.items():
        before = at(document.tree, path)
        yield Aenderung(path, document.source.locate(path), value_text(before), as_stated(path, value, before))


def as_stated(path: Path, value: object, before: Tree | None) -> str:
    """Return a value of the model as a budget states it: `54.600,00`, `2026-05-11`, `direkt`; numbers and days as those `before`."""
    if isinstance(value, Decimal):
        hours = "stunden" in path[-2:]
        whole = hours and value == value.to_integral_value()
        text = value_text(value) if whole else f"{value:.{4 if hours else 2}f}".replace(".", ",")
        return written_like(text, before, parse_stunden if hours else parse_geld) if isinstance(before, str) else text
    if isinstance(value, date):
        return datum(value) if isinstance(before, str) and "." in before else value.isoformat()
    return value.wort if isinstance(value, Wahl) else str(value)
