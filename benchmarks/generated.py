"""Made-up budgets in any number: always the same ones, of all sizes; most eligible, some open, violated or wrong."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

ARTEN = (
    "hochschule",
    "forschungseinrichtung",
    "transferorganisation",
    "kommune",
    "gemeinnuetzig",
    "unternehmen",
    "startup",
)
GEWERBLICH = ("unternehmen", "startup")
SACHKOSTEN = ("material", "fremdleistung", "investition")
SIZES = ((3, 60), (8, 30), (25, 8), (120, 2))  # lines of cost of a participant, and how many in a hundred have so many
PER_FOLDER = 500


def write_budgets(folder: Path, count: int) -> list[Path]:
    """Write `count` budgets (a few with a history beside them) in subfolders of `folder`; returns the files in order."""
    files = []
    for number in range(count):
        below = folder / f"{number // PER_FOLDER:03}"
        if number % PER_FOLDER == 0:
            below.mkdir(parents=True)
            (below / "historie.csv").write_text(_history(Random(number)), encoding="utf-8")  # noqa: S311 - made-up data
        file = below / f"budget-{number:06}.yaml"
        file.write_text("".join(budget(number)), encoding="utf-8")
        files.append(file)
    return files


def budget(number: int) -> Iterator[str]:
    """Yield the text of budget `number`; one in a hundred cannot be read, one in ten lacks a statement."""
    chance = Random(number)  # noqa: S311 - made-up data
    partners = chance.choices((0, 1, 3), (85, 12, 3))[0]
    yield "foerderprogramm: sh-ki\nvorhaben:\n"
    yield f"  titel: Vorhaben {number} – Prüfung mit KI\n  ziele: [wissen, {chance.choice(('wettbewerb', 'klima'))}]\n"
    yield f"  antragsdatum: 2026-01-{1 + number % 28:02}\n  beginn: 2026-06-01\n  ende: 2027-{1 + number % 12:02}-28\n"
    yield "  bewilligung: 2026-04-20\n  bundesland: SH\n  gesamtfinanzierung_gesichert: ja\n  folgekosten_gesichert: ja\n"
    yield "" if number % 10 == 3 else "  andere_foerdermittel_geprueft: ja\n"
    yield "  kooperationsvertrag: 2026-02-01\n" if partners else ""
    yield "antragsteller:\n"
    yield from _participant(chance, f"Körperschaft {number}", "  ")
    yield "  eigenmittle: 12.345,00\n" if number % 100 == 99 else ""
    for index in range(partners):
        yield "partner:\n  -\n" if index == 0 else "  -\n"
        yield from _participant(chance, f"Partner {number}-{index}", "    ")


def _participant(chance: Random, name: str, indent: str) -> Iterator[str]:
    art = chance.choice(ARTEN)
    yield f"{indent}name: {name}\n{indent}art: {art}\n{indent}sitz: SH\n{indent}gemeinkosten: keine\n"
    yield f"{indent}gruendung: 2024-05-04\n{indent}wachstumsorientiert: ja\n" if art == "startup" else ""
    yield f"{indent}kosten:\n"
    cents = 0
    for index in range(chance.choices([size for size, _ in SIZES], [share for _, share in SIZES])[0]):
        text, cost = _cost(chance, index, f"{indent}    ", net=art in GEWERBLICH)
        yield text
        cents += cost
    applied = cents * chance.randrange(20, 40) // 100
    own = cents - applied if chance.random() < 0.9 else cents // 2
    yield f"{indent}finanzierung:\n{indent}  beantragt: {_euro(applied)}\n{indent}  eigenmittel: {_euro(own)}\n"
    if art in GEWERBLICH:
        yield from _aid(chance, indent, name)


def _cost(chance: Random, index: int, indent: str, *, net: bool) -> tuple[str, int]:
    """Return a line of cost and what it claims, in cents."""
    if chance.random() < 0.4:
        rate, hours = chance.randrange(3_000, 6_000), (chance.randrange(50, 300), chance.randrange(50, 300))
        text = (
            f"{indent[:-2]}- kostenart: personal\n{indent}bezeichnung: Stelle {index}\n{indent}person: P{index % 7}\n"
            f"{indent}stundensatz: {_euro(rate)}\n{indent}stunden: {{2026: {hours[0]}, 2027: {hours[1]}}}\n"
        )
        return text, rate * sum(hours)
    cents = chance.randrange(50_000, 3_000_000)
    text = f"{indent[:-2]}- kostenart: {chance.choice(SACHKOSTEN)}\n{indent}bezeichnung: Anschaffung {index}\n"
    text += f"{indent}netto: {_euro(cents)}\n"
    if chance.random() < 0.3 or cents > 2_000_000:
        text += f"{indent}auftrag: {{nr: A{index}, leistung: liefer_dienst, angebote: {2 + 2 * (index % 4) % 3}}}\n"
    return text, cents if net else (cents * 119 + 50) // 100


def _aid(chance: Random, indent: str, name: str) -> Iterator[str]:
    form = chance.random()
    if form < 0.2:
        yield f"{indent}deminimis: historie.csv\n{indent}unternehmensverbund: [Firma {len(name) % 9}]\n"
    elif form < 0.6:
        yield f"{indent}deminimis: keine\n"
    else:
        yield f"{indent}deminimis:\n"
        for index in range(chance.randrange(1, 6)):
            yield f"{indent}  - {{gewaehrt_am: {2022 + index % 4}-0{1 + index}-15, zuwendungsgeber: Geber {index}, "
            yield f"foerdersumme: {_euro(chance.randrange(100_000, 3_000_000))}}}\n"


def _history(chance: Random) -> str:
    rows = (
        f"Firma {number};15.{1 + number:02}.2024;{_euro(chance.randrange(10_000, 900_000))}\n" for number in range(9)
    )
    return "Unternehmen;Gewährt am;Subventionswert\n" + "".join(rows)


def _euro(cents: int) -> str:
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"
