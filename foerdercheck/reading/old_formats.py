"""Files named .xls or .xlsb: nothing in them is read but their first bytes, which tell what to advise."""

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
