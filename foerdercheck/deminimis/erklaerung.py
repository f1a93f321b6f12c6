"""What an undertaking declares before it is granted de-minimis aid (Article 7(4) of Regulation 2023/2831), as its history has it."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontenbuch import Konten
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.deminimis.posten import Posten
from foerdercheck.model.beihilfe import Beziehung, Ereignis, Historie
from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, euro
from foerdercheck.model.names import name_key
from foerdercheck.programmes.parameter import ERKLAERUNG_VERLANGT

_LESART = {
    "streng": "der Tag genau drei Jahre davor zählt mit",
    "rna": "der Tag genau drei Jahre davor zählt nicht mit",
}


class Erklaerte(NamedTuple):
    """An award as declared: its day (None: only applied for), what the file states of it, and its value in EUR."""

    gewaehrt_am: date | None
    unternehmen: str
    zuwendungsgeber: str | None
    aktenzeichen: str | None
    verordnung: str | None
    form: str
    foerdersumme: Decimal | None
    subventionswert: Decimal


class Erklaerung(NamedTuple):
    """Everything a declaration can take from a history; `ziffer` is where it is demanded, None where that is not known."""

    ziffer: str | None
    frage: Frage
    fenster: tuple[date, date]
    antragsteller: str
    verbundene: tuple[str, ...]
    beziehungen: tuple[Beziehung, ...]
    ereignisse: tuple[Ereignis, ...]
    gewaehrt: tuple[Erklaerte, ...]
    beantragt: tuple[Erklaerte, ...]
    annahmen: tuple[str, ...]


def erklaerung_aus(stand: Kontostand, historie: Historie) -> Erklaerung:
    """Return the declaration of a single undertaking for the Stichtag of its account."""
    konten, name, frage = stand.grundlage
    demanded = konten.buch.recht.fassung.find(ERKLAERUNG_VERLANGT, {"verordnung": frage.verordnung})
    members = {name_key(member) for member in stand.unternehmen}
    granted = [posten for posten in konten.until(name) if posten.tag >= stand.fenster[0]]
    pending = konten.pending(name)
    return Erklaerung(
        demanded and demanded.ziffer,
        frage,
        stand.fenster,
        konten.buch.names.get(name, ""),
        tuple(member for member in stand.unternehmen if name_key(member) != name),
        tuple(one for one in historie.verbund if members & {name_key(one.unternehmen), name_key(one.verbunden_mit)}),
        tuple(one for one in historie.ereignisse if members & {name_key(one.von), name_key(one.nach)}),
        tuple(_granted(konten, posten, historie) for posten in granted),
        tuple(_declared(konten, posten, historie) for posten in pending),
        tuple(_assumed(stand, historie, [*granted, *pending])),
    )


def _declared(konten: Konten, posten: Posten, historie: Historie) -> Erklaerte:
    """Return an award that was applied for with what the file states."""
    stated = historie.beihilfen[posten.nummer]
    name, giver = konten.buch.names[posten.unternehmen], posten.zuwendungsgeber
    return Erklaerte(
        None, name, giver, stated.aktenzeichen, stated.verordnung, stated.form, stated.foerdersumme, posten.wert
    )


def _granted(konten: Konten, posten: Posten, historie: Historie) -> Erklaerte:
    """Return an award that was granted; of a divided one the nominal amount is not that of the part."""
    declared = _declared(konten, posten, historie)._replace(gewaehrt_am=posten.tag)
    whole = konten.buch.original(posten).wert == posten.wert
    return declared if whole else declared._replace(foerdersumme=None)


def _assumed(stand: Kontostand, historie: Historie, awards: Sequence[Posten]) -> Iterator[str]:
    """Yield what the account takes for granted although nobody stated it, and everything remarkable about it."""
    konten, _, frage = stand.grundlage
    first, last = map(datum, stand.fenster)
    yield f"Betrachtet ist der Zeitraum {first} bis {last}; {_LESART[frage.grenztag]}."
    yield (
        f"Betrachtet sind nur Beihilfen des Staats {stand.mitgliedstaat} und nur Unternehmen, die die Historie als verbunden nennt; "
        "eine Beihilfe ohne Angabe ihrer Form gilt als Zuschuss."
    )
    stated = [(posten, historie.beihilfen[posten.nummer]) for posten in awards]
    if unnamed := [posten for posten, beihilfe in stated if beihilfe.verordnung is None]:
        yield f"Ohne Angabe ihrer Verordnung, nach {konten.buch.recht.unstated} gezählt: {_listed(unnamed)}."
    if computed := [posten for posten, beihilfe in stated if beihilfe.subventionswert is None]:
        yield f"Ohne Angabe des Subventionswerts, aus den anderen Angaben berechnet: {_listed(computed)}."
    if left_out := stand.ungezaehlt:
        status = aufzaehlung(sorted({award.status.replace("ue", "ü") for award, _ in left_out}))
        yield f"Nicht aufgeführt: {anzahl(len(left_out), 'Beihilfe', 'Beihilfen')} mit Status {status}."
    if later := [award for award in stand.beihilfen if award.gewaehrt_am > frage.stichtag]:
        yield f"Nicht aufgeführt: {anzahl(len(later), 'Beihilfe', 'Beihilfen')} mit einem Tag nach dem {last}."
    yield from (statement.text for statement in stand.hinweise)


def _listed(awards: Sequence[Posten]) -> str:
    return aufzaehlung(f"die vom {datum(posten.tag)} über {euro(posten.wert)}" for posten in awards)
