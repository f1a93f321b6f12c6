"""Joint accounts of a consortium against a slow reckoning of its own: who belongs together, what counts, what is free."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

import pytest
from rechtsfaelle import as_yaml

from foerdercheck import check_budget

STICHTAG = date(2026, 3, 20)
FENSTER = date(2023, 3, 20)
HOECHSTBETRAG = Decimal(300_000)
NAMES = ("Anker", "Boje", "Deich", "Fleet", "Geest", "Haff", "Insel")
OUTSIDE = ("Marsch", "Nehrung", "Priel", "Quelle")
DAYS = ({}, {}, {"ab": "2022-01-01"}, {"ab": "2026-03-21"}, {"bis": "2026-03-19"}, {"bis": "2026-03-20"})
"""Since when and until when undertakings are one: mostly without a day, else also one that just does not count."""
VORHABEN = {
    "titel": "Verbund", "ziele": ["wissen"], "antragsdatum": "2026-01-15", "beginn": "2026-04-01", "ende": "2027-09-30",
    "bewilligung": STICHTAG.isoformat(), "bundesland": "SH", "kooperationsvertrag": "2026-02-01",
    "gesamtfinanzierung_gesichert": "ja", "folgekosten_gesichert": "ja", "andere_foerdermittel_geprueft": "ja",
}  # fmt: skip
Award = tuple[str, str, str]
"""Whose it is, its day and its amount: what makes two of them the same."""


class Consortium(NamedTuple):
    """The bodies of a budget by name, and the histories some of them name, by file."""

    bodies: dict[str, dict]
    files: dict[str, dict]

    def check(self):
        """Let the program check it."""
        first, *others = self.bodies.values()
        budget = {"foerderprogramm": "sh-ki", "vorhaben": VORHABEN, "antragsteller": first, "partner": others}
        contents = {"budget.yaml": budget, **self.files}
        return check_budget({name: as_yaml(tree).encode() for name, tree in contents.items()}, name="budget.yaml")

    def history(self, name: str) -> dict | None:
        """Return what a body says of earlier aid: awards and relations; None if nothing."""
        stated = self.bodies[name].get("deminimis")
        if isinstance(stated, list):
            return {"beihilfen": stated}
        return {"beihilfen": []} if stated == "keine" else stated and self.files[stated]


def made_up(chance: Random) -> Consortium:
    """Return two to five bodies: with aid or without, in groups, chains or alone, silent or with histories of any of them."""
    names = chance.sample(NAMES, chance.randint(2, 5))
    made = Consortium({}, {})
    seen: list[dict] = []
    for name in names:
        made.bodies[name] = body(chance, name, names)
        match chance.choice(("keine", "fehlt", "liste", "datei", "datei")):
            case "keine":
                made.bodies[name]["deminimis"] = "keine"
            case "liste":
                made.bodies[name]["deminimis"] = awards(chance, name, names, seen)
            case "datei":
                made.bodies[name]["deminimis"] = f"historie-{name}.yaml"
                made.files[f"historie-{name}.yaml"] = {
                    "beihilfen": awards(chance, name, names, seen),
                    "verbund": [relation(chance, names) for _ in range(chance.choice((0, 0, 1, 2)))],
                }
    return made


def body(chance: Random, name: str, names: list[str]) -> dict:
    grant, other = chance.randrange(1, 120_000_00), chance.randrange(1, 40_000_00)
    art, active = ("unternehmen", "ja") if chance.random() < 0.75 else ("gemeinnuetzig", "nein")
    source = {
        "geber": f"Stadt {name}", "betrag": euro(other), "oeffentlich": "ja", "zugesagt": chance.choice(("ja", "nein")),
        "beihilfe": chance.choice(("deminimis", "deminimis", "keine")),
    }  # fmt: skip
    financing = {"beantragt": euro(grant), "eigenmittel": euro(3 * grant + 80_000_00 - other), "weitere": [source]}
    return {
        "name": name, "art": art, "sitz": "SH", "wirtschaftlich_taetig": active, "gemeinkosten": "keine",
        "unternehmensverbund": chance.sample([one for one in (*names, *OUTSIDE) if one != name], chance.choice((0, 0, 0, 1, 2))),
        "kosten": [{"kostenart": "material", "bezeichnung": name, "netto": euro(4 * grant + 80_000_00), "ust": "0 %"}],
        "finanzierung": financing,
    }  # fmt: skip


def awards(chance: Random, name: str, names: list[str], seen: list[dict]) -> list[dict]:
    """Return one to five awards, mostly the body's own, without a name or with one; some stand in another history as well."""
    owners = [name, name, name, *chance.sample((*names, *OUTSIDE), 2)]
    found = [
        {
            "unternehmen": chance.choice(owners),
            "gewaehrt_am": (FENSTER + timedelta(days=chance.randint(-40, 1094))).isoformat(),
            "foerdersumme": euro(chance.randrange(1, 60_000_00)),
        }
        for _ in range(chance.randint(1, 4))
    ]
    found += chance.sample(seen, min(len(seen), chance.choice((0, 1))))
    seen += found
    nameless = [award["unternehmen"] == name and chance.random() < 0.5 for award in found]
    return [
        {k: v for k, v in award.items() if not (bare and k == "unternehmen")}
        for award, bare in zip(found, nameless, strict=True)
    ]


