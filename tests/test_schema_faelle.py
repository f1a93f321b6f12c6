"""What a schema says of whole documents: what can be read passes, a fault is seen."""

import pytest

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.records import Intake
from foerdercheck.reading.yaml_tree import read_yaml
from schemas import IS_BUDGET, IS_HISTORIE, WHOLE, editor

HISTORY = """beihilfen:
- {unternehmen: A, gewaehrt_am: 2025-03-01, foerdersumme: 5}
verbund:
- {unternehmen: A, beziehung: stimmbindung, verbunden_mit: B}
ereignisse:
- {datum: 2025-03-01, ereignis: spaltung, von: A, nach: B, anteil: 100 %}
"""


def changes(table: str) -> list[tuple[str, str]]:
    """Return the changes of a table, one a line, `old → new`, where ⏎ is the end of a line and ∅ nothing."""
    pairs = [line.split(" → ") for line in table.strip("\n").splitlines()]
    return [(old.replace("⏎", "\n"), new.replace("⏎", "\n").replace("∅", "")) for old, new in pairs]


SAME = changes("""
sh-ki → SH-KI
[wissen] → [Wissen, KLIMA]
2026-01-15 → 15.1.2026
2026-01-15 → '15.01.2026'
: ja → : True
: ja → : NEIN
art: hochschule → art: Natürliche Person
sitz: SH → sitz: dk
name: TH → name: 4711
name: TH → name: ja
name: TH → name: null
50.5 → € 50,50
50.5 → 50
{2026: 100, 2027: 100} → 1.290,5
{2026: 100, 2027: 100} → {2026: 1290,5, 2027: 129}
{2026: 100, 2027: 100} → 200
50 % → 12,5%
48000 → 48_000
48000 → 48.000,00 EUR
48000 → 48'000
angebote: 3 → angebote: 3.0
{nr: 1, angebote: 3} → {nr: A1, vertrag: 01.05.2026}
netto: 48000 → netto: 48000⏎    ust: 7 %
betrag: 5.000,00 → betrag: 5.000.000,00
betrag: 5.000,00 → betrag: € 5.000,00 €
betrag: 5.000,00 → betrag: 5,5
, oeffentlich: ja → ∅
, oeffentlich: ja → , oeffentlich: Nein, beihilfe: KEINE
sitz: SH⏎ → sitz: SH⏎  unternehmensverbund: [A]⏎
  ende: 2027-09-30⏎ →   ende: 2027-09-30⏎  bescheid: Gemeinsam⏎
""")
FAULTS = changes("""
foerderprogramm: sh-ki → foerderprogramm: sh-kii
foerderprogramm: sh-ki⏎ → ∅
[wissen] → [wisen]
[wissen] → wissen
[wissen] → [[wissen]]
2026-01-15 → 03/01/2026
2026-01-15 → 2026-02-29
2026-01-15 → 31.04.2026
2026-01-15 → 2026-3-1
2026-01-15 → 2026
2026-01-15 → ∅
  ende: 2027-09-30⏎ → ∅
: ja⏎a → : yes⏎a
: ja⏎a → : 1⏎a
: ja⏎a → :⏎a
folgekosten_gesichert → folgekosten
  name: TH⏎ → ∅
name: TH → name: ''
name: TH → name: '=A1'
name: TH → name: [TH]
art: hochschule → art: hochshule
sitz: SH → sitz: SHH
auto → pauschal
kostenart: material → kostenart: matrial
kostenart: material → kostenart: personal
kostenart: personal → kostenart: material
    bezeichnung: B⏎ → ∅
    stundensatz: 50.5⏎ → ∅
50.5 → -5
50.5 → '48.000'
50.5 → 12,3456
50.5 → 1000000000000
2026: 100 → 26: 100
{2026: 100, 2027: 100} → {}
{2026: 100, 2027: 100} → viele
50 % → 0.75
50 % → 75
50 % → 101 %
48000 → 48.000 €
netto: 48000 → netto: 5⏎    brutto: 6
    netto: 48000⏎ → ∅
angebote: 3 → angebote: 2.5
angebote: 3 → angebot: 3
41.156,25 → etwa 90 TEUR
41.156,25 → ∅
betrag: 5.000,00 → betrag: 5.000,00, zusagt: ja
betrag: 5.000,00, oeffentlich → betrag: 5, beihilfe: vielleicht, oeffentlich
  ende: 2027-09-30⏎ →   ende: 2027-09-30⏎  bescheid: zusammen⏎
geber: A,  → ∅
betrag: 5.000,00 → betrag: 5.000,00: 3
""")
HISTORY_FAULTS = changes("""
gewaehrt_am: 2025-03-01,  → ∅
gewaehrt_am: 2025-03-01 → status: bewilligt
foerdersumme → summe
, anteil: 100 % → ∅
100 % → 1.0
stimmbindung → freundschaft
, verbunden_mit: B → ∅
beihilfen: → beihilfe:
""")


def test_the_sample_can_be_read():
    assert check_budget(WHOLE.encode()).exit_code != 2
    assert IS_BUDGET(editor(WHOLE))
    for text in (HISTORY, HISTORY.replace("100 %", "62,5 %")):
        assert Intake().read(Historie, read_yaml(text.encode(), "h.yaml").tree)
        assert IS_HISTORIE(editor(text))


@pytest.mark.parametrize(("old", "new"), SAME)
def test_what_can_be_read_passes(old, new):
    text = WHOLE.replace(old, new, 1)
    assert text != WHOLE
    assert check_budget(text.encode()).exit_code != 2
    assert IS_BUDGET(editor(text))


@pytest.mark.parametrize(("old", "new"), FAULTS)
def test_a_fault_is_seen(old, new):
    text = WHOLE.replace(old, new, 1)
    assert text != WHOLE
    assert check_budget(text.encode()).exit_code != 0
    assert not IS_BUDGET(editor(text))


@pytest.mark.parametrize(("old", "new"), HISTORY_FAULTS)
def test_a_fault_of_a_history_is_seen(old, new):
    text = HISTORY.replace(old, new, 1)
    assert text != HISTORY
    assert Intake().read(Historie, read_yaml(text.encode(), "h.yaml").tree) is None
    assert not IS_HISTORIE(editor(text))


def test_a_number_without_quotes_has_lost_its_digits():
    """48.000 is 48 to an editor, and the rest of 5.000,00 in {…} a key of its own: only the check sees the text."""
    text = WHOLE.replace("48000", "48.000")
    assert check_budget(text.encode()).exit_code == 2
    assert IS_BUDGET(editor(text))
