"""The evidence that a sentence answers a question, as numbers.

Each feature is made so that more of it speaks for the sentence; the weights are
learned by ``benchmarks/fit.py``.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gloact_qa.answering import asking_about, overlap, stages
from gloact_qa.answering.candidates import (
    DATELINE_WITHIN,
    Candidate,
    asked_expansion,
    best_candidate,
)
from gloact_qa.answering.expectation import AnswerType
from gloact_qa.answering.matching import Matches, first_from, match_concepts
from gloact_qa.answering.question import ParsedQuestion
from gloact_qa.answering.relatives import find_relatives
from gloact_qa.retrieval.base import Hit
from gloact_qa.schema import Sentence
from gloact_qa.text.sentences import Offsets

FEATURES = (
    "coverage",  # share of the question's concepts in the sentence, by weight
    "context_coverage",  # what the two sentences before it add
    "passage_coverage",  # what the rest of its passage adds
    "anaphora",  # context_coverage again, where the sentence begins with a pronoun
    "topic_coverage",  # what the document's topic adds, where the sentence does not name it
    "next_coverage",  # what the sentence after it adds
    "passage_score",  # BM25 of the passage, relative to the best passage
    "sentence_score",  # BM25 of the sentence, relative to the best sentence
    "order",  # share of neighbouring concepts that stand close together here, in order
    "run",  # longest run of neighbouring concepts that are all here, as a share
    "surface",  # coverage by words that are written as in the question
    "related",  # share of concepts that are not here, but a word that may mean them, by rarity
    "first",  # whether the question's first concept is here
    "last",  # whether its last is
    "act",  # of "Who opened …?" whether the sentence says that somebody opened
    "names",  # share of the question's names and numbers in the sentence
    "opening",  # share of the matched concepts among the sentence's first words
    "hit",  # a mention of a kind that only its form tells: a date, a sum, a quotation …
    "miss",  # such a kind is required, and no mention of it is here
    "weak_hit",  # a mention of another required kind: a person, a role, a number
    "weak_miss",
    "soft_hit",  # a name where a name is likely
    "closeness",  # how close the matched concepts stand to the best such mention
    "listing",  # where several things are asked for, how many the sentence names, up to 1
    "other_stage",  # 1: what is said is of another phase than is asked for; -1: of that earlier one
    "definition",  # defines the asked name ("X is a …")
    "repeats",  # the sentence is the answer before, and the question goes on from it
    "follows",  # the sentence comes after that answer: 1 at once, 1/e some sentences later
    "length",  # logarithm of the number of terms
    "fragment",  # a line without a full stop
)
# Types whose answer is a mention that its form tells for sure.
RELIABLE = frozenset(
    (
        AnswerType.DATE,
        AnswerType.DATELINE,
        AnswerType.DURATION,
        AnswerType.LENGTH,
        AnswerType.MONEY,
        AnswerType.PERCENT,
        AnswerType.EXPANSION,
        AnswerType.QUOTATION,
        AnswerType.COUNTRIES,
        AnswerType.CONTACT,
        AnswerType.LEAD,
    )
)
# Types whose answer must be a mention of the kind too; of others it may be a common noun.
_STRICT = frozenset(
    (
        AnswerType.PERSON,
        AnswerType.ROLE,
        AnswerType.QUANTITY,
        AnswerType.MEASURE,
        AnswerType.AMOUNT,
        AnswerType.COUNTRY,
    )
)
_DOERS = frozenset((AnswerType.PERSON, AnswerType.AGENT, AnswerType.ORGANISATION))
_ANAPHOR = re.compile(
    r"\A\W*+(?:\w++[^,]{0,25}, )?(?:he|she|it|they|his|her|its|their|this|these|those|such|both)\b",
    re.IGNORECASE,
)
_EXPANDED = 0.6  # how well a definition is told by an abbreviation's long form alone
_FOLLOWS = 300.0  # characters over which "follows" falls to 1/e
_APPOSED = re.compile(r"(?: \([^()\n]{2,15}\))?, (?:an?|one of|the) ")
_APPOSED_NAME = 40  # characters in which what is defined stands before its apposition
_LISTED = 8.0  # mentions of a sentence that is a list for sure
_COPULA = re.compile(r" (?:is|are|was|were) (?:an? |the |one of )")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit, with the features of FEATURES in order and its best mention."""

    hit: Hit
    sentence: Sentence
    features: tuple[float, ...]
    candidate: Candidate | None


