"""The plots of the HTML report, as inline SVG. Needs the `evaluate` extra."""

from collections.abc import Callable
from dataclasses import dataclass

from gloact_qa.evaluation.extras import evaluate_extra
from gloact_qa.evaluation.metrics import graded, recall_at
from gloact_qa.evaluation.report import Report
from gloact_qa.evaluation.svg import ACCENT, QUIET, draw

with evaluate_extra():
    from matplotlib.axes import Axes
    from sklearn.calibration import calibration_curve

_DEPTH = 10
_BINS = 10
_SHARE = (-0.02, 1.02)  # limits of an axis that leave room for a marker at 0 and at 1


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot: its SVG, the same in words, and how to read it."""

    title: str
    svg: str
    alt: str
    caption: str


def plots(report: Report) -> tuple[Plot, ...]:
    """Return the plots for which the report has the data."""
    makers: tuple[Callable[[Report], Plot | None], ...] = (
        reliability,
        risk_coverage,
        recall_by_k,
        latency,
    )
    return tuple(plot for maker in makers if (plot := maker(report)))


def reliability(report: Report) -> Plot | None:
    """Return the reliability diagram (calibration curve) of the confidence."""
    points = graded(report.outcomes)
    if not points:
        return None
    confidences = [point.confidence for point in points]
    observed, predicted = calibration_curve(
        [int(point.right) for point in points], confidences, pos_label=1, n_bins=_BINS
    )

    def paint(axes: Axes) -> None:
        # The bars say how many questions each point stands for.
        weights = [1 / len(points)] * len(points)
        axes.hist(confidences, bins=_BINS, range=(0, 1), weights=weights, color=QUIET, alpha=0.3)
        axes.plot([0, 1], [0, 1], color=QUIET, linestyle="--", linewidth=1)
        axes.plot(predicted, observed, color=ACCENT, marker="o")
        axes.set(xlim=_SHARE, ylim=_SHARE, xlabel="Confidence", ylabel="Share right")

    pairs = zip(predicted, observed, strict=True)
    return Plot(
        "Can the confidence be trusted?",
        draw("reliability", paint),
        "Reliability diagram. Mean confidence and share right: "
        + "; ".join(f"{p:.2f} and {o:.0%}" for p, o in pairs)
        + ".",
        "On the dashed line, answers of confidence 0.8 are right 8 times of 10; below it the bot "
        "is too sure of itself. The bars are the share of the questions at each confidence. "
        f"{len(points):,} questions; those that were refused although the releases answer are "
        "left out.",
    )


def risk_coverage(report: Report) -> Plot | None:
    """Return the risk–coverage curve (El-Yaniv and Wiener 2010) of the answers given.

    Coverage is the share of all questions that are answered if only those at or above some
    confidence are; risk the share of these that are wrong.
    """
    given = sorted(
        (o for o in report.outcomes if o.said.answered), key=lambda o: -o.said.confidence
    )
    if not given:
        return None
    coverage: list[float] = []
    risk: list[float] = []
    wrong = 0
    for number, outcome in enumerate(given, start=1):
        wrong += not outcome.judgement.right
        # Answers of one confidence come and go together.
        last = number == len(given) or given[number].said.confidence < outcome.said.confidence
        if last:
            coverage.append(number / len(report.outcomes))
            risk.append(wrong / number)

    def paint(axes: Axes) -> None:
        axes.plot(coverage, risk, color=ACCENT, marker=".", drawstyle="steps-post")
        axes.set(xlim=_SHARE, ylim=_SHARE, xlabel="Share answered", ylabel="Share wrong")

    return Plot(
        "What would a stricter bot get wrong?",
        draw("risk-coverage", paint),
        f"Risk–coverage curve. Answering {coverage[0]:.0%} of the questions, the surest ones, "
        f"{risk[0]:.0%} are wrong; answering {coverage[-1]:.0%}, as it does, {risk[-1]:.0%}.",
        "From left to right the bot answers more and more questions, the surest first; the right "
        "end is the bot as it is. The lower the curve, the better.",
    )


def recall_by_k(report: Report) -> Plot | None:
    """Return how often a gold answer is among the first k sources, for k from 1 to 10."""
    ks = range(1, _DEPTH + 1)
    shares = recall_at([o for o in report.outcomes if o.question.answerable], ks)
    recall = [share for share in shares if share is not None]
    if not recall:
        return None

    def paint(axes: Axes) -> None:
        axes.plot(ks, recall, color=ACCENT, marker="o")
        axes.set(ylim=_SHARE, xlabel="Sources looked at", ylabel="Share with an answer")
        axes.set_xticks(ks)

    return Plot(
        "Does it find the right place?",
        draw("recall", paint),
        "Recall by number of sources: "
        + "; ".join(f"{k}: {share:.0%}" for k, share in zip(ks, recall, strict=True))
        + ".",
        "Of the questions that the releases answer, the share with an expected answer among the "
        "first so many sources. What is not found here cannot be answered.",
    )


def latency(report: Report) -> Plot | None:
    """Return the histogram of the times to answer."""
    times = [outcome.said.elapsed_ms for outcome in report.outcomes]
    median, slow = report.overall.latency_p50_ms, report.overall.latency_p95_ms
    if median is None or slow is None:
        return None

    def paint(axes: Axes) -> None:
        axes.hist(times, bins=30, color=ACCENT)
        axes.set(xlabel="Milliseconds", ylabel="Questions")

    return Plot(
        "How long does an answer take?",
        draw("latency", paint),
        f"Histogram of the times to answer: half take at most {median:.2f} milliseconds, "
        f"95% at most {slow:.2f}, the slowest {max(times):.2f}.",
        "The time of the bot itself, without that of the network.",
    )
