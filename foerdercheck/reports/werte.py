"""The values of a programme as people read them: short ones in a line, tables as tables."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, euro, in_ziffer, prozent, zahl
from foerdercheck.model.felder import Geld, Prozent
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import PARAMETER
from foerdercheck.reports.dokument import Angaben, Block, Spalte, Tabelle, Ueberschrift, Zelle

_ANTWORTEN = frozenset({"ja", "nein", "unbekannt"})


def shown_value(norm: Norm[Any]) -> str:
    """Return a value in a line; of tables only what they are made of."""
    wert = norm.wert
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, Decimal):
        kind: Any = PARAMETER[norm.parameter].kind
        return prozent(wert) if kind == Prozent else euro(wert) if kind == Geld else zahl(wert)
    if isinstance(wert, date):
        return datum(wert)
    if isinstance(wert, dict) and all(isinstance(value, Decimal) for value in wert.values()):
        return ", ".join(f"{key} {euro(value)}" for key, value in wert.items())
    if isinstance(wert, dict):
        return f"{anzahl(len(wert), 'Eintrag', 'Einträge')}, siehe unten"
    return ", ".join(wert) if type(wert) is tuple else str(wert)


def condition(norm: Norm[Any]) -> str:
    """Return when a value applies: `(hochschule oder kommune; ab 01.01.2026)`; empty where it always does."""
    cases = [
        f"{name} " * (words <= _ANTWORTEN) + aufzaehlung(sorted(words), "oder") for name, words in norm.wenn.items()
    ]
    if norm.ab > date.min:
        cases.append(f"ab {datum(norm.ab)}")
    if norm.bis < date.max:
        cases.append(f"bis {datum(norm.bis)}")
    return f" ({'; '.join(cases)})" if cases else ""


def tables(norms: Sequence[Norm[Any]]) -> Iterator[Block]:
    """Yield the values that are tables, each drawn as one."""
    for norm in norms:
        if not isinstance(norm.wert, dict):
            continue
        values = list(norm.wert.values())
        if all(isinstance(value, dict) for value in values):
            yield _grid(norm)
        elif not all(isinstance(value, Decimal) for value in values):
            yield Ueberschrift(f"{norm.parameter} ({in_ziffer(norm.ziffer)})", 2)
            yield Angaben(
                [
                    (key, Zelle(", ".join(value) if isinstance(value, tuple) else value))
                    for key, value in norm.wert.items()
                ]
            )


def _grid(norm: Norm[Any]) -> Tabelle:
    columns = sorted({column for row in norm.wert.values() for column in row})
    rows = [
        [Zelle(name, "stark"), *(Zelle(zahl(row[column], 2) if column in row else "–") for column in columns)]
        for name, row in norm.wert.items()
    ]
    spalten = [Spalte("", gemeint="Gruppe"), *(Spalte(str(column), zahl=True) for column in columns)]
    return Tabelle(spalten, rows, f"{norm.parameter} in EUR ({in_ziffer(norm.ziffer)})")
