"""Assessments to report on: every budget of the dream, a small one, and any in which a stranger's text stands wherever it can."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from demo import BUDGETS, FILES, check_demo
from hypothesis import example as tried
from hypothesis import given
from hypothesis import strategies as st

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.fehler import Fehler
from foerdercheck.assessment.uebergreifend import MEHRERE_DATEIEN, spuren, uebergreifend
from foerdercheck.cli.ausgaben import Ausgabe
from foerdercheck.cli.formats import Umfang, format_of
from foerdercheck.many.budgets import kept
from foerdercheck.model.location import Location

ROOT = Path(__file__).parents[1]
EXAMPLES = [check_demo(file) for file in FILES]
SMALL = replace(check_demo(BUDGETS / "klein.yaml"), datei="b.yaml")


def side_by_side(assessments: Sequence[Assessment]) -> list[Assessment]:
    """Return assessments with what only shows when they are compared."""
    told = uebergreifend(list(map(spuren, assessments)))
    return [replace(one, befunde=(*one.befunde, *told.get(number, ()))) for number, one in enumerate(assessments)]


def texts_over_files(assessment: Assessment) -> tuple[str, ...]:
    """Return what is said of a file together with others."""
    return tuple(befund.text for befund in assessment.befunde if befund.regel == MEHRERE_DATEIEN)


def rendered(form: str, assessments: Iterable[Assessment], *, herleitung: bool = False) -> str:
    """Return the document of a form over these files, as `check --format` makes it."""
    files = list(assessments)
    chosen = format_of(Ausgabe(form, None), Umfang(herleitung=herleitung, several=len(files) > 1), ())
    every = (kept(one, chosen.view)._replace(uebergreifend=texts_over_files(one)) for one in files)
    return "".join(chosen.document(every))


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
    """Return the assessment of a budget of the dream by the name of its file."""
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
