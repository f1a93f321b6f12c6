"""`foerdercheck check BUDGET --kennung ZEICHEN`: does a report belong to this budget, and if not, what differs?"""

from collections.abc import Callable, Sequence

import typer

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.kennung import parse_kennung
from foerdercheck.cli.files import STDIN
from foerdercheck.cli.output import complain, write_text
from foerdercheck.model.deutsch import anzahl, aufzaehlung
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.scalars import shown


def compare_kennung(text: str, files: Sequence[str], check: Callable[[str], Assessment]) -> int:
    """Say whether a Prüfkennung is that of a budget, else which part differs; returns 0 if it is, else 2, whatever the verdict."""
    given = parse_kennung(text)
    if given is None:
        raise typer.BadParameter(f"{shown(text)} ist keine Prüfkennung: sie hat 16 Zeichen", param_hint="--kennung")
    if len(files) != 1 or files[0] == STDIN:
        raise typer.BadParameter("vergleicht eine einzelne Datei", param_hint="--kennung")
    found = check(files[0])
    name = f"„{shown_name(found.datei)}“"
    if found.pruefkennung is None:
        complain(f"{name}: {anzahl(len(found.fehler), 'Fehler', 'Fehler')}, eine Prüfkennung gibt es nicht")
        return 2
    if differing := given.unterschiede(found.pruefkennung):
        other = f"die dieses Budgets ist {found.pruefkennung}. Es unterscheiden sich: {aufzaehlung(differing)}"
        write_text(f"{name}: Die Prüfkennung {given} gehört nicht hierher, {other}.\n", None)
        return 2
    write_text(f"{name}: Die Prüfkennung {given} gehört zu diesem Budget.\n", None)
    return 0
