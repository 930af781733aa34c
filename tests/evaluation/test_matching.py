import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloact_qa.evaluation.matching import contains


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("It is in four countries.", "FOUR countries"),
        ("in four\n  countries", "four countries"),
        ("He said “it’s new”.", '"it\'s new"'),
        ("from 2015–2019", "2015-2019"),
        ("a €12 million initiative", "12 million"),
        ("a €12 million initiative", "€12 million"),
        ("Twitter: @glo_act", "@glo_act"),
        ("Carolina Barrio Pen\u0303a", "Barrio Peña"),
        ("the margins of the 28 thCommission on Crime", "Commission on Crime"),
        ("the margins of the 28 thCommission on Crime", "28 thCommission"),
        ("It records 118,000.", "118,000"),
    ],
)
def test_typography_does_not_matter(text: str, answer: str) -> None:
    assert contains(text, answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("fourteen countries", "four"),
        ("a fourfold rise", "four"),
        ("112 million", "12 million"),
        ("5,118,000 visits", "118,000"),
        ("2,500 people", "2"),
        ("the EU", "European Union"),
        ("", "anything"),
        ("anything", ""),
    ],
)
def test_a_part_of_a_word_or_of_a_number_is_not_contained(text: str, answer: str) -> None:
    assert not contains(text, answer)


@given(st.text().filter(lambda text: text.strip()))
def test_any_text_is_contained_in_a_sentence_that_quotes_it(text: str) -> None:
    assert contains(f"they said {text} .", text)
