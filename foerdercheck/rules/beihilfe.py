"""State aid: the de-minimis ceiling."""

import re
from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, offen, verletzt
from foerdercheck.model.deutsch import datum, euro
from foerdercheck.programmes import deminimis_recht
from foerdercheck.programmes.parameter import AUSGENOMMENE_NACE, DEMINIMIS_VERORDNUNG
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, je_beteiligter


@je_beteiligter(DEMINIMIS_VERORDNUNG)
def deminimis(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """With the grant, the aid of three years stays within the ceiling: 300,000.00 passes, one cent more is out whole."""
    if not rechnung.beteiligter.ist_unternehmen:
        yield entfaellt("Nicht wirtschaftlich tätig; die Zuwendung ist keine Beihilfe.")
        return
    konto = fall.konten.get(rechnung.pfad)
    if konto is None:
        yield offen(
            f"Angaben nach {fall.fassung[DEMINIMIS_VERORDNUNG].ziffer} fehlen: nennen Sie die De-minimis-Beihilfen der letzten "
            "drei Jahre (deminimis: Datei, Liste oder das Wort keine).",
            rechnung.pfad,
        )
        return
    yield _verdict(konto, rechnung)
    yield from konto.hinweise
    yield from _excluded_sector(rechnung)


@je_beteiligter()
def beihilfeweg(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """For an undertaking the grant is State aid; on which ground it would be allowed is not known here."""
    if rechnung.beteiligter.ist_unternehmen:
        yield offen(
            "Wirtschaftlich tätig: die Zuwendung wäre eine Beihilfe, und auf welcher Grundlage (De-minimis oder Freistellung) sie "
            "gewährt werden kann, ist hier nicht bekannt. Klären Sie das mit der Bewilligungsstelle.",
            (*rechnung.pfad, "wirtschaftlich_taetig"),
        )
    else:
        yield entfaellt("Nicht wirtschaftlich tätig; die Zuwendung ist keine Beihilfe.")


def _verdict(konto: Kontostand, rechnung: Rechnung) -> Feststellung:
    where = (*rechnung.pfad, "deminimis")
    frei = konto.frei or Decimal("0.00")
    grant = konto.neue_beihilfe or Decimal("0.00")
    if konto.ergebnis == "offen":
        return offen("Ob der De-minimis-Höchstbetrag eingehalten ist, lässt sich nicht entscheiden.", where)
    if konto.ergebnis == "eingehalten" and not grant and not rechnung.zeilen:
        return entfaellt(KEINE_KOSTEN)
    if konto.ergebnis == "eingehalten":
        return erfuellt(
            f"{euro(konto.im_fenster)} im Fenster ab {datum(konto.fenster[0])}, {euro(grant)} neu; frei sind {euro(frei)}.",
            where,
        )
    earliest = konto.frueheste_gewaehrung
    when = f"Sie passt frühestens am {datum(earliest)}" if earliest else "Sie passt an keinem späteren Tag"
    return verletzt(
        f"{euro(konto.im_fenster)} im Fenster ab {datum(konto.fenster[0])}: frei sind nur {euro(frei)}, die Zuwendung von "
        f"{euro(grant)} fällt damit ganz heraus (Art. 3 Abs. 7). {when}; eine kleinere Zuwendung bis {euro(frei)} müsste als "
        "solche beantragt werden.",
        where,
        grant - frei,
    )


def _excluded_sector(rechnung: Rechnung) -> Iterator[Feststellung]:
    nace = rechnung.beteiligter.nace
    if nace is None:
        return
    where = (*rechnung.pfad, "nace")
    divisions = _divisions(nace)
    if not divisions:
        yield offen(f"Der Wirtschaftszweig „{nace}“ ist nicht lesbar: schreiben Sie die NACE-Nummer wie 62.01.", where)
    elif divisions & set(deminimis_recht()[AUSGENOMMENE_NACE].wert):
        yield offen(
            f"Der Wirtschaftszweig {nace} ist von der allgemeinen Verordnung ausgenommen, solange Tätigkeiten oder Buchführung "
            "nicht getrennt sind (Art. 1 Abs. 2).",
            where,
        )


_NACE = re.compile(r"[A-Z]?[ -]*(?:([0-9]{1,2})(?:\.[0-9]{1,2}){0,2}|([0-9]{2})[0-9]{2,3})")


def _divisions(nace: str) -> set[str]:
    """Return the divisions a NACE code stands for (`01.13`, `0113`, `A 1.13`; `A` alone is all of it); none if unreadable."""
    text = nace.strip().upper()
    if text == "A":
        return {"01", "02", "03"}
    match = _NACE.fullmatch(text)
    return {(match[1] or match[2]).zfill(2)} if match else set()
