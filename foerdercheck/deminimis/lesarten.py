"""What follows where the law can be read in more than one way: the boundary day, what nobody has read, the fiscal year."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from foerdercheck.deminimis.fenster import Grenztag, first_fiscal_year, outermost_begins, tag_und_monat, window_start
from foerdercheck.deminimis.frage import Frage, Geplant, Kontoergebnis, Planung
from foerdercheck.deminimis.kontenbuch import Konten
from foerdercheck.deminimis.konto import ZERO, Konto
from foerdercheck.deminimis.posten import Posten
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung, Recht
from foerdercheck.model.befund import Feststellung, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, datum, euro

_KALENDERJAHR = "Als Steuerjahr ist das Kalenderjahr angenommen, weil keines angegeben ist (steuerjahr_ab)"


def ungewisses(recht: Recht, *when: tuple[str, date]) -> str:
    """Return what is not known about the regulations of awards on their days."""
    limits = filter(None, (recht.abschnitt(verordnung, day) for verordnung, day in when))
    norms = (norm for abschnitt in limits for norm in abschnitt.ungewiss)
    return " ".join(dict.fromkeys(f"{norm.herkunft.inhalt} ({norm.ziffer})" for norm in norms))


def urteilsworte(urteil: Kontoergebnis | ErgebnisBeiGewaehrung) -> str:
    """Return a verdict in words."""
    return f"Höchstbetrag {urteil.replace('ue', 'ü')}"


def steuerjahr_angenommen(konten: Konten, unternehmen: str, verordnung: str, tag: date) -> str:
    """Return that the calendar year was taken for the fiscal year, where fiscal years may count and nobody states one."""
    abschnitt = konten.buch.recht.abschnitt(verordnung, tag)
    fiscal = abschnitt is not None and abschnitt.guenstig[0].steuerjahre
    return _KALENDERJAHR if fiscal and not konten.steuerjahre(unternehmen, tag) else ""


class Lesarten:
    """What there is to say about the answer to a question because of its readings."""

    def __init__(self, konten: Konten, unternehmen: str, frage: Frage) -> None:
        self._konten = konten
        self._buch = konten.buch
        self._name = unternehmen
        self._frage = frage
        self._konto = konten.konto(unternehmen, frage.stichtag)

    def recht(self) -> Iterator[Feststellung]:
        """Where it is not known what the law says and the room depends on it, name both results; and the fiscal year assumed."""
        frage = self._frage
        for number, planung in enumerate(frage.geplant or [Planung(frage.stichtag, ZERO, frage.verordnung)]):
            konto = self._before(self._konten, number).konto(self._name, planung.tag)
            yield from self._reading(number, planung, konto)
            yield from self._fiscal_year(planung, konto)

    def _before(self, konten: Konten, number: int) -> Konten:
        """Return the accounts with what is planned before the planned award of this number."""
        return konten.with_planned(self._name, self._frage.geplant[:number])

    def _reading(self, number: int, planung: Planung, konto: Konto) -> Iterator[Feststellung]:
        verordnung, tag = planung.verordnung, planung.tag
        least, most = (konto.room(verordnung, tag, guenstig=guenstig) for guenstig in (False, True))
        if least is None or most is None or least == most:
            return
        later = ((posten.verordnung, posten.tag) for posten in konto.later(tag))
        doubts = ungewisses(self._buch.recht, (verordnung, tag), *later)
        text = f"{doubts} Streng gelesen sind am {datum(tag)} {euro(least)} frei, günstig gelesen {euro(most)}"
        judged = [each.ergebnis for each in self._konten.geplant(self._name, self._frage)]
        if judged[number : number + 1] == ["offen"]:
            yield offen(
                f"{text}. Davon hängt ab, ob {euro(planung.betrag)} passen: fragen Sie die bewilligende Stelle."
            )
        else:
            yield hinweis(f"{text}; gerechnet ist mit dem kleineren Betrag.")

    def _fiscal_year(self, planung: Planung, konto: Konto) -> Iterator[Feststellung]:
        """Say which fiscal year was taken, where it was assumed or is one of several, and another leaves more or less."""
        verordnung, tag = planung.verordnung, planung.tag
        if assumed := steuerjahr_angenommen(self._konten, self._name, verordnung, tag):
            konten = (konto.counting([begin]) for begin in outermost_begins(tag))
            least, most = (each.room(verordnung, tag, guenstig=True) for each in konten)
            if least is not None and most is not None and least != most:
                yield hinweis(
                    f"{assumed}; je nach Steuerjahr wären am {datum(tag)} {euro(least)} bis {euro(most)} frei."
                )
        if len(konto.steuerjahre) < 2:
            return
        latest = max(konto.steuerjahre, key=partial(first_fiscal_year, tag, self._buch.recht.years))
        rooms = {each.room(verordnung, tag, guenstig=True) for each in (konto, konto.counting([latest]))}
        if len(rooms) > 1:
            days = aufzaehlung(map(tag_und_monat, konto.steuerjahre))
            text = f"Die verbundenen Unternehmen haben verschiedene Steuerjahre (ab {days})"
            yield hinweis(f"{text}; gezählt wird vom frühesten Beginn an [Auslegung].")

    def _other_reading(self) -> Konten:
        other: Grenztag = "rna" if self._frage.grenztag == "streng" else "streng"
        return self._buch.konten(self._frage._replace(grenztag=other))

    def grenztag(self) -> Iterator[Feststellung]:
        """Where the two readings of the boundary day differ, name the awards, the day and both results of what is asked."""
        if not self._touches_boundary():
            return
        both = {konten.grenztag: konten for konten in (self._konten, self._other_reading())}
        judged = {grenztag: self._asked(konten) for grenztag, konten in both.items()}
        for number, streng in enumerate(judged["streng"]):
            if streng.frei != judged["rna"][number].frei:
                awards, tag = self._decisive(self._before(both["streng"], number), streng.planung)
                results = {grenztag: self._result(found[number]) for grenztag, found in judged.items()}
                yield self._boundary("Es kommt auf den Grenztag an", awards, tag, streng.planung.tag, results)

    def _asked(self, konten: Konten) -> Sequence[Geplant]:
        """Return the planned awards as they are judged; without one, what is free on the Stichtag."""
        frage = self._frage
        room = konten.konto(self._name, frage.stichtag).room(frage.verordnung, frage.stichtag)
        free = Geplant(Planung(frage.stichtag, ZERO, frage.verordnung), "eingehalten", room)
        return list(konten.geplant(self._name, frage)) or [free]

    def _touches_boundary(self) -> bool:
        """Tell whether anything lies three years before a day that is asked about, or before a later award."""
        asked = {self._frage.stichtag, *(planung.tag for planung in self._frage.geplant)}
        later = {posten.tag for posten in self._konto.later(min(asked))}
        days = set(map(self._boundary_of, asked | later))
        return not (asked | self._konto.tage).isdisjoint(days)

    def _decisive(self, streng: Konten, planung: Planung) -> tuple[Sequence[Posten], date]:
        """Return the awards on the boundary of the tightest limit, and its day; none where the new award would lie there.

        That limit leaves more in the other reading, else the room would be the same.
        """
        konto = streng.konto(self._name, planung.tag)
        limits = konto.limits(planung.verordnung, planung.tag)
        tag, grenze = min(limits, key=lambda limit: limit[1].betrag - konto.used_of(limit[1], limit[0]))
        return self._on_boundary(konto, tag, grenze.pots), tag

    def _on_boundary(self, konto: Konto, tag: date, pots: Container[str]) -> list[Posten]:
        """Return the awards of some pots whose day one reading counts for a grant on `tag` and the other does not."""
        return [posten for posten in konto.granted_on(self._boundary_of(tag)) if posten.pot in pots]

    def _boundary_of(self, tag: date) -> date:
        """Return the day that one reading counts for a grant on `tag` and the other does not."""
        return window_start(tag, self._buch.recht.years, "streng")

    def _result(self, found: Geplant) -> str:
        limit = f", {urteilsworte(found.ergebnis)}" if self._frage.geplant else ""
        return f"{euro(found.frei or ZERO)} frei{limit}"

    def _boundary(
        self, subject: str, awards: Sequence[Posten], tag: date, neu: date, results: Mapping[Grenztag, str]
    ) -> Feststellung:
        each = [f"die Beihilfe vom {datum(posten.tag)} über {euro(posten.wert)}" for posten in awards]
        named = aufzaehlung(each or [f"eine neue Beihilfe am {datum(neu)}"])
        return hinweis(
            f"{subject}: {named} {'liegt' if len(awards) < 2 else 'liegen'} genau drei Jahre vor dem {datum(tag)}. Zählt der Tag "
            f"mit (streng; so die polnische Behörde und das lettische Finanzministerium): {results['streng']}. "
            f"Zählt er nicht mit (rna; so das italienische Register): {results['rna']}. Die EU hat das nicht entschieden.",
            self._buch.place(awards[0]) if awards else (),
        )

    def frueherer_grenztag(self) -> Iterator[Feststellung]:
        """Name both results of each award of the past whose verdict, on its own day, hinges on the boundary day."""
        for _, posten, here in self._konten.audited(self._name):
            konto = self._konten.konto(posten.unternehmen, posten.tag)
            if self._boundary_of(posten.tag) not in konto.tage:
                continue
            if awards := self._on_boundary(konto, posten.tag, self._buch.recht.counted_with(posten.verordnung)):
                other = konto.in_other_reading
                if (there := other.pruefungen[posten.nummer]) != here:
                    results = {konto.grenztag: urteilsworte(here), other.grenztag: urteilsworte(there)}
                    subject = (
                        f"Für die Beihilfe vom {datum(posten.tag)} über {euro(posten.wert)} kam es auf den Grenztag an"
                    )
                    yield self._boundary(subject, awards, posten.tag, posten.tag, results)
