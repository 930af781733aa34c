"""Which stage of something is asked for, and which is spoken of."""

import pytest

from gloact_qa.answering.stages import is_of_other_time, names_earlier


@pytest.mark.parametrize("text", ["the first phase", "an earlier round", "phase one"])
def test_an_earlier_stage_is_named(text: str) -> None:
    assert names_earlier(text)


@pytest.mark.parametrize("text", ["the second phase", "the first minister", "phase two"])
def test_no_earlier_stage_is_named(text: str) -> None:
    assert not names_earlier(text)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who held that post before her?", "Ms. Ada Fenwick is chief engineer."),
        ("What was her job before that?", "Ms. Ada Fenwick is chief engineer."),
        ("When is the next meeting?", "The meeting took place in May."),
        ("Who were her predecessors?", "Ms. Ada Fenwick is chief engineer."),
    ],
)
def test_what_was_or_comes_is_not_what_is(question: str, sentence: str) -> None:
    assert is_of_other_time(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who held that post before her?", "She follows Mr. Castell, the former engineer."),
        ("When is the next meeting?", "It will meet again in June."),
        ("Who were her predecessors?", "Her predecessors were A and B."),
        ("Who sat next to the mayor?", "The engineer sat beside the mayor."),
        ("What was said before heading abroad?", "They said farewell."),
        ("Who is the engineer?", "Ms. Ada Fenwick is chief engineer."),
    ],
)
def test_what_is_said_of_the_same_time_is_fit(question: str, sentence: str) -> None:
    assert not is_of_other_time(question, sentence)
