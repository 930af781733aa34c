"""What a text calls a thing or a person besides their names."""

import pytest

from gloact_qa.knowledge.passages import split_passages
from gloact_qa.schema import Document, Sentence
from gloact_qa.text.descriptions import descriptions
from gloact_qa.text.terms import Analyzer
from gloact_qa.text.variants import name_variants


def sentences(text: str) -> tuple[Sentence, ...]:
    (passage,) = split_passages([Document(document_id="d", title="", text=text)], Analyzer(), 2000)
    return passage.sentences


def test_a_phase_is_called_by_its_name() -> None:
    text = "Corvane Hearth builds on trust. This second phase of the project will last long."
    pairs = set(descriptions(sentences(text)))
    name = ("corvan", "hearth")
    assert {(("second", "phase"), name), (("new", "phase"), name), (("phase", "2"), name)} <= pairs


def test_what_follows_no_name_describes_none() -> None:
    assert not set(descriptions(sentences("We build on trust. This second phase will last long.")))
    assert not set(descriptions(sentences("Corvane Hearth is old. The bridge is this phase.")))


@pytest.mark.parametrize(
    "text",
    [
        "We launched the second phase of the Corvane Hearth Plan (Corvane Hearth) today.",
        "The second phase (Corvane Hearth) begins in May.",
        "A second phase, provisionally called Corvane Hearth, would follow.",
        "The second phase (“Corvane Hearth”) begins in May.",
    ],
)
def test_a_phase_may_be_named_at_once(text: str) -> None:
    name = ("corvan", "hearth")
    assert {(("second", "phase"), name), (("next", "phase"), name)} <= set(
        descriptions(sentences(text))
    )


@pytest.mark.parametrize(
    "text",
    [
        "The first phase (2015-2019) is over.",
        "The first phase (January to March) is over.",
        "The second phase (EUR 5 million) begins.",
    ],
)
def test_years_and_sums_are_no_name_of_a_phase(text: str) -> None:
    assert not set(descriptions(sentences(text)))


def test_the_next_phase_is_not_the_current_one() -> None:
    text = "The current phase (Alder Two) ends. The next phase (Alder Three) follows."
    assert (("next", "phase"), ("alder", "two")) not in set(descriptions(sentences(text)))


def test_two_spellings_of_one_name_are_found() -> None:
    text = "Mr. Yuri Fedotov spoke. Read the speech of Mr. Yuri Fedetov here."
    assert list(name_variants(sentences(text))) == [(("fedetov",), ("fedotov",))]


def test_two_persons_are_not_taken_for_one() -> None:
    text = "Ms. Marit Brandl spoke to Ms. Anna Brandt. Mr. Ole Hansen met Mr. Ole Jensen."
    assert not list(name_variants(sentences(text)))
