"""The levers: what may be changed in a budget to make it pass or give more, and to which value. No others.

Nothing that would be a false statement is one: no order is split, nobody gets another supplier, another legal kind or another
person's name, no contract another date, and what is not stated is never filled in.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.calculation.rechnung import Rechnung, ungefoerdert
from foerdercheck.calculation.stunden import Stundenzahl
from foerdercheck.calculation.zeilen import (
    FremdeJahre,
    FremdeKostenart,
    FremdeMonate,
    SpaeterVertrag,
    UeberHoechststunden,
    UnmoeglicheStunden,
    Zeile,
)
from foerdercheck.model.budget import Sachposition, Stundenposition
from foerdercheck.model.location import Path
from foerdercheck.model.words import Wahl
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import FINANZIERUNGSLUECKE_AB, KOSTENARTEN_ALS_FREMDLEISTUNG
from foerdercheck.rules.grenzen import letzter_tag

ERLAUBT = frozenset({
    "beantragt", "eigenmittel", "gemeinkosten", "bewilligung", "ende", "stunden", "netto", "brutto", "kostenart"
})  # fmt: skip
"""The fields a lever may change; an amount only to 0.00, a kind of cost only to that the rule itself names."""
FREMDLEISTUNG = "fremdleistung"
_NOTHING = Decimal("0.00")
_CENT = Decimal("0.01")
_HOURS = Decimal("0.0001")
_OUT_OF_TIME = (SpaeterVertrag, FremdeJahre, FremdeMonate)
_HOURS_THAT_DO_NOT_COUNT = (UeberHoechststunden, UnmoeglicheStunden, FremdeJahre)


class Schritt(NamedTuple):
    """What one lever changes: new values (typed as in the model) by path, and the money it moves (EUR)."""

    werte: tuple[tuple[Path, object], ...]
    bewegt: Decimal = _NOTHING


def schritte(assessment: Assessment, *, zeilen: bool = True) -> Iterator[Schritt]:
    """Yield every step that may help a budget with these figures, those in its lines only if asked; whether one does, a check tells.

    While something is violated, only what may mend that.
    """
    fall = assessment.fall
    if fall is None:
        return
    yield from _end(assessment)
    for rechnung in _concerned(assessment):
        if not ungefoerdert(rechnung, fall.rechnungen):
            yield from close_financing(rechnung, fall.fassung)
            yield from _less_grant(assessment, rechnung)
            yield from other_method(rechnung, fall.fassung)
            yield from day_that_fits(assessment, rechnung)
            for zeile in rechnung.zeilen if zeilen and any(zeile.kuerzungen for zeile in rechnung.zeilen) else ():
                yield from as_bought_in(zeile, rechnung, fall.fassung)
                yield from _line(zeile)


def _concerned(assessment: Assessment) -> Sequence[Rechnung]:
    """Return whom a step must concern to mend what is violated: those it is said of, and who has a de-minimis account with them."""
    named = {befund.beteiligter for befund in assessment.befunde if befund.status == "verletzt"}
    if not named or None in named:
        return assessment.rechnungen
    konten = [assessment.konto(rechnung) for rechnung in assessment.rechnungen if rechnung.name in named]
    named |= {name for konto in konten if konto is not None for name in konto.unternehmen}
    return [rechnung for rechnung in assessment.rechnungen if rechnung.name in named]


def close_financing(rechnung: Rechnung, fassung: Fassung) -> Iterator[Schritt]:
    """Close the financing: with own money, or with the grant; apply for the highest grant."""
    pfad, beantragt, highest = rechnung.pfad, rechnung.beantragt, rechnung.hoechste_zuwendung.betrag
    gap = luecke(rechnung, fassung)
    if beantragt is not None and beantragt < highest:
        closing = beantragt + gap
        if beantragt < closing < highest:
            yield _grant(rechnung, closing)
        yield _grant(rechnung, highest)
    if rechnung.eigenmittel is not None:
        own = rechnung.eigenmittel.betrag
        needed = max(own + gap, _CENT)
        if needed != own:
            yield Schritt((((*pfad, "finanzierung", "eigenmittel"), needed),), abs(needed - own))


def luecke(rechnung: Rechnung, fassung: Fassung) -> Decimal:
    """Return what the financing lacks (EUR), negative where it is more than needed; zero within the tolerance."""
    norm, gap = fassung.find(FINANZIERUNGSLUECKE_AB, rechnung.merkmale), rechnung.finanzierungsluecke
    return gap.betrag if norm is not None and gap is not None and abs(gap.betrag) >= norm.wert else _NOTHING


def _grant(rechnung: Rechnung, betrag: Decimal) -> Schritt:
    before = rechnung.zuwendung.betrag if rechnung.beantragt is None else rechnung.beantragt
    return Schritt((((*rechnung.pfad, "finanzierung", "beantragt"), betrag),), abs(betrag - before))


def _less_grant(assessment: Assessment, rechnung: Rechnung) -> Iterator[Schritt]:
    """Apply for what fits the de-minimis room, needs no offers, or stays within eligible cost beside other public money."""
    grant = rechnung.zuwendung.betrag
    public = sum((source.betrag for source in rechnung.weitere_geber if source.ist_oeffentlich), _NOTHING)
    for less in dict.fromkeys((*_fitting(assessment, rechnung), *_without_offers(assessment, public, grant))):
        if _NOTHING < less < grant:
            yield _grant(rechnung, less)
    within = rechnung.zuwendungsfaehige_ausgaben.betrag - public
    if public and _NOTHING < within < grant:
        yield _grant(rechnung, within)


def _fitting(assessment: Assessment, rechnung: Rechnung) -> Iterator[Decimal]:
    konto = assessment.konto(rechnung)
    if konto is not None and konto.frei is not None and konto.neue_beihilfe is not None:
        yield rechnung.zuwendung.betrag - (konto.neue_beihilfe - konto.frei)


def _without_offers(assessment: Assessment, public: Decimal, grant: Decimal) -> Iterator[Decimal]:
    vergabe = assessment.vergabe
    if vergabe is None or vergabe.grenze is None:
        return
    if any(auftrag.status in {"verletzt", "offen"} for auftrag in vergabe.auftraege):
        yield vergabe.grenze.wert - public
        yield grant - (vergabe.zuwendungen.betrag - vergabe.grenze.wert)


def other_method(rechnung: Rechnung, fassung: Fassung) -> Iterator[Schritt]:
    """Another method that is allowed here: one that gives more, or any where the financing has a gap."""
    used = rechnung.gemeinkosten
    for variante in used.varianten if used.satz is None else ():
        more = variante.betrag.betrag - used.betrag.betrag
        if variante.zulaessig and variante.methode != used.methode and (more > 0 or luecke(rechnung, fassung) > 0):
            yield Schritt((((*rechnung.pfad, "gemeinkosten"), Wahl(variante.methode)),), abs(more))


def day_that_fits(assessment: Assessment, rechnung: Rechnung) -> Iterator[Schritt]:
    """The first day of grant on which the grant fits the de-minimis window."""
    konto = assessment.konto(rechnung)
    if konto is None or konto.frei is None or (konto.neue_beihilfe or _NOTHING) <= konto.frei:
        return
    if (earliest := konto.frueheste_gewaehrung) is not None and earliest != assessment.stichtag:
        yield Schritt(((("vorhaben", "bewilligung"), earliest),))


def _end(assessment: Assessment) -> Iterator[Schritt]:
    """The last day the law allows, where the project ends later, or cost of later days does not count."""
    fall = assessment.fall
    last = letzter_tag(fall) if fall else None
    if fall is None or last is None or last == fall.vorhaben.ende or last < fall.vorhaben.beginn:
        return
    out_of_time = any(
        isinstance(cut, _OUT_OF_TIME) for r in fall.rechnungen for zeile in r.zeilen for cut in zeile.kuerzungen
    )
    if fall.vorhaben.ende > last or out_of_time:
        yield Schritt(((("vorhaben", "ende"), last),))


def as_bought_in(zeile: Zeile, rechnung: Rechnung, fassung: Fassung) -> Iterator[Schritt]:
    """A line whose kind does not count, given as what is bought in where the rule itself says that it may be."""
    norm = fassung.find(KOSTENARTEN_ALS_FREMDLEISTUNG, rechnung.merkmale)
    foreign = any(isinstance(cut, FremdeKostenart) for cut in zeile.kuerzungen)
    if foreign and norm is not None and zeile.position.kostenart in norm.wert:
        yield Schritt((((*zeile.pfad, "kostenart"), FREMDLEISTUNG),))


def _line(zeile: Zeile) -> Iterator[Schritt]:
    """Leave out what does not count: a whole line by the amount 0.00, hours down to those that count."""
    position, cut = zeile.position, zeile.angesetzt.betrag - zeile.zuwendungsfaehig.betrag
    if isinstance(position, Sachposition) and zeile.angesetzt.betrag and not zeile.zuwendungsfaehig.betrag:
        field = "netto" if position.netto is not None else "brutto"
        yield Schritt((((*zeile.pfad, field), _NOTHING),), cut)
    if isinstance(position, Stundenposition) and any(isinstance(k, _HOURS_THAT_DO_NOT_COUNT) for k in zeile.kuerzungen):
        yield Schritt(tuple(_hours(zeile, position)), cut)


def _hours(zeile: Zeile, position: Stundenposition) -> Iterator[tuple[Path, Decimal]]:
    where = (*zeile.pfad, "stunden")
    if not isinstance(position.stunden, dict):
        yield where, _countable(sum(zeile.stunden.values()))
        return
    for year, stated in position.stunden.items():
        counted = _countable(zeile.stunden.get(year, 0))
        if counted != stated:
            yield (*where, str(year)), counted


def _countable(hours: Stundenzahl) -> Decimal:
    """Return hours as a budget may state them, never more."""
    exact = Decimal(hours.numerator) / Decimal(hours.denominator)
    return exact.quantize(_HOURS, ROUND_DOWN)
