"""The project as a whole: its goals, where it is carried out, other grants, what happens with its results."""

from decimal import Decimal

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import entfaellt, erfuellt, hinweis, offen, verletzt
from foerdercheck.model.deutsch import aufzaehlung, in_worten, in_ziffer, prozent
from foerdercheck.model.laender import land_name
from foerdercheck.model.location import feld
from foerdercheck.programmes.parameter import (
    AUFLAGEN,
    FOERDERSATZ,
    FOERDERZIELE,
    OPEN_ACCESS_DATEN_MONATE,
    OPEN_ACCESS_FUER,
    OPEN_ACCESS_MONATE,
    PROGRAMMGEBIETE,
    UMSETZUNGSORT,
    UMSETZUNGSORT_EINER_GENUEGT,
    ZIELE_BEVORZUGT_AB,
)
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_beteiligter, je_vorhaben


@je_vorhaben(FOERDERZIELE)
def foerderziel(fall: Sachverhalt) -> Aussagen:
    """The project names at least one goal of the programme; none named is an open point, one just passes."""
    ziele = fall.vorhaben.ziele
    known = fall.fassung[FOERDERZIELE].wert
    if not ziele:
        yield offen(
            f"Kein Förderziel genannt: geben Sie unter {feld('ziele')} mindestens eines an ({', '.join(known)}).",
            _at("ziele"),
        )
        return
    named = "; ".join(known[ziel] for ziel in dict.fromkeys(ziele))
    preferred = fall.fassung.find(ZIELE_BEVORZUGT_AB, fall.lage.merkmale)
    more = ""
    if preferred is not None and len(set(ziele)) >= preferred.wert:
        more = f" Vorhaben mit mehreren Zielen werden bevorzugt ({in_ziffer(preferred.ziffer)})."
    yield erfuellt(f"Förderziel: {named}.{more}", _at("ziele"))


@je_vorhaben(UMSETZUNGSORT)
def umsetzungsort(fall: Sachverhalt) -> Aussagen:
    """The project is carried out in the Land of the programme; of several Länder one is enough only if the programme says so."""
    laender, wanted = fall.vorhaben.laender, land_name(fall.fassung.of(UMSETZUNGSORT, fall.lage.merkmale).wert)
    where = _at("bundesland")
    if not laender:
        yield offen(f"Wo wird das Vorhaben umgesetzt? Geben Sie {feld('bundesland')} an; verlangt ist {wanted}.", _at())
        return
    names = [land_name(land) for land in laender]
    others = [name for name in names if name != wanted]
    enough = fall.fassung.find(UMSETZUNGSORT_EINER_GENUEGT, fall.lage.merkmale)
    if wanted not in names and _has_districts(fall):
        districts = aufzaehlung(fall.vorhaben.landkreise)
        yield offen(
            f"Angegeben: {aufzaehlung(names)}; in {wanted} aber liegt: {districts}. Nennen Sie unter {feld('bundesland')} alle "
            "Länder.",
            where,
        )
    elif wanted not in names:
        yield verletzt(f"Umsetzung in {aufzaehlung(names)}; verlangt ist {wanted}.", where)
    elif not others or (enough is not None and enough.wert):
        yield erfuellt(f"Das Vorhaben wird in {aufzaehlung(names)} umgesetzt.", where)
        if others and enough is not None:
            yield hinweis(f"Ein Teil liegt in {aufzaehlung(others)}. {enough.herkunft.inhalt}", where)
    else:
        yield offen(
            f"Ein Teil liegt in {aufzaehlung(others)}, verlangt ist {wanted}: klären Sie mit der Bewilligungsstelle, ob dieser "
            "Teil gefördert werden "
            f"kann, oder prüfen Sie {feld('bundesland')}.",
            where,
        )


def _has_districts(fall: Sachverhalt) -> bool:
    """Tell whether districts of the programme's Land are named: a programme with areas knows no others."""
    return bool(fall.vorhaben.landkreise) and fall.fassung.find(PROGRAMMGEBIETE) is not None


@je_vorhaben()
def andere_foerdermittel(fall: Sachverhalt) -> Aussagen:
    """Other grants come first; whether they were looked into is a statement of the applicant."""
    geprueft = fall.vorhaben.andere_foerdermittel_geprueft
    where = _at("andere_foerdermittel_geprueft")
    if geprueft is None:
        yield offen(
            f"Angabe fehlt: Wurden andere Fördermittel vorrangig geprüft ({feld('andere_foerdermittel_geprueft')})?",
            where,
        )
    elif geprueft:
        yield erfuellt("Andere Fördermittel wurden geprüft; dokumentieren Sie das im Antrag.", where)
    else:
        yield verletzt("Andere Fördermittel wurden nicht geprüft; sie gehen vor und gehören in den Antrag.", where)


