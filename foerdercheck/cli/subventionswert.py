"""`foerdercheck subventionswert`: what a soft loan or aid in instalments is worth on the day of its grant."""

from typing import Annotated

import typer

from foerdercheck.cli.options import read_betrag, read_laufzeit, read_prozent
from foerdercheck.cli.output import write_blocks


def subventionswert_command(
    darlehen: Annotated[
        str | None, typer.Option(metavar="BETRAG", help="Darlehen, in gleichen Jahresraten ab dem ersten Jahr getilgt")
    ] = None,
    jahre: Annotated[str | None, typer.Option(metavar="ANZAHL", help="Laufzeit des Darlehens")] = None,
    vertragszins: Annotated[str | None, typer.Option(metavar="PROZENT", help="Zins des Darlehens, z. B. 6 %")] = None,
    referenzzins: Annotated[
        str | None, typer.Option(metavar="PROZENT", help="Referenzzins der EU am Tag der Gewährung")
    ] = None,
    rate: Annotated[
        list[str] | None,
        typer.Option(metavar="BETRAG", help="Zahlung eines Zuschusses: sofort, nach 1, 2 … Jahren; mehrfach"),
    ] = None,
    diskontsatz: Annotated[
        str,
        typer.Option(
            metavar="PROZENT", help="Abzinsungssatz am Tag der Gewährung (Basissatz + 1 %)", show_default=False
        ),
    ] = "",
) -> None:
    """Berechnet das Bruttosubventionsäquivalent eines Darlehens oder eines Zuschusses in Raten.

    Die Sätze nennt die Europäische Kommission je Tag der Gewährung; sie werden hier eingegeben, nicht geraten.

    Beispiele:
      foerdercheck subventionswert --darlehen 500.000,00 --jahre 10 --vertragszins "6 %" --referenzzins "8 %" --diskontsatz "8 %"
      foerdercheck subventionswert --rate 40.000,00 --rate 40.000,00 --rate 40.000,00 --diskontsatz "3,19 %"
    """
    from foerdercheck.reports.barwert import instalments_report, loan_report  # noqa: PLC0415 - no other command needs it

    discount = read_prozent(diskontsatz, "--diskontsatz")
    if rate:
        write_blocks(instalments_report([read_betrag(value, "--rate") for value in rate], discount), None)
        return
    if darlehen is None or jahre is None or vertragszins is None or referenzzins is None:
        raise typer.BadParameter(
            "geben Sie entweder --rate oder --darlehen mit --jahre, --vertragszins und --referenzzins an",
            param_hint="Angaben",
        )
    write_blocks(
        loan_report(
            read_betrag(darlehen, "--darlehen"),
            read_laufzeit(jahre, "--jahre"),
            read_prozent(vertragszins, "--vertragszins"),
            read_prozent(referenzzins, "--referenzzins"),
            discount,
        ),
        None,
    )
