import pytest
from evaluation_fakes import make_answer, make_question
from hypothesis import given
from hypothesis import strategies as st

from gloact_qa.evaluation.judge import Fault, judge

SENTENCE = "The event was moderated by H.E. Alena Kupchyna."
WHO = make_question("who", "Alena Kupchyna", "H.E. Alena Kupchyna", short=True)
NOBODY = make_question("nobody")


def test_the_sentence_with_a_gold_answer_is_right() -> None:
    judgement = judge(WHO, make_answer(SENTENCE, "H.E. Alena Kupchyna"))
    assert judgement.right
    assert judgement.fault is None
    assert judgement.short_right is True
    assert judgement.exact_match is True
    assert judgement.f1 == 1
    assert judgement.rank == 1


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (make_answer(None), Fault.REFUSED),
        (make_answer("It was held in Vienna."), Fault.NO_GOLD_ANSWER),
        (make_answer(SENTENCE, snippets=["Another passage."]), Fault.NOT_VERBATIM),
        (make_answer(SENTENCE, snippets=["Another one.", SENTENCE]), Fault.NOT_VERBATIM),
        (make_answer(SENTENCE, snippets=[SENTENCE.upper()]), Fault.NOT_VERBATIM),
        (make_answer(SENTENCE, snippets=[]), Fault.NOT_VERBATIM),
        (make_answer(f"{SENTENCE} {'Very well so. ' * 3}".strip()), Fault.TOO_LONG),
        (make_answer(f"{SENTENCE} It lasted {'very, ' * 100}long."), Fault.TOO_LONG),
    ],
)
def test_what_is_wrong_is_named(answer: object, fault: Fault) -> None:
    judgement = judge(WHO, answer)  # type: ignore[arg-type]
    assert (judgement.right, judgement.fault) == (False, fault)


def test_three_sentences_are_not_too_long() -> None:
    answer = make_answer(f"{SENTENCE} It went well. It lasted an hour.")
    assert judge(WHO, answer).right


def test_the_unanswerable_is_to_be_refused() -> None:
    refused, answered = judge(NOBODY, make_answer(None)), judge(NOBODY, make_answer(SENTENCE))
    assert refused.right
    assert (answered.right, answered.fault) == (False, Fault.NOT_REFUSED)
    for judgement in (refused, answered):
        assert judgement.short_right is None
        assert judgement.f1 is None
        assert judgement.exact_match is None
        assert judgement.rank is None


@pytest.mark.parametrize(
    ("golds", "short", "right"),
    [
        (["European Union"], "the European Union", True),
        (["four-year", "2018-2022"], "four-year (2018-2022)", True),
        (["H.E. Alena Kupchyna, Ambassador"], "Alena Kupchyna", True),
        (["H.E. Alena Kupchyna, Ambassador of Belarus and Chairperson"], "Alena Kupchyna", False),
        (["European Union"], "European", True),  # F1 = 2/3
        (["European Union"], "Union of Europe", False),
        (["European Union"], None, False),
        (["four"], "fourteen", False),
    ],
)
def test_a_short_answer_is_a_gold_one_or_has_it_or_is_a_good_part(
    golds: list[str], short: str | None, right: bool
) -> None:
    question = make_question("q", *golds, short=True)
    assert judge(question, make_answer("A sentence.", short)).short_right is right


def test_short_answers_are_scored_unless_the_sentence_is_wanted() -> None:
    answer = make_answer(SENTENCE, "Kupchyna")
    unknown = judge(make_question("q", "Alena Kupchyna"), answer)
    assert (unknown.short_right, unknown.exact_match) == (None, False)
    assert unknown.f1 == pytest.approx(2 / 3)
    sentence = judge(make_question("q", "Alena Kupchyna", short=False), answer)
    assert (sentence.short_right, sentence.exact_match, sentence.f1) == (None, None, None)


@pytest.mark.parametrize(
    ("predicted", "gold", "f1"),
    [
        ("The cat, sat!", "a cat sat", 1),
        ("cat sat", "cat sat down", 0.8),
        ("cat cat", "cat", 2 / 3),
        ("dog", "cat", 0),
        (None, "cat", 0),
        ("cat", "the", 0),
        (None, "the", 1),  # without a word neither answers: the official script says they agree
    ],
)
def test_token_f1_is_squads(predicted: str | None, gold: str, f1: float) -> None:
    judgement = judge(make_question("q", gold), make_answer("A sentence.", predicted))
    assert judgement.f1 == pytest.approx(f1)
    assert judgement.exact_match is (f1 == 1)


WORDS = st.lists(st.sampled_from(["cat", "sat", "the", "mat", "Mat."]), min_size=1).map(" ".join)


@given(WORDS, WORDS, WORDS)
def test_f1_is_symmetric_and_the_best_over_the_golds(one: str, other: str, third: str) -> None:
    def f1(predicted: str, *golds: str) -> float:
        value = judge(make_question("q", *golds), make_answer("A sentence.", predicted)).f1
        assert value is not None
        return value

    assert 0 <= f1(one, other) <= 1
    assert f1(one, other) == pytest.approx(f1(other, one))
    assert f1(one, one) == 1
    if any(word in f"{other} {third}".lower() for word in ("cat", "sat", "mat")):
        assert f1(one, other, third) >= min(f1(one, other), f1(one, third))


def test_the_ranks_of_all_sources_with_a_gold_answer_are_kept() -> None:
    snippets = ["Of Vienna.", "By Alena Kupchyna.", "Of Iraq.", "H.E. ALENA KUPCHYNA spoke."]
    judgement = judge(WHO, make_answer("Of Vienna.", snippets=snippets))
    assert judgement.relevant_ranks == (2, 4)
    assert judgement.rank == 2
