"""Two names are of one, may be, or are not; among many the near ones are found without comparing all with all."""

import random
import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foerdercheck.deminimis.verbund import Components
from foerdercheck.model.names import compare_names, name_key, near_groups
from foerdercheck.model.rechtsformen import AM_ENDE, RECHTSFORMEN, without_rechtsform

GLEICH = [
    ("Deichkamp GmbH", "Deichkamp AG"),
    ("Deichkamp GmbH", "DEICHKAMP  gmbh"),
    ("Siel GmbH & Co. KG", "Siel GmbH & Co KG"),
    ("Siel GmbH & Co. KG", "Siel G.m.b.H. & Co. KG"),
    ("Siel GmbH & Co. KG", "Siel G. m. b. H. und Co. KG"),
    ("Siel GmbH & Co. KG", "Siel UG (haftungsbeschränkt) & Co. KG"),
    ("Siel GmbH & Co. KG", "Siel"),
    ("Siel GmbH & Co. KG Husum", "Siel Husum GmbH"),
    ("Siel Gesellschaft mit beschränkter Haftung", "Siel gGmbH"),
    ("Siel Aktiengesellschaft", "Siel SE"),
    ("Siel & Söhne KG", "Siel und Soehne OHG"),
    ("Siel u. Söhne", "Siel + Söhne"),
    ("Siel & Co.", "Siel KG"),
    ("Verein Siel e. V.", "Verein Siel e.V."),
    ("Verein Siel e. V.", "Verein Siel eV"),
    ("Verein Siel e. V.", "Verein Siel eingetragener Verein i. L."),
    ("Volksbank Siel eG", "Volksbank Siel"),
    ("Siel UG (haftungsbeschränkt)", "Siel UG"),
    ("Siel GmbH i. G.", "Siel GmbH in Gründung"),
    ("Siel AG i. L.", "Siel AG"),
    ("Siel e. V. i. L.", "Siel"),
    ("Siel AG & Co. KG", "Siel"),
    ("Siel A/S", "Siel ApS"),
    ("Siel Ltd.", "Siel Limited"),
    ("Rechenwerk Nord GmbH", "Rechenwerk-Nord GmbH"),
    ("Rechenwerk Nord GmbH", "Rechenwerk Nord GmbH."),
    ("Rechenwerk Nord GmbH", "Rechen Werk Nord, GmbH"),
    ("Müller", "MUELLER"),
    ("Mu\u0308ller", "Müller"),
    ("Siel™ GmbH", "Siel® GmbH"),
    ("ﬁltra", "Filtra"),
    ("Windpark1", "Windpark 1"),
    ("GmbH", "G.m.b.H."),
    ("Dr. Siel Labor GmbH", "Siel Labor"),
    ("???", "???"),
]
VERSCHIEDEN = [
    ("Firma A", "Firma B"),
    ("Firma A GmbH", "Firma B GmbH"),
    ("Firma A", "Firma"),
    ("Firma U", "Firma"),
    ("U Firma", "Firma"),
    ("P1", "P2"),
    ("P1", "P01"),
    ("P 1 12", "P 11 2"),
    ("Windpark 1", "Windpark 2"),
    ("Windpark1", "Windpark2"),
    ("Windpark I", "Windpark II"),
    ("Windpark XVIII", "Windpark XVII"),
    ("Windpark XXVIII GmbH", "Windpark XXXVIII GmbH"),
    ("Los 1 Teil 2", "Los 2 Teil 1"),
    ("Jan", "Jon"),
    ("Jana", "Jane"),
    ("Merle Thomsen", "Thomsen"),
    ("Merle Thomsen", "Merle A. Thomsen"),
    ("Muschelwerk", "Tangmühle"),
    ("Anlagenbau", "Anlagebaue"),
    ("Anlagenbau", "Analgenbua"),
    ("Anlagenbau Nord", "Anlagebau Sued"),
    ("Anlagenbau Wattkante", "Anlagebau Wattkanta"),
    ("AG Siel", "Siel"),
    ("Ev. Kirche", "Kirche"),
    ("SE Siel", "KG Siel"),
    ("🦊 GmbH", "🐻 GmbH"),
    ("का", "की"),
    ("???", "!!!"),
    ("Siel", ""),
]
NAHE = [
    ("Wattkante Anlagenbau GmbH", "Wattkante Anlagebau GmbH"),
    ("Wattkante Anlagenbau GmbH", "Wattkante Anlagenbua AG"),
    ("Wattkante Anlagenbau GmbH", "Wattkante Anlagenbar"),
    ("Wattkante Anlagenbau GmbH", "Anlagenbau Wattkante GmbH"),
    ("Wattkante Anlagenbau GmbH", "Anlagebau, Wattkante"),
    ("Windpark Siel 1", "Windpakr Siel 1"),
    ("Windpark 1 Siel", "Siel Windpark 1"),
    ("Meier", "Meyer"),
    ("Meier", "Meie"),
    ("Meie", "Meier"),
    ("Meier", "Meire"),
    ("Meier", "Beier"),
    ("Meier", "Meiers"),
    ("Muller", "Müller"),
    ("M\u0435ier", "Meier"),
    ("x" * 80 + "a", "x" * 80 + "b"),
]
PERSONEN = [
    ("Merle Thomsen", "Dr. Merle Thomsen"),
    ("Merle Thomsen", "Dr Merle Thomsen"),
    ("Merle Thomsen", "Dr.med. Merle Thomsen"),
    ("Merle Thomsen", "Dr. rer. nat. Merle Thomsen"),
    ("Merle Thomsen", "Prof. Dr. Dr. h. c. Merle Thomsen"),
    ("Merle Thomsen", "Prof. Dr.-Ing. habil. Merle Thomsen"),
    ("Merle Thomsen", "Univ.-Prof. Dr. Merle Thomsen"),
    ("Merle Thomsen", "PD Dr. Merle Thomsen"),
    ("Merle Thomsen", "Priv.-Doz. Dr. Merle Thomsen"),
    ("Merle Thomsen", "Professorin Merle Thomsen"),
    ("Merle Thomsen", "Dipl.-Ing. (FH) Merle Thomsen"),
    ("Merle Thomsen", "Dipl.-Wirt.-Ing. Merle Thomsen"),
    ("Merle Thomsen", "Mag. Merle Thomsen"),
    ("Merle Thomsen", "Merle Thomsen, M.Sc."),
    ("Merle Thomsen", "Merle Thomsen (M. Sc.)"),
    ("Merle Thomsen", "Merle Thomsen M.A."),
    ("Merle Thomsen", "Merle Thomsen, MBA"),
    ("Merle Thomsen", "Merle Thomsen, Ph.D."),
    ("Merle Thomsen", "Merle Thomsen, Dr."),
    ("Merle Thomsen", "Frau Merle Thomsen"),
    ("Merle Thomsen", "Herr Merle Thomsen"),
    ("Merle-Sofie Thomsen", "Merle Sofie Thomsen"),
    ("N. N.", "NN"),
    ("Li Ma", "Li Ma, M.A."),
    ("Phil Schmidt", "Dr. Phil Schmidt"),
    ("C. Müller", "Prof. C. Müller"),
    ("Dr.", "Dr"),
]
NICHT_EINE = [
    ("Kim Se", "Kim"),
    ("Stelle AG", "Stelle KG"),
    ("Li Ma", "Li"),
    ("Phil Schmidt", "Schmidt"),
    ("Merle Thomsen", "Merle"),
    ("Frauke Thomsen", "Thomsen"),
    ("Drews", "Ews"),
    ("Entwickler", "Entwicklerin"),
    ("Projektleiter", "Projektleitung"),
    ("Data Scientist I", "Data Scientist II"),
    ("N. N. 1", "N. N. 2"),
]


