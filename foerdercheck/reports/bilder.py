"""Bars and timelines before they are drawn: where each part lies, and the same in words, for those who hear it and beside it."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.model.deutsch import datum, euro
from foerdercheck.reports.dokument import Balken, Ton, Zeitstrahl

WIDTH, BAR, STEPS = 1000, 28, 90
"""How wide a picture is, and how high one of a bar and one of steps, in units of the drawing."""


class Bildteil(NamedTuple):
    """A part of a picture: where it begins, how wide and high it is (it stands at the foot), its number and its tone."""

    links: int
    breite: int
    hoehe: int
    nummer: int
    ton: Ton


class Erlaeuterung(NamedTuple):
    """What stands beside a picture: a text, an amount as text if it is about one, and the part that is meant, if one is."""

    text: str
    betrag: str = ""
    teil: Bildteil | None = None


class Bild(NamedTuple):
    """A picture: its parts, what it shows in words, what stands beside it, and where the limit is if parts lie beyond it."""

    hoehe: int
    teile: list[Bildteil]
    gesagt: str
    legende: list[Erlaeuterung]
    grenze: int | None = None


def picture(block: Balken | Zeitstrahl) -> Bild:
    """Return the picture of a bar, or of what changes when."""
    return _bar(block) if isinstance(block, Balken) else _timeline(block)


def _bar(balken: Balken) -> Bild:
    whole = max(balken.ganzes, sum((betrag for _, betrag, _ in balken.teile), Decimal()))
    told = ", ".join(f"{name} {euro(betrag)}" for name, betrag, _ in balken.teile)
    parts: list[Bildteil] = []
    left = 0
    for number, (_, betrag, ton) in enumerate(balken.teile):
        parts.append(Bildteil(left, _scaled(betrag, whole, WIDTH), BAR, number, ton))
        left += parts[-1].breite
    beside = [
        Erlaeuterung(name, euro(betrag), part) for (name, betrag, _), part in zip(balken.teile, parts, strict=True)
    ]
    beside.append(Erlaeuterung(f"von {euro(balken.ganzes)}"))
    end = _scaled(balken.ganzes, whole, WIDTH) if whole > balken.ganzes else None
    return Bild(BAR, parts, f"{balken.titel}: {told} von {euro(balken.ganzes)}", beside, end)


def _timeline(strahl: Zeitstrahl) -> Bild:
    first, last = strahl.punkte[0][0], strahl.punkte[-1][0]
    days = max((last - first).days * 10 // 9, 1)  # what holds in the end is seen, too
    whole = max(strahl.ganzes, *(betrag for _, betrag in strahl.punkte))
    starts = [_place(tag, first, days) for tag, _ in strahl.punkte]
    parts = [
        Bildteil(left, right - left, _scaled(betrag, whole, STEPS), 0, "gut")
        for left, right, (_, betrag) in zip(starts, [*starts[1:], WIDTH], strahl.punkte, strict=True)
    ]
    beside = [Erlaeuterung(f"ab {datum(tag)}", euro(betrag)) for tag, betrag in strahl.punkte]
    told = ", ".join(f"{each.text} {each.betrag}" for each in beside)
    return Bild(STEPS, parts, f"{strahl.titel}: {told}", beside)


def _place(tag: date, first: date, days: int) -> int:
    return (tag - first).days * WIDTH // days


def _scaled(betrag: Decimal, whole: Decimal, length: int) -> int:
    """Return a length; an amount that is not zero is seen."""
    return max(int(betrag * length / whole), 2) if betrag and whole else 0
