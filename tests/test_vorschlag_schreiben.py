"""A budget with a proposal in it: only what the proposal names is changed, and it checks to what was promised."""

import difflib
import io
import re
from datetime import date
from pathlib import Path

import pytest
from demo import JA
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from strategies import SCHREIBWEISEN, cents, dump
from vorschlagfaelle import EXAMPLES, UEBERSCHRITTEN, euro, failing, single

from foerdercheck import check_budget, vorschlaege
from foerdercheck.ausweg.schreiben import written
from foerdercheck.model.amounts import parse_stunden, written_like
from foerdercheck.model.location import InputError, Location
from foerdercheck.reading.aenderungen import at
from foerdercheck.reading.files import Given, read_text
from foerdercheck.writing.conversion import budget_as_workbook
from foerdercheck.writing.xlsx_patch import Zellwert, patched_xlsx
from foerdercheck.writing.yaml_patch import patched_yaml

BUDGETS = Path(__file__).parents[1] / "budgets"


@given(cents(10**9), st.integers(1, 10**6).map(lambda number: number * 1000 + 7), st.sampled_from(SCHREIBWEISEN))
def test_an_amount_is_written_as_the_one_it_replaces(betrag, before, write):
    assert written_like(f"{betrag:.2f}".replace(".", ","), write(before)) == write(betrag)


@pytest.mark.parametrize(
    ("text", "before", "written"),
    [
        ("54600,00", "76122", "54600"),
        ("54600,50", "76122 €", "54600,50 €"),
        ("54600,00", "76.122,-", "54.600,-"),
        ("54600,50", "76.122,-", "54.600,50"),
        ("54600,00", "1.076.122", "54.600,00"),
        ("54600,00", "viel", "54600,00"),
        ("0,00", "3 Mio. €", "0,00"),
    ],
)
def test_an_amount_stays_one_that_is_read_for_certain(text, before, written):
    assert written_like(text, before) == written


def test_hours_keep_their_unit():
    assert written_like("1720", "1.800,0 Std.", parse_stunden) == "1720 Std."


