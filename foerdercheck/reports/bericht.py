"""The report on one budget, as blocks in the order of interest: figures, orders, account, what is well, what is not, the verdict."""

from collections.abc import Iterable, Iterator, Sequence

from foerdercheck.assessment.budget import Assessment
from foerdercheck.calculation.rechnung import ungefoerdert
from foerdercheck.model.befund import Befund, Status
from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, frist
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import SourceMap
from foerdercheck.reports.ausweg import way_out, what_if
from foerdercheck.reports.betraege import orders, participant
from foerdercheck.reports.deminimis import bar, timeline
from foerdercheck.reports.dokument import (
    Angaben,
    Ast,
    Block,
    Eintrag,
    Liste,
    Spalte,
    Tabelle,
    Ton,
    Ueberschrift,
    Urteil,
    Zelle,
)
from foerdercheck.reports.entscheidend import rule_name, short_place
from foerdercheck.reports.fehler import some_remarks, unreadable
from foerdercheck.reports.herleitung import derivation_tree
from foerdercheck.reports.urteil import verdict

_GRUPPEN: tuple[tuple[Status, str, str, Ton], ...] = (
    ("gekuerzt", "Gekürzt", "−", "warnung"),
    ("offen", "Offen", "?", "warnung"),
    ("verletzt", "Verletzt", "✗", "schlecht"),
)
"""What is to be looked at below the Hinweise, the gravest last: on a terminal it stands right above the verdict."""
_SO_MANY = 2
"""So many Hinweise are told on a screen beside why a file is refused, and one more where it would be the only other."""
_STICHTAG = {"angabe": "angegeben", "bewilligung": "Bewilligung", "heute": "heute, da keine Bewilligung angegeben ist"}


def report(
    assessment: Assessment,
    *,
    herleitung: bool = False,
    ausfuehrlich: bool = False,
    vorschlaege: bool = False,
    bilder: bool = False,
    knapp: bool = False,
) -> Iterator[Block]:
    """Yield the blocks of the report on one file; the verdict comes last.

    `herleitung` adds how every figure came about, `ausfuehrlich` what is met, what does not apply, and what decides nothing,
    `vorschlaege` what would make it pass, `bilder` what is for documents: who applies, the SHA-256 of the file, and what only a
    drawing shows well (who pays, and when which room of an account becomes free). `knapp` is for a screen, on which many Hinweise
    would push away why a file is refused: then only some are told.
    """
    if assessment.fehler:
        yield from what_if(assessment.aenderungen)
        yield from unreadable(
            assessment.datei, assessment.fehler, hinweise=assessment.befunde, hoechstens=_SO_MANY if knapp else None
        )
        return
    yield from _head(assessment, ganz=bilder)
    yield from what_if(assessment.aenderungen)
    for rechnung in assessment.rechnungen:
        without = ungefoerdert(rechnung, assessment.rechnungen)
        yield from participant(rechnung, without=without, ausfuehrlich=ausfuehrlich, bilder=bilder)
    if assessment.vergabe is not None:
        yield from orders(assessment.vergabe, ausfuehrlich=ausfuehrlich)
    yield from _accounts(assessment, ausfuehrlich=ausfuehrlich, bilder=bilder)
    if herleitung and assessment.source is not None:
        yield from _derivations(assessment, assessment.source)
    if not assessment.fehlend:
        yield from _fulfilled(assessment, ausfuehrlich=ausfuehrlich)
    if assessment.fristen and assessment.ergebnis != "nicht_foerderfaehig":
        yield _deadlines(assessment)
    yield from _findings(assessment, knapp=knapp)
    if vorschlaege:
        yield from way_out(assessment)
    yield verdict(assessment)


def verdict_first(blocks: Iterable[Block]) -> list[Block]:
    """Return a report for where nobody scrolls to its end: below the head the verdict, the gravest findings, the figures."""
    head, *rest = blocks
    verdicts = [block for block in rest if isinstance(block, Urteil)]
    findings = [block for block in reversed(rest) if isinstance(block, Liste)]
    derived = [block for block in rest if is_derivation(block)]
    others = [block for block in rest if not isinstance(block, Urteil | Liste) and not is_derivation(block)]
    return [head, *verdicts, *findings, *others, *derived]


