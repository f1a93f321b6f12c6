"""The de-minimis accounts of a budget: one for each single undertaking, with all histories and all grants of its members."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.assessment.submission import Submission
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontenbuch import Kontenbuch
from foerdercheck.deminimis.kontostand import Kontostand, kontostand
from foerdercheck.deminimis.posten import Sammlung, Stellen
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.deminimis.verbund import split_problems
from foerdercheck.model.befund import Feststellung, hinweis
from foerdercheck.model.beihilfe import Beihilfe, Historie
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.model.finanzierung import WeitereMittel
from foerdercheck.model.location import InputError, Path, Problem, feld, placed
from foerdercheck.model.names import compare_names, name_key
from foerdercheck.model.scalars import suggestion
from foerdercheck.programmes.parameter import DEMINIMIS_VERORDNUNG
from foerdercheck.reading.document import GeleseneHistorie

_NOTHING: Mapping[Path, Beihilfe] = {}


class Unternehmen(NamedTuple):
    """A Beteiligter, the regulation its grant falls under (None: it is no such aid), and its history (None: none is stated)."""

    rechnung: Rechnung
    verordnung: str | None
    read: GeleseneHistorie | None

    @property
    def gruppe(self) -> tuple[str, ...]:
        """Its name and those of the undertakings it says it is one with."""
        return self.rechnung.name, *self.rechnung.beteiligter.unternehmensverbund

    @property
    def schweigt(self) -> bool:
        """Whether it gets aid and does not say what aid it has had."""
        return self.verordnung is not None and self.read is None


def konten(submission: Submission, rechnungen: Sequence[Rechnung], stichtag: date) -> dict[Path, Kontostand | None]:
    """Return the de-minimis account of each Beteiligter; raises InputError for values that are missing in a history.

    Beteiligte of one single undertaking have the same: the histories and the planned grants of all of them count, whoever
    states the relation (Article 2(2), 3(2) and 3(7) of Regulation 2023/2831). One who gets no aid now may connect others, and
    has had what its history says.
    """
    members = [_member(submission, rechnung) for rechnung in rechnungen]
    found: dict[Path, Kontostand | None] = {r.pfad: None for r in rechnungen}
    if all(one.verordnung is None for one in members):
        return found
    if problems := list(_problems(members, stichtag)):
        raise InputError(placed(problems, submission.source), submission.source)
    gemeinsam = _Gemeinsam(members, stichtag)
    return found | {one.rechnung.pfad: gemeinsam.kontostand(one, one.verordnung) for one in members if one.verordnung}


def _member(submission: Submission, rechnung: Rechnung) -> Unternehmen:
    norm = submission.fassung.find(DEMINIMIS_VERORDNUNG, rechnung.merkmale)
    verordnung = norm.wert if norm and rechnung.beteiligter.ist_unternehmen else None
    return Unternehmen(rechnung, verordnung, submission.historien.get(rechnung.pfad))


def _problems(members: Sequence[Unternehmen], stichtag: date) -> Iterator[Problem]:
    for one in members:
        if one.read is not None:
            historie, stellen = one.read.historie, Stellen(one.read.pfad)
            yield from split_problems(historie.ereignisse, stellen.ereignisse)
            yield from Sammlung(historie, load_recht(), stichtag, stellen, one.rechnung.name).problems


class _Gemeinsam:
    """All histories of a budget as one, and the accounts in it."""

    def __init__(self, members: Sequence[Unternehmen], stichtag: date) -> None:
        self._members = members
        self._stichtag = stichtag
        self._historie, self._orte, self._doppelt = _merged(members)
        self._buecher = {each: self._opened(each) for each in filter(None, {one.verordnung for one in members})}

    def _opened(
        self, verordnung: str, also: Sequence[str] = (), more: Mapping[Path, Beihilfe] = _NOTHING
    ) -> Kontenbuch:
        """Return the Kontenbuch for grants under a regulation, with `also` as one more group and `more` as further awards."""
        more = {**self._planned_under_others(verordnung), **more}
        historie = self._historie._replace(beihilfen=(*self._historie.beihilfen, *more.values()))
        groups = [*(other.gruppe for other in self._members), *([also] if also else ())]
        stellen = Stellen(einzeln=(*self._orte, *more))
        return open_kontenbuch(historie, load_recht(), self._stichtag, stellen, groups)[0]

    def kontostand(self, one: Unternehmen, verordnung: str) -> Kontostand | None:
        """Return the account of the single undertaking a Beteiligter belongs to.

        None where nobody states earlier aid of it, unless the planned grants alone exceed the limit.
        """
        planned = [other for other in self._members if other.verordnung == verordnung]
        grants = tuple((name_key(other.rechnung.name), other.rechnung.zuwendung.betrag) for other in planned)
        frage = Frage(verordnung=verordnung, stichtag=self._stichtag, betrag=Decimal("0.00"), daneben=grants)
        konten, key = self._buecher[verordnung].konten(frage), name_key(one.rechnung.name)
        names = set(konten.members(key, self._stichtag))
        frage = frage.together_with(names)
        together = [other for other in self._members if name_key(other.rechnung.name) in names]
        stand = kontostand(konten, key, frage)
        unknown = all(other.read is None for other in together) and not konten.has_any(key)
        if unknown and stand.ergebnis != "ueberschritten":
            return None
        said = [*self._remarks(one, together, frage), *_silent(together, stand)]
        said += [*self._strangers(one, stand, frage), *self._unclear_money(one, together, stand, frage)]
        return kontostand(konten, key, frage, tuple(said))

    def _planned_under_others(self, verordnung: str) -> dict[Path, Beihilfe]:
        """Return the planned grants under other regulations, as granted: what a ceiling shares with theirs is used by them."""
        return {
            (*other.rechnung.pfad, "finanzierung"): _granted(other, other.rechnung.zuwendung.betrag)
            for other in self._members
            if other.verordnung not in {None, verordnung} and other.rechnung.zuwendung.betrag
        }

    def _remarks(self, one: Unternehmen, together: Sequence[Unternehmen], frage: Frage) -> Iterator[Feststellung]:
        pfad = one.rechnung.pfad
        for remark in one.read.hinweise if one.read else ():
            yield hinweis(f"{remark.text} ({remark.ort})", (*pfad, "deminimis"))
        if len(together) > 1:
            (planned,) = frage.geplant
            text = f"{_names(together)} sind ein einziges Unternehmen; ihre Zuwendungen zählen zusammen ({euro(planned.betrag)})."
            without = [other for other in together if other.verordnung is None]
            elsewhere = [other for other in together if other.verordnung not in {None, one.verordnung}]
            if elsewhere:
                text += f" Nach einer anderen Verordnung ist die von {_names(elsewhere)}; auch sie zählt, soweit die Verordnungen"
                text += " einen Höchstbetrag teilen."
            if without:
                text += f" Keine Beihilfe ist die von {_names(without)}; frühere Beihilfen zählen mit."
            yield hinweis(text, pfad)
        if self._doppelt and len(together) > 1:
            yield hinweis("Beihilfen, die in mehreren Historien gleich angegeben sind, zählen einmal.", pfad)

    def _strangers(self, one: Unternehmen, stand: Kontostand, frage: Frage) -> Iterator[Feststellung]:
        """Say whose aid of the history does not count; open where a name looks misspelt and would change the verdict."""
        historie = one.read.historie if one.read else Historie()
        known = {name_key(name) for name in stand.unternehmen}
        known |= {name_key(name) for other in self._members for name in other.gruppe}
        known |= {name_key(name) for link in historie.verbund for name in (link.unternehmen, link.verbunden_mit)}
        named = dict.fromkeys(award.unternehmen for award in historie.beihilfen if award.unternehmen is not None)
        strangers = [name for name in named if name_key(name) not in known and not _is_near(name, stand.unternehmen)]
        if not strangers:
            return
        name = one.rechnung.name
        wider = kontostand(self._opened(frage.verordnung, (name, *strangers)).konten(frage), name_key(name), frage)
        free = "" if wider.frei is None else f"; frei wären dann {euro(wider.frei)}"
        text = (
            f"Nicht mitgezählt sind die Beihilfen von {aufzaehlung(strangers)}, denn diese Namen gehören nicht zu {name}. "
            f"Ist einer falsch geschrieben oder verbunden, nennen Sie ihn unter {feld('unternehmensverbund')}{free}."
        )
        misspelt = any(suggestion(stranger, stand.unternehmen) for stranger in strangers)
        decides = misspelt and wider.ergebnis != stand.ergebnis
        yield Feststellung("offen" if decides else "hinweis", text, None, (*one.rechnung.pfad, "deminimis"))

    def _unclear_money(
        self, one: Unternehmen, together: Sequence[Unternehmen], stand: Kontostand, frage: Frage
    ) -> Iterator[Feststellung]:
        """Ask on which ground other public money is given, or whether it is promised; open where it would exceed the ceiling."""
        unclear = {
            pfad: (other, source)
            for other in together
            for pfad, source in _sources(other)
            if other.verordnung is not None and (_without_ground(source) or _perhaps_promised(source))
        }
        if not unclear:
            return
        more = {pfad: _as_award(*given)._replace(status="bewilligt") for pfad, given in unclear.items()}
        buch = self._opened(frage.verordnung, more=more)
        wider = kontostand(buch.konten(frage), name_key(one.rechnung.name), frage)
        decides = wider.ergebnis != stand.ergebnis
        grounds = [source for _, source in unclear.values() if _without_ground(source)]
        promises = [source for _, source in unclear.values() if decides and _perhaps_promised(source)]
        said = []
        if grounds:
            said.append(
                f"Auf welcher Grundlage {_amounts(grounds)} an wirtschaftlich Tätige gehen, ist nicht angegeben ({feld('beihilfe')}: "
                f"deminimis, freigestellt oder keine; {feld('oeffentlich')}, falls das fehlt)."
            )
        if promises:
            said.append(f"Ob das Geld von {_amounts(promises)} zugesagt ist, ist nicht angegeben ({feld('zugesagt')}).")
        if said:
            follows = (
                "mit ihnen wäre der Höchstbetrag überschritten" if decides else "am Ergebnis ändert das hier nichts"
            )
            text = f"{' '.join(said)} Als De-minimis-Beihilfen gerechnet: {follows}."
            yield Feststellung("offen" if decides else "hinweis", text, None, next(iter(unclear)))


def _without_ground(source: WeitereMittel) -> bool:
    """Tell whether money may be aid and does not say on which ground."""
    return source.beihilfe is None and source.ist_oeffentlich is not False


def _perhaps_promised(source: WeitereMittel) -> bool:
    """Tell whether de-minimis aid does not say that it is promised, nor that it is not."""
    return source.beihilfe == "deminimis" and source.zugesagt is None


def _amounts(sources: Iterable[WeitereMittel]) -> str:
    return aufzaehlung(f"{source.geber} ({euro(source.betrag)})" for source in sources)


def _is_near(name: str, others: Iterable[str]) -> bool:
    """Tell whether a name hardly differs from one of others; the account says that itself."""
    return any(compare_names(name, other) == "nahe" for other in others)


def _sources(one: Unternehmen) -> Iterator[tuple[Path, WeitereMittel]]:
    for index, source in enumerate(one.rechnung.weitere_geber):
        yield (*one.rechnung.pfad, "finanzierung", "weitere", index, "betrag"), source


def _as_award(one: Unternehmen, source: WeitereMittel) -> Beihilfe:
    """Return money of another public giver as the award it is, or may be: granted on the Stichtag once it is promised."""
    status = "bewilligt" if source.zugesagt else "beantragt"
    return _granted(one, source.betrag)._replace(zuwendungsgeber=source.geber, status=status)


def _granted(one: Unternehmen, betrag: Decimal) -> Beihilfe:
    """Return an award without a day: it counts as if granted on the Stichtag."""
    return Beihilfe(unternehmen=one.rechnung.name, verordnung=one.verordnung, subventionswert=betrag)


def _names(several: Iterable[Unternehmen]) -> str:
    return aufzaehlung(one.rechnung.name for one in several)


def _silent(together: Sequence[Unternehmen], stand: Kontostand) -> Iterator[Feststellung]:
    """Say whose earlier aid is not stated; open unless the limit is exceeded without it."""
    silent = [one for one in together if one.schweigt]
    if silent:
        over = stand.ergebnis == "ueberschritten"
        text = (
            f"Angaben fehlen: nennen Sie auch die De-minimis-Beihilfen von {_names(silent)} ({feld('deminimis')}: Datei, "
            f"Liste oder das Wort keine); sie zählen im selben Konto{', frei ist also höchstens so viel' if over else ''}."
        )
        yield Feststellung("hinweis" if over else "offen", text, None, silent[0].rechnung.pfad)


def _merged(members: Sequence[Unternehmen]) -> tuple[Historie, tuple[Path, ...], bool]:
    """Return the histories of all as one, where each award stands, and whether several state the same award.

    An award that two histories state counts once; one that a history states twice counts twice.
    """
    awards: list[Beihilfe] = []
    places: list[Path] = []
    counted: Counter[object] = Counter()
    for one in members:
        historie, above = (one.read.historie, one.read.pfad) if one.read else (Historie(), ())
        here: Counter[object] = Counter()
        for nummer, beihilfe in enumerate(historie.beihilfen):
            name = beihilfe.unternehmen or one.rechnung.name
            same = beihilfe._replace(unternehmen=name_key(name), bemerkung=None)
            here[same] += 1
            if here[same] > counted[same]:
                awards.append(beihilfe._replace(unternehmen=name))
                places.append((*above, nummer))
        counted |= here
        for pfad, source in _sources(one):
            if source.beihilfe == "deminimis":
                awards.append(_as_award(one, source))
                places.append(pfad)
    parts = [one.read.historie for one in members if one.read is not None]
    relations = tuple(relation for part in parts for relation in part.verbund)
    events = tuple(dict.fromkeys(event for part in parts for event in part.ereignisse))
    repeated = counted.total() < sum(len(part.beihilfen) for part in parts)
    return Historie(tuple(awards), relations, events), tuple(places), repeated