def flow(value):
    """A tree in braces, every scalar without quotes: as people write short entries."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]" if isinstance(value, list) else str(value)


def commented(text, end):
    """The text with comments behind and between its lines."""
    lines = [
        f"{line}  # Bemerkung {number}" if line.rstrip().endswith('"') else line
        for number, line in enumerate(text.splitlines())
    ]
    return end.join(["# oben", *lines, "# unten", ""])


@settings(max_examples=EXAMPLES // 2)
@given(failing(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]), st.booleans())
def test_only_the_changed_scalars_of_a_text_change(tree, end, bom, in_braces):
    if in_braces:
        for body in (tree["antragsteller"], *tree.get("partner", ())):
            body["finanzierung"] = "@" + flow(body["finanzierung"])
    text = re.sub(r'"@(.*?)"', r"\1", dump(tree))
    data = (bom + commented(text, end)).encode()
    base = check_budget(data, name="b.yaml")
    for one in vorschlaege(base).vorschlaege:
        new, found = written(base, one, data, "neu.yaml", Given({}))
        assert (found.ergebnis, found.zuwendung) == (one.ergebnis, one.zuwendung)
        assert check_budget(new).zuwendung == one.zuwendung
        before, after = data.decode().split(end), new.decode().split(end)
        gone = [line for line in difflib.ndiff(before, after) if line.startswith("- ")]
        come = [line for line in difflib.ndiff(before, after) if line.startswith("+ ")]
        assert len(gone) <= len(come) <= len(one.aenderungen)
        assert len(after) - len(before) == sum(not change.alt for change in one.aenderungen) or in_braces
        assert re.findall("#.*", data.decode()) == re.findall("#.*", new.decode())
        assert new.count(b"\r") - data.count(b"\r") == (len(after) - len(before) if end == "\r\n" else 0)


def cells(data):
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.font.b)
        for sheet in load_workbook(io.BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
    }


@settings(max_examples=max(EXAMPLES // 8, 10))
@given(failing())
def test_only_the_changed_cells_of_a_workbook_change(tree):
    data = budget_as_workbook(read_text(dump(tree).encode(), "-"))
    base = check_budget(data, name="b.xlsx")
    before = cells(data)
    for one in vorschlaege(base).vorschlaege[:2]:
        new, found = written(base, one, data, "neu.xlsx", Given({}))
        assert (found.ergebnis, found.zuwendung) == (one.ergebnis, one.zuwendung)
        after = cells(new)
        named = {(change.ort.blatt, change.ort.zelle) for change in one.aenderungen}
        nothing = (None,)
        changed = {
            place for place in before.keys() | after if before.get(place, nothing)[0] != after.get(place, nothing)[0]
        }
        assert changed == named
        assert all(before[place][1:] == after[place][1:] for place in before)


@pytest.mark.parametrize("day", ["20.04.2026", "2026-04-20"])
def test_days_are_written_as_those_they_replace_whatever_day_is_assumed(day):
    data = re.sub("bewilligung: [0-9.-]+", f"bewilligung: {day}", UEBERSCHRITTEN.read_text(encoding="utf-8")).encode()
    files = {"historie-jessen-anlagenbau.yaml": (BUDGETS / "historie-jessen-anlagenbau.yaml").read_bytes()}
    for assumed in (None, date(2026, 4, 22)):
        base = check_budget({"b.yaml": data, **files}, name="b.yaml", stichtag=assumed)
        for one in vorschlaege(base).vorschlaege:
            new, found = written(base, one, data, "neu.yaml", Given(files))
            assert (found.ergebnis, found.zuwendung) == (one.ergebnis, one.zuwendung)
        new, _ = written(base, vorschlaege(base).vorschlaege[0], data, "neu.yaml", Given(files))
        fits = "11.05.2026" if "." in day else "2026-05-11"
        assert new == data.replace(f"bewilligung: {day}".encode(), f"bewilligung: {fits}".encode())


def test_the_command_writes_and_says_what_it_changed(run, tmp_path):
    for name in (UEBERSCHRITTEN, BUDGETS / "historie-jessen-anlagenbau.yaml"):
        (tmp_path / name.name).write_bytes(name.read_bytes())
    source, new = tmp_path / UEBERSCHRITTEN.name, tmp_path / "neu.yaml"
    said = run("check", source, "--vorschlag", 2, "--output", new)
    assert (said.code, said.err) == (0, f"foerdercheck: {new} geschrieben\n")
    assert said.out.startswith(
        "Geändert (2):\n  ~ antragsteller.finanzierung.beantragt: 76.122,50 → 54.600,00 (Zeile 47, Spalte 16)\n"
    )
    assert said.out.endswith("neu.yaml“: förderfähig, Zuwendung 54.600,00 €\n")
    old = source.read_text(encoding="utf-8")
    assert new.read_text(encoding="utf-8") == old.replace("beantragt: 76.122,50", "beantragt: 54.600,00").replace(
        "eigenmittel: 76.122,50", "eigenmittel: 97.645,00"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--vorschlag", "3", "--output", "neu.yaml"], "zu diesem Budget gibt es 2 Vorschläge"),
        (["--vorschlag", "0", "--output", "neu.yaml"], "zu diesem Budget gibt es 2 Vorschläge"),
        (["--vorschlag", "x", "--output", "neu.yaml"], "ist keine Zahl"),
        (["--vorschlag", "1"], "--output nennt die neue Datei, im Format des Budgets"),
        (["--vorschlag", "1", "--output", "neu.xlsx"], "(.yaml oder .yml)"),
        (["--vorschlag", "1", "--output", "neu.txt"], "--output nennt die neue Datei, im Format des Budgets"),
        (
            ["--vorschlag", "1", "--output", "neu.yaml", "--setze", "a=1"],
            "--setze: geht nicht zusammen mit --vorschlag",
        ),
        (
            ["--vorschlag", "1", "--output", "neu.yaml", "--format", "json"],
            "--vorschlag: geht nicht zusammen mit --format json",
        ),
        (
            ["--vorschlag", "1", "--output", "neu.yaml"],
            "neu.yaml wird nicht geschrieben: deminimis historie-jessen-anlagenbau.yaml: ",
        ),
    ],
)
def test_what_cannot_be_written_is_said(run, monkeypatch, tmp_path, options, said):
    monkeypatch.chdir(tmp_path)
    found = run("check", UEBERSCHRITTEN, *options)
    assert (found.code, found.out, list(tmp_path.iterdir())) == (2, "", [])
    assert said in found.err


def test_several_files_get_no_proposal_written(run, tmp_path):
    assert (
        "es geht um eine einzelne Datei"
        in run("check", JA, UEBERSCHRITTEN, "--vorschlag", 1, "--output", tmp_path / "n.yaml").err
    )


def test_a_file_that_is_there_stays(run, tmp_path):
    there = tmp_path / "da.yaml"
    there.write_text("x", encoding="utf-8")
    assert run("check", UEBERSCHRITTEN, "--vorschlag", 1, "--output", there).code == 2
    assert there.read_text(encoding="utf-8") == "x"


TEXT = """\
a: {b: 5.000,00, c: 'x'} # eins
d:
  - e: "7"
    f: 8
