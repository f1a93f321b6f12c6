"""Hostile files chosen in the page in Chromium: the program ends with a sentence, the page lives on, nothing becomes markup or hangs.

Skipped, with the reason, where the page is not built or the browser is missing.
"""

import io
import time
import zipfile
from hashlib import sha256

import pytest
from browser import ROOT
from page_door import as_ods, as_xlsm, as_xlsx

BUDGETS = ROOT / "budgets"
KOMMUNE = BUDGETS / "kommune-bauauftrag.yaml"
TEXT = KOMMUNE.read_bytes()
SECONDS = 45
"""So long a file may take here, on a machine that does much else; most take less than one."""
MARKUP = "<img src=x onerror=document.title='X'><script>document.title='X'</script></table></div><a href=javascript:alert(1)>x"


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return stream.getvalue()


def with_part(change, part="xl/worksheets/sheet3.xml"):
    """The budget as a workbook, one part of it changed."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx(TEXT))) as archive:
        return packed(
            (name, change(archive.read(name)) if name == part else archive.read(name)) for name in archive.namelist()
        )


def bomb(xml: bytes) -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 12))
    return xml.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY l0 "lol">' + entities + b"]><worksheet", 1)


NOISE = b"".join(sha256(b"%d" % number).digest() for number in range(6000))
FILES = {
    "tief.yaml": b"[" * 100_000,
    "tief-in-klammern.yaml": b"{a: " * 50_000,
    "tief-in-listen.yaml": b"- " * 100_000 + b"x",
    "tief-eingerueckt.yaml": b"".join(b" " * depth + b"a:\n" for depth in range(1200)),
    "verweise.yaml": b"a: &a [x, x]\n" + b"".join(
        b"%c: &%c [*%c, *%c]\n" % (letter, letter, letter - 1, letter - 1) for letter in range(ord("b"), ord("z"))
    ),
    "zahl.yaml": TEXT.replace(b"antragsdatum:", b"x: " + b"9" * 500_000 + b"\n  antragsdatum:"),
    "schluessel.yaml": b"".join(b"k%d: 1\n" % number for number in range(60_000)),
    "rauschen.yaml": NOISE,
    "rauschen.xlsx": NOISE,
    "rauschen.ods": b"PK\3\4" + NOISE,
    "rauschen.csv": NOISE,
    "leer.yaml": b"",
    "leer.xlsx": b"",
    "leer.csv": b"",
    "alt.xls": bytes.fromhex("d0cf11e0a1b11ae1") + NOISE,
    "anders.pdf": b"%PDF-1.7",
    "ohne-endung": TEXT,
    "abgeschnitten.xlsx": as_xlsx(TEXT)[:-700],
    "abgeschnitten.ods": as_ods(TEXT)[:-700],
    "bombe.xlsx": with_part(lambda xml: xml.replace(b"</sheetData>", b" " * 300 * 1024 * 1024 + b"</sheetData>")),
    "bombe.ods": packed([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b" " * 300 * 1024 * 1024)]),
    "teile.xlsx": packed((f"xl/{number}.xml", b"") for number in range(12_000)),
    "lawine.xlsx": with_part(bomb),
    "tief.xlsx": with_part(lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * 200_000, 1)),
    "namenlos.xlsx": with_part(lambda _: b"", "xl/workbook.xml"),
    "weit.xlsx": with_part(lambda xml: xml.replace(b"</sheetData>", b'<row r="9999999999"><c r="ZZZ9999999999"/></row></sheetData>')),
}  # fmt: skip


def in_time(page, files):
    """Choose files and return what the page says, and how long it took."""
    begin = time.monotonic()
    said = page.check(files)
    assert time.monotonic() - begin < SECONDS
    return said


@pytest.mark.parametrize("name", FILES)
def test_it_ends_with_a_sentence_and_the_page_lives_on(chromium_page, tmp_path, name):
    file = tmp_path / name
    file.write_bytes(FILES[name])
    said = in_time(chromium_page, [file])
    assert said.startswith(("FEHLER", "nicht geprüft"))
    assert "Traceback" not in said
    assert "Programmfehler" not in said
    assert chromium_page.check([KOMMUNE]).startswith("FÖRDERFÄHIG")


def test_a_harmless_budget_beside_them_is_still_checked(chromium_page, tmp_path):
    for name in ("tief.yaml", "bombe.xlsx", "rauschen.csv", "leer.yaml"):
        (tmp_path / name).write_bytes(FILES[name])
    said = in_time(chromium_page, [*sorted(tmp_path.iterdir()), KOMMUNE])
    assert f"„{KOMMUNE.name}“: förderfähig" in said


def test_what_is_larger_than_any_format_is_not_read(chromium_page, tmp_path):
    file = tmp_path / "riese.xlsx"
    with file.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024 + 1)
    assert in_time(chromium_page, [file]) == "riese.xlsx ist größer als 100 MiB und wird hier nicht gelesen."


@pytest.mark.parametrize(("suffix", "form"), [("yaml", bytes), ("xlsx", as_xlsx), ("xlsm", as_xlsm), ("ods", as_ods)])
def test_nothing_a_file_holds_becomes_markup_on_any_tab(chromium_page, tmp_path, suffix, form):
    page = chromium_page
    lines = [
        f'  titel: "{MARKUP}"'
        if line.startswith("  titel:")
        else f'  name: "{MARKUP}"'
        if line.startswith("  name:")
        else line
        for line in TEXT.decode().splitlines()
    ]
    file = tmp_path / f"<img src=x onerror=alert(1)>&amp;.{suffix}"
    file.write_bytes(form("\n".join(lines).encode()))
    assert MARKUP in in_time(page, [file])
    page.press("Was wäre wenn …", "#pruefen-found")
    page.wait(lambda: MARKUP in page.text("#wenn-fields"))
    page.wait(lambda: "gesucht" not in page.text("#wenn-proposals"))
    marked = "main :is(img, script, iframe, object, embed, a[href^='javascript'], [onerror])"
    assert page.one(marked, seen=False) is None
    assert page.driver.title == "foerdercheck – Förderbudget prüfen"


@pytest.mark.parametrize("name", ["__proto__.yaml", "constructor.yaml", "a\nb.yaml", "…/x.yaml", "-.yaml"])
def test_a_name_is_only_a_name(chromium_page, name):
    chromium_page.forget()
    assert chromium_page.drop({name: TEXT.decode()}).startswith("FÖRDERFÄHIG")
