"""Options of `check` that cannot be heeded together: a call that gives two of them is refused, for it means something else."""

from collections.abc import Mapping, Sequence

import typer

from foerdercheck.cli.ausgaben import MAPPE, PDF, UNBEKANNT
from foerdercheck.cli.formats import ALLE_FORMATE, OHNE_HERLEITUNG
from foerdercheck.model.deutsch import aufzaehlung

_COMPARED = ("tabelle", "json", "html", PDF)
"""The forms that can show one budget under several programmes."""
_MAPPE = "einer Ergebnis-Tabelle (.xlsx)"
_AS_IT_IS = OHNE_HERLEITUNG | {"junit"}
"""The forms that mark what a file says as it is, or sum it up: there is no place in them for other values, or for proposals."""
_WORKERS = ("--jobs", "--scheduler")
_MORE = ("--setze", "--vorschlaege")
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "--vorschlag": ("--alle", "--quiet", "--herleitung", "--ausfuehrlich", *_MORE, "--spalten", *_WORKERS),
    "--alle": ("--quiet", "--herleitung", "--ausfuehrlich", *_MORE, *_WORKERS),
    "--quiet": ("--herleitung", "--ausfuehrlich", *_MORE),
    "--ohne-ausnahmen": ("--ausnahmen",),
    "--ohne-vorschlaege": ("--vorschlaege", "--vorschlag"),
    "--scheduler": ("--jobs",),
}
"""What does not go together with an option."""


def refuse_pairs(forms: Sequence[str], given: Mapping[str, object], *, several: bool) -> None:
    """Refuse a call with options that exclude each other; `given` holds the options by name, false where not given.

    `forms` are those of its outputs. What one of several outputs cannot show, the others do.
    """
    if given["--kennung"]:
        _refuse_beside_kennung(forms, given, several=several)
    if given["--alle"] and not given["--vorschlag"]:
        _refuse_forms(forms, given)
    if given["--herleitung"] and OHNE_HERLEITUNG.issuperset(forms):
        others = aufzaehlung((name for name in ALLE_FORMATE if name not in OHNE_HERLEITUNG), "oder")
        text = f"{forms[0]} zeigt keine Herleitung; wählen Sie {others}"
        raise typer.BadParameter(text, param_hint="--herleitung")
    for form in forms:
        _refuse(given, _beside_form(form, forms), _MAPPE if form == MAPPE else f"--format {form}")
    _refuse(given, _WORKERS if forms == [MAPPE] and not several else (), _MAPPE)
    _refuse(given, ("--spalten",) if MAPPE in forms and not several else (), _MAPPE)  # its cells are not ours
    for option, beside in _BESIDE.items():
        if given[option]:
            _refuse(given, beside, option)


def _beside_form(form: str, forms: Sequence[str]) -> tuple[str, ...]:
    """Return the options that do not go together with a form; proposals only have to be shown in one of `forms`."""
    if form in {"tabelle", UNBEKANNT}:
        return ()
    if form == MAPPE:
        return ("--quiet", "--setze")
    if form not in _AS_IT_IS:
        return ("--quiet", "--vorschlag")
    return ("--quiet", "--vorschlag", "--setze", *(("--vorschlaege",) if _AS_IT_IS.issuperset(forms) else ()))


def _refuse_beside_kennung(forms: Sequence[str], given: Mapping[str, object], *, several: bool) -> None:
    """Refuse whatever asks for more than the one sentence about one file."""
    others = ("--alle", "--quiet", "--herleitung", "--ausfuehrlich", "--vorschlag", *_MORE, *_WORKERS, "--output")
    _refuse(given, others, "--kennung")
    if several or {*forms} != {"tabelle"}:
        raise typer.BadParameter("vergleicht eine einzelne Datei und schreibt nur einen Satz", param_hint="--kennung")


def _refuse_forms(forms: Sequence[str], given: Mapping[str, object]) -> None:
    """Refuse forms that cannot show a comparison."""
    for form in forms:
        if form == MAPPE:
            _refuse(given, ("--alle",), _MAPPE)
        if form not in _COMPARED:
            text = f"{form} zeigt keinen Vergleich; wählen Sie {aufzaehlung(_COMPARED, 'oder')}"
            raise typer.BadParameter(text, param_hint="--format")


def _refuse(given: Mapping[str, object], options: tuple[str, ...], beside: str) -> None:
    for option in options:
        if given[option]:
            raise typer.BadParameter(f"geht nicht zusammen mit {beside}", param_hint=option)
