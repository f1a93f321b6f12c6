"""Drawings as SVG within HTML: bars and timelines, each with its numbers beside it as text."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from foerdercheck.model.deutsch import datum, euro
from foerdercheck.reports.dokument import Balken, Zeitstrahl

_WIDTH, _HEIGHT, _STEP = 1000, 28, 90
_Text = Callable[[str], str]


def bar_picture(balken: Balken, text: _Text) -> Iterator[str]:
    """Yield a bar drawn to scale, and what its parts stand for; `text` makes texts safe."""
    whole = max(balken.ganzes, sum((betrag for _, betrag, _ in balken.teile), Decimal()))
    told = ", ".join(f"{name} {euro(betrag)}" for name, betrag, _ in balken.teile)
    yield f'<svg class="balken" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img"'
    yield f' aria-label="{text(f"{balken.titel}: {told} von {euro(balken.ganzes)}")}">'
    left = 0
    for number, (_, betrag, ton) in enumerate(balken.teile):
        width = _scaled(betrag, whole, _WIDTH)
        if width:
            yield f'<rect class="teil{number} {ton}" x="{left}" y="0" width="{width}" height="{_HEIGHT}"/>'
        left += width
    if whole > balken.ganzes:
        end = _scaled(balken.ganzes, whole, _WIDTH)
        yield f'<line class="grenze" x1="{end}" x2="{end}" y1="0" y2="{_HEIGHT}"/>'
    yield '</svg>\n<ul class="legende">'
    for number, (name, betrag, ton) in enumerate(balken.teile):
        yield '<li><svg class="probe" viewBox="0 0 10 10" aria-hidden="true">'
        yield f'<rect class="teil{number} {ton}" width="10" height="10"/></svg>'
        yield f" {text(name)} <b>{euro(betrag)}</b></li>"
    yield f"<li>von {euro(balken.ganzes)}</li></ul>\n"


def timeline_picture(strahl: Zeitstrahl, text: _Text) -> Iterator[str]:
    """Yield what changes when as steps over time, and the same as a list."""
    told = ", ".join(f"ab {datum(tag)} {euro(betrag)}" for tag, betrag in strahl.punkte)
    yield f'<svg class="strahl" viewBox="0 0 {_WIDTH} {_STEP}" preserveAspectRatio="none" role="img"'
    yield f' aria-label="{text(f"{strahl.titel}: {told}")}">'
    first, last = strahl.punkte[0][0], strahl.punkte[-1][0]
    days = max((last - first).days * 10 // 9, 1)  # what holds in the end is seen, too
    whole = max(strahl.ganzes, *(betrag for _, betrag in strahl.punkte))
    starts = [_place(tag, first, days) for tag, _ in strahl.punkte]
    for left, right, (_, betrag) in zip(starts, [*starts[1:], _WIDTH], strahl.punkte, strict=True):
        height = _scaled(betrag, whole, _STEP)
        yield f'<rect class="gut" x="{left}" y="{_STEP - height}" width="{right - left}" height="{height}"/>'
    yield '</svg>\n<ul class="legende">'
    yield from (f"<li>ab {datum(tag)} <b>{euro(betrag)}</b></li>" for tag, betrag in strahl.punkte)
    yield "</ul>\n"


def _place(tag: date, first: date, days: int) -> int:
    return (tag - first).days * _WIDTH // days


def _scaled(betrag: Decimal, whole: Decimal, length: int) -> int:
    """Return a length; an amount that is not zero is seen."""
    return max(int(betrag * length / whole), 2) if betrag and whole else 0
