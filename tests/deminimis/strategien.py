"""Random histories in which the days and amounts that decide are frequent."""

import os
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from foerdercheck.model.beihilfe import BEZIEHUNGEN, STATUS, Beihilfe, Beziehung, Ereignis, Historie
from foerdercheck.programmes import verordnungen

NAMEN = ("A", "B", "C", "D", "E")


def FEST(examples: int) -> settings:  # noqa: N802 - stands where hypothesis has `settings`
    """The same examples in every run; FOERDERCHECK_BEISPIELE asks for another number of them."""
    return settings(
        max_examples=int(os.environ.get("FOERDERCHECK_BEISPIELE", examples)),
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


_ANCHORS = [
    date(year, month, day)
    for year in (2021, 2024, 2025, 2027, 2028)
    for month, day in ((1, 1), (2, 28), (3, 1), (3, 15), (12, 16))
]
_ANCHORS += [
    date(2022, 1, 1),
    date(2023, 10, 25),
    date(2024, 6, 30),
    date(2030, 6, 30),
    date(2031, 6, 30),
    date(2033, 6, 30),
]
_DECIDING = sorted({anchor + timedelta(days) for anchor in _ANCHORS for days in (-1, 0, 1)})
_MARCH = [day for day in _DECIDING if day.month in {2, 3}]
_OTHERS = [date(2020, 6, 1) + timedelta(41 * step) for step in range(80)]
tage = st.sampled_from([*_DECIDING, *_MARCH, *_OTHERS])
_LIMITS = (2_000_000, 3_000_000, 5_000_000, 20_000_000, 30_000_000, 50_000_000, 75_000_000)
_CENTS = [limit + more for limit in _LIMITS for more in (-1, 0, 1)]
_CENTS += [0, 1, 2, 3, 5, 25, 1_000_000, 5_000_000, 10_000_000, 15_000_000]
_CENTS += [12_345 * step**2 for step in range(1, 31)]
_SHARES = [
    ("1",),
    ("1", "0"),
    ("0", "1"),
    ("0.6", "0.4"),
    ("0.5", "0.5"),
    ("0.3333", "0.6667"),
    ("0.125", "0.25", "0.625"),
    ("0.25", "0.25", "0.25", "0.25"),
]
namen = st.sampled_from(NAMEN)
_VERORDNUNG = st.sampled_from(
    (*verordnungen(), "2023/2831", "2023/2831", "2023/2831", "1408/2013", "1408/2013", "717/2014", "717/2014")
)
_COUNTED = ("DE", "bewilligt")
_OTHER = [("AT", "bewilligt"), ("AT", "beantragt"), *(("DE", status) for status in STATUS if status != "bewilligt")]
_STATUS = st.sampled_from((*[_COUNTED] * 18, *_OTHER))


def geld(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _beihilfe(unternehmen: str, am: date, cents: int, verordnung: str, status: tuple[str, str]) -> Beihilfe:
    return Beihilfe(
        unternehmen=unternehmen,
        gewaehrt_am=am,
        subventionswert=geld(cents),
        verordnung=verordnung,
        mitgliedstaat=status[0],
        status=status[1],
    )


cents = st.sampled_from(_CENTS)
beihilfen = st.builds(_beihilfe, namen, tage, cents, _VERORDNUNG, _STATUS)


@st.composite
def ereignisse(draw) -> tuple[Ereignis, ...]:
    """Mergers, acquisitions and splits in the order of the file, which need not be that of the days."""
    events: list[Ereignis] = []
    splits = set()
    for _ in range(draw(st.integers(0, 4))):
        kind, day, von = draw(st.sampled_from(("fusion", "uebernahme", "spaltung"))), draw(tage), draw(namen)
        if kind != "spaltung":
            events.append(Ereignis(datum=day, ereignis=kind, von=von, nach=draw(namen)))
        elif (day, von) not in splits:
            splits.add((day, von))
            for share in draw(st.sampled_from(_SHARES)):
                nach = draw(namen)
                events.append(Ereignis(datum=day, ereignis=kind, von=von, nach=nach, anteil=Decimal(share)))
    return tuple(events)


_lasting = st.one_of(
    st.just((None, None)), st.tuples(tage, st.none()), st.tuples(st.none(), tage), st.tuples(tage, tage).map(sorted)
)
_RELATION = st.builds(
    lambda days, **rest: Beziehung(ab=days[0], bis=days[1], **rest),
    _lasting,
    unternehmen=namen,
    beziehung=st.sampled_from(BEZIEHUNGEN),
    verbunden_mit=namen,
)


_BEGINS = st.sampled_from((None, None, None, "01.01.", "01.03.", "02.03.", "01.07.", "16.12."))
_NEW_YEARS = [date(year, month, day) for year in range(2021, 2027) for month, day in ((1, 1), (3, 1), (7, 1), (12, 16))]
hoftage = st.sampled_from(sorted({day + timedelta(days) for day in _NEW_YEARS for days in (-1, 0, 1)}))
hofbetraege = st.sampled_from((1, 500_000, 999_999, 1_000_000, 1_000_001, 1_500_000, 2_000_000))
_HOF = st.sampled_from(("A", "A", "A", "B"))
hofverordnungen = st.sampled_from(("1408/2013", "1408/2013", "717/2014"))
_HOFBEIHILFE = st.builds(_beihilfe, _HOF, hoftage, hofbetraege, hofverordnungen, st.just(_COUNTED))


@st.composite
def historien(draw, size: int = 9, awards: st.SearchStrategy[Beihilfe] = beihilfen) -> Historie:
    """Some undertakings state their fiscal year, at some of their awards."""
    years = {name: draw(_BEGINS) for name in NAMEN}
    rows = draw(st.lists(st.tuples(awards, st.booleans()), min_size=1, max_size=size))
    return Historie(
        beihilfen=tuple(b._replace(steuerjahr_ab=years[b.unternehmen] if said else None) for b, said in rows),
        verbund=tuple(draw(st.lists(_RELATION, max_size=2))),
        ereignisse=draw(ereignisse()),
    )


def hoefe() -> st.SearchStrategy[Historie]:
    """Awards to farms and fisheries about the beginnings of fiscal years."""
    return historien(size=6, awards=_HOFBEIHILFE)
