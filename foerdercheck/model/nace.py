"""Branches of the economy as people write them: numbers of NACE or of its German form, WZ."""

import re

_CODE = (
    r"(?:(?:NACE|WZ)[ -]*(?:REV\.? ?2|2008|2025|08)?[ :-]*)?[A-U]?[ -]*"
    r"(?:([0-9]{1,2})((?:\.[0-9]{1,2}){0,2})|([0-9]{4,5}))(?:[ (:–-]+[^0-9;]*)?"
)
"""A code with what people write before it, and its name behind it: `WZ 62.01 Programmierung`."""
_BETWEEN = r";|\n|(?:[,/+&]| und | sowie )(?=\s*(?:(?:NACE|WZ)?[ A-U-]*[0-9]))"
"""What stands between two codes; their names may hold a comma."""


def nace_codes(nace: str) -> set[str]:
    """Return the digits of NACE codes (`01.13`, `0113`, `A 1.13`; `A` alone is all of it); none if any of them is unreadable."""
    codes: set[str] = set()
    for part in (part.strip().upper() for part in re.split(_BETWEEN, nace)):
        match = re.fullmatch(_CODE, part)
        if part == "A":
            codes |= {"01", "02", "03"}
        elif match:
            codes.add(match[3] or match[1].zfill(2) + match[2].replace(".", ""))
        elif part:
            return set()
    return codes
