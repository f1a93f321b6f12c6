"""Accepted exceptions: findings the authority has agreed to no longer decide, but stay visible."""

from collections.abc import Iterator, Sequence
from datetime import date

from foerdercheck.model.befund import Annahme, Befund
from foerdercheck.model.budget import Ausnahme
from foerdercheck.model.deutsch import datum
from foerdercheck.model.location import SourceMap
from foerdercheck.model.scalars import fold

REGEL = "ausnahmen"
"""What findings about exceptions are called; no rule of a programme says them."""
_ACCEPTABLE = frozenset({"verletzt", "offen"})


def accepted(
    befunde: Sequence[Befund], ausnahmen: Sequence[Ausnahme], source: SourceMap, heute: date
) -> Iterator[Befund]:
    """Yield the findings, accepted ones as hinweis, and one for each exception that has expired or is not needed.

    An exception holds on its last day. Cuts cannot be accepted: they decide an amount, not a verdict.
    """
    if not ausnahmen:
        yield from befunde
        return
    used: set[int] = set()
    for befund in befunde:
        matching = [index for index, ausnahme in enumerate(ausnahmen) if _concerns(ausnahme, befund)]
        used.update(matching)
        valid = next((ausnahmen[index] for index in matching if heute <= ausnahmen[index].bis), None)
        yield befund if valid is None else _as_accepted(befund, valid)
    for index, ausnahme in enumerate(ausnahmen):
        yield from _about(ausnahme, needed=index in used, heute=heute, ort_of=(index, source))


def _concerns(ausnahme: Ausnahme, befund: Befund) -> bool:
    name = ausnahme.regel.rpartition("/")[2]
    whom = ausnahme.beteiligter is None or fold(ausnahme.beteiligter) == fold(befund.beteiligter or "")
    return befund.status in _ACCEPTABLE and befund.regel.partition("/")[2] == name and whom


def _as_accepted(befund: Befund, ausnahme: Ausnahme) -> Befund:
    annahme = Annahme(befund.status, ausnahme.grund, ausnahme.wer, ausnahme.bis)
    said = f"Angenommen bis {datum(ausnahme.bis)} von {ausnahme.wer} ({ausnahme.grund}), sonst {befund.status}: "
    return befund._replace(status="hinweis", text=said + befund.text, angenommen=annahme)


def _about(ausnahme: Ausnahme, *, needed: bool, heute: date, ort_of: tuple[int, SourceMap]) -> Iterator[Befund]:
    index, source = ort_of
    name = ausnahme.regel.rpartition("/")[2]
    whom = f" für {ausnahme.beteiligter}" if ausnahme.beteiligter else ""
    ort = source.locate(("ausnahmen", index))
    if not needed:
        text = f"Die Ausnahme von {name}{whom} wird nicht gebraucht: die Regel ist weder verletzt noch offen. Streichen Sie sie."
        yield Befund(REGEL, "", "hinweis", text, ort=ort)
    elif heute > ausnahme.bis:
        text = f"Die Ausnahme von {name}{whom} ist am {datum(ausnahme.bis)} abgelaufen; die Regel entscheidet wieder."
        yield Befund(REGEL, "", "offen", text, ort=ort)
