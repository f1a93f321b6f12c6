"""How the accounts of a history are written: all of them in one piece, or, for a large file, from views of them."""

from collections.abc import Callable, Mapping
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from foerdercheck.assessment.historie import HistoryAssessment, check_frage
from foerdercheck.cli.output import write_blocks, write_text
from foerdercheck.deminimis.kontostand import Frage
from foerdercheck.many.parts import HistoryViews, View, views_in_parts
from foerdercheck.reading.files import origin
from foerdercheck.reports.history import DETAILED, history_report, overview_report, overview_row
from foerdercheck.reports.result_json import konto_line, render_history_json, render_history_lines

_Output = FilePath | None


class AccountFormat(NamedTuple):
    """A form of output: of a whole assessment, or of views of at least so many accounts."""

    whole: Callable[[HistoryAssessment, _Output], None]
    view: View[Any]
    views: Callable[[HistoryViews[Any], _Output], None]
    at_least: int


ACCOUNT_FORMATS: Mapping[str, AccountFormat] = {
    "tabelle": AccountFormat(
        whole=lambda assessment, output: write_blocks(history_report(assessment), output),
        view=overview_row,
        views=lambda views, output: write_blocks(overview_report(views), output),
        at_least=DETAILED + 1,
    ),
    "json": AccountFormat(
        whole=lambda assessment, output: write_text(render_history_json(assessment), output),
        view=konto_line,
        views=lambda views, output: write_text(render_history_lines(views), output),
        at_least=0,
    ),
}


def write_accounts(file: FilePath, frage: Frage, unternehmen: str | None, form: AccountFormat, output: _Output) -> int:
    """Write the answer to a question about a history; returns the exit code.

    Raises UnknownUndertakingError if `unternehmen` is not in the history, or is needed and missing.
    """
    everyone = unternehmen is None and frage.betrag is None
    views = views_in_parts(file, frage, form.view) if everyone else None
    if views is not None and len(views.konten) >= form.at_least:
        form.views(views, output)
        return views.exit_code
    assessment = check_frage(origin(file), frage, unternehmen)
    form.whole(assessment, output)
    return assessment.exit_code
