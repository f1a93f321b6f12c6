"""Budgets that need a change, for the tests of proposals."""

import os
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("FOERDERCHECK_BEISPIELE", "120"))
"""How many made-up budgets are tried; more on request."""
BUDGETS = Path(__file__).parents[1] / "budgets"
TAG = date(2026, 4, 20)
UEBERSCHRITTEN = BUDGETS / "kmu-hoechstbetrag-ueberschritten.yaml"


def euro(thousands):
    return f"{1000 * thousands},00"


@st.composite
def failing(draw):
    """Budgets of one or two Beteiligte in thousands of EUR that fail, or leave money, for what the levers can mend."""

    def body(name):
        lines = [
            {"kostenart": draw(st.sampled_from(["material", "investition", "gutachten", "reise"])), "bezeichnung": f"{name} {n}",
             "netto": euro(draw(st.integers(0, 60) | st.integers(0, 300)))}
            for n in range(draw(st.integers(1, 3)))
        ]  # fmt: skip
        if draw(st.booleans()):
            hours = {
                "2026": str(draw(st.integers(0, 2000))),
                draw(st.sampled_from(["2027", "2028"])): str(draw(st.integers(0, 1800))),
            }
            lines.append(
                {
                    "kostenart": "personal",
                    "bezeichnung": f"P {name}",
                    "person": f"P {name}",
                    "stundensatz": "50,00",
                    "stunden": hours,
                }
            )
        if draw(st.booleans()):
            lines.append(
                {"kostenart": "fremdleistung", "bezeichnung": f"F {name}", "netto": euro(draw(st.integers(1, 90))),
                 "auftrag": {"nr": f"F {name}", "leistung": "liefer_dienst"}}
            )  # fmt: skip
        aid = [{"gewaehrt_am": "2024-05-01", "zuwendungsgeber": "IB", "verordnung": "2023/2831", "subventionswert": euro(s)}
               for s in draw(st.lists(st.integers(50, 290), max_size=1))]  # fmt: skip
        money = {"eigenmittel": euro(draw(st.integers(0, 200)))}
        if draw(st.booleans()):
            money["beantragt"] = euro(draw(st.integers(1, 300)))
        return {
            "name": name, "art": draw(st.sampled_from(["unternehmen", "hochschule"])), "sitz": "SH", "kosten": lines,
            "finanzierung": money, "deminimis": aid or "keine", "nace": "62.01",
            "gemeinkosten": draw(st.sampled_from(["auto", "personal", "keine"])),
        }  # fmt: skip

    names = ["Haus Süd", "Haus Nord"][: draw(st.integers(1, 2))]
    first, *others = map(body, names)
    vorhaben = {
        "antragsdatum": "2026-01-15", "beginn": "2026-04-01", "ende": "2027-12-31", "bewilligung": "2026-03-20", "ziele": ["wissen"],
        "gesamtfinanzierung_gesichert": "ja", "folgekosten_gesichert": "ja", "andere_foerdermittel_geprueft": "ja",
        "bundesland": "SH", "kooperationsvertrag": "2026-02-01", "bescheid": "einzeln",
    }  # fmt: skip
    return {"foerderprogramm": "sh-ki", "vorhaben": vorhaben, "antragsteller": first} | (
        {"partner": others} if others else {}
    )


def single(cost, beantragt, eigenmittel, aid):
    """A small budget of a firm on a grid of 10,000 EUR: half of its cost may be granted."""
    history = [
        {
            "gewaehrt_am": "2024-05-01",
            "zuwendungsgeber": "IB",
            "verordnung": "2023/2831",
            "subventionswert": euro(10 * aid),
        }
    ]
    vorhaben = {
        "antragsdatum": "2026-01-15", "beginn": "2026-04-01", "ende": "2027-12-31", "bewilligung": "2026-03-20", "ziele": ["wissen"],
        "gesamtfinanzierung_gesichert": "ja", "folgekosten_gesichert": "ja", "andere_foerdermittel_geprueft": "ja", "bundesland": "SH",
    }  # fmt: skip
    body = {
        "name": "Haus", "art": "unternehmen", "sitz": "SH", "nace": "62.01", "deminimis": history,
        "kosten": [{"kostenart": "material", "bezeichnung": "Blech", "netto": euro(10 * cost)}],
        "finanzierung": {"beantragt": euro(10 * beantragt), "eigenmittel": euro(10 * eigenmittel)},
    }  # fmt: skip
    return {"foerderprogramm": "sh-ki", "vorhaben": vorhaben, "antragsteller": body}
