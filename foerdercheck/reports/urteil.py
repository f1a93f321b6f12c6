"""The verdict on a budget as a block, with the answers to the questions people come with."""

from collections.abc import Iterator

from foerdercheck.assessment.budget import Assessment
from foerdercheck.calculation.rechnung import ungefoerdert
from foerdercheck.calculation.vergabe import Vergabe
from foerdercheck.model.befund import WORTE
from foerdercheck.model.deutsch import anzahl, euro, satzanfang
from foerdercheck.programmes.parameter import DEMINIMIS_VERORDNUNG
from foerdercheck.reports.deminimis import verdict_words
from foerdercheck.reports.dokument import FUSS, Ton, Urteil, Zelle
from foerdercheck.reports.entscheidend import deciding
from foerdercheck.reports.summary import ERGEBNIS, verdict_cell
from foerdercheck.rules.vergabe import answer, offers


def verdict(assessment: Assessment) -> Urteil:
    """Return the verdict on one file."""
    cell = verdict_cell(assessment.ergebnis, assessment.angenommene)
    return Urteil(cell.text, cell.ton, list(_answers(assessment)), FUSS)


def _answers(assessment: Assessment) -> Iterator[tuple[str, Zelle]]:
    """Yield the three questions people come with, and their answers."""
    if assessment.defekte:
        yield "Programmfehler", Zelle("; ".join(assessment.defekte), "schlecht")
    if assessment.fehlend:
        yield "Es fehlt", Zelle("; ".join(f"{fehler.text} ({fehler.ort})" for fehler in assessment.fehlend), "warnung")
        return
    yield "Förderfähig?", _eligible(assessment)
    if decisive := assessment.entscheidend:
        yield satzanfang(WORTE[decisive[0].status]), Zelle(deciding(decisive))
    if assessment.vergabe is not None:
        tone = _offers_tone(assessment.vergabe)
        yield f"{satzanfang(offers(assessment.vergabe))}?", Zelle(answer(assessment.vergabe), tone)
    yield "De-minimis?", _aid(assessment)


def _offers_tone(vergabe: Vergabe) -> Ton:
    """What is needed and there, or not needed, is good; what cannot be made good any more is bad."""
    stati = {geprueft.status for geprueft in vergabe.auftraege}
    return "schlecht" if "verletzt" in stati else "warnung" if "offen" in stati else "gut"


def _eligible(assessment: Assessment) -> Zelle:
    _, ton = ERGEBNIS[assessment.ergebnis]
    _, base, grant = assessment.summen
    count = {status: sum(befund.status == status for befund in assessment.befunde) for status in ("verletzt", "offen")}
    if assessment.ergebnis == "nicht_foerderfaehig":
        return Zelle(f"nein, {anzahl(count['verletzt'], 'Regel', 'Regeln')} verletzt", ton)
    if assessment.ergebnis == "offen":
        return Zelle(
            f"offen, {anzahl(count['offen'], 'Punkt', 'Punkte')} zu klären; rechnerisch {euro(grant)} Zuwendung", ton
        )
    if not grant:
        return Zelle("keine Regel ist verletzt, aber die Zuwendung beträgt 0,00 €", "warnung")
    taken = assessment.angenommene
    but = f"; mit {anzahl(taken, 'angenommenen Ausnahme', 'angenommenen Ausnahmen')}" if taken else ""
    return Zelle(
        f"ja, {euro(grant)} Zuwendung auf {euro(base)} zuwendungsfähige Ausgaben{but}", "warnung" if taken else ton
    )


def _aid(assessment: Assessment) -> Zelle:
    konten = [konto for konto in (assessment.konten or {}).values() if konto is not None]
    funded = [r for r in assessment.rechnungen if not ungefoerdert(r, assessment.rechnungen)]
    undertakings = [r for r in funded if r.beteiligter.ist_unternehmen]
    if not undertakings and any(r.beteiligter.taetigkeit_zweifelhaft for r in funded):
        return Zelle("offen, ob eine wirtschaftliche Tätigkeit gefördert wird", "warnung")
    if not undertakings:
        return Zelle("entfällt, kein Unternehmen im Sinne des Beihilferechts", "gut")
    if assessment.fassung is not None and not assessment.fassung.all(DEMINIMIS_VERORDNUNG):
        return Zelle("offen, die Grundlage der Beihilfe ist hier nicht bekannt", "warnung")
    concerned = [
        r for r in undertakings if assessment.fassung and assessment.fassung.find(DEMINIMIS_VERORDNUNG, r.merkmale)
    ]
    if not concerned:
        return Zelle("entfällt, hier wird nicht nach einer De-minimis-Verordnung gefördert", "gut")
    if len(konten) < len(concerned) and all(konto.ergebnis != "ueberschritten" for konto in konten):
        return Zelle("offen, Angaben zu früheren Beihilfen fehlen", "warnung")
    return verdict_words(konten)
