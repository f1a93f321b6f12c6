"""The report on one budget, as blocks: who, cost, overhead, financing, orders, aid, findings, deadlines, verdict."""

from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.assessment.budget import Assessment
from foerdercheck.calculation import zeilen
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.vergabe import GepruefterAuftrag, Vergabe
from foerdercheck.model.befund import Befund, Status
from foerdercheck.model.deutsch import anzahl, datum, euro, in_ziffer, prozent, satzanfang
from foerdercheck.model.figure import Figure
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.laender import land_name
from foerdercheck.model.location import Location, SourceMap
from foerdercheck.programmes.parameter import DEMINIMIS_VERORDNUNG
from foerdercheck.programmes.vokabular import METHODEN
from foerdercheck.reports.deminimis import bar, verdict_words
from foerdercheck.reports.dokument import (
    FUSS,
    Angaben,
    Ast,
    Block,
    Eintrag,
    Liste,
    Spalte,
    Tabelle,
    Ton,
    Ueberschrift,
    Urteil,
    Zelle,
    geld,
)
from foerdercheck.reports.fehler import unreadable
from foerdercheck.reports.summary import ERGEBNIS, verdict_cell
from foerdercheck.rules.gemeinkosten import why_not
from foerdercheck.rules.vergabe import answer, offers

_GRUPPEN: tuple[tuple[Status, str, str, Ton], ...] = (
    ("verletzt", "Verletzt", "✗", "schlecht"),
    ("offen", "Offen", "?", "warnung"),
    ("gekuerzt", "Gekürzt", "−", "warnung"),
    ("hinweis", "Hinweise", "i", "normal"),
    ("erfuellt", "Erfüllt", "✓", "gut"),
)
_ANLASS: dict[type[zeilen.Kuerzung], str] = {
    zeilen.FremdeKostenart: "Kostenart",
    zeilen.SpaeterVertrag: "Zeitraum",
    zeilen.FremdeJahre: "Zeitraum",
    zeilen.FremdeMonate: "Zeitraum",
    zeilen.UeberHoechststunden: "Höchststunden",
    zeilen.UeberVollzeit: "Stellenanteil",
    zeilen.UeberHoechstausgaben: "Höchstausgaben",
}
_STICHTAG = {"angabe": "angegeben", "bewilligung": "Bewilligung", "heute": "heute, da keine Bewilligung angegeben ist"}
_STATUS: dict[str, Zelle] = {
    "erfuellt": Zelle("erfüllt", "gut"),
    "verletzt": Zelle("verletzt", "schlecht"),
    "offen": Zelle("offen", "warnung"),
    "entfaellt": Zelle("nicht nötig", "leise"),
}


def report(assessment: Assessment, *, herleitung: bool = False) -> Iterator[Block]:
    """Yield the blocks of the report on one file; the verdict comes last."""
    if assessment.fehler:
        yield from unreadable(assessment.datei, assessment.fehler)
        return
    yield from _head(assessment)
    for rechnung in assessment.rechnungen:
        yield from _participant(assessment, rechnung)
    if assessment.vergabe is not None and assessment.vergabe.auftraege:
        yield _orders(assessment.vergabe)
    if herleitung and assessment.source is not None:
        yield from _derivations(assessment, assessment.source)
    yield from _findings(assessment)
    if assessment.fristen:
        yield _deadlines(assessment)
    yield _verdict(assessment)


def _head(assessment: Assessment) -> Iterator[Block]:
    budget, fassung = assessment.budget, assessment.fassung
    yield Ueberschrift((budget and budget.vorhaben.titel) or shown_name(assessment.datei))
    paare = [("Datei", Zelle(shown_name(assessment.datei)))]
    if fassung is not None:
        paare.append(("Programm", Zelle(f"{fassung.titel} ({fassung.programm})")))
        paare.append(
            (
                "Fassung",
                Zelle(f"vom {datum(fassung.bekanntmachung)}, gilt {fassung.gilt}"),
            )
        )
    if assessment.stichtag is not None:
        paare.append(("Stichtag", Zelle(f"{datum(assessment.stichtag)} ({_STICHTAG[assessment.stichtag_herkunft]})")))
    if budget is not None:
        paare.append(("Zeitraum", Zelle(f"{datum(budget.vorhaben.beginn)} bis {datum(budget.vorhaben.ende)}")))
    yield Angaben(paare)


