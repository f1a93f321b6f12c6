"""Legal forms of undertakings, as they are written beside a name: `GmbH`, `G.m.b.H.`, `e. V.`, `UG (haftungsbeschränkt)`."""

from collections.abc import Sequence

from foerdercheck.model.scalars import fold

RECHTSFORMEN = (
    "GmbH", "gGmbH", "mbH", "Gesellschaft mbH", "Gesellschaft mit beschränkter Haftung", "UG (haftungsbeschränkt)",
    "gUG (haftungsbeschränkt)", "Unternehmergesellschaft (haftungsbeschränkt)", "haftungsbeschränkt", "Aktiengesellschaft",
    "KGaA", "Co. KG", "Co. KGaA", "Co. OHG", "OHG", "offene Handelsgesellschaft", "Kommanditgesellschaft", "GbR", "eGbR",
    "Gesellschaft bürgerlichen Rechts", "PartG", "PartGmbB", "PartG mbB", "eingetragener Verein", "eingetragene Genossenschaft",
    "e. Kfm.", "e. Kfr.", "eingetragener Kaufmann", "eingetragene Kauffrau", "KdöR", "Körperschaft des öffentlichen Rechts",
    "AöR", "Anstalt des öffentlichen Rechts", "VVaG", "in Gründung", "in Liquidation", "ApS", "Ltd.", "Limited", "LLC", "LLP",
    "PLC", "Inc.", "Corp.", "SARL", "S.à r.l.", "S.r.l.", "S.p.A.", "sp. z o.o.", "s.r.o.",
)  # fmt: skip
"""Those that are one wherever they stand in a name, and what a name says of its state."""
AM_ENDE = (
    "AG", "SE", "KG", "UG", "gUG", "gAG", "eG", "OG", "e. V.", "e. K.", "A/S", "S.A.", "N.V.", "B.V.", "Co.", "i. G.", "i. Gr.",
    "i. L.",
)  # fmt: skip
"""Short ones, which are one only where a name ends: elsewhere they may be part of it."""


def _joined(forms: Sequence[str]) -> frozenset[str]:
    return frozenset("".join(filter(str.isalnum, fold(form))) for form in forms)


_ANYWHERE, _LAST = _joined(RECHTSFORMEN), _joined(AM_ENDE)
_BEGINNINGS = frozenset(form[:length] for form in _ANYWHERE for length in range(1, len(form) + 1))
_MOST_PARTS = 5
"""A legal form has no more parts, each letter of `G.m.b.H.` being one."""
_LONGEST_LAST = max(map(len, _LAST))


def without_rechtsform(parts: Sequence[str]) -> list[str]:
    """Return the parts of a name, folded and without punctuation, that are none of a legal form."""
    kept: list[str] = []
    at = 0
    while at < len(parts):
        length = _length(parts, at) if parts[at] in _BEGINNINGS else 0
        if not length:
            kept.append(parts[at])
        at += length or 1
    while kept and len(kept[-1]) <= _LONGEST_LAST and (length := _length_at_end(kept)):
        del kept[-length:]
    return kept


def _length(parts: Sequence[str], at: int) -> int:
    """Return how many parts from `at` on are the longest legal form there; 0 if there is none."""
    most = min(_MOST_PARTS, len(parts) - at)
    for length in range(most, 0, -1):
        if "".join(parts[at : at + length]) in _ANYWHERE:
            return length
    return 0


def _length_at_end(parts: Sequence[str]) -> int:
    if parts[-1] in _LAST:
        return 1
    return 2 if len(parts) > 1 and parts[-2] + parts[-1] in _LAST else 0
