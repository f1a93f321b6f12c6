"""The examples of a template, as they suit its programme: a body that may apply, personnel as the programme counts it."""

import re

from foerdercheck.model.angabe import Angabe, Blatt
from foerdercheck.model.beihilfeangaben import BEISPIEL
from foerdercheck.model.budget import Monatsposition
from foerdercheck.model.words import RATE
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import ANTRAGSBERECHTIGT, SITZ, UMSETZUNGSORT
from foerdercheck.writing.asked import gefragt, wahl
from foerdercheck.writing.columns import BETEILIGTER, MIT_BETEILIGTEM
from foerdercheck.writing.content import Row

_STATED_RATE = re.compile(r" [0-9,]+ %")


def beispiel(angabe: Angabe, fassung: Fassung | None) -> str:
    """Return the first example of a field that suits the programme; nothing where none does."""
    if fassung is None:
        return next(iter(angabe.beispiele), "")
    bodies = fassung.find(ANTRAGSBERECHTIGT) if angabe.feld == "art" else None
    if bodies is not None:
        return next((art for art in bodies.wert if art in angabe.beispiele), "")  # the body it names first
    return next((text for text in angabe.beispiele if _suits(angabe, text, fassung)), "")


def beispielzeile(blatt: Blatt, fassung: Fassung | None) -> Row:
    """Return the example row of a sheet by field, of what the programme asks for; personnel in one way, by the hour if asked."""
    asked = [angabe for angabe, _ in gefragt(fassung, blatt)]
    by_the_hour = any(angabe.feld == "stundensatz" for angabe in asked)
    row: dict[str, object] = {BETEILIGTER: BEISPIEL} if blatt in MIT_BETEILIGTEM else {}
    for angabe in asked:
        if (text := beispiel(angabe, fassung)) and not (by_the_hour and angabe.record is Monatsposition):
            row[angabe.feld] = angabe.parse(text)
    return row


def _suits(angabe: Angabe, text: str, fassung: Fassung) -> bool:
    if angabe.feld == "sitz":
        land = fassung.find(SITZ) or fassung.find(UMSETZUNGSORT)
        return land is None or text == land.wert
    words = wahl(angabe, fassung)
    if not words:
        return not angabe.vokabular  # a programme without such words has no use for one
    return text in words or _STATED_RATE.sub(RATE, text) in words
