"""Single undertakings: how they are put together, and that it takes no more time than it must."""

from itertools import pairwise

from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.verbund import Components, Verbund
from foerdercheck.deminimis.verbund import verbund as group_of
from foerdercheck.model.beihilfe import Beziehung

from .bau import ALLGEMEIN, beihilfe, buch, ereignis, eur, kette, spaltung, stand, tag


def test_members_of_one_undertaking_may_be_known_beforehand():
    awards = [beihilfe("01.06.2025", 10, an=None), beihilfe("01.06.2025", 20, an="B")]
    konto = stand(awards, am="01.06.2026", an="A", gruppe=("A", "B", "C"))
    assert (konto.unternehmen, konto.im_fenster) == (("A", "B", "C"), 30)


def test_rounding_never_hands_over_more_than_there_is():
    shares = {f"N{number}": "0.1" for number in range(10)}
    events = spaltung("01.03.2026", "A", **shares)
    parts = [
        stand([beihilfe("01.06.2025", "0.05")], (), events, am="01.04.2026", an=name).im_fenster for name in shares
    ]
    assert parts == [eur("0.01")] * 5 + [0] * 5


def test_components_of_a_long_chain():
    names = [str(number) for number in range(5000)]
    components = Components(pairwise(names))
    assert len({components.of(name) for name in names}) == 1
    assert components.of("x") == "x"


def test_clusters_stay_apart():
    relations = [*kette("A", "B"), *kette("C", "D"), *kette("B", "C", art="natuerliche_person")]
    group = group_of(relations, [ereignis("01.01.2026", "fusion", "D", "E")])
    clusters, groups = group.clusters()
    assert clusters.of("a") == clusters.of("b") != clusters.of("c") == clusters.of("d") == clusters.of("e")
    assert {len(each.ereignisse) for each in groups.values()} == {0, 1}
    joined, _ = group.over_persons().clusters()
    assert joined.of("a") == joined.of("e")


def test_work_grows_with_the_history_not_with_its_square(monkeypatch):
    """Events in unrelated groups do not touch each other's awards."""
    handled = []
    original = Verbund.epochs

    def counted(self, held):
        result = original(self, held)
        handled.append(len(result) * (len(held) + sum(map(len, held.values()))))
        return result

    monkeypatch.setattr(Verbund, "epochs", counted)
    pairs = range(100)
    awards = [beihilfe("01.06.2025", 1, an=f"{side}{number}") for number in pairs for side in "AB" for _ in range(5)]
    events = [ereignis("01.01.2026", "fusion", f"B{number}", f"A{number}") for number in pairs]
    konten = buch(awards, (), events)
    day = tag("21.11.2026")
    of_state = konten.konten(Frage(verordnung=ALLGEMEIN, stichtag=day, betrag=None))
    assert all(len(of_state.konto(name, day).posten) == 10 for name in konten.names)
    assert sum(handled) == 100 * 2 * (2 + 10)


def test_relations_without_names_in_awards_are_members_too():
    relation = Beziehung(unternehmen="A", beziehung="stimmrechtsmehrheit", verbunden_mit="Z")
    assert stand([], [relation], am="01.01.2026").unternehmen == ("A", "Z")
