"""What a PDF says: to those who read it, to those who hear it, and to programs."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import NamedTuple

import pikepdf
import pytest

FOOT = 785
"""Points from the top: below it stand the Prüfkennung and the number of the page."""
_LINE = re.compile(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL)
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


class Line(NamedTuple):
    """A line of a page: where it is (points from the upper left corner), and its text."""

    top: float
    left: float
    right: float
    bottom: float
    text: str


def pages(content: bytes) -> list[list[Line]]:
    """Return the lines of each page from top to bottom, without the foot of the page."""
    found = []
    for page in text_of(content, "-bbox-layout").split("<page ")[1:]:
        lines = []
        for left, top, right, bottom, words in _LINE.findall(page):
            text = " ".join(map(unescape, re.findall(r">([^<]+)</word>", words)))
            lines.append(Line(float(top), float(left), float(right), float(bottom), text))
        found.append(sorted(line for line in lines if line.bottom < FOOT))
    return found


def badly_broken(content: bytes, headings: set[str]) -> list[str]:
    """Return what a printed document (A4) does not do: run over its margins, or end a page with a heading or the head of a table."""
    wrong, printed = [], pages(content)
    for number, lines in enumerate(printed):
        wrong += [f"{number + 1}: over the margin: {line.text}" for line in lines if line.left < 45 or line.right > 550]
        last = lines[-1].text
        end_of_one = re.search(r"[^\W\d]{5}", last) and any(heading.endswith(f" {last}") for heading in headings)
        if last in headings or end_of_one:
            wrong.append(f"{number + 1}: alone at the foot: {last}")
        if number + 1 < len(printed) and row(lines, -1) == row(printed[number + 1], 0):
            wrong.append(f"{number + 1}: only the head of a table: {row(lines, -1)}")
    return wrong


def row(lines: list[Line], which: int) -> str:
    """Return all that stands on the height of a line."""
    return " ".join(line.text for line in lines if abs(line.top - lines[which].top) < 3)
