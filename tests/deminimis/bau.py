"""Builders: awards, relations and events in one line each, and the account they lead to."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontenbuch import Kontenbuch
from foerdercheck.deminimis.kontostand import Kontostand, kontostand
from foerdercheck.deminimis.posten import Stellen
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.befund import Feststellung
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis, Historie
from foerdercheck.model.names import name_key
from foerdercheck.model.scalars import parse_datum

RECHT = load_recht()
ALLGEMEIN, DAWI, AGRAR, FISCH, ALT, ALT_DAWI = (
    "2023/2831",
    "2023/2832",
    "1408/2013",
    "717/2014",
    "1407/2013",
    "360/2012",
)


def tag(text: str) -> date:
    """`15.03.2026` as a date."""
    return parse_datum(text)


def eur(betrag: str | int) -> Decimal:
    return Decimal(betrag).quantize(Decimal("0.01"))


def beihilfe(am: str | None, betrag: str | int | None, *, an: str | None = "A", **rest: object) -> Beihilfe:
    """An award to A, with a certificate."""
    wert = None if betrag is None else eur(betrag)
    return Beihilfe(unternehmen=an, gewaehrt_am=am and tag(am), subventionswert=wert, **rest)


def kette(*namen: str, art: str = "stimmrechtsmehrheit") -> tuple[Beziehung, ...]:
    """Each undertaking controls the next."""
    return tuple(Beziehung(unternehmen=one, beziehung=art, verbunden_mit=other) for one, other in pairwise(namen))


def ereignis(am: str, art: str, von: str, nach: str, anteil: str | None = None) -> Ereignis:
    return Ereignis(datum=tag(am), ereignis=art, von=von, nach=nach, anteil=None if anteil is None else Decimal(anteil))


def spaltung(am: str, von: str, **anteile: str) -> tuple[Ereignis, ...]:
    return tuple(ereignis(am, "spaltung", von, nach, anteil) for nach, anteil in anteile.items())


def buch(
    beihilfen: Iterable[Beihilfe],
    verbund: Iterable[Beziehung] = (),
    ereignisse: Iterable[Ereignis] = (),
    *,
    stichtag: str = "21.11.2026",
    gruppe: Sequence[str] = (),
) -> Kontenbuch:
    """The Kontenbuch of a history that has no problems."""
    historie = Historie(beihilfen=tuple(beihilfen), verbund=tuple(verbund), ereignisse=tuple(ereignisse))
    konten, problems = open_kontenbuch(historie, RECHT, tag(stichtag), Stellen(), (gruppe,) if gruppe else ())
    assert problems == []
    return konten


def stand(  # noqa: PLR0913 - reads as a sentence
    beihilfen: Iterable[Beihilfe],
    verbund: Iterable[Beziehung] = (),
    ereignisse: Iterable[Ereignis] = (),
    *,
    am: str,
    neu: str | int | None = None,
    an: str = "A",
    gruppe: Sequence[str] = (),
    **frage: str,
) -> Kontostand:
    """The account of `an` on a day, with a planned award."""
    konten = buch(beihilfen, verbund, ereignisse, stichtag=am, gruppe=gruppe)
    betrag = None if neu is None else eur(neu)
    question = Frage(**{"verordnung": ALLGEMEIN, **frage}, stichtag=tag(am), betrag=betrag)
    return kontostand(konten.konten(question), name_key(an), question)


def audits(konto: Kontostand) -> list[str]:
    return [eintrag.ergebnis_bei_gewaehrung for eintrag in konto.beihilfen]


def hinweis(konto: Kontostand, teil: str) -> Feststellung:
    """The one statement that contains these words."""
    (found,) = [statement for statement in konto.hinweise if teil in statement.text]
    return found
