"""`foerdercheck check BUDGET --alle`: where would this budget be eligible, and what would it get?"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path as FilePath

import typer

from foerdercheck.alle import Vergleich, assess_under_all
from foerdercheck.batch import kept
from foerdercheck.cli.ausgabe import complain, write_blocks, write_text
from foerdercheck.model.befund import EXIT_ORDER
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.files import read_file


def compare(
    budgets: Sequence[str], form: str, stichtag: date | None, eigene: Fassung | None, output: FilePath | None
) -> int:
    """Check one budget under every programme; returns 0 if one of them would pay, 3 if that is open, else 1."""
    if len(budgets) != 1 or FilePath(budgets[0]).is_dir() or budgets[0] == "-":
        raise typer.BadParameter("vergleicht eine einzelne Datei", param_hint="--alle")
    file = FilePath(budgets[0])
    try:
        document = read_file(file)
    except InputError as error:
        complain("\n".join(f"{shown_name(file)}: {problem.text}" for problem in error.problems))
        return 2
    vergleiche = list(assess_under_all(document, file.parent, stichtag=stichtag, eigene=eigene))
    _write(shown_name(file), vergleiche, form, output)
    codes = {vergleich.assessment.exit_code for vergleich in vergleiche if vergleich.assessment}
    return 4 if 4 in codes else min(codes, key=EXIT_ORDER.index, default=2)


def _write(name: str, vergleiche: Sequence[Vergleich], form: str, output: FilePath | None) -> None:
    if form == "json":
        from foerdercheck.reports.result_json import budget_document, budget_line  # noqa: PLC0415 - only this format

        checked = (kept(v.assessment, budget_line) for v in vergleiche if v.assessment)
        write_text("".join(budget_document(checked)), output)
        return
    from foerdercheck.reports.alle import comparison  # noqa: PLC0415 - no other check needs it

    write_blocks(comparison(name, vergleiche), output)