def collect_evidence(question: ParsedQuestion, hits: Sequence[Hit]) -> list[Evidence]:
    """Return the evidence of every sentence of the hits."""
    total = sum(concept.weight for concept in question.concepts) or 1.0
    weights = [concept.weight for concept in question.concepts]
    matched = [
        [match_concepts(question.concepts, sentence) for sentence in hit.passage.sentences]
        for hit in hits
    ]
    scores = [
        [
            overlap.bm25(question.concepts, sentence, matches)
            for sentence, matches in zip(hit.passage.sentences, in_passage, strict=True)
        ]
        for hit, in_passage in zip(hits, matched, strict=True)
    ]
    relatives = find_relatives(
        question.concepts, [sentence for hit in hits for sentence in hit.passage.sentences]
    )
    best_score = max((max(row) for row in scores), default=0.0) or 1.0
    top = hits[0].score if hits else 1.0
    before = _answer_before(question, hits)
    asks_for_doer = question.expectation.type in _DOERS and bool(
        question.concepts and not (question.concepts[0].name or question.concepts[0].light)
    )
    asks_for_earlier = stages.names_earlier(question.text)
    asks_for_several = bool(asking_about.SEVERAL.search(question.text))
    evidence: list[Evidence] = []
    for hit, in_passage, row in zip(hits, matched, scores, strict=True):
        qualities = [overlap.qualities(matches) for matches in in_passage]
        in_all = overlap.coverage(weights, qualities)
        for i, sentence in enumerate(hit.passage.sentences):
            matches = in_passage[i]
            candidate = best_candidate(question, sentence, matches)
            leads = _leads(question, sentence)
            if not row[i] and candidate is None and not leads:
                continue  # nothing speaks for it
            coverage = overlap.coverage(weights, qualities[i : i + 1])
            in_context = overlap.coverage(weights, qualities[max(0, i - 2) : i + 1])
            features = (
                coverage / total,
                (in_context - coverage) / total,
                (in_all - in_context) / total,
                (in_context - coverage) / total if _ANAPHOR.match(sentence.text) else 0.0,
                overlap.topic_coverage(question.concepts, matches, hit.passage.topic) / total,
                (overlap.coverage(weights, qualities[i : i + 2]) - coverage) / total,
                hit.score / top,
                row[i] / best_score,
                overlap.order(matches),
                overlap.run(matches),
                overlap.surface(question, sentence, matches) / total,
                relatives.coverage(weights, matches, sentence) / total,
                qualities[i][0] if weights else 0.0,
                qualities[i][-1] if weights else 0.0,
                qualities[i][0] if asks_for_doer else 0.0,
                overlap.names(question.concepts, matches),
                overlap.opening(sentence, matches),
                *_typed(question, candidate, leads),
                min(1.0, len(sentence.mentions) / _LISTED) if asks_for_several else 0.0,
                stages.of_other_stage(asks_for_earlier, sentence, candidate),
                _definition(question, sentence, matches),
                *(
                    _continues(hit.passage.document_id, sentence, before)
                    if candidate or leads or not question.expectation.typed
                    else (0.0, 0.0)
                ),
                math.log(1 + len(sentence.terms)),
                0.0 if sentence.text[-1:] in '.!?"”’:' else 1.0,
            )
            evidence.append(Evidence(hit, sentence, features, candidate))
    return evidence


def _answer_before(question: ParsedQuestion, hits: Sequence[Hit]) -> tuple[str, Offsets] | None:
    """Return the document and the offsets of the answer that the question goes on from."""
    said = question.after
    if not said:
        return None
    for hit in hits:
        for sentence in hit.passage.sentences:
            if sentence.text in said or said in sentence.text:
                return hit.passage.document_id, (sentence.start, sentence.end)
    return None


def _continues(
    document_id: str, sentence: Sentence, before: tuple[str, Offsets] | None
) -> tuple[float, float]:
    """Return repeats and follows."""
    if before is None or before[0] != document_id:
        return 0.0, 0.0
    start, end = before[1]
    if sentence.start < end:
        return float(sentence.start == start), 0.0
    return 0.0, math.exp(-(sentence.start - end) / _FOLLOWS)


def _leads(question: ParsedQuestion, sentence: Sentence) -> bool:
    """Tell whether the release's first sentence is asked for, and this is it."""
    return question.expectation.type is AnswerType.LEAD and sentence.start < DATELINE_WITHIN


def _typed(question: ParsedQuestion, candidate: Candidate | None, leads: bool) -> tuple[float, ...]:
    """Return hit, miss, weak_hit, weak_miss, soft_hit and closeness."""
    answer_type = question.expectation.type
    if answer_type is AnswerType.LEAD:
        return float(leads), float(not leads), 0.0, 0.0, 0.0, float(leads)
    fit = candidate.fit if candidate else 0.0
    closeness = candidate.closeness if candidate else 0.0
    missed = float(candidate is None)
    if answer_type in RELIABLE:
        return fit, missed, 0.0, 0.0, 0.0, closeness
    if answer_type in _STRICT:
        return 0.0, 0.0, fit, missed, 0.0, closeness
    return 0.0, 0.0, 0.0, 0.0, fit, closeness


def _definition(question: ParsedQuestion, sentence: Sentence, matches: Matches) -> float:
    """Tell whether the sentence goes on to say what its matched subject is."""
    if question.expectation.type is not AnswerType.DEFINITION:
        return 0.0
    expanded = _EXPANDED if asked_expansion(question, sentence) else 0.0
    total = sum(c.weight for c in question.concepts)
    defined = [
        sum(
            c.weight
            for c, m in zip(question.concepts, matches, strict=True)
            if m and (p := first_from(m.places, first)) and p.end <= last
        )
        for first, last in _subjects(sentence)
    ]
    return max(expanded, *(d / total for d in defined)) if defined and total else expanded


def _subjects(sentence: Sentence) -> Iterator[Offsets]:
    """Yield the stretches of which the sentence says what they are: "X is a …", "X, a …"."""
    copula = _COPULA.search(sentence.text)
    if copula:
        yield sentence.start, sentence.start + copula.start()
    for apposed in _APPOSED.finditer(sentence.text):
        end = sentence.start + apposed.start()
        yield end - _APPOSED_NAME, end
