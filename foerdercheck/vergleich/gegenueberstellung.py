"""Two assessed budgets side by side: statements, figures, findings, orders, room for aid, verdict."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import Befund, Ergebnis
from foerdercheck.model.location import Path
from foerdercheck.vergleich.angaben import Angabenvergleich, Paar, Unterschied, compare_statements

_OF_THE_FILE = "datei"
"""What findings about how a file is written are called; no rule says them."""
_SAID_OTHERWISE = frozenset({"erfuellt", "entfaellt", "hinweis"})
"""Findings of which only the numbers in their text changed are none to tell."""


class Zahlenpaar(NamedTuple):
    """A figure (EUR) before and after, None where it cannot be computed; `beteiligter` None is the whole project."""

    name: str
    beteiligter: str | None
    alt: Decimal | None
    neu: Decimal | None

    @property
    def differenz(self) -> Decimal | None:
        """How much larger the new one is."""
        return None if self.alt is None or self.neu is None else self.neu - self.alt


class Zeilenvergleich(NamedTuple):
    """A line of cost before and after (EUR); `ueberschritten` is by what fraction it is exceeded, None if it is not."""

    beteiligter: str
    kostenart: str
    bezeichnung: str
    alt: Decimal
    neu: Decimal

    @property
    def ueberschritten(self) -> Decimal | None:
        """By what fraction of the old amount the new one is larger; None where it is not, or there was nothing."""
        return (self.neu - self.alt) / self.alt if self.neu > self.alt > 0 else None


class Befundpaar(NamedTuple):
    """A finding that came (`alt` is None), went (`neu` is None) or changed."""

    alt: Befund | None
    neu: Befund | None


class Angebotspflicht(NamedTuple):
    """An order and whether it needs offers, before and after (None: there is no such order, or it is open)."""

    auftrag: str
    alt: bool | None
    neu: bool | None


class Gegenueberstellung(NamedTuple):
    """Two budgets and everything in which they differ."""

    alt: Assessment
    neu: Assessment
    unterschiede: tuple[Unterschied, ...] = ()
    zahlen: tuple[Zahlenpaar, ...] = ()
    zeilen: tuple[Zeilenvergleich, ...] = ()
    befunde: tuple[Befundpaar, ...] = ()
    angebote: tuple[Angebotspflicht, ...] = ()
    raum: tuple[Zahlenpaar, ...] = ()

    @property
    def gleich(self) -> bool:
        """Whether the two are equal in effect: the same statements, figures and findings."""
        changed = any(zahl.alt != zahl.neu for zahl in (*self.zahlen, *self.raum))
        verdicts: set[Ergebnis] = {self.alt.ergebnis, self.neu.ergebnis}
        return not (self.unterschiede or self.befunde or self.angebote or changed) and len(verdicts) == 1

    @property
    def lesbar(self) -> bool:
        """Whether both could be read."""
        return not (self.alt.fehler or self.neu.fehler)

    @property
    def exit_code(self) -> int:
        """0 equal in effect, 1 something changed, 2 one cannot be read, 4 defect of the program."""
        if self.alt.defekte or self.neu.defekte:
            return 4
        return 2 if not self.lesbar else 0 if self.gleich else 1


def vergleiche(alt: Assessment, neu: Assessment) -> Gegenueberstellung:
    """Compare two assessed budgets; of one that cannot be read, or lacks what every figure needs, only the verdicts."""
    if alt.budget is None or neu.budget is None:
        return Gegenueberstellung(alt, neu, befunde=tuple(_findings(alt, neu, {})))
    stated = compare_statements(alt.budget, neu.budget)
    names = _names(alt, neu, stated)
    return Gegenueberstellung(
        alt=alt,
        neu=neu,
        unterschiede=tuple(_with_costs(stated.unterschiede, alt, neu)),
        zahlen=tuple(_figures(alt, neu, stated)),
        zeilen=tuple(_lines(alt, neu, stated.zeilen)),
        befunde=tuple(_findings(alt, neu, names)),
        angebote=tuple(_offers(alt, neu, names)),
        raum=tuple(_room(alt, neu, stated)),
    )


def _with_costs(unterschiede: Iterable[Unterschied], alt: Assessment, neu: Assessment) -> Iterator[Unterschied]:
    """Yield the differences, lines and bodies that came or went with what they cost."""
    before, after = _costs(alt), _costs(neu)
    for one in unterschiede:
        if one.art == "neu" and one.pfad_neu in after:
            yield one._replace(neu=after[one.pfad_neu])
        elif one.art == "weggefallen" and one.pfad_alt in before:
            yield one._replace(alt=before[one.pfad_alt])
        else:
            yield one


def _costs(assessment: Assessment) -> Mapping[Path | None, Decimal]:
    bodies: dict[Path | None, Decimal] = {r.pfad: r.gesamtausgaben.betrag for r in assessment.rechnungen}
    return bodies | {zeile.pfad: zeile.angesetzt.betrag for r in assessment.rechnungen for zeile in r.zeilen}


def _names(alt: Assessment, neu: Assessment, stated: Angabenvergleich) -> Mapping[str, str]:
    """Return what bodies are called in the new budget, by their old names."""
    new = {rechnung.pfad: rechnung.name for rechnung in neu.rechnungen}
    return {r.name: new[stated.beteiligte[r.pfad]] for r in alt.rechnungen if stated.beteiligte.get(r.pfad) in new}


def _figures(alt: Assessment, neu: Assessment, stated: Angabenvergleich) -> Iterator[Zahlenpaar]:
    before = {rechnung.pfad: rechnung for rechnung in alt.rechnungen}
    after = {rechnung.pfad: rechnung for rechnung in neu.rechnungen}
    pairs = [(before[old], after[new]) for old, new in stated.beteiligte.items() if old in before and new in after]
    for old, new in pairs:
        figures, others = _of(old), _of(new)
        for name in dict.fromkeys((*figures, *others)):
            yield Zahlenpaar(name, new.name, figures.get(name), others.get(name))
    sums = zip(("Gesamtausgaben", "zuwendungsfähige Ausgaben", "Zuwendung"), alt.summen, neu.summen, strict=True)
    yield from (Zahlenpaar(name, None, old_sum, new_sum) for name, old_sum, new_sum in sums)


def _of(rechnung: Rechnung) -> dict[str, Decimal | None]:
    kinds: dict[str, Decimal | None] = {}
    for zeile in rechnung.zeilen:
        kind = zeile.position.kostenart
        kinds[kind] = (kinds.get(kind) or Decimal("0.00")) + zeile.angesetzt.betrag
    return kinds | {
        "Gemeinkosten": rechnung.gemeinkosten.betrag.betrag,
        "Gesamtausgaben": rechnung.gesamtausgaben.betrag,
        "zuwendungsfähige Ausgaben": rechnung.zuwendungsfaehige_ausgaben.betrag,
        "Zuwendung": rechnung.zuwendung.betrag,
        "Eigenmittel": rechnung.eigenmittel.betrag if rechnung.eigenmittel else None,
        "Finanzierungslücke": rechnung.finanzierungsluecke.betrag if rechnung.finanzierungsluecke else None,
    }


def _lines(alt: Assessment, neu: Assessment, pairs: tuple[Paar, ...]) -> Iterator[Zeilenvergleich]:
    before = {zeile.pfad: zeile for rechnung in alt.rechnungen for zeile in rechnung.zeilen}
    after = {zeile.pfad: zeile for rechnung in neu.rechnungen for zeile in rechnung.zeilen}
    for who, old, new in pairs:
        position = after[new].position
        yield Zeilenvergleich(
            who, position.kostenart, position.bezeichnung, before[old].angesetzt.betrag, after[new].angesetzt.betrag
        )


def _findings(alt: Assessment, neu: Assessment, names: Mapping[str, str]) -> Iterator[Befundpaar]:
    """Yield what came, went or changed; places do not matter, and of what still holds only a change that matters."""
    before: dict[tuple[str, str | None], list[Befund]] = {}
    after: dict[tuple[str, str | None], list[Befund]] = {}
    for befund in (befund for befund in alt.befunde if befund.regel != _OF_THE_FILE):
        before.setdefault((befund.regel, names.get(befund.beteiligter or "", befund.beteiligter)), []).append(befund)
    for befund in (befund for befund in neu.befunde if befund.regel != _OF_THE_FILE):
        after.setdefault((befund.regel, befund.beteiligter), []).append(befund)
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, []), after.get(key, [])
        said = set(map(_what, old)) & set(map(_what, new))
        gone = [befund for befund in old if _what(befund) not in said]
        come = [befund for befund in new if _what(befund) not in said]
        for index in range(max(len(gone), len(come))):
            first = gone[index] if index < len(gone) else None
            second = come[index] if index < len(come) else None
            same = first is not None and second is not None and first.status == second.status
            if not (same and first is not None and first.status in _SAID_OTHERWISE):
                yield Befundpaar(first, second)


def _what(befund: Befund) -> tuple[str, str]:
    """Return what is said, whatever the file calls its fields."""
    return befund.status, befund.markiert or befund.text


def _offers(alt: Assessment, neu: Assessment, names: Mapping[str, str]) -> Iterator[Angebotspflicht]:
    before, after = _needed(alt, names), _needed(neu, {})
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Angebotspflicht(name, before.get(name), after.get(name))


def _needed(assessment: Assessment, names: Mapping[str, str]) -> dict[str, bool | None]:
    """Return whether each order needs offers, by the name of its body, or the one in `names`, and its own."""
    orders = assessment.vergabe.auftraege if assessment.vergabe else ()
    bodies = {order.auftrag.beteiligter: order.auftrag.beteiligter for order in orders} | dict(names)
    return {f"{bodies[order.auftrag.beteiligter]}: {order.auftrag.name}": order.pflichtig for order in orders}


def _room(alt: Assessment, neu: Assessment, stated: Angabenvergleich) -> Iterator[Zahlenpaar]:
    for old, new in stated.beteiligte.items():
        before, after = _free(alt, old), _free(neu, new)
        name = next((rechnung.name for rechnung in neu.rechnungen if rechnung.pfad == new), None)
        if before is not None or after is not None:
            yield Zahlenpaar("frei", name, before, after)


def _free(assessment: Assessment, path: Path) -> Decimal | None:
    konto = (assessment.konten or {}).get(path)
    return None if konto is None else konto.frei
