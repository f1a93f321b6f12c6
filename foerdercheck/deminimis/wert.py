"""The gross grant equivalent of an award: what stands on its certificate, else by the simplified methods."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from foerdercheck.deminimis.recht import Recht
from foerdercheck.model.beihilfe import Beihilfe
from foerdercheck.model.deutsch import CENT, datum, euro, prozent, zahl
from foerdercheck.model.location import feld
from foerdercheck.model.scalars import ScalarError
from foerdercheck.programmes.parameter import (
    NENNWERT_ZAEHLT,
    PAUSCHALVERFAHREN_BESICHERUNG_MINDESTENS,
    PAUSCHALVERFAHREN_QUOTE_HOECHSTENS,
)

_WORT = {"darlehen": "Gewährung als Darlehen", "buergschaft": "Bürgschaft"}
Gelesen = tuple[Decimal, str | None]
"""A value in EUR, and why it is only our reading; None where the text says so."""
_ASK_GIVER = "den Wert nennt die De-minimis-Bescheinigung; tragen Sie ihn als Subventionswert ein"


def subventionswert(beihilfe: Beihilfe, tag: date, recht: Recht) -> Gelesen:
    """Return the gross grant equivalent that an award does not state, as of the day of grant `tag`, and why it is only our reading.

    Raises ScalarError naming what is missing to compute it. Grants count in full (Article 4(2)), loans and guarantees by the
    simplified method (Article 4(3)(b), 4(6)(b)), capital in full up to the ceiling (Article 4(4) and (5)).
    """
    if beihilfe.foerdersumme is None:
        raise ScalarError(f"{feld('subventionswert')} und {feld('foerdersumme')} fehlen beide: {_ASK_GIVER}")
    if beihilfe.form == "zuschuss":
        return beihilfe.foerdersumme, None
    if beihilfe.form == "darlehen":
        return _darlehen(beihilfe, beihilfe.foerdersumme, tag, recht)
    if beihilfe.form == "buergschaft":
        return _buergschaft(beihilfe, beihilfe.foerdersumme, tag, recht)
    if beihilfe.form == "beteiligung":
        return _beteiligung(beihilfe, beihilfe.foerdersumme, tag, recht)
    raise ScalarError(
        f"{feld('subventionswert')} fehlt: für die Form {beihilfe.form} lässt er sich nicht berechnen; {_ASK_GIVER}"
    )


def _darlehen(beihilfe: Beihilfe, betrag: Decimal, tag: date, recht: Recht) -> Gelesen:
    least = recht.fassung[PAUSCHALVERFAHREN_BESICHERUNG_MINDESTENS].wert
    if beihilfe.besicherung is None or beihilfe.laufzeit_jahre is None:
        raise ScalarError(
            f"für ein Darlehen ohne {feld('subventionswert')} fehlen {feld('laufzeit_jahre')} und {feld('besicherung')}; sonst: "
            f"{_ASK_GIVER}"
        )
    if beihilfe.besicherung < least:
        raise ScalarError(
            f"das Darlehen ist zu {prozent(beihilfe.besicherung)} besichert, das vereinfachte Verfahren verlangt "
            f"mindestens {prozent(least)}; {_ASK_GIVER}"
        )
    return _by_box(beihilfe, betrag, beihilfe.laufzeit_jahre, tag, recht)


def _buergschaft(beihilfe: Beihilfe, betrag: Decimal, tag: date, recht: Recht) -> Gelesen:
    most = recht.fassung[PAUSCHALVERFAHREN_QUOTE_HOECHSTENS].wert
    if beihilfe.buergschaftsquote is None or beihilfe.laufzeit_jahre is None:
        raise ScalarError(
            f"für eine Bürgschaft ohne {feld('subventionswert')} fehlen {feld('laufzeit_jahre')} und {feld('buergschaftsquote')}; "
            f"sonst: {_ASK_GIVER}"
        )
    if beihilfe.buergschaftsquote > most:
        raise ScalarError(
            f"die Bürgschaft deckt {prozent(beihilfe.buergschaftsquote)}, das vereinfachte Verfahren erlaubt höchstens "
            f"{prozent(most)}; {_ASK_GIVER}"
        )
    return _by_box(beihilfe, betrag, beihilfe.laufzeit_jahre, tag, recht)


def _beteiligung(beihilfe: Beihilfe, betrag: Decimal, tag: date, recht: Recht) -> Gelesen:
    verordnung = beihilfe.verordnung or recht.unstated
    most, counts = recht.ceiling(verordnung, tag), recht.fassung.find(NENNWERT_ZAEHLT, {"verordnung": verordnung})
    if most is None or counts is None:
        raise ScalarError(
            f"wie eine Beteiligung nach {verordnung} am {datum(tag)} zu bewerten ist, ist hier nicht bekannt; {_ASK_GIVER}"
        )
    if betrag > most.wert:
        raise ScalarError(
            f"eine Beteiligung über {euro(most.wert)} ist nach {verordnung} keine transparente De-minimis-Beihilfe; {_ASK_GIVER}"
        )
    return betrag, counts.auslegung


def _by_box(beihilfe: Beihilfe, betrag: Decimal, years: Decimal, tag: date, recht: Recht) -> Gelesen:
    """Share of the ceiling in proportion to amount and term, inside one of the boxes."""
    verordnung = beihilfe.verordnung or recht.unstated
    ceiling = recht.ceiling(verordnung, tag)
    boxes = list(recht.boxes(verordnung, beihilfe.form, tag))
    if ceiling is None or not boxes:
        raise ScalarError(
            f"für eine {_WORT[beihilfe.form]} nach {verordnung} am {datum(tag)} sind die Beträge des vereinfachten Verfahrens "
            f"hier nicht bekannt; {_ASK_GIVER}"
        )
    box = next((box for box in boxes if betrag <= box[1].wert and 0 < years <= box[0]), None)
    if box is None:
        raise ScalarError(
            f"{euro(betrag)} über {zahl(years)} Jahre liegen außerhalb des vereinfachten Verfahrens nach "
            f"{verordnung}; {_ASK_GIVER}"
        )
    most_years, most = box
    return (ceiling.wert * betrag * years / (most.wert * most_years)).quantize(CENT, ROUND_HALF_UP), most.auslegung
