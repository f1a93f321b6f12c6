"""Hostile and damaged YAML: read in time, or refused with a message; with libyaml and without it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_yaml_reading import HEAD
from yaml._yaml import CParser

from foerdercheck.assessment.budget import check_budget
from foerdercheck.reading import yaml_tree

MIB = 1 << 20
pytestmark = pytest.mark.usefixtures("both_parsers")
KOSTEN = HEAD + "  kosten:\n  - {kostenart: material, bezeichnung: x, netto: "
HOSTILE = {
    "[ nested": "[" * MIB,
    "{ nested": "{a: " * (MIB // 4),
    "- nested": "- " * (MIB // 2),
    "? nested": "? " * (MIB // 2),
    "block nested": "\n".join(" " * depth + "a:" for depth in range(1400)),
    "long key": "a" * MIB + ": 1",
    "long value": HEAD + "  rechtsform: " + "a" * MIB,
    "long number": KOSTEN + "1" * MIB + "}",
    "long groups": KOSTEN + "1" + ".000" * (MIB // 4) + "}",
    "long spaces": KOSTEN + "'1" + " " * MIB + "x'}",
    "long year": HEAD + "  kosten: [{kostenart: personal, stunden: {02026" + "1" * 900 + ": 1}}]",
    "commas": "{a: 1" + ",1" * (MIB // 16) + "}",
    "many keys": "".join(f"a{number}: 1\n" for number in range(MIB // 40)),
    "many keys on one line": "{" + "".join(f"a{number}: 1, " for number in range(MIB // 40)) + "}",
    "same key": "a: 1\n" * (MIB // 20),
    "many words": HEAD.replace("{antr", "{ziele: [" + "wisen," * (MIB // 40) + "], antr"),
    "many lines": HEAD + "  kosten:\n" + "  - {kostenart: material, bezeichnung: x, netto: 1}\n" * (MIB // 100),
    "many empty lines": HEAD + "  kosten:\n" + "  - {}\n" * (MIB // 40),
    "many persons": HEAD + "  kosten:\n"
    + "".join(f"  - {{kostenart: personal, bezeichnung: p{n}, stundensatz: 1, stunden: 1}}\n" for n in range(MIB // 200)),
    "long alias": HEAD.replace("{antr", "{titel: &a '" + "a " * (MIB // 4) + "', ziele: [" + "*a," * 9000 + "], antr"),
    "alias as kostenart": f"x: &a '{'a ' * 99_999}'\n" + HEAD + "  kosten: [{kostenart: [" + "*a," * 9000 + "]}]",
    "billion laughs": "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{f'*a{n},' * 9}]\n" for n in range(30)),
    "anchors": "".join(f"- &a{number} x\n" for number in range(MIB // 24)),
    "tags": "- !!python/x y\n" * (MIB // 60),
    "tabs": "\t" * MIB,
    "quotes": "'" * MIB,
    "colons": "a:" * (MIB // 2),
    "newlines": "\n" * MIB,
    "documents": "---\n" * (MIB // 4),
    "long path": HEAD + "  deminimis: " + "s/" * 990 + "x.yaml",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon_and_in_a_verdict(name):
    start = time.process_time()
    result = check_budget(HOSTILE[name].encode())
    assert time.process_time() - start < (5 if yaml_tree.Parser is CParser else 20)
    if result.exit_code == 2:
        assert result.ergebnis == "fehler"
        assert all(error.text for error in result.fehler)
        assert result.fehler
    else:
        assert name in {"many lines", "many persons"}
        assert (result.ergebnis, result.exit_code) == ("offen", 3)


@given(
    st.one_of(st.binary(), st.text().map(str.encode), st.text("a:{}[]-&*!|>'\"#,? \n\t0", max_size=60).map(str.encode))
)
def test_whatever_the_bytes_there_is_a_message_and_never_an_exception(data):
    result = check_budget(data)
    assert (result.ergebnis, result.exit_code) == ("fehler", 2)
    assert result.fehler
    assert all(error.text and (error.ort or data.startswith((b"%PDF", b"PK"))) for error in result.fehler)


def test_surrogates_are_no_utf_8():
    assert check_budget(b"\xed\xa0\x80").exit_code == 2


MUTANT = HEAD + """  sitz: SH
  kosten:
  - {kostenart: personal, bezeichnung: A, stundensatz: 52,40, stunden: {2026: 1290, 2027: 860}, nachweis: fester_anteil}
  - kostenart: fremdleistung
    bezeichnung: Prototyp
    netto: 48.000,00
    auftrag: {nr: A1, anbieter: Muster GmbH, angebote: 3, vertrag: 2026-05-02}
  finanzierung:
    eigenmittel: 30.000,00
    weitere: [{geber: Stadt, betrag: 5.000,00, oeffentlich: ja}]
  deminimis:
  - {gewaehrt_am: 2025-03-01, foerdersumme: 10.000,00, verordnung: 2023/2831}
"""  # fmt: skip


@given(st.data())
def test_a_damaged_budget_never_raises(data):
    text = MUTANT
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 12))
        put = data.draw(
            st.one_of(st.just(""), st.text(max_size=4), st.sampled_from(["\n", ": ", "- ", "00", "{", "&a ", "*a"]))
        )
        text = text[:at] + put + text[at + cut :]
    result = check_budget(text.encode("utf-8", "surrogatepass"))
    assert result.defekte == ()
    assert (result.ergebnis == "fehler") == bool(result.fehler) == (result.exit_code == 2)
