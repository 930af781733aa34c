"""The evidence that a sentence answers a question, as numbers.

Each feature is made so that more of it speaks for the sentence; the weights are
learned by ``benchmarks/fit.py``.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from operator import mul
from typing import NamedTuple

from gloact_qa.answering.expectation import AnswerType
from gloact_qa.answering.question import SYNONYM_WEIGHT, Concept, ParsedQuestion
from gloact_qa.retrieval.base import Hit
from gloact_qa.schema import Kind, Mention, Sentence, Term
from gloact_qa.text.names import looks_like_person

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
    "first",  # whether the question's first concept is here
    "last",  # whether its last is
    "names",  # share of the question's names and numbers in the sentence
    "opening",  # share of the matched concepts among the sentence's first words
    "hit",  # a mention of a kind that only its form tells: a date, a sum, a quotation …
    "miss",  # such a kind is required, and no mention of it is here
    "weak_hit",  # a mention of another required kind: a person, a role, a number
    "weak_miss",
    "soft_hit",  # a name where a name is likely
    "closeness",  # how close the matched concepts stand to the best such mention
    "definition",  # defines the asked name ("X is a …")
    "length",  # logarithm of the number of terms
    "fragment",  # a line without a full stop
)
# Types whose answer is a mention that its form tells for sure.
RELIABLE = frozenset(
    (
        AnswerType.DATE,
        AnswerType.DATELINE,
        AnswerType.DURATION,
        AnswerType.MONEY,
        AnswerType.PERCENT,
        AnswerType.EXPANSION,
        AnswerType.QUOTATION,
        AnswerType.COUNTRIES,
        AnswerType.CONTACT,
    )
)
# Types whose answer must be a mention of the kind too; of others it may be a common noun.
_STRICT = frozenset(
    (
        AnswerType.PERSON,
        AnswerType.ROLE,
        AnswerType.QUANTITY,
        AnswerType.AMOUNT,
        AnswerType.COUNTRY,
    )
)
_K1, _B, _MEAN_TERMS = 0.9, 0.4, 14.0  # BM25 over sentences
_OPENING = 60  # characters that count as the beginning of a sentence
_CLOSE_IN_LIST = 8.0  # the same where persons are named with their roles
_YEARS = re.compile(r"(?:from )?\d{4}\D+\d{4}")
_YEARS_ONLY = 0.7  # fit of "2018-2022" as a duration, beside "four years"
_ELSEWHERE = 0.1  # fit of a person whose office is another than the one asked for
_COUNTED = 25  # characters after a number in which what it counts stands
_NO_PERSON = 0.6  # fit of a name that does not look like a person's, where one may be meant
_OTHER_COUNT = 0.15  # fit of a number that counts something else
_CLOSE = 60.0  # characters over which closeness falls to 1/e
_ANAPHOR = re.compile(
    r"\W*(?:\w+[^,]{0,25}, )?(?:he|she|it|they|his|her|its|their|this|these|those|such|both)\b",
    re.IGNORECASE,
)
_COPULA = re.compile(r" (?:is|are|was|were) (?:an? |the |one of )")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that may be the short answer, with how well it fits and how close it stands."""

    mention: Mention
    fit: float
    closeness: float

    @property
    def score(self) -> float:
        """Return how good a short answer it is, about 0 to 2."""
        return self.fit + self.closeness


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit, with the features of FEATURES in order and its best mention."""

    hit: Hit
    sentence: Sentence
    features: tuple[float, ...]
    candidate: Candidate | None


class _Match(NamedTuple):
    """Where a concept stands in a sentence, and how good the match is (0 to 1)."""

    quality: float
    places: tuple[Term, ...]


_Matches = Sequence[_Match | None]  # one for each concept of the question


def collect_evidence(question: ParsedQuestion, hits: Sequence[Hit]) -> list[Evidence]:
    """Return the evidence of every sentence of the hits."""
    total = sum(concept.weight for concept in question.concepts) or 1.0
    weights = [concept.weight for concept in question.concepts]
    matched = [
        [_match(question.concepts, sentence) for sentence in hit.passage.sentences] for hit in hits
    ]
    scores = [
        [
            _bm25(question.concepts, sentence, matches)
            for sentence, matches in zip(hit.passage.sentences, in_passage, strict=True)
        ]
        for hit, in_passage in zip(hits, matched, strict=True)
    ]
    best_score = max((max(row) for row in scores), default=0.0) or 1.0
    top = hits[0].score if hits else 1.0
    evidence: list[Evidence] = []
    for hit, in_passage, row in zip(hits, matched, scores, strict=True):
        qualities = [_qualities(matches) for matches in in_passage]
        in_all = _coverage(weights, qualities)
        for i, sentence in enumerate(hit.passage.sentences):
            matches = in_passage[i]
            candidate = best_candidate(question, sentence, matches)
            if not row[i] and candidate is None:
                continue  # nothing speaks for it
            coverage = _coverage(weights, qualities[i : i + 1])
            in_context = _coverage(weights, qualities[max(0, i - 2) : i + 1])
            features = (
                coverage / total,
                (in_context - coverage) / total,
                (in_all - in_context) / total,
                (in_context - coverage) / total if _ANAPHOR.match(sentence.text) else 0.0,
                _topic_coverage(question.concepts, matches, hit.passage.topic) / total,
                (_coverage(weights, qualities[i : i + 2]) - coverage) / total,
                hit.score / top,
                row[i] / best_score,
                _order(matches),
                _run(matches),
                _surface(question, sentence, matches) / total,
                qualities[i][0] if weights else 0.0,
                qualities[i][-1] if weights else 0.0,
                _names(question.concepts, matches),
                _opening(sentence, matches),
                *_typed(question, candidate),
                _definition(question, sentence, matches),
                math.log(1 + len(sentence.terms)),
                0.0 if sentence.text[-1:] in '.!?"”’:' else 1.0,
            )
            evidence.append(Evidence(hit, sentence, features, candidate))
    return evidence


def _typed(question: ParsedQuestion, candidate: Candidate | None) -> tuple[float, ...]:
    """Return hit, miss, weak_hit, weak_miss, soft_hit and closeness."""
    answer_type = question.expectation.type
    fit = candidate.fit if candidate else 0.0
    closeness = candidate.closeness if candidate else 0.0
    missed = float(candidate is None)
    if answer_type in RELIABLE:
        return fit, missed, 0.0, 0.0, 0.0, closeness
    if answer_type in _STRICT:
        return 0.0, 0.0, fit, missed, 0.0, closeness
    return 0.0, 0.0, 0.0, 0.0, fit, closeness


def _match(concepts: Sequence[Concept], sentence: Sentence) -> _Matches:
    return [_match_concept(concept, sentence.places) for concept in concepts]


def _match_concept(concept: Concept, places: Mapping[str, tuple[Term, ...]]) -> _Match | None:
    here = [places[term] for term in concept.terms if term in places]
    if len(here) == len(concept.terms):
        return _Match(1.0, tuple(chain.from_iterable(here)))
    for phrase in concept.alternatives:
        if all(term in places for term in phrase):
            return _Match(SYNONYM_WEIGHT, tuple(chain.from_iterable(places[t] for t in phrase)))
    if here:  # a part of a phrase
        return _Match(len(here) / len(concept.terms), tuple(chain.from_iterable(here)))
    return None


def _qualities(matches: _Matches) -> tuple[float, ...]:
    return tuple([m.quality if m else 0.0 for m in matches])


def _coverage(weights: Sequence[float], sentences: Sequence[tuple[float, ...]]) -> float:
    """Return the weight of the concepts that the sentences have between them."""
    if len(sentences) == 1:
        return sum(map(mul, weights, sentences[0]))
    return sum(map(mul, weights, map(max, *sentences)))


def _topic_coverage(concepts: Sequence[Concept], matches: _Matches, topic: frozenset[str]) -> float:
    return sum(
        c.weight
        for c, m in zip(concepts, matches, strict=True)
        if not m and topic.issuperset(c.terms)
    )


def _bm25(concepts: Sequence[Concept], sentence: Sentence, matches: _Matches) -> float:
    norm = _K1 * (1 - _B + _B * len(sentence.terms) / _MEAN_TERMS)
    return sum(
        c.weight * m.quality * len(m.places) * (_K1 + 1) / (len(m.places) + norm)
        for c, m in zip(concepts, matches, strict=True)
        if m
    )


def _order(matches: _Matches) -> float:
    if len(matches) < 2:
        return 0.0
    close = sum(
        1
        for a, b in pairwise(matches)
        if a and b and any(0 < q.position - p.position <= 3 for p in a.places for q in b.places)
    )
    return close / (len(matches) - 1)


def _run(matches: _Matches) -> float:
    if not matches:
        return 0.0
    return max(sum(1 for _ in run) if there else 0 for there, run in groupby(matches, bool)) / len(
        matches
    )


def _surface(question: ParsedQuestion, sentence: Sentence, matches: _Matches) -> float:
    written = sentence.text.lower()
    return sum(
        concept.weight
        for concept, match in zip(question.concepts, matches, strict=True)
        if match
        and match.quality == 1
        and any(
            written[p.start - sentence.start : p.end - sentence.start] in question.words
            for p in match.places
        )
    )


def _names(concepts: Sequence[Concept], matches: _Matches) -> float:
    total = found = 0.0
    for concept, match in zip(concepts, matches, strict=True):
        if concept.name:
            total += concept.weight
            found += concept.weight * match.quality if match else 0.0
    return found / total if total else 1.0


def _opening(sentence: Sentence, matches: _Matches) -> float:
    limit = sentence.start + _OPENING
    matched = [m for m in matches if m]
    if not matched:
        return 0.0
    return sum(any(p.start < limit for p in m.places) for m in matched) / len(matched)


def best_candidate(
    question: ParsedQuestion, sentence: Sentence, matches: _Matches | None = None
) -> Candidate | None:
    """Return the mention of the sentence that answers best; None when none fits."""
    fit = question.expectation.fit
    if not fit:
        return None
    if matches is None:
        matches = _match(question.concepts, sentence)
    in_list = _is_enumeration(sentence)
    best: Candidate | None = None
    for mention in sentence.mentions:
        value = fit.get(mention.kind)
        if not value or not _can_answer(question, mention, sentence):
            continue
        if mention.kind is Kind.QUANTITY and question.counted:
            value *= _counts(question.counted, mention, sentence)
        elif mention.kind is Kind.NAME and question.expectation.type is AnswerType.AGENT:
            value *= 1.0 if looks_like_person(_text_of(mention, sentence)) else _NO_PERSON
        elif mention.kind is Kind.DURATION and _YEARS.fullmatch(_text_of(mention, sentence)):
            value *= _YEARS_ONLY
        window = _window(mention, sentence)
        if question.expectation.office:
            value *= _names_within(question.concepts, matches, window)
        has_role = window != (mention.start, mention.end)
        scale = _CLOSE_IN_LIST if in_list or has_role else _CLOSE
        candidate = Candidate(mention, value, _closeness(question.concepts, matches, window, scale))
        if best is None or candidate.score > best.score:
            best = candidate
    return best


def _names_within(
    concepts: Sequence[Concept], matches: _Matches, window: tuple[int, int]
) -> float:
    """Return the share of the question's names that stand in a window, at least _ELSEWHERE."""
    total = inside = 0.0
    for concept, match in zip(concepts, matches, strict=True):
        if concept.name:
            total += concept.weight
            if match and any(window[0] <= p.start < window[1] for p in match.places):
                inside += concept.weight
    return max(_ELSEWHERE, inside / total) if total else 1.0


