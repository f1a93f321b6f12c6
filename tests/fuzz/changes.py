"""Parts of a zip, and changes of them: one of several patterns, at one of the places where it fits."""

import io
import random
import re
import zipfile
from collections.abc import Callable

Parts = dict[str, bytes]
Mutation = Callable[[random.Random, Parts], None]


def packed(parts: Parts) -> bytes:
    """Return a zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def unpacked(data: bytes) -> Parts:
    """Return the parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replaced(part: str, *changes: tuple[bytes, bytes]) -> Mutation:
    """Replace a pattern in one part, wherever it occurs first."""

    def mutate(chance: random.Random, parts: Parts) -> None:
        names = [name for name in parts if re.fullmatch(part, name)]
        if names:
            name, (pattern, new) = chance.choice(names), chance.choice(changes)
            places = list(re.finditer(pattern, parts[name]))
            if places:
                place = chance.choice(places)
                parts[name] = parts[name][: place.start()] + place.expand(new) + parts[name][place.end() :]

    return mutate


def changed(chance: random.Random, xml: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    pattern, new = chance.choice(changes)
    places = list(re.finditer(pattern, xml, re.DOTALL))
    if not places:
        return xml
    place = chance.choice(places)
    return xml[: place.start()] + place.expand(new) + xml[place.end() :]
