"""The example row of a template: what it says, so that a reader can tell it from a row somebody filled in."""

from collections.abc import Mapping
from functools import cache

from foerdercheck.model.angabe import Blatt
from foerdercheck.model.angaben import BEISPIEL, DEMINIMIS, FINANZIERUNG, KOSTEN


@cache
def beispiel_row(blatt: Blatt) -> Mapping[str, object]:
    """Return the values of the example row by field; `beteiligter` names the body a line belongs to."""
    row: dict[str, object] = {"beteiligter": BEISPIEL} if blatt in {KOSTEN, FINANZIERUNG, DEMINIMIS} else {}
    return row | {angabe.feld: angabe.parse(angabe.beispiel) for angabe in blatt.angaben if angabe.beispiel}