g: &anker 9
h: *anker
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("a", "b"), "54600,00", "b: 5.000,00,", "b: 54600.00,"),
        (("a", "b"), "2026-05-11", "b: 5.000,00,", "b: 2026-05-11,"),
        (("a", "c"), "y", "'x'", "'y'"),
        (("d", 0, "e"), "direkt", '"7"', '"direkt"'),
        (("d", 0, "f"), "54600,00", "f: 8", "f: 54600,00"),
        (("d", 0, "z"), "1,5", "    f: 8\n", "    z: 1,5\n    f: 8\n"),
        (("a", "z"), "1,5", "{b:", "{z: 1.5, b:"),
        (("z",), "1", "a: {b", "z: 1\na: {b"),
        (("y", "z"), "1,5", "a: {b", "y: {z: 1.5}\na: {b"),
        (("d", 0, "f"), "a: b", "f: 8", 'f: "a: b"'),
    ],
)
def test_a_scalar_in_its_surroundings(path, value, old, new):
    assert patched_yaml(TEXT.encode(), [(path, value)]).decode() == TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("t: |\n    eins\n    zwei\n\n  b: 1", "neu", "t: neu\n\n  b: 1"),
        ("t: >- # so\r\n    eins\r\n  b: 1", "neu", "t: neu # so\r\n  b: 1"),
        ("t: 'x'", "geht's", "t: 'geht''s'"),
        ('t: "x"', 'das "gute" \\ Haus', 't: "das \\"gute\\" \\\\ Haus"'),
        ("t: x", 'a: "b"', 't: "a: \\"b\\""'),
        ("t:\n  b: 1", "54600,00", "t: 54600,00\n  b: 1"),
        ("t: # noch offen\n  b: 1", "5", "t: 5 # noch offen\n  b: 1"),
        ("{t: , b: 1}", "5", "{t: 5, b: 1}"),
        ("{t, b: 1}", "5", "{t: 5, b: 1}"),
        ("t: eins\n    zwei\n  b: 1", "", "# t: eins\n#     zwei\n  b: 1"),
        ("t: |\r\n    eins\r\n\r\n  b: 1", "", "# t: |\r\n#     eins\r\n\r\n  b: 1"),
    ],
)
def test_a_scalar_however_it_is_written(old, value, new):
    written = patched_yaml(f"a:\n  {old}\n".encode(), [(("a", "t"), value)])
    assert written.decode() == f"a:\n  {new}\n"
    assert at(read_text(written, "-").tree, ("a", "t")) == (value or None)


@pytest.mark.parametrize("value", ["5", ""])
@pytest.mark.parametrize(
    ("text", "path", "why"),
    [
        ("a: &x 5\nb: *x\n", ("b",), r"dort verweist \* auf eine andere Stelle"),
        ("p: &x {a: 1, b: 2}\nq: *x\n", ("q", "a"), r"dort verweist \* auf eine andere Stelle"),
        ("a: [x, y]\nb: 1\n", ("a",), "dort steht eine Liste"),
        ("b: 1\na:\n  - x\n  - y\n", ("a",), "dort steht eine Liste"),
    ],
)
def test_references_and_lists_are_not_replaced(text, path, why, value):
    with pytest.raises(InputError, match=why):
        patched_yaml(text.encode(), [(path, value)])


def test_what_others_take_from_a_mapping_does_not_change_with_it():
    """Two bodies share one mapping: the verdict would be as promised, and the other one says something else."""
    tree = single(10, 5, 5, 18)
    tree["partner"] = [{**tree["antragsteller"], "name": "Partnerin"}]
    tree["vorhaben"] |= {"kooperationsvertrag": "2026-02-01", "bescheid": "einzeln", "titel": "Eins"}
    line = tree["antragsteller"]["kosten"][0]
    tree["antragsteller"]["kosten"] = "&k " + flow([line])
    tree["partner"][0]["kosten"] = "*k"
    data = re.sub(r'"((?:&k|\*k).*)"', r"\1", dump(tree)).encode()
    base = check_budget(data, name="b.yaml")
    assert base.budget.partner[0].kosten == base.budget.antragsteller.kosten
    other = check_budget(data, name="b.yaml", setze={"antragsteller.kosten.1.bezeichnung": "Anders"})
    with pytest.raises(InputError, match="änderten sich andere, die auf sie verweisen"):
        written(base, other, data, "neu.yaml", Given({}))


@pytest.mark.parametrize("path", [("a", "c", "z"), ("d", 5, "z")])
def test_where_there_is_no_room_nothing_is_written(path):
    with pytest.raises(InputError, match="lässt sich nicht einfügen"):
        patched_yaml(TEXT.encode(), [(path, "1")])


def test_a_value_that_others_refer_to_is_not_written():
    """With the anchor both values would change: the new file leads elsewhere, and is refused."""
    tree = single(10, 5, 3, 18)
    tree["antragsteller"]["finanzierung"]["eigenmittel"] = "@"
    text = dump(tree).replace('"@"', "*geld").replace(f'"{euro(100)}"', f"&geld {euro(100)}")
    data = text.encode()
    base = check_budget(data, name="b.yaml")
    for one in vorschlaege(base).vorschlaege:
        with pytest.raises(InputError):
            written(base, one, data, "neu.yaml", Given({}))


def test_a_workbook_written_otherwise_is_refused():
    data = budget_as_workbook(read_text(dump(single(10, 5, 3, 18)).encode(), "-"))
    with pytest.raises(InputError, match="nicht ersetzen"):
        patched_xlsx(data, [Zellwert(Location(blatt="Gibt es nicht", zelle="A1"), "x")])
