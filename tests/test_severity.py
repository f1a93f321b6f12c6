"""What outweighs what: one order for verdicts, exit codes and the documents over several files."""

from itertools import pairwise, permutations, product

import pytest
from demo import FEHLER, JA, NEIN, OFFEN
from results import parsed

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.befund import EXIT_CODES, EXIT_ORDER, worst_of

ORDER = ("foerderfaehig", "offen", "nicht_foerderfaehig", "fehler")


def test_exit_codes_outweigh_each_other_like_the_verdicts_they_stand_for():
    assert EXIT_ORDER == (0, 3, 1, 2, 4)
    assert tuple(EXIT_CODES) == ORDER
    assert [Assessment(datei="", ergebnis=verdict).exit_code for verdict in ORDER] == [0, 3, 1, 2]
    assert {Assessment(datei="", ergebnis=verdict, defekte=("x",)).exit_code for verdict in ORDER} == {4}


def test_the_worst_verdict_decides_wherever_it_stands():
    assert [worst_of(pair) for better, worse in pairwise(ORDER) for pair in permutations((better, worse))] == [
        "offen", "offen", "nicht_foerderfaehig", "nicht_foerderfaehig", "fehler", "fehler",
    ]  # fmt: skip
    assert [worst_of(pair) for pair in product(ORDER, repeat=2) if pair[0] == pair[1]] == list(ORDER)
    assert worst_of(()) == "fehler"


@pytest.mark.parametrize(("files", "verdict"), [((JA,), 0), ((JA, OFFEN), 1), ((NEIN, OFFEN), 2), ((NEIN, FEHLER), 3)])
def test_document_and_exit_code_agree(check, files, verdict):
    code, out, _ = check(*files, "--format", "json")
    assert (parsed(out)["ergebnis"], code) == (ORDER[verdict], EXIT_ORDER[verdict])
