"""The large tables of Lower Saxony: every figure and every name, typed here once more from the decree and the pages."""

from decimal import Decimal

import pytest
from rechtsfaelle import FASSUNGEN, assess, grundfall, merge

from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import EINHEITSKOSTEN, FOERDERZIELE, PROGRAMMGEBIETE, REGIONEN, ZIELE_DER_REGION

# RdErl. d. MB v. 13.7.2022, Abschnitt 3.1: EUR a month of a full post, 2022 to 2029
SAETZE = """
1a    426   435   445   455   466   476   487   498
1b   1000  1022  1045  1069  1093  1118  1144  1170
2    3763  3849  3936  4026  4117  4210  4306  4404
3    4324  4422  4522  4625  4730  4838  4947  5060
4    4938  5050  5165  5282  5402  5525  5650  5778
5    5670  5798  5930  6065  6202  6343  6487  6634
6    6492  6640  6790  6944  7102  7263  7428  7597
7    7957  8138  8322  8511  8705  8902  9104  9311
"""
TABELLE = {
    stufe: {year: Decimal(satz) for year, satz in enumerate(saetze, 2022)}
    for stufe, *saetze in map(str.split, SAETZE.strip().splitlines())
}
# the eleven Landkreise of the former Amtsbezirk Lüneburg; every other Landkreis and kreisfreie Stadt
GEBIETE = {
    "Übergangsregion": "Celle, Cuxhaven, Harburg, Heidekreis, Lüchow-Dannenberg, Lüneburg, Osterholz, Rotenburg (Wümme), "
    "Stade, Uelzen, Verden",
    "stärker entwickelte Region": "Ammerland, Aurich, Cloppenburg, Diepholz, Emsland, Friesland, Gifhorn, Goslar, Göttingen, "
    "Grafschaft Bentheim, Hameln-Pyrmont, Helmstedt, Hildesheim, Holzminden, Leer, Nienburg/Weser, Northeim, Oldenburg, "
    "Osnabrück, Peine, Region Hannover, Schaumburg, Vechta, Wesermarsch, Wittmund, Wolfenbüttel, "
    "Braunschweig, Delmenhorst, Emden, Salzgitter, Stadt Oldenburg, Stadt Osnabrück, Wilhelmshaven, Wolfsburg",
}
SAETZE_DER_GEBIETE = {
    "zr-ni": {"Übergangsregion": "0.6", "stärker entwickelte Region": "0.4"},
    "zr-ni-rm": {"Übergangsregion": "0.9", "stärker entwickelte Region": "0.7"},
}
# pages of the Ministry, of the Ämter für regionale Landesentwicklung and of the regions
MITGLIEDER = {
    "Elbtalaue-Heide-Wendland": "Lüchow-Dannenberg, Lüneburg",
    "Ems-Vechte": "Emsland, Grafschaft Bentheim",
    "Hannover-Hildesheim": "Region Hannover, Hildesheim",
    "HeiDefinition": "Celle, Heidekreis, Uelzen",
    "JadeBay": "Friesland, Wesermarsch, Wittmund, Wilhelmshaven",
    "Mitte Niedersachsen": "Diepholz, Nienburg/Weser, Verden",
    "Moorregion Elbe-Weser": "Cuxhaven, Osterholz, Rotenburg (Wümme), Stade",
    "Ostfriesland": "Aurich, Leer, Wittmund, Emden",
    "StadtLandZukunft OS": "Osnabrück, Stadt Osnabrück",
    "Süderelbe": "Harburg, Lüneburg, Stade",
    "Südniedersachsen": "Göttingen, Goslar, Holzminden, Northeim",
    "SüdOstNiedersachsen": "Braunschweig, Gifhorn, Goslar, Helmstedt, Peine, Salzgitter, Wolfenbüttel, Wolfsburg",
    "Weserberglandplus": "Hameln-Pyrmont, Holzminden, Nienburg/Weser, Schaumburg",
    "Zukunftsregion4Klima": "Ammerland, Cloppenburg, Oldenburg, Vechta",
}
# the goals the regions have chosen, by their pages
GEWAEHLT = {
    "Elbtalaue-Heide-Wendland": "biodiversitaet, kultur",
    "Ems-Vechte": "innovation, arbeit",
    "Hannover-Hildesheim": "innovation, kultur",
    "HeiDefinition": "innovation, arbeit",
    "JadeBay": "innovation, arbeit",
    "Mitte Niedersachsen": "innovation, klima",
    "Moorregion Elbe-Weser": "biodiversitaet, kultur",
    "Ostfriesland": "innovation, kultur",
    "Süderelbe": "innovation",
    "Südniedersachsen": "innovation, arbeit",
    "SüdOstNiedersachsen": "innovation, klima",
    "Weserberglandplus": "innovation, klima",
}
UNBEKANNT = {"StadtLandZukunft OS", "Zukunftsregion4Klima"}
NIEDERSACHSEN = [fassung for fassung in FASSUNGEN if fassung.all(REGIONEN)]


