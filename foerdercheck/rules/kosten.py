"""Which kinds of cost count."""

from collections.abc import Iterator
from functools import partial

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.zeilen import FremdeKostenart, Zeile
from foerdercheck.model.befund import Feststellung, erfuellt, offen
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.model.location import feld
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import KOSTENARTEN, KOSTENARTEN_ALS_FREMDLEISTUNG, KOSTENARTEN_UNGEWISS
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, cuts, je_beteiligter


@je_beteiligter(KOSTENARTEN)
def kostenarten(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Only the listed kinds of cost count; a line of any other kind is cut whole."""
    bought_in = fall.fassung.find(KOSTENARTEN_ALS_FREMDLEISTUNG, rechnung.merkmale)
    counted = fall.fassung.of(KOSTENARTEN, rechnung.merkmale).wert
    foreign = cuts(rechnung, partial(_foreign_kind, bought_in), FremdeKostenart)
    yield from foreign
    unsure = fall.fassung.known(KOSTENARTEN_UNGEWISS, rechnung.merkmale)
    uncertain = list(_uncertain_kinds(unsure, rechnung)) if unsure else []
    yield from uncertain
    if foreign or uncertain:
        return
    if not rechnung.zeilen:
        yield offen(f"{KEINE_KOSTEN} Geben Sie die Positionen unter {feld('kosten')} an.", rechnung.pfad)
    else:
        allowed = [kind for kind in counted if not unsure or kind not in unsure.wert]
        yield erfuellt(f"Alle Positionen sind förderfähiger Art ({aufzaehlung(allowed)}).", (*rechnung.pfad, "kosten"))


def _foreign_kind(bought_in: Norm[tuple[str, ...]] | None, zeile: Zeile, cut: FremdeKostenart) -> str:
    kind = zeile.position.kostenart
    hint = " Extern vergeben: als fremdleistung angeben." if bought_in and kind in bought_in.wert else ""
    return (
        f"„{zeile.position.bezeichnung}“: die Kostenart {kind} ist nicht förderfähig, nur {aufzaehlung(cut.erlaubt.wert)}; "
        f"{euro(cut.betrag)} entfallen.{hint}"
    )


def _uncertain_kinds(norm: Norm[tuple[str, ...]], rechnung: Rechnung) -> Iterator[Feststellung]:
    """Point out lines of a kind of which it is not known whether it counts; they are counted until then."""
    for zeile in (zeile for zeile in rechnung.zeilen if zeile.position.kostenart in norm.wert):
        yield offen(
            f"„{zeile.position.bezeichnung}“: ob die Kostenart {zeile.position.kostenart} förderfähig ist, ist hier nicht "
            f"bekannt; {euro(zeile.angesetzt.betrag)} sind vorläufig mitgerechnet. {norm.herkunft.inhalt} Fragen Sie die "
            "Bewilligungsstelle.",
            zeile.pfad,
        )
