"""The de-minimis accounts of a budget: each undertaking's history, with its grant as the planned award."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from foerdercheck.assessment.submission import Aktenstueck, Submission
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.deminimis.historie import Ledger, build_ledger
from foerdercheck.deminimis.kontostand import Frage, Kontostand
from foerdercheck.deminimis.recht import Recht, load_recht
from foerdercheck.model.befund import Feststellung, hinweis
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.model.location import InputError, Path, Problem, placed
from foerdercheck.model.scalars import fold, suggestion
from foerdercheck.programmes.parameter import DEMINIMIS_VERORDNUNG


@cache
def _recht() -> Recht:
    return load_recht()


def konten(submission: Submission, rechnungen: Sequence[Rechnung], stichtag: date) -> dict[Path, Kontostand | None]:
    """Return the de-minimis accounts, the grant being the planned award; raises InputError for values that are missing."""
    accounts: dict[Path, Kontostand | None] = {}
    undertakings = {fold(r.name): r for r in rechnungen if r.beteiligter.ist_unternehmen}
    problems: list[Problem] = []
    for berechnet in rechnungen:
        stueck = submission.historien.get(berechnet.pfad)
        accounts[berechnet.pfad] = None
        norm = submission.fassung.find(DEMINIMIS_VERORDNUNG, berechnet.merkmale)
        if norm is not None and stueck is not None and berechnet.beteiligter.ist_unternehmen:
            frage = Frage(verordnung=norm.wert, stichtag=stichtag, betrag=berechnet.zuwendung.betrag)
            ledger, found = _ledger(stueck, berechnet, stichtag)
            problems += found
            if not found:
                accounts[berechnet.pfad] = _konto(stueck, ledger, berechnet, undertakings, frage)
    if problems:
        raise InputError(placed(problems, submission.source), submission.source)
    return accounts


def _ledger(
    stueck: Aktenstueck, berechnet: Rechnung, stichtag: date, also: Iterable[str] = ()
) -> tuple[Ledger, list[Problem]]:
    """Return the ledger of a Beteiligter, its group being one undertaking; `also` names others to count as such."""
    names = (berechnet.name, *berechnet.beteiligter.unternehmensverbund, *also)
    return build_ledger(stueck.historie, _recht(), stichtag, stueck.fundort, names)


def _konto(
    stueck: Aktenstueck, ledger: Ledger, berechnet: Rechnung, undertakings: Mapping[str, Rechnung], frage: Frage
) -> Kontostand:
    """Return the account of a Beteiligter; grants to others of the same single undertaking count with its own."""
    head = fold(berechnet.name)
    stand = Kontostand(ledger, head, frage, _recht())
    said = [hinweis(f"{remark.text} ({remark.ort})", (*berechnet.pfad, "deminimis")) for remark in stueck.hinweise]
    together = [undertakings[name] for name in map(fold, stand.unternehmen) if name in undertakings]
    if len(together) > 1:
        betrag = sum((r.zuwendung.betrag for r in together), Decimal("0.00"))
        names = aufzaehlung(r.name for r in together)
        text = f"{names} sind ein einziges Unternehmen; ihre Zuwendungen zählen zusammen ({euro(betrag)})."
        said.append(hinweis(text, berechnet.pfad))
        frage = frage._replace(betrag=betrag)
        stand = Kontostand(ledger, head, frage, _recht())
    said += _strangers(stueck, stand, berechnet, undertakings, frage)
    return Kontostand(ledger, head, frage, _recht(), tuple(said)) if said else stand


def _strangers(
    stueck: Aktenstueck, stand: Kontostand, berechnet: Rechnung, undertakings: Mapping[str, Rechnung], frage: Frage
) -> Iterator[Feststellung]:
    """Say whose aid of the history does not count; open where a name looks misspelt and would change the verdict."""
    known = {fold(name) for name in stand.unternehmen} | undertakings.keys()
    known |= {fold(name) for link in stueck.historie.verbund for name in (link.unternehmen, link.verbunden_mit)}
    named = dict.fromkeys(award.unternehmen for award in stueck.historie.beihilfen if award.unternehmen is not None)
    strangers = [name for name in named if fold(name) not in known]
    if not strangers:
        return
    wider = Kontostand(_ledger(stueck, berechnet, frage.stichtag, strangers)[0], fold(berechnet.name), frage, _recht())
    text = (
        f"Nicht mitgezählt sind die Beihilfen von {aufzaehlung(strangers)}, denn diese Namen gehören nicht zu {berechnet.name}. "
        f"Ist einer falsch geschrieben oder verbunden, nennen Sie ihn unter unternehmensverbund; frei wären dann "
        f"{euro(wider.frei or Decimal())}."
    )
    misspelt = any(suggestion(name, stand.unternehmen) for name in strangers)
    decides = misspelt and wider.ergebnis != stand.ergebnis
    yield Feststellung("offen" if decides else "hinweis", text, None, (*berechnet.pfad, "deminimis"))
