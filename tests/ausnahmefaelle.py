"""Budgets with exceptions and files of exceptions, as the tests of both write them."""

from pathlib import Path

import yaml
from demo import FASSUNG, JA
from rechtsfaelle import merge, read

from foerdercheck import read_ausnahmen

EINE = {"regel": "7-folgen", "grund": "Betrieb endet", "wer": "WTSH", "bis": "2099-12-31"}
KURZ = EINE | {"bis": "2026-12-31"}
FOLGEKOSTEN = {"vorhaben": {"folgekosten_gesichert": "nein"}}


def write(file: Path, tree: object) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return file


def budget(file: Path, *own: dict[str, str], over=FOLGEKOSTEN) -> Path:
    return write(file, merge(read(JA), over | ({"ausnahmen": list(own)} if own else {})))


def liste(folder: Path, *entries: dict[str, str]):
    return read_ausnahmen(write(folder / "amt.yaml", {"ausnahmen": list(entries)}), FASSUNG)
