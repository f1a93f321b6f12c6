"""Foreign tables read by a mapping: histories as people have them, and what is said of a mapping or a table that will not do."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from deminimis.strategien import historien
from foreign_tables import FELDER, HEAD, ROWS, made_foreign, mapping, read_by, write, wrong_by
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from workbooks import converted, save, save_csv

from foerdercheck.assessment.zuordnung import read_zuordnung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import File
from foerdercheck.reading.histories import read_history
from foerdercheck.schema.documents import mapping_schema
from foerdercheck.writing.content import historie_content
from foerdercheck.writing.workbook import historie_mappe, saved

DOCS = Path(__file__).parents[1] / "docs"
REGISTER = DOCS / "zuordnung"
IS_MAPPING = Draft202012Validator(mapping_schema()).is_valid
HEAD_BYTES = (b"Impresa", b"Data", b"Tipo", b"Valore")


# what is read


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "xlsm", "ods"])
def test_a_foreign_table_is_read_alike_in_every_format(tmp_path, suffix):
    table = write(tmp_path / f"t.{'xlsx' if suffix == 'ods' else suffix}", [HEAD, *ROWS])
    (table,) = converted("ods", table) if suffix == "ods" else (table,)
    found = read_by(table, mapping(tmp_path, fest={"mitgliedstaat": "IT"}, summe={"subventionswert": "13.000,50"}))
    assert [
        (b.unternehmen, b.gewaehrt_am, b.form, b.subventionswert, b.mitgliedstaat) for b in found.historie.beihilfen
    ] == [
        ("Alpi Srl", date(2025, 3, 15), "zuschuss", Decimal("12000.50"), "IT"),
        ("Alpi Srl", date(2025, 4, 16), "buergschaft", Decimal("1000.00"), "IT"),
    ]
    where = found.source.locate(("beihilfen", 1, "subventionswert"))
    assert str(where) in {"Zeile 3, Spalte 4", "Beihilfen!D3"}
    assert found.source.locate(("beihilfen", 0, "mitgliedstaat")).datei.endswith("zuordnung.yaml")
    (said,) = found.hinweise
    assert said.text == "Keinem Feld zugeordnet und nicht gelesen: „Stato“ und „Nota“."


@pytest.mark.parametrize(
    ("register", "staat", "frei"), [("rna", "IT", "225.749,60 €"), ("sudop", "PL", "244.690,86 €")]
)
def test_the_registers_of_the_documentation(run, tmp_path, register, staat, frei):
    by = ("--spalten", REGISTER / f"{register}.yaml")
    said = run("deminimis", REGISTER / f"{register}.csv", *by, "--mitgliedstaat", staat, "--stichtag", "2026-04-20")
    assert said.code == 0
    assert f"Am 20.04.2026 sind {frei} frei." in said.out
    for suffix in ("xlsx", "yaml"):
        assert run("umwandeln", REGISTER / f"{register}.csv", tmp_path / f"h.{suffix}", *by).code == 0
        answer = ("deminimis", tmp_path / f"h.{suffix}", "--mitgliedstaat", staat, "--stichtag", "2026-04-20")
        assert f"Am 20.04.2026 sind {frei} frei." in run(*answer).out


def test_the_mappings_of_the_documentation_are_ones(tmp_path):
    blocks = re.findall(r"```yaml\n(.*?)```", (DOCS / "zuordnung.md").read_text(encoding="utf-8"), re.DOTALL)
    texts = [*blocks, *(file.read_text(encoding="utf-8") for file in sorted(REGISTER.glob("*.yaml")))]
    assert len(texts) == 4
    for text in texts:
        (tmp_path / "z.yaml").write_text(text, encoding="utf-8")
        assert read_zuordnung(tmp_path / "z.yaml")
        assert IS_MAPPING(yaml.load(text, yaml.BaseLoader))


@settings(max_examples=40)
@given(historien(), st.integers(0, 99), st.sampled_from((1, 1000)))
def test_a_history_with_other_headings_in_another_order_in_thousands_is_the_same(
    tmp_path_factory, historie, seed, faktor
):
    workbook = saved(historie_mappe(historie_content(historie)))
    data, by = made_foreign(workbook, tmp_path_factory.getbasetemp(), seed, faktor)
    assert read_history(File("t.xlsx", data, by), vokabular()).historie == historie


def test_lines_of_a_csv_file_are_counted_as_messages_count_them(tmp_path):
    rows = [("Auszug",), ("zwei\nZeilen",), HEAD, *ROWS, ("Totale", None, None, "13.000,50"), ("Fine",)]
    by = mapping(tmp_path, kopfzeile=4, summe={"subventionswert": "D7"}, auslassen=[{"zeilen": [7]}, {"ab_zeile": 8}])
    found = read_by(save_csv(tmp_path / "t.csv", rows), by)
    assert len(found.historie.beihilfen) == 2
    assert str(found.source.locate(("beihilfen", 0))) == "Zeile 5, Spalte 1"
    assert [said.text for said in found.hinweise[:2]] == [
        "Ausgelassen nach der 1. Regel unter beihilfen.auslassen: 1 Zeile (7).",
        "Ausgelassen nach der 2. Regel unter beihilfen.auslassen: 1 Zeile (8).",
    ]


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ({"spalte": "Stato", "ist": "ANNULLATO"}, "ac"),
        ({"spalte": "Stato", "ist_nicht": ["attivo", "sospeso"]}, "ac"),
        ({"spalte": "E", "beginnt": "ann"}, "ac"),
        ({"spalte": "Nota", "leer": "ja"}, "b"),
        ({"spalte": "Nota", "leer": "nein"}, "ac"),
        ({"zeilen": [3]}, "ac"),
        ({"ab_zeile": 3}, "a"),
    ],
)
def test_rules_leave_out_rows_and_say_so(tmp_path, rule, left):
    rows = [(name, "15/03/2025", "Garanzia", "1", stato, nota)
            for name, stato, nota in (("a", "attivo", None), ("b", "annullato", "x"), ("c", "sospeso", ""))]  # fmt: skip
    found = read_by(save_csv(tmp_path / "t.csv", [HEAD, *rows]), mapping(tmp_path, auslassen=[rule]))
    assert "".join(b.unternehmen for b in found.historie.beihilfen) == left
    assert f": {3 - len(left)} Zeile" in found.hinweise[0].text


def test_a_rule_that_leaves_out_nothing_is_told(tmp_path):
    found = read_by(
        save_csv(tmp_path / "t.csv", [HEAD, *ROWS]),
        mapping(tmp_path, auslassen=[{"spalte": "Stato", "ist": "annulato"}]),
    )
    assert found.hinweise[0].text == "Ausgelassen nach der 1. Regel unter beihilfen.auslassen: keine Zeile."


def test_our_own_words_need_no_translation(tmp_path):
    table = save_csv(tmp_path / "t.csv", [HEAD, *ROWS, ("Alpi Srl", "17/04/2025", "Darlehen", "5,00")])
    assert [b.form for b in read_by(table, mapping(tmp_path)).historie.beihilfen] == [
        "zuschuss",
        "buergschaft",
        "darlehen",
    ]


def test_several_sheets_with_the_same_columns_are_one_list(tmp_path):
    table = save(tmp_path / "t.xlsx", [("nichts",)], anno_2024=[HEAD, ROWS[0]], anno_2025=[HEAD, ROWS[1]])
    found = read_by(table, mapping(tmp_path, blatt=["anno_2024", "ANNO_2025"], summe={"subventionswert": "13.000,50"}))
    assert [str(found.source.locate(("beihilfen", number))) for number in (0, 1)] == ["anno_2024!A2", "anno_2025!A2"]
    assert "Dieses Blatt wird nicht gelesen: die Zuordnung nennt es nicht." in {said.text for said in found.hinweise}


# what is refused in a table


@pytest.mark.parametrize(
    ("rows", "stated", "expected"),
    [
        ([HEAD, *ROWS, ("Beta Srl", "1/5/2025", "Prestito", "5,00")], {},
         ("C4", "Form: „Prestito“ steht nicht unter woerter; dort stehen: Sovvenzione und Garanzia")),
        ([HEAD, *ROWS, ("Beta Srl", "1/5/2025", "Garanza", "5,00")], {}, ("C4", "– meinten Sie „Garanzia“?")),
        ([HEAD, *ROWS, (None, None, None, None, "nota finale")], {}, ("E4", "hat in keiner zugeordneten Spalte etwas")),
        ([HEAD, *ROWS, ("Summe", None, None, "13.000,50")], {}, ("A4", "sieht aus wie eine Summe („Summe“)")),
        ([HEAD, *ROWS], {"summe": {"subventionswert": "13.000,51"}}, ("zuordnung.yaml", "gelesen 13.000,50 €, angegeben 13.000,51 €")),
        ([HEAD, *ROWS], {"summe": {"subventionswert": "F9"}}, ("F9", "summe (F9): leer")),
        ([HEAD, *ROWS], {"felder": {**FELDER, "unternehmen": "Imprese"}},
         ("A1", "„Imprese“ gibt es in dieser Zeile nicht – meinten Sie „Impresa“?")),
        ([HEAD, *ROWS], {"felder": {**FELDER, "unternehmen": "Ditta"}, "summe": {"subventionswert": "1,00"}},
         ("A1", "„Ditta“ gibt es in dieser Zeile nicht")),
        ([HEAD, *ROWS], {"felder": {**FELDER, "bemerkung": "Z"}},
         ("A1", "„Z“ gibt es in dieser Zeile nicht; dort stehen: „Impresa“")),
        ([(*HEAD, "Valore"), *ROWS], {}, ("D1", "„Valore“ kann 2 Spalten meinen: nennen Sie den Buchstaben der richtigen (D oder G)")),
        ([("B", *HEAD[1:]), *ROWS], {"felder": {**FELDER, "unternehmen": "B"}}, ("A1", "„B“ kann 2 Spalten meinen")),
        ([(*HEAD[:3], "Valore [PLN]"), *ROWS], {"felder": {**FELDER, "subventionswert": "Valore [PLN]"}},
         ("D1", "die Einheit „pln“ passt nicht")),
        ([(*HEAD[:3], "Valore (T€)"), *ROWS], {"felder": {**FELDER, "subventionswert": "Valore (T€)"}},
         ("D1", "mit faktor: {subventionswert: 1000} wird sie umgerechnet")),
        ([HEAD, *ROWS], {"kopfzeile": 9}, ("A1", "kopfzeile: so viele Zeilen gibt es nicht (9)")),
        ([HEAD, *ROWS], {"blatt": "Beihilfe"}, ("Beihilfe", "das Blatt „Beihilfe“ gibt es nicht – meinten Sie „Beihilfen“?")),
        ([("x",), *ROWS], {}, ("A1", "Keine Zeile mit den Überschriften der Zuordnung („Impresa“")),
        ([], {}, ("A1", "Hier steht nichts, auch keine Überschriften")),
        ([("Beta Srl", "1/5/2025", "Garanzia", "5,00"), HEAD, *ROWS], {}, ("A1", "Diese Zeile steht über der Überschrift")),
    ],
)  # fmt: skip
def test_what_a_table_does_not_say_for_certain_is_an_error_at_its_cell(tmp_path, rows, stated, expected):
    table, by = save(tmp_path / "t.xlsx", rows), mapping(tmp_path, **stated)
    place, said = expected
    ((found, text),) = wrong_by(table, by)
    assert found.removeprefix("Beihilfen!").partition(".yaml:")[0] in {place, str(by.with_suffix(""))}
    assert said in text


def test_hidden_cells_formulas_and_merged_amounts_are_met_as_in_our_workbooks(tmp_path):
    def change(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet["E2"] = "=D2"

    table = save(tmp_path / "t.xlsx", [HEAD, *ROWS], change)
    assert any("Ausgeblendete Zellen zählen mit" in said.text for said in read_by(table, mapping(tmp_path)).hinweise)
    ((place, text),) = wrong_by(table, mapping(tmp_path, felder={**FELDER, "bemerkung": "Stato"}))
    assert (place, "Formel ohne gespeichertes Ergebnis" in text) == ("Beihilfen!E2", True)
    merged = save(tmp_path / "m.xlsx", [HEAD, *ROWS], lambda sheet: sheet.merge_cells("D2:D3"))
    assert ("Beihilfen!D2", True) in [
        (at, "steht für mehrere Zeilen" in said) for at, said in wrong_by(merged, mapping(tmp_path))
    ]
    swiss = save(
        tmp_path / "c.xlsx",
        [HEAD, (*ROWS[0][:3], 5)],
        lambda sheet: setattr(sheet["D2"], "number_format", '0.00 "CHF"'),
    )
    ((place, text),) = wrong_by(swiss, mapping(tmp_path))
    assert (place, "CHF" in text) == ("Beihilfen!D2", True)


def test_a_line_with_more_fields_than_headings_is_an_error(tmp_path):
    (tmp_path / "t.csv").write_text("Impresa,Data,Tipo,Valore\nAlpi,15/03/2025,Garanzia,1,50\n", encoding="utf-8")
    ((place, text),) = wrong_by(tmp_path / "t.csv", mapping(tmp_path))
    assert (place, "mehr Felder als die Überschrift (4)" in text) == ("Zeile 2, Spalte 5", True)


def test_several_sheets_and_no_name_are_an_error(tmp_path):
    table = save(tmp_path / "t.xlsx", [HEAD, *ROWS], Altro=[("x",)])
    ((place, text),) = wrong_by(table, mapping(tmp_path))
    assert (place, text) == (
        "Beihilfen",
        "beihilfen: auf welchem Blatt? Nennen Sie es (blatt); es gibt: „Beihilfen“ und „Altro“",
    )


def test_a_character_set_is_heeded(tmp_path):
    rows = [(*HEAD[:3], "Wartość"), ("Łódź Sp. z o.o.", "15/03/2025", "Garanzia", "1")]
    table = save_csv(tmp_path / "t.csv", rows, encoding="cp1250")
    felder = {**FELDER, "subventionswert": "Wartość"}
    by = mapping(tmp_path, felder=felder, zeichensatz="windows-1250")
    assert read_by(table, by).historie.beihilfen[0].unternehmen == "Łódź Sp. z o.o."
    assert wrong_by(table, mapping(tmp_path, felder=felder))[0][1].startswith("Die Überschrift „Wartość“ gibt es")
    ((place, text),) = wrong_by(table, mapping(tmp_path, felder=felder, zeichensatz="utf-8"))
    assert (place, "Das ist kein Text in utf-8" in text) == ("Zeile 1, Spalte 1", True)


@pytest.mark.parametrize(("word", "mark"), [("strich", "|"), ("semikolon", ";"), ("komma", ","), ("tabulator", "\t")])
def test_what_separates_is_heeded(tmp_path, word, mark):
    """Also where another mark stands in more places: one there is in every name, and three of its kind in a note."""
    rows = [[*HEAD, "Nota"], ["Alpi;Nord,A|B", "15/03/2025", "Garanzia", "1", "a;b;c;d,e,f,g|h"]]
    text = "\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    history = read_by(tmp_path / "t.csv", mapping(tmp_path, trennzeichen=word))
    assert [(award.unternehmen, award.subventionswert) for award in history.historie.beihilfen] == [
        ("Alpi;Nord,A|B", 1)
    ]


def test_without_it_a_bar_separates_nothing(tmp_path):
    (tmp_path / "t.csv").write_text("|".join(HEAD) + "\nAlpi|15/03/2025|Garanzia|1\n", encoding="utf-8")
    assert "Keine Zeile mit den Überschriften" in wrong_by(tmp_path / "t.csv", mapping(tmp_path))[0][1]


def test_a_table_that_is_huge_is_refused(tmp_path):
    (tmp_path / "t.csv").write_bytes(b";".join(HEAD_BYTES) + b"\n" + (b"a;" * 20 + b"\n") * 100_000)
    ((_, text),) = wrong_by(tmp_path / "t.csv", mapping(tmp_path))
    assert "mehr als zwei Millionen Zellen" in text
