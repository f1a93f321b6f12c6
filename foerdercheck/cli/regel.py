"""`foerdercheck regel`: what a rule demands, where the law says so, how it is computed."""

from collections.abc import Mapping
from typing import Annotated

import typer

from foerdercheck.cli.output import write_page
from foerdercheck.model.scalars import shown, suggestion
from foerdercheck.programmes import neueste_fassung, programme_ids
from foerdercheck.programmes.fassung import Fassung, Regel

_Rules = Mapping[str, tuple[Fassung, Regel]]


def regel(
    kennung: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="eine Regel wie sh-ki/5.3-stunden oder eine Ziffer wie 5.4, auch ohne Programm; sonst alle",
        ),
    ] = None,
) -> None:
    """Listet die Regeln, oder erklärt eine: was sie verlangt, wo es steht, wie gerechnet wird.

    Beispiele:
      foerdercheck regel
      foerdercheck regel sh-ki/5.3-stunden
      foerdercheck regel 5.4
    """
    from foerdercheck.reports.law import rule_list, rules_report  # noqa: PLC0415 - no check needs it

    fassungen = [neueste_fassung(programm) for programm in programme_ids()]
    if kennung is None:
        write_page(rule_list(fassungen))
        return
    rules = {regel.id: (fassung, regel) for fassung in fassungen for regel in fassung.regeln}
    found = [rule for known, rule in rules.items() if known == kennung] or _meant(kennung, rules)
    if not found:
        names = [*rules, *dict.fromkeys(rule.name for _, rule in rules.values())]
        hint = suggestion(kennung, names) or "; foerdercheck regel listet alle"
        raise typer.BadParameter(f"die Regel {shown(kennung)} gibt es nicht{hint}", param_hint="ID")
    write_page(rules_report(found))


def _meant(kennung: str, rules: _Rules) -> list[tuple[Fassung, Regel]]:
    """Return the rules of a name or a Ziffer, of one programme or of all: `5.4`, `sh-ki/5.4`, `5.3-stunden`."""
    programm, stroke, name = kennung.rpartition("/")
    return [
        (fassung, rule)
        for fassung, rule in rules.values()
        if name in {rule.name, *rule.ziffer.split(", ")} and (not stroke or programm == fassung.programm)
    ]
