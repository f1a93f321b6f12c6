"""`--kennung ZEICHEN` of `check` and `deminimis`: does a report belong to this budget or account, and if not, what differs?"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.kennung import Pruefkennung, parse_kennung
from foerdercheck.cli.files import STDIN
from foerdercheck.cli.output import complain, write_text
from foerdercheck.model.deutsch import anzahl, aufzaehlung
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.scalars import shown

if TYPE_CHECKING:
    from foerdercheck.assessment.historie import HistoryAssessment


def read_kennung(text: str) -> Pruefkennung:
    """Read the value of an option that names a Prüfkennung."""
    given = parse_kennung(text)
    if given is None:
        raise typer.BadParameter(f"{shown(text)} ist keine Prüfkennung: sie hat 16 Zeichen", param_hint="--kennung")
    return given


def compare_kennung(text: str, files: Sequence[str], check: Callable[[str], Assessment]) -> int:
    """Say whether a Prüfkennung is that of a budget, else which part differs; returns 0 if it is, else 2, whatever the verdict."""
    given = read_kennung(text)
    if len(files) != 1 or files[0] == STDIN:
        raise typer.BadParameter("vergleicht eine einzelne Datei", param_hint="--kennung")
    found = check(files[0])
    return _told(given, found.pruefkennung, found.datei, len(found.fehler))


def compare_kontokennung(given: Pruefkennung, found: "HistoryAssessment") -> int:
    """Say whether a Prüfkennung is that of the accounts of a history; returns the same codes."""
    return _told(given, found.pruefkennung, found.datei, len(found.fehler), konto=True)


def _told(given: Pruefkennung, mine: Pruefkennung | None, datei: str, fehler: int, *, konto: bool = False) -> int:
    name = f"„{shown_name(datei)}“"
    if mine is None:
        complain(f"{name}: {anzahl(fehler, 'Fehler', 'Fehler')}, eine Prüfkennung gibt es nicht")
        return 2
    if differing := given.unterschiede(mine, konto=konto):
        other = f"die {'dieses Kontos' if konto else 'dieses Budgets'} ist {mine}. Es unterscheiden sich: {aufzaehlung(differing)}"
        write_text(f"{name}: Die Prüfkennung {given} gehört nicht hierher, {other}.\n", None)
        return 2
    write_text(f"{name}: Die Prüfkennung {given} gehört zu diesem {'Konto' if konto else 'Budget'}.\n", None)
    return 0
