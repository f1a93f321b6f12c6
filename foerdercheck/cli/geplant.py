"""Planned awards as they are typed: amounts, loans and guarantees, each with its day and regulation where they differ."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import typer

from foerdercheck.cli.options import read_betrag, read_datum, read_jahre, read_prozent, read_verordnung
from foerdercheck.deminimis.fenster import Grenztag
from foerdercheck.deminimis.frage import Frage, Planung
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.deminimis.wert import subventionswert
from foerdercheck.model.beihilfe import Beihilfe
from foerdercheck.model.deutsch import euro, zahl
from foerdercheck.model.scalars import ScalarError

_TAG = "[@DATUM[@VERORDNUNG]]"
_BEIHILFE = f"BETRAG{_TAG}"
_DARLEHEN = f"BETRAG@JAHRE@BESICHERUNG{_TAG}"
_BUERGSCHAFT = f"BETRAG@JAHRE@QUOTE{_TAG}"


class Getippt(NamedTuple):
    """The options of a call that say what is planned, as typed."""

    beihilfe: Sequence[str]
    darlehen: Sequence[str]
    buergschaft: Sequence[str]


def frage(getippt: Getippt, stichtag: date | None, verordnung: str | None, grenztag: Grenztag, staat: str) -> Frage:
    """Return what a call asks.

    The Stichtag is the day of an award without one; where no Stichtag is given, it is the first of the days stated, else today.
    """
    read = [*_read(getippt, verordnung or load_recht().unstated)]
    days = [tag for tag, _, _ in read if tag is not None]
    first = min(days) if days and len(days) == len(read) else date.today()  # noqa: DTZ011 - a legal day has no time zone
    day = stichtag or first
    entries = sorted((_planung(entry, day) for entry in read), key=lambda entry: entry[0].tag)
    planned, said = [planung for planung, _ in entries], tuple(text for _, text in entries if text)
    named = verordnung or (planned[0].verordnung if planned else load_recht().unstated)
    question = Frage(
        verordnung=named, stichtag=day, betrag=None, grenztag=grenztag, mitgliedstaat=staat, angenommen=said
    )
    if len(planned) == 1 and planned[0].tag == day:
        return question._replace(verordnung=planned[0].verordnung, betrag=planned[0].betrag)
    return question._replace(folge=tuple(planned))


_Entry = tuple[date | None, str, Callable[[date], tuple[Decimal, str]]]
"""The day and the regulation of a planned award, and what tells its value on a day and what to say about that."""


def _planung(entry: _Entry, stichtag: date) -> tuple[Planung, str]:
    tag, verordnung, wert = entry
    betrag, said = wert(tag or stichtag)
    return Planung(tag or stichtag, betrag, verordnung), said


def _read(getippt: Getippt, verordnung: str) -> Iterator[_Entry]:
    for typed in getippt.beihilfe:
        (betrag,), tag, named = _parts(typed, 1, "--beihilfe", _BEIHILFE)
        yield tag, named or verordnung, _always(read_betrag(betrag, "--beihilfe"))
    for typed in getippt.darlehen:
        yield _secured(typed, "darlehen", _DARLEHEN, verordnung)
    for typed in getippt.buergschaft:
        yield _secured(typed, "buergschaft", _BUERGSCHAFT, verordnung)


def _always(betrag: Decimal) -> Callable[[date], tuple[Decimal, str]]:
    return lambda _tag: (betrag, "")


def _parts(typed: str, number: int, option: str, form: str) -> tuple[list[str], date | None, str | None]:
    """Split a planned award into what it is (`number` parts), its day and its regulation."""
    parts = [part.strip() for part in typed.split("@")]
    if not number <= len(parts) <= number + 2:
        raise typer.BadParameter(f"„{typed}“: erwartet wird {form}", param_hint=option)
    tag, verordnung = [*parts[number:], None, None][:2]
    day = None if tag is None else read_datum(tag, option)
    return parts[:number], day, None if verordnung is None else read_verordnung(verordnung, option)


def _secured(typed: str, form: str, shape: str, default: str) -> _Entry:
    option = f"--{form}"
    (betrag, jahre, anteil), tag, named = _parts(typed, 3, option, shape)
    share, verordnung = read_prozent(anteil, option), named or default
    beihilfe = Beihilfe(
        verordnung=verordnung,
        form=form,
        foerdersumme=read_betrag(betrag, option),
        laufzeit_jahre=read_jahre(jahre, option),
        besicherung=share if form == "darlehen" else None,
        buergschaftsquote=share if form == "buergschaft" else None,
    )

    def wert(day: date) -> tuple[Decimal, str]:
        try:
            value, reading = subventionswert(beihilfe, day, load_recht())
            return value, _valued(beihilfe, value, reading)
        except ScalarError as error:
            raise typer.BadParameter(str(error), param_hint=option) from None

    return tag, verordnung, wert


def _valued(beihilfe: Beihilfe, value: Decimal, reading: str | None) -> str:
    what = "Das geplante Darlehen" if beihilfe.form == "darlehen" else "Die geplante Bürgschaft"
    betrag, jahre = euro(beihilfe.foerdersumme or Decimal()), zahl(beihilfe.laufzeit_jahre or Decimal())
    mark = f" [Auslegung: {reading}]" if reading else ""
    return f"{what} über {betrag} auf {jahre} Jahre zählt mit {euro(value)}, nach dem vereinfachten Verfahren berechnet{mark}."
