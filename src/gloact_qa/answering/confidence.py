"""The evidence that a question is answered at all, as numbers.

A logistic regression turns them into a probability (J. Platt, Probabilistic outputs,
1999); ``benchmarks/fit.py`` learns it.
"""

from collections.abc import Sequence

from gloact_qa.answering import asking
from gloact_qa.answering.candidates import (
    belonging,
    closeness,
    named,
    person_windows,
    share_within,
)
from gloact_qa.answering.expectation import AnswerType
from gloact_qa.answering.features import FEATURES, RELIABLE, Evidence
from gloact_qa.answering.matching import Match, Matches, first_from, match_concepts
from gloact_qa.answering.overlap import qualities
from gloact_qa.answering.question import Concept, ParsedQuestion
from gloact_qa.schema import Kind, Sentence
from gloact_qa.text.sentences import Offsets

_LINEAR = (
    "score",  # of the best sentence
    "margin",  # how far it is ahead of the next, at most 3
    "coverage",
    "supported_coverage",  # with what the sentences before it and the document's topic add
    "related",
    "order",
    "surface",
    "retrieval",  # BM25 of the passage, relative to the best it could be
    "few",  # one concept or two: little to go by
    "hit",  # a mention of a kind whose absence tells: a date, a sum, a quotation …
    "miss",  # such a kind is required, and not there
    "weak_hit",  # a mention of another required kind
    "weak_miss",
    "closeness",
    "hit_closeness",  # closeness to a mention of a kind whose absence tells
    "apart",  # coverage by words that stand away from the mention
    "owned",  # the mention belongs to the very one that is asked about
    "number_miss",  # a number is asked for, and there is none
    "other_count",  # a number is asked for, and none counts what is to be counted
    "contact",  # nothing but a kind is asked for ("how much money?"), and it is there
    "open",  # no kind of mention is asked for
    "yesno",  # a yes or a no is asked for
    "open_coverage",  # coverage of a question that asks for no kind
    "large",  # IDF of an unknown term, rounded, at least that of a release: how much there is
    "large_retrieval",  # in a large collection other things count than in one release
    "large_coverage",
    "large_missing",
    "missing",  # weight of the heaviest concept that is nowhere in the passage, as a share
    "names",  # share of the question's names and numbers in the passage or the topic
    "unknown",  # whether a name is nowhere in the passage nor the topic
    "other_number",  # whether a number is nowhere in the passage
    "other_ordinal",  # whether "first", "second" … is
    "unwritten",  # weight of the heaviest concept that the passage has not in the very words
    # In the sentence, with the two before it and the topic where "around" is said:
    "predicate",  # coverage around of what is neither a name nor a word that says little
    "typed_predicate",  # the same, where a kind of mention is asked for
    "loose",  # coverage by words that may mean the same, or not
    "solid",  # coverage around by words that surely do
    "exact",  # coverage by the very words of the question
    "heaviest",  # weight of the heaviest concept that is not around
    "name_elsewhere",  # weight of the heaviest name that the sentence has not, as a share
    "name_away",  # the same, and that is not around either
    "number_elsewhere",  # whether a number of the question is not in the sentence
    "other_office",  # whether a name of the asked office is not in the one found
    "other_holder",  # whether the office asked for is somebody else's in the sentence
    "other_speaker",  # whether the asked speaker's words are asked for, and another's found
    "other_contact",  # weight of a name that is not around, where a contact is asked for
    "predicate_apart",  # how far what is neither name nor light stands from the mention
    "names_apart",  # how far the names do
    "earlier",  # whether an earlier phase is asked for, and the sentence does not speak of it
    "strange",  # weight of the concepts that nothing around has to do with, as a share
    "part",  # whether a part of a sum or of a number is asked for
    "head_missing",  # whether what the question begins with is not around, and says much
    "of_place",  # whether the question is one of these types
    "of_name",
    "of_person",
    "of_agent",
    "of_money",
    "of_number",
    "of_date",
    "of_quotation",
    "of_expansion",
    "of_countries",
)
# Where the slope of a feature changes, about its median: what tells an answer from none at all
# is not what tells it from a near miss. A linear spline (T. Hastie, R. Tibshirani and
# J. Friedman, The Elements of Statistical Learning, 5.2).
_KNOTS = {
    "score": 7.7,
    "margin": 1.5,
    "coverage": 0.55,
    "retrieval": 0.3,
    "closeness": 0.15,
    "missing": 0.25,
    "predicate": 0.7,
    "solid": 0.55,
    "exact": 0.4,
    "heaviest": 0.25,
}
CONFIDENCE_FEATURES = (*_LINEAR, *(f"{name}_beyond" for name in _KNOTS))
_GROUPS = (  # of place to of countries
    frozenset((AnswerType.PLACE,)),
    frozenset((AnswerType.NAME,)),
    frozenset((AnswerType.PERSON,)),
    frozenset((AnswerType.AGENT, AnswerType.ORGANISATION)),
    frozenset((AnswerType.MONEY, AnswerType.AMOUNT)),
    frozenset((AnswerType.QUANTITY, AnswerType.MEASURE, AnswerType.PERCENT)),
    frozenset((AnswerType.DATE,)),
    frozenset((AnswerType.QUOTATION,)),
    frozenset((AnswerType.EXPANSION, AnswerType.ROLE)),
    frozenset((AnswerType.COUNTRIES, AnswerType.COUNTRY)),
)
_PERSONS = frozenset((AnswerType.PERSON, AnswerType.AGENT))
_NUMBERS = frozenset((AnswerType.QUANTITY, AnswerType.MEASURE, AnswerType.AMOUNT))
_WORDLESS = frozenset((AnswerType.CONTACT, AnswerType.DATELINE, AnswerType.LEAD))
_INDEX = {name: i for i, name in enumerate(FEATURES)}
_SOLID = 0.75  # quality of a match by a word, or by a synonym that means the same
_KNOTS_AT = tuple((_LINEAR.index(name), knot) for name, knot in _KNOTS.items())
_SOLID_COVERAGE = CONFIDENCE_FEATURES.index("solid")
_CONTACT = CONFIDENCE_FEATURES.index("contact")
_RELEASE = 3.0  # "large" of one release of some length; what is shorter is taken like it
_OTHER = 0.5  # fit of a mention of something else
_BEST_SCORE = 1.9  # BM25 saturates at k1 + 1 for each unit of IDF


