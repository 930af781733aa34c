"""How much of the question the best sentence and its passage have, name by name and word by word.

Features of the confidence.
"""

from collections.abc import Sequence

from gloact_qa.answering import asking_about, holders, stages
from gloact_qa.answering.candidates import closeness, named
from gloact_qa.answering.features import Evidence
from gloact_qa.answering.matching import SOLID, Matches, match_concepts
from gloact_qa.answering.overlap import qualities
from gloact_qa.answering.question import SYNONYM_WEIGHT, Concept, ParsedQuestion
from gloact_qa.schema import Sentence


def in_passage(question: ParsedQuestion, best: Evidence, total: float) -> tuple[float, ...]:
    """Return missing to unwritten; ``total`` is the weight of all concepts."""
    there = best.hit.passage.topic.union(*(s.places for s in best.hit.passage.sentences))
    missing = [c for c in question.concepts if not _is_there(c, there)]
    unwritten = [c.weight for c in question.concepts if not there.issuperset(c.terms)]
    names = sum(concept.name for concept in question.concepts)
    return (
        max((c.weight for c in missing), default=0.0) / total,
        1.0 - sum(c.name for c in missing) / names if names else 1.0,
        float(any(c.name and not c.number for c in missing)),
        float(any(c.number and c.name for c in missing)),
        float(any(c.number and not c.name for c in missing)),
        max(unwritten, default=0.0) / total,
    )


def in_sentence(question: ParsedQuestion, best: Evidence, total: float) -> tuple[float, ...]:
    """Return predicate and loose to other_time."""
    concepts = question.concepts
    matches, here, around = _found(question, best)
    weights = [concept.weight for concept in concepts]
    telling = [i for i, c in enumerate(concepts) if not (c.name or c.light)]
    told = sum(weights[i] for i in telling)
    lacking = [w for w, q in zip(weights, around, strict=True) if q < SOLID]
    begins_without = bool(concepts) and not concepts[0].light and around[0] < SOLID
    return (
        sum(weights[i] * around[i] for i in telling) / told if told else 1.0,
        sum(w * q for w, q in zip(weights, here, strict=True) if q < SOLID) / total,
        sum(w * q for w, q in zip(weights, around, strict=True) if q >= SOLID) / total,
        sum(w for w, q in zip(weights, here, strict=True) if q == 1) / total,
        max(lacking, default=0.0) / total,
        *_names_of_sentence(question, here, around, total),
        *holders.office(question, best, matches),
        holders.other_speaker(question, best, matches),
        holders.other_contact(question, around, total),
        *_apart(question, best, matches),
        _earlier(question, best),
        _strange(question, best, around, total),
        float(bool(asking_about.PART.search(question.text))),
        float(begins_without),
        float(stages.is_of_other_time(question.text, best.sentence.text)),
    )


def _names_of_sentence(
    question: ParsedQuestion, here: Sequence[float], around: Sequence[float], total: float
) -> tuple[float, float, float]:
    """Return name_elsewhere, name_away and number_elsewhere."""
    names = [(c, h, a) for c, h, a in zip(question.concepts, here, around, strict=True) if c.name]
    return (
        max((c.weight for c, h, _ in names if h < SOLID and not c.number), default=0.0) / total,
        max((c.weight for c, _, a in names if a < SOLID and not c.number), default=0.0) / total,
        float(any(c.number and h < SOLID for c, h, _ in names)),
    )


def _apart(question: ParsedQuestion, best: Evidence, matches: Matches) -> tuple[float, float]:
    """Return predicate_apart and names_apart."""
    if best.candidate is None:
        return 0.0, 0.0
    names = named(question.concepts)
    others = [None if c.name or c.light else c for c in question.concepts]
    place = best.candidate.window, best.candidate.scale
    return (
        1.0 - closeness(others, matches, *place) if any(others) else 0.0,
        1.0 - closeness(names, matches, *place) if any(names) else 0.0,
    )


def _earlier(question: ParsedQuestion, best: Evidence) -> float:
    """Tell whether an earlier phase is asked for, and the sentence does not speak of one."""
    return float(
        stages.names_earlier(question.text) and not stages.names_earlier(best.sentence.text)
    )


def _strange(
    question: ParsedQuestion, best: Evidence, around: Sequence[float], total: float
) -> float:
    """Return the share of the concepts, by weight, that nothing around has to do with."""
    near = _near(best)
    return (
        sum(
            concept.weight
            for concept, quality in zip(question.concepts, around, strict=True)
            if not (quality or concept.light)
            and all(concept.related.isdisjoint(sentence.places) for sentence in near)
        )
        / total
    )


def _near(best: Evidence) -> Sequence[Sentence]:
    """Return the sentence with the two before it."""
    sentences = best.hit.passage.sentences
    place = sentences.index(best.sentence)
    return sentences[max(0, place - 2) : place + 1]


def _found(
    question: ParsedQuestion, best: Evidence
) -> tuple[Matches, tuple[float, ...], tuple[float, ...]]:
    """Return where the sentence has each concept, how well, and it with those around it."""
    matched = [match_concepts(question.concepts, sentence) for sentence in _near(best)]
    found = [qualities(matches) for matches in matched]
    topic = tuple(
        float(best.hit.passage.topic.issuperset(concept.terms)) for concept in question.concepts
    )
    return matched[-1], found[-1], tuple(map(max, topic, *found))


def _is_there(concept: Concept, terms: frozenset[str]) -> bool:
    return terms.issuperset(concept.terms) or any(
        SYNONYM_WEIGHT * worth >= SOLID and terms.issuperset(phrase)
        for phrase, worth in concept.alternatives
    )