def _participant(assessment: Assessment, r: Rechnung) -> Iterator[Block]:
    body = r.beteiligter
    parts = [body.art, body.rechtsform, f"Sitz {land_name(body.sitz)}" if body.sitz else None]
    yield Ueberschrift(f"{body.name} – {', '.join(part for part in parts if part)}", 2)
    yield _costs(r)
    if r.gemeinkosten.varianten:
        yield _overhead(r)
    yield _financing(r)
    konto = assessment.konto(r)
    if konto is not None:
        yield from bar(konto)


def _costs(r: Rechnung) -> Tabelle:
    spalten = [
        Spalte("Kostenart"),
        Spalte("Bezeichnung"),
        Spalte("angesetzt", zahl=True),
        Spalte("gekürzt", zahl=True),
        Spalte("zuwendungsfähig", zahl=True),
    ]
    rows = [_cost_row(zeile) for zeile in r.zeilen]
    claimed, eligible = r.direkte_ausgaben.betrag, r.direkte_zuwendungsfaehige_ausgaben.betrag
    cut = Zelle(_cut(claimed - eligible), "stark", eligible - claimed or None)
    totals = [Zelle(""), Zelle("Summe", "stark"), geld(claimed, "stark"), cut, geld(eligible, "stark")]
    return Tabelle(spalten, [*rows, totals], "Kosten", 1)


def _cost_row(zeile: zeilen.Zeile) -> list[Zelle]:
    claimed, eligible = zeile.angesetzt.betrag, zeile.zuwendungsfaehig.betrag
    reason = ", ".join(_ANLASS[type(cut)] for cut in zeile.kuerzungen)
    name = zeile.position.bezeichnung + (f" ({reason})" if reason else "")
    return [
        Zelle(zeile.position.kostenart),
        Zelle(name),
        geld(claimed),
        Zelle(_cut(claimed - eligible), "warnung", eligible - claimed or None),
        geld(eligible),
    ]


def _cut(betrag: Decimal) -> str:
    return f"−{euro(betrag)}" if betrag else "–"


def _overhead(r: Rechnung) -> Tabelle:
    rows = []
    for variante in r.gemeinkosten.varianten:
        chosen = variante.methode == r.gemeinkosten.methode
        mark = Zelle("► gewählt" if chosen else "", "gut")
        note = (
            Zelle("zulässig", "normal")
            if variante.hindernis is None
            else Zelle(f"nicht zulässig: {why_not(variante.hindernis)}", "warnung")
        )
        satz = prozent(variante.satz)
        rows.append(
            [
                mark,
                Zelle(f"{variante.methode} – {METHODEN[variante.methode]}"),
                Zelle(satz),
                geld(variante.betrag.betrag),
                note,
            ]
        )
    spalten = [Spalte(""), Spalte("Methode"), Spalte("Satz", zahl=True), Spalte("Betrag", zahl=True), Spalte("")]
    return Tabelle(spalten, rows, "Gemeinkosten")


def _financing(r: Rechnung) -> Tabelle:
    satz = prozent(r.foerdersatz.wert) if r.foerdersatz else "kein Satz"
    rows = [
        [Zelle("Gesamtausgaben"), Zelle("direkte Ausgaben + Gemeinkosten"), geld(r.gesamtausgaben.betrag)],
        [Zelle("zuwendungsfähig"), Zelle(""), geld(r.zuwendungsfaehige_ausgaben.betrag)],
        [Zelle("höchste Zuwendung"), Zelle(f"{satz} davon{_capped(r)}"), geld(r.hoechste_zuwendung.betrag)],
        [Zelle("Zuwendung", "stark"), Zelle(_applied(r)), geld(r.zuwendung.betrag, "stark")],
        [
            Zelle("Eigenmittel"),
            Zelle(""),
            geld(r.eigenmittel.betrag) if r.eigenmittel else Zelle("fehlt", "warnung"),
        ],
        *_other_sources(r),
    ]
    gap = r.finanzierungsluecke.betrag if r.finanzierungsluecke else None
    closing = Zelle("Lücke" if gap is None or gap >= 0 else "Überschuss", "stark")
    shown = Zelle("unbekannt", "warnung") if gap is None else geld(abs(gap), "gut" if abs(gap) < 1 else "schlecht")
    rows.append([closing, Zelle("Gesamtausgaben − alle Mittel"), shown])
    return Tabelle([Spalte("Finanzierung"), Spalte(""), Spalte("Betrag", zahl=True)], rows, "", 1)


