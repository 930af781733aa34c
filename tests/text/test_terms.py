import string
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from any_text import ANY_TEXT
from gloact_qa.text.terms import STOP_WORDS, Analyzer, find_compounds, fold, stem, tokenize

PLAIN = Analyzer()
# A collection that writes GLO.ACT and side-event.
COLLECTION = Analyzer(find_compounds(["GLO.ACT works.", "A side-event of the high-level week."]))


def terms(text: str, analyzer: Analyzer = PLAIN) -> list[str]:
    return [term.text for term in analyzer.terms(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peña", "pena"),
        ("PEÑA", "Pena"),
        ("Malmö", "malmo"),
        ("Øresund", "oresund"),
        ("ﬁshing", "fishing"),
        ("Fedotov’s", "Fedotov's"),
        ("Fedotov's", "Fedotov"),
        ("countries", "country"),
        ("cooperating", "cooperates"),
        ("organisation", "organization"),
        ("harmonisation", "harmonization"),
        ("criminalise", "criminalize"),
        ("colour", "color"),
        ("labour", "labor"),
        ("centre", "center"),
        ("programmes", "program"),
        ("travelled", "traveled"),
        ("analyse", "analyze"),
        ("defence", "defense"),
        ("built", "build"),
        ("went", "go"),
        ("written", "write"),
        ("held", "hold"),
        ("children", "child"),
        ("women", "woman"),
        ("2018–2022", "2018-2022"),
        ("2018/22", "2018-2022"),
        ("12,000", "12000"),
        ("28th", "28"),
        ("€12m", "€12 million"),
        ("12 million euros", "€12 million"),
        ("50%", "50 percent"),
        ("https://un.org/a/", "https://un.org/a"),
    ],
)
def test_ways_of_writing_meet(one: str, other: str) -> None:
    assert set(terms(one)) == set(terms(other)) != set()


@pytest.mark.parametrize(
    "written", ["GLO.ACT", "gloact", "GLO ACT", "glo act", "Glo.Act", "GloAct"]
)
def test_what_the_collection_joins_with_a_dot_meets(written: str) -> None:
    assert terms(f"about {written} today", COLLECTION) == ["gloact", "today"]


@pytest.mark.parametrize("written", ["side event", "side-event", "sideevent", "Side Events"])
def test_what_the_collection_hyphenates_meets(written: str) -> None:
    assert terms(written, COLLECTION) == ["side", "event"]


def test_without_the_collection_words_stay_apart() -> None:
    assert terms("glo act") == ["glo", "act"]
    assert terms("sideevent") == ["sideev"]


@pytest.mark.parametrize(
    ("text", "survives"),
    [
        ("Email: unodc-glo.act@un.org", "unodc-glo.act@un.org"),
        (
            "at www.unodc.org/unodc/en/human-trafficking/glo-act/.",
            "www.unodc.org/unodc/en/human-trafficking/glo-act",
        ),
        ("see (https://un.org/?q=1&r=2), please", "https://un.org/?q=1&r=2"),
        ("Twitter: @Glo_Act!", "@glo_act"),
        ("follow #EndTrafficking", "#endtrafficking"),
        ("a €12 million initiative", "12million"),
        ("a €12 million initiative", "euro"),
        ("worth $3.5bn", "3.5billion"),
        ("the 2019 CCPCJ", "2019"),
        ("(2018-2022)", "2018-2022"),
        ("(2018-2022)", "2018"),
        ("(2018-2022)", "2022"),
        ("the 28 thCommission", "28"),
        ("the 28 thCommission", stem("commission")),
    ],
)
def test_what_survives_as_a_term(text: str, survives: str) -> None:
    assert survives in terms(text)


def test_stop_words_are_no_terms() -> None:
    assert terms("What did they say, and who are you?") == []
    assert all(terms(word) == [] for word in STOP_WORDS)


def test_a_country_is_no_pronoun() -> None:
    assert terms("the US told us") == ["us", stem("told")]
    assert terms("U.S.") == ["us"]


def test_terms_know_where_they_stand() -> None:
    text = "The Ñandú of 2019 met Ms. Peña."
    found = Analyzer().terms(text, offset=100)
    assert [text[t.start - 100 : t.end - 100] for t in found] == [
        "Ñandú",
        "2019",
        "met",
        "Ms",
        "Peña",
    ]
    # Stop words count: "The" is 0, "of" is 2.
    assert [t.position for t in found] == [1, 3, 4, 5, 6]


def test_tokens_have_kinds() -> None:
    kinds = {token.text: token.kind for token in tokenize("a@b.org www.b.org @b 2018-2022 €5 7% x")}
    assert kinds == {
        "a@b.org": "email",
        "www.b.org": "url",
        "@b": "handle",
        "2018-2022": "range",
        "€": "currency",
        "5": "number",
        "7": "number",
        "%": "percent",
        "x": "word",
    }


LETTERS = string.ascii_lowercase + "áàâäãåçéèêëíîïñóôöõøúûüý"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=12), max_size=8).map(" ".join)


@given(WORDS)
def test_case_makes_no_difference(text: str) -> None:
    assert terms(text) == terms(text.upper()) == terms(text.title())


@given(WORDS)
def test_accents_make_no_difference(text: str) -> None:
    assert terms(text) == terms(fold(text))


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(ANY_TEXT, st.integers(0, 1000))
def test_offsets_are_those_of_the_text(text: str, offset: int) -> None:
    tokens = list(tokenize(text))
    assert all(text[t.start : t.end] == t.text != "" for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    for analyzer in (PLAIN, COLLECTION):
        found = analyzer.terms(text, offset)
        assert all(0 <= t.start - offset < t.end - offset <= len(text) for t in found)
        assert [t.position for t in found] == sorted(t.position for t in found)
        assert all(t.text and not t.text.isspace() for t in found)
        # The same terms on both sides, whatever stands around them.
        assert [t.text for t in Analyzer(analyzer.compounds).terms(text)] == [t.text for t in found]


@settings(deadline=None)
@given(st.lists(ANY_TEXT, max_size=4))
def test_compounds_of_any_collection_can_be_found(texts: list[str]) -> None:
    compounds = find_compounds(texts)
    analyzer = Analyzer(compounds)
    for (first, last), joined in compounds.joins.items():
        assert joined == first + last
        assert terms(f"{first}.{last}", analyzer) == terms(f"{first} {last}", analyzer)


def test_accents_that_stand_apart_from_their_letters() -> None:
    decomposed = unicodedata.normalize("NFD", "Ms. Peña")
    assert terms(decomposed) == terms("Ms. Pena")
    last = PLAIN.terms(decomposed)[-1]
    assert decomposed[last.start : last.end] == unicodedata.normalize("NFD", "Peña")


@pytest.mark.parametrize("text", ["5 mıllion", "5 K", "５ ｍｉｌｌｉｏｎ"])
def test_scales_in_letters_that_only_look_latin(text: str) -> None:
    assert terms(text)[0].startswith("5")


_WORDS = st.lists(
    st.sampled_from(["glo", "act", "side", "event", "sideevent", "the", "Ship", "2k"])
)


@given(ANY_TEXT | _WORDS.map(" ".join) | st.text(alphabet="ab c.'-", max_size=20))
def test_the_terms_of_a_phrase_are_those_of_a_text(text: str) -> None:
    analyzer = Analyzer(find_compounds(["GLO.ACT had a side-event."]))
    assert analyzer.phrase(text) == tuple(term.text for term in analyzer.terms(text))
