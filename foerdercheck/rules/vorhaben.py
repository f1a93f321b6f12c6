"""The project as a whole: its goals, where it is carried out, other grants, what happens with its results."""

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import entfaellt, erfuellt, hinweis, offen, verletzt
from foerdercheck.model.laender import land_name
from foerdercheck.programmes.parameter import FOERDERZIELE, OPEN_ACCESS_FUER, UMSETZUNGSORT
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_beteiligter, je_vorhaben


@je_vorhaben(FOERDERZIELE)
def foerderziel(fall: Sachverhalt) -> Aussagen:
    """The project names at least one goal of the programme; none named is an open point, one just passes."""
    ziele = fall.vorhaben.ziele
    known = fall.fassung[FOERDERZIELE].wert
    if not ziele:
        yield offen(
            f"Kein Förderziel genannt: geben Sie unter ziele mindestens eines an ({', '.join(known)}).", _at("ziele")
        )
        return
    named = "; ".join(known[ziel] for ziel in dict.fromkeys(ziele))
    more = " Vorhaben mit mehreren Zielen werden bevorzugt (Ziffer 1.4)." if len(set(ziele)) > 1 else ""
    yield erfuellt(f"Förderziel: {named}.{more}", _at("ziele"))


@je_vorhaben(UMSETZUNGSORT)
def umsetzungsort(fall: Sachverhalt) -> Aussagen:
    """The project is carried out in the Land of the programme."""
    land, wanted = fall.vorhaben.bundesland, fall.fassung[UMSETZUNGSORT].wert
    if land is None:
        yield offen(
            f"Wo wird das Vorhaben umgesetzt? Geben Sie bundesland an; verlangt ist {land_name(wanted)}.", _at()
        )
    elif land == wanted:
        yield erfuellt(f"Das Vorhaben wird in {land_name(land)} umgesetzt.", _at("bundesland"))
    else:
        yield verletzt(f"Umsetzung in {land_name(land)}; verlangt ist {land_name(wanted)}.", _at("bundesland"))


@je_vorhaben()
def andere_foerdermittel(fall: Sachverhalt) -> Aussagen:
    """Other grants come first; whether they were looked into is a statement of the applicant."""
    geprueft = fall.vorhaben.andere_foerdermittel_geprueft
    where = _at("andere_foerdermittel_geprueft")
    if geprueft is None:
        yield offen(
            "Angabe fehlt: Wurden andere Fördermittel vorrangig geprüft (andere_foerdermittel_geprueft)?", where
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
        yield offen("Angabe fehlt: Sind die Folgekosten gesichert (folgekosten_gesichert)?", where)
    elif gesichert:
        yield erfuellt("Die Folgekosten sind nach eigener Angabe gesichert.", where)
    else:
        yield verletzt("Die Folgekosten sind nicht gesichert.", where)


@je_beteiligter(OPEN_ACCESS_FUER)
def open_access(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Bodies of science publish openly, within 12 months at the latest; data within six months after the project."""
    if rechnung.beteiligter.art not in fall.fassung[OPEN_ACCESS_FUER].wert:
        yield entfaellt("Gilt nur für die Wissenschaft.")
        return
    yield hinweis(
        "Ergebnisse sollen im Open Access erscheinen, spätestens zwölf Monate nach der Erstveröffentlichung; Daten und "
        "Modelle binnen sechs Monaten nach dem Ende des Vorhabens in ein Repositorium.",
        rechnung.pfad,
    )


def _at(*field: str) -> tuple[str, ...]:
    return ("vorhaben", *field)
