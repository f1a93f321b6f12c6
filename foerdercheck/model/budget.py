"""A project budget as its applicant states it: the project, its participants, their cost and financing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from foerdercheck.model import synonyme
from foerdercheck.model.beihilfe import Beihilfe
from foerdercheck.model.deutsch import aufzaehlung, datum, prozent
from foerdercheck.model.felder import (
    Anzahl,
    Datum,
    Geld,
    Jahr,
    JaNein,
    Land,
    Monat,
    Prozent,
    Stunden,
    Stundensatz,
    Text,
    Umsatzsteuersatz,
    wort,
)
from foerdercheck.model.finanzierung import Finanzierung
from foerdercheck.model.kalender import plus_years
from foerdercheck.model.landkreise import Landkreise
from foerdercheck.model.location import Name, Path
from foerdercheck.model.names import name_key
from foerdercheck.model.personalzeilen import Stated, no_price, only_personal
from foerdercheck.model.records import Choice, Tree
from foerdercheck.model.scalars import as_list, fold
from foerdercheck.model.words import Wahl, Word, WordAndRate

_MAX_JAHRE = 50
"""No project takes longer; hours are spread over every year of it, in each of its lines."""
ARTEN = (
    "hochschule", "forschungseinrichtung", "transferorganisation", "kommune", "koerperschaft", "landesbehoerde",
    "startup", "unternehmen", "gemeinnuetzig", "natuerliche_person",
)  # fmt: skip
ALLE_KOSTENARTEN = (
    "personal", "material", "fremdleistung", "investition", "reise", "oeffentlichkeitsarbeit", "gutachten", "miete",
    "leasing", "weitergabe", "grunderwerb", "finanzierungskosten", "sonstige",
)  # fmt: skip
GEWERBLICH = frozenset({"startup", "unternehmen"})
LEISTUNGEN = ("liefer_dienst", "bau")
BESCHEIDE = ("gemeinsam", "einzeln")
_Phase = Annotated[str, Word("phase", "als Phase")]
_Laender = Annotated[tuple[Land, ...] | Land, Choice(lambda tree: int(not isinstance(tree, list)))]


class Auftrag(NamedTuple):
    """An order to be awarded; lines of one Beteiligter with the same `nr` belong to the same order."""

    nr: Text | None = None
    leistung: Annotated[str, wort(LEISTUNGEN, "als Leistung", synonyme=synonyme.LEISTUNG)] | None = None
    anbieter: Text | None = None
    angebote: Anzahl | None = None
    auswahl_dokumentiert: JaNein | None = None
    vertrag: Datum | None = None
    begruendung: Text | None = None


class Stundenposition(NamedTuple):
    """Personnel by the hour: hours (one number for the whole project, or one per calendar year) × rate."""

    kostenart: Annotated[str, wort(ALLE_KOSTENARTEN, "als Kostenart", synonyme=synonyme.KOSTENART)]
    bezeichnung: Text
    stundensatz: Stundensatz
    stunden: Annotated[Stunden | dict[Jahr, Stunden], Choice(lambda tree: int(isinstance(tree, dict)))]
    person: Text | None = None
    beschaeftigungsumfang: Prozent | None = None
    nachweis: (
        Annotated[str, wort(("fester_anteil", "stundennachweis"), "als Nachweis", synonyme=synonyme.NACHWEIS)] | None
    ) = None
    pauschale_mit_gemeinkosten: JaNein = False
    phase: _Phase | None = None

    @staticmethod
    def check(given: Mapping[str, Any], _tree: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
        """Only personnel is counted by the hour."""
        yield from only_personal(given, name)

    @staticmethod
    def foreign(keys: Sequence[str], tree: Stated, name: Name, vocabulary: Stated) -> tuple[str, str] | None:
        """Personnel has no price."""
        return no_price(keys, tree, name, vocabulary)

    @property
    def wer(self) -> str:
        """Who it is, as compared between lines: `person`, else `bezeichnung`."""
        return name_key(self.person or self.bezeichnung, person=True)


class Monatsposition(NamedTuple):
    """Personnel by monthly unit cost: months × monthly rate of `stufe` × share of a full post."""

    kostenart: Annotated[str, wort(ALLE_KOSTENARTEN, "als Kostenart", synonyme=synonyme.KOSTENART)]
    bezeichnung: Text
    stufe: Annotated[str, Word("stufe", "als Stufe")]
    person: Text | None = None
    von: Monat | None = None
    bis: Monat | None = None
    anteil: Prozent | None = None
    gehalt_unter_mindestwert: JaNein = False
    phase: _Phase | None = None

    @staticmethod
    def check(given: Mapping[str, Any], _tree: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
        """Only personnel is counted by the month, and the last month is not before the first."""
        yield from only_personal(given, name)
        von, bis = given.get("von"), given.get("bis")
        if von is not None and bis is not None and bis < von:
            yield "bis", f"der letzte Monat ({bis:%Y-%m}) liegt vor dem ersten ({von:%Y-%m})"

    @staticmethod
    def foreign(keys: Sequence[str], tree: Stated, name: Name, vocabulary: Stated) -> tuple[str, str] | None:
        """Personnel has no price."""
        return no_price(keys, tree, name, vocabulary)

    @property
    def wer(self) -> str:
        """Who it is, as compared between lines: `person`, else `bezeichnung`."""
        return name_key(self.person or self.bezeichnung, person=True)

    @property
    def umfang(self) -> Decimal:
        """The share of a full post: all of it where none is stated."""
        return Decimal(1) if self.anteil is None else self.anteil


class Sachposition(NamedTuple):
    """Any cost but personnel, given net or gross of VAT; without `ust` the standard rate of its time holds."""

    kostenart: Annotated[str, wort(ALLE_KOSTENARTEN, "als Kostenart", synonyme=synonyme.KOSTENART)]
    bezeichnung: Text
    netto: Geld | None = None
    brutto: Geld | None = None
    ust: Umsatzsteuersatz | None = None
    phase: _Phase | None = None
    pauschale_mit_gemeinkosten: JaNein = False
    auftrag: Auftrag | None = None

    @staticmethod
    def check(_given: Mapping[str, Any], tree: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
        """Exactly one of net and gross."""
        if "netto" not in tree and "brutto" not in tree:
            yield "netto", f"der Betrag fehlt: geben Sie {name('netto')} oder {name('brutto')} an"
        if "netto" in tree and "brutto" in tree:
            both = f"{name('netto')} und {name('brutto')}"
            yield "brutto", f"{both} sind beide angegeben: lassen Sie eines von beiden weg"


def _form_of_line(tree: Tree) -> int:
    if not isinstance(tree, dict):
        return 2
    kostenart = tree.get("kostenart")
    personal = isinstance(kostenart, str) and fold(kostenart) == "personal"
    if personal or "stundensatz" in tree or "stunden" in tree:
        return 1 if "stufe" in tree else 0
    return 2


Kostenposition = Stundenposition | Monatsposition | Sachposition
_Kosten = Annotated[Kostenposition, Choice(_form_of_line)]


class Beteiligter(NamedTuple):
    """A body that takes part: applicant or partner, with its own cost, rates, financing and de-minimis account."""

    name: Text
    art: Annotated[str, wort(ARTEN, "als Art eines Beteiligten", synonyme=synonyme.ART)]
    rechtsform: Text | None = None
    sitz: Land | None = None
    betriebsstaetten: tuple[Land, ...] = ()
    gruendung: Datum | None = None
    wachstumsorientiert: JaNein | None = None
    wirtschaftlich_taetig: JaNein | None = None
    nace: Text | None = None
    vorsteuerabzug: JaNein | None = None
    haushaltsnotlage: JaNein | None = None
    mehrheitlich_kommunal: JaNein | None = None
    gemeinkosten: Annotated[Wahl, WordAndRate("gemeinkosten", "als Gemeinkosten-Methode")] = Wahl("auto")
    kosten: tuple[_Kosten, ...] = ()
    finanzierung: Finanzierung | None = None
    deminimis: Annotated[Text | tuple[Beihilfe, ...], Choice(lambda tree: int(isinstance(tree, list)))] | None = None
    unternehmensverbund: tuple[Text, ...] = ()

    @property
    def ist_unternehmen(self) -> bool:
        """Whether it is an undertaking in the sense of State-aid law, stated or by its kind."""
        return self.art in GEWERBLICH if self.wirtschaftlich_taetig is None else self.wirtschaftlich_taetig

    @property
    def taetigkeit_zweifelhaft(self) -> bool:
        """Whether it says to be none although its kind usually is one."""
        return self.art in GEWERBLICH and not self.ist_unternehmen

    @property
    def hat_historie(self) -> bool:
        """Whether it names earlier de-minimis aid: a list that is not empty, or a file."""
        return self.deminimis is not None and self.deminimis != () and fold(str(self.deminimis)) != "keine"

    @property
    def zieht_vorsteuer_ab(self) -> bool:
        """Whether it may deduct input VAT, stated or by its kind."""
        return self.art in GEWERBLICH if self.vorsteuerabzug is None else self.vorsteuerabzug


class Vorhaben(NamedTuple):
    """The project: when, where, what for, and what has been stated about it as a whole."""

    antragsdatum: Datum
    beginn: Datum
    ende: Datum
    titel: Text | None = None
    ziele: tuple[Annotated[str, Word("ziele", "als Ziel")], ...] = ()
    bewilligung: Datum | None = None
    vorzeitiger_beginn_genehmigt: Datum | None = None
    bundesland: _Laender | None = None
    landkreise: Landkreise = ()
    foerdergegenstand: Annotated[str, Word("foerdergegenstand", "als Fördergegenstand")] | None = None
    gesamtfinanzierung_gesichert: JaNein | None = None
    folgekosten_gesichert: JaNein | None = None
    andere_foerdermittel_geprueft: JaNein | None = None
    kooperationsvertrag: Datum | None = None
    bescheid: Annotated[str, wort(BESCHEIDE, "als Bescheid")] | None = None

    @property
    def laender(self) -> tuple[str, ...]:
        """The Länder and states in which it is carried out, one or several."""
        return (self.bundesland,) if isinstance(self.bundesland, str) else self.bundesland or ()

    @staticmethod
    def check(given: Mapping[str, Any], tree: Mapping[str, Any], _name: Name) -> Iterator[tuple[str, str]]:
        """The project ends after it has begun, within a lifetime; shares of districts make up the whole, no name holds one."""
        beginn, ende = given.get("beginn"), given.get("ende")
        if beginn is not None and ende is not None:
            yield from _duration(beginn, ende)
        landkreise = given.get("landkreise")
        doubled = [name for name, count in Counter(landkreise or ()).items() if count > 1]
        if doubled:
            yield "landkreise", f"{aufzaehlung(doubled)} steht mehrmals da: nennen Sie jeden Landkreis einmal"
        whole = sum(landkreise.values(), Decimal()) if isinstance(landkreise, dict) else Decimal(1)
        if whole != 1:
            yield "landkreise", f"die Anteile ergeben {prozent(whole)}, zusammen müssen es 100 % sein"
        stated = tree.get("landkreise")
        words = [name for name in stated if isinstance(name, str)] if isinstance(stated, list) else []
        if any(name.rstrip().endswith("%") for name in words):
            yield "landkreise", f"Anteile stehen nicht in einer Liste{as_list(', '.join(words))}"


def _duration(beginn: date, ende: date) -> Iterator[tuple[str, str]]:
    if ende < beginn:
        yield "ende", f"das Ende ({datum(ende)}) liegt vor dem Beginn ({datum(beginn)})"
    elif ende > plus_years(beginn, _MAX_JAHRE):
        days = f"Beginn ({datum(beginn)}) und Ende ({datum(ende)})"
        yield "ende", f"zwischen {days} liegen mehr als {_MAX_JAHRE} Jahre: prüfen Sie beide"


class Ausnahme(NamedTuple):
    """A finding the authority has accepted: the rule, whom it concerns (None: everybody), why, who said so, until when."""

    regel: Annotated[str, Word("regel", "als Regel")]
    grund: Text
    wer: Text
    bis: Datum
    beteiligter: Text | None = None


class Budget(NamedTuple):
    """A whole budget file."""

    foerderprogramm: Text
    vorhaben: Vorhaben
    antragsteller: Beteiligter
    partner: tuple[Beteiligter, ...] = ()
    ausnahmen: tuple[Ausnahme, ...] = ()

    def beteiligte(self) -> Iterator[tuple[Path, Beteiligter]]:
        """Yield every Beteiligter with its path, the applicant first."""
        yield ("antragsteller",), self.antragsteller
        for index, partner in enumerate(self.partner):
            yield ("partner", index), partner
