"""The account agrees with a slow one of its own making on random histories.

Few in the suite; `FOERDERCHECK_BEISPIELE=5000 .venv/bin/pytest tests/deminimis/test_orakel.py` tries thousands.
"""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.fenster import GRENZTAGE
from foerdercheck.deminimis.frage import Frage, Planung
from foerdercheck.deminimis.kontostand import kontostand
from foerdercheck.programmes import verordnungen

from .bau import RECHT
from .orakel import HORIZON, Orakel, ceiling, worst
from .strategien import FEST, NAMEN, cents, geld, historien, hoefe, hofbetraege, hoftage, hofverordnungen, namen, tage

_verordnungen = st.sampled_from(tuple(verordnungen()))
_states = st.sampled_from(("DE", "DE", "DE", "AT"))
_grenztage = st.sampled_from(GRENZTAGE)


def _buch(historie, stichtag):
    """Everybody is known, whether or not the history mentions them."""
    buch, problems = open_kontenbuch(historie, RECHT, stichtag, gruppen=[(name,) for name in NAMEN])
    assert problems == []
    return buch


def _konto(buch, name, frage):
    return kontostand(buch.konten(frage), name.casefold(), frage)


def _cents(betrag):
    return None if betrag is None else int(betrag * 100)


@FEST(300)
@given(
    historien(),
    namen,
    st.tuples(tage, _verordnungen, _grenztage),
    _states,
    st.tuples(st.sampled_from((-1, 0, 1)), st.booleans()),
)
def test_accounts_planned_awards_and_verdicts_on_the_past(historie, name, question, state, planned):
    """Making a history costs more than asking it; so each is made once and asked everything."""
    _account(historie, name, question, state)
    _planned_award_around_what_decides(historie, name, question, *planned)
    _verdicts_on_the_past_and_both_readings(historie, name, question)


@FEST(60)
@given(
    hoefe(),
    st.tuples(hoftage, hofverordnungen, _grenztage),
    st.tuples(st.sampled_from((-1, 0, 1)), st.booleans()),
    st.lists(st.tuples(hoftage, hofverordnungen, hofbetraege), min_size=1, max_size=3),
)
def test_farms_and_fisheries_by_fiscal_years(historie, question, planned, sequence):
    _account(historie, "A", question, "DE")
    _planned_award_around_what_decides(historie, "A", question, *planned)
    _verdicts_on_the_past_and_both_readings(historie, "A", question)
    _sequence(historie, "A", sequence, question[2])


def _account(historie, name, question, state):
    stichtag, verordnung, grenztag = question
    oracle = Orakel(historie, grenztag, state=state)
    frage = Frage(verordnung=verordnung, stichtag=stichtag, betrag=None, grenztag=grenztag, mitgliedstaat=state)
    konto = _konto(_buch(historie, stichtag), name, frage)
    awards = oracle.account(name, stichtag)
    room = oracle.room(awards, verordnung, stichtag)
    assert set(konto.unternehmen) == oracle.undertaking(name, stichtag)
    assert _cents(konto.frei) == room
    assert konto.hoechstbetrag == ceiling(verordnung, stichtag)
    assert _cents(konto.im_fenster) == oracle.used(awards, verordnung, stichtag)
    seen = [(day, _cents(betrag)) for day, betrag in konto.verlauf if day <= stichtag + HORIZON]
    assert seen == oracle.course(awards, verordnung, stichtag)
    shown = [
        (b.gewaehrt_am, b.pfad[-1], b.unternehmen, _cents(b.subventionswert), b.im_fenster, b.ergebnis_bei_gewaehrung)
        for b in konto.beihilfen
        if b.gewaehrt_am <= stichtag
    ]
    expected = [
        (a.day, a.number, a.name, a.cents, konto.fenster[0] <= a.day <= stichtag, oracle.audit(a.number))
        for a in awards
        if a.day <= stichtag
    ]
    assert sorted(shown) == sorted(expected)
    assert [entry[:2] for entry in shown] == sorted(entry[:2] for entry in shown)


