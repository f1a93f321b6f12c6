"""What a person types: one file per command; nothing here knows a rule, a sum or a format."""

import gc
import os
import signal
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.exceptions import Abort, TyperException
from typer.main import get_command

from foerdercheck.cli.completion import VARIABLE, answer_shell
from foerdercheck.cli.help import GermanCommand, GermanGroup, usage_text
from foerdercheck.cli.output import OutputError, ReaderGoneError, complain, diagnose, open_closed_streams, write_text
from foerdercheck.many.budgets import ClusterError
from foerdercheck.model.deutsch import absturz
from foerdercheck.programmes.fassung import ProgrammeError
from foerdercheck.version import VERSION

_INTERRUPTED = 130  # what newer versions of Typer make of Ctrl-C
_COMMANDS = {
    "check": "check_command",
    "deminimis": "deminimis_command",
    "subventionswert": "subventionswert_command",
    "vergleichen": "vergleichen",
    "vorlage": "vorlage",
    "umwandeln": "umwandeln",
    "programme": "programme",
    "regel": "regel",
    "schema": "schema",
    "completion": "completion",
}
"""The function of each command, in the file called like the command."""


class _Program(GermanGroup):
    """The program: what a command takes is only made out when it is called, or all are listed."""

    def __init__(self, **attrs: Any) -> None:  # noqa: ANN401 - what Typer gives
        super().__init__(**attrs | {"commands": dict.fromkeys(_COMMANDS)})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """Return a command by its name; None if there is none."""
        if cmd_name not in _COMMANDS:
            return None
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        function = getattr(import_module(f"{__name__}.{cmd_name}"), _COMMANDS[cmd_name])
        alone.command(cmd_name, cls=GermanCommand, no_args_is_help=cmd_name == "subventionswert")(function)
        return get_command(alone)


app = typer.Typer(
    cls=_Program,
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, wanted: bool) -> None:
    if wanted:
        write_text(f"foerdercheck {VERSION}\n", None)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda value: _version(wanted=value), is_eager=True, help="zeigt die Version"
        ),
    ] = False,
) -> None:
    """Prüft Projektbudgets gegen deutsche Förderrichtlinien.

    Beispiele:
      foerdercheck check budget.yaml
      foerdercheck deminimis historie.xlsx --beihilfe 90.000,00
      foerdercheck programme sh-ki
      foerdercheck regel sh-ki/5.4-drei-angebote
    """


def load_commands() -> None:
    """Load the command that is called, or all where none is: what cannot be loaded is said before anything runs."""
    called = [word for word in sys.argv[1:] if word in _COMMANDS][:1]
    for name in called or _COMMANDS:
        import_module(f"{__name__}.{name}")


def main() -> int:
    """Run the program and return its exit code; a defect of ours is 4, never a verdict."""
    gc.freeze()  # what is loaded by now stays
    signal.signal(signal.SIGTERM, _end)
    open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return answer_shell(app) if VARIABLE in os.environ else _run()


def _end(number: int, _frame: object) -> None:
    """End as after Ctrl-C, so that nothing half written stays; a second signal ends at once."""
    signal.signal(number, signal.SIG_DFL)
    raise KeyboardInterrupt


def _run() -> int:
    try:
        code = app(prog_name="foerdercheck", standalone_mode=False)
    except TyperException as error:
        return _usage(usage_text(error), getattr(getattr(error, "ctx", None), "command_path", "foerdercheck"))
    except (OutputError, ClusterError) as error:
        complain(str(error))
        return 2
    except ReaderGoneError:  # end as a program ended by SIGPIPE does, with no verdict
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except ProgrammeError as error:
        complain(str(error))
        return 4
    except BaseException as error:  # noqa: BLE001 - a crash of any kind is reported as ours and never looks like a verdict
        complain(f"Programmfehler ({absturz(error)}). Das ist kein Urteil über Ihr Budget.")
        return 4
    if code == _INTERRUPTED:
        complain("abgebrochen")
    return code if isinstance(code, int) else 0


def _usage(text: str, command: str) -> int:
    """Tell what was wrong with the call of a command; a call without anything gets the help."""
    if text.startswith("Aufruf:"):
        diagnose(text)
    else:
        complain(f"{text}\n{command} --help zeigt, was möglich ist.")
    return 2
