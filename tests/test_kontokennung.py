"""The Prüfkennung of accounts: the same for the same history and question, another for another cent, day, amount or regulation."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from demo import HISTORIE

from foerdercheck.assessment import historie, kennung
from foerdercheck.assessment.historie import check_history
from foerdercheck.assessment.kennung import parse_kennung
from foerdercheck.model.beihilfe import Beihilfe

DAY = date(2026, 4, 20)
BUDGETS = HISTORIE.parents[2] / "budgets"
FILE = BUDGETS / "historie-jessen-anlagenbau.yaml"
TEXT = FILE.read_text(encoding="utf-8")
ANGABEN, RECHT, FRAGE, PROGRAMM = kennung._TEILE_DES_KONTOS


def kennung_of(text=TEXT, name=None, **options):
    found = check_history(text.encode() if isinstance(text, str) else text, name=name, **({"stichtag": DAY} | options))
    assert found.pruefkennung is not None, found.fehler
    return found.pruefkennung


def differing(other):
    return kennung_of().unterschiede(other, konto=True)


def test_the_same_history_as_a_workbook_or_as_csv_has_the_same(run, tmp_path):
    goal = tmp_path / "h.xlsx"
    assert run("umwandeln", FILE, goal).code == 0
    assert differing(kennung_of(goal.read_bytes(), goal.name)) == []
    yaml = (
        "beihilfen:\n- {unternehmen: A GmbH, gewaehrt_am: 2025-03-01, zuwendungsgeber: Kreis, subventionswert: 62000}\n"
    )
    csv = "Unternehmen;Gewährt am;Zuwendungsgeber;Subventionswert\r\nA GmbH;01.03.2025;Kreis;62.000,00\r\n"
    assert kennung_of(yaml) == kennung_of(csv, "h.csv")


def test_layout_does_not_count():
    assert differing(kennung_of(TEXT.replace("\n", "\r\n"))) == []
    assert differing(kennung_of("# Bemerkung\n" + TEXT)) == []


def test_another_cent_is_another_input():
    amount = re.search(r"\d+\.\d+,00", TEXT)
    changed = TEXT[: amount.end() - 1] + "1" + TEXT[amount.end() :]
    assert differing(kennung_of(changed)) == [ANGABEN]


@pytest.mark.parametrize(
    "asked",
    [{"stichtag": date(2026, 4, 21)}, {"beihilfe": Decimal(1)}, {"verordnung": "2023/2832"}, {"grenztag": "rna"},
     {"unternehmen": "Jessen Anlagenbau GmbH & Co. KG"}, {"mitgliedstaat": "DK"}],
    ids=str,
)  # fmt: skip
def test_another_question_is_another_one(asked):
    assert differing(kennung_of(**asked)) == [FRAGE]


def test_another_law_or_program_is_another_one(monkeypatch):
    before = kennung_of()
    law = kennung.deminimis_recht()
    monkeypatch.setattr(kennung, "deminimis_recht", lambda: replace(law, pruefsumme="x"))
    assert before.unterschiede(kennung_of(), konto=True) == [RECHT]
    monkeypatch.undo()
    monkeypatch.setattr(kennung, "VERSION", "99.0")
    assert before.unterschiede(kennung_of(), konto=True) == [PROGRAMM]


def test_an_unreadable_history_has_none():
    assert check_history(b"beihilfen: nein\n").pruefkennung is None


ROW = "A{0} GmbH;01.03.2025;Kreis;AZ-{1};{1},00\n"


@pytest.fixture
def register(tmp_path):
    """Return a file of more awards of more undertakings than an overview puts into a hash."""
    file = tmp_path / "register.csv"
    rows = (
        ROW.format(number % (historie.MEISTE_UNTERNEHMEN + 1), number)
        for number in range(historie.MEISTE_BEIHILFEN + 1)
    )
    file.write_text(
        "Unternehmen;Gewährt am;Zuwendungsgeber;Aktenzeichen;Subventionswert\n" + "".join(rows), encoding="utf-8"
    )
    return file


def test_every_report_on_a_register_has_it_and_only_its_overview_on_a_screen_does_not(run, register, tmp_path):
    mine = str(check_history(register, stichtag=DAY).pruefkennung)
    call = ("deminimis", register, "--stichtag", DAY)
    assert "Prüfkennung" not in run(*call).out
    assert json.loads(run(*call, "--format", "json").out)["pruefkennung"] == mine
    assert "gehört zu diesem Konto" in run(*call, "--kennung", mine).out
    for name in ("konto.txt", "konto.html", "konto.json"):
        run(*call, "--output", tmp_path / name)
        assert mine in (tmp_path / name).read_text(encoding="utf-8")
    one = check_history(register, stichtag=DAY, unternehmen="A7 GmbH").pruefkennung
    assert f"Prüfkennung  {one}" in run(*call, "--unternehmen", "A7 GmbH").out
    assert str(one) != mine


def test_every_award_of_a_register_counts(register):
    """Awards are put into the hash a thousand at a time; where one ends makes no difference, another cent does."""
    text = register.read_text(encoding="utf-8")
    before = kennung_of(text, "h.csv")
    head, *rows = text.splitlines(keepends=True)
    assert before.unterschiede(kennung_of("".join([head, *rows[1:]]), "h.csv"), konto=True) == [ANGABEN]
    last = text[: text.rindex(",00")] + ",01\n"
    assert before.unterschiede(kennung_of(last, "h.csv"), konto=True) == [ANGABEN]
    states = [Beihilfe(unternehmen="A", foerdersumme=Decimal(number)) for number in range(kennung._AT_ONCE + 1)]
    one = "Beihilfe(unternehmen=1:A,form=8:zuschuss,foerdersumme={},mitgliedstaat=2:DE,status=9:bewilligt)"
    written = ",".join(map(one.format, range(len(states))))
    assert kennung._written(states) == f"[{written}]"


def test_every_report_names_it(run):
    mine = str(kennung_of())
    call = ("deminimis", FILE, "--stichtag", DAY)
    assert f"Prüfkennung  {mine}" in run(*call).out
    assert json.loads(run(*call, "--format", "json").out)["pruefkennung"] == mine
    assert mine in run(*call, "--format", "html").out


def test_a_call_says_whether_a_report_belongs_to_an_account(run):
    mine = kennung_of()
    call = ("deminimis", FILE, "--kennung", f"{str(mine)[:4].upper()}-{str(mine)[4:]}")
    assert run(*call, "--stichtag", DAY) == (0, f"„{FILE}“: Die Prüfkennung {mine} gehört zu diesem Konto.\n", "")
    code, out, err = run(*call, "--stichtag", "2026-04-21")
    assert (code, err) == (2, "")
    assert out.endswith(f"Es unterscheiden sich: {FRAGE}.\n")
    assert "ist keine Prüfkennung: sie hat 16 Zeichen" in run("deminimis", FILE, "--kennung", "abc").err
    assert "schreibt nur einen Satz" in run(*call, "--format", "json").err
    assert parse_kennung(str(mine)) == mine
    assert historie.kontokennung is kennung.kontokennung
