"""The law as the program knows it, readable: programmes with their values and evidence, rules explained."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from foerdercheck.model.deutsch import aufzaehlung, datum, zahl
from foerdercheck.programmes.fassung import Fassung, Regel
from foerdercheck.programmes.norm import BELEGE, Herkunft, Norm
from foerdercheck.programmes.parameter import Zeitraum
from foerdercheck.reports.dokument import Angaben, Block, Eintrag, Liste, Spalte, Tabelle, Ueberschrift, Zelle


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


def programme_report(fassung: Fassung) -> Iterator[Block]:
    """Yield one version: its head, every value with Ziffer and evidence, and the coverage of all Ziffern."""
    yield Ueberschrift(f"{fassung.titel} ({fassung.programm})")
    yield Angaben([
        ("Fassung", Zelle(f"vom {datum(fassung.bekanntmachung)}")),
        ("gilt", Zelle(str(fassung.gilt))),
        ("Fundstelle", Zelle(fassung.fundstelle)),
    ])  # fmt: skip
    rows = [_value_row(norm) for norms in fassung.parameter.values() for norm in norms]
    yield Tabelle([Spalte("Wert"), Spalte("Ziffer"), Spalte("Inhalt"), Spalte("Beleg")], rows, "Werte")
    yield Liste("Ziffern", [_coverage(fassung, name) for name in fassung.ziffern])


def _value_row(norm: Norm[Any]) -> list[Zelle]:
    cases = [f"{aufzaehlung(sorted(words), 'oder')}" for words in norm.wenn.values()]
    if norm.ab > date.min:
        cases.append(f"ab {datum(norm.ab)}")
    if norm.bis < date.max:
        cases.append(f"bis {datum(norm.bis)}")
    value = f"{norm.parameter}: {_shown(norm.parameter, norm.wert)}" + (f" ({'; '.join(cases)})" if cases else "")
    return [Zelle(value), Zelle(norm.ziffer), Zelle(norm.herkunft.inhalt), _evidence(norm.herkunft)]


def _evidence(herkunft: Herkunft) -> Zelle:
    detail = herkunft.grund or herkunft.quelle
    text = BELEGE[herkunft.beleg] + (f": {detail}" if detail else "")
    return Zelle(
        f"{text} (geprüft {datum(herkunft.geprueft_am)})", "normal" if herkunft.beleg == "wortlaut" else "warnung"
    )


def _shown(name: str, wert: Any) -> str:  # noqa: ANN401 - any value a parameter can hold
    if isinstance(wert, Zeitraum):
        return str(wert)
    if isinstance(wert, Decimal):
        share = name.endswith(("satz", "ueber", "mindestens", "hoechstens")) and wert <= 1
        return f"{zahl(wert * 100)} %" if share else f"{zahl(wert)}"
    if isinstance(wert, date):
        return datum(wert)
    return ", ".join(wert) if isinstance(wert, tuple | dict) else str(wert)


def _coverage(fassung: Fassung, name: str) -> Eintrag:
    ziffer = fassung.ziffern[name]
    if ziffer.regeln:
        return Eintrag("✓", "gut", name, f"{ziffer.titel}: {', '.join(ziffer.regeln)}")
    return Eintrag("·", "leise", name, f"{ziffer.titel}: nicht prüfbar – {ziffer.grund}")


def rule_list(fassungen: Sequence[Fassung]) -> Iterator[Block]:
    """Yield the table of all rules."""
    rows = [
        [Zelle(regel.id, "stark"), Zelle(regel.ziffer), Zelle(regel.titel)]
        for fassung in fassungen
        for regel in fassung.regeln
    ]
    yield Tabelle([Spalte("Regel"), Spalte("Ziffer"), Spalte("verlangt")], rows, "Regeln")


def rule_report(fassung: Fassung, regel: Regel) -> Iterator[Block]:
    """Yield one rule: what it demands, where it stands, how it is computed, how well it is known."""
    yield Ueberschrift(f"{regel.id}: {regel.titel}")
    yield Angaben([
        ("verlangt", Zelle(regel.herkunft.inhalt)),
        ("steht in", Zelle(f"{fassung.titel}, Ziffer {regel.ziffer}")),
        ("gerechnet", Zelle(regel.berechnung)),
        ("Beleg", _evidence(regel.herkunft)),
    ])  # fmt: skip
    values = [_value_row(norm) for norms in fassung.parameter.values() for norm in norms if norm.ziffer == regel.ziffer]
    if values:
        yield Tabelle(
            [Spalte("Wert"), Spalte("Ziffer"), Spalte("Inhalt"), Spalte("Beleg")], values, "Werte dieser Ziffer"
        )
