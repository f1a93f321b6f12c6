"""Assessments to report on: every example, a small one, and any in which a stranger's text stands wherever it can stand."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from hypothesis import example as tried
from hypothesis import given
from hypothesis import strategies as st

from foerdercheck.assessment.budget import Assessment, Fehler, check_budget
from foerdercheck.cli.formats import format_of
from foerdercheck.many.budgets import kept
from foerdercheck.model.location import Location

ROOT = Path(__file__).parents[1]
BUDGETS = ROOT / "budgets"
FILES = sorted(file for file in BUDGETS.glob("*.yaml") if not file.name.startswith("histor"))
EXAMPLES = [check_budget(file) for file in FILES]


def _small() -> Assessment:
    """A contract a day too early, and a statement that is missing."""
    text = (ROOT / "tests" / "faelle" / "sh-ki" / "_grundfall.yaml").read_text(encoding="utf-8")
    order = """    - kostenart: fremdleistung
      bezeichnung: Prototyp
      netto: 10000
      auftrag: {nr: A1, vertrag: 2026-03-19}
  finanzierung:"""
    for old, new in [("  finanzierung:", order), ("14.375,00", "17.350,00"), ("  folgekosten_gesichert: ja\n", "")]:
        text = text.replace(old, new)
    return replace(check_budget(text.encode()), datei="b.yaml")


SMALL = _small()


def rendered(form: str, assessments: Iterable[Assessment], *, herleitung: bool = False) -> str:
    """Return the document of a form over these files, as `check --format` makes it."""
    chosen = format_of(form, None, herleitung=herleitung, quiet=False)
    return "".join(chosen.document(kept(assessment, chosen.view) for assessment in assessments))


MARKS = [
    *"\\`*_[]|~$#<>&@!:-+={}()/.,;%^\"' \n\r\t\0\x1b\x7f\x85\u2028\u202e\ud800\udcff\ufffeä🦊",
    *"]]> <!-- <![CDATA[ </details> <img/src=x> &amp; &#64; %0A %25 ::error## ##[error] {0} {{ ``` |---|".split(),
    *"@octocat #12 GH-12 a/b#1 !7 %1.0 ~bug www.example.org https://example.org a@example.org :smile: 0123456789abcdef".split(),
    *"[x](https://example.org) ![x](y.png) *a* **a** _a_ ~~a~~ `a`".split(),
]
_texts = st.lists(st.sampled_from(MARKS) | st.text(max_size=3), min_size=1, max_size=8).map("".join).filter(str.strip)


def given_what_strangers_write(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test with texts that mean something to somebody: all marks at once, apart, and in any mixture."""
    for text in (
        "".join(MARKS),
        " ".join(MARKS),
        "%0A::error ::%25",
        "a `b` *c* ~~d~~ _e_",
        '<i class="x">y',
        "x #",
        "a::b,c",
        "\u200b",  # what reports put between two characters to keep them apart
    ):
        test = tried(text)(test)
    return given(_texts)(test)


def example(name: str) -> Assessment:
    """Return the assessment of an example by the name of its file."""
    return EXAMPLES[[file.stem for file in FILES].index(name)]


def everywhere(assessment: Assessment, text: str) -> Assessment:
    """Return an assessment with `text` as name of the file, of every Beteiligter and every sheet, and in every message."""
    place = Location(text, 3, 1), Location(None, 3, 1), Location(None, None, None, text, "F7"), None
    befunde = tuple(
        befund._replace(text=text, beteiligter=befund.beteiligter and text, ort=place[number % 4])
        for number, befund in enumerate(assessment.befunde)
    )
    fehler = tuple(Fehler(text, problem.ort, text) for problem in assessment.fehler)
    budget = assessment.budget and assessment.budget._replace(vorhaben=assessment.budget.vorhaben._replace(titel=text))
    defekte = (text,) if assessment.defekte else ()
    return replace(assessment, datei=text, befunde=befunde, fehler=fehler, budget=budget, defekte=defekte)
