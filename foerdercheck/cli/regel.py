"""`foerdercheck regel`: what a rule demands, where the law says so, how it is computed."""

from typing import Annotated

import typer

from foerdercheck.cli.output import write_blocks
from foerdercheck.model.scalars import shown, suggestion
from foerdercheck.programmes import neueste_fassung, programme_ids


def regel(
    kennung: Annotated[
        str | None, typer.Argument(metavar="ID", help="eine Regel wie sh-ki/5.3-stunden; ohne Angabe alle")
    ] = None,
) -> None:
    """Listet die Regeln, oder erklärt eine: was sie verlangt, wo es steht, wie gerechnet wird.

    Beispiele:
      foerdercheck regel
      foerdercheck regel sh-ki/5.3-stunden
    """
    from foerdercheck.reports.law import rule_list, rule_report  # noqa: PLC0415 - no check needs it

    fassungen = [neueste_fassung(programm) for programm in programme_ids()]
    if kennung is None:
        write_blocks(rule_list(fassungen), None)
        return
    rules = {regel.id: (fassung, regel) for fassung in fassungen for regel in fassung.regeln}
    if kennung not in rules:
        hint = suggestion(kennung, list(rules)) or "; foerdercheck regel listet alle"
        raise typer.BadParameter(f"die Regel {shown(kennung)} gibt es nicht{hint}", param_hint="ID")
    write_blocks(rule_report(*rules[kennung]), None)
