import pytest
from hypothesis import given, settings

from any_text import ANY_TEXT
from gloact_qa.text.spelling import Speller, WordCounts

RELEASE = """Ms. Alena Kupchyna moderated the event in Vienna. Mr. Yuri Fedotov of UNODC spoke about
cooperation against trafficking. The Ambassador of Afghanistan thanked GLO.ACT."""


def build_speller(texts: list[str], other_words: list[str] | None = None) -> Speller:
    words = WordCounts()
    for text in texts:
        words.add(text)
    return Speller(words.counts, words.surfaces, other_words or ())


SPELLER = build_speller([RELEASE], ["budget", "country"])


def repaired(text: str) -> str:
    parts, position = [], 0
    for correction in SPELLER.corrections(text):
        parts += [text[position : correction.start], correction.word]
        position = correction.end
    return "".join([*parts, text[position:]])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("who moderatd the evnt?", "who moderated the event?"),
        ("who is Kupchina?", "who is Kupchyna?"),
        ("who is kupchyna?", "who is kupchyna?"),
        ("what did Fedetov say", "what did Fedotov say"),
        ("Afganistan ambasador", "Afghanistan Ambassador"),
        ("trafficing and coperation", "trafficking and cooperation"),
        ("wat is the buget", "what is the budget"),
        ("wich contry", "which country"),
        ("how dose the evnt end", "how does the event end"),
        ("Viena?", "Vienna?"),
    ],
)
def test_misspelt_words_are_repaired(written: str, meant: str) -> None:
    assert repaired(written).lower() == meant.lower()


@pytest.mark.parametrize(
    "text",
    [
        "who moderated the event in Vienna?",
        "where are the venue and the vents?",  # English words that the release does not have
        "WHO MODERATED THE EVENT",
        "Peña and GLO.ACT",
        "see www.unodc.orgg or mail evnt@unodc.orgg",
        "@evnt #evnt",
        "xylophonists zzzzzzzz",  # nothing is near
        "12 evnts2019",
        "",
    ],
)
def test_words_that_are_right_are_left_alone(text: str) -> None:
    assert repaired(text) == text


def test_a_name_comes_back_as_the_collection_writes_it() -> None:
    assert repaired("who is kupchina") == "who is Kupchyna"
    assert repaired("moderatd") == "moderated"


def test_without_words_nothing_is_touched_but_function_words() -> None:
    speller = build_speller([])
    assert speller.corrections("Kupchina moderatd") == ()
    assert [c.word for c in speller.corrections("wich")] == ["which"]


@settings(deadline=None, max_examples=50)
@given(ANY_TEXT)
def test_any_text_can_be_repaired(text: str) -> None:
    position = 0
    for correction in SPELLER.corrections(text):
        assert position <= correction.start < correction.end <= len(text)
        assert correction.word.strip()
        position = correction.end


@settings(deadline=None, max_examples=50)
@given(ANY_TEXT)
def test_a_text_knows_its_own_words(text: str) -> None:
    words = [w for w in text.split() if w.isalpha() and len(w) > 2]
    assert build_speller([text]).corrections(" ".join(words)) == ()
