"""`python -m foerdercheck`, and what the script `foerdercheck` runs."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

_KEIN_URTEIL = "Das ist kein Urteil über Ihr Budget."


def start() -> NoReturn:
    """Run the program and exit with its code.

    To load it takes some tenths of a second, and all that is installed: also then Ctrl-C ends it without a trace, and
    whatever goes wrong is a defect, exit 4, and no verdict.
    """
    gc.set_threshold(10_000_000)  # a register is so many objects without a cycle; nothing else makes many cycles
    said = f"Das Programm lässt sich nicht laden ({{}}): die Installation ist unvollständig oder beschädigt. {_KEIN_URTEIL}"
    try:
        from foerdercheck.cli import load_commands, main  # noqa: PLC0415 - what takes the time

        load_commands()
        said = f"Programmfehler ({{}}). {_KEIN_URTEIL}"
        code = main()
    except KeyboardInterrupt:
        code = 130
        _tell("abgebrochen")
    except BaseException as error:  # noqa: BLE001 - what is loaded may end in any way; 1 would be a verdict
        code = 4
        _tell(said, error)
    gc.freeze()  # what is left goes with the process, without being looked through for cycles
    sys.exit(code)


def _tell(text: str, error: BaseException | None = None) -> None:
    """Say one sentence, with the help of nothing that may be broken; if even that fails, the code says enough."""
    with suppress(Exception):
        reason = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":") if error else ""
        line = text.format("".join(char if char.isprintable() else "�" for char in reason))
        os.write(2, f"foerdercheck: {line}\n".encode(errors="backslashreplace"))


if __name__ == "__main__":
    start()
