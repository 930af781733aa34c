"""A report in a few plain sentences, for a reader who knows no metrics."""

from collections.abc import Iterator

from gloact_qa.evaluation.judge import Fault
from gloact_qa.evaluation.report import Report
from gloact_qa.evaluation.wording import count


def plain_summary(report: Report) -> tuple[str, ...]:
    """Return what the bot got right and wrong, a sentence or two for each side."""
    return tuple(_sentences(report))


def _sentences(report: Report) -> Iterator[str]:
    overall = report.overall
    faults = [outcome.judgement.fault for outcome in report.outcomes]
    if overall.answerable:
        refused = faults.count(Fault.REFUSED)
        wrong = sum(o.question.answerable and not o.judgement.right for o in report.outcomes)
        right = overall.answerable - wrong
        yield (
            f"Of {count(overall.answerable, 'question')} that the releases answer, the bot "
            f"answered {right:,} right ({_percent(right, overall.answerable)}). It answered "
            f"{wrong - refused:,} wrong, and to {refused:,} it said that the releases do not say."
        )
    if overall.unanswerable:
        answered = faults.count(Fault.NOT_REFUSED)
        said_so = overall.unanswerable - answered
        yield (
            f"Of {count(overall.unanswerable, 'question')} that the releases do not answer, it "
            f"said so to {said_so:,} ({_percent(said_so, overall.unanswerable)}), and answered "
            f"{answered:,} although it should not have."
        )
    short = [
        o.judgement.short_right for o in report.outcomes if o.judgement.short_right is not None
    ]
    if short:
        yield (
            f"Of {count(len(short), 'question')} that a few words answer, it picked the right "
            f"words for {sum(short):,} ({_percent(sum(short), len(short))})."
        )
    if overall.latency_p50_ms is not None:
        yield f"Half of the questions took {overall.latency_p50_ms:,.2f} milliseconds or less."
    if report.not_in_releases:
        yield (
            "Check the question set: no release contains any expected answer to "
            f"{', '.join(report.not_in_releases)}."
        )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%"