def _is_enumeration(sentence: Sentence) -> bool:
    """Tell whether the sentence lists persons with their roles, each with words of its own."""
    return sum(m.kind is Kind.ROLE for m in sentence.mentions) > 1


def _counts(counted: frozenset[str], mention: Mention, sentence: Sentence) -> float:
    """Return how well a number fits: best if what is counted follows it."""
    after = {t.text for t in sentence.terms if mention.start <= t.start < mention.end + _COUNTED}
    return 1.0 if after & counted else _OTHER_COUNT


def _can_answer(question: ParsedQuestion, mention: Mention, sentence: Sentence) -> bool:
    """Tell whether a mention says something that the question does not say itself.

    What belongs to an owner must belong to the one that the question names; a date must
    be as precise as is asked.
    """
    asked = question.terms
    expectation = question.expectation
    if mention.owner_start >= 0 and expectation.type in (AnswerType.EXPANSION, AnswerType.ROLE):
        owner = _terms_in(sentence, mention.owner_start, mention.owner_end)
        return any(term.text in asked for term in owner)
    text = _text_of(mention, sentence)
    if expectation.form:
        if mention.kind in (Kind.DATE, Kind.DURATION) and not expectation.form.search(text):
            return False
        if expectation.type is AnswerType.CONTACT and not expectation.form.search(sentence.text):
            return False
    if expectation.type is AnswerType.PERSON and mention.kind is Kind.NAME:
        return looks_like_person(text)
    if expectation.type is AnswerType.DATELINE:
        return True
    inside = {t.text for t in _terms_in(sentence, mention.start, mention.end)}
    new = len(inside - asked)
    if mention.kind in (Kind.ORGANISATION, Kind.NAME):  # "the Delegation": who heads it?
        return new > len(inside) / 2 or not inside
    return new > 0 or not inside


