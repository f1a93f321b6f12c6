"""De-minimis aid as an undertaking states it: awards, relations between undertakings, events."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from foerdercheck.model.deutsch import datum
from foerdercheck.model.felder import Datum, Geld, Jahrestag, Mitgliedstaat, Prozent, Stunden, Text, wort
from foerdercheck.model.location import Name
from foerdercheck.model.words import Number

FORMEN = ("zuschuss", "zinszuschuss", "darlehen", "buergschaft", "beteiligung", "sonstige")
_ANDERE_FORMEN = {
    "Zuwendung": "zuschuss", "verlorener Zuschuss": "zuschuss", "nicht rückzahlbarer Zuschuss": "zuschuss",
    "Zinsverbilligung": "zinszuschuss", "Zinsvergünstigung": "zinszuschuss", "Kredit": "darlehen",
    "Förderkredit": "darlehen", "zinsverbilligtes Darlehen": "darlehen", "zinsgünstiges Darlehen": "darlehen",
    "Garantie": "buergschaft", "Ausfallbürgschaft": "buergschaft", "Haftungsfreistellung": "buergschaft",
    "stille Beteiligung": "beteiligung", "sonstiges": "sonstige",
}  # fmt: skip
ZURUECKGEZAHLT = "zurueckgezahlt"
ZAEHLBAR = ("bewilligt", "beantragt")
STATUS = (*ZAEHLBAR, "widerrufen", ZURUECKGEZAHLT, "ersetzt", "abgelehnt", "aufgehoben")
_ANDERE_STATUS = {
    "gewährt": "bewilligt",
    "ausgezahlt": "bewilligt",
    "zurückgenommen": "aufgehoben",
    "zurückerstattet": ZURUECKGEZAHLT,
}
BEZIEHUNGEN = (
    "stimmrechtsmehrheit", "organmehrheit", "beherrschungsvertrag", "stimmbindung", "natuerliche_person",
    "oeffentliche_stelle",
)  # fmt: skip
EREIGNISARTEN = ("fusion", "uebernahme", "spaltung")
KEINE_VERORDNUNG = "keine bekannte De-minimis-Verordnung"
"""What a message calls a number or name that the law does not know."""

Verordnung = Annotated[str, Number("verordnung", KEINE_VERORDNUNG)]


class Beihilfe(NamedTuple):
    """One award of de-minimis aid, as on its certificate.

    `subventionswert` is the gross grant equivalent in EUR at the date of grant, `foerdersumme` the nominal
    amount; `besicherung` and `buergschaftsquote` are fractions of the loan. `steuerjahr_ab` is the day on which each fiscal year
    of the undertaking begins; one of its awards says it for all.
    """

    unternehmen: Text | None = None
    gewaehrt_am: Datum | None = None
    zuwendungsgeber: Text | None = None
    aktenzeichen: Text | None = None
    verordnung: Verordnung | None = None
    form: Annotated[str, wort(FORMEN, "als Form der Beihilfe", auch=_ANDERE_FORMEN)] = "zuschuss"
    foerdersumme: Geld | None = None
    subventionswert: Geld | None = None
    mitgliedstaat: Mitgliedstaat = "DE"
    status: Annotated[str, wort(STATUS, "als Status", auch=_ANDERE_STATUS)] = "bewilligt"
    bemerkung: Text | None = None
    laufzeit_jahre: Stunden | None = None
    besicherung: Prozent | None = None
    buergschaftsquote: Prozent | None = None
    steuerjahr_ab: Jahrestag | None = None

    @staticmethod
    def checked() -> tuple[str, ...]:
        """Return the fields that `check` looks at."""
        return ("gewaehrt_am", "status")

    @staticmethod
    def check(given: Mapping[str, Any], tree: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
        """An award that was granted needs its date."""
        if "gewaehrt_am" not in tree and given.get("status", "bewilligt") == "bewilligt":
            yield "gewaehrt_am", f"{name('gewaehrt_am')} fehlt: das Datum, an dem die Beihilfe gewährt wurde (Bescheid)"


class Beziehung(NamedTuple):
    """A relation between two undertakings (Article 2(2) of Regulation 2023/2831): `unternehmen` has it to `verbunden_mit`.

    It lasts from `ab` to `bis`, both included; without them always, or until the other is sold.
    """

    unternehmen: Text
    beziehung: Annotated[str, wort(BEZIEHUNGEN, "als Beziehung")]
    verbunden_mit: Text
    ab: Datum | None = None
    bis: Datum | None = None

    @staticmethod
    def checked() -> tuple[str, ...]:
        """Return the fields that `check` looks at."""
        return ("ab", "bis")

    @staticmethod
    def check(given: Mapping[str, Any], _tree: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
        """A relation does not end before it begins."""
        if (ab := given.get("ab")) and (bis := given.get("bis")) and bis < ab:
            yield "bis", f"{name('bis')} ({datum(bis)}) liegt vor {name('ab')} ({datum(ab)})"


class Ereignis(NamedTuple):
    """A merger, an acquisition or one share of a split, from `von` to `nach` (Article 3(8) and (9))."""

    datum: Datum
    ereignis: Annotated[str, wort(EREIGNISARTEN, "als Ereignis")]
    von: Text
    nach: Text
    anteil: Prozent | None = None

    @staticmethod
    def checked() -> tuple[str, ...]:
        """Return the fields that `check` looks at."""
        return ("ereignis", "anteil")

    @staticmethod
    def check(given: Mapping[str, Any], tree: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
        """A split needs the share of each successor."""
        if given.get("ereignis") == "spaltung" and "anteil" not in tree:
            yield (
                "anteil",
                f"{name('anteil')} fehlt: bei einer Spaltung der Anteil, der auf diesen Nachfolger entfällt, z. B. 60 %",
            )


class Historie(NamedTuple):
    """Everything known about the aid of a group of undertakings."""

    beihilfen: tuple[Beihilfe, ...] = ()
    verbund: tuple[Beziehung, ...] = ()
    ereignisse: tuple[Ereignis, ...] = ()
