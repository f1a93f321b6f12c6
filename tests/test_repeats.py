"""A file is checked once, however often a call names it."""

import os

import pytest
from demo import JA


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "d").mkdir()
    for name in ("a.yaml", "d/a.yaml", "d/b.yaml"):
        (tmp_path / name).write_bytes(JA.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("named", "checked"),
    [
        ("a.yaml a.yaml ./a.yaml {here}/a.yaml d/../a.yaml", "a.yaml"),
        ("./a.yaml a.yaml", "a.yaml"),
        ("d/b.yaml d", "d/b.yaml d/a.yaml"),
        ("d d/b.yaml d/ a.yaml", "d/a.yaml d/b.yaml a.yaml"),
        (". d", "a.yaml d/a.yaml d/b.yaml"),
        ("fehlt.yaml a.yaml ./fehlt.yaml", "fehlt.yaml a.yaml"),
        ("- a.yaml -", "- a.yaml"),
        ("d/a.yaml a.yaml d/b.yaml", "d/a.yaml a.yaml d/b.yaml"),
    ],
)
def test_first_place_counts(check, folder, named, checked):
    out = check(*named.format(here=folder).split(), "--quiet", stdin=JA.read_bytes()).out
    assert [line.partition(": ")[0] for line in out.splitlines()] == [f"„{name}“" for name in checked.split()]


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own elsewhere")
def test_links_to_folders_lead_to_the_same_files_and_links_to_files_are_files(check, folder):
    (folder / "e").symlink_to("d")
    (folder / "d/c.yaml").symlink_to("b.yaml")
    out = check("e/a.yaml", "d", "--quiet").out
    assert [line.partition(": ")[0] for line in out.splitlines()] == ["„e/a.yaml“", "„d/b.yaml“", "„d/c.yaml“"]


@pytest.mark.parametrize("named", [("d", "d/h.yaml"), ("d/h.yaml", "d")])
def test_history_that_is_named_is_refused_though_its_folder_is_named_too(check, folder, named):
    (folder / "d" / "h.yaml").write_text("beihilfen: []\n", encoding="utf-8")
    code, _, err = check(*named, "--quiet")
    assert (code, err) == (2, "foerdercheck: d/h.yaml: 1 Fehler, nicht geprüft\n")
    assert check("d", "--quiet")[::2] == (0, "foerdercheck: d/h.yaml: übersprungen, das ist eine De-minimis-Historie\n")
