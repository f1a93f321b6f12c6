"""Codes of German Länder, countries (ISO 3166-1 alpha-2) and the States whose de-minimis aid has accounts of its own."""

from collections.abc import Mapping, Sequence

BUNDESLAENDER = {
    "BW": "Baden-Württemberg", "BY": "Bayern", "BE": "Berlin", "BB": "Brandenburg", "HB": "Bremen", "HH": "Hamburg",
    "HE": "Hessen", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz", "SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt", "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}  # fmt: skip

MITGLIEDSTAATEN: Mapping[str, Sequence[str]] = {
    "DE": ("Deutschland",), "AT": ("Österreich",), "BE": ("Belgien",), "BG": ("Bulgarien",), "CY": ("Zypern",),
    "CZ": ("Tschechien", "Tschechische Republik"), "DK": ("Dänemark",), "EE": ("Estland",), "ES": ("Spanien",),
    "FI": ("Finnland",), "FR": ("Frankreich",), "GR": ("EL", "Griechenland"), "HR": ("Kroatien",), "HU": ("Ungarn",),
    "IE": ("Irland",), "IT": ("Italien",), "LT": ("Litauen",), "LU": ("Luxemburg",), "LV": ("Lettland",), "MT": ("Malta",),
    "NL": ("Niederlande",), "PL": ("Polen",), "PT": ("Portugal",), "RO": ("Rumänien",), "SE": ("Schweden",),
    "SI": ("Slowenien",), "SK": ("Slowakei", "Slowakische Republik"),
    "NO": ("Norwegen",), "IS": ("Island",), "LI": ("Liechtenstein",), "XI": ("Nordirland",),
}  # fmt: skip
"""The Member States of the EU, those of the EEA beside them and Northern Ireland, each with its other names."""

STAATEN = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW""".split()
)


def land_name(code: str) -> str:
    """Return the name of a Bundesland, or the code itself for anything else."""
    return BUNDESLAENDER.get(code, code)
