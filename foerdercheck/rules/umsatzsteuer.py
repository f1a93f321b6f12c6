"""VAT: it counts for who bears it, up to a total cost without more ado."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from foerdercheck.calculation.preise import Preis
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.zeilen import Zeile
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, hinweis, offen
from foerdercheck.model.budget import Sachposition
from foerdercheck.model.deutsch import einige, euro, prozent
from foerdercheck.model.location import feld
from foerdercheck.programmes.parameter import UMSATZSTEUER_BIS_GESAMTAUSGABEN
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, je_beteiligter


@je_beteiligter(UMSATZSTEUER_BIS_GESAMTAUSGABEN)
def umsatzsteuer_grenze(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """VAT counts without more ado up to a total cost; beyond it only if it cannot be recovered."""
    limit = fall.fassung.of(UMSATZSTEUER_BIS_GESAMTAUSGABEN, fall.lage.merkmale).wert
    total = sum((r.gesamtausgaben.betrag + _vat_left_out(r) for r in fall.rechnungen), Decimal())
    if rechnung.beteiligter.zieht_vorsteuer_ab:
        yield entfaellt("Die Umsatzsteuer zählt wegen des Vorsteuerabzugs ohnehin nicht.")
    elif not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
    elif total <= limit:
        yield erfuellt(
            f"Gesamtausgaben von {euro(total)} liegen nicht über {euro(limit)}; die Umsatzsteuer zählt mit.",
            rechnung.pfad,
        )
    elif rechnung.beteiligter.vorsteuerabzug is None:
        yield offen(
            f"Gesamtausgaben von {euro(total)} liegen über {euro(limit)}: die Umsatzsteuer zählt nur, wenn sie nicht erstattet wird; "
            f"geben Sie {feld('vorsteuerabzug')} an.",
            (*rechnung.pfad, "vorsteuerabzug"),
        )
    else:
        yield hinweis(
            f"Gesamtausgaben von {euro(total)} liegen über {euro(limit)}: die Umsatzsteuer ist mitgerechnet, weil nach eigener Angabe "
            "kein Vorsteuerabzug besteht; weisen Sie das nach.",
            (*rechnung.pfad, "vorsteuerabzug"),
        )


def _vat_left_out(rechnung: Rechnung) -> Decimal:
    """Return the VAT on prices that count net; the limit is on cost with VAT."""
    if not rechnung.beteiligter.zieht_vorsteuer_ab:
        return Decimal()
    return sum((z.preis.brutto - z.preis.netto for z in rechnung.zeilen if z.preis is not None), Decimal())


@je_beteiligter()
def umsatzsteuer(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """A body that deducts input VAT bears the net price only."""
    priced = [(zeile, zeile.preis) for zeile in rechnung.zeilen if zeile.preis is not None]
    if not rechnung.beteiligter.zieht_vorsteuer_ab:
        yield entfaellt("Kein Vorsteuerabzug; die Umsatzsteuer ist Teil der Kosten.")
        yield from _assumed(rechnung, priced)
        return
    gross = [(zeile, preis) for zeile, preis in priced if _stated_gross(zeile)]
    for zeile, preis in gross:
        vat = preis.brutto - preis.netto
        yield hinweis(
            f"„{zeile.position.bezeichnung}“ ist brutto angegeben; wegen des Vorsteuerabzugs zählen {euro(preis.netto)}, die "
            f"Umsatzsteuer von {euro(vat)} bleibt außer Ansatz.",
            (*zeile.pfad, "brutto"),
            vat,
        )
    if not priced:
        yield entfaellt("Keine Positionen mit Umsatzsteuer.")
    elif not gross:
        yield erfuellt("Alle Preise sind netto angesetzt.", (*rechnung.pfad, "kosten"))


def _assumed(rechnung: Rechnung, priced: Sequence[tuple[Zeile, Preis]]) -> Iterator[Feststellung]:
    """Name what was taken for granted: that nothing is deducted, and the rate that was added to net prices."""
    vat = sum((preis.brutto - preis.netto for _, preis in priced), Decimal("0.00"))
    if vat and rechnung.beteiligter.vorsteuerabzug is None:
        yield hinweis(
            f"Kein Vorsteuerabzug: das ist angenommen, weil es nicht angegeben ist; deshalb zählen {euro(vat)} Umsatzsteuer mit. "
            f"Geben Sie {feld('vorsteuerabzug')} an.",
            (*rechnung.pfad, "vorsteuerabzug"),
        )
    added = [(zeile, preis) for zeile, preis in priced if _rate_added(zeile) and preis.brutto > preis.netto]
    if added:
        names = einige(f"„{zeile.position.bezeichnung}“" for zeile, _ in added)
        yield hinweis(
            f"{names}: netto angegeben und mit {prozent(added[0][1].ust)} Umsatzsteuer gerechnet; der Satz ist angenommen. Geben Sie "
            f"{feld('ust')} an.",
            added[0][0].pfad,
        )


def _rate_added(zeile: Zeile) -> bool:
    return isinstance(zeile.position, Sachposition) and zeile.position.netto is not None and zeile.position.ust is None


def _stated_gross(zeile: Zeile) -> bool:
    return isinstance(zeile.position, Sachposition) and zeile.position.brutto is not None
