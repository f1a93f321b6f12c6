"""Money of others beside the grant: what excludes it, and how much public money there may be together."""

import re
from decimal import Decimal

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import entfaellt, erfuellt, hinweis, offen, verletzt
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.model.finanzierung import Finanzierung, WeitereMittel
from foerdercheck.model.location import feld
from foerdercheck.model.scalars import fold
from foerdercheck.programmes.parameter import AUSGESCHLOSSENE_MITTEL, KUMULIERUNG_UEBER_AUSGABEN
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_beteiligter

_WORDS = re.compile(r"[\w+]+")


@je_beteiligter(AUSGESCHLOSSENE_MITTEL)
def ausgeschlossene_mittel(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """No money of a kind the programme excludes beside it; sources are recognised by their names."""
    finanzierung = rechnung.beteiligter.finanzierung
    where = (*rechnung.pfad, "finanzierung", "weitere")
    if finanzierung is None or finanzierung == Finanzierung():  # nothing stated below it says as little
        yield offen(f"Die Finanzierung ist nicht angegeben ({feld('finanzierung')}).", (*rechnung.pfad, "finanzierung"))
        return
    excluded = fall.fassung.of(AUSGESCHLOSSENE_MITTEL, rechnung.merkmale).wert
    found = [
        (index, source, word)
        for index, source in enumerate(finanzierung.weitere)
        if (word := next((word for word in excluded if _is_from(source, word)), None)) is not None
    ]
    for index, source, word in found:
        yield verletzt(
            f"{source.geber} ({euro(source.betrag)}): Mittel aus {word} schließen diese Förderung aus.",
            (*where, index, "geber"),
            source.betrag,
        )
    if finanzierung.weitere and not found:
        others = aufzaehlung(source.geber for source in finanzierung.weitere)
        words = aufzaehlung(excluded, "oder")
        yield hinweis(f"Klären Sie, dass nichts davon aus {words} stammt: {others}.", where)
    elif not found:
        yield erfuellt("Keine weiteren Mittel angegeben.", where)


def _is_from(source: WeitereMittel, word: str) -> bool:
    """Tell whether a source is such money, as stated or by its name."""
    return source.herkunft == fold(word) or _names(source.geber, word)


def _names(geber: str, word: str) -> bool:
    """Tell whether a source is called by a word; one not in capitals only may be the beginning of a longer one."""
    wanted, stem = fold(word), not word.isupper()
    return any(part == wanted or (stem and part.startswith(wanted)) for part in _WORDS.findall(fold(geber)))


@je_beteiligter()
def kumulierung(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Grant and other public money together stay within eligible cost: exactly that passes.

    Beyond it violates, but for programmes that say it is merely pointed out.
    """
    sources = rechnung.weitere_geber
    public = sum((source.betrag for source in sources if source.ist_oeffentlich), Decimal())
    unsure = sum((source.betrag for source in sources if source.ist_oeffentlich is None), Decimal())
    where = (*rechnung.pfad, "finanzierung", "weitere")
    together, most = rechnung.zuwendung.betrag + public, rechnung.zuwendungsfaehige_ausgaben.betrag
    more = f"mehr als die zuwendungsfähigen Ausgaben ({euro(most)})"
    consequence = fall.fassung.find(KUMULIERUNG_UEBER_AUSGABEN, rechnung.merkmale)
    forbidden = consequence is None or consequence.wert == "verletzt"
    if public and together > most:
        text = f"Zuwendung und andere öffentliche Mittel zusammen ({euro(together)}) sind {more}."
        yield verletzt(text, where, together - most) if forbidden else hinweis(text, where, together - most)
    elif together + unsure > most and unsure:
        names = aufzaehlung(source.geber for source in sources if source.ist_oeffentlich is None)
        text = f"Geben Sie an, ob die Mittel von {names} öffentlich sind ({feld('oeffentlich')}); mit ihnen wären es {more}."
        yield offen(text, where) if forbidden else hinweis(text, where)
    elif not public:
        yield entfaellt("Keine anderen öffentlichen Mittel angegeben.")
    else:
        yield erfuellt(f"Öffentliche Mittel zusammen {euro(together)}, zuwendungsfähige Ausgaben {euro(most)}.", where)
