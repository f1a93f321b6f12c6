"""The example row of a template: what it may say, so that a reader can tell it from a row somebody filled in."""

from collections.abc import Mapping, Sequence
from functools import cache

from foerdercheck.model.angabe import Blatt
from foerdercheck.model.angaben import FINANZIERUNG, KOSTEN
from foerdercheck.model.beihilfeangaben import BEISPIEL, DEMINIMIS


@cache
def beispiel_row(blatt: Blatt) -> Mapping[str, Sequence[object]]:
    """Return by field the values an example row may have; `beteiligter` names the body a line belongs to."""
    row: dict[str, Sequence[object]] = (
        {"beteiligter": (BEISPIEL,)} if blatt in {KOSTEN, FINANZIERUNG, DEMINIMIS} else {}
    )
    return row | {angabe.feld: tuple(map(angabe.parse, angabe.beispiele)) for angabe in blatt.angaben}
