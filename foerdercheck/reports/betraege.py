"""The money of a budget as tables: cost, overhead, financing and account of each Beteiligter, and the orders of the project."""

from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.calculation import zeilen
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.vergabe import GepruefterAuftrag, Vergabe
from foerdercheck.model.deutsch import euro, prozent
from foerdercheck.model.figure import Figure
from foerdercheck.model.laender import land_name
from foerdercheck.programmes.parameter import METHODEN
from foerdercheck.reports.dokument import Balken, Block, Spalte, Tabelle, Ton, Ueberschrift, Zelle, geld
from foerdercheck.reports.herleitung import figure_mark
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
_HERKUNFT = {True: "öffentlich", False: "privat", None: "öffentlich oder privat nicht angegeben"}


def participant(r: Rechnung, *, without: bool, ausfuehrlich: bool, bilder: bool = False) -> Iterator[Block]:
    """Yield who a Beteiligter is, and the tables of its money (`without` any none), `ausfuehrlich` every way of overhead.

    `bilder` adds a drawing of who pays.
    """
    body = r.beteiligter
    form = body.rechtsform if body.rechtsform and body.rechtsform not in body.name else None
    parts = [body.art, form, f"Sitz {land_name(body.sitz)}" if body.sitz else None]
    parts.append("ohne Kosten und ohne Zuwendung" if without else None)
    yield Ueberschrift(f"{body.name} – {', '.join(part for part in parts if part)}", 2)
    if without:
        return
    yield _costs(r)
    if ausfuehrlich and r.gemeinkosten.varianten:
        yield _overhead(r)
    yield _financing(r)
    if bilder and r.gesamtausgaben.betrag:
        yield _who_pays(r)


def _costs(r: Rechnung) -> Tabelle:
    """Return the table of the lines; what was stated and cut has columns only where something is cut."""
    cut = any(zeile.kuerzungen for zeile in r.zeilen)
    spalten = [Spalte("Kosten"), Spalte("Bezeichnung", darunter=True)]
    spalten += [Spalte("angesetzt", zahl=True), Spalte("gekürzt", zahl=True)] if cut else []
    rows = [
        [
            Zelle(zeile.position.kostenart),
            Zelle(_line_name(zeile)),
            *_amounts(r, zeile.angesetzt, zeile.zuwendungsfaehig, cut=cut),
        ]
        for zeile in r.zeilen
    ]
    sums = r.direkte_ausgaben, r.direkte_zuwendungsfaehige_ausgaben
    total = [Zelle(""), Zelle("Summe", "stark"), *_amounts(r, *sums, cut=cut, ton="stark")]
    return Tabelle([*spalten, Spalte("zuwendungsfähig", zahl=True)], [*rows, total], "", 1)


def _line_name(zeile: zeilen.Zeile) -> str:
    reason = ", ".join(_ANLASS[type(cut)] for cut in zeile.kuerzungen)
    return zeile.position.bezeichnung + (f" ({reason})" if reason else "")


def _amounts(r: Rechnung, claimed: Figure, eligible: Figure, *, cut: bool, ton: Ton = "normal") -> Iterator[Zelle]:
    if cut:
        less = claimed.betrag - eligible.betrag
        yield _figure(r, claimed, ton)
        yield Zelle(_cut(less), "stark" if ton == "stark" else "warnung", -less or None)
    yield _figure(r, eligible, ton)


def _figure(r: Rechnung, figure: Figure, ton: Ton = "normal") -> Zelle:
    """Return a figure as a cell that leads to its derivation."""
    return geld(figure.betrag, ton)._replace(verweis=figure_mark(r.name, figure))


def _cut(betrag: Decimal) -> str:
    return f"−{euro(betrag)}" if betrag else "–"


def _overhead(r: Rechnung) -> Tabelle:
    rows = [
        [
            Zelle("► gewählt" if one.methode == r.gemeinkosten.methode else "", "gut"),
            Zelle(f"{one.methode} – {METHODEN[one.methode]}"),
            Zelle(prozent(one.satz)),
            geld(one.betrag.betrag),
            Zelle(f"nicht zulässig: {why_not(one.hindernis)}", "warnung") if one.hindernis else Zelle("zulässig"),
        ]
        for one in r.gemeinkosten.varianten
    ]
    numbers = [Spalte("Satz", zahl=True), Spalte("Betrag", zahl=True)]
    spalten = [Spalte("", gemeint="Wahl"), Spalte("Methode"), *numbers, Spalte("", gemeint="Zulässigkeit")]
    return Tabelle(spalten, rows, "Gemeinkosten")


