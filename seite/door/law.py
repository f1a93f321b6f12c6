"""The law as the program knows it: what forms offer, the guidelines, and one of the user's own."""

from collections.abc import Mapping
from typing import Any

from door.asked import Answer, RefusedError, day_of, own_version, shown
from foerdercheck.model.beihilfe import BEZIEHUNGEN
from foerdercheck.model.deutsch import datum
from foerdercheck.programmes import fassung_am, load_version, programme_ids, verordnungen, versions
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reports.fassungen import differences
from foerdercheck.reports.law import programme_list, programme_report
from foerdercheck.version import VERSION

EIGENES = "eigenes"
"""What stands for the programme of the user's own among the ids; none of ours is called so."""


def about(_asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return what the forms offer: programmes with their versions, regulations, relations between undertakings."""
    programmes = []
    for known in programme_ids():
        every = [load_version(file) for file in versions(known)]
        texts = [
            {"tag": f.gilt.von.isoformat(), "text": f"vom {datum(f.bekanntmachung)}, gilt {f.gilt}"}
            for f in reversed(every)
        ]
        programmes.append({"id": known, "titel": every[-1].titel, "fassungen": texts})
    return Answer({
        "version": VERSION,
        "programme": programmes,
        "verordnungen": list(verordnungen()),
        "beziehungen": list(BEZIEHUNGEN),
    })  # fmt: skip


def version_of(asked: Mapping[str, Any], field: str = "tag") -> Fassung:
    """Return the version of a programme that held on the day asked for, the youngest without one; or the user's own."""
    day, programm = day_of(asked, field), asked["programm"]
    if programm == EIGENES:
        own = own_version(asked)
        if own is None:
            raise RefusedError("Das eigene Programm fehlt: wählen Sie seine Datei noch einmal.")
        return own
    return load_version(versions(programm)[-1]) if day is None else fassung_am(programm, day)


def programmes(asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return the list of programmes, one version of one, or what changed between two of its versions."""
    if not asked.get("programm"):
        every = [[load_version(file) for file in versions(known)] for known in programme_ids()]
        return Answer({"bericht": shown(programme_list(every))})
    chosen = version_of(asked)
    if asked.get("vorher"):
        return Answer({"bericht": shown(differences(version_of(asked, "vorher"), chosen))})
    own = asked["programm"] == EIGENES
    every_of_it = [chosen] if own else [load_version(file) for file in versions(asked["programm"])]
    return Answer({"bericht": shown(programme_report(chosen, every_of_it))})


def own_programme(asked: Mapping[str, Any], _files: Mapping[str, bytes]) -> Answer:
    """Return the name of a programme of the user's own, and what it says; a defective one is refused with every defect."""
    own = version_of({**asked, "programm": EIGENES})
    return Answer({"titel": own.titel, "bericht": shown(programme_report(own, [own]))})
