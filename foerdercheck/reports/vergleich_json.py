"""Two budgets side by side as JSON."""

from decimal import Decimal

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.location import Path
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.encoding import encoded
from foerdercheck.reports.json_values import money, place
from foerdercheck.reports.result_json import FORMAT, budget_json
from foerdercheck.reports.vergleich import value_of_field, verdict_sentence
from foerdercheck.schema import result_values, vergleich_results
from foerdercheck.vergleich.angaben import Unterschied
from foerdercheck.vergleich.gegenueberstellung import Befundpaar, Gegenueberstellung, Zahlenpaar
from foerdercheck.version import VERSION


def comparison_document(found: Gegenueberstellung) -> str:
    """Return a comparison as one JSON object."""
    document: vergleich_results.Vergleichsdokument = {
        "foerdercheck": VERSION,
        "format": FORMAT,
        "ergebnis": "fehler" if found.exit_code > 1 else "gleich" if found.gleich else "geaendert",
        "hinweis": FUSS,
        "alt": budget_json(found.alt, herleitung=False),
        "neu": budget_json(found.neu, herleitung=False),
        "unterschiede": [_difference(one, found) for one in found.unterschiede],
        "zahlen": list(map(_pair, found.zahlen)),
        "zeilen": [
            {
                "beteiligter": line.beteiligter,
                "kostenart": line.kostenart,
                "bezeichnung": line.bezeichnung,
                "alt": money(line.alt),
                "neu": money(line.neu),
                "ueberschritten": None if line.ueberschritten is None else _share(line.ueberschritten),
            }
            for line in found.zeilen
        ],
        "befunde": [_finding(pair) for pair in found.befunde],
        "angebote": [{"auftrag": order.auftrag, "alt": order.alt, "neu": order.neu} for order in found.angebote],
        "raum": list(map(_pair, found.raum)),
        "urteil": verdict_sentence(found),
    }
    return encoded(document).decode() + "\n"


def _share(share: Decimal) -> str:
    return format(round(share, 6).normalize(), "f")


def _pair(pair: Zahlenpaar) -> vergleich_results.ZahlenpaarJson:
    return {"name": pair.name, "beteiligter": pair.beteiligter, "alt": money(pair.alt), "neu": money(pair.neu)}


def _difference(one: Unterschied, found: Gegenueberstellung) -> vergleich_results.UnterschiedJson:
    return {
        "art": one.art,
        "beteiligter": one.beteiligter,
        "posten": one.posten,
        "feld": one.feld,
        "alt": None if one.alt is None else value_of_field(one, one.alt),
        "neu": None if one.neu is None else value_of_field(one, one.neu),
        "ort_alt": _place(found.alt, one.pfad_alt),
        "ort_neu": _place(found.neu, one.pfad_neu),
    }


def _place(side: Assessment, path: Path | None) -> result_values.OrtJson | None:
    return None if path is None or side.source is None else place(side.source.locate(path))


def _finding(pair: Befundpaar) -> vergleich_results.BefundpaarJson:
    befund = pair.neu or pair.alt
    return {
        "regel": befund.regel if befund else "",
        "beteiligter": befund.beteiligter if befund else None,
        "status_alt": pair.alt.status if pair.alt else None,
        "status_neu": pair.neu.status if pair.neu else None,
        "text": befund.text if befund else "",
    }
