"""Random valid budgets for sh-ki as trees of text, and the way from a model or a tree back to YAML."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from foerdercheck.model.budget import ARTEN, KOSTENARTEN
from foerdercheck.model.kalender import plus_months

ZIELE = ("wettbewerb", "hochschulen", "wissen", "verwaltung", "klima")
SACHKOSTEN = tuple(kind for kind in KOSTENARTEN if kind != "personal")
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


@st.composite
def positions(
    draw: st.DrawFn, name: str, years: tuple[int, ...], kinds: tuple[str, ...] = KOSTENARTEN
) -> dict[str, Any]:
    """One line of cost; `name` makes its person and its order its own."""
    kind = draw(st.sampled_from(kinds))
    line: dict[str, Any] = {"kostenart": kind, "bezeichnung": name}
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
def beteiligte(draw: st.DrawFn, name: str, years: tuple[int, ...], *, capped: bool = True) -> dict[str, Any]:
    """One Beteiligter with up to six lines."""
    money = optional(
        **({"beantragt": geld()} if capped else {}),
        eigenmittel=geld(),
        weitere=st.lists(
            st.builds(lambda b, o: {"geber": "Stiftung", "betrag": b, "oeffentlich": o}, geld(), ja_nein), max_size=2
        ),
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
            gemeinkosten=st.sampled_from(["auto", "keine", "personal", "direkt"]),
            finanzierung=money,
            deminimis=st.just("keine"),
        )
    )
    count = draw(st.integers(0, 6))
    return body | {"kosten": [draw(positions(f"{name} {index}", years)) for index in range(count)]}


@st.composite
def budgets(draw: st.DrawFn, *, capped: bool = True) -> dict[str, Any]:
    """A valid budget of one to three Beteiligte; no two lines share a person or an order."""
    start = draw(st.dates(date(2025, 4, 1), date(2027, 12, 31)))
    end = plus_months(start, draw(st.integers(0, 36)))
    years = tuple(range(start.year - 1, end.year + 2))
    vorhaben = {"antragsdatum": start.isoformat(), "beginn": start.isoformat(), "ende": end.isoformat()}
    vorhaben |= draw(
        optional(
            titel=st.just("KI-Übung: 1 – „Test“"),
            ziele=st.lists(st.sampled_from(ZIELE), max_size=3),
            bewilligung=days(date(2025, 4, 1), date(2028, 12, 31)),
            bundesland=st.sampled_from(["SH", "NI"]),
            gesamtfinanzierung_gesichert=ja_nein,
            folgekosten_gesichert=ja_nein,
            andere_foerdermittel_geprueft=ja_nein,
            kooperationsvertrag=days(date(2025, 4, 1), date(2028, 12, 31)),
        )
    )
    names = ["Haus Süd", "Haus Nord", "Haus West"][: draw(st.integers(1, 3))]
    first, *others = [draw(beteiligte(name, years, capped=capped)) for name in names]
    tree: dict[str, Any] = {"foerderprogramm": "sh-ki", "vorhaben": vorhaben, "antragsteller": first}
    return tree | ({"partner": others} if others else {})


def dump(tree, depth=0):
    """Write a tree of text as YAML in block style, every scalar in quotes."""
    indent = "\n" + "  " * depth
    if isinstance(tree, dict) and tree:
        return "".join(f"{indent}{json.dumps(key)}: {dump(value, depth + 1)}" for key, value in tree.items())
    if isinstance(tree, list) and tree:
        return "".join(f"{indent}- {dump(value, depth + 1)}" for value in tree)
    return json.dumps(tree, ensure_ascii=False)


_PERCENT = {"ust", "anteil", "beschaeftigungsumfang", "besicherung", "buergschaftsquote"}


def as_tree(value, name=""):
    """Return a model as the tree it is read from; exact values as text, what is not stated left out."""
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
    return value.isoformat() if isinstance(value, date) else str(value)
