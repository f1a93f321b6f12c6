"""Random valid budgets as trees of text, and the way from a model or a tree back to YAML."""

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st

from foerdercheck.model.budget import ALLE_KOSTENARTEN, ARTEN, BESCHEIDE
from foerdercheck.model.finanzierung import BEIHILFEWEGE, HERKUENFTE
from foerdercheck.model.kalender import plus_months
from foerdercheck.model.words import Wahl

SACHKOSTEN = tuple(kind for kind in ALLE_KOSTENARTEN if kind != "personal")
ja_nein = st.sampled_from(["ja", "nein", "Ja", "NEIN", "true", "false"])


def cents(most: int = 20_000_000) -> st.SearchStrategy[Decimal]:
    """Amounts with two decimals; `most` in cents."""
    return st.integers(0, most).map(lambda value: Decimal(value).scaleb(-2))


def geld(most: int = 20_000_000) -> st.SearchStrategy[str]:
    """Amounts as a budget may write them."""
    return st.builds(lambda betrag, write: write(betrag), cents(most), st.sampled_from(SCHREIBWEISEN))


def _grouped(mark: str, point: str):
    return lambda betrag: f"{betrag:,.2f}".translate(str.maketrans({",": mark, ".": point}))


SCHREIBWEISEN = (
    lambda betrag: f"{betrag:.2f}",
    lambda betrag: f"{betrag:.2f}".replace(".", ","),
    *(
        _grouped(mark, point)
        for mark, point in [(".", ","), (",", "."), ("'", ","), ("’", "."), ("_", ","), ("_", ".")]
    ),
    *(_grouped(space, point) for space in "\u0020\u00a0\u2007\u2009\u202f" for point in ",."),
    lambda betrag: _grouped(".", ",")(betrag) + " €",
    lambda betrag: "€\u00a0" + _grouped(",", ".")(betrag),
    lambda betrag: "EUR " + _grouped(".", ",")(betrag),
    lambda betrag: _grouped(".", ",")(betrag) + "\u202feur",
    lambda betrag: _grouped(".", ",")(betrag) + " Euro",
)
"""Every notation of an amount that reads back without doubt."""


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings with any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


def days(first: date, last: date) -> st.SearchStrategy[str]:
    return st.dates(first, last).map(date.isoformat)


def hours(years: tuple[int, ...]) -> st.SearchStrategy[Any]:
    number = st.integers(0, 25_000_000).map(lambda value: f"{Decimal(value).scaleb(-4):.4f}")
    per_year = st.dictionaries(st.sampled_from([str(year) for year in years]), number, min_size=1)
    return st.one_of(number, per_year)


class Rahmen(NamedTuple):
    """What budgets of a programme may say: when they are applied for, and the words and fields it knows."""

    erster_antrag: date
    letzter_antrag: date
    gemeinkosten: tuple[str, ...]
    ziele: tuple[str, ...] = ()
    stufen: tuple[str, ...] = ()
    phasen: tuple[str, ...] = ()
    vorhaben: dict[str, st.SearchStrategy[Any]] = {}  # noqa: RUF012 - nobody changes it
    beteiligte: dict[str, st.SearchStrategy[Any]] = {}  # noqa: RUF012 - nobody changes it


@st.composite
def shares(draw: st.DrawFn, names: st.SearchStrategy[list[str]]) -> dict[str, str]:
    """Names with shares that make up the whole."""
    chosen = draw(names)
    cuts = sorted(draw(st.lists(st.integers(0, 1_000_000), min_size=len(chosen) - 1, max_size=len(chosen) - 1)))
    parts = (Decimal(last - first).scaleb(-4) for first, last in pairwise([0, *cuts, 1_000_000]))
    return {name: f"{part:.4f} %".replace(".", ",") for name, part in zip(chosen, parts, strict=True)}


def districts(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """A list of districts, or districts with shares."""
    some = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)
    return st.one_of(some, shares(some))


