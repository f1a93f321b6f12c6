"""The search: steps put together, each time checked by the whole engine, few changes first, and never without end."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from foerdercheck.assessment.budget import Assessment, Grundlage
from foerdercheck.ausweg.hebel import Schritt, as_bought_in, close_financing, day_that_fits, other_method, schritte
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import EXIT_ORDER
from foerdercheck.model.budget import Budget
from foerdercheck.model.finanzierung import Finanzierung
from foerdercheck.model.location import InputError, Path

MEISTE_PRUEFUNGEN = 500
"""So many checks a search may take; for budgets and histories that take longer to check, fewer."""
_HEBEL_ZUSAMMEN = 3
_MOST_WORK = 2_200
"""So much is computed in all, in lines and awards: a tenth of a second."""
_WORK_OF_A_CHECK, _WORK_OF_A_BODY = 10, 15
"""What a check takes besides its lines, and what each Beteiligter does."""
_LEAST_CHECKS = 8
_ROUNDS, _CHECKS_FOR_THE_MOST = 4, 8
_BEWILLIGUNG = ("vorhaben", "bewilligung")
Werte = Mapping[Path, object]


class Stand(NamedTuple):
    """A budget with some values changed: those values by path, the money moved (EUR), and what a check of it says."""

    werte: Werte
    bewegt: Decimal
    assessment: Assessment

    @property
    def eigenmittel(self) -> Decimal:
        """The own money of all Beteiligte (EUR)."""
        stated = (rechnung.eigenmittel for rechnung in self.assessment.rechnungen)
        return sum((figure.betrag for figure in stated if figure is not None), Decimal("0.00"))

    @property
    def hindernisse(self) -> frozenset[tuple[str, str, str | None]]:
        """What stands in the way: findings that are violated or open, whoever they concern."""
        return frozenset(
            (befund.status, befund.regel, befund.beteiligter)
            for befund in self.assessment.befunde
            if befund.status in {"verletzt", "offen"}
        )

    @property
    def rang(self) -> int:
        """The verdict as a number, 0 for the best."""
        return EXIT_ORDER.index(self.assessment.exit_code)


class Suche:
    """One search from one assessment; `geprueft` counts its checks, `vollstaendig` tells whether there were enough."""

    def __init__(self, assessment: Assessment, grundlage: Grundlage, budget: Budget) -> None:
        self._grundlage = grundlage
        self._budget = budget
        self.start = Stand({}, Decimal("0.00"), assessment)
        self.geprueft = 0
        self.vollstaendig = True
        self._seen: dict[frozenset[tuple[Path, object]], Stand | None] = {frozenset(): self.start}
        awards = sum(len(read.historie.beihilfen) for read in grundlage.submission.historien.values())
        lines = sum(len(body.kosten) + _WORK_OF_A_BODY for _, body in budget.beteiligte())
        self._most = max(min(MEISTE_PRUEFUNGEN, _MOST_WORK // (lines + awards + _WORK_OF_A_CHECK)), _LEAST_CHECKS)

    def wege(self) -> list[Stand]:
        """Return the changes that lead to a better verdict or, with the same, to more grant or less own money; the smallest first.

        A step is only built on where it made something better, and three together only where fewer lead nowhere. Steps in lines
        are many and seldom help: they come last, if there are checks left.
        """
        without, found = self._ways(zeilen=False), self._ways(zeilen=True)
        if not self.vollstaendig:
            found = [*{frozenset(stand.werte.items()): stand for stand in (*without, *found)}.values()]
        return sorted(found, key=lambda stand: (len(stand.werte), stand.bewegt, -(stand.assessment.zuwendung or 0)))

    def _ways(self, *, zeilen: bool) -> list[Stand]:
        found: list[Stand] = []
        level, met = [self.start], {frozenset(self.start.werte.items())}
        for depth in range(_HEBEL_ZUSAMMEN):
            reached: list[Stand] = []
            for stand in level:
                for step in schritte(stand.assessment, zeilen=zeilen):
                    neu = None if any(path in stand.werte for path, _ in step.werte) else self._changed(stand, step)
                    if neu is None or (key := frozenset(neu.werte.items())) in met:
                        continue
                    met.add(key)
                    if self.besser(neu):
                        found.append(neu)
                    elif stand.hindernisse - neu.hindernisse:
                        reached.append(neu)
            if found and depth:
                break
            level = reached
        return found

    def besser(self, stand: Stand) -> bool:
        """Tell whether a changed budget is better off than the one the search began with."""
        if stand.rang != self.start.rang:
            return stand.rang < self.start.rang
        if stand.assessment.ergebnis == "nicht_foerderfaehig" or not stand.hindernisse <= self.start.hindernisse:
            return False
        grant, before = stand.assessment.zuwendung or 0, self.start.assessment.zuwendung or 0
        return grant > before or (grant == before and stand.eigenmittel < self.start.eigenmittel)

    def meiste(self) -> Stand | None:
        """Return the highest grant that is reached without changing cost; None if it is what is granted already.

        The kinds of cost the rule names, the better method, the highest grant, then the day or the grant that fits, and own money
        for the rest; as many changes as that takes.
        """
        self._most += _CHECKS_FOR_THE_MOST
        stand = self._settled(self.start)
        fitting = [self._changed(stand, step) for step in self._towards_aid(stand)]
        reached = [stand, *(self._settled(each) for each in fitting if each is not None)]
        good = [
            one for one in reached if one.assessment.ergebnis != "nicht_foerderfaehig" and one.werte and one.rang < 3
        ]
        best = max(good, key=lambda one: (one.assessment.zuwendung or 0, -len(one.werte)), default=None)
        if best is None or best.rang > self.start.rang:
            return None
        before = self.start.assessment
        more = (best.assessment.zuwendung or 0) > (before.zuwendung or 0)
        return best if more or before.ergebnis == "nicht_foerderfaehig" else None

    def _towards_aid(self, stand: Stand) -> Iterator[Schritt]:
        for rechnung in stand.assessment.rechnungen:
            yield from day_that_fits(stand.assessment, rechnung)
            konto = stand.assessment.konto(rechnung)
            if konto is not None and konto.frei is not None and konto.neue_beihilfe is not None:
                less = rechnung.zuwendung.betrag - (konto.neue_beihilfe - konto.frei)
                if 0 < less < rechnung.zuwendung.betrag:
                    yield Schritt((((*rechnung.pfad, "finanzierung", "beantragt"), less),))

    def _settled(self, stand: Stand) -> Stand:
        """Take every step towards more grant, and then close the financing: of each Beteiligter one at a time, of all together."""
        stated = {path for path in stand.werte if path[-1] == "beantragt"}
        for towards in (self._more, self._closing):
            for _ in range(_ROUNDS):
                each = [
                    next((step for step in towards(rechnung) if step.werte[0][0] not in stated), None)
                    for rechnung in stand.assessment.rechnungen
                ]
                steps = [step for step in each if step is not None]
                taken = self._changed(stand, *steps) if steps else None
                if taken is None:
                    break
                stand = taken
        return stand._replace(werte=dict(sorted(stand.werte.items(), key=_body)))

    def _more(self, rechnung: Rechnung) -> Iterator[Schritt]:
        fassung = self._grundlage.submission.fassung
        foreign = [step for zeile in rechnung.zeilen for step in as_bought_in(zeile, rechnung, fassung)]
        if foreign:
            yield Schritt(tuple(change for step in foreign for change in step.werte))
        used = rechnung.gemeinkosten.betrag.betrag
        for step in other_method(rechnung, fassung):
            method = step.werte[0][1]
            if any(
                v.methode == getattr(method, "wort", "") and v.betrag.betrag > used
                for v in rechnung.gemeinkosten.varianten
            ):
                yield step
        highest, beantragt = rechnung.hoechste_zuwendung.betrag, rechnung.beantragt
        if beantragt is not None and beantragt < highest:
            yield Schritt((((*rechnung.pfad, "finanzierung", "beantragt"), highest),))

    def _closing(self, rechnung: Rechnung) -> Iterator[Schritt]:
        for step in close_financing(rechnung, self._grundlage.submission.fassung):
            if step.werte[0][0][-1] == "eigenmittel":
                yield step

    def _changed(self, stand: Stand, *steps: Schritt) -> Stand | None:
        """Return a budget with steps more, checked once; None if it cannot be read, or there are no checks left."""
        werte = {**stand.werte, **{path: value for step in steps for path, value in step.werte}}
        key = frozenset(werte.items())
        if key in self._seen:
            return self._seen[key]
        if self.geprueft >= self._most:
            self.vollstaendig = False
            return None
        self.geprueft += 1
        self._seen[key] = None
        budget: Any = self._budget
        for path, value in werte.items():
            budget = with_value(budget, path, value)
        try:
            assessment = granted_by(self._grundlage, werte).assess(budget)
        except InputError:
            return None
        moved = sum((step.bewegt for step in steps), stand.bewegt)
        found = self._seen[key] = Stand(werte, moved, assessment)
        return found


def _body(change: tuple[Path, object]) -> Path:
    """Return whom a change concerns: the first participant comes first, the project last."""
    path = change[0]
    return path[:2] if path[0] == "partner" else path[:1]


def granted_by(grundlage: Grundlage, werte: Werte) -> Grundlage:
    """Return what a changed budget is checked with: where the day of grant is changed, no other one is assumed."""
    return grundlage._replace(stichtag=None) if _BEWILLIGUNG in werte else grundlage


def with_value(record: Any, path: Path, value: object) -> Any:  # noqa: ANN401 - a record, list or mapping of the model
    """Return a record of the model with another value at `path`."""
    part, rest = path[0], path[1:]
    if isinstance(record, dict):
        return {**record, int(part): value}
    if isinstance(part, int):
        return tuple(with_value(entry, rest, value) if index == part else entry for index, entry in enumerate(record))
    inside = getattr(record, part)
    if rest and inside is None:
        inside = Finanzierung()
    return record._replace(**{part: with_value(inside, rest, value) if rest else value})
