"""Every reading of ours, programme by programme, for a lawyer to go through: what, why, and what follows from it."""

from collections.abc import Iterator, Sequence

from foerdercheck.model.deutsch import datum, in_ziffer
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reports.dokument import Block, Spalte, Tabelle, Ueberschrift, Zelle
from foerdercheck.reports.werte import condition, shown_value
from foerdercheck.rules.lesarten import LESARTEN

_SPALTEN = (Spalte("Ziffer"), Spalte("Lesart"), Spalte("Grund"), Spalte("Folge"))


def auslegungen_report(fassungen: Sequence[Fassung]) -> Iterator[Block]:
    """Yield for each version its own readings, then those that hold whatever the programme."""
    yield Ueberschrift("Unsere Auslegungen")
    for fassung in fassungen:
        title = f"{fassung.programm}, Fassung vom {datum(fassung.bekanntmachung)}"
        rows = [*_values(fassung), *_rules(fassung)]
        yield Tabelle(_SPALTEN, [[Zelle(text) for text in row] for row in rows], title)
    spalten = (Spalte("Prüfungen"), Spalte("Lesart"), Spalte("Grund"), Spalte("Folge"))
    common = [
        [Zelle(text) for text in (", ".join(lesart.pruefungen), lesart.marke, lesart.grund, lesart.folge)]
        for lesart in LESARTEN
    ]
    yield Tabelle(spalten, common, "In jedem Programm mit diesen Prüfungen")


def _values(fassung: Fassung) -> Iterator[tuple[str, str, str, str]]:
    for norms in fassung.parameter.values():
        for norm in norms:
            if (reason := norm.auslegung) is not None:
                value = f"{norm.parameter}: {shown_value(norm)}{condition(norm)}"
                yield in_ziffer(norm.ziffer), norm.herkunft.inhalt, reason, value


def _rules(fassung: Fassung) -> Iterator[tuple[str, str, str, str]]:
    for regel in fassung.regeln:
        if regel.herkunft.grund is not None:
            yield (
                in_ziffer(regel.ziffer),
                regel.herkunft.inhalt,
                regel.herkunft.grund,
                f"{regel.id}: {regel.berechnung}",
            )
