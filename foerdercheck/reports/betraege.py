"""The money of a budget as tables: cost, overhead, financing and account of each Beteiligter, and the orders of the project."""

from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.calculation import zeilen
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.vergabe import GepruefterAuftrag, Vergabe
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.model.deutsch import euro, prozent
from foerdercheck.model.laender import land_name
from foerdercheck.programmes.parameter import METHODEN
from foerdercheck.reports.deminimis import bar
from foerdercheck.reports.dokument import (
    Block,
    Spalte,
    Tabelle,
    Ton,
    Ueberschrift,
    Zelle,
    geld,
)
from foerdercheck.rules.gemeinkosten import why_not
from foerdercheck.rules.vergabe import offers

_ANLASS: dict[type[zeilen.Kuerzung], str] = {
    zeilen.FremdeKostenart: "Kostenart",
    zeilen.SpaeterVertrag: "Zeitraum",
    zeilen.UnmoeglicheStunden: "Zeitraum",
    zeilen.FremdeJahre: "Zeitraum",
    zeilen.FremdeMonate: "Zeitraum",
    zeilen.UeberHoechststunden: "Höchststunden",
    zeilen.UeberVollzeit: "Stellenanteil",
    zeilen.UeberHoechstausgaben: "Höchstausgaben",
}
_STATUS: dict[str, Zelle] = {
    "erfuellt": Zelle("erfüllt", "gut"),
    "verletzt": Zelle("verletzt", "schlecht"),
    "offen": Zelle("offen", "warnung"),
    "entfaellt": Zelle("nicht nötig", "leise"),
}


def participant(r: Rechnung, konto: Kontostand | None, *, without: bool = False) -> Iterator[Block]:
    """Yield who a Beteiligter is, and the tables of its money; `without` any there are none."""
    body = r.beteiligter
    parts = [body.art, body.rechtsform, f"Sitz {land_name(body.sitz)}" if body.sitz else None]
    parts.append("ohne Kosten und ohne Zuwendung" if without else None)
    yield Ueberschrift(f"{body.name} – {', '.join(part for part in parts if part)}", 2)
    if without:
        return
    yield _costs(r)
    if r.gemeinkosten.varianten:
        yield _overhead(r)
    yield _financing(r)
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
    shown = Zelle("unbekannt", "warnung") if gap is None else geld(abs(gap), _gap_tone(gap))
    rows.append([closing, Zelle("Gesamtausgaben − alle Mittel"), shown])
    return Tabelle([Spalte("Finanzierung"), Spalte(""), Spalte("Betrag", zahl=True)], rows, "", 1)


def _capped(r: Rechnung) -> str:
    return ", auf den Höchstbetrag begrenzt" if r.hoechste_zuwendung.betrag < r.zuwendung_nach_satz.betrag else ""


def _gap_tone(gap: Decimal) -> Ton:
    """A gap endangers the project, a surplus is merely more than is needed."""
    return "gut" if abs(gap) < 1 else "schlecht" if gap > 0 else "warnung"


def _applied(r: Rechnung) -> str:
    left = "was weitere Mittel übrig lassen" if r.von_anderen_gedeckt else ""
    if r.beantragt is None:
        return f"{left or 'Höchstbetrag'}, da kein Antragsbetrag angegeben ist"
    return f"beantragt {euro(r.beantragt)}" + (f", gerechnet wird, {left}" if left else "")


def _other_sources(r: Rechnung) -> Iterator[list[Zelle]]:
    for source in r.weitere_geber:
        kind = {True: "öffentlich", False: "privat", None: "öffentlich oder privat nicht angegeben"}[
            source.ist_oeffentlich
        ]
        state = Zelle(f"{kind}, zugesagt") if source.zugesagt else Zelle(f"{kind}, nicht zugesagt", "warnung")
        yield [Zelle(source.geber), state, geld(source.betrag)]


def orders(vergabe: Vergabe) -> Tabelle:
    """Return the table of the orders of a project."""
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
