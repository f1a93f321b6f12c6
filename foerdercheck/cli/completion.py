"""`foerdercheck completion`: the script that completes commands, options and their words in a shell."""

from collections.abc import Callable
from typing import Annotated

import typer

from foerdercheck.cli.options import offering, read_wort
from foerdercheck.cli.output import write_text

VARIABLE = "_FOERDERCHECK_COMPLETE"
"""What a completing shell sets when it asks for words."""
_SHELLS = ("bash", "zsh", "fish", "powershell")


def completion(
    shell: Annotated[
        str, typer.Argument(metavar="SHELL", help="bash, zsh, fish oder powershell", autocompletion=offering(_SHELLS))
    ],
) -> None:
    """Schreibt das Skript, mit dem die Shell Befehle, Optionen und deren Wörter ergänzt.

    Beispiele:
      foerdercheck completion bash >> ~/.bashrc
      foerdercheck completion fish > ~/.config/fish/completions/foerdercheck.fish
    """
    from typer._completion_shared import get_completion_script  # noqa: PLC0415 - only this command needs it

    name = read_wort(shell, _SHELLS, "SHELL")
    write_text(get_completion_script(prog_name="foerdercheck", complete_var=VARIABLE, shell=name) + "\n", None)


def answer_shell(program: Callable[..., object]) -> int:
    """Answer a completing shell and return the exit code; Typer finds what it asks in the environment, and ends."""
    from typer._completion_classes import completion_init  # noqa: PLC0415 - only a completing shell needs it

    completion_init()
    try:
        program(prog_name="foerdercheck")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
