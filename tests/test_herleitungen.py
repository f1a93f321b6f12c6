"""How figures came about, word for word: every amount of some cases with its formula, its Ziffer and its place.

`_herleitungen.yaml` beside the cases of a programme holds under the name of a case its figures in the order of the
result, each with those it was computed from, and each only once.
"""

from collections.abc import Iterator

import pytest
from rechtsfaelle import ORDNER, case_named, load_cases, read

from foerdercheck.model.figure import Figure

HERLEITUNGEN = [
    pytest.param(file.parent.name, fall, lines, id=fall)
    for file in sorted(ORDNER.glob("*/_herleitungen.yaml"))
    for fall, lines in read(file).items()
]


def written(figure: Figure) -> Iterator[str]:
    """The line of a figure and of all it was computed from."""
    formula = f" = {figure.formel}" if figure.formel else ""
    ziffer = f" · {figure.ziffer}" if figure.ziffer else ""
    place = f" · {'.'.join(map(str, figure.pfad))}" if figure.pfad else ""
    yield f"{figure.name} {figure.betrag}{formula}{ziffer}{place}"
    for term in figure.aus:
        yield from written(term)


@pytest.mark.parametrize(("programm", "name", "lines"), HERLEITUNGEN)
def test_herleitung(programm, name, lines):
    (fall,) = [fall for fall in load_cases(programm) if fall.id == name]
    found = fall.assess()
    figures = [*(figure for rechnung in found.rechnungen for figure in rechnung.figures), found.vergabe.zuwendungen]
    assert list(dict.fromkeys(line for figure in figures for line in written(figure))) == lines


def test_the_sum_of_grants_names_other_public_money_and_where_it_stands():
    name = "Öffentliche Mittel zählen zu den Zuwendungen: zusammen 100.000,01 €, drei Angebote sind nötig, offen"
    fall = case_named("sh-ki", name)
    grant, public = fall.assess().vergabe.zuwendungen.aus
    assert next(written(grant)).startswith("Zuwendung 90000.00 = kleinerer Betrag")
    assert list(written(public)) == ["Stadt Kiel 10000.01 · antragsteller.finanzierung.weitere.0.betrag"]
