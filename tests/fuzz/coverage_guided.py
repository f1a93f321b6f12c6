"""Files that reach new branches of the readers, looked for by atheris: no crash, no hang, no more memory than promised.

`make fuzz-coverage`; options are those of libFuzzer. What fails is left in the folder as `crash-…`, `timeout-…` or `oom-…`.
"""

import random
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["foerdercheck.reading", "foerdercheck.model"]):
    from foerdercheck.model.location import InputError
    from foerdercheck.programmes.vokabular import vokabular
    from foerdercheck.reading.files import File, read_file
    from foerdercheck.reading.histories import read_history

from fuzz.changes import packed, unpacked
from fuzz.mutants import mutant
from fuzz.table_files import bases

_SUFFIXES = (".xlsx", ".ods", ".csv", ".yaml")
_PARTS = {
    ".xlsx": ("xl/worksheets/sheet3.xml", "xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "_rels/.rels"),
    ".ods": ("content.xml", "styles.xml"),
}
_LIMITS = ("-timeout=10", "-rss_limit_mb=1000", "-max_len=20000")  # atheris itself takes some hundred MB


def one_input(data: bytes) -> None:
    """Read what the fuzzer made: its first byte says as what, the rest is the file, or a part of a workbook."""
    if not data:
        return
    suffix, content = _SUFFIXES[data[0] % len(_SUFFIXES)], data[1:]
    if suffix in _PARTS and content:
        parts = dict(_WHOLE[suffix])
        part = _PARTS[suffix][content[0] % len(_PARTS[suffix])]
        content = packed(parts | {part: content[1:]}) if content[0] < 128 else content[1:]
    file = File(f"b{suffix}", content)
    with suppress(InputError):
        read_history(file, _WORDS)
    if suffix != ".csv":
        with suppress(InputError):
            read_file(file, vokabular())


def changed(data: bytes, most: int, seed: int) -> bytes:
    """Change a file: in the XML of a workbook as often as in any of its bytes."""
    if seed % 2 and data[:1] < b"\x02" and data[1:2] >= b"\x80":
        with suppress(Exception):  # of what is no whole workbook any more
            if len(made := data[:2] + mutant(random.Random(seed), data[2:])) <= most:  # noqa: S311
                return made
    return atheris.Mutate(data, most)


def main() -> None:
    """Start from mutated workbooks and their parts."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(200):
            suffix, data = random.Random(number).choice(bases(history=bool(number % 2)))  # noqa: S311 - made-up data
            kind = ".ods" if suffix == ".ods" else ".xlsx"
            seed = bytes([_SUFFIXES.index(kind), 200]) + mutant(random.Random(number), data)  # noqa: S311
            Path(folder, f"{number}").write_bytes(seed)
        for kind, names in _PARTS.items():
            for index, name in enumerate(names):
                seed = bytes([_SUFFIXES.index(kind), index]) + _WHOLE[kind].get(name, b"")
                Path(folder, f"{kind}{index}").write_bytes(seed)
        atheris.Setup([*sys.argv, *_LIMITS, folder], one_input, custom_mutator=changed)
        atheris.Fuzz()


_WORDS = vokabular()
_WHOLE = {suffix: unpacked(data) for suffix, data in bases(history=False) if suffix in _PARTS}

if __name__ == "__main__":
    main()
