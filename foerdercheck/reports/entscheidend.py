"""What decided a verdict, in short: the rules with their places."""

from collections.abc import Sequence

from foerdercheck.model.befund import Befund
from foerdercheck.model.deutsch import einige
from foerdercheck.model.location import Location

_SO_MANY = 5


def deciding(befunde: Sequence[Befund], most: int = _SO_MANY) -> str:
    """Return the rules of findings with their places: `4.2-folgekosten (Zeile 8), … und 3 weitere`; nothing for none."""
    named = [rule_name(befund) + (f" ({short_place(befund.ort)})" if befund.ort else "") for befund in befunde]
    return einige(dict.fromkeys(named), most) if named else ""


def rule_name(befund: Befund) -> str:
    """Return a rule as `regel` and `ausnahmen` want it, without its programme."""
    return befund.regel.rpartition("/")[2]


def short_place(ort: Location | None) -> str:
    """The line or cell of a finding; the column only matters where something cannot be read."""
    if ort is None:
        return ""
    return str(ort) if ort.zeile is None or ort.datei else f"Zeile {ort.zeile}"
