"""The evidence that a question is answered at all, as numbers.

A logistic regression turns them into a probability (J. Platt, Probabilistic outputs,
1999); ``benchmarks/fit.py`` learns it.
"""

from collections.abc import Sequence

from gloact_qa.answering.expectation import AnswerType
from gloact_qa.answering.features import FEATURES, RELIABLE, Evidence
from gloact_qa.answering.question import ParsedQuestion
from gloact_qa.answering.support import in_passage, in_sentence

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
    "other_time",  # whether what was before or comes next is asked for, and not spoken of
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
_NUMBERS = frozenset((AnswerType.QUANTITY, AnswerType.MEASURE, AnswerType.AMOUNT))
_WORDLESS = frozenset((AnswerType.CONTACT, AnswerType.DATELINE, AnswerType.LEAD))
_INDEX = {name: i for i, name in enumerate(FEATURES)}
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
    missing, *of_passage = in_passage(question, best, total)
    predicate, *of_sentence = in_sentence(question, best, total)
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
