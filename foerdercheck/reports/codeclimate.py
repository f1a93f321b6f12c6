"""The result as Code Climate, for the code quality report of GitLab: one list of what needs attention in all files.

A fingerprint holds the file and neither lines nor numbers, so GitLab can tell what a merge request adds and what it mends.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import Checked
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.meldung import DEFEKT, Meldung, file_of, fingerprint, meldungen, wording

_STUFEN: Mapping[str, str] = {
    "fehler": "blocker",
    "verletzt": "critical",
    "offen": "major",
    "gekuerzt": "minor",
    "hinweis": "info",
}


def codeclimate_view(assessment: Assessment) -> list[dict[str, Any]]:
    """Return what needs attention in one file."""
    seen: Counter[str] = Counter()
    crashes = [Meldung(DEFEKT.id, DEFEKT.titel, "fehler", text, None) for text in assessment.defekte]
    return [_issue(meldung, assessment.datei, seen) for meldung in [*crashes, *meldungen(assessment)]]


def codeclimate_document(checked: Iterable[Checked[list[dict[str, Any]]]]) -> Iterator[str]:
    """Yield one list over all files."""
    issues = [issue for found in checked for issue in found.ansicht]
    yield json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(meldung: Meldung, datei: str, seen: Counter[str]) -> dict[str, Any]:
    path = harmless(file_of(meldung.ort, datei) or "stdin")
    same = sha256(f"{path}\n{fingerprint(meldung)}".encode()).hexdigest()[:32]
    seen[same] += 1
    return {
        "type": "issue",
        "check_name": meldung.regel,
        "description": harmless(wording(meldung)),
        "content": {"body": FUSS},
        "categories": ["Compatibility"],
        "severity": _STUFEN[meldung.status],
        "fingerprint": f"{same}:{seen[same]}",
        "location": {"path": path, "lines": {"begin": (meldung.ort and meldung.ort.zeile) or 1}},
    }
