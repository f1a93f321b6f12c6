"""What two budgets state otherwise: fields, and lines matched by what they are, not by where they stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from foerdercheck.model.beihilfe import Beihilfe
from foerdercheck.model.budget import Ausnahme, Beteiligter, Budget, Kostenposition
from foerdercheck.model.deutsch import datum
from foerdercheck.model.location import Path
from foerdercheck.model.scalars import fold

Unterschiedsart = Literal["geaendert", "umbenannt", "neu", "weggefallen"]


class Unterschied(NamedTuple):
    """A statement that differs, or an entry that is only in one of two budgets.

    `beteiligter` is whom it concerns (None: the project), `posten` what the entry is called, `feld` the field (empty where a whole
    entry came or went). `pfad_alt` and `pfad_neu` say where it stands. A value is None where it is not stated; of an entry it is
    its amount, if it has one: of a line of cost what it costs, of a body its whole cost.
    """

    art: Unterschiedsart
    beteiligter: str | None
    posten: str
    feld: str
    alt: object
    neu: object
    pfad_alt: Path | None
    pfad_neu: Path | None

    @property
    def differenz(self) -> Decimal | None:
        """How much larger the new number is."""
        return self.neu - self.alt if isinstance(self.neu, Decimal) and isinstance(self.alt, Decimal) else None


class Paar(NamedTuple):
    """Two lines of cost that are one: the body in the new budget, and where each stands."""

    beteiligter: str
    alt: Path
    neu: Path


class Angabenvergleich(NamedTuple):
    """Every statement that differs, the bodies that are the same (old path → new path), and their lines."""

    unterschiede: tuple[Unterschied, ...]
    beteiligte: Mapping[Path, Path]
    zeilen: tuple[Paar, ...]


_Entry = tuple[Path, Any]
_Key = Callable[[Any], object]


def compare_statements(alt: Budget, neu: Budget) -> Angabenvergleich:
    """Compare what two budgets state; what is written otherwise and means the same is no difference."""
    found = [*_fields(_top(alt), _top(neu), (None, "", (), ()))]
    before, after = list(alt.beteiligte()), list(neu.beteiligte())
    pairs = _matched(before, after, _BODY_KEYS)
    pairs += [(o, n) for o in before for n in after if _is_applicant(o, n) and not _in(o, n, pairs)]
    lines: list[Paar] = []
    for (old_path, old), (new_path, new) in pairs:
        found += _fields(_own(old), _own(new), (new.name, "", old_path, new_path))
        rows, matched = _lines(_at(old_path, old), _at(new_path, new))
        found += rows
        lines += matched
    for name, gone in (("weggefallen", _left(before, pairs, 0)), ("neu", _left(after, pairs, 1))):
        found += [_whole(name, body.name, "Beteiligter", None, path) for path, body in gone]  # type: ignore[arg-type]
    found += _entries(
        _list(alt.ausnahmen, ("ausnahmen",)),
        _list(neu.ausnahmen, ("ausnahmen",)),
        None,
        (_exception,),
        lambda e: e.regel,
    )
    return Angabenvergleich(tuple(found), {old[0]: new[0] for old, new in pairs}, tuple(lines))


def _top(budget: Budget) -> dict[Path, object]:
    return {**flat(budget.vorhaben, ("vorhaben",)), ("foerderprogramm",): fold(budget.foerderprogramm)}


def _own(body: Beteiligter) -> dict[Path, object]:
    """Return what a body states of itself: everything but its lists of lines, sources and awards."""
    finanzierung = body.finanzierung._replace(weitere=()) if body.finanzierung else None
    aid = None if isinstance(body.deminimis, tuple) and body.deminimis else body.deminimis
    stated = body._replace(kosten=(), finanzierung=finanzierung, deminimis="keine" if aid == () else aid)
    return flat(stated, ())


def flat(value: Any, path: Path) -> dict[Path, object]:  # noqa: ANN401 - any part of the model
    """Return the values of a record by path; what is not stated is left out, one in a list is the same as one alone."""
    if value is None or value == ():
        return {}
    if hasattr(value, "_fields") and not hasattr(value, "satz"):
        parts = ((name, getattr(value, name)) for name in value._fields)
    elif isinstance(value, dict):
        parts = ((str(key), part) for key, part in value.items())
    else:
        return {
            path: value[0] if isinstance(value, tuple) and not hasattr(value, "satz") and len(value) == 1 else value
        }
    return {key: inner for name, part in parts for key, inner in flat(part, (*path, name)).items()}


_Where = tuple[str | None, str, Path, Path]


def _fields(
    old: Mapping[Path, object], new: Mapping[Path, object], where: _Where, art: Unterschiedsart = "geaendert"
) -> Iterator[Unterschied]:
    who, what, old_path, new_path = where
    for path in dict.fromkeys((*old, *new)):
        before, after = old.get(path), new.get(path)
        if _in_any_order(before) != _in_any_order(after):
            name = ".".join(map(str, path))
            yield Unterschied(art, who, what, name, before, after, (*old_path, *path), (*new_path, *path))


def _in_any_order(value: object) -> object:
    """Return a value as it is compared: the words of a list stand in no order."""
    return sorted(map(str, value)) if isinstance(value, tuple) and not hasattr(value, "satz") else value


def _at(path: Path, body: Beteiligter) -> tuple[Path, Beteiligter]:
    return path, body


def _lines(old: tuple[Path, Beteiligter], new: tuple[Path, Beteiligter]) -> tuple[list[Unterschied], list[Paar]]:
    """Compare the lists of a body: cost, money of others, earlier aid."""
    (old_path, before), (new_path, after) = old, new
    who = after.name
    cost_before, cost_after = (_list(b.kosten, (*p, "kosten")) for p, b in (old, new))
    pairs = _matched(cost_before, cost_after, _COST_KEYS)
    found = [u for (p, a), (q, b) in pairs for u in _line(a, b, (who, b.bezeichnung, p, q))]
    found += [_whole("weggefallen", who, a.bezeichnung, None, p) for p, a in _left(cost_before, pairs, 0)]
    found += [_whole("neu", who, b.bezeichnung, None, q) for q, b in _left(cost_after, pairs, 1)]
    money = [b.finanzierung.weitere if b.finanzierung else () for b in (before, after)]
    paths = [(*p, "finanzierung", "weitere") for p in (old_path, new_path)]
    found += _entries(_list(money[0], paths[0]), _list(money[1], paths[1]), who, _SOURCE_KEYS, lambda s: s.geber)
    aid = [b.deminimis if isinstance(b.deminimis, tuple) else () for b in (before, after)]
    places = [(*p, "deminimis") for p in (old_path, new_path)]
    found += _entries(_list(aid[0], places[0]), _list(aid[1], places[1]), who, _AID_KEYS, _award)
    return found, [Paar(who, p, q) for (p, _), (q, _) in pairs]


def _line(old: Kostenposition, new: Kostenposition, where: _Where) -> Iterator[Unterschied]:
    renamed = fold(old.bezeichnung) != fold(new.bezeichnung)
    for one in _fields(flat(old, ()), flat(new, ()), where):
        yield one._replace(art="umbenannt") if renamed and one.feld == "bezeichnung" else one


def _order(line: Any) -> object:  # noqa: ANN401 - a line of cost of any form
    order = getattr(line, "auftrag", None)
    return order.nr if order else None


def _name(line: Any) -> tuple[object, ...]:  # noqa: ANN401
    return line.kostenart, fold(line.bezeichnung)


def _who(line: Any) -> object:  # noqa: ANN401
    return fold(getattr(line, "person", None) or "")


def _amount(line: Any) -> tuple[object, ...]:  # noqa: ANN401
    """Return what a line costs: renamed, it is told by its kind and this."""
    names = ("stundensatz", "stunden", "stufe", "von", "bis", "anteil", "netto", "brutto")
    stated = {name: getattr(line, name, None) for name in names}
    return line.kostenart, tuple(sorted((str(k), str(v)) for k, v in flat(stated, ()).items()))


_COST_KEYS: tuple[_Key, ...] = (
    lambda line: tuple(sorted((str(k), str(v)) for k, v in flat(line, ()).items())),
    lambda line: (*_name(line), _who(line), _order(line)),
    lambda line: (*_name(line), _who(line)),
    _name,
    _amount,
    lambda line: fold(line.bezeichnung),
)
"""How lines are recognised, the surest way first."""
_AID_KEYS: tuple[_Key, ...] = (
    tuple,
    lambda award: (
        award.gewaehrt_am,
        fold(award.unternehmen or ""),
        award.aktenzeichen,
        fold(award.zuwendungsgeber or ""),
    ),
    lambda award: (award.gewaehrt_am, fold(award.unternehmen or "")),
    lambda award: tuple(award._replace(gewaehrt_am=None)),
    lambda award: tuple(award._replace(unternehmen=None)),
)
_SOURCE_KEYS: tuple[_Key, ...] = (lambda source: fold(source.geber), lambda source: tuple(source._replace(geber="")))


def _award(award: Beihilfe) -> str:
    """Return what an award is called: several of one giver differ by their day."""
    who = award.zuwendungsgeber or award.unternehmen or "De-minimis-Beihilfe"
    return f"{who}, {datum(award.gewaehrt_am)}" if award.gewaehrt_am else who


def _exception(entry: Ausnahme) -> object:
    return entry.regel, fold(entry.beteiligter or "")


def _entries(
    old: Sequence[_Entry], new: Sequence[_Entry], who: str | None, keys: Sequence[_Key], name: Callable[[Any], str]
) -> Iterator[Unterschied]:
    pairs = _matched(old, new, keys)
    for (p, a), (q, b) in pairs:
        yield from _fields(flat(a, ()), flat(b, ()), (who, name(b), p, q))
    for p, a in _left(old, pairs, 0):
        yield _whole("weggefallen", who, name(a), _worth(a), p)
    for q, b in _left(new, pairs, 1):
        yield _whole("neu", who, name(b), _worth(b), q)


def _worth(entry: Any) -> object:  # noqa: ANN401 - money of others, an award or an exception
    stated = (getattr(entry, name, None) for name in ("betrag", "subventionswert", "foerdersumme"))
    return next((value for value in stated if value is not None), None)


def _whole(art: Unterschiedsart, who: str | None, what: str, value: object, path: Path) -> Unterschied:
    if art == "neu":
        return Unterschied(art, who, what, "", None, value, None, path)
    return Unterschied(art, who, what, "", value, None, path, None)


def _matched(old: Sequence[_Entry], new: Sequence[_Entry], keys: Iterable[_Key]) -> list[tuple[_Entry, _Entry]]:
    """Return the entries that are the same, in the order of the old ones; what one key leaves over the next may find."""
    pairs: list[tuple[_Entry, _Entry]] = []
    before, after = list(old), list(new)
    for key in keys:
        there: dict[object, list[_Entry]] = {}
        for entry in after:
            there.setdefault(key(entry[1]), []).append(entry)
        rest = []
        for entry in before:
            found = there.get(key(entry[1]))
            if found:
                pairs.append((entry, found.pop(0)))
            else:
                rest.append(entry)
        before, after = rest, [entry for left in there.values() for entry in left]
    return sorted(pairs, key=lambda pair: pair[0][0])


def _list(entries: Iterable[Any], path: Path) -> list[_Entry]:
    return [((*path, index), entry) for index, entry in enumerate(entries)]


def _left(entries: Sequence[_Entry], pairs: Sequence[tuple[_Entry, _Entry]], side: int) -> list[_Entry]:
    taken = {pair[side][0] for pair in pairs}
    return [entry for entry in entries if entry[0] not in taken]


_BODY_KEYS: tuple[_Key, ...] = (
    lambda body: fold(body.name),
    lambda body: tuple(sorted((str(k), str(v)) for k, v in flat(body._replace(name=""), ()).items())),
)
"""How bodies are recognised: by their name, or renamed by all they state besides."""


def _is_applicant(old: _Entry, new: _Entry) -> bool:
    return old[0] == new[0] == ("antragsteller",)


def _in(old: _Entry, new: _Entry, pairs: Sequence[tuple[_Entry, _Entry]]) -> bool:
    return any(old[0] == p[0] or new[0] == q[0] for p, q in pairs)
