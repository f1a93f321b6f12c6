"""What forms ask for: templates to fill in, and the de-minimis account of what was typed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from door.asked import ZU_GROSS, Answer, RefusedError, day_of, shown, too_large
from door.law import version_of
from foerdercheck.assessment.historie import HistoryAssessment, UnknownUndertakingError, check_frage
from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.scalars import ScalarError
from foerdercheck.reading.files import origin
from foerdercheck.reports.ausfuehrlich import NUR_DAS_KONTO
from foerdercheck.reports.dokument import Block
from foerdercheck.reports.html import html_of_blocks
from foerdercheck.reports.kontobericht import account_paper
from foerdercheck.reports.result_json import history_document

_FORMULAR = "Formular.yaml"
HOECHSTBETRAG = {
    "eingehalten": "Höchstbetrag eingehalten",
    "ueberschritten": "Höchstbetrag überschritten",
    "offen": "offen, es fehlen Angaben",
    "fehler": "nicht geprüft",
}


def template(asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return an empty budget or history to fill in."""
    from foerdercheck.writing.templates import budget_template, history_template  # noqa: PLC0415 - openpyxl is heavy

    suffix = ".yaml" if asked["format"] == "yaml" else ".xlsx"
    if asked["art"] == "historie":
        return Answer({}, ((f"historie{suffix}", history_template(suffix)),))
    fassung = version_of(asked)
    return Answer({}, ((f"budget-{fassung.programm}{suffix}", budget_template(fassung, suffix)),))


def account(asked: Mapping[str, Any], files: Mapping[str, bytes]) -> Answer:
    """Return the de-minimis account of a file, or of the rows of the form, with a planned award."""
    name, content = next(iter(files.items()), (_FORMULAR, _form(asked)))
    if too_large(name, content):
        raise RefusedError(ZU_GROSS)
    try:
        planned = parse_geld(asked["beihilfe"]) if asked.get("beihilfe") else None
    except ScalarError as error:
        raise RefusedError(f"Geplante Beihilfe: {error}") from None
    asked["tell"]("das Konto")
    try:
        found = read_account(name, content, asked, planned)
    except UnknownUndertakingError as error:
        raise RefusedError(str(error)) from None
    asked["tell"]("der Bericht wird geschrieben")
    blocks = list(account_paper(found, NUR_DAS_KONTO))
    data = {"ergebnis": found.ergebnis, "kurz": HOECHSTBETRAG[found.ergebnis], "bericht": shown(blocks, "konto-")}
    return Answer(data, account_files(found, blocks))


def read_account(
    name: str, content: bytes, asked: Mapping[str, Any], planned: Decimal | None = None
) -> HistoryAssessment:
    """Return the account of a history, kept with its file as a report on it wants it."""
    day = day_of(asked, "stichtag") or date.today()  # noqa: DTZ011 - a legal day has no time zone
    frage = Frage(asked.get("verordnung") or load_recht().unstated, day, planned)
    return check_frage(origin(content, name), frage, asked.get("unternehmen") or None, keep=True)


def account_files(found: HistoryAssessment, blocks: Sequence[Block]) -> tuple[tuple[str, bytes], ...]:
    """Return an account as files: the report to hand over, and what programs read."""
    return (
        ("konto.html", html_of_blocks(blocks, str(found.pruefkennung or "")).encode()),
        ("konto.json", "".join(history_document(found)).encode()),
    )


def _form(asked: Mapping[str, Any]) -> bytes:
    """Return the rows of the form as a history, each on the line of its number: messages then name the row."""
    awards, relations = (list(_rows(asked, part)) for part in ("beihilfen", "verbund"))
    return (f"{{beihilfen: [{_joined(awards)}],\nverbund: [{_joined(relations)}]}}\n").encode()


def _joined(rows: Iterable[Mapping[str, str]]) -> str:
    return ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def _rows(asked: Mapping[str, Any], part: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a part of the form in which anything is typed."""
    for row in asked.get(part, ()):
        if filled := {field: text for field, text in row.items() if text.strip()}:
            yield filled


def account_file(asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return the rows of the form as a workbook."""
    from foerdercheck.writing.conversion import converted  # noqa: PLC0415 - openpyxl is heavy

    return Answer({}, (("historie.xlsx", converted(origin(_form(asked), _FORMULAR), ".xlsx")),))
