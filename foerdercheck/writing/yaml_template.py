"""YAML templates: every field with its explanation and its Ziffer, as comments to uncover and fill in."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from foerdercheck.model.angabe import Angabe
from foerdercheck.model.angaben import BETEILIGTE, FINANZIERUNG, KOSTEN, VORHABEN
from foerdercheck.model.beihilfeangaben import BEIHILFEN, DEMINIMIS, EREIGNISSE, VERBUND
from foerdercheck.model.budget import Monatsposition, Sachposition, Stundenposition
from foerdercheck.model.deutsch import datum, in_ziffer
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.writing.asked import erklaerung, gefragt, wahl
from foerdercheck.writing.content import as_text
from foerdercheck.writing.examples import beispiel
from foerdercheck.writing.yaml_text import inline

_WIDTH = 110


def budget_vorlage_yaml(fassung: Fassung) -> str:
    """Return a budget template: valid YAML that names the programme and lacks everything else."""
    return "\n".join(_budget(fassung)) + "\n"


def historie_vorlage_yaml() -> str:
    """Return a template of a history of de-minimis aid: valid, without any award."""
    return "\n".join(_historie()) + "\n"


def _budget(fassung: Fassung) -> Iterator[str]:
    yield f"# Budget für {fassung.titel}, Fassung vom {datum(fassung.bekanntmachung)}"
    yield "# Entfernen Sie das „# “ vor den Zeilen, die Sie ausfüllen; was nicht zutrifft, bleibt auskommentiert."
    yield "# Über jeder Zeile steht, was gemeint ist und welche Ziffer der Richtlinie es braucht."
    yield f"foerderprogramm: {fassung.programm}"
    yield "# vorhaben:"
    yield from _fields(gefragt(fassung, VORHABEN)[1:], "#   ", fassung)
    yield "# antragsteller:   # jeder Partner ebenso, als Liste unter partner:"
    bodies = gefragt(fassung, BETEILIGTE)
    own = [field for field in bodies if field[0].pfad[0] not in {"finanzierung", "deminimis"}]
    yield from _fields(own, "#   ", fassung)
    yield "#   kosten:"
    yield from _cost_lines(gefragt(fassung, KOSTEN), fassung)
    yield "#   finanzierung:"
    yield from _fields([field for field in bodies if field[0].pfad[0] == "finanzierung"], "#     ", fassung)
    yield "#     weitere:"
    yield from _list(gefragt(fassung, FINANZIERUNG), "#       ", fassung)
    if awards := gefragt(fassung, DEMINIMIS):
        yield "#   # statt der Liste: deminimis: keine, oder der Name einer Datei mit den bisherigen Beihilfen"
        yield "#   deminimis:"
        yield from _list(awards, "#     ", fassung)


def _cost_lines(fields: Sequence[tuple[Angabe, str]], fassung: Fassung) -> Iterator[str]:
    """Yield a line of personnel and one of anything else, each with the fields it can have."""
    personal = {*Stundenposition._fields, *Monatsposition._fields}
    priced = set(Sachposition._fields) - {"kostenart", "bezeichnung"}
    yield from _list([field for field in fields if field[0].pfad[0] in personal], "#     ", fassung)
    yield "#     - kostenart: fremdleistung"
    yield "#       bezeichnung: Prototyp"
    yield from _fields([field for field in fields if field[0].pfad[0] in priced], "#       ", fassung)


def _historie() -> Iterator[str]:
    yield "# Historie der De-minimis-Beihilfen eines Unternehmens und seines Verbunds"
    yield "# Entfernen Sie das „# “ vor den Zeilen, die Sie ausfüllen, und die eckigen Klammern hinter beihilfen."
    for blatt, key, start in (
        (BEIHILFEN, "beihilfen", "beihilfen: []"),
        (VERBUND, "verbund", ""),
        (EREIGNISSE, "ereignisse", ""),
    ):
        yield start or f"# {key}:"
        yield from _list([(angabe, "") for angabe in blatt.angaben], "#   ", None)


def _list(fields: Sequence[tuple[Angabe, str]], indent: str, fassung: Fassung | None) -> Iterator[str]:
    """Yield the first entry of a list; its explanations stand above each key."""
    first = True
    for line in _fields(fields, "", fassung):
        comment = line.lstrip().startswith("#")
        yield f"{indent}{'- ' if first and not comment else '  '}{line}"
        first = first and comment


def _fields(fields: Sequence[tuple[Angabe, str]], indent: str, fassung: Fassung | None) -> Iterator[str]:
    above: tuple[str, ...] = ()
    for angabe, ziffer in fields:
        nested = angabe.pfad[:-1] if angabe.pfad[0] == "auftrag" else ()
        if nested and nested != above:
            yield f"{indent}{nested[0]}:"
        above = nested
        inner = indent + "  " * len(nested)
        yield from (f"{inner}# {line}" for line in wrap(_explanation(angabe, ziffer, fassung), _WIDTH - len(inner)))
        yield f"{inner}{angabe.pfad[-1]}: {_example(angabe, fassung)}".rstrip()


def _explanation(angabe: Angabe, ziffer: str, fassung: Fassung | None) -> str:
    words = wahl(angabe, fassung)
    return "".join((
        f"{in_ziffer(ziffer)}: " if ziffer else "",
        erklaerung(angabe),
        f"; eines von: {', '.join(words)}" if words else "",
        "; als Liste [a, b]" if angabe.wertart in {"liste", "anteile"} else "",
        " oder mit Anteilen {a: 60 %, b: 40 %}" if angabe.wertart == "anteile" else "",
    ))  # fmt: skip


def _example(angabe: Angabe, fassung: Fassung | None) -> str:
    """Return what the field looks like; nothing where there is no example: it must be written before it can be read."""
    text = beispiel(angabe, fassung)
    return inline(as_text(angabe, angabe.parse(text))) if text else ""