@pytest.mark.parametrize(
    ("wanted", "pairs"),
    [("gleich", GLEICH), ("nahe", NAHE), ("verschieden", VERSCHIEDEN)],
    ids=["gleich", "nahe", "verschieden"],
)
def test_names_of_undertakings(wanted, pairs):
    wrong = [(one, other) for one, other in pairs if compare_names(one, other) != wanted]
    assert wrong == []


@pytest.mark.parametrize(("wanted", "pairs"), [("gleich", PERSONEN), ("verschieden", NICHT_EINE)])
def test_names_of_persons(wanted, pairs):
    wrong = [(one, other) for one, other in pairs if compare_names(one, other, person=True) != wanted]
    assert wrong == []


def test_persons_may_be_near_without_their_titles():
    for other in (
        "Thomsen, Dr. Merle",
        "Prof. Merle Thomson",
        "Mrele Thomsen",
        "Merle Thomsenn",
        "Merl Thomsen, M.Sc.",
    ):
        assert compare_names("Merle Thomsen", other, person=True) == "nahe"


@pytest.mark.parametrize("form", [*RECHTSFORMEN, *AM_ENDE])
def test_every_legal_form_is_none_of_the_name(form):
    assert name_key(f"Siel {form}") == "siel"
    assert name_key(f"Siel {form.upper()}") == name_key(f"Siel, {form.replace('. ', '.')}") == "siel"
    if form in RECHTSFORMEN:
        assert name_key(f"Siel {form} Husum") == "sielhusum"
    else:
        assert name_key(f"Siel {form} Husum") != "sielhusum"
    assert name_key(form)