def _capped(r: Rechnung) -> str:
    return ", auf den Höchstbetrag begrenzt" if r.hoechste_zuwendung.betrag < r.zuwendung_nach_satz.betrag else ""


def _applied(r: Rechnung) -> str:
    finanzierung = r.beteiligter.finanzierung
    if finanzierung is None or finanzierung.beantragt is None:
        return "Höchstbetrag, da kein Antragsbetrag angegeben ist"
    return f"beantragt {euro(finanzierung.beantragt)}"


def _other_sources(r: Rechnung) -> Iterator[list[Zelle]]:
    for source in r.beteiligter.finanzierung.weitere if r.beteiligter.finanzierung else ():
        kind = "öffentlich" if source.oeffentlich else "privat"
        state = Zelle(f"{kind}, zugesagt") if source.zugesagt else Zelle(f"{kind}, nicht zugesagt", "warnung")
        yield [Zelle(source.geber), state, geld(source.betrag)]


def _orders(vergabe: Vergabe) -> Tabelle:
    spalten = [
        Spalte("Auftrag"),
        Spalte("Wert netto", zahl=True),
        Spalte(f"{offers(vergabe)} ab", zahl=True),
        Spalte("Angebote", zahl=True),
        Spalte("Urteil"),
    ]
    return Tabelle(spalten, [_order_row(geprueft) for geprueft in vergabe.auftraege], "Aufträge")


def _order_row(geprueft: GepruefterAuftrag) -> list[Zelle]:
    order = geprueft.auftrag
    return [
        Zelle(f"{order.nr}: {order.bezeichnung}" if order.nr else order.bezeichnung),
        geld(order.wert_netto),
        Zelle(euro(geprueft.schwelle) if geprueft.schwelle is not None else "–"),
        Zelle("–" if order.angebote is None else str(order.angebote)),
        _STATUS[geprueft.status],
    ]


def _findings(assessment: Assessment) -> Iterator[Block]:
    if assessment.fehlend:
        text = "Keine Regel kann geprüft werden, solange die unten genannten Angaben fehlen."
        count = sum(befund.status == "offen" for befund in assessment.befunde)
        yield Liste(f"Offen ({count})", [Eintrag("?", "warnung", "", text)])
        hints = [befund for befund in assessment.befunde if befund.status == "hinweis"]
        if hints:
            yield Liste(f"Hinweise ({len(hints)})", [_entry(befund, "i", "normal", several=False) for befund in hints])
        return
    several = len(assessment.rechnungen) > 1
    taken = [befund for befund in assessment.befunde if befund.angenommen is not None]
    if taken:
        entries = [_entry(befund, "!", "warnung", several=several) for befund in taken]
        yield Liste(f"Angenommene Ausnahmen ({len(taken)})", entries)
    for status, titel, zeichen, ton in _GRUPPEN:
        found = [befund for befund in assessment.befunde if befund.status == status and befund.angenommen is None]
        if found:
            yield Liste(f"{titel} ({len(found)})", [_entry(befund, zeichen, ton, several=several) for befund in found])
    dropped = dict.fromkeys(
        befund.regel.partition("/")[2] for befund in assessment.befunde if befund.status == "entfaellt"
    )
    if dropped:
        yield Liste(f"Entfällt ({len(dropped)})", [Eintrag("·", "leise", "", ", ".join(dropped))])


def _entry(befund: Befund, zeichen: str, ton: Ton, *, several: bool) -> Eintrag:
    who = f"{befund.beteiligter}: " if several and befund.beteiligter else ""
    return Eintrag(zeichen, ton, befund.ziffer, who + befund.text, short_place(befund.ort), befund.ort)


