"""What is remarkable about an account."""

from collections.abc import Iterator

from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontenbuch import Konten
from foerdercheck.deminimis.konto import ZERO
from foerdercheck.deminimis.lesarten import Lesarten, steuerjahr_angenommen, ungewisses, urteilsworte
from foerdercheck.deminimis.posten import Posten
from foerdercheck.deminimis.zweifel import zweifel
from foerdercheck.model.befund import Feststellung, Status, hinweis, offen
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
        ceiling = self._buch.recht.abschnitt
        unknown = [planung for planung in self._frage.geplant if ceiling(planung.verordnung, planung.tag) is None]
        for planung in unknown:
            tag = datum(planung.tag)
            yield offen(
                f"Für eine Gewährung nach {planung.verordnung} am {tag} ist kein Höchstbetrag bekannt; prüfen Sie Tag und Verordnung."
            )
        yield from map(hinweis, self._frage.angenommen)
        if not unknown:
            yield from zweifel(self._konten, self._name, self._frage)
            lesarten = Lesarten(self._konten, self._name, self._frage)
            yield from lesarten.recht()
            yield from lesarten.grenztag()
            yield from self._audit_hints()
            yield from lesarten.frueherer_grenztag()
        yield from self._spellings()
        yield from self._pending_hint()
        yield from self._repaid_hint()
        yield from self._replaced_hints()
        yield from self._later_hints()
        covers, odd = self._buch.recht.covers, self._buch.odd
        for posten in self._konto.posten:
            if posten.nummer in odd or not covers(posten.verordnung, posten.tag):
                yield from self._oddities(posten)

    def _spellings(self) -> Iterator[Feststellung]:
        for name in self._konten.members(self._name, self._frage.stichtag):
            if written := self._buch.alike.get(name):
                yield hinweis(
                    f"{aufzaehlung(written)} zählen als ein Unternehmen; die Namen unterscheiden sich nur in der Schreibweise."
                )

    def _audit_hints(self) -> Iterator[Feststellung]:
        for posten, original, urteil in self._konten.audited(self._name):
            if urteil == "nicht_geprueft":
                continue
            assumed = steuerjahr_angenommen(self._konten, original.unternehmen, original.verordnung, original.tag)
            status: Status = "hinweis"
            if urteil == "ueberschritten":
                text = " überschritt schon bei ihrer Gewährung den Höchstbetrag; sie zählt vorsichtshalber weiter."
                text += (assumed and f" {assumed}.") + self._undated(original)
            elif urteil == "offen":
                text = ": ob sie bei ihrer Gewährung den Höchstbetrag einhielt, ist nicht zu entscheiden. "
                text += ungewisses(self._buch.recht, (posten.verordnung, posten.tag))
                status = "hinweis" if self._frage.geplant else "offen"
            elif assumed and self._konten.konto(original.unternehmen, original.tag).exceeds_in_some_year(original):
                text = " hielt den Höchstbetrag bei ihrer Gewährung ein, mit einem anderen Steuerjahr vielleicht nicht."
                text += f" {assumed}."
            else:
                continue
            award = f"Die Beihilfe vom {datum(posten.tag)} über {euro(posten.wert)}"
            yield Feststellung(status, award + text, posten.wert, self._buch.place(posten))

    def _undated(self, posten: Posten) -> str:
        """Say so where an award exceeded its ceiling only because of relations of which nobody states since when they are."""
        if not any(edge.undatiert for edge in self._buch.verbund.edges):
            return ""
        dated = self._buch.konten(self._frage, "nur_datierte")
        if dated.pruefung(posten) == "ueberschritten":
            return ""
        return " Das gilt, wenn die Unternehmen damals schon verbunden waren: geben Sie an, seit wann die Beziehung besteht."

    def _pending_hint(self) -> Iterator[Feststellung]:
        """The worst case: everything applied for is granted before."""
        frage, pending = self._frage, self._konten.pending(self._name)
        if not pending:
            return
        granted = (posten._replace(tag=frage.stichtag) for posten in pending)
        worst = self._konto.having([*self._konto.posten, *granted])
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
        for posten in self._konto.posten:
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
        parts = []
        if room is not None and room != self._frei:
            parts.append(f"wären {euro(room)} frei statt {euro(self._frei or ZERO)}")
        if (urteil := other.verdict(self._name, frage)) != self._konten.verdict(self._name, frage):
            parts.append(urteilsworte(urteil) if parts else f"wäre der {urteilsworte(urteil)}")
        return ", ".join(parts)

    def _later_hints(self) -> Iterator[Feststellung]:
        stichtag = self._frage.stichtag
        later = self._konto.later(stichtag)
        if not later:
            return
        asked = {(self._frage.verordnung, stichtag), *((each.verordnung, each.tag) for each in self._frage.geplant)}
        limits = [limit for each in asked for limit in self._konto.limits(*each)]
        limited = {(tag, pot) for tag, grenze in limits for pot in grenze.pots}
        for posten in later:
            text = (
                "Sie zählt noch nicht mit; eine neue Beihilfe davor darf mit ihr zusammen den Höchstbetrag nicht überschreiten."
                if (posten.tag, posten.pot) in limited
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
        if reading := self._buch.auslegungen.get(posten.nummer):
            yield hinweis(
                f"Der Wert der Beihilfe vom {datum(posten.tag)} ({euro(posten.wert)}) ist berechnet [Auslegung: {reading}]; "
                "maßgeblich ist die Bescheinigung.",
                self._buch.place(posten),
            )
        if posten.nummer in self._buch.wiederholt.doppelt:
            yield hinweis(
                f"Aktenzeichen, Datum und Betrag ({euro(posten.wert)}) stehen mehrfach in der Historie; jede Zeile zählt.",
                self._buch.place(posten),
            )
