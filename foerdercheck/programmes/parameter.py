"""Every parameter a programme file may set; the type of each is the type rules and calculation receive."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple

from foerdercheck.model.beihilfe import Verordnung
from foerdercheck.model.budget import ALLE_KOSTENARTEN, ARTEN
from foerdercheck.model.deutsch import datum, euro
from foerdercheck.model.felder import Anzahl, Datum, Geld, Jahr, JaNein, Land, Prozent, Stunden, Text, wort
from foerdercheck.model.finanzierung import HERKUENFTE
from foerdercheck.programmes.norm import Parameter


class Zeitraum(NamedTuple):
    """A span of days, both ends included; without `bis` no end is known."""

    von: Datum
    bis: Datum = date.max

    def __str__(self) -> str:
        """As people say it: `01.04.2025 bis 31.12.2029`."""
        return f"ab {datum(self.von)}" if self.bis == date.max else f"{datum(self.von)} bis {datum(self.bis)}"


class Spanne(NamedTuple):
    """A span of amounts (EUR), both ends included."""

    von: Geld
    bis: Geld

    def __str__(self) -> str:
        """As people say it: `10,00 € bis 200,00 €`."""
        return f"{euro(self.von)} bis {euro(self.bis)}"


_Art = Annotated[str, wort(ARTEN, "als Art eines Beteiligten")]
_Kostenart = Annotated[str, wort(ALLE_KOSTENARTEN, "als Kostenart")]
_Herkunft = Annotated[str, wort(HERKUENFTE, "als Herkunft")]
_Zaehlung = Annotated[str, wort(("angefangene", "volle_ab_beginn"), "als Monatszählung")]
_Rundung = Annotated[str, wort(("kaufmaennisch", "ab"), "als Rundung")]
_Folge = Annotated[str, wort(("verletzt", "hinweis"), "als Folge")]
_Antwort = Annotated[str, wort(("ja", "offen"), "als Antwort")]


def _kind(annotation: Any) -> Any:  # noqa: ANN401 - annotations are no types to mypy
    return annotation


_VORHABEN = frozenset(
    "mehrere_beteiligte kooperation_mit_oeffentlichen interkommunal nur_personal foerdergegenstand fonds".split()
)
"""The attributes of a project."""
_BETEILIGTER = _VORHABEN | {"art", "rolle", "sitz", "haushaltsnotlage", "mehrheitlich_kommunal"}
"""Those of a Beteiligter, with the project's."""
_GEBIET = _BETEILIGTER | {"programmgebiet"}
_METHODE = _BETEILIGTER | {"methode"}
_POSITION = _BETEILIGTER | {"kostenart", "phase"}
_AUFTRAG = _VORHABEN | {"leistung"}
_PHASE = _VORHABEN | {"phase"}
_ZIEL = frozenset({"ziel"})
_REGION = frozenset({"region"})
_BEIHILFE = frozenset({"verordnung", "form", "jahre", "neben"})

