"""De-minimis accounts as blocks: the bar of a ceiling, the awards, and the verdict in words."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from foerdercheck.deminimis.kontostand import Fuellung, GezaehlteBeihilfe, Kontostand
from foerdercheck.model.deutsch import aufzaehlung, datum, euro
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.reports.dokument import (
    GESPERRT,
    SPAETER_GESPERRT,
    Angaben,
    Balken,
    Block,
    Spalte,
    Tabelle,
    Ton,
    Zeitstrahl,
    Zelle,
    geld,
)
from foerdercheck.rules.beihilfe import an_keinem_tag

NICHT_GEPRUEFT = (
    "Insolvenz (Darlehen, Bürgschaften)",
    "getrennte Buchführung",
    "andere Beihilfen für dieselben Kosten",
    "wer wen beherrscht",
)
"""What no account tells, and an authority checks all the same."""
_ZERO = Decimal("0.00")


def bar(konto: Kontostand, *, ausfuehrlich: bool) -> Iterator[Block]:
    """Yield the ceilings and the members of an account; `ausfuehrlich` its awards and what is not checked."""
    yield from ceilings(konto, einzeln=ausfuehrlich)
    if len(konto.unternehmen) > 1:
        yield Angaben([("ein einziges Unternehmen", Zelle(", ".join(konto.unternehmen)))])
    if ausfuehrlich:
        yield Angaben([unchecked_line()])


def unchecked_line() -> tuple[str, Zelle]:
    """Return the line that says what is not checked."""
    return "Nicht geprüft", Zelle(", ".join(NICHT_GEPRUEFT), "leise")


def ceilings(konto: Kontostand, *, einzeln: bool = True) -> Iterator[Block]:
    """Yield the bar of each ceiling with used, new and free, and `einzeln` the awards in the window."""
    title = f"De-minimis ({konto.verordnung}), Fenster {datum(konto.fenster[0])} bis {datum(konto.fenster[1])}"
    for fuellung in konto.fuellungen:
        yield _ceiling(konto, fuellung, title)
    within = [beihilfe for beihilfe in konto.beihilfen if beihilfe.im_fenster]
    if within and einzeln:
        yield awards(konto, within)


def timeline(konto: Kontostand) -> Iterator[Zeitstrahl]:
    """Yield from which day on how much room an account has, where that changes."""
    if len(konto.verlauf) > 1 and konto.hoechstbetrag is not None:
        yield Zeitstrahl(f"Frei für eine Beihilfe nach {konto.verordnung}", konto.verlauf, konto.hoechstbetrag)


def _ceiling(konto: Kontostand, fuellung: Fuellung, title: str) -> Balken:
    fits = fuellung.belegt + fuellung.neu <= fuellung.hoechstbetrag
    teile: list[tuple[str, Decimal, Ton]] = [
        ("im Fenster", fuellung.belegt, "normal"),
        ("neu", fuellung.neu, "gut" if fits else "schlecht"),
        ("bleibt frei", fuellung.bleibt_frei, "leise"),
    ]
    if fuellung.gesperrt:
        later = any(beihilfe.gewaehrt_am > konto.fenster[1] for beihilfe in konto.beihilfen)
        teile.append((SPAETER_GESPERRT if later else GESPERRT, fuellung.gesperrt, "warnung"))
    name = (
        title if fuellung.verordnungen == (konto.verordnung,) else f"Höchstbetrag {aufzaehlung(fuellung.verordnungen)}"
    )
    return Balken(name, teile, fuellung.hoechstbetrag)


def awards(konto: Kontostand, beihilfen: Sequence[GezaehlteBeihilfe]) -> Tabelle:
    """Return the table of awards: when each leaves the window, and how much is free from then on; names where there are several."""
    several = len(konto.unternehmen) > 1
    spalten = [
        Spalte("gewährt am", fest=True),
        *([Spalte("Unternehmen", darunter=True)] if several else []),
        Spalte("Geber", darunter=True),
        Spalte("Verordnung", fest=True),
        Spalte("Wert", zahl=True),
        Spalte("zählt bis", fest=True),
        Spalte("danach frei", zahl=True),
    ]
    rows = [
        [
            Zelle(datum(b.gewaehrt_am)),
            *([Zelle(b.unternehmen)] if several else []),
            Zelle(b.zuwendungsgeber or "–"),
            Zelle(b.verordnung),
            geld(b.subventionswert, "schlecht" if b.ergebnis_bei_gewaehrung == "ueberschritten" else "normal"),
            Zelle(datum(b.im_fenster_bis)),
            _free_after(b.im_fenster_bis, konto.verlauf),
        ]
        for b in beihilfen
    ]
    return Tabelle(spalten, rows)


def _free_after(last: date, verlauf: Sequence[tuple[date, Decimal]]) -> Zelle:
    """Return how much is free on the day behind the last on which an award counts."""
    index = bisect_right(verlauf, last + EIN_TAG, key=lambda step: step[0])
    return geld(verlauf[index - 1][1]) if index else Zelle("–")


def verdict_words(konten: Sequence[Kontostand]) -> Zelle:
    """Return the answer over several accounts: the worst one decides."""
    if any(konto.ergebnis == "ueberschritten" for konto in konten):
        over = next(konto for konto in konten if konto.ergebnis == "ueberschritten")
        day = over.frueheste_gewaehrung
        when = f"passen erst ab {datum(day)}" if day else f"passen {an_keinem_tag(over)}"
        free = f"frei sind {euro(over.frei or _ZERO)}"
        words = f"nein, {free}" if over.neue_beihilfe is None else f"{free}; {euro(over.neue_beihilfe)} {when}"
        return Zelle(words, "schlecht")
    if any(konto.ergebnis == "offen" for konto in konten):
        return Zelle("offen, siehe Befunde", "warnung")
    left = min((konto.frei or _ZERO) - (konto.neue_beihilfe or _ZERO) for konto in konten)
    return Zelle(f"eingehalten, danach bleiben {euro(left)} frei", "gut")
