"""State aid: the de-minimis ceiling."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, hinweis, offen, verletzt
from foerdercheck.model.deutsch import aufzaehlung, datum, euro, zahlwort
from foerdercheck.model.finanzierung import AUS_OEFFENTLICHEN_MITTELN
from foerdercheck.model.location import feld
from foerdercheck.model.nace import nace_codes
from foerdercheck.programmes import deminimis_recht
from foerdercheck.programmes.norm import Merkmale
from foerdercheck.programmes.parameter import (
    AUSGENOMMENE_NACE,
    AUSGENOMMENE_NACE_UNGEWISS,
    DEMINIMIS_VERORDNUNG,
    NEUE_BEIHILFE_UNTEILBAR,
    ZEITRAUM_JAHRE,
)
from foerdercheck.rules.lesarten import ANGENOMMENE_TAETIGKEIT
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, je_beteiligter


@je_beteiligter(DEMINIMIS_VERORDNUNG)
def deminimis(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """With the grant, the aid of three years stays within the ceiling: 300,000.00 passes, one cent more is out whole."""
    if not rechnung.beteiligter.ist_unternehmen:
        yield from _no_undertaking(rechnung)
        return
    verordnung = fall.fassung.known(DEMINIMIS_VERORDNUNG, rechnung.merkmale)
    if verordnung is None:
        yield entfaellt("Hier wird nicht nach einer De-minimis-Verordnung gefördert.")
        return
    konto = fall.konten.get(rechnung.pfad)
    if konto is None:
        years = zahlwort(deminimis_recht()[ZEITRAUM_JAHRE].wert)
        yield offen(
            f"Angaben nach {verordnung.ziffer} fehlen: nennen Sie die De-minimis-Beihilfen der letzten {years} Jahre "
            f"({feld('deminimis')}: Datei, Liste oder das Wort keine).",
            rechnung.pfad,
        )
        return
    merkmale = {"verordnung": verordnung.wert}
    yield _verdict(konto, rechnung, merkmale)
    yield from konto.hinweise
    yield from _excluded_sector(rechnung, merkmale)


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
        yield from _no_undertaking(rechnung)


def _no_undertaking(rechnung: Rechnung) -> Aussagen:
    """Who is not economically active gets no aid; that of a firm is doubted, and what nobody stated is told as assumed."""
    body, where = rechnung.beteiligter, (*rechnung.pfad, "wirtschaftlich_taetig")
    if body.taetigkeit_zweifelhaft:
        listed = " Angegeben sind außerdem De-minimis-Beihilfen." if body.hat_historie else ""
        yield offen(
            f"Die Art {body.art} ist in der Regel wirtschaftlich tätig, angegeben ist das Gegenteil: prüfen Sie "
            f"{feld('wirtschaftlich_taetig')}; es kommt auf die Tätigkeit im Vorhaben an, nicht auf die Rechtsform.{listed}",
            where,
            ANGENOMMENE_TAETIGKEIT.marke,
        )
        return
    yield entfaellt("Nicht wirtschaftlich tätig; die Zuwendung ist keine Beihilfe.")
    if body.hat_historie:
        yield hinweis(
            "Angegeben sind De-minimis-Beihilfen, aber keine wirtschaftliche Tätigkeit: wer sie erhalten hat, war dort wirtschaftlich "
            f"tätig. Prüfen Sie {feld('wirtschaftlich_taetig')}.",
            where,
        )
    if givers := [source.geber for source in rechnung.weitere_geber if source.beihilfe in AUS_OEFFENTLICHEN_MITTELN]:
        yield hinweis(
            f"Das Geld von {aufzaehlung(givers)} ist als Beihilfe angegeben, aber keine wirtschaftliche Tätigkeit: Beihilfen erhält "
            f"nur, wer wirtschaftlich tätig ist. Prüfen Sie {feld('wirtschaftlich_taetig')} und {feld('beihilfe')}.",
            (*rechnung.pfad, "finanzierung", "weitere"),
        )
    if body.wirtschaftlich_taetig is None:
        yield hinweis(
            "Nicht wirtschaftlich tätig: das ist angenommen, weil es nicht angegeben ist. Es kommt auf die Tätigkeit im Vorhaben an; "
            f"geben Sie {feld('wirtschaftlich_taetig')} an.",
            where,
            auslegung=ANGENOMMENE_TAETIGKEIT.marke,
        )


def _verdict(konto: Kontostand, rechnung: Rechnung, merkmale: Merkmale) -> Feststellung:
    where = (*rechnung.pfad, "deminimis")
    frei = konto.frei or Decimal("0.00")
    grant = konto.neue_beihilfe or Decimal("0.00")
    said = f"{euro(konto.im_fenster)} im Fenster ab {datum(konto.fenster[0])}"
    if konto.ergebnis == "offen":
        return offen(
            f"{said}, {euro(grant)} neu. Ob das den De-minimis-Höchstbetrag einhält, entscheidet sich mit den offenen Punkten dazu.",
            where,
        )
    if konto.ergebnis == "eingehalten" and not grant and not rechnung.zeilen:
        return entfaellt(KEINE_KOSTEN)
    if konto.ergebnis == "eingehalten":
        return erfuellt(f"{said}, {euro(grant)} neu; frei sind {euro(frei)}.", where)
    earliest = konto.frueheste_gewaehrung
    when = f"Sie passt frühestens am {datum(earliest)}" if earliest else f"Sie passt {an_keinem_tag(konto)}"
    whole = deminimis_recht().find(NEUE_BEIHILFE_UNTEILBAR, merkmale)
    out = f"fällt damit ganz heraus ({whole.ziffer})" if whole and whole.wert else "passt damit nicht hinein"
    return verletzt(
        f"{said}: frei sind nur {euro(frei)}, die Zuwendung von {euro(grant)} {out}. {when}; eine kleinere Zuwendung bis "
        f"{euro(frei)} müsste als solche beantragt werden.",
        where,
        grant - frei,
    )


def an_keinem_tag(konto: Kontostand) -> str:
    """Return how it is said that a planned award fits on no day: up to the last for which a ceiling is known."""
    konten, _, frage = konto.grundlage
    last = konten.buch.recht.ends[frage.verordnung]
    known = "" if last == date.max else f" bis zum {datum(last)}, dem letzten mit bekanntem Höchstbetrag"
    return f"an keinem Tag{known}"


def _excluded_sector(rechnung: Rechnung, merkmale: Merkmale) -> Iterator[Feststellung]:
    nace, excluded = rechnung.beteiligter.nace, deminimis_recht().find(AUSGENOMMENE_NACE, merkmale)
    if excluded is None:
        return
    where = (*rechnung.pfad, "nace")
    if nace is None:
        yield hinweis(
            f"Der Wirtschaftszweig ist nicht angegeben; angenommen ist, dass ihn die Verordnung {merkmale['verordnung']} nicht "
            f"ausnimmt ({excluded.ziffer}). Geben Sie {feld('nace')} an.",
            where,
        )
        return
    unsure = deminimis_recht().find(AUSGENOMMENE_NACE_UNGEWISS, merkmale)
    stated = nace_codes(nace)
    if not stated:
        yield offen(f"Der Wirtschaftszweig „{nace}“ ist nicht lesbar: schreiben Sie die NACE-Nummer wie 62.01.", where)
    elif _overlap(stated, excluded.wert):
        yield offen(
            f"Der Wirtschaftszweig {nace} ist von der Verordnung {merkmale['verordnung']} ausgenommen, solange Tätigkeiten oder "
            f"Buchführung nicht getrennt sind ({excluded.ziffer}): weisen Sie die Trennung nach, oder prüfen Sie {feld('nace')}.",
            where,
        )
    elif unsure is not None and _overlap(stated, unsure.wert):
        yield hinweis(
            f"Wirtschaftszweig {nace}: {unsure.herkunft.inhalt} Klären Sie, ob die Verordnung {merkmale['verordnung']} gilt "
            f"({unsure.ziffer}).",
            where,
            auslegung=unsure.auslegung,
        )


def _overlap(stated: set[str], named: Iterable[str]) -> bool:
    """Tell whether one of the stated codes lies in a sector that is named, or holds one."""
    sectors = [code.replace(".", "") for code in named]
    return any(one.startswith(other) or other.startswith(one) for one in stated for other in sectors)
