"""Valid budgets of every programme as trees of text, with all that such a tree may hold."""

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from strategies import budgets, days, geld, optional

from foerdercheck.assessment.budget import check_budget
from foerdercheck.programmes import fassung_am, programme_ids, verordnungen
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import BUDGET_SUFFIXES, load, read_file
from foerdercheck.rules import PRUEFUNGEN

BUDGETS = Path(__file__).parents[2] / "budgets"
HISTORIES = tuple(sorted(file.name for file in BUDGETS.glob("histor*")))
EXAMPLES = tuple(
    read_file(load(file, BUDGET_SUFFIXES), vokabular()).tree
    for file in sorted(BUDGETS.glob("*.yaml"))
    if (found := check_budget(file)).fassung is not None and not found.fehler
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """A valid budget under any version of any programme."""
    programm = draw(st.sampled_from(programme_ids()))
    tree = draw(budgets(programm))
    for body in (tree["antragsteller"], *tree.get("partner", [])):
        body.update(draw(optional(deminimis=_aid(body["name"]), unternehmensverbund=_others)))
    if draw(st.integers(0, 3)) == 3:
        fassung = fassung_am(programm, date.fromisoformat(tree["vorhaben"]["antragsdatum"]))
        tree["ausnahmen"] = draw(st.lists(_accepted(fassung, tree["antragsteller"]["name"]), max_size=2))
    return tree


_others = st.lists(st.sampled_from(["Holding GmbH", "Tochter KG"]), unique=True, max_size=2)


def _aid(name: str) -> st.SearchStrategy[Any]:
    """What a Beteiligter may say about earlier aid: none, its awards, or the file they stand in."""
    needed = {"gewaehrt_am": days(date(2016, 1, 1), date(2031, 12, 31)), "subventionswert": geld(35_000_000)}
    other = {
        "unternehmen": st.sampled_from([name, "Holding GmbH"]),
        "verordnung": st.sampled_from([*verordnungen(), "Agrar", "DAWI"]),
        "status": st.sampled_from(["bewilligt", "beantragt", "widerrufen"]),
        "mitgliedstaat": st.sampled_from(["DE", "AT"]),
        "zuwendungsgeber": st.just("IB.SH"),
    }
    awards = st.lists(st.fixed_dictionaries(needed, optional=other), max_size=4)
    return st.one_of(st.just("keine"), awards, st.sampled_from(HISTORIES))


def _accepted(fassung: Fassung, name: str) -> st.SearchStrategy[dict[str, str]]:
    """An exception the authority has agreed to; one for a body alone is of a rule that is asked of each."""
    every = [regel for regel in fassung.regeln if regel.ausnahme]
    each = [regel.id for regel in every if PRUEFUNGEN[regel.pruefung].beteiligter is not None]
    needed = {
        "grund": st.just("abgestimmt"),
        "wer": st.just("Behörde, Bescheid vom 01.04.2026"),
        "bis": days(date(2020, 1, 1), date(2031, 12, 31)),
    }
    return st.one_of(
        st.fixed_dictionaries({"regel": _rule([regel.id for regel in every]), **needed}),
        st.fixed_dictionaries({"regel": _rule(each), "beteiligter": st.just(name), **needed}),
    )


def _rule(ids: list[str]) -> st.SearchStrategy[str]:
    """The id of a rule, with the programme before it or without."""
    return st.sampled_from([*ids, *(known.partition("/")[2] for known in ids)])


def examples() -> st.SearchStrategy[dict[str, Any]]:
    """One of the budgets people are shown."""
    return st.sampled_from(EXAMPLES)
