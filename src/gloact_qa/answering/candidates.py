"""The mentions of a sentence that can be the short answer, and which of them is the best.

A good one is of the kind that the question asks for and stands close to the words that
the question names.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gloact_qa.answering.expectation import AnswerType
from gloact_qa.answering.matching import Matches, first_from, gap_between
from gloact_qa.answering.question import Concept, ParsedQuestion
from gloact_qa.schema import Kind, Mention, Sentence
from gloact_qa.text.names import looks_like_person, titled_from
from gloact_qa.text.sentences import Offsets

_YEARS = re.compile(r"(?:from )?\d{4}\D+\d{4}")
_YEARS_ONLY = 0.4  # fit of "2018-2022" as a duration, beside "four years"
_COUNTED = 25  # characters after a number in which what it counts stands
_OTHER_COUNT = 0.15  # fit of a number that counts something else
_NO_PERSON = 0.6  # fit of a name that does not look like a person's, where one may be meant
_ASKED = 0.5  # share of a question's names by which somebody is the one asked about
_NO_PLACE = 0.2  # fit of a name with an abbreviation, which is seldom a place's
_ABBREVIATED = re.compile(r"[A-Z][\w.]*[A-Z]")
_PLACES = frozenset((AnswerType.PLACE, AnswerType.COUNTRY, AnswerType.COUNTRIES))
_PLACE_KINDS = frozenset((Kind.PLACE, Kind.COUNTRY, Kind.COUNTRIES))
DATELINE_WITHIN = 100  # characters of a release within which its dateline stands
_NO_DATELINE = 0.2  # fit of a date elsewhere as that of the release
_ELSEWHERE = 0.1  # fit of a person whose office is another than the one asked for
_SO_CALLED = 1.4  # how much better a name fits that has the word itself: "which commission"
_FORMED = frozenset((Kind.DATE, Kind.DURATION, Kind.QUANTITY, Kind.MONEY))
_CLOSE = 60.0  # characters over which closeness falls to 1/e
_CLOSE_IN_LIST = 8.0  # the same where persons are named with their roles


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that may be the short answer, with how well it fits and how close it stands."""

    mention: Mention
    fit: float
    closeness: float
    window: Offsets  # of the stretch that speaks of it: with its role, or its owner
    scale: float  # characters over which closeness to the window falls to 1/e

    @property
    def score(self) -> float:
        """Return how good a short answer it is, about 0 to 2."""
        return self.fit + self.closeness


def best_candidate(
    question: ParsedQuestion, sentence: Sentence, matches: Matches
) -> Candidate | None:
    """Return the mention of the sentence that answers best; None when none fits.

    ``matches`` says where the sentence has the question's concepts.
    """
    fit = question.expectation.fit
    if not fit:
        return None
    windows = person_windows(sentence)
    # A list of persons with their roles, each with words of its own.
    in_list = sum(mention.kind is Kind.ROLE for mention in sentence.mentions) > 1
    best: Candidate | None = None
    for mention in sentence.mentions:
        value = fit.get(mention.kind)
        if not value or not _can_answer(question, mention, sentence):
            continue
        if mention.kind is Kind.QUANTITY and question.counted:
            value *= _counts(question.counted, mention, sentence)
        elif mention.kind is Kind.NAME and question.expectation.type is AnswerType.AGENT:
            value *= 1.0 if looks_like_person(_text_of(mention, sentence)) else _NO_PERSON
        elif question.expectation.type in _PLACES and mention.kind not in _PLACE_KINDS:
            value *= _NO_PLACE if _ABBREVIATED.search(_text_of(mention, sentence)) else 1.0
        elif mention.kind is Kind.DURATION and _YEARS.fullmatch(_text_of(mention, sentence)):
            value *= _YEARS_ONLY
        elif question.expectation.type is AnswerType.DATELINE and mention.start > DATELINE_WITHIN:
            value *= _NO_DATELINE
        if question.noun and question.noun in _terms_in(mention, sentence):
            value *= _SO_CALLED
        window = _window(mention, windows)
        if question.expectation.origin:
            if not _stands_with_asked(question, matches, mention, windows.values()):
                continue
        elif question.expectation.office or question.belongs:
            value *= max(_ELSEWHERE, share_within(belonging(question), matches, window))
        has_role = window != (mention.start, mention.end)
        scale = _CLOSE_IN_LIST if in_list or has_role else _CLOSE
        close = closeness(question.concepts, matches, window, scale)
        candidate = Candidate(mention, value, close, window, scale)
        if best is None or candidate.score > best.score:
            best = candidate
    return best


def asked_expansion(question: ParsedQuestion, sentence: Sentence) -> Mention | None:
    """Return the long form that the sentence gives of an abbreviation in the question."""
    for mention in sentence.mentions:
        if mention.kind is Kind.EXPANSION:
            short = sentence.terms_in(mention.owner_start, mention.owner_end)
            if any(term.text in question.terms for term in short):
                return mention
    return None


