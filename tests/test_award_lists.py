"""Lists of awards as people have them: headings and words of real forms, units, ticks."""

from datetime import date

import pytest
from demo import check_demo
from jsonschema import Draft202012Validator
from workbooks import mappe, only_error, problems, read, save, save_budget, save_csv

from foerdercheck.model.ueberschriften import DER_BEIHILFE
from foerdercheck.schema.documents import history_schema


@pytest.mark.parametrize(
    "heading",
    ["Subventionswert (T€)", "Subventionswert TEUR", "Subventionswert in Tsd. €", "Subventionswert [Mio.]",
     "Subventionswert in Tausend", "Subventionswert, TEUR",
     "BSÄ in 1.000 €", "Beihilfewert – Mio. Euro",

     "Subventionswert (PLN)", "Subventionswert CHF", "Subventionswert in Tausend Euro", "Subventionswert (Monate)"],
)  # fmt: skip
@pytest.mark.parametrize("to", [save, save_csv])
def test_a_unit_that_is_not_the_one_of_the_field_is_an_error_at_the_heading(tmp_path, to, heading):
    file = to(
        tmp_path / f"h.{'csv' if to is save_csv else 'xlsx'}",
        [("Unternehmen", "Gewährt am", heading), ("A", "15.03.2025", "250")],
    )
    ((place, text),) = problems(file)
    assert place.replace("Beihilfen!", "") in {"C1", "Zeile 1, Spalte 3"}
    assert "passt nicht zu Subventionswert" in text


@pytest.mark.parametrize(
    "line", ["Alle Beträge in T€", "Angaben in Tausend Euro", "(TEUR)", "in Mio. €", "Werte: 1.000 EUR"]
)
def test_a_unit_above_the_table_is_an_error_of_a_history_and_of_a_budget(tmp_path, line):
    history = [(line,), ("Unternehmen", "Gewährt am", "Subventionswert"), ("A", date(2025, 3, 15), 250)]
    ((place, text),) = problems(save(tmp_path / "h.xlsx", history))
    assert (place, "über den Beträgen, gelesen würden sie in Euro" in text) == ("Beihilfen!A1", True)
    sheets = mappe()
    found = check_demo(save_budget(tmp_path / "b.xlsx", sheets | {"Kosten": [[line], *sheets["Kosten"]]}))
    assert only_error(found, "über den Beträgen") == "Kosten!A1"


@pytest.mark.parametrize(
    "line", ["Stand 03/2025, Eigenanteil 1.000 EUR je Kopf", "Tausendfüßler e. V.", "Mio. Hansen", "Liste"]
)
def test_a_title_above_the_table_is_none(tmp_path, line):
    rows = [(line,), ("Unternehmen", "Gewährt am", "Subventionswert"), ("A", date(2025, 3, 15), 250)]
    assert read(save(tmp_path / "h.xlsx", rows)).historie.beihilfen[0].subventionswert == 250


@pytest.mark.parametrize("heading", ["Subventionswert (EUR)", "Subventionswert in €", "Subventionswert [Euro]"])
def test_the_unit_of_the_field_is_read(tmp_path, heading):
    file = save(tmp_path / "h.xlsx", [("Unternehmen", "Gewährt am", heading), ("A", date(2025, 3, 15), 250)])
    assert read(file).historie.beihilfen[0].subventionswert == 250


@pytest.mark.parametrize(
    "heading", ["Fördersumme (z. B. Zuschuss-, Darlehensbetrag)", "Subventionswert (z.B. laut Bescheinigung)"]
)
def test_examples_in_brackets_are_no_unit(tmp_path, heading):
    file = save(tmp_path / "h.xlsx", [("Unternehmen", "Gewährt am", heading), ("A", date(2025, 3, 15), 250)])
    assert {250} & {read(file).historie.beihilfen[0].foerdersumme, read(file).historie.beihilfen[0].subventionswert}