def ids(fassung: Fassung) -> str:
    return f"{fassung.programm} {fassung.gilt.von}"


def assess_with(fassung: Fassung, over: dict) -> object:
    return assess(merge(grundfall(fassung.programm).budget, over), fassung=fassung)


def said(found, pruefung: str) -> str:
    """What a rule found, without the remark on how it is known."""
    (regel,) = [regel.id for regel in found.fassung.regeln if regel.pruefung == pruefung]
    (text,) = [befund.text for befund in found.befunde if befund.regel == regel]
    return text.partition(" [")[0]


def test_the_tables_are_complete():
    assert {(len(saetze), min(saetze), max(saetze)) for saetze in TABELLE.values()} == {(8, 2022, 2029)}
    assert [len(names.split(", ")) for names in GEBIETE.values()] == [11, 26 + 8]
    assert len(MITGLIEDER) == 14
    assert {fassung.programm for fassung in NIEDERSACHSEN} == SAETZE_DER_GEBIETE.keys()


@pytest.mark.parametrize("fassung", NIEDERSACHSEN, ids=ids)
def test_every_figure_and_name_is_as_published(fassung):
    assert fassung[EINHEITSKOSTEN].wert == TABELLE
    areas = fassung[PROGRAMMGEBIETE].wert
    assert {area: sorted(names) for area, names in areas.items()} == {
        area: sorted(names.split(", ")) for area, names in GEBIETE.items()
    }
    assert {region: ", ".join(members) for region, members in fassung[REGIONEN].wert.items()} == MITGLIEDER


@pytest.mark.parametrize("fassung", NIEDERSACHSEN, ids=ids)
def test_a_month_of_a_full_post_costs_the_rate_of_its_level_and_year(fassung):
    lines = [
        {
            "kostenart": "personal",
            "bezeichnung": f"{stufe} {year}",
            "stufe": stufe,
            "von": f"{year}-01",
            "bis": f"{year}-01",
        }
        for stufe, saetze in TABELLE.items()
        for year in saetze
    ]
    time = {"beginn": "2022-01-01", "ende": "2029-12-31"}
    (rechnung,) = assess_with(fassung, {"vorhaben": time, "antragsteller": {"kosten": lines}}).rechnungen
    assert [zeile.zuwendungsfaehig.betrag for zeile in rechnung.zeilen] == [
        satz for saetze in TABELLE.values() for satz in saetze.values()
    ]


@pytest.mark.parametrize("fassung", NIEDERSACHSEN, ids=ids)
def test_every_district_has_the_rate_of_its_area(fassung):
    for area, names in GEBIETE.items():
        for name in names.split(", "):
            found = assess_with(fassung, {"vorhaben": {"landkreise": [name]}})
            (rechnung,) = found.rechnungen
            assert said(found, "programmgebiet") == f"Programmgebiet: {area} (100 %).", name
            assert str(rechnung.foerdersatz.wert) == SAETZE_DER_GEBIETE[fassung.programm][area], name


@pytest.mark.parametrize("fassung", NIEDERSACHSEN, ids=ids)
def test_every_region_is_known_by_its_members(fassung):
    for region, members in MITGLIEDER.items():
        found = assess_with(fassung, {"vorhaben": {"landkreise": members.split(", ")}})
        assert said(found, "region") == f"Anerkannte Region: {region}."


MIT_ZIELEN = [fassung for fassung in NIEDERSACHSEN if fassung.all(ZIELE_DER_REGION)]


@pytest.mark.parametrize("fassung", MIT_ZIELEN, ids=ids)
def test_every_region_has_the_goals_of_its_page(fassung):
    chosen = {region: ", ".join(norm.wert) for norm in fassung.all(ZIELE_DER_REGION) for region in norm.wenn["region"]}
    assert chosen == GEWAEHLT
    assert GEWAEHLT.keys() | UNBEKANNT == MITGLIEDER.keys()
    doubtful = [region for norm in fassung.all(ZIELE_DER_REGION) if norm.auslegung for region in norm.wenn["region"]]
    assert doubtful == ["Ostfriesland"]
    assert all(norm.herkunft.fundstelle.startswith("https://") for norm in fassung.all(ZIELE_DER_REGION))


@pytest.mark.parametrize("fassung", MIT_ZIELEN, ids=ids)
def test_every_district_has_the_goals_of_all_its_regions(fassung):
    regel = next(regel.id for regel in fassung.regeln if regel.pruefung == "handlungsfeld")
    for district in {name for members in MITGLIEDER.values() for name in members.split(", ")}:
        regions = [region for region, members in MITGLIEDER.items() if district in members.split(", ")]
        goals = {goal for region in regions for goal in GEWAEHLT.get(region, "").split(", ")}
        for goal in fassung[FOERDERZIELE].wert:
            found = assess_with(fassung, {"vorhaben": {"landkreise": [district], "ziele": [goal]}})
            status = [befund.status for befund in found.befunde if befund.regel == regel]
            assert status == ["erfuellt" if goal in goals else "offen"], (district, goal)
