"""How much of a question a sentence has, and how it has it.

The parts of the evidence that do not depend on what is asked for. Weights are those of
the concepts: sums of them are divided by their total where they become features.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import mul

from gloact_qa.answering.matching import Matches
from gloact_qa.answering.question import Concept, ParsedQuestion
from gloact_qa.schema import Sentence, Term

_K1, _B, _MEAN_TERMS = 0.9, 0.4, 14.0  # BM25 over sentences
_OPENING = 60  # characters that count as the beginning of a sentence
_NEAR = 3  # tokens within which neighbouring concepts stand close together


def qualities(matches: Matches) -> tuple[float, ...]:
    """Return the quality of each concept's match, 0 where there is none."""
    return tuple([m.quality if m else 0.0 for m in matches])


def coverage(weights: Sequence[float], sentences: Sequence[tuple[float, ...]]) -> float:
    """Return the weight of the concepts that the sentences have between them."""
    best = sentences[0] if len(sentences) == 1 else map(max, *sentences)
    total: float = sum(map(mul, weights, best))
    return total


def topic_coverage(concepts: Sequence[Concept], matches: Matches, topic: frozenset[str]) -> float:
    """Return the weight of the concepts that the sentence lacks and the topic has."""
    return sum(
        c.weight
        for c, m in zip(concepts, matches, strict=True)
        if not m and topic.issuperset(c.terms)
    )


def bm25(concepts: Sequence[Concept], sentence: Sentence, matches: Matches) -> float:
    """Return the BM25 score of a sentence, concepts in place of terms."""
    norm = _K1 * (1 - _B + _B * len(sentence.terms) / _MEAN_TERMS)
    return sum(
        c.weight * m.quality * len(m.places) * (_K1 + 1) / (len(m.places) + norm)
        for c, m in zip(concepts, matches, strict=True)
        if m
    )


def order(matches: Matches) -> float:
    """Return the share of neighbouring concepts that stand close together here, in order."""
    if len(matches) < 2:
        return 0.0
    close = sum(1 for a, b in pairwise(matches) if a and b and _is_near(a.places, b.places))
    return close / (len(matches) - 1)


def _is_near(places: Sequence[Term], others: Sequence[Term]) -> bool:
    """Tell whether one of the others follows one of the places within _NEAR tokens."""
    before = {q.position - distance for q in others for distance in range(1, _NEAR + 1)}
    return any(p.position in before for p in places)


def run(matches: Matches) -> float:
    """Return the longest run of neighbouring concepts that are all here, as a share."""
    if not matches:
        return 0.0
    longest = max(len(list(group)) if there else 0 for there, group in groupby(matches, bool))
    return longest / len(matches)


def surface(question: ParsedQuestion, sentence: Sentence, matches: Matches) -> float:
    """Return the weight of the concepts that are written here as in the question."""
    return sum(
        concept.weight
        for concept, match in zip(question.concepts, matches, strict=True)
        if match
        and match.quality == 1
        and any(
            sentence.text[p.start - sentence.start : p.end - sentence.start].lower()
            in question.words
            for p in match.places
        )
    )


def names(concepts: Sequence[Concept], matches: Matches) -> float:
    """Return the share of the question's names and numbers that are here; 1 without any."""
    total = found = 0.0
    for concept, match in zip(concepts, matches, strict=True):
        if concept.name:
            total += concept.weight
            found += concept.weight * match.quality if match else 0.0
    return found / total if total else 1.0


def opening(sentence: Sentence, matches: Matches) -> float:
    """Return the share of the matched concepts that stand among the first words."""
    limit = sentence.start + _OPENING
    matched = [m for m in matches if m]
    if not matched:
        return 0.0
    return sum(any(p.start < limit for p in m.places) for m in matched) / len(matched)
