"""Whatever is asked and whatever a release says: a right answer, or one clear error; and soon.

What is sent over HTTP is in tests/service/test_service_hostile.py.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from hostile_texts import MEGABYTE, PUMPS, filled
from hypothesis import given, settings
from hypothesis import strategies as st

from any_text import ANY_TEXT
from gloact_qa.answering.bot import Bot
from gloact_qa.errors import KnowledgeError
from gloact_qa.schema import MAX_ANSWER_LENGTH, MAX_QUESTION_LENGTH, MAX_TURNS, Document, Turn
from gloact_qa.text.terms import fold, stem
from newsroom import BRIDGE, ORCHARD, check_answer, make_bot

LARGE = 30_000  # characters of a release in one sentence
# Seconds of the processor's time: several times what these take.
AT_ONCE, SOON, READ = 0.5, 2.0, 15.0
ASKED = (
    "Who is Aa Bb?",
    "What is Aa?",
    "What does AB stand for?",
    "How many aa are there?",
    "When did she open the bridge?",
    "Where is Aa?",
    "How much did it cost?",
    "What did Aa say?",
    "Which countries are there?",
    "Who is the chief of Aa?",
    "aa bb cc aa bb cc",
)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Hold that what is done takes no more of the processor's time."""
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


@pytest.fixture(scope="module")
def newsroom() -> Bot:
    """Return a bot over two releases, ready."""
    bot = make_bot(BRIDGE, ORCHARD, min_confidence=0)
    bot.warm_up()
    return bot


def release(text: str, name: str = "any") -> Document:
    """Return a release with half surrogate pairs, which it cannot have, replaced."""
    return Document(document_id=name, title="Any", text=text.replace("\ud800", "\ufffd"))


@pytest.mark.parametrize("pump", PUMPS.values(), ids=PUMPS)
def test_the_longest_question(newsroom: Bot, pump: str) -> None:
    question = filled(pump, MAX_QUESTION_LENGTH)
    with within(AT_ONCE):
        check_answer(newsroom, question)


@pytest.mark.parametrize("pump", PUMPS.values(), ids=PUMPS)
def test_the_longest_conversation(newsroom: Bot, pump: str) -> None:
    # Turns cannot have half a pair: they are what POST /ask takes.
    pump = pump.replace("\ud800", "\ufffd")
    asked, said = filled(pump, MAX_QUESTION_LENGTH), filled(pump, MAX_ANSWER_LENGTH)
    history = [
        Turn.model_construct(question=f"{i} {asked}"[:MAX_QUESTION_LENGTH], answer=f"{i} {said}")
        for i in range(MAX_TURNS)
    ]
    for question in ("And what else did she say about it?", asked):
        with within(AT_ONCE):
            check_answer(newsroom, question, history, top_k=20)


@pytest.mark.parametrize("pump", PUMPS.values(), ids=PUMPS)
def test_a_release_of_one_long_sentence(pump: str) -> None:
    text = f"Zorgs met {filled(pump, LARGE)}"
    with within(READ):
        bot = make_bot(release(text), min_confidence=0)
    for question in (*ASKED, text[:MAX_QUESTION_LENGTH]):
        with within(SOON):
            check_answer(bot, question)


def test_a_megabyte_without_a_space() -> None:
    for text in ("a" * MEGABYTE, "“" * MEGABYTE):
        with within(READ):
            bot = make_bot(release(f"{text}\n\nThe mayor opened the bridge."), min_confidence=0)
            check_answer(bot, "Who opened the bridge?")


@pytest.mark.parametrize(
    "text", ["“", "?!…", "the of and", "🙂", "\ufeff", "\x00", "\u0301", "(.)"]
)
def test_a_release_without_a_word_to_search_for(text: str) -> None:
    with pytest.raises(KnowledgeError, match="no words to search for"):
        make_bot(release(f"{text} " * 9))
    check_answer(make_bot(release(f"{text} " * 9), BRIDGE), text)


@pytest.mark.parametrize("field", ["document_id", "title", "text", "url", "language"])
def test_a_release_has_no_half_surrogate_pair(field: str) -> None:
    with pytest.raises(ValueError, match="character 1 is half a surrogate pair"):
        Document(**{**BRIDGE.model_dump(), field: "a\udfffb"})


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85", "\n\r"])
def test_line_ends_of_any_kind(newline: str) -> None:
    text = newline.join(BRIDGE.text.split("\n"))
    bot = make_bot(BRIDGE.model_copy(update={"text": text}))
    assert check_answer(bot, "Who designed the bridge?").short_answer == "Ada Fenwick"
    assert check_answer(bot, "What is the email address?").short_answer == "press@tht.example"


def test_long_words_do_not_fill_the_memory(newsroom: Bot) -> None:
    """The caches of words are large, so long ones must not be kept."""
    kept = [fold, stem]
    sizes = [_kept(function) for function in kept]
    for i in range(50):
        newsroom.ask("".join(chr(97 + (i + k) % 26) for k in range(900)))
    assert [_kept(function) for function in kept] == sizes


def _kept(function: object) -> int:
    from gloact_qa.text import terms

    cache = terms._known_fold if function is fold else terms._known_stem
    return cache.cache_info().currsize


LINES = st.lists(ANY_TEXT.filter(str.strip), min_size=1, max_size=4)
TURNS = st.lists(
    st.builds(Turn, question=ANY_TEXT.filter(str.strip).map(lambda t: t[:99]), answer=ANY_TEXT),
    max_size=4,
)


@settings(deadline=None, max_examples=15)
@given(texts=LINES, question=ANY_TEXT, history=TURNS, top_k=st.integers(1, 20))
def test_any_question_of_any_conversation_about_any_releases(
    texts: list[str], question: str, history: list[Turn], top_k: int
) -> None:
    documents = [release(f"{text}\nZorg.", f"d{i}") for i, text in enumerate(texts)]
    forwards, backwards = (
        make_bot(*ordered, min_confidence=0) for ordered in (documents, documents[::-1])
    )
    asked = [question, texts[0][:MAX_QUESTION_LENGTH], "Who is Zorg?"]
    for text in asked:
        once = _told(check_answer(forwards, text, history, top_k))
        assert once == _told(check_answer(forwards, text, history, top_k))
        check_answer(backwards, text, history, top_k)


def _told(answer: object) -> dict[str, object]:
    assert hasattr(answer, "model_dump")
    told = answer.model_dump(exclude={"elapsed_ms"})
    assert isinstance(told, dict)
    return told


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(st.characters(exclude_categories=())) | ANY_TEXT, max_size=6))
def test_any_question_in_code_points(newsroom: Bot, parts: Sequence[str]) -> None:
    check_answer(newsroom, " ".join(parts))
