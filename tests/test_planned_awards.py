"""Planned loans and guarantees as they are typed: worth what the regulation says, one after the other with other awards."""

import pytest
from results import parsed


@pytest.fixture
def history(tmp_path):
    file = tmp_path / "h.yaml"
    file.write_text(
        'beihilfen:\n- {unternehmen: A GmbH, gewaehrt_am: 2026-01-10, subventionswert: "200.000,00"}\n',
        encoding="utf-8",
    )
    return file


@pytest.fixture
def planned(run, history):
    """Return the exit code and the planned awards of a call."""

    def ask(*options: str):
        said = run("deminimis", history, "--stichtag", "2026-06-01", *options, "--format", "json")
        (konto,) = parsed(said.out)["unternehmen"]
        return said.code, [(one["datum"], one["betrag"], one["ergebnis"]) for one in konto["geplant"]]

    return ask


@pytest.mark.parametrize(
    ("options", "code", "betrag", "ergebnis"),
    [
        (("--darlehen", "500.000,00@5@60 %"), 0, "100000.00", "eingehalten"),  # 300.000 × 500.000 / 1.500.000
        (("--darlehen", "500.010,00@5@60 %"), 1, "100002.00", "ueberschritten"),
        (("--darlehen", "250.000,00@10@50 %"), 0, "100000.00", "eingehalten"),  # 300.000 × 250.000 / 750.000
        (("--buergschaft", "750.000,00@5@80 %"), 0, "100000.00", "eingehalten"),  # 300.000 × 750.000 / 2.250.000
        (("--buergschaft", "750.015,00@5@80 %"), 1, "100002.00", "ueberschritten"),
    ],
)
def test_a_loan_or_guarantee_counts_with_its_gross_grant_equivalent(planned, options, code, betrag, ergebnis):
    assert planned(*options) == (code, [("2026-06-01", betrag, ergebnis)])


def test_loans_and_guarantees_are_judged_one_after_the_other_by_their_days(planned):
    assert planned(
        "--buergschaft", "375.000,00@5@80 %@2026-08-01", "--darlehen", "250.000,00@5@60 %@2026-07-01", "--beihilfe", "1,00@2026-09-01"
    ) == (
        1,
        [
            ("2026-07-01", "50000.00", "eingehalten"),
            ("2026-08-01", "50000.00", "eingehalten"),
            ("2026-09-01", "1.00", "ueberschritten"),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("option", "typed", "said"),
    [
        ("--darlehen", "500.000,00", "erwartet wird BETRAG@JAHRE@BESICHERUNG"),
        ("--darlehen", "500.000,00@5@60 %@2026-06-01@2023/2831@5", "erwartet wird BETRAG@JAHRE@BESICHERUNG"),
        ("--darlehen", "500.000,00@5@49 %", "50 %"),
        ("--darlehen", "500.000,00@11@60 %", "11 Jahre"),
        ("--buergschaft", "500.000,00@5@81 %", "80 %"),
        ("--buergschaft", "500.000,00@fünf@80 %", "fünf"),
    ],
)
def test_what_cannot_be_computed_is_refused_at_the_option(run, history, option, typed, said):
    found = run("deminimis", history, "--stichtag", "2026-06-01", option, typed)
    assert found.code == 2
    assert option in found.err
    assert said in found.err


def test_every_answer_says_what_is_not_checked(run, history, tmp_path):
    many = tmp_path / "h.csv"
    rows = [f"Firma {number};01.02.2026;5" for number in range(21)]
    many.write_text("\n".join(["Unternehmen;Gewährt am;Subventionswert", *rows]), encoding="utf-8")
    for file in (history, many):
        out = run("deminimis", file, "--stichtag", "2026-06-01").out
        (line,) = [line for line in out.splitlines() if line.strip().startswith("Nicht geprüft")]
        for word in ("Insolvenz", "getrennte Buchführung", "andere Beihilfen für dieselben Kosten", "beherrscht"):
            assert word in line


def test_a_planned_loan_says_what_it_counts_with_and_what_of_that_is_a_reading(run, history):
    call = ("deminimis", history, "--unternehmen", "Neu GmbH", "--stichtag", "2026-06-01")
    agrar, plain = "50.000,00@5@50 %@2026-06-01@Agrar", "50.000,00@5@50 %"
    counts = "Das geplante Darlehen über 50.000,00 € auf 5 Jahre zählt mit 10.000,00 €, nach dem vereinfachten Verfahren berechnet"
    out = run(*call, "--darlehen", agrar).out
    assert f"{counts} [Auslegung: Im Verhältnis zum neuen Höchstbetrag" in out
    assert f"{counts}." in run(*call, "--darlehen", plain).out


def test_beyond_the_last_day_of_a_regulation_nothing_is_promised(run, tmp_path):
    file = tmp_path / "h.yaml"
    file.write_text("beihilfen: [{unternehmen: A, gewaehrt_am: 2029-08-01, subventionswert: 29000, verordnung: Fisch}]")
    asked = run("deminimis", file, "--verordnung", "Fisch", "--stichtag", "2030-07-01")
    assert asked.code == 3
    assert "? Für eine Gewährung nach 717/2014 am 01.07.2030 ist kein Höchstbetrag bekannt" in asked.out
    planned = run("deminimis", file, "--verordnung", "Fisch", "--stichtag", "2030-01-01", "--beihilfe", "1.000,01")
    assert planned.code == 1
    assert "sie passen an keinem Tag bis zum 30.06.2030, dem letzten mit bekanntem Höchstbetrag." in planned.out
    whole = run("deminimis", file, "--verordnung", "Fisch", "--stichtag", "2030-01-01", "--beihilfe", "30.000,01")
    assert "sie passen an keinem Tag bis zum 30.06.2030, dem letzten mit bekanntem Höchstbetrag." in whole.out


def test_the_bar_says_that_a_later_award_keeps_room(run, tmp_path):
    file = tmp_path / "h.yaml"
    file.write_text("beihilfen: [{unternehmen: A, gewaehrt_am: 2026-12-01, subventionswert: '250.000,00'}]")
    out = run("deminimis", file, "--stichtag", "2026-05-01", "--beihilfe", "10.000,00").out
    assert "bleibt frei 40.000,00 €, x sperrt ein anderer Höchstbetrag oder eine spätere Beihilfe 250.000,00 €" in out
    assert "sperrt" not in run("deminimis", file, "--stichtag", "2029-12-02", "--beihilfe", "10.000,00").out
