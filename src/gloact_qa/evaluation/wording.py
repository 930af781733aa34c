"""The words and the formats that the text and the HTML report share."""

from typing import Literal, NamedTuple

from gloact_qa.evaluation.judge import Fault
from gloact_qa.evaluation.report import Metrics, Outcome, Report

UNDEFINED = "–"

FAULTS = {
    Fault.REFUSED: "It said that the releases do not say, and they do.",
    Fault.NOT_REFUSED: "It answered, and the releases do not say.",
    Fault.NO_GOLD_ANSWER: "The answer contains none of the expected ones.",
    Fault.TOO_LONG: "The answer is too long.",
    Fault.NOT_VERBATIM: "The answer does not stand in the first source.",
}
SHORT_WRONG = "The sentence is right, the short answer is not."


class Measure(NamedTuple):
    """How to show a field of Metrics."""

    field: str
    label: str
    unit: Literal["share", "score", "ms"]
    higher_is_better: bool
    explanation: str

    def value(self, metrics: Metrics) -> float | None:
        """Return the measure's value; None where it is not defined."""
        value: float | None = getattr(metrics, self.field)
        return value

    def show(self, metrics: Metrics) -> str:
        """Return the measure's value as a person reads it."""
        value = self.value(metrics)
        return UNDEFINED if value is None else self.format(value)

    def format(self, value: float, sign: str = "") -> str:
        """Return a value with its unit; a sign of "+" shows it of positive ones too."""
        if self.unit == "share":
            return f"{value * 100:{sign}.1f}%"
        if self.unit == "ms":
            return f"{value:{sign}.2f} ms"
        return f"{value:{sign}.3f}"


MEASURES = (
    Measure("accuracy", "Right", "share", True, "Of all questions."),
    Measure("answered_right", "Answered right", "share", True, "Of those the releases answer."),
    Measure(
        "refusal_recall", "Rightly refused", "share", True, "Of those the releases do not answer."
    ),
    Measure(
        "refusal_precision", "Refusals that are right", "share", True, "Of those the bot refused."
    ),
    Measure(
        "short_right",
        "Short answer right",
        "share",
        True,
        "Where one is expected: it has a gold answer in it, or is a good part of one.",
    ),
    Measure("exact_match", "Exact match", "share", True, "SQuAD's, of the short answer."),
    Measure("f1", "Token F1", "score", True, "SQuAD's, of the short answer."),
    Measure("recall_at_1", "Recall@1", "share", True, "A gold answer in the first source."),
    Measure("recall_at_3", "Recall@3", "share", True, "… in the first three."),
    Measure("recall_at_5", "Recall@5", "share", True, "… in the first five."),
    Measure("mrr_at_10", "MRR@10", "score", True, "Mean of 1 / rank of the first such source."),
    Measure("ndcg_at_5", "nDCG@5", "score", True, "Such sources first, of those found."),
    Measure(
        "auroc_answerable",
        "AUROC, answerable",
        "score",
        True,
        "Confidence, telling questions that the releases answer from others; 0.5 is a coin's toss.",
    ),
    Measure(
        "auroc_right",
        "AUROC, right",
        "score",
        True,
        "Confidence, telling right answers from wrong ones and from unanswerable questions.",
    ),
    Measure(
        "brier",
        "Brier score",
        "score",
        False,
        "Mean squared difference of confidence and rightness; 0 is best.",
    ),
    Measure("latency_p50_ms", "Time, median", "ms", False, "To answer one question."),
    Measure("latency_p95_ms", "Time, 95th percentile", "ms", False, "To answer one question."),
)


def measure_named(field: str) -> Measure:
    """Return the measure of a field of Metrics."""
    return next(measure for measure in MEASURES if measure.field == field)


def count(number: int, noun: str) -> str:
    """Return "1 question", "2 questions"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def problem_of(outcome: Outcome) -> str | None:
    """Return in a sentence what is wrong with an outcome; None when nothing is."""
    if outcome.judgement.fault:
        return FAULTS[outcome.judgement.fault]
    return SHORT_WRONG if outcome.judgement.short_right is False else None


def failures_of(report: Report) -> list[Outcome]:
    """Return the outcomes with a problem, the wrong ones before those with a wrong short answer."""
    failures = [outcome for outcome in report.outcomes if problem_of(outcome)]
    return sorted(failures, key=lambda outcome: outcome.judgement.right)


def expected_of(outcome: Outcome) -> tuple[str, ...]:
    """Return what would have been right."""
    return outcome.question.answers or ("That the releases do not say.",)
