"""Files a budget refers to: which are read, whose problems are told with their name, which are refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from test_eingabefehler import HEUTE, WHOLE

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.location import Location


def company(tmp_path: Path, deminimis: str) -> Path:
    text = WHOLE.replace("art: hochschule", f"art: unternehmen\n  deminimis: {deminimis}\n  nace: '62.01'")
    folder = tmp_path / "budgets"
    folder.mkdir(exist_ok=True)
    file = folder / "budget.yaml"
    file.write_text(text, encoding="utf-8")
    return file


HISTORY = "beihilfen:\n- unternehmen: TH\n  gewaehrt_am: 2025-03-01\n  foerdersumme: {betrag}\n"


def test_a_history_beside_the_budget_is_read(tmp_path):
    file = company(tmp_path, "sub/historie.yaml")
    history = file.parent / "sub" / "historie.yaml"
    history.parent.mkdir()
    history.write_text(HISTORY.format(betrag="299.000,00"), encoding="utf-8")
    result = check_budget(file, heute=HEUTE)
    konto = result.konto(result.rechnungen[0])
    assert konto.im_fenster == Decimal("299000.00")
    assert konto.frei == Decimal("1000.00")
    (place,) = [result.source.locate(beihilfe.pfad) for beihilfe in konto.beihilfen]
    assert Path(place.datei).name == "historie.yaml"
    assert (place.zeile, place.spalte) == (2, 3)
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("old", "new", "text", "place"),
    [
        ("{betrag}", "48.000", "foerdersumme: „48.000“ ist mehrdeutig", (4, 17)),
        ("unternehmen", "unternehmn", "unbekannter Schlüssel „unternehmn“ – meinten Sie „unternehmen“?", (2, 3)),
        ("  gewaehrt_am: 2025-03-01\n", "", "gewaehrt_am fehlt", (2, 3)),
        ("{betrag}\n", "{betrag}\n  foerdersumme: 6\n", "Schlüssel „foerdersumme“ steht doppelt", (5, 3)),
        ("beihilfen:", "beihilfen:\n\t", "Kein gültiges YAML", (2, 1)),
        ("  gewaehrt_am", "  verordnung: 1/1\n  gewaehrt_am", "verordnung: „1/1“ ist keine bekannte", (3, 15)),
    ],
)
def test_problems_of_a_history_name_its_file(tmp_path, old, new, text, place):
    file = company(tmp_path, "historie.yaml")
    (file.parent / "historie.yaml").write_text(HISTORY.replace(old, new).format(betrag="5,00"), encoding="utf-8")
    result = check_budget(file, heute=HEUTE)
    assert result.exit_code == 2
    ((message, ort, _),) = result.fehler
    assert text in message
    assert (Path(ort.datei).name, ort.zeile, ort.spalte) == ("historie.yaml", *place)


def test_a_line_of_a_csv_nobody_can_read_is_told_with_its_file(tmp_path):
    file = company(tmp_path, "historie.csv")
    (file.parent / "historie.csv").write_text("Unternehmen;Gewährt am\nTH\u2028;01.06.2025\n", encoding="utf-8")
    ((text, place, _),) = check_budget(file, heute=HEUTE).fehler
    assert text.endswith("Das Zeichen U+2028 beendet nur in manchen Programmen eine Zeile: speichern Sie die Datei neu")
    assert (Path(place.datei).name, place.zeile) == ("historie.csv", 2)


def test_a_file_that_is_wrong_as_a_whole_is_told_where_the_budget_names_it(tmp_path):
    file = company(tmp_path, "historie.yaml")
    (file.parent / "historie.yaml").write_text(WHOLE, encoding="utf-8")
    text = "Das ist ein Budget, keine De-minimis-Historie: foerdercheck check prüft es."
    ((said, place, line),) = check_budget(file, heute=HEUTE).fehler
    assert (said, place) == (f"deminimis historie.yaml: {text}", Location(zeile=9, spalte=14))
    assert line == "  deminimis: historie.yaml"


def test_a_history_is_named_as_the_budget_names_it_not_by_where_the_machine_has_it(tmp_path, monkeypatch):
    file = company(tmp_path, "historie.yaml")
    (file.parent / "historie.yaml").write_text(HISTORY.format(betrag="48.000"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = check_budget(file.relative_to(tmp_path), heute=HEUTE)
    assert Path(result.fehler[0].ort.datei) == file.relative_to(tmp_path).with_name("historie.yaml")


def test_a_value_that_only_the_account_finds_missing_names_the_file_too(tmp_path):
    file = company(tmp_path, "historie.yaml")
    text = HISTORY.replace("foerdersumme: {betrag}", "form: darlehen")
    (file.parent / "historie.yaml").write_text(text, encoding="utf-8")
    result = check_budget(file, heute=HEUTE)
    assert result.exit_code == 2
    assert Path(result.fehler[0].ort.datei).name == "historie.yaml"
    assert result.fehler[0].ort.zeile == 2


def test_a_value_that_only_the_account_finds_missing_is_shown_where_it_is_listed_in_the_budget_itself(tmp_path):
    listed = "\n  - {gewaehrt_am: 2025-05-02, form: sonstige, foerdersumme: 5}"
    ((text, place, line),) = check_budget(company(tmp_path, listed), heute=HEUTE).fehler
    assert text.startswith("subventionswert fehlt: für die Form sonstige lässt er sich nicht berechnen")
    assert (place, line) == (Location(zeile=10, spalte=5), listed.strip("\n"))


def of_history(tmp_path: Path, name: str, text: str):
    """Return the applicant's account, and what is said of it besides whether it holds: status, text and place."""
    file = company(tmp_path, name)
    (file.parent / name).write_text(text, encoding="utf-8")
    result = check_budget(file, stichtag=date(2026, 3, 20))
    said = [(one.status, one.text, str(one.ort)) for one in result.befunde if one.regel == "sh-ki/3.1-deminimis"]
    assert said[0][0] == "erfuellt", result.fehler
    return result.konto(result.rechnungen[0]), said[1:]


