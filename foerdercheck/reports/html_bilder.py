"""Drawings as SVG within HTML: bars and timelines, each with its numbers beside it as text."""

from collections.abc import Callable, Iterator

from foerdercheck.reports.bilder import STEPS, WIDTH, Bild, Bildteil, Erlaeuterung

_Text = Callable[[str], str]


def svg_picture(bild: Bild, text: _Text) -> Iterator[str]:
    """Yield a picture as SVG, and what stands beside it as a list; `text` makes texts safe."""
    kind = "strahl" if bild.hoehe == STEPS else "balken"
    yield f'<svg class="{kind}" viewBox="0 0 {WIDTH} {bild.hoehe}" preserveAspectRatio="none" role="img"'
    yield f' aria-label="{text(bild.gesagt)}">'
    for teil in bild.teile:
        if teil.breite:
            place = f'x="{teil.links}" y="{bild.hoehe - teil.hoehe}"'
            yield f'<rect class="{_tone(teil)}" {place} width="{teil.breite}" height="{teil.hoehe}"/>'
    if bild.grenze is not None:
        yield f'<line class="grenze" x1="{bild.grenze}" x2="{bild.grenze}" y1="0" y2="{bild.hoehe}"/>'
    yield f'</svg>\n<ul class="legende">{"".join(_beside(each, text) for each in bild.legende)}</ul>\n'


def _beside(each: Erlaeuterung, text: _Text) -> str:
    sign = ""
    if each.teil is not None:
        sign = '<svg class="probe" viewBox="0 0 10 10" aria-hidden="true">'
        sign += f'<rect class="{_tone(each.teil)}" width="10" height="10"/></svg> '
    return f"<li>{sign}{text(each.text)}{f' <b>{each.betrag}</b>' if each.betrag else ''}</li>"


def _tone(teil: Bildteil) -> str:
    return f"teil{teil.nummer} {teil.ton}"
