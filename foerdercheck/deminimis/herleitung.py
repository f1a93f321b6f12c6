"""How the room of an account comes about: the window award by award, each ceiling, what is left of it, and the planned award."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import groupby
from operator import itemgetter

from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.grenzen import Grenze
from foerdercheck.deminimis.kontenbuch import Konten
from foerdercheck.deminimis.konto import ZERO, Konto
from foerdercheck.deminimis.posten import Posten
from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, euro
from foerdercheck.model.figure import Figure, smaller, stated, total
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.programmes.parameter import NEUE_BEIHILFE_UNTEILBAR, ZEITRAUM_JAHRE


def herleitung(konten: Konten, unternehmen: str, frage: Frage) -> Figure | None:
    """Return what the planned award leaves free or exceeds, without one what is free, in EUR; None where no ceiling is known."""
    konto, tag = konten.konto(unternehmen, frage.stichtag), frage.stichtag
    rests = [_rest(konten, konto, frage.verordnung, *limit) for limit in _that_matter(konto, frage.verordnung, tag)]
    if not rests:
        return None
    least = reduce(smaller, rests)
    if least.betrag < 0:
        least = Figure(ZERO, terme=(least,), render=lambda terme: f"nichts, denn {terme[0]} ist negativ")
    frei = least.named(f"frei am {datum(tag)}")
    if frage.betrag is None:
        return frei
    neu = Figure(frage.betrag, "geplante Beihilfe")
    if neu.betrag <= frei.betrag:
        return frei.minus(neu).named("bleibt danach frei")
    if neu.betrag <= (konto.room(frage.verordnung, tag, guenstig=True) or ZERO):
        return neu.minus(frei).named("zu viel, streng gelesen:")
    whole = konten.buch.recht.fassung.find(NEUE_BEIHILFE_UNTEILBAR, {"verordnung": frage.verordnung})
    return neu.minus(frei).named("zu viel, die ganze Beihilfe passt nicht:", whole and whole.ziffer)


def _that_matter(konto: Konto, verordnung: str, tag: date) -> Iterator[tuple[date, Grenze]]:
    """Yield the own ceiling, those shared with regulations that have awards, and the tightest of later days where it is tighter."""
    if konto.recht.abschnitt(verordnung, tag) is None:
        return
    by_day = groupby(konto.limits(verordnung, tag), key=itemgetter(0))
    _, today = next(by_day)
    own, *shared = (grenze for _, grenze in today)
    yield tag, own
    kept = [own]
    for grenze in shared:
        others = grenze._replace(pots=grenze.pots - own.pots)
        if konto.used_of(others, tag):
            kept.append(grenze)
            yield tag, grenze
    least = min(grenze.betrag - konto.used_of(grenze, tag) for grenze in kept)
    later = [limit for _, limits in by_day for limit in limits]
    tightest = min(later, key=lambda limit: limit[1].betrag - konto.used_of(limit[1], limit[0]), default=None)
    if tightest and tightest[1].betrag - konto.used_of(tightest[1], tightest[0]) < least:
        yield tightest


def _rest(konten: Konten, konto: Konto, verordnung: str, tag: date, grenze: Grenze) -> Figure:
    recht, own = konten.buch.recht, konten.buch.recht.pots[verordnung]
    others = [pot for pot in recht.current() if pot in grenze.pots and pot != own]
    name = f"{verordnung} zusammen mit {aufzaehlung(others)}" if others else verordnung
    if tag != konten.stichtag:
        name += f" am {datum(tag)}, mit den dann gewährten"
    start = konto.start(tag, steuerjahre=grenze.steuerjahre)
    counted = [posten for posten in konto.posten if posten.pot in grenze.pots and start <= posten.tag <= tag]
    window = f"Fenster {datum(start)} bis {datum(tag)}"
    used = total(_awards(konten, konto, counted)).explained(
        f"{window}, {anzahl(len(counted), 'Beihilfe', 'Beihilfen')}"
    )
    used = used.named(f"belegt nach {name}", recht.fassung[ZEITRAUM_JAHRE].ziffer)
    most = Figure(grenze.betrag, f"Höchstbetrag nach {name}", grenze.ziffer)
    return most.minus(used).named(f"Rest nach {name}").explained("Höchstbetrag − belegt")


def _awards(konten: Konten, konto: Konto, counted: Sequence[Posten]) -> Iterator[Figure]:
    for posten in counted:
        buch = konten.buch
        notes = [buch.names[posten.unternehmen], f"zählt bis {datum(konto.leaves(posten.tag) - EIN_TAG)}"]
        if posten.verordnung != posten.pot:
            notes.append(f"nach {posten.verordnung}, zählt als {posten.pot}")
        if (whole := buch.original(posten).wert) != posten.wert:
            notes.append(f"Anteil an {euro(whole)} nach einer Spaltung")
        giver = f" von {posten.zuwendungsgeber}" if posten.zuwendungsgeber else ""
        yield stated(posten.wert, f"Beihilfe vom {datum(posten.tag)}{giver}", buch.place(posten), "; ".join(notes))