def relation(chance: Random, names: list[str]) -> dict:
    one, other = chance.sample((*names, *OUTSIDE), 2)
    return {"unternehmen": one, "beziehung": "stimmrechtsmehrheit", "verbunden_mit": other, **chance.choice(DAYS)}


def euro(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def connected(made: Consortium) -> Iterator[tuple[str, str]]:
    """Yield who is one with whom on the Stichtag, whoever says so."""
    for name, stated in made.bodies.items():
        yield from ((name, other) for other in stated["unternehmensverbund"])
        for link in (made.history(name) or {}).get("verbund", ()):
            if link.get("ab", "0000") <= STICHTAG.isoformat() <= link.get("bis", "9999"):
                yield link["unternehmen"], link["verbunden_mit"]


def together(name: str, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Return the single undertaking of a name, walking from one to the next."""
    found, todo = set(), {name}
    while todo:
        found |= todo
        todo = {other for pair in pairs if found & set(pair) for other in pair} - found
    return found


def stated_once(made: Consortium) -> Counter[Award]:
    """Return all awards: one in several histories is one, two alike in the same history are two."""
    every: Counter[Award] = Counter()
    for name in made.bodies:
        rows = (made.history(name) or {}).get("beihilfen", ())
        every |= Counter((row.get("unternehmen", name), row["gewaehrt_am"], row["foerdersumme"]) for row in rows)
    return every


@pytest.mark.parametrize("seed", range(40))
def test_every_firm_shows_the_account_of_all_it_belongs_to(seed):
    chance = Random(seed)  # noqa: S311 - made-up data
    for _ in range(50):
        made = made_up(chance)
        found = made.check()
        pairs, every = list(connected(made)), stated_once(made)
        for rechnung in found.rechnungen:
            konto, mine = found.konto(rechnung), together(rechnung.name, pairs)
            members = {name: one for name, one in made.bodies.items() if name in mine}
            active = {name: one for name, one in members.items() if one["wirtschaftlich_taetig"] == "ja"}
            if rechnung.name not in active:
                assert konto is None
                continue
            sources = [source for one in members.values() for source in one["finanzierung"]["weitere"]]
            counted = sum(
                (
                    count * amount(sum_)
                    for (whose, day, sum_), count in every.items()
                    if whose in mine and FENSTER.isoformat() <= day
                ),
                sum(
                    (amount(s["betrag"]) for s in sources if (s["beihilfe"], s["zugesagt"]) == ("deminimis", "ja")),
                    Decimal(),
                ),
            )
            planned = sum((amount(one["finanzierung"]["beantragt"]) for one in active.values()), Decimal())
            (said,) = {
                befund.status
                for befund in found.befunde
                if befund.regel == "sh-ki/3.1-deminimis"
                and befund.beteiligter == rechnung.name
                and befund.status != "hinweis"
            }
            free = max(HOECHSTBETRAG - counted, Decimal())
            silent = any(made.history(name) is None for name in active)
            assert said == ("verletzt" if planned > free else "offen" if silent else "erfuellt"), made
            if konto is None:
                assert all(made.history(name) is None for name in members), made
            else:
                assert (konto.im_fenster, konto.neue_beihilfe, konto.frei) == (counted, planned, free), made
