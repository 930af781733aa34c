"""What a question tells besides the type of its answer."""

import pytest

from gloact_qa.answering.asking_about import PART


@pytest.mark.parametrize(
    "question",
    [
        "How much of the money goes to Peru?",
        "What is Peru’s share of the money?",
        "What is the two countries' share of it?",
        "How is it divided among the towns?",
    ],
)
def test_a_part_is_asked_for(question: str) -> None:
    assert PART.search(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who distributed over 500 blankets?",
        "How much is a ticket per person?",
        "Which part of the country was flooded?",
        "Which country was split by the war?",
    ],
)
def test_no_part_is_asked_for(question: str) -> None:
    assert not PART.search(question)
