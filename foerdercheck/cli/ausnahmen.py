"""Which exceptions decide: those of the budgets, none, or only those of the authority's own file."""

from collections.abc import Iterable
from pathlib import Path as FilePath

import typer

from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste, read_ausnahmen
from foerdercheck.cli.options import refused_file
from foerdercheck.cli.output import complain
from foerdercheck.model.deutsch import einige
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.files import YAML_SUFFIXES

_OPTION = "--ausnahmen"


def deciding_exceptions(
    file: FilePath | None, budgets: Iterable[str], fassung: Fassung | None, *, ohne: bool
) -> Ausnahmeliste | None:
    """Return the exceptions that decide in place of those in the budgets of a call; None where those do.

    A file that cannot be read, or that names a budget of which the call has several, ends the call as an input error.
    """
    if file is None:
        return Ausnahmeliste() if ohne else None
    name = shown_name(file)
    if file.suffix.casefold() not in YAML_SUFFIXES:
        raise typer.BadParameter(f"{name} ist keine Datei mit Ausnahmen (.yaml)", param_hint=_OPTION)
    try:
        liste = read_ausnahmen(file, fassung)
    except InputError as error:
        raise refused_file(file, error) from None
    _match(liste, name, budgets)
    return liste


def _match(liste: Ausnahmeliste, datei: str, budgets: Iterable[str]) -> None:
    """Refuse a name that stands for several budgets; tell which names stand for none."""
    found: dict[str, list[str]] = {"/".join(e.budget): [] for entries in liste.je_datei.values() for e in entries}
    for budget in budgets:
        for stated in {"/".join(entry.budget) for entry in liste.named(budget)}:
            found[stated].append(budget)
    for stated, named in found.items():
        if len(named) > 1:
            text = f"{datei}: {stated} steht für {einige(map(shown_name, named))}: schreiben Sie den Ordner dazu"
            raise typer.BadParameter(text, param_hint=_OPTION)
    if unused := [stated for stated, named in found.items() if not named]:
        complain(f"{datei} nennt Budgets, die hier nicht geprüft werden: {einige(unused)}")