AWARD = "beihilfen: [{{unternehmen: {}, gewaehrt_am: 2025-06-01, foerdersumme: 5}}]\n"
PERSON = (
    "TH und Tochter GmbH sind ganz oder teilweise nur über eine natürliche Person verbunden. Ob das ein einziges Unternehmen ist, "
    "beurteilen die Mitgliedstaaten verschieden; zusammen wären noch 299.995,00 € frei. Am Ergebnis ändert das hier nichts."
)


@pytest.mark.parametrize(
    ("stated", "whose", "counted", "said"),
    [
        ("verbund: [{unternehmen: TH, beziehung: stimmrechtsmehrheit, verbunden_mit: Tochter GmbH}]", "Tochter GmbH", 5, []),
        ("verbund: [{unternehmen: TH, beziehung: natuerliche_person, verbunden_mit: Tochter GmbH}]", "Tochter GmbH", 0, [PERSON]),
        ("ereignisse: [{datum: 2025-07-01, ereignis: fusion, von: Alt GmbH, nach: TH}]", "Alt GmbH", 5, []),
        ("ereignisse: [{datum: 2025-07-01, ereignis: uebernahme, von: Alt GmbH, nach: TH}]", "Alt GmbH", 5, []),
    ],
)  # fmt: skip
def test_relations_and_events_of_a_history_hold_for_the_budget_that_names_it(tmp_path, stated, whose, counted, said):
    """None of them is a stranger whose aid would be passed over with a Hinweis."""
    konto, remarks = of_history(tmp_path, "historie.yaml", AWARD.format(whose) + stated)
    assert konto.im_fenster == counted
    assert [text for _, text, _ in remarks] == said


def test_a_split_whose_shares_are_no_whole_is_an_error_at_its_share(tmp_path):
    file = company(tmp_path, "historie.yaml")
    split = "ereignisse:\n- {datum: 2025-07-01, ereignis: spaltung, von: Alt GmbH, nach: TH, anteil: 60 %}\n"
    (file.parent / "historie.yaml").write_text(AWARD.format("TH") + split, encoding="utf-8")
    ((text, place, _),) = check_budget(file, heute=HEUTE).fehler
    assert text == "Die Anteile der Spaltung vom 01.07.2025 ergeben zusammen nicht 100 %."
    assert (Path(place.datei).name, place.zeile, place.spalte) == ("historie.yaml", 3, 76)


def test_what_is_remarkable_about_a_history_is_said_where_the_budget_names_it(tmp_path):
    _, remarks = of_history(
        tmp_path, "historie.csv", "Unternehmen;Gewährt am;Subventionswert;Notiz\nTH;01.06.2025;5;x\n"
    )
    text = "Die Spalte „Notiz“ ist nicht bekannt und wird nicht gelesen. (Zeile 1, Spalte 4)"
    assert remarks == [("hinweis", text, "Zeile 9, Spalte 14")]