_NI = ("Verden", "Diepholz", "Nienburg/Weser", "Rotenburg (Wümme)", "Heidekreis", "Region Hannover")
_STUFEN = ("1a", "1b", "2", "3", "4", "5", "6", "7")
_NI_FELDER = {"mehrheitlich_kommunal": ja_nein}
RAHMEN = {
    "sh-ki": Rahmen(
        date(2025, 4, 1),
        date(2027, 12, 31),
        ("auto", "keine", "personal", "direkt"),
        ("wettbewerb", "hochschulen", "wissen", "verwaltung", "klima"),
    ),
    "zr-ni": Rahmen(
        date(2022, 8, 3),
        date(2027, 12, 31),
        ("auto", "keine", "personal 12,5 %", "direkt 7 %"),
        ("innovation", "klima", "arbeit"),
        _STUFEN,
        vorhaben={"landkreise": districts(_NI), "foerdergegenstand": st.sampled_from(["projekt", "konzept"])},
        beteiligte=_NI_FELDER,
    ),
    "zr-ni-rm": Rahmen(
        date(2022, 7, 1),
        date(2027, 12, 31),
        ("keine", "personal 40 %"),
        stufen=_STUFEN,
        vorhaben={"landkreise": districts(_NI)},
        beteiligte=_NI_FELDER,
    ),
    "mpsc": Rahmen(
        date(2019, 3, 29),
        date(2021, 12, 31),
        ("auto", "keine"),
        phasen=("A", "B"),
        vorhaben={"landkreise": districts(("Kreis, der", "Stadt; am Meer", "Land 7"))},
        beteiligte={"haushaltsnotlage": ja_nein},
    ),
}


def _monat(count: int) -> str:
    return f"{count // 12}-{count % 12 + 1:02}"


@st.composite
def months(draw: st.DrawFn, years: tuple[int, ...]) -> dict[str, str]:
    """The fields of a line of personnel by level; its months may lie outside the project, and be left out.

    A single month leaves some of the project, which begins in the second of the years and ends in the last but one.
    """
    first, last = years[0] * 12, years[-1] * 12 + 11
    von, bis = sorted(draw(st.tuples(st.integers(first, last), st.integers(first, last))))
    stated = [
        {},
        {"von": _monat(von), "bis": _monat(bis)},
        {"von": _monat(min(von, first + 12))},
        {"bis": _monat(max(bis, last - 12))},
    ]
    percent = st.integers(0, 1_000_000).map(lambda value: f"{Decimal(value).scaleb(-4):.4f} %".replace(".", ","))
    return draw(st.sampled_from(stated)) | draw(optional(anteil=percent, gehalt_unter_mindestwert=ja_nein))


@st.composite
def positions(
    draw: st.DrawFn,
    name: str,
    years: tuple[int, ...],
    kinds: tuple[str, ...] = ALLE_KOSTENARTEN,
    rahmen: Rahmen = RAHMEN["sh-ki"],
) -> dict[str, Any]:
    """One line of cost; `name` makes its person and its order its own."""
    kind = draw(st.sampled_from(kinds))
    line: dict[str, Any] = {"kostenart": kind, "bezeichnung": name}
    if rahmen.phasen:
        line |= draw(optional(phase=st.sampled_from(rahmen.phasen)))
    if kind == "personal" and rahmen.stufen and draw(st.booleans()):
        line |= {"stufe": draw(st.sampled_from(rahmen.stufen)), **draw(months(years))}
        return line | draw(optional(person=st.just(f"Person {name}")))
    line |= draw(optional(pauschale_mit_gemeinkosten=ja_nein))
    if kind == "personal":
        line |= {"stundensatz": draw(geld(20_000)), "stunden": draw(hours(years))}
        return line | draw(optional(person=st.just(f"Person {name}"), beschaeftigungsumfang=st.just("62,5 %")))
    line[draw(st.sampled_from(["netto", "brutto"]))] = draw(geld())
    line |= draw(optional(ust=st.sampled_from(["0 %", "7%", "19 %", "5,5 %"])))
    order = optional(
        nr=st.just(name),
        leistung=st.sampled_from(["bau", "liefer_dienst"]),
        anbieter=st.sampled_from(["Muster GmbH", "MUSTER gmbh", "Andere"]),
        angebote=st.integers(0, 4).map(str),
        auswahl_dokumentiert=ja_nein,
        vertrag=days(date(2025, 1, 1), date(2030, 12, 31)),
        begruendung=st.just("nur ein Anbieter"),
    )
    return line | draw(optional(auftrag=order))


@st.composite
def sources(draw: st.DrawFn) -> dict[str, Any]:
    """Money from somebody else, with any statements about it that agree."""
    whose = draw(st.one_of(optional(oeffentlich=ja_nein), optional(herkunft=st.sampled_from(HERKUENFTE))))
    private = str(whose.get("oeffentlich")).casefold() in {"nein", "false"} or whose.get("herkunft") == "privat"
    ways = ["keine", "Keine"] if private else [*BEIHILFEWEGE, "Keine"]
    more = draw(optional(zugesagt=ja_nein, beihilfe=st.sampled_from(ways)))
    return {"geber": draw(st.sampled_from(["Stiftung", "Land", "Land NI"])), "betrag": draw(geld()), **whose, **more}


