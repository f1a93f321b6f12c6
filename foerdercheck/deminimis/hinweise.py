"""What is remarkable about an account."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

from foerdercheck.deminimis.fenster import Grenztag, window_start
from foerdercheck.deminimis.frage import Frage, Geplant, Kontoergebnis, Planung
from foerdercheck.deminimis.grenzen import Abschnitt
from foerdercheck.deminimis.kontenbuch import Konten
from foerdercheck.deminimis.konto import ZERO, Konto
from foerdercheck.deminimis.posten import Posten
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung
from foerdercheck.deminimis.zweifel import zweifel
from foerdercheck.model.befund import Feststellung, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, datum, euro


class Hinweise:
    """What there is to say about the answer to a question, each with its place."""

    def __init__(self, konten: Konten, unternehmen: str, frage: Frage) -> None:
        self._konten = konten
        self._buch = konten.buch
        self._name = unternehmen
        self._frage = frage
        self._konto = konten.konto(unternehmen, frage.stichtag)
        self._frei = self._konto.room(frage.verordnung, frage.stichtag)

    def every(self) -> Iterator[Feststellung]:
        """Yield all of it."""
        unknown = [planung for planung in self._frage.geplant if self._limits(planung.verordnung, planung.tag) is None]
        for planung in unknown:
            tag = datum(planung.tag)
            yield offen(f"Für eine Gewährung nach {planung.verordnung} am {tag} ist kein Höchstbetrag bekannt.")
        if not unknown:
            yield from zweifel(self._konten, self._name, self._frage)
            yield from self._readings_hints()
            yield from self._boundary_hints()
            yield from self._audit_hints()
            yield from self._audit_boundary_hints()
        yield from self._spellings()
        yield from self._pending_hint()
        yield from self._repaid_hint()
        yield from self._replaced_hints()
        yield from self._later_hints()
        for posten in self._konto.posten:
            yield from self._oddities(posten)

    def _limits(self, verordnung: str, day: date) -> Abschnitt | None:
        return self._buch.recht.abschnitt(verordnung, day)

    def _readings_hints(self) -> Iterator[Feststellung]:
        """Where it is not known what the law says and the room depends on it, name both results."""
        frage, konten = self._frage, self._konten
        judged = list(konten.geplant(self._name, frage))
        if not judged:
            yield from self._reading(Planung(frage.stichtag, ZERO, frage.verordnung), "hinweis", konten)
        for number, (planung, ergebnis, _) in enumerate(judged):
            yield from self._reading(planung, ergebnis, konten.with_planned(self._name, frage.geplant[:number]))

    def _reading(self, planung: Planung, ergebnis: str, konten: Konten) -> Iterator[Feststellung]:
        verordnung, tag, konto = planung.verordnung, planung.tag, konten.konto(self._name, planung.tag)
        least, most = (konto.room(verordnung, tag, guenstig=guenstig) for guenstig in (False, True))
        if least is None or most is None or least == most:
            return
        doubts = self._unknown((verordnung, tag), *((later.verordnung, later.tag) for later in konto.later(tag)))
        text = f"{doubts} Streng gelesen sind am {datum(tag)} {euro(least)} frei, günstig gelesen {euro(most)}"
        if ergebnis == "offen":
            yield offen(
                f"{text}. Davon hängt ab, ob {euro(planung.betrag)} passen: fragen Sie die bewilligende Stelle."
            )
        else:
            yield hinweis(f"{text}; gerechnet ist mit dem kleineren Betrag.")

    def _unknown(self, *when: tuple[str, date]) -> str:
        """Return what is not known about the regulations of awards on their days."""
        limits = filter(None, (self._limits(verordnung, day) for verordnung, day in when))
        norms = (norm for abschnitt in limits for norm in abschnitt.ungewiss)
        return " ".join(dict.fromkeys(f"{norm.herkunft.inhalt} ({norm.ziffer})" for norm in norms))

    def _spellings(self) -> Iterator[Feststellung]:
        for name in self._konten.members(self._name, self._frage.stichtag) if self._buch.alike else ():
            if written := self._buch.alike.get(name):
                yield hinweis(
                    f"{aufzaehlung(written)} zählen als ein Unternehmen; die Namen unterscheiden sich nur in der Schreibweise."
                )

    def _other_reading(self) -> Konten:
        other: Grenztag = "rna" if self._frage.grenztag == "streng" else "streng"
        return self._buch.konten(self._frage._replace(grenztag=other))

    def _boundary_hints(self) -> Iterator[Feststellung]:
        """Where the two readings of the boundary day differ, name the awards, the day and both results of what is asked."""
        if self._frei is None or not self._touches_boundary():
            return
        both = {konten.grenztag: konten for konten in (self._konten, self._other_reading())}
        judged = {grenztag: self._asked(konten) for grenztag, konten in both.items()}
        for number, (streng, rna) in enumerate(zip(judged["streng"], judged["rna"], strict=True)):
            if streng.frei != rna.frei:
                before = both["streng"].with_planned(self._name, self._frage.geplant[:number])
                awards, tag = self._decisive(before, streng.planung)
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
        days = {window_start(tag, self._buch.recht.years, "streng") for tag in asked | later}
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
        boundary = window_start(tag, self._buch.recht.years, "streng")
        return [posten for posten in konto.granted_on(boundary) if posten.pot in pots]

    def _result(self, found: Geplant) -> str:
        limit = f", {_limit(found.ergebnis)}" if self._frage.geplant else ""
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

    def _audit_hints(self) -> Iterator[Feststellung]:
        for posten in self._konten.until(self._name):
            original = self._buch.original(posten)
            urteil, award = (
                self._konten.pruefung(original),
                f"Die Beihilfe vom {datum(posten.tag)} über {euro(posten.wert)}",
            )
            if urteil == "ueberschritten":
                yield hinweis(
                    f"{award} überschritt schon bei ihrer Gewährung den Höchstbetrag; sie zählt vorsichtshalber weiter."
                    f"{self._undated(original)}",
                    self._buch.place(posten),
                    posten.wert,
                )
            elif urteil == "offen":
                doubts = self._unknown((posten.verordnung, posten.tag))
                text = (
                    f"{award}: ob sie bei ihrer Gewährung den Höchstbetrag einhielt, ist nicht zu entscheiden. {doubts}"
                )
                said = Feststellung(
                    "hinweis" if self._frage.geplant else "offen", text, posten.wert, self._buch.place(posten)
                )
                yield said

    def _undated(self, posten: Posten) -> str:
        """Say so where an award exceeded its ceiling only because of relations that are stated without days."""
        if not any(edge.undatiert for edge in self._buch.verbund.edges):
            return ""
        dated = self._buch.konten(self._frage, "nur_datierte")
        if dated.pruefung(posten) == "ueberschritten":
            return ""
        return " Das gilt, wenn die Unternehmen damals schon verbunden waren: geben Sie an, seit wann die Beziehung besteht."

    def _audit_boundary_hints(self) -> Iterator[Feststellung]:
        """The same as for the planned award for those of the past, each on its own day."""
        for posten in map(self._buch.original, self._konten.until(self._name)):
            here = self._konten.pruefung(posten)
            if here == "nicht_geprueft":
                continue
            konto = self._konten.konto(posten.unternehmen, posten.tag)
            pots = self._buch.recht.counted_with(posten.verordnung)
            if awards := self._on_boundary(konto, posten.tag, pots):
                other = self._other_reading()
                if (there := other.pruefung(posten)) != here:
                    results = {self._konten.grenztag: _limit(here), other.grenztag: _limit(there)}
                    subject = (
                        f"Für die Beihilfe vom {datum(posten.tag)} über {euro(posten.wert)} kam es auf den Grenztag an"
                    )
                    yield self._boundary(subject, awards, posten.tag, posten.tag, results)

    def _pending_hint(self) -> Iterator[Feststellung]:
        """The worst case: everything applied for is granted before."""
        frage, pending = self._frage, self._konten.pending(self._name)
        if not pending:
            return
        granted = (posten._replace(tag=frage.stichtag) for posten in pending)
        worst = Konto([*self._konto.posten, *granted], self._buch.recht, frage.grenztag)
        rest = worst.room(frage.verordnung, frage.stichtag)
        if self._frei is not None and rest is not None and rest != self._frei:
            together = sum((posten.wert for posten in pending), ZERO)
            yield hinweis(
                f"Beantragt, aber noch nicht bewilligt sind {euro(together)}. Werden sie vorher gewährt, sind nur noch "
                f"{euro(rest)} frei statt {euro(self._frei)}.",
                betrag=together,
            )

    def _repaid_hint(self) -> Iterator[Feststellung]:
        """Awards paid back do not count, and no regulation says so."""
        repaid = self._konten.repaid(self._name)
        if not repaid:
            return
        other = self._other_result(self._konten.changed(more=repaid))
        follows = f"zählten sie weiter, {other}" if other else "am Ergebnis ändert das hier nichts"
        together = sum((posten.wert for posten in repaid), ZERO)
        yield hinweis(
            f"Als zurückgezahlt angegebene Beihilfen ({euro(together)}) zählen nicht mit [Auslegung]: keine der Verordnungen sagt, ob "
            f"eine Rückzahlung den Höchstbetrag wieder frei macht; {follows}.",
            self._buch.place(repaid[0]),
            together,
        )

    def _replaced_hints(self) -> Iterator[Feststellung]:
        """Awards with the file number of a later one count all the same; say what holds if that one took their place."""
        older = self._buch.wiederholt.aelter
        results: dict[Posten, str] = {}
        for posten in self._konto.posten if older else ():
            latest = older.get(posten.nummer)
            if latest is None or latest.tag > self._frage.stichtag:
                continue
            if latest not in results:
                replaced = {nummer for nummer, later in older.items() if later == latest}
                results[latest] = self._other_result(self._konten.changed(without=replaced))
            follows = f"dann {results[latest]}" if results[latest] else "am Ergebnis ändert das hier nichts"
            yield hinweis(
                f"Die Beihilfen vom {datum(posten.tag)} über {euro(posten.wert)} und vom {datum(latest.tag)} über {euro(latest.wert)} "
                f"tragen dasselbe Aktenzeichen und zählen beide. Hat ein Änderungsbescheid die frühere ersetzt, geben Sie bei ihr den "
                f"Status ersetzt an; {follows}.",
                self._buch.place(posten),
            )

    def _other_result(self, other: Konten) -> str:
        """Return what would hold with other awards, if it is anything else."""
        frage = self._frage
        room = other.konto(self._name, frage.stichtag).room(frage.verordnung, frage.stichtag)
        if room is None:
            return ""
        parts = [f"wären {euro(room)} frei statt {euro(self._frei or ZERO)}"] if room != self._frei else []
        if (urteil := other.verdict(self._name, frage)) != self._konten.verdict(self._name, frage):
            parts.append(_limit(urteil) if parts else f"wäre der {_limit(urteil)}")
        return ", ".join(parts)

    def _later_hints(self) -> Iterator[Feststellung]:
        stichtag = self._frage.stichtag
        for posten in self._konto.later(stichtag):
            within = self._konto.recht.start(posten.tag, self._frage.grenztag, steuerjahre=False) <= stichtag
            text = (
                "Sie zählt noch nicht mit; eine neue Beihilfe davor darf mit ihr zusammen den Höchstbetrag nicht überschreiten."
                if within
                else "Sie zählt nicht mit."
            )
            yield hinweis(
                f"Die Beihilfe vom {datum(posten.tag)} über {euro(posten.wert)} liegt nach dem Stichtag "
                f"{datum(stichtag)}. {text}",
                self._buch.place(posten),
            )

    def _oddities(self, posten: Posten) -> Iterator[Feststellung]:
        """Yield what is odd about an award that counts nevertheless."""
        since, until = self._buch.recht.starts[posten.verordnung], self._buch.recht.ends[posten.verordnung]
        if posten.tag > until:
            yield hinweis(
                f"Die Verordnung {posten.verordnung} war am {datum(posten.tag)} nicht mehr anwendbar (nur bis {datum(until)}); "
                "die Beihilfe zählt trotzdem mit. Prüfen Sie die Bescheinigung.",
                self._buch.place(posten),
            )
        if posten.tag < since:
            yield hinweis(
                f"Die Verordnung {posten.verordnung} galt am {datum(posten.tag)} noch nicht (erst ab {datum(since)}); "
                "die Beihilfe zählt trotzdem bei ihr mit. Prüfen Sie die Bescheinigung.",
                self._buch.place(posten),
            )
        if posten.nummer in self._buch.wiederholt.doppelt:
            yield hinweis(
                f"Aktenzeichen, Datum und Betrag ({euro(posten.wert)}) stehen mehrfach in der Historie; jede Zeile zählt.",
                self._buch.place(posten),
            )


def _limit(urteil: Kontoergebnis | ErgebnisBeiGewaehrung) -> str:
    return f"Höchstbetrag {urteil.replace('ue', 'ü')}"
