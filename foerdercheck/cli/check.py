"""`foerdercheck check`: budgets in, verdicts out."""

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foerdercheck.assessment.budget import Assessment, check_origin
from foerdercheck.cli import options
from foerdercheck.cli.answers import Answers, nothing_in
from foerdercheck.cli.ausgaben import MAPPE, Ausgabe
from foerdercheck.cli.ausnahmen import deciding_exceptions
from foerdercheck.cli.ausweg import MitVorschlaegen, Nummer, OhneVorschlaege, Setze, read_setze
from foerdercheck.cli.files import STDIN, each_once, meant_files
from foerdercheck.cli.formats import ALLE_FORMATE, Umfang
from foerdercheck.cli.option_pairs import refuse_pairs
from foerdercheck.cli.output import complain
from foerdercheck.cli.zuordnung import SpaltenDatei, read_spalten
from foerdercheck.many.budgets import Source
from foerdercheck.model.befund import EXIT_CODES, EXIT_ORDER
from foerdercheck.model.filenames import shown_name
from foerdercheck.reading.files import Folder, Origin, origin

if TYPE_CHECKING:
    from foerdercheck.model.zuordnung import Zuordnungsdatei

_FEHLER_BEI = ("verletzt", "offen")


def check_command(
    budgets: Annotated[
        list[str], typer.Argument(metavar="BUDGET…", help="Dateien, Ordner oder - für YAML von der Standardeingabe")
    ],
    stichtag: options.Bewilligungstag = None,
    form: Annotated[str | None, options.format_option(ALLE_FORMATE)] = None,
    output: Annotated[
        list[str] | None,
        options.output_option(
            "schreibt in diese Datei statt auf den Bildschirm (-), nach ORDNER/ je Budget einen Bericht"
        ),
    ] = None,
    herleitung: Annotated[
        bool, typer.Option("--herleitung", help="zeigt zu jedem Betrag Formel, Ziffer und Fundstelle")
    ] = False,
    programm: options.Programmdatei = None,
    ausnahmen: Annotated[
        FilePath | None,
        typer.Option(
            metavar="DATEI",
            readable=False,
            help="nur die Ausnahmen dieser Datei (.yaml) entscheiden, keine der Budgets",
        ),
    ] = None,
    ohne_ausnahmen: Annotated[
        bool, typer.Option("--ohne-ausnahmen", help="keine Ausnahme entscheidet; die der Budgets werden gezeigt")
    ] = False,
    spalten: SpaltenDatei = None,
    setze: Setze = None,
    vorschlaege: MitVorschlaegen = False,
    ohne_vorschlaege: OhneVorschlaege = False,
    vorschlag: Nummer = None,
    alle: Annotated[
        bool, typer.Option("--alle", help="vergleicht alle Programme: wo wären die Budgets förderfähig, mit wie viel?")
    ] = False,
    ausfuehrlich: Annotated[
        bool,
        typer.Option("--ausfuehrlich", help="nennt auch, was erfüllt ist oder entfällt; von jeder Datei den Bericht"),
    ] = False,
    kennung: Annotated[
        str | None,
        typer.Option(metavar="ZEICHEN", help="sagt nur, ob ein Bericht mit dieser Prüfkennung zu diesem Budget gehört"),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="nur das Urteil, eine Zeile je Datei")] = False,
    fehler_bei: Annotated[
        str,
        typer.Option(
            metavar="STATUS",
            help="was mit einem Fehler endet: verletzt, oder auch, was offen ist (offen)",
            show_default=False,
            autocompletion=options.offering(_FEHLER_BEI),
        ),
    ] = "offen",
    jobs: Annotated[
        str | None, typer.Option(metavar="ZAHL", help="wie viele Prozesse zugleich prüfen; ohne Angabe einer je Kern")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADRESSE", help="prüft auf einem Dask-Cluster, z. B. tcp://rechner:8786")
    ] = None,
) -> None:
    """Prüft Budgets: förderfähig? wie viele Angebote? De-minimis?

    Beispiele:
      foerdercheck check budget.yaml
      foerdercheck check budget.yaml --herleitung --stichtag 2026-03-20
      foerdercheck check budget.yaml --alle
      foerdercheck check kostenplan.xlsx --spalten zuordnung.yaml
      foerdercheck check budget.yaml --setze antragsteller.finanzierung.beantragt=90000
      foerdercheck check budgets/ --output uebersicht.xlsx --output ergebnis.json

    Rückgabewert: 0 förderfähig, 1 nicht förderfähig, 2 Eingabefehler, 3 offen, 4 Programmfehler.
    """
    ziele = options.read_ausgaben(form, output, ALLE_FORMATE)
    tolerated = options.read_wort(fehler_bei, _FEHLER_BEI, "--fehler-bei") == "verletzt"
    given = {
        "--alle": alle, "--quiet": quiet, "--herleitung": herleitung, "--ausfuehrlich": ausfuehrlich, "--jobs": jobs,
        "--scheduler": scheduler, "--ausnahmen": ausnahmen, "--ohne-ausnahmen": ohne_ausnahmen, "--kennung": kennung,
        "--output": output, "--setze": setze, "--spalten": spalten,
        "--vorschlaege": vorschlaege, "--ohne-vorschlaege": ohne_vorschlaege, "--vorschlag": vorschlag,
    }  # fmt: skip
    if not all(budgets):
        raise typer.BadParameter("ein leerer Name ist keine Datei", param_hint="BUDGET")
    changes = read_setze(setze)
    day = options.read_datum(stichtag, "--stichtag") if stichtag is not None else None
    meant = meant_files(budgets, [file for file in (ausnahmen, spalten) if file is not None])
    files = each_once(chain.from_iterable(meant.values()))
    several = len(files) > 1
    wanted = vorschlaege or not (several or ohne_vorschlaege)
    umfang = Umfang(herleitung, ausfuehrlich, quiet, several=several, vorschlaege=wanted, gesetzt=bool(changes))
    for ziel in ziele if vorschlag is None else ():
        options.result_file(ziel, [name for name, _ in files], programm)
    refuse_pairs([ziel.form for ziel in ziele], given, several=several)
    fassung, zuordnung = options.eigenes_programm(programm), read_spalten(spalten, [name for name, _ in files])
    liste = deciding_exceptions(ausnahmen, [name for name, _ in files], fassung, ohne=ohne_ausnahmen)
    if alle:
        from foerdercheck.cli.alle import compare  # noqa: PLC0415 - a check of its own kind

        raise typer.Exit(
            _ended(
                compare(files, ziele, stichtag=day, eigene=fassung, ausnahmen=liste, zuordnung=zuordnung),
                tolerated=tolerated,
            )
        )
    today = date.today()  # noqa: DTZ011 - a legal day
    check_one = partial(
        _check, zuordnung=zuordnung, stichtag=day, heute=today, fassung=fassung, ausnahmen=liste, setze=changes
    )
    if kennung is not None:
        from foerdercheck.cli.kennung import compare_kennung  # noqa: PLC0415 - a question of its own

        raise typer.Exit(compare_kennung(kennung, [name for name, _ in files], check_one))
    if vorschlag is not None:
        from foerdercheck.cli.vorschlag import write_proposal  # noqa: PLC0415 - a door of its own

        raise typer.Exit(_ended(write_proposal(budgets, vorschlag, ziele, check_one), tolerated=tolerated))
    mappen = [ziel for ziel in ziele if ziel.form == MAPPE and ziel.datei is not None and not umfang.several]
    codes: set[int] = set()
    if others := [ziel for ziel in ziele if ziel not in mappen]:
        if files:  # else each of them is an answer of its own
            _tell_empty(name for name, found in meant.items() if not found)
        run = Answers(files, others, umfang, check_one, options.anzahl_prozesse(jobs, "--jobs"))
        with closing(run.checked(scheduler)) as checked:
            run.write(checked, nothing_in(budgets, run.task.view))
        codes |= run.codes
    how = {"alone": not others, "stichtag": day, "fassung": fassung, "ausnahmen": liste}
    codes |= {_with_results(budgets[0], mappe, umfang, **how) for mappe in mappen}
    raise typer.Exit(_ended(max(codes, key=EXIT_ORDER.index), tolerated=tolerated))


def _with_results(budget: str, mappe: Ausgabe, umfang: Umfang, **how: Any) -> int:  # noqa: ANN401 - as write_results
    from foerdercheck.cli.ergebnis import write_results  # noqa: PLC0415 - openpyxl is heavy

    return write_results(budget, mappe, umfang, **how)


def _ended(code: int, *, tolerated: bool) -> int:
    """Return what the program ends with; that something is open is no failure where it is `tolerated`."""
    return 0 if tolerated and code == EXIT_CODES["offen"] else code


def _check(source: Source, *, zuordnung: "Zuordnungsdatei | None", **how: Any) -> Assessment:  # noqa: ANN401 - as check_origin
    """Check a file, a foreign table by its mapping; what comes over stdin may refer to histories in the folder of the call."""
    where = Origin(STDIN, source, Folder(FilePath())) if isinstance(source, bytes) else origin(source)
    return check_origin(where._replace(zuordnung=zuordnung), **how)


def _tell_empty(folders: Iterable[str]) -> None:
    """Say of folders beside budgets that there is none in them: the answers to the others would hide it."""
    for name in dict.fromkeys(shown_name(FilePath(folder)) for folder in folders):
        complain(f"{name}: in diesem Ordner liegt kein Budget")
