"""Where: the programme area that decides the rate, the region that must have been recognised, the goals it has chosen."""

from collections.abc import Iterator, Mapping, Sequence

from foerdercheck.model.befund import Feststellung, erfuellt, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, prozent
from foerdercheck.model.location import feld
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import (
    FOERDERZIELE,
    PROGRAMMGEBIETE,
    REGIONEN,
    ZIELE_DER_REGION,
    ZIELE_HOECHSTENS,
)
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_vorhaben

_WHERE = ("vorhaben", "landkreise")


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
            f"die vorab mit der Behörde vereinbart sind: bei {feld('landkreise')} hinter jedem Landkreis.",
            _WHERE,
        )
    else:
        yield offen(
            f"Angabe fehlt: In welchen Landkreisen wird das Vorhaben durchgeführt ({feld('landkreise')})? Gerechnet wird mit dem "
            "niedrigsten Satz.",
            _WHERE,
        )


@je_vorhaben(REGIONEN)
def region(fall: Sachverhalt) -> Aussagen:
    """All districts of the project belong to one recognised region; a district may belong to several."""
    named = list(fall.vorhaben.landkreise)
    if not named:
        yield offen(f"Ohne {feld('landkreise')} lässt sich keine anerkannte Region zuordnen: geben Sie sie an.", _WHERE)
        return
    regions = fall.fassung[REGIONEN].wert
    whole = [region for region, members in regions.items() if set(named) <= set(members)]
    outside = [name for name in named if not any(name in members for members in regions.values())]
    if whole:
        yield erfuellt(f"Anerkannte Region: {aufzaehlung(whole, 'oder')}.", _WHERE)
    elif outside:
        yield offen(
            f"{aufzaehlung(outside)}: keine anerkannte Region mit diesem Mitglied ist hier bekannt; prüfen Sie "
            f"{feld('landkreise')}, oder "
            "klären "
            "Sie die Zuordnung mit der Bewilligungsstelle.",
            _WHERE,
        )
    else:
        yield hinweis(
            f"{aufzaehlung(named)} gehören zu keiner gemeinsamen Region; regionsübergreifende Vorhaben sind mit allen "
            "Regionen abzustimmen.",
            _WHERE,
        )


_Gewaehlt = Mapping[str, Norm[tuple[str, ...]] | None]
"""Region → the goals it has chosen, None where they are not known."""


@je_vorhaben(FOERDERZIELE, REGIONEN, ZIELE_DER_REGION, ZIELE_HOECHSTENS)
def handlungsfeld(fall: Sachverhalt) -> Aussagen:
    """Every goal named has been chosen by a region of every district; more goals than a region may choose need an answer.

    What regions have chosen is known from their pages only, so a goal that is not among them is open, not violated.
    """
    known, ziele = fall.fassung[FOERDERZIELE].wert, tuple(dict.fromkeys(fall.vorhaben.ziele))
    where = ("vorhaben", "ziele")
    if not ziele:
        yield offen(
            f"Kein Förderziel genannt: geben Sie unter {feld('ziele')} mindestens eines an ({', '.join(known)}).", where
        )
        return
    chosen = _chosen(fall)
    findings = [*_too_many(fall, ziele), *_not_chosen(chosen, ziele, known)]
    if not chosen:
        yield offen(
            f"Welche Ziele gefördert werden, hängt von der Region ab: geben Sie {feld('landkreise')} an.", _WHERE
        )
    elif findings:
        yield from findings
    else:
        named = "; ".join(known[ziel] for ziel in ziele)
        doubt = next((norm.auslegung for norm in _deciding(chosen, ziele) if norm.auslegung), None)
        yield erfuellt(f"Förderziel: {named}, gewählt von {aufzaehlung(_regions(chosen, ziele))}.", where, doubt)


def _chosen(fall: Sachverhalt) -> list[_Gewaehlt]:
    """Return for every district named what its regions have chosen; districts of the same regions only once."""
    regions = fall.fassung[REGIONEN].wert
    of_districts = (
        {
            region: fall.fassung.find(ZIELE_DER_REGION, {"region": region})
            for region, members in regions.items()
            if district in members
        }
        for district in fall.vorhaben.landkreise
    )
    return list({tuple(of_district): of_district for of_district in of_districts}.values())


def _too_many(fall: Sachverhalt, ziele: Sequence[str]) -> Iterator[Feststellung]:
    most = fall.fassung[ZIELE_HOECHSTENS].wert
    if len(ziele) > most:
        yield offen(
            f"{len(ziele)} Ziele sind mehr als die {most}, die eine Region höchstens wählt: klären Sie mit ihr, unter welchem das "
            f"Vorhaben gefördert werden soll, und geben Sie nur diese unter {feld('ziele')} an.",
            ("vorhaben", "ziele"),
        )


def _not_chosen(chosen: Sequence[_Gewaehlt], ziele: Sequence[str], known: Mapping[str, str]) -> Iterator[Feststellung]:
    where = ("vorhaben", "ziele")
    for regions in chosen:
        missing = [known[ziel] for ziel in ziele if not _norms(regions, ziel)]
        unknown = [region for region, norm in regions.items() if norm is None]
        if missing and (unknown or not regions):
            whose = aufzaehlung(unknown) if unknown else "die Region des Vorhabens"
            yield offen(
                f"Welche Ziele {whose} gewählt hat, ist hier nicht bekannt: lassen Sie sich von ihr bestätigen, dass dazugehört: "
                f"{'; '.join(missing)} ({feld('ziele')}).",
                where,
            )
        elif missing:
            of_regions = aufzaehlung(f"{region} ({', '.join(norm.wert)})" for region, norm in regions.items() if norm)
            yield offen(
                f"{'; '.join(missing)}: nicht unter den Zielen, die hier von der Region bekannt sind: {of_regions}. Gefördert wird "
                f"nur, was die Region gewählt hat; prüfen Sie {feld('ziele')}, oder lassen Sie es sich von ihr bestätigen.",
                where,
            )


def _norms(regions: _Gewaehlt, ziel: str) -> list[Norm[tuple[str, ...]]]:
    """Return what says that one of the regions has chosen a goal, the best known first."""
    found = [norm for norm in regions.values() if norm is not None and ziel in norm.wert]
    return sorted(found, key=lambda norm: norm.auslegung is not None)


def _deciding(chosen: Sequence[_Gewaehlt], ziele: Sequence[str]) -> Iterator[Norm[tuple[str, ...]]]:
    yield from (_norms(regions, ziel)[0] for regions in chosen for ziel in ziele)


def _regions(chosen: Sequence[_Gewaehlt], ziele: Sequence[str]) -> list[str]:
    return list(
        dict.fromkeys(
            region
            for regions in chosen
            for region, norm in regions.items()
            if norm and any(ziel in norm.wert for ziel in ziele)
        )
    )