def confidence_features(
    question: ParsedQuestion, ranked: Sequence[Evidence], scores: Sequence[float]
) -> tuple[float, ...]:
    """Return CONFIDENCE_FEATURES of the best of the ranked sentences, in order."""
    best = ranked[0]
    value = {name: best.features[i] for name, i in _INDEX.items()}
    margin = min(3.0, scores[0] - scores[1]) if len(scores) > 1 else 3.0
    total = sum(concept.weight for concept in question.concepts) or 1.0
    retrieval = min(1.0, best.hit.score / (_BEST_SCORE * total))
    supported = value["coverage"] + value["context_coverage"] + value["topic_coverage"]
    typed = question.expectation.typed or question.expectation.type is AnswerType.LEAD
    missing, *of_passage = _in_passage(question, best, total)
    predicate, *of_sentence = _in_sentence(question, best, total)
    large = max(_RELEASE, float(round(question.highest_idf)))
    linear = (
        scores[0],
        margin,
        value["coverage"],
        supported,
        value["related"],
        value["order"],
        value["surface"],
        retrieval,
        float(len(question.concepts) < 3),
        *_of_mention(question, best, value["coverage"]),
        float(not typed),
        float(question.expectation.type is AnswerType.YESNO),
        0.0 if typed else value["coverage"],
        large,
        large * retrieval,
        large * supported,
        large * missing,
        missing,
        *of_passage,
        predicate,
        predicate if typed else 0.0,
        *of_sentence,
        *(float(question.expectation.type in group) for group in _GROUPS),
    )
    return (*linear, *(max(0.0, linear[i] - knot) for i, knot in _KNOTS_AT))


def rests_on_something(features: Sequence[float]) -> bool:
    """Tell whether a word of the question is surely there, or its kind alone tells."""
    return bool(features[_SOLID_COVERAGE] or features[_CONTACT])


def _of_mention(question: ParsedQuestion, best: Evidence, coverage: float) -> tuple[float, ...]:
    """Return hit to contact."""
    expectation = question.expectation
    candidate = best.candidate
    reliable = expectation.type in RELIABLE
    weak = expectation.typed and not reliable
    leads = expectation.type is AnswerType.LEAD and best.features[_INDEX["hit"]] > 0
    found = candidate is not None or leads
    fit = candidate.fit if candidate else float(leads)
    close = candidate.closeness if candidate else float(leads)
    only_type = reliable and all(concept.light for concept in question.concepts)
    counted = bool(question.counted) and expectation.type is AnswerType.QUANTITY
    return (
        fit if reliable else 0.0,
        float(reliable and not found),
        fit if weak else 0.0,
        float(weak and not found),
        close,
        close if reliable else 0.0,
        coverage - close if found else 0.0,
        float(found and expectation.type in (AnswerType.EXPANSION, AnswerType.ROLE)),
        float(expectation.type in _NUMBERS and not found),
        float(counted and fit < _OTHER),
        float(found and (expectation.type in _WORDLESS or only_type)),
    )


