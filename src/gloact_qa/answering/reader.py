"""Which sentence of the found passages answers the question."""

from collections.abc import Sequence
from dataclasses import dataclass

from gloact_qa.answering.question import SYNONYM_WEIGHT, ParsedQuestion
from gloact_qa.retrieval.base import Hit
from gloact_qa.schema import Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentence that answers best, and how much of the question it covers (0 to 1)."""

    hit: Hit
    sentence: Sentence
    coverage: float


def read(question: ParsedQuestion, hits: Sequence[Hit]) -> Reading | None:
    """Return the best sentence of the hits; None when no sentence shares a word."""
    best: tuple[float, Reading] | None = None
    top_score = hits[0].score if hits else 1.0
    for hit in hits:
        for sentence in hit.passage.sentences:
            coverage = _coverage(question, sentence)
            score = coverage + 0.5 * hit.score / top_score
            if coverage > 0 and (best is None or score > best[0]):
                best = (score, Reading(hit, sentence, coverage))
    return best[1] if best else None


def _coverage(question: ParsedQuestion, sentence: Sentence) -> float:
    """Return the share of the question's concepts in the sentence, weighted by rarity."""
    present = {term.text for term in sentence.terms}
    found = total = 0.0
    for concept in question.concepts:
        total += concept.weight
        if present.issuperset(concept.terms):
            found += concept.weight
        elif any(present.issuperset(phrase) for phrase in concept.alternatives):
            found += concept.weight * SYNONYM_WEIGHT
    return found / total if total else 0.0
