"""Options that several commands have; values of options, read with the same parsers and messages as the input files."""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Annotated, Any, TypeVar

import typer

from foerdercheck.cli.ausgaben import ENDUNGEN, MAPPE, ORDNER, UNBEKANNT, Ausgabe, ausgaben
from foerdercheck.cli.files import exists, same_file
from foerdercheck.cli.output import complain, ensure_writable
from foerdercheck.many.budgets import MOST_JOBS
from foerdercheck.model.amounts import parse_anzahl, parse_geld, parse_prozent, parse_stunden
from foerdercheck.model.beihilfe import KEINE_VERORDNUNG
from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.felder import parse_mitgliedstaat
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.model.scalars import ScalarError, one_of, parse_datum
from foerdercheck.model.words import numbered
from foerdercheck.programmes import fassung_am, programme_ids, read_version, verordnungen, versions
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.files import HISTORY_SUFFIXES, OLD_SUFFIXES, YAML_SUFFIXES, ensure_readable

_T = TypeVar("_T")
_WRITTEN = (".xlsx", ".yaml", ".yml")
_READ = HISTORY_SUFFIXES | OLD_SUFFIXES


def offering(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return what tells a completing shell which of `words` begin with what was typed."""

    def offered(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return offered


def format_option(formate: Sequence[str]) -> Any:  # noqa: ANN401 - a declaration of Typer
    """Return the option --format of a command that knows these forms, and .xlsx."""
    told = f"{aufzaehlung(formate, 'oder')}; sonst sagt es die Endung der Ausgabe, auch .xlsx"
    return typer.Option("--format", metavar="FORMAT", help=told, autocompletion=offering(formate))


def output_option(told: str = "schreibt in diese Datei statt auf den Bildschirm (-)") -> Any:  # noqa: ANN401
    """Return the option --output of a command that has several outputs."""
    return typer.Option("--output", "-o", metavar="DATEI", help=f"{told}; mehrfach")


Bewilligungstag = Annotated[
    str | None,
    typer.Option(
        "--stichtag",
        metavar="DATUM",
        help="angenommener Tag der Bewilligung; sonst bewilligung aus der Datei, sonst heute",
    ),
]
Programmdatei = Annotated[
    FilePath | None,
    typer.Option(
        "--programm", metavar="DATEI", readable=False, help="ein eigenes Programm, siehe docs/eigenes-programm.md"
    ),
]
Ersetzen = Annotated[bool, typer.Option("--ueberschreiben", help="auch wenn es die Datei schon gibt")]


def _read(parse: Callable[[object], _T], value: str, option: str) -> _T:
    try:
        return parse(value)
    except ScalarError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def read_datum(value: str, option: str) -> date:
    """Read the value of an option that is a day."""
    return _read(parse_datum, value, option)


def read_betrag(value: str, option: str) -> Decimal:
    """Read the value of an option that is an amount in EUR."""
    return _read(parse_geld, value, option)


def read_prozent(value: str, option: str) -> Decimal:
    """Read the value of an option that is a percentage, as a fraction."""
    return _read(parse_prozent, value, option)


def read_wort(value: str, words: tuple[str, ...], option: str) -> str:
    """Read the value of an option that is one of `words`."""
    return _read(one_of(words, "hier"), value, option)


def read_ausgaben(form: str | None, outputs: Sequence[str] | None, formate: tuple[str, ...]) -> list[Ausgabe]:
    """Return the outputs of a call: what it says with --format, one of `formate`, and with --output."""
    return ausgaben(None if form is None else read_wort(form, formate, "--format"), outputs or ())


def refuse_other_forms(ziele: Iterable[Ausgabe], formate: Sequence[str], was: str) -> None:
    """Refuse what neither one of `formate` nor .xlsx can show; `was` names the answer."""
    for form, file in ziele:
        if form not in {*formate, MAPPE}:
            forms = aufzaehlung((*formate, MAPPE), "oder")
            text = f"{shown_name(file or '')}: {was} gibt es als {forms}, nicht als {form}"
            raise typer.BadParameter(text, param_hint="--output")


def read_verordnung(value: str, option: str) -> str:
    """Read the value of an option that is a de-minimis regulation."""
    return _read(numbered(verordnungen(), KEINE_VERORDNUNG), value, option)


def written_suffix(file: FilePath) -> str:
    """Return the suffix of a file to be written as YAML or as a spreadsheet."""
    suffix = file.suffix.casefold()
    if suffix not in _WRITTEN:
        raise typer.BadParameter(f"{shown_name(file)}: geschrieben wird {' oder '.join(_WRITTEN)}", param_hint="ZIEL")
    return suffix


def new_file(file: FilePath, option: str, *, ueberschreiben: bool) -> FilePath:
    """Return a file that may be written: one that does not exist yet, or may be replaced."""
    if exists(file) and not ueberschreiben:
        text = f"{shown_name(file)} gibt es schon; --ueberschreiben ersetzt die Datei"
        raise typer.BadParameter(text, param_hint=option)
    return file


def result_file(ausgabe: Ausgabe, inputs: Iterable[str], programm: FilePath | None = None) -> None:
    """Refuse to write in place of what may be read, and a file of which nothing says what it shall hold.

    A budget names its history, and a history may be that of another budget: a file of such a format stays. A workbook
    may be replaced by one with results. Raises OutputError where nothing can be written, before anything is checked.
    """
    output = ausgabe.datei
    if output is None:
        return
    if exists(output) and any(same_file(output, name) for name in inputs):
        text = f"{shown_name(output)} ist die geprüfte Datei; sie bliebe nicht erhalten"
        raise typer.BadParameter(text, param_hint="--output")
    if programm is not None and same_file(output, programm):
        text = f"{shown_name(output)} ist die Programmdatei; sie bliebe nicht erhalten"
        raise typer.BadParameter(text, param_hint="--output")
    kept = _READ - {".xlsx"} if ausgabe.form == MAPPE else _READ
    goal = FilePath(os.path.realpath(output))
    if exists(output) and not kept.isdisjoint({output.suffix.casefold(), goal.suffix.casefold()}):
        text = f"{shown_name(output)} gibt es schon; ein Ergebnis ersetzt kein Budget, keine Historie und kein Programm"
        raise typer.BadParameter(f"{text} ({', '.join(sorted(kept))})", param_hint="--output")
    if ausgabe.form == UNBEKANNT:
        endings = ", ".join(sorted(ENDUNGEN))
        text = f"{shown_name(output)}: in welcher Form? Die Endung sagt es ({endings}; ein Ordner: NAME/) oder --format"
        raise typer.BadParameter(text, param_hint="--output")
    if ausgabe.form != ORDNER:
        ensure_writable(output)


def eigenes_programm(file: FilePath | None) -> Fassung | None:
    """Read a programme of the user's own; raises ProgrammeError with line and column of every defect in it.

    A file that cannot be opened ends the call as an input error.
    """
    if file is None:
        return None
    if file.suffix.casefold() not in YAML_SUFFIXES:
        hint = " (die eingebauten Programme nennt das Budget selbst)" if str(file) in programme_ids() else ""
        raise typer.BadParameter(f"{shown_name(file)} ist keine Programmdatei (.yaml){hint}", param_hint="--programm")
    try:
        ensure_readable(file)
    except InputError as error:
        complain(error.problems[0].text)
        raise typer.Exit(2) from None
    return read_version(file)


def refused_file(file: FilePath, error: InputError) -> typer.Exit:
    """Tell everything that is wrong with a file of the user's own, and return what ends the call as an input error."""
    for problem in error.problems:
        ort = problem.ort
        complain(f"{ort._replace(datei=str(file))}: {problem.text}" if ort else problem.text)
    return typer.Exit(2)


def bekannte_fassungen(programm: str, option: str) -> tuple[FilePath, ...]:
    """Return the files of a built-in programme's versions, oldest first."""
    return _found(lambda: versions(programm), option)


def read_fassung(programm: str, tag: str, option: str) -> Fassung:
    """Read the value of an option that is a day, and return the version of a built-in programme in force on it."""
    bekannte_fassungen(programm, option)
    day = read_datum(tag, option)
    return _found(lambda: fassung_am(programm, day), option)


def _found(ask: Callable[[], _T], option: str) -> _T:
    try:
        return ask()
    except InputError as error:
        raise typer.BadParameter(error.problems[0].text, param_hint=option) from None


def read_jahre(value: str, option: str) -> Decimal:
    """Read the value of an option that is a number of years, parts of them too."""
    return _read(parse_stunden, value, option)


def read_mitgliedstaat(value: str, option: str) -> str:
    """Read the value of an option that is a Member State of the EU."""
    return _read(parse_mitgliedstaat, value, option)


def read_laufzeit(value: str, option: str) -> int:
    """Read the value of an option that is a term of 1 to 50 years."""
    years = _read(parse_anzahl, value, option)
    if not 1 <= years <= 50:
        raise typer.BadParameter("eine Laufzeit zwischen 1 und 50 Jahren wird erwartet", param_hint=option)
    return years


def read_nummer(value: str, option: str) -> int:
    """Read the value of an option that is a whole number."""
    return _read(parse_anzahl, value, option)


def anzahl_prozesse(value: str | None, option: str) -> int | None:
    """Read how many processes may work at a time; None where nothing is said."""
    if value is None:
        return None
    count = _read(parse_anzahl, value, option)
    if not 1 <= count <= MOST_JOBS:
        raise typer.BadParameter(f"eine Zahl zwischen 1 und {MOST_JOBS} wird erwartet", param_hint=option)
    return count
