"""Where a sentence has the concepts of a question.

A sentence of a badly copied release can have ten thousands of terms and mentions: what is
looked up for each mention takes a time that grows with the logarithm of their number.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from gloact_qa.answering.question import SYNONYM_WEIGHT, Concept
from gloact_qa.schema import Sentence, Term


class Match(NamedTuple):
    """Where a concept stands in a sentence, and how good the match is (0 to 1)."""

    quality: float
    places: tuple[Term, ...]  # in the order of the text


SOLID = 0.75  # least quality of a match by a word, or by a synonym that means the same
_START = attrgetter("start")
Matches = Sequence[Match | None]  # one for each concept of the question


def match_concepts(concepts: Sequence[Concept], sentence: Sentence) -> Matches:
    """Return for each concept where the sentence has it; None where it has not."""
    return [_match(concept, sentence.places) for concept in concepts]


def _match(concept: Concept, places: Mapping[str, tuple[Term, ...]]) -> Match | None:
    here = [places[term] for term in concept.terms if term in places]
    if len(here) == len(concept.terms):
        return Match(1.0, _ordered(here))
    for phrase, worth in concept.alternatives if not concept.heads.isdisjoint(places) else ():
        if phrase[0] in places and all(term in places for term in phrase):
            return Match(SYNONYM_WEIGHT * worth, _ordered([places[term] for term in phrase]))
    part = [places[term] for term in concept.telling if term in places]
    if part:
        return Match(len(part) / len(concept.terms), _ordered(part))
    return None


def _ordered(places: Sequence[tuple[Term, ...]]) -> tuple[Term, ...]:
    """Return the places of several terms in the order of the text."""
    if len(places) == 1:
        return places[0]
    return tuple(sorted(chain.from_iterable(places), key=_START))


def first_from(places: Sequence[Term], start: int) -> Term | None:
    """Return the first of the places that begins at ``start`` or later."""
    place = bisect_left(places, start, key=_START)
    return places[place] if place < len(places) else None


def gap_between(places: Sequence[Term], start: int, end: int) -> int:
    """Return how many characters lie between a stretch and the nearest of the places."""
    after = bisect_left(places, start, key=_START)
    gaps = [start - place.end for place in places[max(0, after - 1) : after]]
    gaps += [place.start - end for place in places[after : after + 1]]
    return max(0, min(gaps))
