"""Mapping files: what cannot be meant is refused at its line, before any table is opened; and what a call of `--spalten` is told."""

from pathlib import Path

import pytest
from foreign_tables import HEAD, ROWS, mapping
from workbooks import save_csv

from foerdercheck.assessment.zuordnung import read_zuordnung
from foerdercheck.model.location import InputError


def refused(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    """Return place and text of every problem of a mapping."""
    (tmp_path / "z.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_zuordnung(tmp_path / "z.yaml")
    return [(f"{found.ort.zeile}:{found.ort.spalte}", found.text) for found in caught.value.problems]


# what is refused in a mapping


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", "1:1", "Die Datei ist leer"),
        ("datumsform: TT/MM/JJJJ", "1:1", "nennen Sie, was gelesen werden soll: beihilfen"),
        ("beihilfe: {felder: {unternehmen: A}}", "1:1", "unbekannter Schlüssel „beihilfe“ – meinten Sie „beihilfen“?"),
        ("beihilfen: {felder: {unternehme: A}}", "1:22", "„unternehme“ ist kein Feld von beihilfen – meinten Sie „unternehmen“?"),
        ("beihilfen: {felder: {unternehmen: A, unternehmen: B}}", "1:38", "doppelt"),
        ("beihilfen: {felder: {unternehmen: A}, fest: {unternehmen: B}}", "1:46", "unternehmen steht auch unter felder"),
        ("beihilfen: {felder: {unternehmen: A}, fest: {mitgliedstaat: XX}}", "1:61", "ist kein Mitgliedstaat"),
        ("beihilfen: {felder: {unternehmen: A}, fest: {verordnung: 2023/9999}}", "1:58", "keine bekannte De-minimis-Verordnung"),
        ("beihilfen: {felder: {form: A}, woerter: {form: {x: zuschus}}}", "1:52", "– meinten Sie „zuschuss“?"),
        ("beihilfen: {felder: {form: A}, woerter: {form: {x: zuschuss, X: darlehen}}}", "1:62", "„X“ steht doppelt"),
        ("beihilfen: {felder: {form: A}, woerter: {status: {x: bewilligt}}}", "1:42", "status ist keiner Spalte zugeordnet"),
        ("beihilfen: {felder: {form: A}, faktor: {form: 1000}}", "1:41", "form ist kein Betrag"),
        ("beihilfen: {felder: {subventionswert: A}, faktor: {subventionswert: 0}}", "1:69", "ist kein Faktor"),
        ("beihilfen: {felder: {subventionswert: A}, summe: {subventionswert: viel}}", "1:68", "ist kein Betrag"),
        ("beihilfen: {zellen: {unternehmen: zwei}}", "1:35", "„zwei“ ist keine Zelle"),
        ("beihilfen: {blatt: x}", "1:12", "nennen Sie unter felder"),
        ("beihilfen: {felder: {unternehmen: A}, auslassen: [{spalte: A}]}", "1:60", "genau eine Bedingung"),
        ("beihilfen: {felder: {unternehmen: A}, auslassen: [{ist: x}]}", "1:57", "ist braucht spalte"),
        ("beihilfen: {felder: {unternehmen: A}, auslassen: [{spalte: A, ab_zeile: 3}]}", "1:73", "ab_zeile hat keine spalte"),
        ("beihilfen: {felder: {unternehmen: A}, kopfzeile: drei}", "1:50", "ist keine Zeile"),
        ("beihilfen: {felder: {unternehmen: A}}\nkosten: {felder: {netto: B}}", "1:12", "nehmen Sie zwei Dateien"),
        ("beihilfen: {felder: {unternehmen: A}}\ndatumsform: TT.MM.", "2:13", "ist keine Datumsform"),
        ("beihilfen: {felder: {unternehmen: A}}\nzahlform: comma", "2:11", "– meinten Sie „komma“?"),
        ("beihilfen: {felder: {unternehmen: A}}\nzeichensatz: utf-7", "2:14", "als Zeichensatz nicht bekannt"),
        ("beihilfen: [1, 2]", "1:13", "hier werden Angaben der Form"),
        ("beihilfen: !!python/object x", "1:12", "Tag"),
        ("beihilfen: &a [*a]", "1:16", "der Verweis *a zeigt auf nichts"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_meant_is_refused_at_its_line(tmp_path, text, place, said):
    found = refused(tmp_path, text)
    assert any(where.startswith(place) and said in what for where, what in found), found


# the calls


def test_calls_are_told_what_is_wrong(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table, by = save_csv(tmp_path / "t.csv", [HEAD, *ROWS]), mapping(tmp_path)
    (tmp_path / "budget.yaml").write_text("kosten: {felder: {netto: Valore}}\n", encoding="utf-8")
    (tmp_path / "kaputt.yaml").write_text("beihilfen: {felder: {unternehme: A}}\n", encoding="utf-8")
    for command in (("deminimis", "t.csv"), ("umwandeln", "t.csv", "neu.xlsx")):
        assert "Die Datei nirgends.yaml gibt es nicht" in run(*command, "--spalten", "nirgends.yaml").err
        assert "t.csv ist keine Zuordnung (.yaml)" in run(*command, "--spalten", "t.csv").err
        said = run(*command, "--spalten", "kaputt.yaml")
        assert (said.code, said.out) == (2, "")
        assert "kaputt.yaml:1:22: „unternehme“ ist kein Feld" in said.err
        assert run(command[0], by.name, *command[2:], "--spalten", by.name).code == 2
        assert not (tmp_path / "neu.xlsx").exists()
    said = run("deminimis", "t.csv", "--spalten", "budget.yaml")
    assert (said.code, "Die Zuordnung budget.yaml ist für ein Budget, nicht für eine Historie." in said.out) == (
        2,
        True,
    )
    assert run("umwandeln", "t.csv", by.name, "--spalten", by.name, "--ueberschreiben").code == 2
    assert "zahlform: komma" in by.read_text(encoding="utf-8")
    assert run("deminimis", table, "--spalten", by, "--stichtag", "2026-01-01", "--format", "json").code == 0