def _financing(r: Rechnung) -> Tabelle:
    satz = prozent(r.foerdersatz.wert) if r.foerdersatz else "kein Satz"
    rows = [
        [Zelle("Gemeinkosten"), Zelle(_overhead_way(r)), _figure(r, r.gemeinkosten.betrag)],
        *_eligible(r),
        [Zelle("höchste Zuwendung"), Zelle(f"{satz} davon{_capped(r)}"), _figure(r, r.hoechste_zuwendung)],
        [Zelle("Zuwendung", "stark"), Zelle(_applied(r)), _figure(r, r.zuwendung, "stark")],
        [Zelle("Eigenmittel"), Zelle(""), _figure(r, r.eigenmittel) if r.eigenmittel else Zelle("fehlt", "warnung")],
        *_other_sources(r),
    ]
    gap = r.finanzierungsluecke.betrag if r.finanzierungsluecke else None
    closing = Zelle("Lücke" if gap is None or gap >= 0 else "Überschuss", "stark")
    shown = Zelle("unbekannt", "warnung") if gap is None else geld(abs(gap), _gap_tone(gap))
    rows.append([closing, Zelle("Gesamtausgaben − alle Mittel"), shown])
    spalten = [Spalte("Finanzierung"), Spalte("", gemeint="Erläuterung"), Spalte("Betrag", zahl=True)]
    return Tabelle(spalten, rows, "", 1)


def _who_pays(r: Rechnung) -> Balken:
    """Return who pays how much of the total cost."""
    own, gap = r.eigenmittel, r.finanzierungsluecke
    parts: list[tuple[str, Decimal, Ton]] = [
        ("Zuwendung", r.zuwendung.betrag, "stark"),
        ("Eigenmittel", own.betrag if own else Decimal(), "normal"),
        ("weitere Mittel", r.weitere_mittel.betrag, "leise"),
        ("Lücke", max(gap.betrag, Decimal()) if gap else Decimal(), "schlecht"),
    ]
    return Balken("Wer die Gesamtausgaben trägt", [part for part in parts if part[1]], r.gesamtausgaben.betrag)


def _eligible(r: Rechnung) -> Iterator[list[Zelle]]:
    total, eligible = _figure(r, r.gesamtausgaben), _figure(r, r.zuwendungsfaehige_ausgaben)
    if total.betrag == eligible.betrag:
        yield [Zelle("Gesamtausgaben"), Zelle("alle zuwendungsfähig"), total]
    else:
        yield [Zelle("Gesamtausgaben"), Zelle("direkte Ausgaben + Gemeinkosten"), total]
        yield [Zelle("zuwendungsfähig"), Zelle(""), eligible]


def _capped(r: Rechnung) -> str:
    return ", auf den Höchstbetrag begrenzt" if r.hoechste_zuwendung.betrag < r.zuwendung_nach_satz.betrag else ""


def _gap_tone(gap: Decimal) -> Ton:
    """A gap endangers the project, a surplus is merely more than is needed."""
    return "gut" if abs(gap) < 1 else "schlecht" if gap > 0 else "warnung"


def _applied(r: Rechnung) -> str:
    left = "was weitere Mittel übrig lassen" if r.von_anderen_gedeckt else ""
    if r.beantragt is None:
        return f"{left or 'höchste'}, da keine beantragt ist"
    return f"beantragt {euro(r.beantragt)}" + (f", gerechnet wird, {left}" if left else "")


def _other_sources(r: Rechnung) -> Iterator[list[Zelle]]:
    for source in r.weitere_geber:
        kind = _HERKUNFT[source.ist_oeffentlich]
        state = Zelle(f"{kind}, zugesagt") if source.zugesagt else Zelle(f"{kind}, nicht zugesagt", "warnung")
        yield [Zelle(source.geber), state, geld(source.betrag)]


def _overhead_way(r: Rechnung) -> str:
    chosen = [one for one in r.gemeinkosten.varianten if one.methode == r.gemeinkosten.methode]
    return f"{chosen[0].methode}, {prozent(chosen[0].satz)}" if chosen else str(r.gemeinkosten.methode or "")


def orders(vergabe: Vergabe, *, ausfuehrlich: bool) -> Iterator[Tabelle]:
    """Yield the table of the orders of a project that need offers, or may; `ausfuehrlich` of all.

    Where it is not known what the programme wants, and no order has offers, it would say nothing.
    """
    told = any(geprueft.schwelle is not None or geprueft.auftrag.angebote for geprueft in vergabe.auftraege)
    shown = [one for one in vergabe.auftraege if ausfuehrlich or (told and one.status != "entfaellt")]
    spalten = [
        Spalte("Auftrag"),
        Spalte("Wert netto", zahl=True),
        Spalte(f"{offers(vergabe)} ab", zahl=True),
        Spalte("Angebote", zahl=True),
        Spalte("Urteil"),
    ]
    if shown:
        yield Tabelle(spalten, [_order_row(geprueft) for geprueft in shown], "Aufträge")


def _order_row(geprueft: GepruefterAuftrag) -> list[Zelle]:
    order = geprueft.auftrag
    return [
        Zelle(f"{order.nr}: {order.bezeichnung}" if order.nr else order.bezeichnung),
        geld(order.wert_netto),
        geld(geprueft.schwelle) if geprueft.schwelle is not None else Zelle("–"),
        Zelle("–" if order.angebote is None else str(order.angebote)),
        _STATUS[geprueft.status],
    ]
