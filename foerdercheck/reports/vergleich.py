"""Two budgets side by side, as blocks: what is stated otherwise, what follows, what the rules say now, and the verdict."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.angabe import Angabe
from foerdercheck.model.befund import WORTE
from foerdercheck.model.deutsch import aufzaehlung, datum, euro, prozent, zahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.words import Wahl
from foerdercheck.reading.aenderungen import angabe_at
from foerdercheck.reports.dokument import (
    FUSS,
    Angaben,
    Block,
    Eintrag,
    Liste,
    Spalte,
    Tabelle,
    Ueberschrift,
    Urteil,
    Zelle,
    geld,
)
from foerdercheck.reports.fehler import unreadable
from foerdercheck.reports.summary import URTEILSWORT, verdict_cell
from foerdercheck.vergleich.angaben import Unterschied
from foerdercheck.vergleich.gegenueberstellung import Befundpaar, Gegenueberstellung, Zahlenpaar

_NOTHING = "–"
_PATH_OF_A_BODY = 2
_OFFERS = {True: "jetzt Angebote nötig", False: "keine Angebote mehr nötig", None: "offen oder weggefallen"}


def side_by_side(found: Gegenueberstellung) -> Iterator[Block]:
    """Yield the blocks of a comparison; of files that cannot be read, what is wrong with them."""
    if not found.lesbar:
        for side in (found.alt, found.neu):
            if side.fehler:
                yield from unreadable(side.datei, side.fehler, hinweise=side.befunde)
        return
    names = f"{shown_name(found.alt.datei)} → {shown_name(found.neu.datei)}"
    yield Ueberschrift(f"Vergleich: {names}")
    yield Angaben([("Alt", _verdict(found.alt)), ("Neu", _verdict(found.neu)), *_laws(found)])
    if found.unterschiede:
        yield _statements(found.unterschiede)
    figures = (*(_shown(pair, found) for pair in found.zahlen), *found.raum)
    if changed := [pair for pair in figures if pair.alt != pair.neu]:
        yield _figures(changed)
    yield from _exceeded(found)
    if found.befunde:
        yield Liste("Befunde", [_finding(pair) for pair in found.befunde])
    if orders := [order for order in found.angebote if order.alt or order.neu]:  # else offers are needed in neither
        entries = [Eintrag("~", "warnung", "", f"{order.auftrag}: {_OFFERS[order.neu]}") for order in orders]
        yield Liste("Aufträge", entries)
    title = "GLEICH" if found.gleich else "GEÄNDERT"
    yield Urteil(title, "gut" if found.gleich else "warnung", [("Urteil", Zelle(verdict_sentence(found)))], FUSS)


def _verdict(side: Assessment) -> Zelle:
    return verdict_cell(side.ergebnis, side.angenommene)


def _laws(found: Gegenueberstellung) -> Iterator[tuple[str, Zelle]]:
    """Yield what each was checked by, where that is not the same."""
    laws = [side.grundlage.submission.fassung for side in (found.alt, found.neu) if side.grundlage is not None]
    texts = [f"{fassung.programm}, Fassung vom {datum(fassung.bekanntmachung)}" for fassung in laws]
    if len(set(texts)) > 1:
        yield from ((f"{name} nach", Zelle(text)) for name, text in zip(("Alt", "Neu"), texts, strict=True))


def _refused(side: Assessment) -> bool:
    return side.ergebnis == "nicht_foerderfaehig"


def _shown(pair: Zahlenpaar, found: Gegenueberstellung) -> Zahlenpaar:
    """Return a figure without what a side would get that gets nothing."""
    if pair.name != "Zuwendung":
        return pair
    return pair._replace(alt=None if _refused(found.alt) else pair.alt, neu=None if _refused(found.neu) else pair.neu)


def _exceeded(found: Gegenueberstellung) -> Iterator[Block]:
    """Yield the lines that cost more than before, and by how many per cent; what follows from that depends on the grant."""
    several = len({line.beteiligter for line in found.zeilen}) > 1
    rows = [
        [
            Zelle(f"{line.beteiligter}: {line.bezeichnung}" if several else line.bezeichnung),
            geld(line.alt),
            geld(line.neu),
            Zelle(prozent(round(share, 4))),
        ]
        for line in found.zeilen
        if (share := line.ueberschritten) is not None
    ]
    if rows:
        columns = [Spalte("Position"), Spalte("alt", zahl=True), Spalte("neu", zahl=True), Spalte("mehr", zahl=True)]
        yield Tabelle(columns, rows, "Überschrittene Positionen")


def verdict_sentence(found: Gegenueberstellung) -> str:
    """Return what became of verdict and grant, in one sentence."""
    old, new = (URTEILSWORT[side.ergebnis] for side in (found.alt, found.neu))
    verdict = f"bleibt {new}" if old == new else f"war {old} und ist jetzt {new}"
    before, after = (None if _refused(side) else side.zuwendung for side in (found.alt, found.neu))
    if after is None:
        lost = "; eine Zuwendung gibt es so nicht" if before is not None and _refused(found.neu) else ""
        return f"Das Vorhaben {verdict}{lost}."
    if before is None:
        return f"Das Vorhaben {verdict}, die Zuwendung beträgt {euro(after)}."
    if before == after:
        return f"Das Vorhaben {verdict}, die Zuwendung bleibt bei {euro(after)}."
    way = "steigt" if after > before else "sinkt"
    return f"Das Vorhaben {verdict}, die Zuwendung {way} um {euro(abs(after - before))} auf {euro(after)}."


def _statements(unterschiede: Sequence[Unterschied]) -> Tabelle:
    several = len({one.beteiligter for one in unterschiede if one.beteiligter}) > 1
    said = (
        (_what(one, several=several), _field_name_of(one), _old(one), _new(one), _difference(one))
        for one in unterschiede
    )
    rows = [[*map(Zelle, texts)] for texts in said]
    difference = Spalte("Differenz", zahl=True, darunter=True)
    columns = [Spalte("Was"), Spalte("Angabe", darunter=True), Spalte("alt"), Spalte("neu"), difference]
    return Tabelle(columns, rows, "Geänderte Angaben")


def _what(one: Unterschied, *, several: bool) -> str:
    """Return what was changed; entries name the body they belong to where there are several."""
    if one.posten and not several and (one.feld or len(one.pfad_neu or one.pfad_alt or ()) > _PATH_OF_A_BODY):
        return one.posten
    return ": ".join(part for part in (one.beteiligter, one.posten) if part) or "Vorhaben"


def _field_name_of(one: Unterschied) -> str:
    """Return what a field is called in the catalogue, with its year; of whole entries, what happened to them."""
    if not one.feld:
        return {"neu": "neu", "weggefallen": "weggefallen"}[one.art]
    angabe, part = _stated_at(one)
    last = part or one.feld.rpartition(".")[2]
    named = f" {last}" if part or last.isdigit() else ""
    name = f"{angabe.ueberschrift}{named}" if angabe is not None else one.feld
    return f"{name} (umbenannt)" if one.art == "umbenannt" else name


def _stated_at(one: Unterschied) -> tuple[Angabe | None, str]:
    """Return the field a difference is about, and which part of it if only one is: a district of several with their shares."""
    path = one.pfad_neu or one.pfad_alt or ()
    if (angabe := angabe_at(path)) is not None:
        return angabe, ""
    whole = angabe_at(path[:-1])
    return (whole, str(path[-1])) if whole is not None else (None, "")


def _old(one: Unterschied) -> str:
    return value_of_field(one, one.alt)


def _new(one: Unterschied) -> str:
    return value_of_field(one, one.neu)


def value_of_field(one: Unterschied, value: object) -> str:
    """Return a typed value as reports show it."""
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return datum(value)
    if isinstance(value, Wahl):
        return value.wort if value.satz is None else f"{value.wort} {prozent(value.satz)}"
    if isinstance(value, tuple):
        return aufzaehlung(map(str, value))
    if isinstance(value, Decimal):
        angabe, _ = _stated_at(one)
        kind = angabe.wertart if angabe is not None else "geld"
        return euro(value) if kind == "geld" else prozent(value) if kind in {"prozent", "anteile"} else zahl(value)
    return str(value)


def _difference(one: Unterschied) -> str:
    if one.differenz is None:
        return ""
    sign = "+" if one.differenz > 0 else "−"
    return f"{sign}{value_of_field(one, abs(one.differenz))}"


def _figures(pairs: Sequence[Zahlenpaar]) -> Tabelle:
    """Return the table of figures; what the whole project has in common with its one body stands once, without its name."""
    told = {(pair.name, pair.alt, pair.neu) for pair in pairs if pair.beteiligter}
    shown = [pair for pair in pairs if pair.beteiligter or (pair.name, pair.alt, pair.neu) not in told]
    several = len({pair.beteiligter for pair in shown}) > 1
    rows = [
        [
            *([Zelle(pair.beteiligter or "Vorhaben")] if several else []),
            Zelle("De-minimis frei" if pair.name == "frei" else pair.name),
            *(Zelle(_NOTHING) if value is None else geld(value) for value in (pair.alt, pair.neu)),
            Zelle("") if pair.differenz is None else _signed(pair.differenz),
        ]
        for pair in shown
    ]
    who = [Spalte("Wer"), Spalte("Betrag", darunter=True)] if several else [Spalte("Betrag")]
    columns = [*who, *(Spalte(name, zahl=True) for name in ("alt", "neu", "Differenz"))]
    return Tabelle(columns, rows, "Was daraus folgt")


def _signed(betrag: Decimal) -> Zelle:
    return Zelle(f"{'+' if betrag > 0 else '−'}{euro(abs(betrag))}", betrag=betrag)


def _finding(pair: Befundpaar) -> Eintrag:
    befund = pair.neu or pair.alt
    if befund is None:
        return Eintrag("", "normal", "", "")
    who = f"{befund.beteiligter}: " if befund.beteiligter else ""
    if pair.alt is None or pair.neu is None:
        mark, word = ("+", "neu") if pair.alt is None else ("−", "weggefallen")
        return Eintrag(mark, "warnung", befund.ziffer, f"{who}{word}, {WORTE[befund.status]}: {befund.text}")
    change = "" if pair.alt.status == pair.neu.status else f"{WORTE[pair.alt.status]} → "
    return Eintrag("~", "warnung", befund.ziffer, f"{who}{change}{WORTE[befund.status]}: {befund.text}")
