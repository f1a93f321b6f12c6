"""What if and the way out, as blocks: values a budget was checked with instead of its own, and what would make it pass."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.befund import Befund, Ergebnis
from foerdercheck.model.budget import Budget
from foerdercheck.model.deutsch import anzahl, datum, einige, euro, zahl
from foerdercheck.model.scalars import ScalarError
from foerdercheck.reading.aenderungen import angabe_at, path_text
from foerdercheck.reading.document import Aenderung
from foerdercheck.reports.dokument import Block, Eintrag, Liste
from foerdercheck.reports.entscheidend import short_place

if TYPE_CHECKING:
    from foerdercheck.ausweg.vorschlaege import Vorschlag

_URTEIL: Mapping[Ergebnis, str] = {
    "foerderfaehig": "förderfähig",
    "offen": "nichts mehr verletzt",
    "nicht_foerderfaehig": "nicht förderfähig",
    "fehler": "nicht prüfbar",
}


def what_if(changes: Sequence[Aenderung], titel: str = "Geprüft mit anderen Werten") -> Iterator[Block]:
    """Yield what the budget was checked with instead of what its file says; nothing where that is the same."""
    if changes:
        entries = [Eintrag("~", "warnung", "", _instead(change), str(change.ort), change.ort) for change in changes]
        yield Liste(f"{titel} ({len(changes)})", entries)


def _instead(change: Aenderung) -> str:
    before, after = (text or "nicht angegeben" for text in (change.alt, change.neu))
    return f"{path_text(change.pfad)}: {before} → {after}"


def way_out(assessment: Assessment) -> Iterator[Block]:
    """Yield what would make the budget pass, or give more; computed here, and nowhere else."""
    from foerdercheck.ausweg.vorschlaege import vorschlaege  # noqa: PLC0415 - only where proposals are shown

    found = vorschlaege(assessment)
    entries = [
        Eintrag(str(number), "gut", "", proposal(one, assessment), "", one.aenderungen[0].ort)
        for number, one in enumerate(found.vorschlaege, 1)
    ]
    if (most := found.meiste) is not None:
        entries.append(
            Eintrag("+", "gut", "", f"Das Meiste: {proposal(most, assessment)}", "", most.aenderungen[0].ort)
        )
    if entries:
        passes = assessment.ergebnis == "foerderfaehig"
        if not found.vollstaendig:
            text = (
                f"Die Suche endete nach {anzahl(found.geprueft, 'Prüfung', 'Prüfungen')}; es kann weitere Wege geben."
            )
            entries.append(Eintrag("i", "leise", "", text))
        yield Liste("Was noch möglich ist" if passes else "Damit es passt", entries)


def proposal(vorschlag: "Vorschlag", assessment: Assessment) -> str:
    """Return a proposal as one sentence: what to change, where, and where it leads."""
    budget = assessment.budget
    changes = "; ".join(_change(change, budget) for change in vorschlag.aenderungen if budget is not None)
    leads = f"{_URTEIL[vorschlag.ergebnis]}, Zuwendung {euro(vorschlag.zuwendung)}"
    if not any(change.pfad[-1] == "eigenmittel" for change in vorschlag.aenderungen):  # else they are told already
        leads += f", Eigenmittel {euro(vorschlag.eigenmittel)}"
    return f"{changes}. Dann: {leads}{_to_bring(vorschlag.mitzubringen, assessment.befunde)}."


def _to_bring(still: Sequence[Befund], before: Sequence[Befund]) -> str:
    """Say what stays open; what was open before stands in the report already."""
    if not still:
        return ""
    known = {(befund.regel, befund.beteiligter) for befund in before if befund.status == "offen"}
    new = [befund.text.rstrip(".") for befund in still if (befund.regel, befund.beteiligter) not in known]
    same = len(still) - len(new)
    parts = [f"was unter Offen steht ({same})"] if same else []
    return f"; mitzubringen bleibt {einige([*parts, *new])}"


def _change(change: Aenderung, budget: Budget) -> str:
    """`Haus Süd: Eigenmittel 97.645,00 € statt 76.122,50 € (Zeile 48)`."""
    who, what = _subject(change, budget)
    angabe = angabe_at(change.pfad)
    label = angabe.ueberschrift if angabe else path_text(change.pfad)
    year = f" {change.pfad[-1]}" if change.pfad[-2] == "stunden" else ""
    if angabe is not None and angabe.feld in {"netto", "brutto"}:
        return f"{who}{what}weglassen ({_shown(change, change.alt)}, {short_place(change.ort)})"
    instead = f"statt {_shown(change, change.alt)}" if change.alt else "angeben"
    return f"{who}{what}{label}{year} {_shown(change, change.neu)} {instead} ({short_place(change.ort)})"


def _subject(change: Aenderung, budget: Budget) -> tuple[str, str]:
    """Return whom and which line a change concerns; whom is only said where there are several."""
    bodies = dict(budget.beteiligte())
    body = bodies.get(change.pfad[:1]) or bodies.get(change.pfad[:2])
    who = f"{body.name}: " if body is not None and budget.partner else ""
    index = change.pfad[change.pfad.index("kosten") + 1] if "kosten" in change.pfad else None
    return who, f"„{body.kosten[index].bezeichnung}“ " if body is not None and isinstance(index, int) else ""


def _shown(change: Aenderung, text: str) -> str:
    """Return a value as reports show it; as it stands in the file where it cannot be read."""
    angabe = angabe_at(change.pfad)
    try:
        value = angabe.parse(text) if angabe is not None else text
    except ScalarError:
        return text
    if isinstance(value, date):
        return datum(value)
    if isinstance(value, Decimal):
        return euro(value) if angabe is not None and angabe.wertart == "geld" else zahl(value)
    return str(value)
