"""Workbooks from strangers as sheets of cells, whatever their format; what cannot be read for certain is refused."""

from foerdercheck.model.location import InputError, Problem
from foerdercheck.reading.archive import Archive, UnreadableError, damaged
from foerdercheck.reading.old_formats import OLE, old_format
from foerdercheck.reading.sheet import Sheet, Wanted

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "Die Datei ist mit einem Kennwort geschützt; speichern Sie sie ohne."


def read_sheets(data: bytes, datei: str, wanted: Wanted) -> list[Sheet]:
    """Return the sheets of a workbook in their order; raises InputError with one clear message if that is impossible."""
    try:
        sheets = _sheets(data, wanted)
        for sheet in sheets:
            sheet.clear_covered()
    except UnreadableError as error:
        raise InputError([Problem(f"{datei}: {error}")]) from None
    return sheets


def _sheets(data: bytes, wanted: Wanted) -> list[Sheet]:
    if data.startswith(OLE):
        raise UnreadableError(_LOCKED if _ENCRYPTED in data else old_format(data))
    if not data.startswith(b"PK\3\4"):  # what stands before a zip would be read by some programs
        raise damaged("sie beginnt anders")
    archive = Archive(data)
    if "[Content_Types].xml" in archive:
        from foerdercheck.reading.xlsx import read_xlsx  # noqa: PLC0415 - of the two formats only one is needed

        return read_xlsx(archive, wanted)
    if b"encryption-data" in archive.head("META-INF/manifest.xml"):
        raise UnreadableError(_LOCKED)
    from foerdercheck.reading.ods import read_ods  # noqa: PLC0415

    return read_ods(archive, wanted)
