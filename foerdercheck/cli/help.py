"""Help and usage errors in German, in the plain layout of a manual page."""

import re
import shutil
import textwrap
from itertools import groupby
from typing import Any

from typer.core import TyperCommand, TyperGroup

from foerdercheck.cli.files import files_here, is_file
from foerdercheck.cli.output import write_text
from foerdercheck.model.deutsch import einige
from foerdercheck.model.filenames import shown_name

_WIDEST = 96
_NARROWEST = 40
_BOUND = "\u00a0"
_SO_MANY = 10
_UNKNOWN_COMMAND = r"(?s)No such command '(.+?)'"


def _width() -> int:
    """Return how many characters a line may have: those of the terminal, as far as they can be read with ease."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 0)).columns))


def _wrapped(text: str, width: int, indent: str = "", further: str = "") -> list[str]:
    """Return the lines of a text; options, amounts and names of files are not divided."""
    filled = textwrap.TextWrapper(
        width, initial_indent=indent, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )
    return filled.wrap(text) or [""]


def _paragraphs(text: str) -> str:
    """Fill the lines of each paragraph; those set in are calls."""
    lines: list[str] = []
    for apart, group in groupby(text.strip().split("\n"), lambda line: line.startswith(" ") or not line):
        block = list(group)
        lines += map(_call, block) if apart else _wrapped(" ".join(block), _width())
    return "\n".join(lines) + "\n"


def _call(line: str) -> str:
    """Return a call to be copied: one that is too long goes on before an option, with a backslash for the shell."""
    bound = re.sub(" (?!--)", _BOUND, line.strip())
    return " \\\n".join(_wrapped(bound, _width() - len(" \\"), "  ", "      ")).replace(_BOUND, " ")


def _rows(title: str, rows: list[tuple[str, str]]) -> str:
    width = max(len(name) for name, _ in rows) + 2
    lines = [f"\n{title}:\n"]
    for name, text in rows:
        wrapped = _wrapped(text, _width() - width - 2)
        lines.append(f"  {name.ljust(width)}{wrapped[0]}\n")
        lines += [f"  {' ' * width}{line}\n" for line in wrapped[1:]]
    return "".join(lines)


def _help_text(command: Any, ctx: Any) -> str:  # noqa: ANN401 - the classes of Typer's own command layer are private
    pieces = ["[OPTIONEN]" if piece == "[OPTIONS]" else piece for piece in command.collect_usage_pieces(ctx)]
    pieces = ["BEFEHL [ANGABEN]…" if piece.startswith("COMMAND") else piece for piece in pieces]
    pieces = [piece.replace("{", "").replace("}", "").replace("...", "…") for piece in pieces]
    text = f"Aufruf: {ctx.command_path} {' '.join(pieces)}\n"
    if command.help:
        text += "\n" + _paragraphs(command.help)
    arguments, options = [], []
    for param in command.get_params(ctx):
        names = param.get_help_record(ctx)
        if names and param.param_type_name == "argument":
            arguments.append((_metavar(param), names[1].removesuffix("[required]").strip()))
        elif names:
            shown = "Zeigt diese Hilfe." if "--help" in param.opts else names[1]
            options.append((names[0], shown))
    if arguments:
        text += _rows("Angaben", arguments)
    return text + _rows("Optionen", options)


def _shown(option: Any) -> Any:  # noqa: ANN401
    """Return the option --help, which writes as every command does, so that errors of writing are told alike."""

    def show(ctx: Any, _param: object, wanted: bool) -> None:  # noqa: ANN401 - a callback of Typer
        if wanted and not ctx.resilient_parsing:
            write_text(ctx.get_help() + "\n", None)
            ctx.exit()

    option.callback = show
    return option


class GermanCommand(TyperCommand):
    """A command whose help is German."""

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """Return the option that shows the help."""
        return _shown(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the help of the command."""
        formatter.write(_help_text(self, ctx))


class GermanGroup(TyperGroup):
    """The program itself, whose help lists its commands in German."""

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """Return the option that shows the help."""
        return _shown(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the help of the program and the list of its commands."""
        text = _help_text(self, ctx)
        names = self.list_commands(ctx)
        commands = [(name, self.get_command(ctx, name)) for name in names]
        rows = [(name, (command.help or "").strip().split("\n")[0]) for name, command in commands if command]
        formatter.write(text + _rows("Befehle", rows))


_TRANSLATED: tuple[tuple[str, str], ...] = (
    ("No such command", "Diesen Befehl gibt es nicht"),
    ("Got unexpected extra argument", "Zu viele Angaben"),
    ("Missing command", "Es fehlt ein Befehl"),
)


def usage_text(error: Any) -> str:  # noqa: ANN401
    """Return a usage error of the command line in German, with what to write instead."""
    param = getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    if type(error).__name__ == "MissingParameter":
        return f"Es fehlt die Angabe {_metavar(param)}{_lying_here(param)}"
    if param is not None or getattr(error, "param_hint", None):
        return f"{error.param_hint or _metavar(param)}: {error.message}"
    if option is not None:
        near = sorted(getattr(error, "possibilities", None) or ())
        if near:
            return f"Die Option {option} gibt es nicht – meinten Sie {' oder '.join(near)}?"
        if "does not take a value" in error.message:
            return f"Die Option {option} nimmt keinen Wert"
        unknown = type(error).__name__ == "NoSuchOption"
        return f"Die Option {option} gibt es nicht" if unknown else f"Hinter der Option {option} fehlt ein Wert"
    message = str(error.format_message())
    return _without_command(message) or _translated(message)


def _without_command(message: str) -> str:
    """Return which command is meant where a file stands in its place; nothing where none does."""
    word = re.match(_UNKNOWN_COMMAND, message)
    if not word or not is_file(word[1]):
        return ""
    file, command = shown_name(word[1]), "deminimis" if word[1].casefold().endswith(".csv") else "check"
    return f"{file} ist eine Datei, kein Befehl. Gemeint ist wohl: foerdercheck {command} {file}"


def _translated(message: str) -> str:
    for english, german in _TRANSLATED:
        if message.startswith(english):
            rest = (
                message.removeprefix(english)
                .removeprefix("s")
                .replace("(s)", "")
                .replace("(", "")
                .replace(")", "")
                .replace("Did you mean", "Meinten Sie")
            )
            return f"{german}:{rest.rstrip('.')}"
    return message


def _lying_here(param: Any) -> str:  # noqa: ANN401
    """Return which files lie in the folder of the call where one of them is wanted."""
    if param.name != "budgets":
        return ""
    here = files_here()
    if not here:
        return "; in diesem Ordner liegt keine Datei, die ein Budget sein kann"
    return f". In diesem Ordner liegt: {einige(map(shown_name, here), _SO_MANY)}. Ein Punkt prüft alle: foerdercheck check ."


def _metavar(param: Any) -> str:  # noqa: ANN401
    if param is None:
        return ""
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)
