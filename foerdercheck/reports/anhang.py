"""The whole report on one budget, for a file to be kept: what decides first, then the figures, then the annex."""

from collections.abc import Iterator

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.befund import WORTE, Befund
from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reports.auslegungen import auslegungen_report
from foerdercheck.reports.bericht import finding_mark, is_derivation, report, verdict_first
from foerdercheck.reports.dokument import Block, Liste, Spalte, Tabelle, Ton, Ueberschrift, Zelle
from foerdercheck.reports.entscheidend import rule_name, short_place
from foerdercheck.reports.law import evidence, unchecked, value_table
from foerdercheck.reports.werte import tables

_TOENE: dict[str, Ton] = {"verletzt": "schlecht", "offen": "warnung", "gekuerzt": "warnung", "erfuellt": "gut"}
_IM_ANHANG = ("Erfüllt", "Entfällt")
"""Lists of what asks for nothing: the annex has every rule with its answer."""


def full_report(assessment: Assessment, *, recht: bool = True, vorschlaege: bool = False) -> Iterator[Block]:
    """Yield everything there is to say about one file; what a reader must know stands on the first page.

    `vorschlaege` adds what would make it pass, `recht` what the guideline provides, with evidence and dates: the same for all
    files under it.
    """
    first, *rest = report(assessment, herleitung=True, ausfuehrlich=True, vorschlaege=vorschlaege, bilder=True)
    blocks = [first, *rest[:1], *verdict_first([first, *rest[1:]])[1:]]
    derived = [block for block in blocks if is_derivation(block)]
    yield from (block for block in blocks if not is_derivation(block) and not _is_in_annex(block))
    if assessment.fassung is None:
        return
    yield Ueberschrift("Anhang", 2)
    yield _answers(assessment)
    for block in (*derived, *(_law(assessment.fassung) if recht else ())):
        yield block._replace(ebene=3) if isinstance(block, Ueberschrift) else block


def _is_in_annex(block: Block) -> bool:
    return isinstance(block, Liste) and block.titel.startswith(_IM_ANHANG)


def _answers(assessment: Assessment) -> Tabelle:
    spalten = [Spalte("Regel"), Spalte("Antwort"), Spalte("Befund"), Spalte("Fundstelle")]
    rows = [_answer_row(befund) for befund in assessment.befunde]
    return Tabelle(spalten, rows, "Jede Regel mit ihrer Antwort")


def _answer_row(befund: Befund) -> list[Zelle]:
    who = f"{befund.beteiligter}: " if befund.beteiligter else ""
    return [
        Zelle(rule_name(befund), marke=finding_mark(befund), verweis=befund.regel),
        Zelle(WORTE[befund.status], _TOENE.get(befund.status, "normal")),
        Zelle(who + befund.text),
        Zelle(short_place(befund.ort) or "–"),
    ]


def _law(fassung: Fassung) -> Iterator[Block]:
    rows = [
        [
            Zelle(regel.name, marke=regel.id),
            Zelle(in_ziffer(regel.ziffer), marke=in_ziffer(regel.ziffer)),
            Zelle(regel.herkunft.inhalt),
            evidence(regel.herkunft),
        ]
        for regel in fassung.regeln
    ]
    yield Tabelle(
        [Spalte("Regel"), Spalte("Ziffer"), Spalte("verlangt"), Spalte("Beleg")], rows, "Was die Regeln verlangen"
    )
    norms = [norm for norms in fassung.parameter.values() for norm in norms]
    yield value_table(norms, "Die Werte der Fassung")
    yield from tables(norms)
    yield unchecked(fassung)
    _, *readings = auslegungen_report([fassung])
    yield Ueberschrift("Unsere Auslegungen")
    yield from readings