# time and place
GELTUNGSDAUER: Parameter[Zeitraum] = Parameter("geltungsdauer", Zeitraum)
RICHTLINIE_GILT: Parameter[Zeitraum] = Parameter("richtlinie_gilt", Zeitraum)
SITZ: Parameter[str] = Parameter("sitz", _kind(Land), _BETEILIGTER)
UMSETZUNGSORT: Parameter[str] = Parameter("umsetzungsort", _kind(Land), _VORHABEN)
UMSETZUNGSORT_EINER_GENUEGT: Parameter[bool] = Parameter("umsetzungsort_einer_genuegt", _kind(JaNein), _VORHABEN)
PROGRAMMGEBIETE: Parameter[dict[str, tuple[str, ...]]] = Parameter(
    "programmgebiete", _kind(dict[Text, tuple[Text, ...]])
)
REGIONEN: Parameter[dict[str, tuple[str, ...]]] = Parameter("regionen", _kind(dict[Text, tuple[Text, ...]]))
HOECHSTDAUER_MONATE: Parameter[int] = Parameter("hoechstdauer_monate", _kind(Anzahl), _PHASE)
SPAETESTES_ENDE: Parameter[date] = Parameter("spaetestes_ende", _kind(Datum), _VORHABEN)
VERLAENGERBAR_BIS: Parameter[date] = Parameter("verlaengerbar_bis", _kind(Datum), _VORHABEN)
VERLAENGERUNG_UNGEWISS: Parameter[bool] = Parameter("verlaengerung_ungewiss", _kind(JaNein), _VORHABEN)
ANTRAGSSCHLUSS: Parameter[date] = Parameter("antragsschluss", _kind(Datum))
ANTRAGSSCHLUSS_UNGEWISS_BIS: Parameter[date] = Parameter("antragsschluss_ungewiss_bis", _kind(Datum))
# who and what for
FOERDERZIELE: Parameter[dict[str, str]] = Parameter("foerderziele", _kind(dict[Text, Text]))
ZIELE_DER_REGION: Parameter[tuple[str, ...]] = Parameter("ziele_der_region", _kind(tuple[Text, ...]), _REGION)
ZIELE_HOECHSTENS: Parameter[int] = Parameter("ziele_hoechstens", _kind(Anzahl))
ZIELE_BEVORZUGT_AB: Parameter[int] = Parameter("ziele_bevorzugt_ab", _kind(Anzahl), _VORHABEN)
FOERDERGEGENSTAENDE: Parameter[dict[str, str]] = Parameter("foerdergegenstaende", _kind(dict[Text, Text]))
PHASEN: Parameter[dict[str, str]] = Parameter("phasen", _kind(dict[Text, Text]))
FONDS: Parameter[str] = Parameter("fonds", _kind(Text), _ZIEL)
ANTRAGSBERECHTIGT: Parameter[tuple[str, ...]] = Parameter("antragsberechtigt", _kind(tuple[_Art, ...]), _BETEILIGTER)
ANTRAGSBERECHTIGT_WENN: Parameter[str] = Parameter("antragsberechtigt_wenn", _kind(_Antwort), _BETEILIGTER)
STARTUP_HOECHSTALTER_JAHRE: Parameter[int] = Parameter("startup_hoechstalter_jahre", _kind(Anzahl), _BETEILIGTER)
STARTUP_SONST_WIE: Parameter[str] = Parameter("startup_sonst_wie", _kind(_Art), _BETEILIGTER)
STARTUP_UNGEPRUEFT: Parameter[tuple[str, ...]] = Parameter("startup_ungeprueft", _kind(tuple[Text, ...]), _BETEILIGTER)
KOOPERATION_MIT: Parameter[tuple[str, ...]] = Parameter("kooperation_mit", _kind(tuple[_Art, ...]))
INTERKOMMUNAL_ZWISCHEN: Parameter[tuple[str, ...]] = Parameter("interkommunal_zwischen", _kind(tuple[_Art, ...]))
# cost
KOSTENARTEN: Parameter[tuple[str, ...]] = Parameter("kostenarten", _kind(tuple[_Kostenart, ...]), _BETEILIGTER)
KOSTENARTEN_UNGEWISS: Parameter[tuple[str, ...]] = Parameter(
    "kostenarten_ungewiss", _kind(tuple[_Kostenart, ...]), _BETEILIGTER
)
KOSTENARTEN_ALS_FREMDLEISTUNG: Parameter[tuple[str, ...]] = Parameter(
    "kostenarten_als_fremdleistung", _kind(tuple[_Kostenart, ...]), _BETEILIGTER
)
STUNDENSATZ_UEBLICH: Parameter[Spanne] = Parameter("stundensatz_ueblich", Spanne, _VORHABEN)
EINHEITSKOSTEN: Parameter[dict[str, dict[int, Decimal]]] = Parameter(
    "einheitskosten", _kind(dict[Text, dict[Jahr, Geld]])
)
EINHEITSKOSTEN_ABSCHLAG: Parameter[Decimal] = Parameter("einheitskosten_abschlag", _kind(Prozent), _VORHABEN)
UMSATZSTEUERSATZ: Parameter[Decimal] = Parameter("umsatzsteuersatz", _kind(Prozent), datiert=True)
UMSATZSTEUER_BIS_GESAMTAUSGABEN: Parameter[Decimal] = Parameter(
    "umsatzsteuer_bis_gesamtausgaben", _kind(Geld), _VORHABEN
)
MINDESTAUSGABEN: Parameter[Decimal] = Parameter("mindestausgaben", _kind(Geld), _VORHABEN)
HOECHSTAUSGABEN: Parameter[Decimal] = Parameter("hoechstausgaben", _kind(Geld), _POSITION)
HOECHSTAUSGABEN_DAVON: Parameter[Decimal] = Parameter("hoechstausgaben_davon", _kind(Geld), _POSITION)
HOECHSTAUSGABEN_DAVON_UNGEWISS: Parameter[Decimal] = Parameter("hoechstausgaben_davon_ungewiss", _kind(Geld), _POSITION)
HOECHSTAUSGABEN_UNGEWISS: Parameter[Decimal] = Parameter("hoechstausgaben_ungewiss", _kind(Geld), _POSITION)
HOECHSTSTUNDEN_JE_JAHR: Parameter[Decimal] = Parameter("hoechststunden_je_jahr", _kind(Stunden), _VORHABEN)
MONATSZAEHLUNG: Parameter[Literal["angefangene", "volle_ab_beginn"]] = Parameter(
    "monatszaehlung", _kind(_Zaehlung), _VORHABEN
)
"""Which months a project has that is paid by the month; where it is not said, those that are whole from its first day on."""
RUNDUNG_POSITIONEN: Parameter[Literal["kaufmaennisch", "ab"]] = Parameter("rundung_positionen", _kind(_Rundung))
METHODEN = {"personal": "Pauschale auf Personalkosten", "direkt": "Pauschale auf bereinigte direkte Kosten"}
"""The methods of overhead and what they mean, in the order in which a tie is decided."""
GEMEINKOSTENSATZ: Parameter[Decimal] = Parameter("gemeinkostensatz", _kind(Prozent), _METHODE)
GEMEINKOSTENSATZ_ANGABE_HOECHSTENS: Parameter[Decimal] = Parameter(
    "gemeinkostensatz_angabe_hoechstens", _kind(Prozent), _METHODE
)
GEMEINKOSTENSATZ_ANGABE_OHNE_WEITERES: Parameter[Decimal] = Parameter(
    "gemeinkostensatz_angabe_ohne_weiteres", _kind(Prozent), _METHODE
)
GEMEINKOSTEN_OHNE: Parameter[tuple[str, ...]] = Parameter(
    "gemeinkosten_ohne", _kind(tuple[_Kostenart, ...]), _BETEILIGTER
)
INVESTITIONSSCHWERPUNKT_UEBER: Parameter[Decimal] = Parameter(
    "investitionsschwerpunkt_ueber", _kind(Prozent), _VORHABEN
)
# grant and financing
FOERDERSATZ: Parameter[Decimal] = Parameter("foerdersatz", _kind(Prozent), _GEBIET)
ZUWENDUNG_JE_JAHR_HOECHSTENS: Parameter[Decimal] = Parameter("zuwendung_je_jahr_hoechstens", _kind(Geld), _GEBIET)
ZUWENDUNG_UMFASST: Parameter[tuple[str, ...]] = Parameter("zuwendung_umfasst", _kind(tuple[_Herkunft, ...]))
BEIHILFEHOECHSTSAETZE_GEHEN_VOR: Parameter[bool] = Parameter(
    "beihilfehoechstsaetze_gehen_vor", _kind(JaNein), _BETEILIGTER
)
GEBIETSANTEILE_VORAB_MIT: Parameter[str] = Parameter("gebietsanteile_vorab_mit", _kind(Text))
AUSGESCHLOSSENE_MITTEL: Parameter[tuple[str, ...]] = Parameter(
    "ausgeschlossene_mittel", _kind(tuple[Text, ...]), _BETEILIGTER
)
RUNDUNG_ZUWENDUNG: Parameter[Literal["kaufmaennisch", "ab"]] = Parameter("rundung_zuwendung", _kind(_Rundung))
KUMULIERUNG_UEBER_AUSGABEN: Parameter[str] = Parameter("kumulierung_ueber_ausgaben", _kind(_Folge), _BETEILIGTER)
FINANZIERUNGSLUECKE_AB: Parameter[Decimal] = Parameter("finanzierungsluecke_ab", _kind(Geld), _BETEILIGTER)
# procurement
ANGEBOTE_BEI_ZUWENDUNG_UEBER: Parameter[Decimal] = Parameter("angebote_bei_zuwendung_ueber", _kind(Geld), _VORHABEN)
ANGEBOTE_AB_AUFTRAGSWERT: Parameter[Decimal] = Parameter("angebote_ab_auftragswert", _kind(Geld), _AUFTRAG)
KOSTENARTEN_OHNE_AUFTRAG: Parameter[tuple[str, ...]] = Parameter(
    "kostenarten_ohne_auftrag", _kind(tuple[_Kostenart, ...]), _VORHABEN
)
VERGABEGRUNDSATZ: Parameter[str] = Parameter("vergabegrundsatz", _kind(Text), _VORHABEN)
ANGEBOTE_MINDESTENS: Parameter[int] = Parameter("angebote_mindestens", _kind(Anzahl), _VORHABEN)
VERGABERECHT_FUER: Parameter[tuple[str, ...]] = Parameter("vergaberecht_fuer", _kind(tuple[_Art, ...]), _VORHABEN)
VERGABEVORSCHRIFTEN: Parameter[str] = Parameter("vergabevorschriften", _kind(Text), _VORHABEN)
OBERSCHWELLENRECHT: Parameter[str] = Parameter("oberschwellenrecht", _kind(Text), _VORHABEN)
WERTGRENZEN: Parameter[dict[str, Decimal]] = Parameter("wertgrenzen", _kind(dict[Text, Geld]), _AUFTRAG, datiert=True)
VERFAHREN_UEBER_WERTGRENZEN: Parameter[str] = Parameter("verfahren_ueber_wertgrenzen", _kind(Text), _VORHABEN)
EU_SCHWELLENWERT: Parameter[Decimal] = Parameter("eu_schwellenwert", _kind(Geld), _AUFTRAG, datiert=True)
# after the grant
AUFLAGEN: Parameter[tuple[str, ...]] = Parameter("auflagen", _kind(tuple[Text, ...]), _VORHABEN)
OPEN_ACCESS_FUER: Parameter[tuple[str, ...]] = Parameter("open_access_fuer", _kind(tuple[_Art, ...]), _VORHABEN)
OPEN_ACCESS_MONATE: Parameter[int] = Parameter("open_access_monate", _kind(Anzahl), _VORHABEN)
OPEN_ACCESS_DATEN_MONATE: Parameter[int] = Parameter("open_access_daten_monate", _kind(Anzahl), _VORHABEN)
# de-minimis
VERORDNUNGEN: Parameter[dict[str, tuple[str, ...]]] = Parameter("verordnungen", _kind(dict[Text, tuple[Text, ...]]))
VERORDNUNG_OHNE_ANGABE: Parameter[str] = Parameter("verordnung_ohne_angabe", _kind(Verordnung))
DEMINIMIS_VERORDNUNG: Parameter[str] = Parameter("deminimis_verordnung", _kind(Verordnung), _BETEILIGTER)
HOECHSTBETRAG: Parameter[Decimal] = Parameter("hoechstbetrag", _kind(Geld), _BEIHILFE, datiert=True)
HOECHSTBETRAG_ZUSAMMEN: Parameter[Decimal] = Parameter("hoechstbetrag_zusammen", _kind(Geld), _BEIHILFE)
HOECHSTBETRAG_NEBEN: Parameter[Decimal] = Parameter("hoechstbetrag_neben", _kind(Geld), _BEIHILFE, datiert=True)
HOECHSTBETRAG_NEBEN_UNGEWISS: Parameter[Decimal] = Parameter(
    "hoechstbetrag_neben_ungewiss", _kind(Geld), _BEIHILFE, datiert=True
)
STEUERJAHRE: Parameter[bool] = Parameter("steuerjahre", _kind(JaNein), _BEIHILFE, datiert=True)
STEUERJAHRE_UNGEWISS: Parameter[bool] = Parameter("steuerjahre_ungewiss", _kind(JaNein), _BEIHILFE, datiert=True)
ZAEHLT_ALS: Parameter[str] = Parameter("zaehlt_als", _kind(Verordnung), _BEIHILFE)
ZEITRAUM_JAHRE: Parameter[int] = Parameter("zeitraum_jahre", _kind(Anzahl))
NEUE_BEIHILFE_UNTEILBAR: Parameter[bool] = Parameter("neue_beihilfe_unteilbar", _kind(JaNein), _BEIHILFE)
AUSGENOMMENE_NACE: Parameter[tuple[str, ...]] = Parameter("ausgenommene_nace", _kind(tuple[Text, ...]), _BEIHILFE)
AUSGENOMMENE_NACE_UNGEWISS: Parameter[tuple[str, ...]] = Parameter(
    "ausgenommene_nace_ungewiss", _kind(tuple[Text, ...]), _BEIHILFE
)
GILT_FUER_GEWAEHRUNG_AB: Parameter[date] = Parameter("gilt_fuer_gewaehrung_ab", _kind(Datum), _BEIHILFE)
PAUSCHALVERFAHREN_HOECHSTBETRAG: Parameter[Decimal] = Parameter(
    "pauschalverfahren_hoechstbetrag", _kind(Geld), _BEIHILFE, datiert=True
)
PAUSCHALVERFAHREN_BESICHERUNG_MINDESTENS: Parameter[Decimal] = Parameter(
    "pauschalverfahren_besicherung_mindestens", _kind(Prozent)
)
REGISTEREINTRAG_ARBEITSTAGE: Parameter[int] = Parameter(
    "registereintrag_arbeitstage", _kind(Anzahl), _BEIHILFE, datiert=True
)
ERKLAERUNG_VERLANGT: Parameter[bool] = Parameter("erklaerung_verlangt", _kind(JaNein), _BEIHILFE)
PAUSCHALVERFAHREN_QUOTE_HOECHSTENS: Parameter[Decimal] = Parameter("pauschalverfahren_quote_hoechstens", _kind(Prozent))
NENNWERT_ZAEHLT: Parameter[bool] = Parameter("nennwert_zaehlt", _kind(JaNein), _BEIHILFE)

PARAMETER: dict[str, Parameter[Any]] = {
    parameter.name: parameter for parameter in list(globals().values()) if isinstance(parameter, Parameter)
}