def _planned_award_around_what_decides(historie, name, question, more, full):
    stichtag, verordnung, grenztag = question
    oracle = Orakel(historie, grenztag)
    awards = oracle.account(name, stichtag)
    course = oracle.course(awards, verordnung, stichtag)
    limit = (ceiling(verordnung, stichtag) or 300_000) * 100
    room = oracle.room(awards, verordnung, stichtag) or 0
    cents = max((limit if full else room) + more, 0)
    frage = Frage(verordnung=verordnung, stichtag=stichtag, betrag=geld(cents), grenztag=grenztag)
    konto = _konto(_buch(historie, stichtag), name, frage)
    fits = konto.frueheste_gewaehrung
    assert (fits if fits and fits <= stichtag + HORIZON else None) == next((d for d, f in course if cents <= f), None)
    verdict = oracle.verdict(name, verordnung, stichtag, cents)
    wider = Orakel(historie, grenztag, persons=True).verdict(name, verordnung, stichtag, cents)
    assert konto.ergebnis == (verdict if verdict == wider else "offen")


def _verdicts_on_the_past_and_both_readings(historie, name, question):
    stichtag, _, grenztag = question
    both = {reading: Orakel(historie, reading) for reading in GRENZTAGE}
    frage = Frage(verordnung="2023/2831", stichtag=stichtag, betrag=None, grenztag=grenztag)
    konto = _konto(_buch(historie, stichtag), name, frage)
    verdict = both[grenztag].verdict(name, "2023/2831", stichtag, None)
    wider = Orakel(historie, grenztag, persons=True).verdict(name, "2023/2831", stichtag, None)
    known = ["eingehalten" if ceiling("2023/2831", stichtag) else "offen"]
    assert konto.ergebnis == (worst([verdict, *known]) if verdict == wider else "offen")
    rooms = {oracle.room(oracle.account(name, stichtag), "2023/2831", stichtag) for oracle in both.values()}
    assert any("Es kommt auf den Grenztag an" in said.text for said in konto.hinweise) is (len(rooms) == 2)
    contested = [
        award.number
        for award in both["streng"].account(name, stichtag)
        if award.day <= stichtag and both["streng"].audit(award.number) != both["rna"].audit(award.number)
    ]
    assert sum("kam es auf den Grenztag an" in said.text for said in konto.hinweise) == len(contested)


_planned = st.lists(st.tuples(tage, _verordnungen, cents), min_size=1, max_size=3)


@FEST(300)
@given(historien(), namen, _planned, _grenztage)
def test_several_planned_awards_one_after_the_other(historie, name, planned, grenztag):
    _sequence(historie, name, planned, grenztag)


def _sequence(historie, name, planned, grenztag):
    stichtag = min(day for day, _, _ in planned)
    folge = tuple(Planung(day, geld(cents), verordnung) for day, verordnung, cents in planned)
    frage = Frage(verordnung="2023/2831", stichtag=stichtag, betrag=None, grenztag=grenztag, folge=folge)
    konto = _konto(_buch(historie, stichtag), name, frage)
    both = {reading: Orakel(historie, reading).sequence(name, planned) for reading in GRENZTAGE}
    expected = both[grenztag]
    assert [(each.ergebnis, _cents(each.frei)) for each in konto.geplant] == expected
    if konto.frei is not None and all(frei is not None for _, frei in expected):
        differ = [one for one, other in zip(both["streng"], both["rna"], strict=True) if one[1] != other[1]]
        assert sum("Es kommt auf den Grenztag an" in said.text for said in konto.hinweise) == len(differ)
    wider = worst(ergebnis for ergebnis, _ in Orakel(historie, grenztag, persons=True).sequence(name, planned))
    verdict = worst(ergebnis for ergebnis, _ in expected)
    assert konto.ergebnis == (verdict if verdict == wider else "offen")


@FEST(100)
@given(historien(size=14), tage, _grenztage)
def test_every_account_of_a_history_from_one_kontenbuch(historie, stichtag, grenztag):
    buch = _buch(historie, stichtag)
    oracle = Orakel(historie, grenztag)
    frage = Frage(verordnung="2023/2831", stichtag=stichtag, betrag=None, grenztag=grenztag)
    accounts = {name: _konto(buch, name, frage) for name in NAMEN}
    total = Decimal()
    for name, konto in accounts.items():
        assert _cents(konto.im_fenster) == oracle.used(oracle.account(name, stichtag), "2023/2831", stichtag)
        members = oracle.undertaking(name, stichtag)
        if name == min(members):
            total += konto.im_fenster
    assert _cents(total) == oracle.used(oracle.awards, "2023/2831", stichtag)
