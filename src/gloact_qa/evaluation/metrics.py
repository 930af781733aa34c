"""From outcomes to metrics. Needs the `evaluate` extra; import it where it is used."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from gloact_qa.evaluation.extras import evaluate_extra
from gloact_qa.evaluation.report import Metrics, Outcome

with evaluate_extra():
    import ir_measures
    from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG
    from sklearn.metrics import brier_score_loss, roc_auc_score


class Graded(NamedTuple):
    """A confidence, and whether what it was given for came true: a right answer."""

    confidence: float
    right: bool


def measure(outcomes: Sequence[Outcome]) -> Metrics:
    """Return the measures of some outcomes.

    Retrieval (recall, MRR, nDCG; ir_measures) is over the answerable questions, with the
    sources whose snippet contains a gold answer as the relevant ones. "Recall at k" is the
    share of questions with one of them among the first k, as in open-domain question
    answering (Karpukhin et al. 2020, https://arxiv.org/abs/2004.04906); TREC calls it
    Success@k. The ideal order of nDCG is that of the sources found.

    `auroc_answerable` compares the confidence of all questions; `auroc_right` and `brier`
    (scikit-learn) are over `graded(outcomes)`. Latency percentiles interpolate linearly.
    """
    answerable = [o for o in outcomes if o.question.answerable]
    unanswerable = [o for o in outcomes if not o.question.answerable]
    refused = [o for o in outcomes if not o.said.answered]
    known = graded(outcomes)
    times = [o.said.elapsed_ms for o in outcomes]
    recall = recall_at(answerable, (1, 3, 5))
    return Metrics(
        questions=len(outcomes),
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        accuracy=_mean(o.judgement.right for o in outcomes),
        answered_right=_mean(o.judgement.right for o in answerable),
        refusal_recall=_mean(not o.said.answered for o in unanswerable),
        refusal_precision=(
            _mean(not o.question.answerable for o in refused)
            if answerable and unanswerable  # else it says nothing of the bot
            else None
        ),
        short_right=_mean(o.judgement.short_right for o in outcomes),
        exact_match=_mean(o.judgement.exact_match for o in outcomes),
        f1=_mean(o.judgement.f1 for o in outcomes),
        recall_at_1=recall[0],
        recall_at_3=recall[1],
        recall_at_5=recall[2],
        mrr_at_10=_retrieval(answerable, [RR @ 10])[0],
        ndcg_at_5=_retrieval(answerable, [nDCG @ 5])[0],
        auroc_answerable=_auroc(
            [Graded(o.said.confidence, o.question.answerable) for o in outcomes]
        ),
        auroc_right=_auroc(known),
        brier=(
            float(brier_score_loss([int(g.right) for g in known], _confidences(known), pos_label=1))
            if known
            else None
        ),
        latency_p50_ms=float(np.percentile(times, 50)) if times else None,
        latency_p95_ms=float(np.percentile(times, 95)) if times else None,
    )


def graded(outcomes: Iterable[Outcome]) -> list[Graded]:
    """Return the confidences for which it is known whether a right answer came.

    It came when an answerable question was answered right; it did not when it was
    answered wrong, nor for any unanswerable question. An answerable question that was
    refused is left out: the bot does not show the answer that it did not dare to give.
    With a minimum confidence of 0 it shows all.
    """
    return [
        Graded(o.said.confidence, o.question.answerable and o.judgement.right)
        for o in outcomes
        if o.said.answered or not o.question.answerable
    ]


def recall_at(answerable: Sequence[Outcome], ks: Iterable[int]) -> list[float | None]:
    """Return, for each k, the share of questions with a gold answer in the first k sources."""
    return _retrieval(answerable, [Success @ k for k in ks])


def _retrieval(
    answerable: Sequence[Outcome], measures: Sequence["ir_measures.Measure"]
) -> list[float | None]:
    if not answerable:
        return [None] * len(measures)
    qrels: list[Qrel] = []
    run: list[ScoredDoc] = []
    for i, outcome in enumerate(answerable):
        ranks = outcome.judgement.relevant_ranks
        # Of a question without a judged document ir_measures leaves the zero out.
        qrels += [Qrel(str(i), str(rank), 1) for rank in ranks or ("none of the sources",)]
        # By rank, not by score: the source that the bot reads the answer from goes first.
        found = range(1, max(ranks, default=1) + 1)
        run += [ScoredDoc(str(i), str(rank), 1 / rank) for rank in found]
    values = ir_measures.calc_aggregate(measures, qrels, run)
    return [float(values[m]) for m in measures]


def _auroc(points: Sequence[Graded]) -> float | None:
    """Return the area under the ROC curve; None when all points are of one class."""
    labels = [point.right for point in points]
    if len(set(labels)) < 2:
        return None
    return float(roc_auc_score(labels, _confidences(points)))


def _confidences(points: Sequence[Graded]) -> list[float]:
    return [point.confidence for point in points]


def _mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of what is not None; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