def short_place(ort: Location | None) -> str:
    """The line or cell of a finding; the column only matters where something cannot be read."""
    if ort is None:
        return ""
    return str(ort) if ort.zeile is None or ort.datei else f"Zeile {ort.zeile}"


def _deadlines(assessment: Assessment) -> Tabelle:
    rows = [
        [Zelle(datum(termin.datum) if termin.datum else "laufend"), Zelle(termin.pflicht), Zelle(termin.ziffer)]
        for termin in assessment.fristen
    ]
    return Tabelle([Spalte("Frist"), Spalte("Pflicht"), Spalte("Ziffer")], rows, "Fristen")


def _derivations(assessment: Assessment, source: SourceMap) -> Iterator[Block]:
    for r in assessment.rechnungen:
        yield Ueberschrift(f"Herleitung – {r.name}", 2)
        for figure in r.figures:
            yield _tree(figure, source)


def _tree(figure: Figure, source: SourceMap) -> Ast:
    ort = source.locate(figure.pfad) if figure.pfad else None
    notes = [figure.formel, in_ziffer(figure.ziffer or ""), str(ort) if ort else ""]
    text = f"{figure.name} {euro(figure.betrag)}"
    return Ast(text, " · ".join(note for note in notes if note), [_tree(part, source) for part in figure.aus], ort)


def _verdict(assessment: Assessment) -> Urteil:
    verdict = verdict_cell(assessment)
    return Urteil(verdict.text, verdict.ton, list(answers(assessment)), FUSS)


def answers(assessment: Assessment) -> Iterator[tuple[str, Zelle]]:
    """Yield the three questions people come with, and their answers."""
    if assessment.defekte:
        yield "Programmfehler", Zelle("; ".join(assessment.defekte), "schlecht")
    if assessment.fehlend:
        yield "Es fehlt", Zelle("; ".join(f"{fehler.text} ({fehler.ort})" for fehler in assessment.fehlend), "warnung")
        return
    yield "Förderfähig?", _eligible(assessment)
    if assessment.vergabe is not None:
        ton: Ton = "gut" if assessment.vergabe.erforderlich is False else "warnung"
        yield f"{satzanfang(offers(assessment.vergabe))}?", Zelle(answer(assessment.vergabe), ton)
    yield "De-minimis?", _aid(assessment)


def _eligible(assessment: Assessment) -> Zelle:
    _, ton = ERGEBNIS[assessment.ergebnis]
    _, base, grant = assessment.summen
    count = {status: sum(befund.status == status for befund in assessment.befunde) for status in ("verletzt", "offen")}
    if assessment.ergebnis == "nicht_foerderfaehig":
        return Zelle(f"nein, {anzahl(count['verletzt'], 'Regel', 'Regeln')} verletzt", ton)
    if assessment.ergebnis == "offen":
        return Zelle(
            f"offen, {anzahl(count['offen'], 'Punkt', 'Punkte')} zu klären; rechnerisch {euro(grant)} Zuwendung", ton
        )
    if not grant:
        return Zelle("keine Regel ist verletzt, aber die Zuwendung beträgt 0,00 €", "warnung")
    taken = assessment.angenommene
    but = f"; mit {anzahl(taken, 'angenommenen Ausnahme', 'angenommenen Ausnahmen')}" if taken else ""
    return Zelle(
        f"ja, {euro(grant)} Zuwendung auf {euro(base)} zuwendungsfähige Ausgaben{but}", "warnung" if taken else ton
    )


def _aid(assessment: Assessment) -> Zelle:
    konten = [konto for konto in (assessment.konten or {}).values() if konto is not None]
    undertakings = [r for r in assessment.rechnungen if r.beteiligter.ist_unternehmen]
    if not undertakings:
        return Zelle("entfällt, kein Unternehmen im Sinne des Beihilferechts", "gut")
    if assessment.fassung is not None and assessment.fassung.find(DEMINIMIS_VERORDNUNG) is None:
        return Zelle("offen, die Grundlage der Beihilfe ist hier nicht bekannt", "warnung")
    if len(konten) < len(undertakings):
        return Zelle("offen, Angaben zu früheren Beihilfen fehlen", "warnung")
    return verdict_words(konten)