@je_vorhaben()
def folgekosten(fall: Sachverhalt) -> Aussagen:
    """Follow-up cost is secured; a statement of the applicant."""
    gesichert = fall.vorhaben.folgekosten_gesichert
    where = _at("folgekosten_gesichert")
    if gesichert is None:
        yield offen(f"Angabe fehlt: Sind die Folgekosten gesichert ({feld('folgekosten_gesichert')})?", where)
    elif gesichert:
        yield erfuellt("Die Folgekosten sind nach eigener Angabe gesichert.", where)
    else:
        yield verletzt("Die Folgekosten sind nicht gesichert.", where)


@je_beteiligter(OPEN_ACCESS_FUER, OPEN_ACCESS_MONATE, OPEN_ACCESS_DATEN_MONATE)
def open_access(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Bodies of some kinds publish openly, so long after publication at the latest; data so long after the project."""
    arten = fall.fassung.of(OPEN_ACCESS_FUER, fall.lage.merkmale).wert
    if rechnung.beteiligter.art not in arten:
        yield entfaellt(f"Gilt nur für {aufzaehlung(arten)}.")
        return
    latest = in_worten(fall.fassung.of(OPEN_ACCESS_MONATE, fall.lage.merkmale).wert, "einen Monat", "Monate")
    data = in_worten(fall.fassung.of(OPEN_ACCESS_DATEN_MONATE, fall.lage.merkmale).wert, "eines Monats", "Monaten")
    yield hinweis(
        f"Ergebnisse sollen im Open Access erscheinen, spätestens {latest} nach der Erstveröffentlichung; Daten und "
        f"Modelle binnen {data} nach dem Ende des Vorhabens in ein Repositorium.",
        rechnung.pfad,
    )


@je_vorhaben(AUFLAGEN)
def auflagen(fall: Sachverhalt) -> Aussagen:
    """Conditions no budget can show; they are named so that nobody forgets them."""
    for text in fall.fassung.of(AUFLAGEN, fall.lage.merkmale).wert:
        yield hinweis(text)


@je_vorhaben()
def nicht_bekannt(fall: Sachverhalt) -> Aussagen:
    """What of the guideline nobody here has read is named, for no verdict can rest on it."""
    unknown = [
        f"{name} {ziffer.nicht_bekannt}" for name, ziffer in fall.fassung.ziffern.items() if ziffer.nicht_bekannt
    ]
    if unknown:
        yield hinweis(f"Nicht geprüft, weil hier nicht bekannt – {'; '.join(unknown)}.")
    else:
        yield entfaellt("Die Richtlinie ist ganz bekannt.")


@je_beteiligter(FOERDERSATZ)
def haushaltsnotlage(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """A municipality in financial distress gets a higher rate; it says so and has it confirmed."""
    where = (*rechnung.pfad, "haushaltsnotlage")
    norms = (fall.fassung.find(FOERDERSATZ, {**rechnung.merkmale, "haushaltsnotlage": word}) for word in ("ja", "nein"))
    ja, nein = (norm.wert if norm else Decimal() for norm in norms)
    if ja == nein:
        yield entfaellt("Der Satz hängt hier nicht von einer Haushaltsnotlage ab.")
    elif rechnung.beteiligter.haushaltsnotlage:
        yield hinweis(
            f"Gerechnet wird mit {prozent(ja)} wegen der angegebenen Haushaltsnotlage; lassen Sie sie von der Aufsichtsbehörde "
            "bestätigen. Wie das Programm sie bestimmt, ist hier nicht bekannt.",
            where,
        )
    elif rechnung.beteiligter.haushaltsnotlage is None and nein > ja:
        yield offen(
            f"Gerechnet wird mit {prozent(nein)}, in einer Haushaltsnotlage wären es nur {prozent(ja)}: geben Sie "
            f"{feld('haushaltsnotlage')} an.",
            where,
        )
    elif rechnung.beteiligter.haushaltsnotlage is None:
        yield hinweis(
            f"Zur Haushaltsnotlage ist nichts angegeben; gerechnet wird mit {prozent(nein)}, in einer Notlage wären es "
            f"{prozent(ja)}.",
            where,
        )
    else:
        yield erfuellt(f"Keine Haushaltsnotlage; es gilt der Satz von {prozent(nein)}.", where)


def _at(*field: str) -> tuple[str, ...]:
    return ("vorhaben", *field)