def is_derivation(block: Block) -> bool:
    """Tell whether a block says how figures came about."""
    return isinstance(block, Ast) or (isinstance(block, Ueberschrift) and block.text.startswith("Herleitung"))


def _head(assessment: Assessment, *, ganz: bool) -> Iterator[Block]:
    budget, fassung = assessment.budget, assessment.fassung
    datei = shown_name(assessment.datei)
    yield Ueberschrift(f"Vorhaben: „{(budget and budget.vorhaben.titel) or datei}“")
    paare = [("Datei", Zelle(datei))]
    if fassung is not None and assessment.stichtag is not None:
        day = f"Stichtag {datum(assessment.stichtag)} ({_STICHTAG[assessment.stichtag_herkunft]})"
        law = f"{fassung.programm}, Fassung vom {datum(fassung.bekanntmachung)}; {day}"
        paare.append(("Programm", Zelle(law)))
    if ganz and budget is not None:
        paare.append(("Antragsteller", Zelle(budget.antragsteller.name)))
    if assessment.pruefkennung is not None:
        paare.append(("Prüfkennung", Zelle(str(assessment.pruefkennung))))
    if ganz and assessment.sha256:
        paare.append(("SHA-256 der Datei", Zelle(assessment.sha256)))
    yield Angaben(paare)


def _accounts(assessment: Assessment, *, ausfuehrlich: bool, bilder: bool) -> Iterator[Block]:
    """Yield each account once; where several Beteiligte have one it says whose it is."""
    told = set()
    for rechnung in assessment.rechnungen:
        konto = assessment.konto(rechnung)
        if konto is None or konto.unternehmen in told or ungefoerdert(rechnung, assessment.rechnungen):
            continue
        told.add(konto.unternehmen)
        if len(assessment.rechnungen) > 1:
            yield Ueberschrift(f"De-minimis-Konto – {aufzaehlung(konto.unternehmen)}", 2)
        yield from bar(konto, ausfuehrlich=ausfuehrlich)
        if bilder:
            yield from timeline(konto)


def _fulfilled(assessment: Assessment, *, ausfuehrlich: bool) -> Iterator[Block]:
    """Yield what asks for nothing: as a number, or `ausfuehrlich` one by one."""
    met = [befund for befund in assessment.befunde if befund.status == "erfuellt"]
    asked = {(befund.regel, befund.beteiligter) for befund in assessment.befunde}
    fallen = {(befund.regel, befund.beteiligter) for befund in assessment.befunde if befund.status == "entfaellt"}
    stands = {regel for regel, _ in asked - fallen}
    dropped = list(dict.fromkeys(rule_name(b) for b in assessment.befunde if b.regel not in stands))
    if not ausfuehrlich:
        gone = f", {anzahl(len(dropped), 'Regel entfällt', 'Regeln entfallen')}" if dropped else ""
        text = f"{anzahl(len(met), 'Punkt', 'Punkte')}{gone} (einzeln mit --ausfuehrlich)"
        yield Angaben([("Erfüllt", Zelle(text, "leise"))])
        return
    if dropped:
        yield Liste(f"Entfällt ({len(dropped)})", [Eintrag("·", "leise", "", ", ".join(dropped))])
    if met:
        yield _group("Erfüllt", met, "✓", "gut", assessment)


