"""Files of other formats: of .xls and .xlsb the first bytes are read, which tell what to advise, of others nothing."""

from collections.abc import Collection

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
OLD_HEAD = 4096
"""As many bytes are looked at."""
_MARKUP = (b"<?xml", b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")
_SAVE = "öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie als .xlsx."


def old_format(head: bytes, suffix: str = ".xls") -> str:
    """Return in one sentence why a file with a name or content of old is not read, and the way out; so it begins."""
    text = head[:OLD_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix == ".xls" and head.startswith(b"PK"):
        return f"Die Datei heißt .xls, ist aber keine: benennen Sie sie um in .xlsx, oder {_SAVE}"
    if any(mark in text for mark in _MARKUP):
        return f"Die Datei heißt {suffix}, ist aber eine Internetseite (HTML): {_SAVE}"
    if text and b"\0" not in text and not head.startswith((OLE, b"PK")):
        return f"Die Datei heißt {suffix}, ist aber eine Textdatei (CSV): benennen Sie sie um in .csv, oder {_SAVE}"
    return f"Das Format {suffix} wird nicht gelesen, es lässt sich nicht sicher prüfen: {_SAVE}"


_TEMPLATE = "übertragen Sie die Angaben in eine Vorlage (foerdercheck vorlage budget.xlsx --programm ID)."
_OTHERS = {
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".txt"), f"Ein Textdokument ist kein Budget: {_TEMPLATE}"),
    ".pdf": f"Aus einem PDF liest niemand sicher Zahlen: {_TEMPLATE}",
    ".numbers": "Exportieren Sie die Tabelle in Numbers als Excel (.xlsx).",
    ".csv": "Ein Budget hat mehrere Blätter, eine CSV-Datei nur eines: speichern Sie die Arbeitsmappe als .xlsx.",
}


def other_format(suffix: str, known: Collection[str]) -> str:
    """Return in one sentence what to do with a file of a format that is not among those `known`; a history may be .csv."""
    advice = "" if ".csv" in known else _OTHERS.get(suffix)
    return advice or f"dieses Format wird nicht gelesen; möglich sind {', '.join(sorted(known))}"


def not_text(data: bytes, *, nameless: bool) -> str:
    """Return in one sentence what to do with a file that was given as YAML and is none; nothing for a text."""
    if data.startswith((b"PK", OLE)):
        way = "nennen Sie ihren Namen statt -" if nameless else "geben Sie ihr die Endung .xlsx"
        return f"Das ist kein YAML, sondern eine Arbeitsmappe oder ein Archiv: {way}."
    return f"Das ist kein YAML, sondern ein PDF: {_TEMPLATE}" if data.startswith(b"%PDF") else ""