def test_a_name_keeps_what_only_looks_like_a_legal_form():
    assert without_rechtsform(["agrar", "segel", "inklusion"]) == ["agrar", "segel", "inklusion"]
    assert without_rechtsform(["gmbh", "ag"]) == []
    assert without_rechtsform([]) == []


NAMES = st.text("abcxI 1.", max_size=12) | st.lists(
    st.sampled_from(["merle", "merel", "thomsen", "1", "B", "GmbH"]), max_size=4
).map(" ".join)


@given(NAMES, NAMES, st.booleans())
def test_the_comparison_is_symmetric_and_equal_is_an_equivalence(one, other, person):
    answer = compare_names(one, other, person=person)
    assert compare_names(other, one, person=person) == answer
    assert compare_names(one, one, person=person) == "gleich"
    assert (answer == "gleich") == (name_key(one, person=person) == name_key(other, person=person))


def groups_of_all_pairs(names, person):
    """The slow oracle: every pair is compared."""
    first = {}
    for name in names:
        first.setdefault(name_key(name, person=person), name)
    near = [(one, other) for one, other in combinations(names, 2) if compare_names(one, other, person=person) == "nahe"]
    ends = [tuple(first[name_key(name, person=person)] for name in pair) for pair in near]
    components = Components(ends)
    found = {}
    for name in first.values():
        found.setdefault(components.of(name), []).append(name)
    return [tuple(group) for group in found.values() if len(group) > 1]


@given(st.lists(NAMES, max_size=16), st.booleans())
def test_groups_are_those_of_all_pairs(names, person):
    assert near_groups(names, person=person) == groups_of_all_pairs(names, person)


@pytest.mark.parametrize("length", range(37, 45))
def test_among_many_long_words_every_slip_of_a_letter_is_found(length):
    word = "abcdefghijklmnopqrstuvwxyz" * 2
    others = [f"{word[number : number + 6]}{'qz' * 18}"[:length] for number in range(20)]
    one = word[:length]
    for at in range(length - 1):
        for other in (
            one[:at] + one[at + 1 :],
            one[:at] + "é" + one[at + 1 :],
            one[:at] + one[at + 1] + one[at] + one[at + 2 :],
        ):
            assert (one, other) in near_groups([*others, one, other])


@pytest.mark.parametrize("words", [1, 2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_groups_are_those_of_all_pairs_among_hundreds(words, seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    stock = ["".join(chance.choices("aeioulmnrst", k=length)) for length in (3, 4, 5, 6, 8, 45) for _ in range(6)]
    names = [" ".join(chance.sample(stock, words)) for _ in range(150)]
    names += [changed(chance, name) for name in names]
    assert near_groups(names) == groups_of_all_pairs(names, person=False)


def changed(chance, name):
    at = chance.randrange(len(name) - 1)
    return chance.choice(
        [name[:at] + name[at + 1 :], name[:at] + "a" + name[at:], name[:at] + name[at + 1] + name[at] + name[at + 2 :]]
    )


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        ([f"Windpark {number} GmbH" for number in range(20_000)], 0),
        ([f"Petersen{chr(0x4E00 + number)}" for number in range(5_000)], 1),
        (["a" * number + "b" * (2000 - number) for number in range(1_000)], 1),
        ([f"{'x' * 1900}{number}y" for number in range(2_000)], 0),
        ([" ".join(f"w{chr(97 + n % 26)}{n * number % 97}o" for n in range(300)) for number in range(500)], None),
    ],
    ids=["numbered", "all near", "long words", "long and numbered", "many words"],
)
def test_many_names_take_time_by_their_number_only(names, groups):
    start = time.perf_counter()
    found = near_groups(names)
    assert time.perf_counter() - start < 10
    assert groups is None or len(found) == groups
