"""Personnel by monthly unit cost: only levels count, known years, no more than one full post."""

from collections.abc import Iterator, Sequence

from foerdercheck.calculation.monatskosten import angefangene_zaehlen
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.zeilen import UeberVollzeit, Zeile
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, hinweis, offen
from foerdercheck.model.budget import Monatsposition, Stundenposition
from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, einige, euro
from foerdercheck.model.kalender import EIN_TAG, last_day, whole_months
from foerdercheck.model.location import feld
from foerdercheck.programmes.parameter import EINHEITSKOSTEN, EINHEITSKOSTEN_ABSCHLAG, MONATSZAEHLUNG
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, as_person, cuts, je_beteiligter, near_persons


@je_beteiligter(EINHEITSKOSTEN)
def einheitskosten(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Personnel is stated by level and month, in years that have a rate."""
    if not any(zeile.position.kostenart == "personal" for zeile in rechnung.zeilen):
        yield entfaellt("Kein Personal.")
        return
    findings = [*_hours(rechnung), *_years(rechnung)]
    if findings:
        yield from findings
    else:
        yield from _part_months(fall, rechnung)
        years = sorted({year for rates in fall.fassung[EINHEITSKOSTEN].wert.values() for year in rates})
        yield erfuellt(
            f"Alles Personal ist nach Stufe und Monaten angesetzt (Sätze {years[0]} bis {years[-1]}); die Stufe legt die "
            "Bewilligungsstelle nach der Tätigkeit fest.",
            (*rechnung.pfad, "kosten"),
        )


def _hours(rechnung: Rechnung) -> Iterator[Feststellung]:
    lines = [zeile for zeile in rechnung.zeilen if isinstance(zeile.position, Stundenposition)]
    if lines:
        names = aufzaehlung(f"„{zeile.position.bezeichnung}“" for zeile in lines)
        yield offen(
            f"{names}: Personal wird nach monatlichen Sätzen gefördert, nicht nach Stunden; geben Sie {feld('stufe')} und "
            f"{feld('anteil')} an. "
            "Bis dahin ist der angesetzte Betrag nur ein Anhalt.",
            lines[0].pfad,
        )


def _part_months(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    """Where a month begun counts, its share must already be that of the days in the project."""
    beginn, ende = fall.vorhaben.beginn, fall.vorhaben.ende
    where = (*rechnung.pfad, "kosten")
    if not angefangene_zaehlen(fall.lage, fall.fassung):
        count = len(whole_months(beginn, ende))
        if last_day(beginn, count) != ende:
            yield hinweis(
                f"Das Vorhaben hat {anzahl(count, 'vollen Monat', 'volle Monate')} ab seinem Beginn am {datum(beginn)}; der "
                f"angefangene Monat bis zum {datum(ende)} zählt nicht.",
                where,
            )
        return
    begun = [day for day, whole in ((beginn, beginn.day == 1), (ende, (ende + EIN_TAG).day == 1)) if not whole]
    if begun:
        yield hinweis(
            f"Das Vorhaben beginnt oder endet mitten im Monat ({aufzaehlung(map(datum, begun))}); der Monat zählt mit dem "
            "angegebenen Anteil. Geben Sie für ihn eine eigene Zeile mit dem Anteil an, der auf die Tage im Vorhaben entfällt.",
            where,
            auslegung=fall.fassung.of(MONATSZAEHLUNG, fall.lage.merkmale).auslegung,
        )


def _years(rechnung: Rechnung) -> Iterator[Feststellung]:
    for zeile in rechnung.zeilen:
        if zeile.ohne_satz:
            years = _named(zeile.ohne_satz)
            yield offen(
                f"„{zeile.position.bezeichnung}“: für {years} ist kein Satz der Stufe bekannt; diese Monate sind mit 0,00 € "
                "gerechnet. Prüfen Sie von und bis, oder fragen Sie die Bewilligungsstelle.",
                zeile.pfad,
            )


def _named(years: Sequence[int]) -> str:
    return aufzaehlung(map(str, years)) if len(years) <= 3 else f"{years[0]} bis {years[-1]}"


@je_beteiligter(EINHEITSKOSTEN)
def stellenanteil(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """A person counts with at most one full post a month, over all lines and Beteiligte: 100 % just passes."""
    found = [
        *cuts(rechnung, _more_than_one_post, UeberVollzeit),
        *near_persons(rechnung, Monatsposition, "höchstens eine volle Stelle je Person und Monat"),
    ]
    posts = [(zeile, zeile.position) for zeile in rechnung.zeilen if isinstance(zeile.position, Monatsposition)]
    if found:
        yield from found
    elif not posts:
        yield entfaellt("Kein Personal nach Stufen.")
    else:
        yield erfuellt("Niemand zählt mit mehr als einer vollen Stelle im Monat.", (*rechnung.pfad, "kosten"))
    if assumed := [zeile for zeile, position in posts if position.anteil is None]:
        names = einige(f"„{zeile.position.bezeichnung}“" for zeile in assumed)
        yield hinweis(
            f"{names}: gerechnet ist mit einer vollen Stelle; das ist angenommen, weil {feld('anteil')} nicht angegeben ist.",
            assumed[0].pfad,
        )


def _more_than_one_post(zeile: Zeile, cut: UeberVollzeit) -> str:
    who, shared = as_person(zeile.position)
    months = anzahl(cut.monate, "Monat", "Monaten")
    return f"{who}: mehr als eine volle Stelle in {months} ab {cut.ab:%m.%Y}{shared}; {euro(cut.betrag)} entfallen."


@je_beteiligter(EINHEITSKOSTEN_ABSCHLAG)
def mindestgehalt(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Pay below the floor of its level lowers the rate, where the fund says so; the floors themselves are not known."""
    lines = [zeile for zeile in rechnung.zeilen if isinstance(zeile.position, Monatsposition)]
    applies = fall.fassung.find(EINHEITSKOSTEN_ABSCHLAG, fall.lage.merkmale) is not None
    fonds = fall.lage.merkmale.get("fonds")
    low = [
        zeile
        for zeile in lines
        if isinstance(zeile.position, Monatsposition) and zeile.position.gehalt_unter_mindestwert
    ]
    if not lines:
        yield entfaellt("Kein Personal nach Stufen.")
    elif not applies and "ziele" in fall.fassung.unstated(EINHEITSKOSTEN_ABSCHLAG, fall.lage.merkmale):
        said = "er folgt aus den Zielen"
        advice = f"{said}: geben Sie {feld('ziele')} an."
        if fall.vorhaben.ziele:
            advice = f"{said}, und die angegebenen haben keinen gemeinsamen, der hier bekannt ist: prüfen Sie {feld('ziele')}."
        yield offen(f"Ob die Sätze bei niedrigem Gehalt gemindert werden, hängt vom Fonds ab; {advice}", rechnung.pfad)
    elif not applies:
        yield entfaellt(f"Die Minderung gilt {f'nicht im {fonds}' if fonds else 'hier nicht'}.")
    elif low:
        names = aufzaehlung(f"„{zeile.position.bezeichnung}“" for zeile in low)
        yield erfuellt(f"{names}: der Satz ist nach eigener Angabe gemindert.", low[0].pfad)
    else:
        yield hinweis(
            "Liegt das Jahresbrutto unter dem Mindestwert der Stufe, wird der Satz gemindert; geben Sie dann "
            f"{feld('gehalt_unter_mindestwert')} an. Die Mindestwerte sind hier nicht bekannt.",
            lines[0].pfad,
        )
