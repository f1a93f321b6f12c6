"""The procurement law that binds public bodies besides: which procedure an order allows, and the thresholds of the EU."""

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.model.befund import entfaellt, hinweis
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.programmes.parameter import (
    EU_SCHWELLENWERT,
    OBERSCHWELLENRECHT,
    VERFAHREN_UEBER_WERTGRENZEN,
    VERGABERECHT_FUER,
    VERGABEVORSCHRIFTEN,
    WERTGRENZEN,
)
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_vorhaben


@je_vorhaben(VERGABERECHT_FUER, VERGABEVORSCHRIFTEN, WERTGRENZEN, VERFAHREN_UEBER_WERTGRENZEN)
def wertgrenzen(fall: Sachverhalt) -> Aussagen:
    """Public bodies of the Land may award an order of this net value in the simplest procedure its rules allow.

    From the EU threshold of the day on, the law of the Land does not apply: exactly the threshold is enough.
    """
    public = _public(fall)
    orders = [geprueft.auftrag for geprueft in fall.vergabe.auftraege if geprueft.auftrag.beteiligter in public]
    for order in orders:
        yield hinweis(_procedure(fall, order), order.pfade[0], order.wert_netto)
    if not orders:
        yield entfaellt("Kein Auftrag eines öffentlichen Auftraggebers.")


def _procedure(fall: Sachverhalt, order: Auftragswert) -> str:
    day, merkmale = order.vertrag or fall.stichtag, {**fall.lage.merkmale, "leistung": order.leistung}
    eu, norm = fall.fassung.find(EU_SCHWELLENWERT, merkmale, day), fall.fassung.find(WERTGRENZEN, merkmale, day)
    said, rules = f"{order.name}: {euro(order.wert_netto)} netto", fall.fassung.of(VERGABEVORSCHRIFTEN, merkmale).wert
    above = fall.fassung.find(OBERSCHWELLENRECHT, merkmale)
    if eu is not None and above is not None and order.wert_netto >= eu.wert:
        return f"{said} erreichen den EU-Schwellenwert von {euro(eu.wert)}: es gilt {above.wert}, nicht {rules}."
    if norm is None:
        return f"{said}; welche Wertgrenzen am Tag der Vergabe gelten, ist hier nicht bekannt."
    for procedure, limit in sorted(norm.wert.items(), key=lambda item: item[1]):
        if order.wert_netto <= limit:
            return f"{said}; möglich ist: {procedure} (bis {euro(limit)}, {rules})."
    if len(norm.wert) == 1:
        (procedure,) = norm.wert
        return f"{said} liegen über der Grenze für {procedure}; was damals darüber möglich war, ist hier nicht bekannt ({rules})."
    ordinary = fall.fassung.of(VERFAHREN_UEBER_WERTGRENZEN, merkmale).wert
    unknown = "; der EU-Schwellenwert des Tages ist hier nicht bekannt" if above is not None and eu is None else ""
    return f"{said} liegen über allen vereinfachten Verfahren ({rules}); nötig ist {ordinary}{unknown}."


@je_vorhaben(VERGABERECHT_FUER, VERGABEVORSCHRIFTEN, EU_SCHWELLENWERT, OBERSCHWELLENRECHT)
def vergaberecht(fall: Sachverhalt) -> Aussagen:
    """Public bodies are bound by procurement law besides; the EU thresholds of the Stichtag are named."""
    public = _public(fall)
    if not public:
        yield entfaellt("Kein öffentlicher Auftraggeber beteiligt.")
        return
    rules = fall.fassung.of(VERGABEVORSCHRIFTEN, fall.lage.merkmale).wert
    above = fall.fassung.of(OBERSCHWELLENRECHT, fall.lage.merkmale).wert
    yield hinweis(
        f"Für {aufzaehlung(public)} gelten daneben {rules}, ab den EU-Schwellenwerten {above} ({_thresholds(fall)})."
    )


def _public(fall: Sachverhalt) -> list[str]:
    """Return the names of those whom procurement law binds."""
    kinds = fall.fassung.of(VERGABERECHT_FUER, fall.lage.merkmale).wert
    return [r.name for r in fall.rechnungen if r.beteiligter.art in kinds]


def _thresholds(fall: Sachverhalt) -> str:
    found = {
        wort: norm.wert
        for leistung, wort in (("bau", "Bau"), ("liefer_dienst", "Lieferungen und Dienstleistungen"))
        if (norm := fall.fassung.find(EU_SCHWELLENWERT, {**fall.lage.merkmale, "leistung": leistung}, fall.stichtag))
        is not None
    }
    if not found:
        return "für das Jahr des Stichtags hier nicht bekannt"
    return "netto: " + ", ".join(f"{wort} {euro(wert)}" for wort, wert in found.items())
