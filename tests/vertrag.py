"""The contract of the JSON result: which keys every object has, and what its values look like."""

import json
import re
from datetime import date

KEYS = {
    "budget": "datei fehler programm stichtag ergebnis beteiligte summe vergabe befunde fristen",
    "programm": "id titel fassung",
    "beteiligter": "name art kosten gemeinkosten gesamtausgaben zuwendungsfaehige_ausgaben foerdersatz hoechste_zuwendung "
    "zuwendung eigenmittel weitere_mittel finanzierungsluecke deminimis",
    "kosten": "kostenart bezeichnung angesetzt zuwendungsfaehig ort",
    "gemeinkosten": "methode betrag varianten",
    "variante": "methode betrag zulaessig grund",
    "summe": "gesamtausgaben zuwendungsfaehige_ausgaben zuwendung",
    "vergabe": "drei_angebote_erforderlich zuwendungen_gesamt auftraege",
    "auftrag": "nr bezeichnung leistung wert_netto schwelle drei_angebote_erforderlich angebote status",
    "befund": "regel ziffer status beteiligter text betrag ort",
    "frist": "datum pflicht ziffer",
    "deminimis": "unternehmen mitgliedstaat verordnung fenster hoechstbetrag im_fenster beantragt neue_beihilfe frei ergebnis "
    "frueheste_gewaehrung beihilfen",
    "beihilfe": "gewaehrt_am unternehmen verordnung subventionswert im_fenster ergebnis_bei_gewaehrung ort",
    "figure": "name betrag formel ziffer ort aus",
}
AMOUNTS = {
    *(
        "angesetzt zuwendungsfaehig betrag gesamtausgaben zuwendungsfaehige_ausgaben hoechste_zuwendung zuwendung".split()
    ),
    *("eigenmittel weitere_mittel finanzierungsluecke zuwendungen_gesamt wert_netto schwelle hoechstbetrag".split()),
    *("beantragt neue_beihilfe frei subventionswert".split()),
}
DATES = {"fassung", "stichtag", "datum", "von", "bis", "gewaehrt_am", "frueheste_gewaehrung"}


def parsed(text: str):
    """Return a JSON document; twin keys, NaN and Infinity, which json.loads would let pass, are none."""
    return json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_number)


def _no_twins(pairs):
    assert len({key for key, _ in pairs}) == len(pairs), pairs
    return dict(pairs)


def _no_number(name: str):
    raise AssertionError(f"{name} is no JSON")


def exact(kind: str, *objects: dict):
    for found in objects:
        assert set(found) == set(KEYS[kind].split()), (kind, set(found))


def values(node):
    """Yield every key with its value, at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)


def check_forms(document):
    for key, value in values(document):
        assert not isinstance(value, float), key
        if value is None or (key == "im_fenster" and isinstance(value, bool)):
            continue
        if key in AMOUNTS or key == "im_fenster":
            assert re.fullmatch(r"-?\d+\.\d\d", value), (key, value)
        elif key in DATES:
            assert value == date.fromisoformat(value).isoformat(), (key, value)
        elif key == "foerdersatz":
            assert re.fullmatch(r"[01](\.\d+)?", value), value
        elif key == "ort":
            assert set(value) - {"datei"} in ({"zeile", "spalte"}, {"blatt", "zelle"}), value


def check_budget_keys(budget):
    """Every object of a budget that could be read has exactly its keys."""
    exact("budget", budget)
    exact("programm", budget["programm"])
    exact("summe", budget["summe"])
    exact("befund", *({key: said[key] for key in said if key != "angenommen"} for said in budget["befunde"]))
    exact("frist", *budget["fristen"])
    if budget["vergabe"] is not None:
        exact("vergabe", budget["vergabe"])
        exact("auftrag", *budget["vergabe"]["auftraege"])
    assert budget["fehler"] == [], budget["fehler"]
    for body in budget["beteiligte"]:
        check_beteiligter(body)


def check_statuses(budget):
    """Findings and orders of a budget that could be read have one of their statuses."""
    statuses = {befund["status"] for befund in budget["befunde"]}
    assert statuses <= {"erfuellt", "verletzt", "gekuerzt", "offen", "hinweis", "entfaellt"}, statuses
    for auftrag in budget["vergabe"]["auftraege"] if budget["vergabe"] is not None else ():
        assert auftrag["status"] in {"erfuellt", "verletzt", "offen", "entfaellt"}, auftrag
        assert (auftrag["status"] == "entfaellt") is not auftrag["drei_angebote_erforderlich"], auftrag
        assert auftrag["angebote"] is None or isinstance(auftrag["angebote"], int), auftrag


def check_unreadable(budget):
    """A budget that could not be read has its problems and nothing else."""
    assert set(budget) == {"datei", "ergebnis", "fehler"}, set(budget)
    assert budget["fehler"]
    assert all(set(fehler) == {"text", "ort"} and fehler["text"] for fehler in budget["fehler"]), budget["fehler"]


def check_konto(konto):
    exact("deminimis", konto)
    exact("beihilfe", *konto["beihilfen"])
    assert set(konto["fenster"]) == {"von", "bis"}
    assert konto["ergebnis"] in {"eingehalten", "ueberschritten", "offen"}
    assert all(isinstance(name, str) for name in konto["unternehmen"])
    for beihilfe in konto["beihilfen"]:
        assert isinstance(beihilfe["im_fenster"], bool)
        assert beihilfe["ergebnis_bei_gewaehrung"] in {"eingehalten", "ueberschritten", "nicht_geprueft"}


def check_beteiligter(body):
    exact("beteiligter", body)
    exact("kosten", *body["kosten"])
    exact("gemeinkosten", body["gemeinkosten"])
    exact("variante", *body["gemeinkosten"]["varianten"])
    for variante in body["gemeinkosten"]["varianten"]:
        assert (variante["grund"] is None) is variante["zulaessig"], variante
    if body["deminimis"] is not None:
        check_konto(body["deminimis"])
