"""What accounts say and how their room comes about, word for word, and the places they point to.

`worte.yaml` holds under the name of a case of law every hint of its account (status, sum and place with the text), the
derivation of its room, what would be free without some award, the awards, how far ceilings are used, and how the room changes;
or the errors of its history.
"""

from pathlib import Path

import pytest
from rechtsfaelle import read
from test_herleitungen import written

from deminimis.test_faelle import FAELLE, answer
from foerdercheck.deminimis.freigaben import freigaben
from foerdercheck.deminimis.herleitung import herleitung
from foerdercheck.deminimis.kontostand import Kontostand

WORTE = read(Path(__file__).parent / "worte.yaml")


def told(konto: Kontostand | list[str]) -> dict[str, list[str]]:
    """All an account says, or the errors of its history, as it stands in `worte.yaml`."""
    if isinstance(konto, list):
        return {"fehler": konto}
    figure = herleitung(*konto.grundlage)
    said = {
        "hinweise": [_line(hint.status, hint.betrag, hint.pfad, hint.text) for hint in konto.hinweise],
        "herleitung": list(written(figure)) if figure else [],
        "freigaben": [_line(*freed) for freed in freigaben(*konto.grundlage)],
        "beihilfen": [_line(*award) for award in konto.beihilfen],
        "ungezaehlt": [_line(*award, pfad) for award, pfad in konto.ungezaehlt],
        "hoechstbetraege": [_line(*filled) for filled in konto.fuellungen],
        "verlauf": [_line(*step) for step in konto.verlauf],
    }
    return {key: lines for key, lines in said.items() if lines}


def _line(*parts: object) -> str:
    return " · ".join(_shown(part) for part in parts if part not in (None, "", ()))


def _shown(part: object) -> str:
    return ".".join(map(str, part)) if isinstance(part, tuple) else str(part)


@pytest.mark.parametrize("name", WORTE)
def test_account(name):
    (fall,) = [fall for _, fall in FAELLE if fall["name"] == name]
    assert told(answer(fall)) == WORTE[name]
