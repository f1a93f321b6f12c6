"""`foerdercheck umwandeln`: a budget or a history from YAML to a spreadsheet and back."""

from pathlib import Path as FilePath
from typing import Annotated

import typer

from foerdercheck.assessment.fehler import fehler_of
from foerdercheck.cli.files import exists, same_file
from foerdercheck.cli.options import Ersetzen, new_file, written_suffix
from foerdercheck.cli.output import complain, write_blocks, write_bytes
from foerdercheck.cli.zuordnung import SpaltenDatei, read_spalten
from foerdercheck.model.location import InputError
from foerdercheck.reading.files import origin
from foerdercheck.reports.fehler import faulty, unreadable


def umwandeln(
    quelle: Annotated[
        str, typer.Argument(metavar="QUELLE", help="Budget oder Historie: .yaml .yml .xlsx .xlsm .ods .csv")
    ],
    ziel: Annotated[
        FilePath, typer.Argument(metavar="ZIEL", readable=False, help="Datei, die entsteht: .yaml oder .xlsx")
    ],
    spalten: SpaltenDatei = None,
    ueberschreiben: Ersetzen = False,
) -> None:
    """Schreibt ein Budget oder eine Historie in ein anderes Format, ohne dass eine Angabe verloren geht.

    Beispiele:
      foerdercheck umwandeln budget.xlsx budget.yaml
      foerdercheck umwandeln historie.csv historie.xlsx
      foerdercheck umwandeln auszug.csv historie.xlsx --spalten zuordnung.yaml

    Was sich nicht sicher lesen lässt, wird nicht umgewandelt, sondern mit seiner Fundstelle genannt. Kommentare,
    Formeln und eigene Blätter gehen nicht mit. Nennt ein Budget eine Datei (deminimis), entsteht ZIEL im selben Ordner.

    Rückgabewert: 0 geschrieben, 2 Eingabefehler.
    """
    from foerdercheck.writing.conversion import converted  # noqa: PLC0415 - openpyxl is heavy, and only wanted here

    suffix = written_suffix(ziel)
    kept = [FilePath(quelle), *([spalten] if spalten else [])]
    new_file(ziel, "ZIEL", ueberschreiben=ueberschreiben and not any(same_file(ziel, name) for name in kept))
    source = origin(quelle)._replace(zuordnung=read_spalten(spalten))
    try:
        elsewhere = exists(ziel.parent) and not same_file(ziel.parent, FilePath(quelle).parent)
        content = converted(source, suffix, elsewhere=elsewhere)
    except InputError as error:
        write_blocks(unreadable(str(quelle), tuple(fehler_of(error.problems, error.source)), nicht="umgewandelt"), None)
        complain(faulty(quelle, len(error.problems), "umgewandelt"), told=True)
        raise typer.Exit(2) from None
    write_bytes(content, ziel)