def person_windows(sentence: Sentence) -> dict[Offsets, Offsets]:
    """Return the stretch that speaks of each person with a role, by that of the name.

    It has the person's titles, name and roles.
    """
    windows: dict[Offsets, Offsets] = {}
    for role in sentence.mentions:
        if role.kind is Kind.ROLE:
            name = role.owner_start, role.owner_end
            titled = sentence.start + titled_from(sentence.text, name[0] - sentence.start)
            start, end = windows.get(name, (titled, name[1]))
            windows[name] = min(start, role.start), max(end, role.end)
    return windows


def _counts(counted: frozenset[str], mention: Mention, sentence: Sentence) -> float:
    """Return how well a number fits: best if what is counted follows it."""
    after = sentence.terms_in(mention.start, mention.end + _COUNTED)
    return 1.0 if any(term.text in counted for term in after) else _OTHER_COUNT


def _can_answer(question: ParsedQuestion, mention: Mention, sentence: Sentence) -> bool:
    """Tell whether a mention says something that the question does not say itself.

    What belongs to an owner must belong to the one that the question names; a date must
    be as precise as is asked.
    """
    asked = question.terms
    expectation = question.expectation
    if mention.owner_start >= 0 and expectation.type in (AnswerType.EXPANSION, AnswerType.ROLE):
        owner = sentence.terms_in(mention.owner_start, mention.owner_end)
        return any(term.text in asked for term in owner)
    text = _text_of(mention, sentence)
    if expectation.form:
        if mention.kind in _FORMED and not expectation.form.search(text):
            return False
        if expectation.type is AnswerType.CONTACT and not expectation.form.search(sentence.text):
            return False
    if expectation.type is AnswerType.PERSON and mention.kind is Kind.NAME:
        return looks_like_person(text)
    if expectation.type is AnswerType.DATELINE or expectation.repeated:
        return True
    inside = _terms_in(mention, sentence)
    new = len(inside - asked)
    if mention.kind in (Kind.ORGANISATION, Kind.NAME):  # "the Delegation": who heads it?
        return new > len(inside) / 2 or not inside
    return new > 0 or not inside


def _window(mention: Mention, windows: Mapping[Offsets, Offsets]) -> Offsets:
    """Return the stretch that speaks of the mention: of the person, or with its owner."""
    start, end = mention.start, mention.end
    if mention.owner_start >= 0:
        return min(start, mention.owner_start), max(end, mention.owner_end)
    return windows.get((start, end), (start, end))


def closeness(
    concepts: Sequence[Concept | None], matches: Matches, window: Offsets, scale: float
) -> float:
    """Return how close the matched concepts stand to a stretch, 0 to 1, by their weight.

    Each counts less the farther it is: 1/e at ``scale`` characters. Without concepts it is 0;
    where None stands for one it is passed over.
    """
    total = found = 0.0
    for concept, match in zip(concepts, matches, strict=True):
        if concept:
            total += concept.weight
            if match:
                gap = gap_between(match.places, *window)
                found += concept.weight * match.quality * math.exp(-gap / scale)
    return found / total if total else 0.0


def share_within(concepts: Sequence[Concept | None], matches: Matches, window: Offsets) -> float:
    """Return the share of the concepts, by weight, that stand in a stretch; 1 without any.

    Where None stands for one it is passed over.
    """
    total = inside = 0.0
    for concept, match in zip(concepts, matches, strict=True):
        if concept:
            total += concept.weight
            place = first_from(match.places, window[0]) if match else None
            if place and place.start < window[1]:
                inside += concept.weight
    return inside / total if total else 1.0


def named(concepts: Sequence[Concept]) -> Sequence[Concept | None]:
    """Return the concepts, with None for those that are no names."""
    return [concept if concept.name else None for concept in concepts]


def belonging(question: ParsedQuestion) -> Sequence[Concept | None]:
    """Return the concepts that say of whom somebody is asked for, None in place of others.

    They are all names, unless the question says which.
    """
    names = named(question.concepts)
    if not question.belongs:
        return names
    return [c if c and question.belongs.issuperset(c.terms) else None for c in names]


def _stands_with_asked(
    question: ParsedQuestion, matches: Matches, mention: Mention, windows: Iterable[Offsets]
) -> bool:
    """Tell whether a mention stands in what is said of the person whom the question names."""
    return any(
        start <= mention.start and mention.end <= end
        for start, end in windows
        if share_within(named(question.concepts), matches, (start, end)) > _ASKED
    )


def _terms_in(mention: Mention, sentence: Sentence) -> set[str]:
    return {term.text for term in sentence.terms_in(mention.start, mention.end)}


def _text_of(mention: Mention, sentence: Sentence) -> str:
    return sentence.text[mention.start - sentence.start : mention.end - sentence.start]
