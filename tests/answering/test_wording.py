import pytest

from gloact_qa.answering.wording import core_question, refusal


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Who opened the bridge?", "Who opened the bridge?"),
        ("Hi there, who opened the bridge?", "who opened the bridge?"),
        ("Hello! Who opened the bridge?", "Who opened the bridge?"),
        ("Thanks a lot. Who opened the bridge?", "Who opened the bridge?"),
        ("Could you please tell me who opened the bridge?", "who opened the bridge?"),
        ("I would like to know who opened the bridge", "who opened the bridge"),
        ("Do you know who opened the bridge?", "who opened the bridge?"),
        ("Who opened the bridge, please?", "Who opened the bridge?"),
        ("Who opened the bridge? Thanks in advance!", "Who opened the bridge?"),
        ("Ok thanks, and please tell me who opened the bridge", "who opened the bridge"),
        ("Good morning. I read the piece. Who opened the bridge?", "Who opened the bridge?"),
        # The pronoun's meaning stands in the sentence before.
        ("The bridge opened. What did it cost?", "The bridge opened. What did it cost?"),
        # Words that are courtesies elsewhere
        ("Who said hello to the mayor?", "Who said hello to the mayor?"),
        ("What is the Right Bank?", "What is the Right Bank?"),
    ],
)
def test_the_question_within_what_a_person_writes(text: str, core: str) -> None:
    assert core_question(text) == core


@pytest.mark.parametrize("text", ["Hello", "hi there!", "Thanks", "Thank you so much.", "", " "])
def test_what_is_all_courtesy_has_no_question(text: str) -> None:
    assert core_question(text) == ""


def test_refusals() -> None:
    assert refusal("Who won?") == refusal("Thanks, who won?") == "The releases do not say."
    greeting, thanks = refusal("Hello!"), refusal("Thank you, that helps.")
    assert greeting.startswith("Hello")
    assert "welcome" in thanks
    assert len({refusal("Who won?"), greeting, thanks}) == 3
