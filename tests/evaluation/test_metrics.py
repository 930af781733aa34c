from collections.abc import Sequence

import pytest
from evaluation_fakes import REFUSAL
from hypothesis import given
from hypothesis import strategies as st

from gloact_qa.evaluation.judge import Fault, Judgement
from gloact_qa.evaluation.metrics import measure, recall_at
from gloact_qa.evaluation.questions import Question
from gloact_qa.evaluation.report import Metrics, Outcome, Said


def outcome(
    right: bool = True,
    *,
    answerable: bool = True,
    answered: bool = True,
    confidence: float = 0.5,
    ranks: Sequence[int] = (),
    f1: float | None = None,
    short_right: bool | None = None,
    elapsed_ms: float = 1.0,
) -> Outcome:
    return Outcome(
        question=Question(id="q", question="Who?", answers=("She",) if answerable else ()),
        said=Said(
            interpreted_as="Who?",
            answered=answered,
            answer="She." if answered else REFUSAL,
            short_answer=None,
            confidence=confidence,
            elapsed_ms=elapsed_ms,
        ),
        judgement=Judgement(
            right=right,
            fault=None if right else Fault.NO_GOLD_ANSWER,
            short_right=short_right,
            exact_match=None if f1 is None else f1 == 1,
            f1=f1,
            relevant_ranks=tuple(ranks),
        ),
    )


RIGHT = outcome(confidence=0.9, ranks=[1], f1=1, short_right=True, elapsed_ms=1)
WRONG = outcome(False, confidence=0.6, ranks=[2, 3], f1=0.5, short_right=False, elapsed_ms=2)
MISSED = outcome(False, answered=False, confidence=0.3, f1=0, short_right=False, elapsed_ms=3)
REFUSED = outcome(answerable=False, answered=False, confidence=0.1, elapsed_ms=4)
FOOLED = outcome(False, answerable=False, confidence=0.7, elapsed_ms=5)


def test_the_shares_are_of_what_they_say() -> None:
    metrics = measure([RIGHT, WRONG, MISSED, REFUSED, FOOLED])
    assert (metrics.questions, metrics.answerable, metrics.unanswerable) == (5, 3, 2)
    assert metrics.accuracy == pytest.approx(2 / 5)
    assert metrics.answered_right == pytest.approx(1 / 3)
    assert metrics.refusal_recall == pytest.approx(1 / 2)
    assert metrics.refusal_precision == pytest.approx(1 / 2)
    assert metrics.short_right == pytest.approx(1 / 3)
    assert metrics.exact_match == pytest.approx(1 / 3)
    assert metrics.f1 == pytest.approx(1.5 / 3)
    assert metrics.latency_p50_ms == pytest.approx(3)
    assert metrics.latency_p95_ms == pytest.approx(4.8)


def test_a_question_without_a_relevant_source_counts_against_retrieval() -> None:
    metrics = measure([RIGHT, WRONG, MISSED, REFUSED])
    assert metrics.recall_at_1 == pytest.approx(1 / 3)
    assert metrics.recall_at_3 == pytest.approx(2 / 3)
    assert metrics.recall_at_5 == pytest.approx(2 / 3)
    assert metrics.mrr_at_10 == pytest.approx((1 + 1 / 2 + 0) / 3)
    # (1/log2(3) + 1/log2(4)) of (1/log2(2) + 1/log2(3)), for the second.
    assert metrics.ndcg_at_5 == pytest.approx((1 + 1.130930 / 1.630930 + 0) / 3, abs=1e-5)


def test_confidence_is_held_against_answerable_and_against_right() -> None:
    metrics = measure([RIGHT, WRONG, MISSED, REFUSED, FOOLED])
    # Of the 3 × 2 pairs of answerable and not, 4 are in order: .9 > .7, and all above .1.
    assert metrics.auroc_answerable == pytest.approx(4 / 6)
    # MISSED is left out: what it would have answered is not known.
    assert metrics.auroc_right == 1
    assert metrics.brier == pytest.approx((0.1**2 + 0.6**2 + 0.1**2 + 0.7**2) / 4)


def test_a_refused_answerable_question_leaves_the_calibration_alone() -> None:
    with_it, without = measure([RIGHT, WRONG, FOOLED, MISSED]), measure([RIGHT, WRONG, FOOLED])
    assert with_it.brier == without.brier
    assert with_it.auroc_right == without.auroc_right
    assert with_it.auroc_answerable != without.auroc_answerable


@pytest.mark.parametrize("outcomes", [[RIGHT, RIGHT], [REFUSED], [WRONG]])
def test_one_class_has_no_auroc_and_no_precision(outcomes: list[Outcome]) -> None:
    metrics = measure(outcomes)
    assert metrics.refusal_precision is None
    assert metrics.auroc_answerable is None
    assert metrics.auroc_right is None
    assert metrics.brier is not None


def test_what_is_not_defined_is_none() -> None:
    unanswerable = measure([FOOLED])
    for field in ("answered_right", "refusal_precision", "f1", "recall_at_1", "mrr_at_10"):
        assert getattr(unanswerable, field) is None, field
    assert unanswerable.refusal_recall == 0
    assert measure([MISSED]).brier is None
    assert measure([RIGHT]).refusal_recall is None
    numbers = {"questions", "answerable", "unanswerable"}
    nothing = measure([])
    assert all(getattr(nothing, name) is None for name in Metrics.model_fields.keys() - numbers)


OUTCOMES = st.lists(
    st.builds(
        outcome,
        right=st.booleans(),
        answerable=st.booleans(),
        answered=st.booleans(),
        confidence=st.floats(0, 1),
        ranks=st.sets(st.integers(1, 10)).map(sorted),
        f1=st.none() | st.floats(0, 1),
        short_right=st.sampled_from([True, False, None]),
        elapsed_ms=st.floats(0, 1e6),
    ),
    max_size=12,
)


@given(OUTCOMES)
def test_the_measures_keep_within_their_bounds(outcomes: list[Outcome]) -> None:
    metrics = measure(outcomes)
    for name in Metrics.model_fields.keys() - {"questions", "answerable", "unanswerable"}:
        value = getattr(metrics, name)
        if value is not None and not name.endswith("_ms"):
            assert 0 <= value <= 1 + 1e-9, name
    if metrics.latency_p50_ms is not None and metrics.latency_p95_ms is not None:
        assert 0 <= metrics.latency_p50_ms <= metrics.latency_p95_ms
    if metrics.answerable:
        recalls = (metrics.recall_at_1, metrics.recall_at_3, metrics.recall_at_5)
        assert None not in recalls
        assert recalls == tuple(sorted(recalls))  # type: ignore[type-var]
        assert metrics.recall_at_1 <= metrics.mrr_at_10 + 1e-9  # type: ignore[operator]


@given(OUTCOMES, st.randoms(use_true_random=False))
def test_the_order_of_the_questions_does_not_matter(
    outcomes: list[Outcome], random: object
) -> None:
    shuffled = list(outcomes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = measure(outcomes).model_dump(), measure(shuffled).model_dump()
    assert one == {
        name: value if value is None else pytest.approx(value) for name, value in other.items()
    }


def test_recall_at_k_is_the_share_with_an_answer_among_the_first_k() -> None:
    assert recall_at([RIGHT, WRONG, MISSED], [1, 2, 10]) == pytest.approx([1 / 3, 2 / 3, 2 / 3])
    assert recall_at([], [1, 2]) == [None, None]