def _text_of(mention: Mention, sentence: Sentence) -> str:
    return sentence.text[mention.start - sentence.start : mention.end - sentence.start]


def _terms_in(sentence: Sentence, start: int, end: int) -> list[Term]:
    return [term for term in sentence.terms if start <= term.start < end]


def _window(mention: Mention, sentence: Sentence) -> tuple[int, int]:
    """Return the stretch that speaks of the mention: with its role, or its owner."""
    start, end = mention.start, mention.end
    if mention.owner_start >= 0:
        return min(start, mention.owner_start), max(end, mention.owner_end)
    for other in sentence.mentions:
        if other.kind is Kind.ROLE and other.owner_start == start and other.owner_end == end:
            start, end = min(start, other.start), max(end, other.end)
    return start, end


def _closeness(
    concepts: Sequence[Concept], matches: _Matches, window: tuple[int, int], scale: float
) -> float:
    total = found = 0.0
    for concept, match in zip(concepts, matches, strict=True):
        total += concept.weight
        if match:
            gap = min(max(0, window[0] - p.end, p.start - window[1]) for p in match.places)
            found += concept.weight * match.quality * math.exp(-gap / scale)
    return found / total if total else 0.0


def _definition(question: ParsedQuestion, sentence: Sentence, matches: _Matches) -> float:
    """Tell whether the sentence goes on to say what its matched subject is."""
    if question.expectation.type is not AnswerType.DEFINITION:
        return 0.0
    for mention in sentence.mentions:
        if mention.kind is Kind.EXPANSION:
            short = _terms_in(sentence, mention.owner_start, mention.owner_end)
            if any(term.text in question.terms for term in short):
                return 1.0
    copula = _COPULA.search(sentence.text)
    if not copula:
        return 0.0
    subject_end = sentence.start + copula.start()
    subject = [
        c.weight
        for c, m in zip(question.concepts, matches, strict=True)
        if m and any(p.end <= subject_end for p in m.places)
    ]
    total = sum(c.weight for c in question.concepts)
    return sum(subject) / total if total else 0.0
