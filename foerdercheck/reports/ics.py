"""The deadlines as a calendar (RFC 5545): one day each, with a reminder a month before; what has no day is no entry.

The same check gives the same bytes: the stamp of an entry is the Stichtag, its name a hash of what it is about.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.fristen import Termin
from foerdercheck.many.budgets import Checked
from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.model.kalender import EIN_TAG, plus_months
from foerdercheck.reports.characters import in_one_line
from foerdercheck.reports.dokument import FUSS
from foerdercheck.version import VERSION

_OCTETS = 73
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})


def ics_view(assessment: Assessment) -> str:
    """Return the entries of one file; none of a project that is not eligible."""
    if assessment.fassung is None or assessment.stichtag is None or assessment.ergebnis == "nicht_foerderfaehig":
        return ""
    title = (assessment.budget and assessment.budget.vorhaben.titel) or assessment.datei
    about = f"{assessment.fassung.titel} ({assessment.fassung.programm})"
    entries = (
        _entry(termin, termin.datum, title, about, assessment.stichtag)
        for termin in assessment.fristen
        if termin.datum is not None
    )
    return "".join(entries)


def ics_document(checked: Iterable[Checked[str]]) -> Iterator[str]:
    """Yield one calendar over all files."""
    yield _lines(["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//foerdercheck//{VERSION}//DE", "CALSCALE:GREGORIAN"])
    yield from (found.ansicht for found in checked)
    yield _lines(["END:VCALENDAR"])


def _entry(termin: Termin, tag: date, title: str, about: str, stamp: date) -> str:
    law = in_ziffer(termin.ziffer)
    uid = sha256(f"{title}\n{about}\n{termin.pflicht}\n{tag}".encode(errors="replace")).hexdigest()[:32]
    reminder = max(plus_months(tag, -1), date(1970, 1, 1))
    return _lines([
        "BEGIN:VEVENT",
        f"UID:{uid}@foerdercheck",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{tag:%Y%m%d}",
        f"DTEND;VALUE=DATE:{tag + EIN_TAG:%Y%m%d}",
        f"SUMMARY:{_text(f'{termin.pflicht} ({title})')}",
        f"DESCRIPTION:{_text(f'{law} · {about} · {FUSS}')}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER;VALUE=DATE-TIME:{reminder:%Y%m%d}T080000Z",
        f"DESCRIPTION:{_text(f'In einem Monat: {termin.pflicht}')}",
        "END:VALARM",
        "END:VEVENT",
    ])  # fmt: skip


def _text(text: str) -> str:
    """Return a text that is nothing but text in a calendar."""
    return in_one_line(text).replace("\r", " ").translate(_ESCAPED)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets; no character is divided."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece
