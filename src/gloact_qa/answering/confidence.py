"""The evidence that a question is answered at all, as numbers.

A logistic regression turns them into a probability (J. Platt, Probabilistic outputs,
1999); ``benchmarks/fit.py`` learns it.
"""

from collections.abc import Sequence

from gloact_qa.answering.expectation import AnswerType
from gloact_qa.answering.features import FEATURES, RELIABLE, Evidence
from gloact_qa.answering.matching import match_concepts
from gloact_qa.answering.overlap import qualities
from gloact_qa.answering.question import Concept, ParsedQuestion

CONFIDENCE_FEATURES = (
    "score",  # of the best sentence
    "margin",  # how far it is ahead of the next, at most 3
    "coverage",
    "supported_coverage",  # with what the sentences before it and the document's topic add
    "names",  # share of the question's names and numbers in the passage or the topic
    "order",
    "surface",
    "hit",  # a mention of a kind whose absence tells: a date, a sum, a quotation …
    "miss",  # such a kind is required, and not there
    "weak_hit",  # a mention of another required kind
    "weak_miss",
    "closeness",
    "apart",  # coverage by words that stand away from the mention
    "missing",  # weight of the heaviest concept that is nowhere in the passage, as a share
    "unknown",  # whether a name is nowhere in the passage nor the topic
    "other_number",  # whether a number or an ordinal is nowhere in the passage
    "few",  # one concept or two: little to go by
    "retrieval",  # BM25 of the passage, relative to the best it could be
    "open",  # no kind of mention is asked for
    "yesno",  # a yes or a no is asked for
    "open_coverage",  # coverage of such a question
    "hit_closeness",  # closeness to a mention of a kind whose absence tells
    "large",  # IDF of an unknown term, rounded: grows with the collection
    "large_retrieval",  # in a large collection other things count than in one release
    "large_coverage",
    "large_missing",
    "owned",  # the mention belongs to the very one that is asked about
    "loose",  # coverage by words that may mean the same, or not
    "solid",  # coverage, with the sentences before it and the topic, by words that surely do
    "unwritten",  # weight of the heaviest concept that the passage has not in the very words
    "exact",  # coverage by the very words of the question
    "predicate",  # coverage of what is neither a name nor a word that says little
    "typed_predicate",  # the same, where a kind of mention is asked for
    "heaviest",  # weight of the heaviest concept that neither the sentence nor those before it have
    "head_missing",  # whether they lack what the question begins with, and that says much
    "other_count",  # a number is asked for, and none counts what is to be counted
    "contact",  # nothing but a kind is asked for ("how much money?"), and it is there
)
_WORDLESS = frozenset((AnswerType.CONTACT, AnswerType.DATELINE))
_INDEX = {name: i for i, name in enumerate(FEATURES)}
_SOLID = 0.75  # quality of a match by a word, or by a synonym that means the same
_OTHER = 0.5  # fit of a mention of something else
_BEST_SCORE = 1.9  # BM25 saturates at k1 + 1 for each unit of IDF


def confidence_features(
    question: ParsedQuestion, ranked: Sequence[Evidence], scores: Sequence[float]
) -> tuple[float, ...]:
    """Return CONFIDENCE_FEATURES of the best of the ranked sentences, in order."""
    best = ranked[0]
    value = {name: best.features[i] for name, i in _INDEX.items()}
    expectation = question.expectation
    margin = min(3.0, scores[0] - scores[1]) if len(scores) > 1 else 3.0
    there = best.hit.passage.topic.union(*(s.places for s in best.hit.passage.sentences))
    missing = [c for c in question.concepts if not _is_there(c, there)]
    total = sum(concept.weight for concept in question.concepts) or 1.0
    names = [c for c in question.concepts if c.name]
    typed = bool(expectation.fit)
    reliable = expectation.type in RELIABLE
    found = best.candidate is not None
    fit = best.candidate.fit if best.candidate else 0.0
    closeness = best.candidate.closeness if best.candidate else 0.0
    retrieval = min(1.0, best.hit.score / (_BEST_SCORE * total))
    supported = value["coverage"] + value["context_coverage"] + value["topic_coverage"]
    heaviest_missing = max((c.weight for c in missing), default=0.0) / total
    only_type = reliable and all(concept.light for concept in question.concepts)
    large = float(round(question.highest_idf))
    here, around = _found(question, best)
    weights = [concept.weight for concept in question.concepts]
    telling = [i for i, c in enumerate(question.concepts) if not (c.name or c.light)]
    told = sum(weights[i] for i in telling)
    predicate = sum(weights[i] * around[i] for i in telling) / told if told else 1.0
    first = question.concepts[0] if question.concepts else None
    return (
        scores[0],
        margin,
        value["coverage"],
        supported,
        1.0 - sum(c.name for c in missing) / len(names) if names else 1.0,
        value["order"],
        value["surface"],
        fit if reliable else 0.0,
        float(reliable and not found),
        fit if typed and not reliable else 0.0,
        float(typed and not reliable and not found),
        closeness,
        value["coverage"] - closeness if found else 0.0,
        heaviest_missing,
        float(any(c.name and not c.number for c in missing)),
        float(any(c.number for c in missing)),
        float(len(question.concepts) < 3),
        retrieval,
        float(not typed),
        float(expectation.type is AnswerType.YESNO),
        0.0 if typed else value["coverage"],
        closeness if reliable else 0.0,
        large,
        large * retrieval,
        large * supported,
        large * heaviest_missing,
        float(found and expectation.type in (AnswerType.EXPANSION, AnswerType.ROLE)),
        sum(w * q for w, q in zip(weights, here, strict=True) if q < _SOLID) / total,
        sum(w * q for w, q in zip(weights, around, strict=True) if q >= _SOLID) / total,
        max((c.weight for c in question.concepts if not there.issuperset(c.terms)), default=0.0)
        / total,
        sum(w for w, q in zip(weights, here, strict=True) if q == 1) / total,
        predicate,
        predicate if typed else 0.0,
        max((w for w, q in zip(weights, around, strict=True) if q < _SOLID), default=0.0) / total,
        float(bool(first and not first.light and around[0] < _SOLID)),
        float(bool(question.counted) and expectation.type is AnswerType.QUANTITY and fit < _OTHER),
        float(found and (expectation.type in _WORDLESS or only_type)),
    )


def _found(question: ParsedQuestion, best: Evidence) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return how well the sentence has each concept, and it with those before it and its topic."""
    sentences = best.hit.passage.sentences
    place = sentences.index(best.sentence)
    found = [
        qualities(match_concepts(question.concepts, sentence))
        for sentence in sentences[max(0, place - 2) : place + 1]
    ]
    topic = tuple(
        float(best.hit.passage.topic.issuperset(concept.terms)) for concept in question.concepts
    )
    return found[-1], tuple(map(max, topic, *found))


def _is_there(concept: Concept, terms: frozenset[str]) -> bool:
    return terms.issuperset(concept.terms) or any(
        worth > 0.75 and terms.issuperset(phrase) for phrase, worth in concept.alternatives
    )