@st.composite
def beteiligte(
    draw: st.DrawFn, name: str, years: tuple[int, ...], rahmen: Rahmen, *, capped: bool = True
) -> dict[str, Any]:
    """One Beteiligter with up to six lines."""
    money = optional(
        **({"beantragt": geld()} if capped else {}), eigenmittel=geld(), weitere=st.lists(sources(), max_size=2)
    )
    body: dict[str, Any] = {"name": name, "art": draw(st.sampled_from(ARTEN))}
    body |= draw(
        optional(
            sitz=st.sampled_from(["SH", "HH", "DK"]),
            betriebsstaetten=st.lists(st.sampled_from(["SH", "NI"]), max_size=2),
            gruendung=days(date(2018, 1, 1), date(2026, 12, 31)),
            wachstumsorientiert=ja_nein,
            wirtschaftlich_taetig=ja_nein,
            vorsteuerabzug=ja_nein,
            nace=st.sampled_from(["62.01", "01.11"]),
            gemeinkosten=st.sampled_from(rahmen.gemeinkosten),
            finanzierung=money,
            deminimis=st.just("keine"),
            **rahmen.beteiligte,
        )
    )
    count = draw(st.integers(0, 6))
    return body | {"kosten": [draw(positions(f"{name} {index}", years, rahmen=rahmen)) for index in range(count)]}


@st.composite
def budgets(draw: st.DrawFn, programm: str = "sh-ki", *, capped: bool = True) -> dict[str, Any]:
    """A valid budget of one to three Beteiligte; no two lines share a person or an order."""
    rahmen = RAHMEN[programm]
    start = draw(st.dates(rahmen.erster_antrag, rahmen.letzter_antrag))
    end = plus_months(start, draw(st.integers(0, 36)))
    years = tuple(range(start.year - 1, end.year + 2))
    vorhaben = {"antragsdatum": start.isoformat(), "beginn": start.isoformat(), "ende": end.isoformat()}
    vorhaben |= draw(
        optional(
            titel=st.just("KI-Übung: 1 – „Test“"),
            **({"ziele": st.lists(st.sampled_from(rahmen.ziele), max_size=3)} if rahmen.ziele else {}),
            bewilligung=days(date(2025, 4, 1), date(2028, 12, 31)),
            bundesland=st.sampled_from(["SH", "NI", ["NI", "HB"]]),
            gesamtfinanzierung_gesichert=ja_nein,
            folgekosten_gesichert=ja_nein,
            andere_foerdermittel_geprueft=ja_nein,
            kooperationsvertrag=days(date(2025, 4, 1), date(2028, 12, 31)),
            bescheid=st.sampled_from(BESCHEIDE),
            **rahmen.vorhaben,
        )
    )
    names = ["Haus Süd", "Haus Nord", "Haus West"][: draw(st.integers(1, 3))]
    first, *others = [draw(beteiligte(name, years, rahmen, capped=capped)) for name in names]
    tree: dict[str, Any] = {"foerderprogramm": programm, "vorhaben": vorhaben, "antragsteller": first}
    return tree | ({"partner": others} if others else {})


def dump(tree, depth=0):
    """Write a tree of text as YAML in block style, every scalar in quotes."""
    indent = "\n" + "  " * depth
    if isinstance(tree, dict) and tree:
        return "".join(f"{indent}{json.dumps(key)}: {dump(value, depth + 1)}" for key, value in tree.items())
    if isinstance(tree, list) and tree:
        return "".join(f"{indent}- {dump(value, depth + 1)}" for value in tree)
    return json.dumps(tree, ensure_ascii=False)


_PERCENT = {"ust", "anteil", "beschaeftigungsumfang", "besicherung", "buergschaftsquote", "landkreise", "satz"}
_MONTHS = {"von", "bis"}


def as_tree(value, name=""):
    """Return a model as the tree it is read from; exact values as text, what is not stated left out."""
    if isinstance(value, Wahl):
        return value.wort if value.satz is None else f"{value.wort} {as_tree(value.satz, 'satz')}"
    if hasattr(value, "_fields"):
        given = {field: getattr(value, field) for field in value._fields}
        return {field: as_tree(part, field) for field, part in given.items() if part is not None and part != ()}
    if isinstance(value, tuple):
        return [as_tree(part, name) for part in value]
    if isinstance(value, dict):
        return {str(key): as_tree(part, name) for key, part in value.items()}
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        return f"{value * 100:.4f} %" if name in _PERCENT else f"{value:.4f}" if name == "stunden" else f"{value:.2f}"
    if isinstance(value, date):
        return f"{value:%Y-%m}" if name in _MONTHS else value.isoformat()
    return str(value)
