"""What does not pass, in a few lines a file: for hooks that run before a commit."""

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.deutsch import anzahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.characters import in_one_line, no_command
from foerdercheck.reports.entscheidend import rule_name, short_place
from foerdercheck.reports.fehler import said_below
from foerdercheck.reports.summary import URTEILSWORT, one_line

_SO_MANY = 4
"""So many findings are told; with the verdict and how many more there are it is six lines."""


def short_view(assessment: Assessment) -> str:
    """Return the verdict on a file and what decided it, a line each; nothing of one that passes."""
    if assessment.ergebnis == "foerderfaehig":
        return ""
    problems = [
        (said_below(assessment.datei, problem.text), str(problem.ort or ""))
        for problem in assessment.fehler or assessment.fehlend
    ]
    rules = [(f"{rule_name(befund)}: {befund.text}", short_place(befund.ort)) for befund in assessment.entscheidend]
    found = [(text, "") for text in assessment.defekte] or problems or rules
    lines = [text + (f" ({place})" if place else "") for text, place in found[:_SO_MANY]]
    more = len(found) - _SO_MANY
    lines += [f"und {anzahl(more, 'weiterer Punkt', 'weitere Punkte')}"] if more > 0 else []
    head = f"„{shown_name(assessment.datei)}“: {URTEILSWORT['fehler']}" if assessment.fehler else one_line(assessment)
    return "".join(f"{no_command(in_one_line(line))}\n" for line in [head, *(f"  {line}" for line in lines)])
