"""Proposals as the JSON results have them."""

from foerdercheck.assessment.budget import Assessment
from foerdercheck.ausweg.vorschlaege import Vorschlag, vorschlaege
from foerdercheck.reports.json_values import aenderung_json, money
from foerdercheck.schema import ausweg_results


def vorschlaege_json(assessment: Assessment) -> ausweg_results.VorschlaegeJson:
    """Compute the proposals for a budget and return them."""
    found = vorschlaege(assessment)
    return {
        "liste": list(map(_vorschlag, found.vorschlaege)),
        "meiste": None if found.meiste is None else _vorschlag(found.meiste),
        "geprueft": found.geprueft,
        "vollstaendig": found.vollstaendig,
    }


def _vorschlag(one: Vorschlag) -> ausweg_results.VorschlagJson:
    return {
        "aenderungen": list(map(aenderung_json, one.aenderungen)),
        "ergebnis": one.ergebnis,
        "zuwendung": money(one.zuwendung),
        "eigenmittel": money(one.eigenmittel),
        "bewegt": money(one.bewegt),
        "mitzubringen": [befund.text for befund in one.mitzubringen],
    }