@pytest.mark.parametrize(
    ("field", "heading"), [(field, heading) for field, headings in DER_BEIHILFE.items() for heading in headings]
)
def test_headings_of_real_forms_are_read(tmp_path, field, heading):
    row = {"unternehmen": "A", "gewaehrt_am": "15.03.2025", "subventionswert": "1.000,00", "foerdersumme": "2.000,00",
           "verordnung": "Agrar", "form": "Darlehen", "mitgliedstaat": "AT", "laufzeit_jahre": "5",
           "steuerjahr_ab": "01.07."}  # fmt: skip
    headings = {name: heading if name == field else name for name in (*row, field)}
    rows = [tuple(headings.values()), tuple(row.get(name, "Text") for name in headings)]
    history = read(save_csv(tmp_path / "h.csv", rows))
    plain = read(save_csv(tmp_path / "plain.csv", [tuple(headings), rows[1]]))
    assert history.historie == plain.historie
    assert not history.hinweise


def test_a_list_headed_like_a_form(tmp_path):
    rows = [
        ("De-minimis-Beihilfen der letzten drei Jahre",),
        ("Datum des Bescheids/ Vertrags", "Beihilfegeber", "Az.", "Begünstigter", "Form der Beihilfe", "Fördersumme in EUR",
         "Beihilfewert (in EUR)", "Allgemeine", "Agrar", "Fisch", "DAWI"),
        ("15.03.2025", "Bank", "AZ 1", "A GmbH", "Kredit", "50.000,00", "1.000,00", "x", None, None, None),
        ("16.03.2025", "Land", "AZ 2", "A GmbH", "verlorener Zuschuss", "500,00", "500,00", None, "X", "nein", "-"),
        ("17.03.2025", "Land", "AZ 3", "A GmbH", "Zinsverbilligung", "500,00", "500,00", None, None, None, "ja"),
    ]  # fmt: skip
    for history in (read(save_csv(tmp_path / "h.csv", rows)), read(save(tmp_path / "h.xlsx", rows))):
        found = [(b.form, b.verordnung, b.aktenzeichen, b.subventionswert) for b in history.historie.beihilfen]
        assert found == [
            ("darlehen", "2023/2831", "AZ 1", 1000),
            ("zuschuss", "1408/2013", "AZ 2", 500),
            ("zinszuschuss", "2023/2832", "AZ 3", 500),
        ]
        assert not history.hinweise


@pytest.mark.parametrize(
    ("ticks", "said"),
    [(("x", "x"), "Mehrere Verordnungen"), (("250,00", None), "ist kein Kreuz"), (("x", "#N/A"), "ist kein Kreuz")],
)
def test_ticks_that_say_nothing_certain_are_errors(tmp_path, ticks, said):
    rows = [
        ("Unternehmen", "Gewährt am", "Subventionswert", "Allgemeine", "Verordnung (EU) Nr. 1408/2013"),
        ("A", "15.03.2025", "1,00", *ticks),
    ]
    ((place, text),) = problems(save_csv(tmp_path / "h.csv", rows))
    assert place == "Zeile 2, Spalte 4"
    assert said in text


@pytest.mark.parametrize("heading", ["AGVO", "Verordnung (EU) 651/2014", "Straßengüterverkehr", "sonstige"])
def test_a_cross_under_no_regulation_we_know_is_an_error_and_not_the_general_one(tmp_path, heading):
    rows = [
        ("Unternehmen", "Gewährt am", "Subventionswert", "Allgemeine", "Agrar", heading, "Vermerk"),
        ("A", "15.03.2025", "1,00", "x", None, None, "geprüft"),
        ("A", "16.03.2025", "2,00", None, None, "x", None),
    ]
    for file in (save_csv(tmp_path / "h.csv", rows), save(tmp_path / "h.xlsx", rows)):
        ((place, text),) = problems(file)
        assert place in {"Zeile 3, Spalte 4", "Beihilfen!D3"}
        assert f"Angekreuzt ist nur „{heading}“, das ist keine bekannte De-minimis-Verordnung" in text
        assert "„Allgemeine“, „Agrar“" in text


def test_a_cross_beside_a_regulation_or_far_from_it_is_a_note_of_somebody(tmp_path):
    rows = [
        ("Unternehmen", "Gewährt am", "Allgemeine", "gesehen", "Subventionswert", "bezahlt"),
        ("A", "15.03.2025", "x", "x", "1,00", None),
        ("A", "16.03.2025", None, None, "2,00", "x"),
    ]
    history = read(save_csv(tmp_path / "h.csv", rows))
    assert [award.subventionswert for award in history.historie.beihilfen] == [1, 2]
    assert len(history.hinweise) == 2


