"""Orders: which lines of a Beteiligter form one, what it is worth net, and what has been stated about it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from foerdercheck.calculation.preise import preis
from foerdercheck.model.budget import LEISTUNGEN, Auftrag, Beteiligter, Budget, Sachposition
from foerdercheck.model.location import Path, Problem
from foerdercheck.model.names import name_key
from foerdercheck.model.scalars import fold
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale
from foerdercheck.programmes.parameter import KOSTENARTEN_OHNE_AUFTRAG

_NOTHING_STATED = Auftrag()
_KEINE_BEGRUENDUNG = frozenset({"keine", "nein", "ohne", "entfaellt", "n/a", "k. a", "k.a", "keine angabe"})
_STATEMENTS = tuple(name for name in Auftrag._fields if name != "nr")


class Auftragswert(NamedTuple):
    """An order with its net and gross value in EUR; `pfade` are its lines, the statements those of any of them.

    `ust_angenommen` says that the net price of a line is that of a rate of VAT which is not stated.
    """

    nr: str | None
    bezeichnung: str
    beteiligter: str
    wert_netto: Decimal
    wert_brutto: Decimal
    pfade: tuple[Path, ...]
    kostenarten: tuple[str, ...]
    leistung: str
    anbieter: str | None
    angebote: int | None
    auswahl_dokumentiert: bool | None
    vertrag: date | None
    begruendung: str | None
    ust_angenommen: bool

    @property
    def name(self) -> str:
        """How the order is called in a sentence."""
        return f"Auftrag {self.nr} ({self.bezeichnung})" if self.nr else f"Auftrag „{self.bezeichnung}“"

    @property
    def begruendet(self) -> bool:
        """Whether a reason is stated: a dash, a number or the word that there is none is none."""
        said = fold(self.begruendung or "").strip(" .!")
        return any(character.isalpha() for character in said) and said not in _KEINE_BEGRUENDUNG


_Group = list[tuple[Path, Sachposition]]


def auftraege(budget: Budget, umsatzsteuer: Decimal | None) -> tuple[Auftragswert, ...]:
    """Return the orders of all Beteiligte, in the order of their first lines; prices that state no rate have that of VAT."""
    return tuple(
        _auftrag(beteiligter, group, umsatzsteuer)
        for pfad, beteiligter in budget.beteiligte()
        for group in _groups(pfad, beteiligter)
    )


def awarded(orders: Sequence[Auftragswert], fassung: Fassung, merkmale: Merkmale) -> tuple[Auftragswert, ...]:
    """Return the orders that procurement law knows: those with a line of a kind that is not merely paid or passed on."""
    norm = fassung.find(KOSTENARTEN_OHNE_AUFTRAG, merkmale)
    return tuple(order for order in orders if norm is None or not set(order.kostenarten) <= set(norm.wert))


def contradictions(budget: Budget, named: Callable[[Path], str]) -> Iterator[Problem]:
    """Yield a problem for every statement about an order that two of its lines make differently; `named` tells its name."""
    for pfad, beteiligter in budget.beteiligte():
        for group in _groups(pfad, beteiligter):
            orders = [(where, line.auftrag) for where, line in group if line.auftrag is not None]
            for name in _STATEMENTS if len(orders) > 1 else ():
                stated = [(where, getattr(order, name)) for where, order in orders]
                if name == "leistung":
                    stated = [(where, value or LEISTUNGEN[0]) for where, value in stated]
                values = [(where, value) for where, value in stated if value is not None]
                for where, value in values[1:]:
                    if _differ(name, value, values[0][1]):
                        said = named((*where, "auftrag", name))
                        text = f"Auftrag {orders[0][1].nr}: {said} ist in zwei Positionen verschieden"
                        yield Problem(text, (*where, "auftrag", name))


def _differ(name: str, value: Any, other: Any) -> bool:  # noqa: ANN401 - statements are of several types
    return name_key(value) != name_key(other) if name == "anbieter" else bool(value != other)


def _groups(pfad: Path, beteiligter: Beteiligter) -> Sequence[_Group]:
    groups: dict[str, _Group] = {}
    for index, line in enumerate(beteiligter.kosten):
        if not isinstance(line, Sachposition):
            continue
        nr = line.auftrag.nr if line.auftrag else None
        groups.setdefault(f"nr {fold(nr)}" if nr else f"line {index}", []).append(((*pfad, "kosten", index), line))
    return list(groups.values())


def _auftrag(beteiligter: Beteiligter, group: _Group, umsatzsteuer: Decimal | None) -> Auftragswert:
    lines = [line for _, line in group]
    prices = [preis(line, umsatzsteuer) for line in lines]
    said = _first([line.auftrag for line in lines if line.auftrag is not None])
    return Auftragswert(
        nr=said.nr,
        bezeichnung=", ".join(dict.fromkeys(line.bezeichnung for line in lines)),
        beteiligter=beteiligter.name,
        wert_netto=sum((price.netto for price in prices), Decimal()),
        wert_brutto=sum((price.brutto for price in prices), Decimal()),
        pfade=tuple(pfad for pfad, _ in group),
        kostenarten=tuple(dict.fromkeys(line.kostenart for line in lines)),
        leistung=said.leistung or "liefer_dienst",
        anbieter=said.anbieter,
        angebote=said.angebote,
        auswahl_dokumentiert=said.auswahl_dokumentiert,
        vertrag=said.vertrag,
        begruendung=said.begruendung,
        ust_angenommen=any(line.ust is None and line.brutto is not None for line in lines),
    )


def _first(stated: Sequence[Auftrag]) -> Auftrag:
    """Return what the lines of an order say together; what none of them says is None."""
    if len(stated) < 2:
        return stated[0] if stated else _NOTHING_STATED
    columns = zip(*stated, strict=True)
    return Auftrag(*(next((value for value in column if value is not None), None) for column in columns))
