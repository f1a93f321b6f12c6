"""`check --alle`: the verdict over all programmes is the one behind the exit code, and errors of the file come once."""

import pytest
from report_cases import BUDGETS
from vertrag import parsed

from foerdercheck.assessment.alle import Vergleich
from foerdercheck.assessment.budget import Assessment
from foerdercheck.cli import alle
from foerdercheck.model.befund import EXIT_CODES
from foerdercheck.programmes import neueste_fassung

JA = BUDGETS / "hochschule-direkt-guenstiger.yaml"


@pytest.mark.parametrize(
    ("verdicts", "code", "ergebnis"),
    [
        (["nicht_foerderfaehig", "foerderfaehig", "offen"], 0, "foerderfaehig"),
        (["nicht_foerderfaehig", "offen", "nicht_foerderfaehig"], 3, "offen"),
        (["nicht_foerderfaehig", "nicht_foerderfaehig"], 1, "nicht_foerderfaehig"),
        (["foerderfaehig", "defekt", "offen"], 4, "fehler"),
    ],
)
def test_the_head_says_what_the_exit_code_says(run, monkeypatch, verdicts, code, ergebnis):
    fassung = neueste_fassung("sh-ki")

    def found(verdict):
        if verdict == "defekt":
            return Assessment(datei="b", ergebnis="fehler", defekte=("kaputt",), fassung=fassung)
        return Assessment(datei="b", ergebnis=verdict, fassung=fassung)

    monkeypatch.setattr(alle, "assess_under_all", lambda *_, **__: [Vergleich(fassung, found(v)) for v in verdicts])
    done = run("check", JA, "--alle", "--format", "json")
    document = parsed(done.out)
    assert (done.code, document["ergebnis"]) == (code, ergebnis)
    assert [budget["ergebnis"] for budget in document["budgets"]] == [
        "fehler" if verdict == "defekt" else verdict for verdict in verdicts
    ]


@pytest.mark.parametrize(
    ("change", "ergebnis", "entries"),
    [
        (("antragsdatum: 15.01.2026", "antragsdatum: bald"), "fehler", [None]),
        (("foerderprogramm:", "unsinn: 3\nfoerderprogramm:"), "fehler", [None]),
        (("beantragt: 168.085,31", "beantragt: viel"), "nicht_foerderfaehig", [None, "mpsc", "zr-ni", "zr-ni-rm"]),
    ],
    ids=["a date", "a key", "the grant, of which no other programme takes notice"],
)
def test_errors_of_the_file_come_once(run, tmp_path, change, ergebnis, entries):
    file = tmp_path / "b.yaml"
    text = JA.read_text(encoding="utf-8")
    assert text.count(change[0]) == 1
    file.write_text(text.replace(*change), encoding="utf-8")
    done = run("check", file, "--alle", "--format", "json")
    document = parsed(done.out)
    assert (done.code, document["ergebnis"]) == (EXIT_CODES[ergebnis], ergebnis)
    assert [budget.get("programm", {}).get("id") for budget in document["budgets"]] == entries
    assert document["budgets"][0] == parsed(run("check", file, "--format", "json").out)["budgets"][0]
