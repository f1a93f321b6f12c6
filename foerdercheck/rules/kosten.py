"""Which kinds of cost count."""

from collections.abc import Iterator

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.zeilen import FremdeKostenart, Zeile
from foerdercheck.model.befund import Feststellung, erfuellt, offen
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.programmes.parameter import KOSTENARTEN, KOSTENARTEN_UNGEWISS
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, cuts, je_beteiligter


@je_beteiligter(KOSTENARTEN)
def kostenarten(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Only the listed kinds of cost count; a line of any other kind is cut whole."""
    findings = [*cuts(rechnung, _foreign_kind, FremdeKostenart), *_uncertain_kinds(fall, rechnung)]
    if findings:
        yield from findings
    elif not rechnung.zeilen:
        yield offen(KEINE_KOSTEN, rechnung.pfad)
    else:
        unsure = fall.fassung.find(KOSTENARTEN_UNGEWISS)
        allowed = [kind for kind in fall.fassung[KOSTENARTEN].wert if not unsure or kind not in unsure.wert]
        yield erfuellt(f"Alle Positionen sind förderfähiger Art ({aufzaehlung(allowed)}).", (*rechnung.pfad, "kosten"))


def _foreign_kind(zeile: Zeile, cut: FremdeKostenart) -> str:
    return (
        f"„{zeile.position.bezeichnung}“: die Kostenart {zeile.position.kostenart} ist nicht förderfähig, nur "
        f"{aufzaehlung(cut.erlaubt.wert)}; {euro(cut.betrag)} entfallen."
    )


def _uncertain_kinds(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    """Point out lines of a kind of which it is not known whether it counts; they are counted until then."""
    norm = fall.fassung.find(KOSTENARTEN_UNGEWISS)
    if norm is None:
        return
    for zeile in (zeile for zeile in rechnung.zeilen if zeile.position.kostenart in norm.wert):
        yield offen(
            f"„{zeile.position.bezeichnung}“: ob die Kostenart {zeile.position.kostenart} förderfähig ist, ist hier nicht "
            f"bekannt; {euro(zeile.angesetzt.betrag)} sind vorläufig mitgerechnet. {norm.herkunft.inhalt}",
            zeile.pfad,
        )
