"""What lines of personnel hold and others do not: hours or levels, and no price."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.location import Name
from foerdercheck.model.scalars import fold

_PERSONAL = "personal"
_PREIS = ("netto", "brutto", "ust", "auftrag")
_STUNDEN = ("stundensatz", "stunden")
_STUFE = ("stufe",)
Stated = Mapping[str, Any]


def only_personal(given: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a line of hours or months that is no personnel."""
    if given.get("kostenart", _PERSONAL) != _PERSONAL:
        yield "kostenart", _other_cost(name)


def _other_cost(name: Name) -> str:
    return f"Stunden und Stufen gibt es nur bei der Kostenart personal; sonst {name('netto')} oder {name('brutto')} angeben"


def no_price(keys: Sequence[str], tree: Stated, name: Name, vocabulary: Stated) -> tuple[str, str] | None:
    """Tell how personnel is planned where a line of it has a price, or that what is no personnel has only a price."""
    priced = [key for key in keys if key in _PREIS]
    if not priced:
        return None
    if fold(str(tree.get("kostenart", _PERSONAL))) != _PERSONAL:
        return "kostenart", _other_cost(name)
    forms = (_STUFE, _STUNDEN) if "stufe" in vocabulary else (_STUNDEN,)
    ways = [" und ".join(map(name, form)) for form in forms]
    wanted = ", oder mit ".join(ways)
    given = any(all(field in tree for field in form) for form in forms)
    todo = f"lassen Sie {aufzaehlung(map(name, priced))} leer" + (
        "" if given else f", und füllen Sie {', oder '.join(ways)}"
    )
    return priced[0], f"Personal wird mit {wanted} geplant, nicht mit einem Betrag: {todo}"
