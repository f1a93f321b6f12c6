"""The result as JSON, as `schema/results.py` has it: amounts as strings with two decimals, rates as fractions, dates in ISO form."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.fehler import Fehler
from foerdercheck.assessment.historie import Bemerkung, HistoryAssessment
from foerdercheck.calculation.gemeinkosten import Gemeinkosten
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.vergabe import Vergabe
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.many.budgets import Checked
from foerdercheck.model.befund import Befund, Ergebnis, worst_of
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import SourceMap
from foerdercheck.reports.account_json import account_json
from foerdercheck.reports.ausfuehrlich import NUR_DAS_KONTO, Ausfuehrlich, is_detailed
from foerdercheck.reports.deminimis import NICHT_GEPRUEFT
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.encoding import encoded
from foerdercheck.reports.json_values import aenderung_json, day, derivation, money, place
from foerdercheck.rules.gemeinkosten import why_not
from foerdercheck.schema import account_results, result_values, results
from foerdercheck.version import VERSION

FORMAT: Final = 1


def budget_line(assessment: Assessment, *, herleitung: bool = False, vorschlaege: bool = False) -> bytes:
    """Return one file as JSON in UTF-8, without line breaks; `herleitung` adds derivations, `vorschlaege` proposals.

    Bytes, because text with dashes and quotation marks takes twice the memory, and many wait for the last.
    """
    return encoded(budget_json(assessment, herleitung=herleitung, vorschlaege=vorschlaege))


def budget_document(checked: Iterable[Checked[bytes]], ergebnis: Ergebnis | None = None) -> Iterator[str]:
    """Yield the pieces of one JSON object for all files of a call, each encoded before by `budget_line`.

    `ergebnis` is the verdict over all; by default the worst of theirs.
    """
    done = list(checked)  # the verdict over all comes first
    head = _head(ergebnis or worst_of(found.ergebnis for found in done))
    lists: dict[str, Iterable[bytes]] = {
        "uebergreifend": map(encoded, _together(done)),
        "budgets": (found.ansicht for found in done),
    }
    yield from _pieces(head, lists)


def _together(done: Iterable[Checked[bytes]]) -> Iterator[results.UebergreifendJson]:
    dateien: dict[str, list[str]] = {}
    for found in done:
        for text in found.uebergreifend:
            dateien.setdefault(text, []).append(shown_name(found.datei))
    for text, names in dateien.items():
        yield {"text": text, "dateien": names}


def history_document(assessment: HistoryAssessment, mehr: Ausfuehrlich = NUR_DAS_KONTO) -> Iterator[str]:
    """Yield the pieces of one JSON object for the accounts of a history, with what `mehr` asks for."""
    detailed = is_detailed(assessment.konten, mehr)
    lists: dict[str, Iterable[bytes]] = {
        "nicht_geprueft": map(encoded, NICHT_GEPRUEFT),
        "unternehmen": (
            encoded(account_json(konto, assessment.source, mehr, detailed=detailed)) for konto in assessment.konten
        ),
    }
    lists["hinweise"] = map(encoded, map(_bemerkung, assessment.every_remark()))
    if assessment.fehler:
        lists["fehler"] = map(encoded, map(_fehler, assessment.fehler))
    kennung = None if assessment.pruefkennung is None else str(assessment.pruefkennung)
    head = {"stichtag": day(assessment.stichtag), "pruefkennung": kennung}
    return _pieces(_head(assessment.ergebnis) | head, lists)


def _bemerkung(said: Bemerkung) -> results.HinweisJson:
    return {"status": said.status, "text": said.text, "ort": place(said.ort), "unternehmen": list(said.unternehmen)}


def _head(ergebnis: str) -> dict[str, Any]:
    return {"foerdercheck": VERSION, "format": FORMAT, "ergebnis": ergebnis, "hinweis": FUSS}


def _pieces(head: Mapping[str, Any], lists: Mapping[str, Iterable[bytes]]) -> Iterator[str]:
    """Yield one JSON object, one line for each (encoded) entry of its lists: readable, and fast for many thousands."""
    between = "{\n"
    for name, value in head.items():
        yield f'{between}  "{name}": {encoded(value).decode()}'
        between = ",\n"
    for name, entries in lists.items():
        yield f'{between}  "{name}": ['
        mark = "\n"
        for entry in entries:
            yield f"{mark}    {entry.decode()}"
            mark = ",\n"
        yield "]" if mark == "\n" else "\n  ]"
    yield "\n}\n"


def budget_json(assessment: Assessment, *, herleitung: bool, vorschlaege: bool = False) -> results.BudgetJson:
    """Return one file as plain data; an unreadable one has its errors and nothing else."""
    datei, fassung, stichtag = shown_name(assessment.datei), assessment.fassung, assessment.stichtag
    if fassung is None or stichtag is None:
        return {"datei": datei, "ergebnis": "fehler", "fehler": [_fehler(fehler) for fehler in assessment.fehler]}
    entry: results.GeprueftesBudget = {
        "datei": datei,
        "fehler": [{"text": text, "ort": None} for text in assessment.defekte],
        "programm": {"id": fassung.programm, "titel": fassung.titel, "fassung": day(fassung.bekanntmachung)},
        "stichtag": day(stichtag),
        "pruefkennung": str(assessment.pruefkennung),
        "ergebnis": assessment.ergebnis,
        "beteiligte": [_beteiligter(assessment, r, herleitung=herleitung) for r in assessment.rechnungen],
        "summe": _summe(assessment),
        "vergabe": assessment.vergabe and _vergabe(assessment.vergabe),
        "befunde": [_befund(befund) for befund in assessment.befunde],
        "fristen": [{"datum": day(t.datum), "pflicht": t.pflicht, "ziffer": t.ziffer} for t in assessment.fristen],
    }
    if assessment.aenderungen:
        entry["aenderungen"] = list(map(aenderung_json, assessment.aenderungen))
    if vorschlaege:
        from foerdercheck.reports.ausweg_json import vorschlaege_json  # noqa: PLC0415 - only where they are wanted

        entry["vorschlaege"] = vorschlaege_json(assessment)
    return entry


def _summe(assessment: Assessment) -> results.SummeJson:
    gesamt, base, grant = map(money, assessment.summen) if assessment.rechnungen else (None,) * 3
    return {"gesamtausgaben": gesamt, "zuwendungsfaehige_ausgaben": base, "zuwendung": grant}


def _fehler(fehler: Fehler) -> result_values.FehlerJson:
    return {"text": fehler.text, "ort": place(fehler.ort)}


def _fraction(anteil: Decimal) -> str:
    return format(anteil.normalize(), "f")


def _beteiligter(assessment: Assessment, r: Rechnung, *, herleitung: bool) -> results.BeteiligterJson:
    konto, source = assessment.konto(r), assessment.source
    entry: results.BeteiligterJson = {
        "name": r.name,
        "art": r.beteiligter.art,
        "kosten": [
            {
                "kostenart": zeile.position.kostenart,
                "bezeichnung": zeile.position.bezeichnung,
                "angesetzt": money(zeile.angesetzt.betrag),
                "zuwendungsfaehig": money(zeile.zuwendungsfaehig.betrag),
                "ort": place(source.locate(zeile.pfad)) if source else None,
            }
            for zeile in r.zeilen
        ],
        "gemeinkosten": _gemeinkosten(r.gemeinkosten),
        "gesamtausgaben": money(r.gesamtausgaben.betrag),
        "zuwendungsfaehige_ausgaben": money(r.zuwendungsfaehige_ausgaben.betrag),
        "foerdersatz": _fraction(r.foerdersatz.wert) if r.foerdersatz else None,
        "hoechste_zuwendung": money(r.hoechste_zuwendung.betrag),
        "zuwendung": money(r.zuwendung.betrag),
        "eigenmittel": money(r.eigenmittel.betrag) if r.eigenmittel else None,
        "weitere_mittel": money(r.weitere_mittel.betrag),
        "finanzierungsluecke": money(r.finanzierungsluecke.betrag) if r.finanzierungsluecke else None,
        "deminimis": _deminimis(konto, source, herleitung=herleitung) if konto else None,
    }
    if herleitung and source:
        entry["herleitung"] = [derivation(figure, source) for figure in r.figures]
    return entry


def _deminimis(konto: Kontostand, source: SourceMap | None, *, herleitung: bool) -> account_results.KontoJson:
    entry = account_json(konto, source, Ausfuehrlich(herleitung=herleitung))
    entry["nicht_geprueft"] = list(NICHT_GEPRUEFT)
    return entry


def _gemeinkosten(overhead: Gemeinkosten) -> results.GemeinkostenJson:
    return {
        "methode": overhead.methode,
        "betrag": money(overhead.betrag.betrag),
        "varianten": [
            {
                "methode": v.methode,
                "betrag": money(v.betrag.betrag),
                "zulaessig": v.zulaessig,
                "grund": why_not(v.hindernis),
            }
            for v in overhead.varianten
        ],
    }


def _vergabe(vergabe: Vergabe) -> results.VergabeJson:
    return {
        "drei_angebote_erforderlich": vergabe.erforderlich,
        "zuwendungen_gesamt": money(vergabe.zuwendungen.betrag),
        "auftraege": [
            {
                "nr": geprueft.auftrag.nr,
                "bezeichnung": geprueft.auftrag.bezeichnung,
                "leistung": geprueft.auftrag.leistung,
                "wert_netto": money(geprueft.auftrag.wert_netto),
                "schwelle": money(geprueft.schwelle),
                "drei_angebote_erforderlich": geprueft.pflichtig,
                "angebote": geprueft.auftrag.angebote,
                "status": geprueft.status,
            }
            for geprueft in vergabe.auftraege
        ],
    }


def _befund(befund: Befund) -> results.BefundJson:
    """Return a finding; only an accepted one says what it was, and who accepted it."""
    entry: results.BefundJson = {
        "regel": befund.regel,
        "ziffer": befund.ziffer,
        "status": befund.status,
        "beteiligter": befund.beteiligter,
        "text": befund.text,
        "betrag": money(befund.betrag),
        "ort": place(befund.ort),
        "beleg": befund.beleg,
    }
    if (taken := befund.angenommen) is not None:
        entry["angenommen"] = {
            "status": taken.status, "grund": taken.grund, "wer": taken.wer, "bis": day(taken.bis), "text": taken.text
        }  # fmt: skip
    return entry
