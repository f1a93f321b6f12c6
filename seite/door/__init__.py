"""What the page asks of the program: a task in words and files in, texts to show and files to save out.

The page has no rules of its own: every answer is that of the library, and every text is one of its reports.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from door.asked import Answer, RefusedError
from door.checking import check, converted_file, result_workbook
from door.forms import account, account_file, template
from door.law import about, own_programme, programmes
from door.what_if import changed_file, proposals, what_if
from foerdercheck.model.deutsch import absturz
from foerdercheck.model.location import InputError
from foerdercheck.programmes.fassung import ProgrammeError

_TASKS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, bytes]], Answer]] = {
    "auskunft": about,
    "pruefen": check,
    "ergebnistabelle": result_workbook,
    "umwandeln": converted_file,
    "wenn": what_if,
    "vorschlaege": proposals,
    "geaendert": changed_file,
    "vorlage": template,
    "konto": account,
    "kontodatei": account_file,
    "programme": programmes,
    "eigenes": own_programme,
}


def answer(
    request: str, files: Mapping[str, Any], tell: Callable[[str], object] = str
) -> tuple[str, list[tuple[str, bytes]]]:
    """Do a task; `request` is JSON with its name (`task`) and what was typed, `files` are contents by their names.

    What takes long is told by `tell` on its way.

    Returns JSON and the files to save. Whatever goes wrong is an answer with `fehler`, never an exception.
    """
    try:
        asked = {**json.loads(request), "tell": tell}
        done = _TASKS[asked["task"]](asked, {name: bytes(content) for name, content in files.items()})
    except (RefusedError, ProgrammeError) as error:
        done = Answer({"fehler": str(error)})
    except InputError as error:
        done = Answer({"fehler": "\n".join(problem.text for problem in error.problems)})
    except Exception as error:  # noqa: BLE001 - a defect of ours must reach whoever reads, in a sentence
        done = Answer({"fehler": f"Programmfehler ({absturz(error)}). Das ist kein Urteil über Ihr Budget."})
    return json.dumps(done.data, ensure_ascii=True), list(done.files)
