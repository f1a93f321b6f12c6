"""The law as data: one dated file per version of a guideline, found by programme id and day."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path as FilePath

from foerdercheck.model.deutsch import aufzaehlung, datum
from foerdercheck.model.location import InputError, Problem
from foerdercheck.model.scalars import fold, shown, suggestion
from foerdercheck.programmes.fassung import Fassung, ProgrammeError
from foerdercheck.programmes.loader import load_fassung
from foerdercheck.programmes.parameter import VERORDNUNGEN, Zeitraum
from foerdercheck.reading.files import File

_HOME = FilePath(__file__).parent
_DEMINIMIS = _HOME / "de-minimis.yaml"
_UMSATZSTEUER = _HOME / "umsatzsteuer.yaml"
_LONGEST = 100
"""No title that is looked for is longer."""
_TELLING = 5
"""A word of a title that may tell it from others has so many letters."""


@cache
def _catalogue() -> Mapping[str, tuple[FilePath, ...]]:
    """The files of all programmes by id, oldest version first; they are part of the package and do not change."""
    folders = sorted(folder for folder in _HOME.iterdir() if folder.is_dir())
    found = {folder.name: sorted(file for file in folder.iterdir() if file.suffix == ".yaml") for folder in folders}
    return {name: tuple(files) for name, files in found.items() if files}


def programme_ids() -> list[str]:
    """Return the ids of all programmes, sorted."""
    return list(_catalogue())


def versions(programm: str) -> tuple[FilePath, ...]:
    """Return the files of a programme's versions, oldest first; raises InputError for an unknown id."""
    if programm in _catalogue():
        return _catalogue()[programm]
    known = programme_named(programm)
    if known not in _catalogue():
        hint = _titled(programm) or suggestion(programm, programme_ids(), programme_titles()) or "."
        text = f"{shown(programm)} ist kein bekanntes Förderprogramm{hint}"
        raise InputError([Problem(f"{text} Bekannt sind: {', '.join(programme_ids())}", ("foerderprogramm",))])
    return _catalogue()[known]


def _titled(text: str) -> str:
    """Return ` – meinten Sie „x“?` for the programmes whose titles hold every word of a text, else the empty string."""
    words = fold(text[:_LONGEST]).split()
    if max(map(len, words), default=0) < _TELLING:
        return ""
    found = [
        shown(known)
        for known, titles in programme_titles().items()
        if any(all(word in fold(title) for word in words) for title in titles)
    ]
    return f" – meinten Sie {aufzaehlung(found, 'oder')}?" if found else ""


def programme_named(text: str) -> str:
    """Return the id of the programme a text names, by its id in any case or by its title; the text itself if it names none."""
    folded = fold(text)
    for known in programme_ids():
        if folded == fold(known):
            return known
    return next((known for known, titles in programme_titles().items() if folded in map(fold, titles)), text)


@cache
def programme_titles() -> Mapping[str, Sequence[str]]:
    """Return the titles of every programme by id, whole and without what follows a comma, also with a hyphen for a dash."""
    titles: dict[str, Sequence[str]] = {}
    for known, files in _catalogue().items():
        whole = [load_version(file).titel for file in files]  # only a budget that names no id has them looked up
        short = [*whole, *(title.partition(",")[0] for title in whole)]
        titles[known] = list(dict.fromkeys([*short, *(title.replace("–", "-") for title in short)]))
    return titles


def read_version(file: FilePath | File) -> Fassung:
    """Read a programme, from a file of this machine or given; raises ProgrammeError naming every defect with its line."""
    try:
        return load_fassung(file, {} if file == _DEMINIMIS else {"verordnung": verordnungen()})
    except InputError as error:
        name = file.name if isinstance(file, File) else str(file)
        raise ProgrammeError.of(name, error.problems) from error


@cache
def load_version(file: FilePath) -> Fassung:
    """Return a version that is part of the package, read once; raises ProgrammeError as `read_version` does."""
    return read_version(file)


def fassung_am(programm: str, day: date) -> Fassung:
    """Return the version of a programme in force on `day`; raises InputError naming the covered span if none is."""
    files = versions(programm)
    in_force = [file for file in files if date.fromisoformat(file.stem) <= day]
    fassung = load_version(in_force[-1] if in_force else files[0])
    if not fassung.gilt.von <= day <= fassung.gilt.bis:
        spanne = Zeitraum(load_version(files[0]).gilt.von, load_version(files[-1]).gilt.bis)
        text = f"Am {datum(day)} gilt keine Fassung von {fassung.programm}; abgedeckt ist {spanne}."
        raise InputError([Problem(text, ("vorhaben", "antragsdatum"))])
    return fassung


def erste_fassung(programm: str) -> Fassung:
    """Return the oldest version of a programme."""
    return load_version(versions(programm)[0])


def neueste_fassung(programm: str) -> Fassung:
    """Return the youngest version of a programme."""
    return load_version(versions(programm)[-1])


def deminimis_recht() -> Fassung:
    """Return the de-minimis regulations: ceilings, periods, simplified methods, all dated."""
    return load_version(_DEMINIMIS)


def umsatzsteuerrecht() -> Fassung:
    """Return the standard rates of VAT, dated."""
    return load_version(_UMSATZSTEUER)


def verordnungen() -> Mapping[str, Sequence[str]]:
    """Return the numbers of the de-minimis regulations, each with its other names."""
    return deminimis_recht()[VERORDNUNGEN].wert
