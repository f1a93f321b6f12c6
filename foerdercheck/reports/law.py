"""The law as the program knows it, readable: programmes with their values and evidence, rules explained."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from foerdercheck.model.deutsch import datum, in_ziffer
from foerdercheck.programmes.fassung import Fassung, Regel
from foerdercheck.programmes.norm import BELEGE, Herkunft, Norm
from foerdercheck.programmes.parameter import Zeitraum
from foerdercheck.reports.dokument import Angaben, Block, Eintrag, Liste, Spalte, Tabelle, Ueberschrift, Zelle
from foerdercheck.reports.werte import condition, shown_value, tables


def programme_list(programmes: Sequence[Sequence[Fassung]]) -> Iterator[Block]:
    """Yield the table of all programmes with the span their versions cover."""
    rows = [
        [
            Zelle(fassungen[-1].programm, "stark"),
            Zelle(fassungen[-1].titel),
            Zelle(str(Zeitraum(fassungen[0].gilt.von, fassungen[-1].gilt.bis))),
            Zelle(str(len(fassungen))),
            Zelle(str(len(fassungen[-1].regeln))),
        ]
        for fassungen in programmes
    ]
    spalten = [
        Spalte("ID"),
        Spalte("Programm"),
        Spalte("gilt"),
        Spalte("Fassungen", zahl=True),
        Spalte("Regeln", zahl=True),
    ]
    yield Tabelle(spalten, rows, "Förderprogramme")


def programme_report(fassung: Fassung, fassungen: Sequence[Fassung]) -> Iterator[Block]:
    """Yield one of the versions: its head, every value with Ziffer and evidence, and the coverage of all Ziffern."""
    yield Ueberschrift(f"{fassung.titel} ({fassung.programm})")
    yield Angaben([
        ("Fassung", Zelle(f"vom {datum(fassung.bekanntmachung)}")),
        ("gilt", Zelle(str(fassung.gilt))),
        ("Fundstelle", Zelle(fassung.fundstelle)),
        *[("weitere Fassung", Zelle(f"vom {datum(f.bekanntmachung)}, gilt {f.gilt}", "leise")) for f in fassungen if f is not fassung],
    ])  # fmt: skip
    norms = [norm for norms in fassung.parameter.values() for norm in norms]
    yield Ueberschrift("Werte", 2)
    yield from map(_value, norms)
    yield from tables(norms)
    yield Liste("Ziffern", [_coverage(fassung, name) for name in fassung.ziffern])


def _value(norm: Norm[Any]) -> Angaben:
    """Return a value with its content and evidence beneath each other, so that no line has columns."""
    return Angaben([
        (in_ziffer(norm.ziffer), Zelle(f"{norm.parameter}: {shown_value(norm)}{condition(norm)}", "stark")),
        ("Inhalt", Zelle(norm.herkunft.inhalt)),
        ("Beleg", evidence(norm.herkunft)),
    ])  # fmt: skip


def value_table(norms: Sequence[Norm[Any]], titel: str) -> Tabelle:
    """Return values with Ziffer, content and evidence."""
    spalten = [Spalte("Wert"), Spalte("Ziffer"), Spalte("Inhalt"), Spalte("Beleg")]
    return Tabelle(spalten, [_value_row(norm) for norm in norms], titel)


def _value_row(norm: Norm[Any]) -> list[Zelle]:
    value = f"{norm.parameter}: {shown_value(norm)}{condition(norm)}"
    law = Zelle(norm.ziffer, marke=in_ziffer(norm.ziffer))
    return [Zelle(value), law, Zelle(norm.herkunft.inhalt), evidence(norm.herkunft)]


def evidence(herkunft: Herkunft) -> Zelle:
    """Return how well a provision is known, and when it was looked at."""
    detail = herkunft.grund or herkunft.quelle
    text = BELEGE[herkunft.beleg] + (f": {detail}" if detail else "")
    text += f"; unsere Lesart: {herkunft.lesart}" if herkunft.lesart else ""
    text += f" – {herkunft.fundstelle}" if herkunft.fundstelle else ""
    return Zelle(
        f"{text} (geprüft {datum(herkunft.geprueft_am)})", "normal" if herkunft.beleg == "wortlaut" else "warnung"
    )


def _coverage(fassung: Fassung, name: str) -> Eintrag:
    ziffer = fassung.ziffern[name]
    unknown = f"nicht bekannt: {ziffer.nicht_bekannt}" if ziffer.nicht_bekannt else ""
    if ziffer.regeln:
        fixed = {regel.name for regel in fassung.regeln if not regel.ausnahme}
        rules = (f"{rule} (keine Ausnahme möglich)" if rule in fixed else rule for rule in ziffer.regeln)
        text = f"{ziffer.titel}: {', '.join(rules)}" + (f"; {unknown}" if unknown else "")
        return Eintrag("?" if unknown else "✓", "warnung" if unknown else "gut", name, text)
    if ziffer.grund:
        return Eintrag("·", "leise", name, f"{ziffer.titel}: nicht prüfbar – {ziffer.grund}")
    return Eintrag("?", "warnung", name, f"{ziffer.titel}: {unknown}")


def unchecked(fassung: Fassung) -> Liste:
    """Return the Ziffern that no rule reads, or of which something is not known, and why."""
    names = [name for name, ziffer in fassung.ziffern.items() if ziffer.grund or ziffer.nicht_bekannt]
    return Liste(f"Nicht geprüft ({len(names)})", [_coverage(fassung, name) for name in names])


def rule_list(fassungen: Sequence[Fassung]) -> Iterator[Block]:
    """Yield the table of all rules."""
    rows = [
        [Zelle(regel.id, "stark"), Zelle(regel.ziffer), Zelle(regel.titel)]
        for fassung in fassungen
        for regel in fassung.regeln
    ]
    yield Tabelle([Spalte("Regel"), Spalte("Ziffer"), Spalte("verlangt")], rows, "Regeln")


def rules_report(rules: Iterable[tuple[Fassung, Regel]]) -> Iterator[Block]:
    """Yield rules, each with its version: below those of one Ziffer, once, what values it sets."""
    for (_, ziffer), group in groupby(rules, lambda rule: (rule[0].programm, rule[1].ziffer)):
        for fassung, regel in group:
            yield from _rule(fassung, regel)
        values = [norm for norms in fassung.parameter.values() for norm in norms if norm.ziffer == ziffer]
        if values:
            yield Ueberschrift("Werte dieser Ziffer", 2)
            yield from map(_value, values)
            yield from tables(values)


def _rule(fassung: Fassung, regel: Regel) -> Iterator[Block]:
    """Yield one rule: what it demands, where it stands, how it is computed, how well it is known."""
    yield Ueberschrift(f"{regel.id}: {regel.titel}")
    yield Angaben([
        ("verlangt", Zelle(regel.herkunft.inhalt)),
        ("steht in", Zelle(f"{fassung.titel}, {in_ziffer(regel.ziffer)}")),
        ("gerechnet", Zelle(regel.berechnung)),
        ("Beleg", evidence(regel.herkunft)),
        ("Ausnahme", Zelle("kann die Bewilligungsstelle annehmen" if regel.ausnahme else "keine: davon kann niemand absehen")),
    ])  # fmt: skip