def test_a_loan_that_is_only_applied_for_has_the_value_of_the_stichtag(tmp_path):
    loan = (
        "beihilfen: [{form: darlehen, foerdersumme: 150000, laufzeit_jahre: 5, besicherung: 50 %, status: beantragt}]\n"
    )
    konto, remarks = of_history(tmp_path, "historie.yaml", loan)
    assert (konto.im_fenster, konto.beantragt) == (0, 30000)  # 300,000.00 × 150,000 ÷ 1,500,000, as if granted that day
    assert [text for _, text, _ in remarks] == [
        "Beantragt, aber noch nicht bewilligt sind 30.000,00 €. Werden sie vorher gewährt, sind nur noch 270.000,00 € frei statt "
        "300.000,00 €."
    ]


OUTSIDE = "die Datei muss im Ordner des Budgets oder darunter liegen"


REFUSED = {
    "/etc/passwd": OUTSIDE, "/etc/hosts.yaml": OUTSIDE, "../geheim.yaml": OUTSIDE, "sub/../../geheim.yaml": OUTSIDE,
    "verweis.yaml": OUTSIDE, "draussen/geheim.yaml": OUTSIDE, "kreis.yaml": "", "fehlt.yaml": "gibt es nicht",
    "ordner.yaml": "ist keine Datei", "sub": "", ".": "", "historie.docx": "", "x" * 300 + ".yaml": "", "'a\\0b.yaml'": "",
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), REFUSED.items())
def test_other_files_are_refused(tmp_path, name, text):
    file = company(tmp_path, name)
    folder = file.parent
    (tmp_path / "geheim.yaml").write_text("passwort: sesam\n", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "ordner.yaml").mkdir()
    (folder / "verweis.yaml").symlink_to(tmp_path / "geheim.yaml")
    (folder / "draussen").symlink_to(tmp_path)
    (folder / "kreis.yaml").symlink_to("kreis.yaml")
    result = check_budget(file, heute=HEUTE)
    assert (result.ergebnis, result.exit_code) == ("fehler", 2)
    ((message, place, _),) = result.fehler
    assert text in message
    assert "sesam" not in message
    assert place == Location(zeile=9, spalte=14)


def test_a_link_inside_the_folder_is_followed(tmp_path):
    file = company(tmp_path, "verweis.yaml")
    (file.parent / "echt.yaml").write_text(HISTORY.format(betrag="5,00"), encoding="utf-8")
    (file.parent / "verweis.yaml").symlink_to("echt.yaml")
    result = check_budget(file, heute=HEUTE)
    assert result.konto(result.rechnungen[0]).im_fenster == Decimal("5.00")


@pytest.mark.parametrize("name", ["fehlt.yaml", "ordner.yaml", "budget.txt", "", "a\0b.yaml", "x" * 300 + ".yaml"])
def test_a_budget_that_cannot_be_opened_is_an_error(tmp_path, name):
    (tmp_path / "ordner.yaml").mkdir()
    (tmp_path / "budget.txt").write_text("x", encoding="utf-8")
    result = check_budget(tmp_path / name, heute=HEUTE)
    assert (result.ergebnis, result.exit_code) == ("fehler", 2)
    assert len(result.fehler) == 1
    assert result.fehler[0].text


def test_a_field_of_the_budget_is_called_as_the_budget_does_whatever_the_format_of_the_history(tmp_path):
    file = company(tmp_path, "historie.csv")
    (file.parent / "historie.csv").write_text(
        "Unternehmen;Gewährt am;Subventionswert\nFremd AG;01.06.2025;5\n", "utf-8"
    )
    (said,) = [befund for befund in check_budget(file, heute=HEUTE).befunde if "Fremd AG" in befund.text]
    assert (said.status, said.text, str(said.ort)) == (
        "hinweis",
        "Nicht mitgezählt sind die Beihilfen von Fremd AG, denn diese Namen gehören nicht zu TH. Ist einer falsch geschrieben oder "
        "verbunden, nennen Sie ihn unter unternehmensverbund; frei wären dann 299.995,00 €.",
        "Zeile 9, Spalte 14",
    )
