"""Numbers and dates as people read them in German: `112.660,00 €`, `12,5 %`, `20.03.2026`; what the system refuses."""

import errno
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

_ZAHLWORTE = dict(
    enumerate(("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"), 2)
)
CENT = Decimal("0.01")
_GRUENDE = {
    errno.EACCES: "die Berechtigung fehlt",
    errno.EPERM: "die Berechtigung fehlt",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENOTDIR: "ein Teil des Namens ist kein Ordner",
    errno.ELOOP: "die Verknüpfung führt im Kreis",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.EMFILE: "zu viele Dateien sind geöffnet",
    errno.ENFILE: "zu viele Dateien sind geöffnet",
    errno.EIO: "der Datenträger meldet einen Fehler",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.ENOSPC: "der Datenträger ist voll",
}


def euro(betrag: Decimal) -> str:
    """112660 → `112.660,00 €`."""
    return _german(f"{betrag:,.2f}") + " €"


def _german(number: str) -> str:
    """Swap comma and full stop: by a table, it takes seven times as long."""
    return number.replace(",", "_").replace(".", ",").replace("_", ".")


def zahl(wert: Decimal | Fraction | int, stellen: int = 4) -> str:
    """Write a number with as many decimals as it needs, at most `stellen`: 1720 → `1.720`."""
    # whether it is a Fraction takes longer to find out
    exact = wert if isinstance(wert, (Decimal, int)) else Decimal(wert.numerator) / Decimal(wert.denominator)
    text = f"{exact:,.{stellen}f}"
    return _german(text.rstrip("0").rstrip(".") if "." in text else text)


def prozent(anteil: Decimal) -> str:
    """0.125 → `12,5 %`."""
    return zahl(anteil * 100) + " %"


def datum(tag: date) -> str:
    """2026-03-20 → `20.03.2026`."""
    return f"{tag.day:02}.{tag.month:02}.{tag.year:04}"


def frist(tag: date) -> str:
    """Return the last day of a period, with its weekday where that is none of work: `31.10.2026 (Samstag)`."""
    weekend = {5: " (Samstag)", 6: " (Sonntag)"}
    return datum(tag) + weekend.get(tag.weekday(), "")


def aufzaehlung(worte: Iterable[str], letztes: str = "und") -> str:
    """`a`, `a und b`, `a, b und c`."""
    *vorne, ende = list(worte)
    return f"{', '.join(vorne)} {letztes} {ende}" if vorne else ende


def einige(worte: Iterable[str], hoechstens: int = 5) -> str:
    """As many of them as anybody reads: `a, b und 3 weitere`."""
    alle = list(worte)
    mehr = len(alle) - hoechstens
    return aufzaehlung(alle if mehr < 2 else [*alle[:hoechstens], f"{mehr} weitere"])


def in_ziffer(ziffer: str) -> str:
    """`5.3` → `Ziffer 5.3`, `3.2, 8` → `Ziffern 3.2 und 8`; what is not a number has its name already: `SEK 3.1`, `Aufruf`."""
    several = "n" if ", " in ziffer else ""
    return f"Ziffer{several} {aufzaehlung(ziffer.split(', '))}" if ziffer[:1].isdigit() else ziffer


def anzahl(menge: int, einzahl: str, mehrzahl: str) -> str:
    """`1 Position`, `2 Positionen`."""
    return f"{menge} {einzahl if menge == 1 else mehrzahl}"


def zahlwort(menge: int) -> str:
    """`zwei` to `zwölf`, else the figure: how one is written depends on what is counted."""
    return _ZAHLWORTE.get(menge, str(menge))


def in_worten(menge: int, einer: str, mehrere: str) -> str:
    """`einen Monat`, `zwölf Monate`, `13 Monate`; `einer` is the whole phrase for one."""
    return einer if menge == 1 else f"{zahlwort(menge)} {mehrere}"


def satzanfang(text: str) -> str:
    """`drei Angebote` → `Drei Angebote`."""
    return text[:1].upper() + text[1:]


def grund(error: OSError) -> str:
    """Return why the operating system refuses something: `die Berechtigung fehlt`."""
    return _GRUENDE.get(error.errno or 0, "das Betriebssystem lässt es nicht zu")


def absturz(error: BaseException) -> str:
    """`ValueError: was er sagt`, `MemoryError`: what has crashed, for whoever mends it."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")
