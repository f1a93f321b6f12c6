"""Formulas are never computed: what they came to is read. Of some, that is another value on another day or machine."""

import re
from functools import lru_cache
from typing import NamedTuple

from foerdercheck.model.scalars import Flaw

# Compiled where they are needed: hardly any file of a program has formulas
TEXT = r'"(?:[^"]|"")*+"'
_ELSEWHERE = (
    r"(?i)\[[^\[\]]*\](?:[\w.]*!|[^'\[\]]*'!)"  # [1]Tabelle!A1, '[Mappe.xlsx]Tabelle 1'!A1
    r"|'[^']*'#|\|"  # 'file:///mappe.ods'#$Tabelle.A1 and DDE
    r"|\b(?:DDE|WEBSERVICE|FILTERXML|RTD|CALL|REGISTER\.ID|SQL\.REQUEST|CUBE\w+|STOCKHISTORY|IMAGE|IMPORT\w+|GOOGLE\w+|DUMMYFUNCTION)\s*\("
)
_VOLATILE = r"(?i)\b(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|RAND\.NV|RANDBETWEEN\.NV|OFFSET|INDIRECT|INFO|CELL)\s*\("
NAME = r"[^\W\d][\w.]*"


class Formula(NamedTuple):
    """A formula as it stands in the cell `home` (None: here), from which its relative references count."""

    text: str
    home: int | None = None


@lru_cache(maxsize=4096)
def unsteady(formula: str) -> Flaw | None:
    """Return what is wrong with reading the result of a formula that may come to something else tomorrow, or elsewhere."""
    code = re.sub(TEXT, '""', formula)
    if re.search(_ELSEWHERE, code):
        return Flaw(
            "die Formel holt ihren Wert von außerhalb dieser Datei: ersetzen Sie sie durch den Wert, der gelten soll"
        )
    if volatile := re.search(_VOLATILE, code):
        name = volatile[0].rstrip("( \t").upper()
        return Flaw(
            f"die Formel mit {name} ergibt nicht immer dasselbe: ersetzen Sie sie durch den Wert, der gelten soll"
        )
    return None
