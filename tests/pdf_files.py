"""What a PDF says: to those who read it, to those who hear it, and to programs."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest

PDFTOTEXT = shutil.which("pdftotext") or "pdftotext"
needs_pdftotext = pytest.mark.skipif(shutil.which(PDFTOTEXT) is None, reason="pdftotext is not installed")


def text_of(content: bytes, *options: str) -> str:
    """Return the text of a PDF in the order it is set, or as `options` of pdftotext say."""
    run = subprocess.run([PDFTOTEXT, *(options or ("-raw",)), "-", "-"], input=content, capture_output=True, check=True)
    return run.stdout.decode()


def squashed(text: str) -> str:
    """Return a text without what only the lines it is set in add: blanks, and hyphens where a word was divided."""
    return re.sub(r"[\s\u00ad\f]+", "", text)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Dictionary]]:
    """Yield the kinds of all elements of the structure with the elements, in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield str(element.S)[1:], element
        waiting.extend(reversed(children(element)))


def children(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    below = element.get("/K", [])
    each = below if isinstance(below, pikepdf.Array) else [below]
    return [one for one in each if isinstance(one, pikepdf.Dictionary) and "/S" in one]


def attachments(pdf: pikepdf.Pdf) -> dict[str, tuple[str, str, bytes]]:
    """Return by name what each attachment is to the document, its kind and its content."""
    return {
        name: (str(spec.relationship)[1:], spec.get_file().mime_type, spec.get_file().read_bytes())
        for name, spec in pdf.attachments.items()
    }
