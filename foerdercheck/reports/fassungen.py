"""What changed between two versions of a guideline: values, rules, and what is known of each Ziffer."""

from collections.abc import Iterator, Mapping

from foerdercheck.model.deutsch import datum
from foerdercheck.programmes.fassung import Fassung, Regel
from foerdercheck.programmes.norm import BELEGE, Herkunft
from foerdercheck.reports.dokument import Angaben, Block, Liste, Spalte, Tabelle, Ueberschrift, Zelle
from foerdercheck.reports.werte import condition, shown_value

_FEHLT = "–"


def differences(old: Fassung, new: Fassung) -> Iterator[Block]:
    """Yield what differs between two versions; values and rules by name and condition."""
    yield Ueberschrift(f"{new.titel} ({new.programm}): was sich geändert hat")
    yield Angaben([
        ("von", Zelle(f"Fassung vom {datum(old.bekanntmachung)}, gilt {old.gilt}")),
        ("", Zelle(old.fundstelle, "leise")),
        ("bis", Zelle(f"Fassung vom {datum(new.bekanntmachung)}, gilt {new.gilt}")),
        ("", Zelle(new.fundstelle, "leise")),
    ])  # fmt: skip
    parts = [("Werte", _values), ("Regeln", _rules), ("Ziffern", _coverage)]
    tables = [table for title, read in parts if (table := _table(title, read(old), read(new)))]
    yield from tables
    if not tables:
        yield Liste("Werte, Regeln und Ziffern sind gleich", [])


def _table(title: str, old: Mapping[str, str], new: Mapping[str, str]) -> Tabelle | None:
    rows = [
        [Zelle(name, "stark"), Zelle(old.get(name, _FEHLT)), Zelle(new.get(name, _FEHLT))]
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]
    return (
        Tabelle([Spalte(title), Spalte("vorher"), Spalte("nachher")], rows, f"{title} ({len(rows)})") if rows else None
    )


def _values(fassung: Fassung) -> dict[str, str]:
    norms = (norm for norms in fassung.parameter.values() for norm in norms)
    return {
        norm.parameter + condition(norm): f"{_whole(norm.wert, shown_value(norm))} [{_evidence(norm.herkunft)}]"
        for norm in norms
    }


def _whole(wert: object, short: str) -> str:
    """Tables are compared whole, though only their keys are shown."""
    return short if not isinstance(wert, dict) else "; ".join(f"{key}: {value}" for key, value in wert.items())


def _rules(fassung: Fassung) -> dict[str, str]:
    return {
        regel.name: f"{regel.herkunft.inhalt}{_fixed(regel)} [{_evidence(regel.herkunft)}]" for regel in fassung.regeln
    }


def _fixed(regel: Regel) -> str:
    return "" if regel.ausnahme else " (keine Ausnahme möglich)"


def _coverage(fassung: Fassung) -> dict[str, str]:
    return {
        name: "; ".join(
            filter(
                None, (ziffer.titel, ziffer.grund, ziffer.nicht_bekannt and f"nicht bekannt: {ziffer.nicht_bekannt}")
            )
        )
        for name, ziffer in fassung.ziffern.items()
    }


def _evidence(herkunft: Herkunft) -> str:
    return BELEGE[herkunft.beleg]