def test_a_list_with_ticks_and_no_award_is_empty(tmp_path):
    rows = [("Unternehmen", "Gewährt am", "Subventionswert", "2023/2831", "1408/2013")]
    assert read(save_csv(tmp_path / "h.csv", rows)).historie.beihilfen == ()


def test_of_two_headings_for_one_field_the_filled_one_is_read(tmp_path):
    head = ("Firma", "Datum des Bescheids", "Datum des Vertrags", "Subventionswert")
    rows = [
        head,
        ("A", "15.03.2025", None, "1,00"),
        ("A", None, "16.03.2025", "1,00"),
        ("A", "17.03.2025", "17.03.2025", "1,00"),
    ]
    history = read(save_csv(tmp_path / "h.csv", rows))
    assert [b.gewaehrt_am.day for b in history.historie.beihilfen] == [15, 16, 17]
    assert not history.hinweise
    ((place, text),) = problems(save_csv(tmp_path / "h.csv", [*rows, ("A", "15.03.2025", "16.03.2025", "1,00")]))
    assert place == "Zeile 5, Spalte 2"
    assert "„Datum des Bescheids“: „15.03.2025“ und „Datum des Vertrags“: „16.03.2025“" in text


WORDS = {
    "verordnung": {
        "2023/2831": ("Allgemeine-De-minimis", "Allgemeine De-minimis-Beihilfe", "2831/2023", "VO (EU) 2831/2023", "Gewerbe"),
        "1408/2013": ("Agrar-De-minimis", "2024/3118", "VO (EU) Nr. 1408/2013 i. d. F. VO (EU) 2023/2391", "Agrarbeihilfe"),
        "717/2014": ("Fisch-De-minimis", "2023/2391", "Fischerei"),
        "2023/2832": ("DAWI-De-minimis", "DAWI De-minimis-Beihilfen"),
    },
    "form": {
        "darlehen": ("Kredit", "zinsgünstiges Darlehen"),
        "buergschaft": ("Garantie", "Haftungsfreistellung", "Ausfallbürgschaft"),
        "zuschuss": ("verlorener Zuschuss", "Nicht rückzahlbarer Zuschuß"),
        "zinszuschuss": ("Zinsverbilligung",),
    },
    "mitgliedstaat": {
        "DE": ("Deutschland", "de"), "AT": ("Österreich", "OESTERREICH"), "GR": ("EL", "GR", "Griechenland"),
        "NO": ("NO", "Norwegen"), "IS": ("IS",), "LI": ("Liechtenstein",), "XI": ("xi", "Nordirland"),
    },
    "status": {"zurueckgezahlt": ("zurückgezahlt", "zurückerstattet"), "ersetzt": ("Ersetzt",), "aufgehoben": ("zurückgenommen",)},
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "word", "written"),
    [(field, word, text) for field, words in WORDS.items() for word, texts in words.items() for text in texts],
)
def test_words_of_real_forms_are_read_and_fit_the_schema(tmp_path, field, word, written):
    rows = [("Unternehmen", "Gewährt am", "Subventionswert", field), ("A", "15.03.2025", "1,00", written)]
    (award,) = read(save_csv(tmp_path / "h.csv", rows)).historie.beihilfen
    assert getattr(award, field) == word
    entry = {"unternehmen": "A", "gewaehrt_am": "2025-03-15", "subventionswert": "1,00", field: written}
    Draft202012Validator(history_schema()).validate({"beihilfen": [entry]})


def test_two_regulations_in_one_cell_are_an_error(tmp_path):
    rows = [
        ("Unternehmen", "Gewährt am", "Subventionswert", "Verordnung"),
        ("A", "15.03.2025", "1,00", "2023/2831 oder 1407/2013"),
    ]
    ((_, text),) = problems(save_csv(tmp_path / "h.csv", rows))
    assert "nennt 2 Verordnungen" in text
