"""A de-minimis account as JSON, as `schema/account_results.py` has it."""

from collections.abc import Iterator
from datetime import date

from foerdercheck.deminimis.fenster import tag_und_monat
from foerdercheck.deminimis.frage import Geplant
from foerdercheck.deminimis.freigaben import Freigabe, freigaben
from foerdercheck.deminimis.herleitung import herleitung
from foerdercheck.deminimis.kontostand import GezaehlteBeihilfe, Kontostand
from foerdercheck.deminimis.posten import Ungezaehlt
from foerdercheck.deminimis.register import eintragungen
from foerdercheck.model.location import Path, SourceMap
from foerdercheck.reports.ausfuehrlich import NUR_DAS_KONTO, Ausfuehrlich
from foerdercheck.reports.json_values import day, derivation, money, place
from foerdercheck.schema import account_results


def account_json(
    konto: Kontostand, source: SourceMap | None, mehr: Ausfuehrlich = NUR_DAS_KONTO, *, detailed: bool = True
) -> account_results.KontoJson:
    """Return an account; `detailed` adds its ceilings and the coming days, `mehr` what is asked for beside them."""
    konten, name, frage = konto.grundlage
    last = konten.buch.recht.ends[frage.verordnung]
    entry: account_results.KontoJson = {
        "unternehmen": list(konto.unternehmen),
        "mitgliedstaat": konto.mitgliedstaat,
        "verordnung": konto.verordnung,
        "fenster": {"von": day(konto.fenster[0]), "bis": day(konto.fenster[1])},
        "steuerjahre": [tag_und_monat(beginn) for beginn in konten.steuerjahre(name, frage.stichtag)],
        "hoechstbetrag": money(konto.hoechstbetrag),
        "hoechstbetrag_bis": day(last) if last < date.max else None,
        "im_fenster": money(konto.im_fenster),
        "beantragt": money(konto.beantragt),
        "neue_beihilfe": money(konto.neue_beihilfe),
        "frei": money(konto.frei),
        "geplant": [_geplant(each) for each in konto.geplant],
        "ergebnis": konto.ergebnis,
        "frueheste_gewaehrung": day(konto.frueheste_gewaehrung),
        "beihilfen": [_beihilfe(beihilfe, source) for beihilfe in konto.counted()],
        "nicht_gezaehlt": [_uncounted(award, pfad, source) for award, pfad in konto.ungezaehlt],
    }
    if detailed:
        entry["nicht_im_fenster"] = money(konto.nicht_im_fenster)
        entry["hoechstbetraege"] = [
            {
                "verordnungen": list(fuellung.verordnungen),
                "hoechstbetrag": money(fuellung.hoechstbetrag),
                "im_fenster": money(fuellung.belegt),
                "neu": money(fuellung.neu),
                "bleibt_frei": money(fuellung.bleibt_frei),
                "gesperrt": money(fuellung.gesperrt),
            }
            for fuellung in konto.fuellungen
        ]
        entry["verlauf"] = [{"ab": day(ab), "frei": money(frei)} for ab, frei in konto.verlauf]
    _add_more(entry, konto, source, mehr)
    return entry


def _geplant(geplant: Geplant) -> account_results.GeplantJson:
    planung = geplant.planung
    return {
        "datum": day(planung.tag),
        "betrag": money(planung.betrag),
        "verordnung": planung.verordnung,
        "ergebnis": geplant.ergebnis,
        "frei": money(geplant.frei),
    }


def _add_more(
    entry: account_results.KontoJson, konto: Kontostand, source: SourceMap | None, mehr: Ausfuehrlich
) -> None:
    if mehr.herleitung and source:
        figure = herleitung(*konto.grundlage)
        entry["herleitung"] = figure and derivation(figure, source)
    if mehr.was_geht_noch:
        entry["freigaben"] = [_freigabe(freigabe, source) for freigabe in freigaben(*konto.grundlage)]
    if mehr.frist:
        entry["register"] = list(_register(konto, source))


def _beihilfe(beihilfe: GezaehlteBeihilfe, source: SourceMap | None) -> account_results.BeihilfeJson:
    return {
        "gewaehrt_am": day(beihilfe.gewaehrt_am),
        "unternehmen": beihilfe.unternehmen,
        "zuwendungsgeber": beihilfe.zuwendungsgeber,
        "verordnung": beihilfe.verordnung,
        "subventionswert": money(beihilfe.subventionswert),
        "im_fenster": beihilfe.im_fenster,
        "zaehlt_bis": day(beihilfe.im_fenster_bis),
        "ergebnis_bei_gewaehrung": beihilfe.ergebnis_bei_gewaehrung,
        "ort": place(source.locate(beihilfe.pfad)) if source else None,
    }


def _uncounted(award: Ungezaehlt, pfad: Path, source: SourceMap | None) -> account_results.NichtGezaehltJson:
    return {
        "gewaehrt_am": day(award.tag),
        "unternehmen": award.unternehmen,
        "zuwendungsgeber": award.zuwendungsgeber,
        "verordnung": award.verordnung,
        "subventionswert": money(award.wert),
        "status": award.status,
        "ort": place(source.locate(pfad)) if source else None,
    }


def _freigabe(freigabe: Freigabe, source: SourceMap | None) -> account_results.FreigabeJson:
    return {
        "gewaehrt_am": day(freigabe.gewaehrt_am),
        "unternehmen": freigabe.unternehmen,
        "zuwendungsgeber": freigabe.zuwendungsgeber,
        "subventionswert": money(freigabe.subventionswert),
        "frei_ohne": money(freigabe.frei_ohne),
        "macht_frei": money(freigabe.macht_frei),
        "frueheste_gewaehrung": day(freigabe.frueheste_gewaehrung),
        "ort": place(source.locate(freigabe.pfad)) if source else None,
    }


def _register(konto: Kontostand, source: SourceMap | None) -> Iterator[account_results.RegisterJson]:
    for eintragung in eintragungen(konto):
        frist = eintragung.frist
        yield {
            "gewaehrt_am": day(eintragung.gewaehrt_am),
            "unternehmen": eintragung.unternehmen,
            "zuwendungsgeber": eintragung.zuwendungsgeber,
            "verordnung": eintragung.verordnung,
            "subventionswert": money(eintragung.subventionswert),
            "geplant": eintragung.pfad is None,
            "spaetestens": day(frist.spaetestens) if frist else None,
            "ziffer": frist.ziffer if frist else None,
            "ort": place(source.locate(eintragung.pfad)) if source and eintragung.pfad else None,
        }
