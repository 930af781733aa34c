"""What a text calls a thing or a person besides their names."""

import pytest

from gloact_qa.knowledge.passages import split_passages
from gloact_qa.schema import Document, Sentence
from gloact_qa.text.descriptions import descriptions
from gloact_qa.text.organisations import informal_names
from gloact_qa.text.terms import Analyzer, stem
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
    ],
)
def test_a_phase_may_be_named_at_once(text: str) -> None:
    name = ("corvan", "hearth")
    assert {(("second", "phase"), name), (("next", "phase"), name)} <= set(
        descriptions(sentences(text))
    )


def test_years_are_no_name_of_a_phase() -> None:
    assert not set(descriptions(sentences("The first phase (2015-2019) is over.")))


def test_an_organisation_is_called_by_what_it_does() -> None:
    long = tuple(map(stem, "united nations office drugs crime".split()))
    names = set(informal_names([(("unodc",), long)]))
    for informal in ("un crime body", "un drugs office", "drugs agency", "un office"):
        assert (tuple(map(stem, informal.split())), "unodc") in names
    assert (("bodi",), "unodc") not in names


def test_what_is_no_organisation_has_no_such_names() -> None:
    assert not list(informal_names([(("som",), ("smuggl", "migrant"))]))


def test_two_spellings_of_one_name_are_found() -> None:
    text = "Mr. Yuri Fedotov spoke. Read the speech of Mr. Yuri Fedetov here."
    assert list(name_variants(sentences(text))) == [(("fedetov",), ("fedotov",))]


def test_two_persons_are_not_taken_for_one() -> None:
    text = "Ms. Marit Brandl spoke to Ms. Anna Brandt. Mr. Ole Hansen met Mr. Ole Jensen."
    assert not list(name_variants(sentences(text)))
