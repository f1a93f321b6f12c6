"""The result as JSON, as `schema/results.py` has it: amounts as strings with two decimals, rates as fractions, dates in ISO form."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, overload

from foerdercheck.assessment.budget import Assessment, Fehler
from foerdercheck.assessment.historie import Bemerkung, HistoryAssessment
from foerdercheck.calculation.gemeinkosten import Gemeinkosten
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.vergabe import Vergabe
from foerdercheck.deminimis.frage import Geplant
from foerdercheck.deminimis.kontostand import GezaehlteBeihilfe, Kontostand
from foerdercheck.many.budgets import Checked
from foerdercheck.model.befund import Befund, Ergebnis, worst_of
from foerdercheck.model.figure import Figure
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import Location, SourceMap
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.encoding import encoded
from foerdercheck.rules.gemeinkosten import why_not
from foerdercheck.schema import result_values, results
from foerdercheck.version import VERSION

FORMAT: Final = 1
_NOWHERE = Location()


def budget_line(assessment: Assessment, *, herleitung: bool = False) -> bytes:
    """Return one file as JSON in UTF-8, without line breaks; `herleitung` adds the derivation of every figure.

    Bytes, because text with dashes and quotation marks takes twice the memory, and many wait for the last.
    """
    return encoded(budget_json(assessment, herleitung=herleitung))


def budget_document(checked: Iterable[Checked[bytes]], ergebnis: Ergebnis | None = None) -> Iterator[str]:
    """Yield the pieces of one JSON object for all files of a call, each encoded before by `budget_line`.

    `ergebnis` is the verdict over all; by default the worst of theirs.
    """
    done = list(checked)  # the verdict over all comes first
    head = _head(ergebnis or worst_of(found.ergebnis for found in done))
    yield from _pieces(head, {"budgets": (found.ansicht for found in done)})


def history_document(assessment: HistoryAssessment) -> Iterator[str]:
    """Yield the pieces of one JSON object for the accounts of a history."""
    lists: dict[str, Iterable[bytes]] = {
        "unternehmen": (encoded(_konto(konto, assessment.source)) for konto in assessment.konten)
    }
    lists["hinweise"] = map(encoded, map(_bemerkung, assessment.every_remark()))
    if assessment.fehler:
        lists["fehler"] = map(encoded, map(_fehler, assessment.fehler))
    return _pieces(_head(assessment.ergebnis) | {"stichtag": day(assessment.stichtag)}, lists)


def _bemerkung(said: Bemerkung) -> results.HinweisJson:
    return {"status": said.status, "text": said.text, "ort": _place(said.ort), "unternehmen": list(said.unternehmen)}


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


def budget_json(assessment: Assessment, *, herleitung: bool) -> results.BudgetJson:
    """Return one file as plain data; an unreadable one has its errors and nothing else."""
    datei, fassung, stichtag = shown_name(assessment.datei), assessment.fassung, assessment.stichtag
    if fassung is None or stichtag is None:
        return {"datei": datei, "ergebnis": "fehler", "fehler": [_fehler(fehler) for fehler in assessment.fehler]}
    return {
        "datei": datei,
        "fehler": [{"text": text, "ort": None} for text in assessment.defekte],
        "programm": {"id": fassung.programm, "titel": fassung.titel, "fassung": day(fassung.bekanntmachung)},
        "stichtag": day(stichtag),
        "ergebnis": assessment.ergebnis,
        "beteiligte": [_beteiligter(assessment, r, herleitung=herleitung) for r in assessment.rechnungen],
        "summe": _summe(assessment),
        "vergabe": assessment.vergabe and _vergabe(assessment.vergabe),
        "befunde": [_befund(befund) for befund in assessment.befunde],
        "fristen": [{"datum": day(t.datum), "pflicht": t.pflicht, "ziffer": t.ziffer} for t in assessment.fristen],
    }


def _summe(assessment: Assessment) -> results.SummeJson:
    gesamt, base, grant = map(money, assessment.summen) if assessment.rechnungen else (None,) * 3
    return {"gesamtausgaben": gesamt, "zuwendungsfaehige_ausgaben": base, "zuwendung": grant}


def _fehler(fehler: Fehler) -> result_values.FehlerJson:
    return {"text": fehler.text, "ort": _place(fehler.ort)}


def _place(ort: Location | None) -> result_values.OrtJson | None:
    """Return line and column, or sheet and cell (None where the whole sheet is meant), and the file if it is another one."""
    if ort is None or ort == _NOWHERE:
        return None
    file: result_values.AndereDatei = {} if ort.datei is None else {"datei": shown_name(ort.datei)}
    if ort.blatt is None:
        return {**file, "zeile": ort.zeile, "spalte": ort.spalte}
    return {**file, "blatt": ort.blatt, "zelle": ort.zelle}


@overload
def money(betrag: Decimal) -> str: ...
@overload
def money(betrag: Decimal | None) -> str | None: ...
def money(betrag: Decimal | None) -> str | None:
    """Return an amount with exactly two decimals."""
    if betrag is None:
        return None
    text = str(betrag)  # a third of the time of a format, and nearly always in whole cents already
    return text if text[-3:-2] == "." else f"{betrag:.2f}"


@overload
def day(tag: date) -> str: ...
@overload
def day(tag: date | None) -> str | None: ...
def day(tag: date | None) -> str | None:
    """Return a date in ISO form."""
    return tag.isoformat() if tag else None


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
                "ort": _place(source.locate(zeile.pfad)) if source else None,
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
        "deminimis": _konto(konto, source) if konto else None,
    }
    if herleitung and source:
        entry["herleitung"] = [_derivation(figure, source) for figure in r.figures]
    return entry


def _derivation(figure: Figure, source: SourceMap) -> results.BetragsherleitungJson:
    return {
        "name": figure.name,
        "betrag": money(figure.betrag),
        "formel": figure.formel or None,
        "ziffer": figure.ziffer,
        "ort": _place(source.locate(figure.pfad)) if figure.pfad else None,
        "aus": [_derivation(part, source) for part in figure.aus],
    }


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
        "ort": _place(befund.ort),
        "beleg": befund.beleg,
    }
    if (taken := befund.angenommen) is not None:
        entry["angenommen"] = {
            "status": taken.status, "grund": taken.grund, "wer": taken.wer, "bis": day(taken.bis), "text": taken.text
        }  # fmt: skip
    return entry


def _konto(konto: Kontostand, source: SourceMap | None) -> results.KontoJson:
    return {
        "unternehmen": list(konto.unternehmen),
        "mitgliedstaat": konto.mitgliedstaat,
        "verordnung": konto.verordnung,
        "fenster": {"von": day(konto.fenster[0]), "bis": day(konto.fenster[1])},
        "hoechstbetrag": money(konto.hoechstbetrag),
        "im_fenster": money(konto.im_fenster),
        "beantragt": money(konto.beantragt),
        "neue_beihilfe": money(konto.neue_beihilfe),
        "frei": money(konto.frei),
        "geplant": [_geplant(each) for each in konto.geplant],
        "ergebnis": konto.ergebnis,
        "frueheste_gewaehrung": day(konto.frueheste_gewaehrung),
        "beihilfen": [_beihilfe(beihilfe, source) for beihilfe in konto.counted()],
    }


def _geplant(geplant: Geplant) -> results.GeplantJson:
    planung = geplant.planung
    return {
        "datum": day(planung.tag),
        "betrag": money(planung.betrag),
        "verordnung": planung.verordnung,
        "ergebnis": geplant.ergebnis,
        "frei": money(geplant.frei),
    }


def _beihilfe(beihilfe: GezaehlteBeihilfe, source: SourceMap | None) -> results.BeihilfeJson:
    return {
        "gewaehrt_am": day(beihilfe.gewaehrt_am),
        "unternehmen": beihilfe.unternehmen,
        "verordnung": beihilfe.verordnung,
        "subventionswert": money(beihilfe.subventionswert),
        "im_fenster": beihilfe.im_fenster,
        "ergebnis_bei_gewaehrung": beihilfe.ergebnis_bei_gewaehrung,
        "ort": _place(source.locate(beihilfe.pfad)) if source else None,
    }
