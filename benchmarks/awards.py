"""Made-up histories of many awards, always the same ones."""

import csv
import datetime
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

FEW, REGISTER = 2_000, 300_000
"""How many undertakings share the awards: with few, each has an account to keep; in a register most are small."""
HEADINGS = (
    "Unternehmen", "Gewährt am", "Zuwendungsgeber", "Aktenzeichen", "Verordnung", "Form", "Fördersumme", "Subventionswert",
    "Mitgliedstaat", "Status", "Bemerkung",
)  # fmt: skip


def rows(count: int, undertakings: int = FEW) -> Iterator[list[object]]:
    """Yield `count` awards of so many undertakings, always the same ones."""
    chance = random.Random(1)  # noqa: S311 - made-up data
    for number in range(count):
        day = datetime.date(2021, 1, 1) + datetime.timedelta(days=chance.randrange(2000))
        cents = chance.randrange(100, 900_000)
        name = f"Firma {chance.randrange(undertakings)} GmbH"
        law = "2023/2831" if day.year >= 2024 else "1407/2013"
        value = Decimal(cents).scaleb(-2)
        yield [name, day, f"Geber {number % 50}", f"AZ-{number}", law, "zuschuss", value, value, "DE", "bewilligt", ""]


def write_csv(file: Path, count: int, undertakings: int = FEW) -> None:
    """Write a history as people export it: German dates and numbers."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEADINGS)
        for row in rows(count, undertakings):
            amount = str(row[6]).replace(".", ",")
            writer.writerow([row[0], f"{row[1]:%d.%m.%Y}", *row[2:6], amount, amount, *row[8:]])
