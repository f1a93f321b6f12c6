"""Formulas are never computed: what they came to is read. Of some, that is another value on another day or machine."""

import re
from collections.abc import Collection
from functools import lru_cache

from foerdercheck.model.scalars import Flaw

_TEXT = re.compile(r'"(?:[^"]|"")*+"')
_ELSEWHERE = re.compile(
    r"\[[^\[\]]*\](?:[\w.]*!|[^'\[\]]*'!)"  # [1]Tabelle!A1, '[Mappe.xlsx]Tabelle 1'!A1
    r"|'[^']*'#|\|"  # 'file:///mappe.ods'#$Tabelle.A1 and DDE
    r"|\b(?:DDE|WEBSERVICE|FILTERXML|RTD|CALL|REGISTER\.ID|SQL\.REQUEST|CUBE\w+|STOCKHISTORY|IMAGE|IMPORT\w+|GOOGLE\w+|DUMMYFUNCTION)\s*\(",
    re.IGNORECASE,
)
_VOLATILE = re.compile(
    r"\b(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|RAND\.NV|RANDBETWEEN\.NV|OFFSET|INDIRECT|INFO|CELL)\s*\(", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d][\w.]*")


@lru_cache(maxsize=4096)
def unsteady(formula: str) -> Flaw | None:
    """Return what is wrong with reading the result of a formula that may come to something else tomorrow, or elsewhere."""
    code = _TEXT.sub('""', formula)
    if _ELSEWHERE.search(code):
        return Flaw(
            "die Formel holt ihren Wert von außerhalb dieser Datei: ersetzen Sie sie durch den Wert, der gelten soll"
        )
    if volatile := _VOLATILE.search(code):
        name = volatile[0].rstrip("( \t").upper()
        return Flaw(
            f"die Formel mit {name} ergibt nicht immer dasselbe: ersetzen Sie sie durch den Wert, der gelten soll"
        )
    return None


def mentions(formula: str, names: Collection[str]) -> bool:
    """Tell whether a formula uses one of these names (in lower case), which stand for such formulas themselves."""
    return any(word.casefold() in names for word in _NAME.findall(_TEXT.sub('""', formula)))
