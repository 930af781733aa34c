"""Which sentence of the found passages answers the question, and with which words."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul

from gloact_qa.answering.confidence import (
    CONFIDENCE_FEATURES,
    confidence_features,
    rests_on_something,
)
from gloact_qa.answering.features import FEATURES, Evidence, collect_evidence
from gloact_qa.answering.question import ParsedQuestion
from gloact_qa.retrieval.base import Hit


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of FEATURES and of CONFIDENCE_FEATURES."""

    sentence: tuple[float, ...]
    confidence: tuple[float, ...]
    intercept: float


# What remains of the confidence where no word is surely there, only such as may mean the same.
_RESTS_ON_NOTHING = 0.5
_SEEN = 4.0  # what a sentence loses that was given before, when another one is asked for


@dataclass(frozen=True, slots=True)
class Reading:
    """The best sentence, and the probability that it answers the question."""

    best: Evidence
    confidence: float


@cache
def learned_weights() -> Weights:
    """Return the weights as they were learned."""
    learned = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return Weights(
        tuple(float(learned["sentence"][name]) for name in FEATURES),
        tuple(float(learned["confidence"][name]) for name in CONFIDENCE_FEATURES),
        float(learned["intercept"]),
    )


def read(
    question: ParsedQuestion, hits: Sequence[Hit], weights: Weights | None = None
) -> Reading | None:
    """Return the reading of the best sentence; None when there is no sentence."""
    weights = weights or learned_weights()
    ranked = rank(question, hits, weights)
    if not ranked:
        return None
    evidence = [e for _, e in ranked]
    numbers = confidence_features(question, evidence, [s for s, _ in ranked])
    logit = weights.intercept + sum(map(mul, weights.confidence, numbers))
    confidence = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
    if not rests_on_something(numbers):
        confidence *= _RESTS_ON_NOTHING
    return Reading(ranked[0][1], confidence)


def rank(
    question: ParsedQuestion, hits: Sequence[Hit], weights: Weights
) -> list[tuple[float, Evidence]]:
    """Return the sentences of the hits with their scores, best first, earlier first if equal."""
    scored = [(_score(e, question, weights), e) for e in collect_evidence(question, hits)]
    return sorted(scored, key=lambda item: -item[0])


def _score(evidence: Evidence, question: ParsedQuestion, weights: Weights) -> float:
    score: float = sum(map(mul, weights.sentence, evidence.features))
    seen = any(evidence.sentence.text in answer for answer in question.seen)
    return score - _SEEN if seen else score
