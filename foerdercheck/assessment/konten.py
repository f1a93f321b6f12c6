"""The de-minimis accounts of a budget: each undertaking's history, with its grant as the planned award."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from foerdercheck.assessment.submission import Submission
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontenbuch import Kontenbuch, open_kontenbuch
from foerdercheck.deminimis.kontostand import Kontostand, kontostand
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.befund import Feststellung, hinweis
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.model.location import InputError, Path, Problem, placed
from foerdercheck.model.scalars import fold, suggestion
from foerdercheck.programmes.parameter import DEMINIMIS_VERORDNUNG
from foerdercheck.reading.document import GeleseneHistorie


def konten(submission: Submission, rechnungen: Sequence[Rechnung], stichtag: date) -> dict[Path, Kontostand | None]:
    """Return the de-minimis accounts, the grant being the planned award; raises InputError for values that are missing."""
    norm = submission.fassung.find(DEMINIMIS_VERORDNUNG)
    found: dict[Path, Kontostand | None] = {}
    undertakings = {fold(r.name): r for r in rechnungen if r.beteiligter.ist_unternehmen}
    problems: list[Problem] = []
    for berechnet in rechnungen:
        read = submission.historien.get(berechnet.pfad)
        found[berechnet.pfad] = None
        if norm is not None and read is not None and berechnet.beteiligter.ist_unternehmen:
            frage = Frage(verordnung=norm.wert, stichtag=stichtag, betrag=berechnet.zuwendung.betrag)
            buch, wrong = _kontenbuch(read, berechnet, stichtag)
            problems += wrong
            if not wrong:
                found[berechnet.pfad] = _kontostand(read, buch, berechnet, undertakings, frage)
    if problems:
        raise InputError(placed(problems, submission.source), submission.source)
    return found


def _kontenbuch(
    read: GeleseneHistorie, berechnet: Rechnung, stichtag: date, also: Iterable[str] = ()
) -> tuple[Kontenbuch, list[Problem]]:
    """Return the Kontenbuch of a Beteiligter, its group being one undertaking; `also` names others to count as such."""
    names = (berechnet.name, *berechnet.beteiligter.unternehmensverbund, *also)
    return open_kontenbuch(read.historie, load_recht(), stichtag, read.pfad, names)


def _kontostand(
    read: GeleseneHistorie, buch: Kontenbuch, berechnet: Rechnung, undertakings: Mapping[str, Rechnung], frage: Frage
) -> Kontostand:
    """Return the account of a Beteiligter; grants to others of the same single undertaking count with its own."""
    head = fold(berechnet.name)
    stand = kontostand(buch.konten(frage), head, frage)
    said = [hinweis(f"{remark.text} ({remark.ort})", (*berechnet.pfad, "deminimis")) for remark in read.hinweise]
    together = [undertakings[name] for name in map(fold, stand.unternehmen) if name in undertakings]
    if len(together) > 1:
        betrag = sum((r.zuwendung.betrag for r in together), Decimal("0.00"))
        names = aufzaehlung(r.name for r in together)
        text = f"{names} sind ein einziges Unternehmen; ihre Zuwendungen zählen zusammen ({euro(betrag)})."
        said.append(hinweis(text, berechnet.pfad))
        frage = frage._replace(betrag=betrag)
        stand = kontostand(buch.konten(frage), head, frage)
    said += _strangers(read, stand, berechnet, undertakings, frage)
    return kontostand(buch.konten(frage), head, frage, tuple(said)) if said else stand


def _strangers(
    read: GeleseneHistorie, stand: Kontostand, berechnet: Rechnung, undertakings: Mapping[str, Rechnung], frage: Frage
) -> Iterator[Feststellung]:
    """Say whose aid of the history does not count; open where a name looks misspelt and would change the verdict."""
    known = {fold(name) for name in stand.unternehmen} | undertakings.keys()
    known |= {fold(name) for link in read.historie.verbund for name in (link.unternehmen, link.verbunden_mit)}
    named = dict.fromkeys(award.unternehmen for award in read.historie.beihilfen if award.unternehmen is not None)
    strangers = [name for name in named if fold(name) not in known]
    if not strangers:
        return
    buch, _ = _kontenbuch(read, berechnet, frage.stichtag, strangers)
    wider = kontostand(buch.konten(frage), fold(berechnet.name), frage)
    text = (
        f"Nicht mitgezählt sind die Beihilfen von {aufzaehlung(strangers)}, denn diese Namen gehören nicht zu {berechnet.name}. "
        f"Ist einer falsch geschrieben oder verbunden, nennen Sie ihn unter unternehmensverbund; frei wären dann "
        f"{euro(wider.frei or Decimal())}."
    )
    misspelt = any(suggestion(name, stand.unternehmen) for name in strangers)
    decides = misspelt and wider.ergebnis != stand.ergebnis
    yield Feststellung("offen" if decides else "hinweis", text, None, (*berechnet.pfad, "deminimis"))