def _in_passage(question: ParsedQuestion, best: Evidence, total: float) -> tuple[float, ...]:
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


def _in_sentence(question: ParsedQuestion, best: Evidence, total: float) -> tuple[float, ...]:
    """Return predicate and loose to head_missing."""
    concepts = question.concepts
    matches, here, around = _found(question, best)
    weights = [concept.weight for concept in concepts]
    telling = [i for i, c in enumerate(concepts) if not (c.name or c.light)]
    told = sum(weights[i] for i in telling)
    lacking = [w for w, q in zip(weights, around, strict=True) if q < _SOLID]
    begins_without = bool(concepts) and not concepts[0].light and around[0] < _SOLID
    return (
        sum(weights[i] * around[i] for i in telling) / told if told else 1.0,
        sum(w * q for w, q in zip(weights, here, strict=True) if q < _SOLID) / total,
        sum(w * q for w, q in zip(weights, around, strict=True) if q >= _SOLID) / total,
        sum(w for w, q in zip(weights, here, strict=True) if q == 1) / total,
        max(lacking, default=0.0) / total,
        *_names_of_sentence(question, here, around, total),
        *_office(question, best, matches),
        _other_speaker(question, best, matches),
        _other_contact(question, around, total),
        *_apart(question, best, matches),
        _earlier(question, best),
        _strange(question, best, around, total),
        float(bool(asking.PART.search(question.text))),
        float(begins_without),
    )


def _names_of_sentence(
    question: ParsedQuestion, here: Sequence[float], around: Sequence[float], total: float
) -> tuple[float, float, float]:
    """Return name_elsewhere, name_away and number_elsewhere."""
    names = [(c, h, a) for c, h, a in zip(question.concepts, here, around, strict=True) if c.name]
    return (
        max((c.weight for c, h, _ in names if h < _SOLID and not c.number), default=0.0) / total,
        max((c.weight for c, _, a in names if a < _SOLID and not c.number), default=0.0) / total,
        float(any(c.number and h < _SOLID for c, h, _ in names)),
    )


def _office(question: ParsedQuestion, best: Evidence, matches: Matches) -> tuple[float, float]:
    """Return other_office and other_holder."""
    candidate = best.candidate
    if candidate is None or question.expectation.type not in _PERSONS:
        return 0.0, 0.0
    window = candidate.window
    belongs = question.expectation.office or bool(question.belongs)
    others = [w for w in person_windows(best.sentence).values() if w != window]
    return (
        float(belongs and share_within(belonging(question), matches, window) < 1),
        float(
            any(
                _stands_in_one(m, others) and not _stands_in_one(m, [window])
                for c, m in zip(question.concepts, matches, strict=True)
                if c.office
            )
        ),
    )


def _other_speaker(question: ParsedQuestion, best: Evidence, matches: Matches) -> float:
    """Tell whether no name of the question stands where the speaker does."""
    if best.candidate is None or best.candidate.mention.kind is not Kind.QUOTATION:
        return 0.0
    said = best.candidate.mention
    around = (said.owner_start, said.start), (said.end, said.owner_end)
    pairs = zip(question.concepts, matches, strict=True)
    names = [match for concept, match in pairs if concept.name and not concept.number]
    return float(bool(names) and not any(_stands_in_one(match, around) for match in names))


def _other_contact(question: ParsedQuestion, around: Sequence[float], total: float) -> float:
    if question.expectation.type is not AnswerType.CONTACT:
        return 0.0
    pairs = zip(question.concepts, around, strict=True)
    return max((c.weight for c, q in pairs if c.name and q < _SOLID), default=0.0) / total


def _stands_in_one(match: Match | None, windows: Sequence[Offsets]) -> bool:
    """Tell whether a concept stands in one of the stretches."""
    return match is not None and any(
        (place := first_from(match.places, start)) is not None and place.start < end
        for start, end in windows
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
    asked = asking.EARLIER.search(question.text)
    return float(bool(asked) and not asking.EARLIER.search(best.sentence.text))


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
        worth > _SOLID and terms.issuperset(phrase) for phrase, worth in concept.alternatives
    )
