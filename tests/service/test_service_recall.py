"""Requests that come again are answered from memory, and as they were before."""

import pickle

import httpx
import pytest

from gloact_qa.schema import Answer
from gloact_qa.service.recall import Recall

HISTORY = [{"question": "Who moderated the event?", "answer": "Alena Kupchyna moderated it."}]


def given(name: str) -> Answer:
    """Return an answer that can be told from others."""
    return Answer(
        question=name,
        interpreted_as=name,
        answered=False,
        answer="The releases do not say.",
        short_answer=None,
        confidence=0.0,
        sources=(),
        elapsed_ms=1.0,
    )


def test_the_oldest_answer_is_forgotten_first_and_the_latest_used_last() -> None:
    recall = Recall(2)
    one, two, three = map(given, ("one", "two", "three"))
    recall.keep(b"1", one)
    recall.keep(b"2", two)
    assert recall.find(b"1") is one
    recall.keep(b"3", three)
    assert [recall.find(body) for body in (b"1", b"2", b"3")] == [one, None, three]


def test_nothing_is_kept_where_nothing_is_to_be() -> None:
    recall = Recall(0)
    recall.keep(b"1", given("one"))
    assert recall.find(b"1") is None


def test_the_turns_of_a_conversation_are_not_kept() -> None:
    recall = Recall(2)
    recall.keep(b'{"question": "And he?", "history": "a secret"}', given("And he?"))
    assert b"secret" not in pickle.dumps(vars(recall))


@pytest.mark.parametrize("history", [[], HISTORY])
def test_the_same_request_gets_the_same_answer(
    client: httpx.Client, history: list[dict[str, str]]
) -> None:
    asked = {"question": "What is her post?", "history": history}
    first, again = (client.post("/ask", json=asked).json() for _ in range(2))
    assert again.pop("elapsed_ms") >= 0
    del first["elapsed_ms"]
    assert first == again


def test_another_conversation_gets_another_answer(client: httpx.Client) -> None:
    read = [
        client.post("/ask", json={"question": "What is her post?", "history": history}).json()
        for history in ([], HISTORY)
    ]
    assert read[0]["interpreted_as"] != read[1]["interpreted_as"]
