"""Where: the programme area that decides the rate, and the region that must have been recognised."""

from foerdercheck.model.befund import erfuellt, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, prozent
from foerdercheck.programmes.parameter import PROGRAMMGEBIETE, REGIONEN
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_vorhaben

_WHERE = ("vorhaben", "landkreise")
_SCHREIBWEISE = "landkreise: {Landkreis: 60 %, …}"


@je_vorhaben(PROGRAMMGEBIETE)
def programmgebiet(fall: Sachverhalt) -> Aussagen:
    """The area of the project is known; a project in two areas states the share of each."""
    shares = fall.lage.anteile
    if not fall.lage.gebiet_offen:
        areas = [f"{area} ({prozent(share)})" for area, share in shares.items() if share is not None]
        yield erfuellt(f"Programmgebiet: {aufzaehlung(areas)}.", _WHERE)
    elif fall.vorhaben.landkreise:
        yield offen(
            f"Das Vorhaben liegt in {aufzaehlung(shares)}; gerechnet wird mit dem niedrigsten Satz. Geben Sie die Anteile an, "
            f"die vorab mit der Behörde vereinbart sind ({_SCHREIBWEISE}).",
            _WHERE,
        )
    else:
        yield offen(
            "Angabe fehlt: In welchen Landkreisen wird das Vorhaben durchgeführt (landkreise)? Gerechnet wird mit dem "
            "niedrigsten Satz.",
            _WHERE,
        )


@je_vorhaben(REGIONEN)
def region(fall: Sachverhalt) -> Aussagen:
    """All districts of the project belong to one recognised region; a district may belong to several."""
    named = list(fall.vorhaben.landkreise)
    if not named:
        yield offen("Ohne landkreise lässt sich keine anerkannte Region zuordnen.", _WHERE)
        return
    regions = fall.fassung[REGIONEN].wert
    whole = [region for region, members in regions.items() if set(named) <= set(members)]
    outside = [name for name in named if not any(name in members for members in regions.values())]
    if whole:
        yield erfuellt(f"Anerkannte Region: {aufzaehlung(whole, 'oder')}.", _WHERE)
    elif outside:
        yield offen(
            f"{aufzaehlung(outside)}: keine anerkannte Region mit diesem Mitglied ist hier bekannt; klären Sie die Zuordnung.",
            _WHERE,
        )
    else:
        yield hinweis(
            f"{aufzaehlung(named)} gehören zu keiner gemeinsamen Region; regionsübergreifende Vorhaben sind mit allen "
            "Regionen abzustimmen.",
            _WHERE,
        )