def _findings(assessment: Assessment, *, knapp: bool) -> Iterator[Block]:
    hints = [befund for befund in assessment.befunde if befund.status == "hinweis" and befund.angenommen is None]
    if hints:
        yield _remarks(assessment, hints, knapp=knapp)
    if assessment.fehlend:
        text = "Keine Regel kann geprüft werden, solange die unten genannten Angaben fehlen."
        count = sum(befund.status == "offen" for befund in assessment.befunde)
        yield Liste(f"Offen ({count})", [Eintrag("?", "warnung", "", text)])
        return
    for status, titel, zeichen, ton in _GRUPPEN:
        if status == "offen":
            taken = [befund for befund in assessment.befunde if befund.angenommen is not None]
            if taken:
                yield _group("Angenommene Ausnahmen", taken, "!", "warnung", assessment)
        found = [befund for befund in assessment.befunde if befund.status == status and befund.angenommen is None]
        if found:
            yield _group(titel, found, zeichen, ton, assessment)


def _group(titel: str, found: Sequence[Befund], zeichen: str, ton: Ton, assessment: Assessment) -> Liste:
    several = len(assessment.rechnungen) > 1
    entries = [_entry(befund, zeichen, ton, several=several) for befund in found]
    return Liste(f"{titel} ({len(entries)})", entries)


def _remarks(assessment: Assessment, found: Sequence[Befund], *, knapp: bool) -> Liste:
    """Return Hinweise as a list: one on several places in the same words stands once, with all of them.

    Where it is `knapp` so does one about several Beteiligte, and of a refused file only some are told.
    """
    alike: dict[tuple[str, str, str | None], list[Befund]] = {}
    for befund in found:
        alike.setdefault((befund.ziffer, befund.text, None if knapp else befund.beteiligter), []).append(befund)
    several = len(assessment.rechnungen) > 1
    entries = [_remark(befunde, several=several) for befunde in alike.values()]
    most = _SO_MANY if knapp and assessment.ergebnis == "nicht_foerderfaehig" else None
    return Liste(f"Hinweise ({len(entries)})", some_remarks(entries, most))


def _remark(befunde: Sequence[Befund], *, several: bool) -> Eintrag:
    who = dict.fromkeys(befund.beteiligter for befund in befunde if befund.beteiligter) if several else {}
    places = dict.fromkeys(short_place(befund.ort) for befund in befunde if befund.ort)
    entry = _entry(befunde[0], "i", "normal", several=False)
    text = (f"{aufzaehlung(who)}: " if who else "") + entry.text
    return entry._replace(text=text, ort=", ".join(places))


def _entry(befund: Befund, zeichen: str, ton: Ton, *, several: bool) -> Eintrag:
    """Return an entry; what decides, or did, shows its rule as `regel` and `ausnahmen` want it."""
    decides = befund.status in {"verletzt", "offen"} or befund.angenommen is not None
    who = f"{befund.beteiligter}: " if several and befund.beteiligter else ""
    kennung = rule_name(befund) if decides else befund.ziffer
    return Eintrag(zeichen, ton, kennung, who + befund.text, short_place(befund.ort), befund.ort, finding_mark(befund))


def finding_mark(befund: Befund) -> str:
    """Return the mark of the line of the annex that repeats a finding."""
    return f"{befund.regel}: {befund.beteiligter} {befund.text}"


def _deadlines(assessment: Assessment) -> Tabelle:
    rows = [
        [Zelle(frist(termin.datum) if termin.datum else "laufend"), Zelle(termin.pflicht), Zelle(termin.ziffer)]
        for termin in assessment.fristen
    ]
    return Tabelle([Spalte("Frist"), Spalte("Pflicht"), Spalte("Ziffer")], rows, "Fristen")


def _derivations(assessment: Assessment, source: SourceMap) -> Iterator[Block]:
    """Yield how the figures of each Beteiligter came about, and an account that several have once."""
    from foerdercheck.reports.mehr import derivations  # noqa: PLC0415 - only where they are asked for

    accounts = set()
    for r in assessment.rechnungen:
        yield Ueberschrift(f"Herleitung – {r.name}", 2)
        told: set[tuple[object, ...]] = set()
        for figure in r.figures:
            yield derivation_tree(figure, source, told, r.name)
        if (konto := assessment.konto(r)) is not None and konto.unternehmen not in accounts:
            accounts.add(konto.unternehmen)
            yield from derivations(konto, source)
