"""What changed from one report to the next."""

from dataclasses import dataclass
from typing import NamedTuple

from gloact_qa.evaluation.report import Metrics, Outcome, Report


class Change(NamedTuple):
    """One question, before and after."""

    old: Outcome
    new: Outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports on the questions that both have, asked alike and expecting the same."""

    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    only_old: tuple[str, ...]  # ids; of a changed question in both
    only_new: tuple[str, ...]
    old: Metrics
    new: Metrics


def compare(old: Report, new: Report) -> Comparison:
    """Compare two reports; the metrics are over the questions that both have.

    An outcome is better that is right where it was not; or, being right or wrong as
    before, has the right short answer where it had not. Raises MissingExtraError when
    the `evaluate` extra is not installed.
    """
    from gloact_qa.evaluation.metrics import measure  # heavy, and an extra

    before = {outcome.question: outcome for outcome in old.outcomes}
    after = {outcome.question: outcome for outcome in new.outcomes}
    shared = [Change(before[question], after[question]) for question in after if question in before]
    return Comparison(
        better=tuple(change for change in shared if _grade(change.new) > _grade(change.old)),
        worse=tuple(change for change in shared if _grade(change.new) < _grade(change.old)),
        only_old=tuple(question.id for question in before if question not in after),
        only_new=tuple(question.id for question in after if question not in before),
        old=measure([change.old for change in shared]),
        new=measure([change.new for change in shared]),
    )


def _grade(outcome: Outcome) -> tuple[bool, bool]:
    return outcome.judgement.right, outcome.judgement.short_right is True
