"""Where a sentence has the concepts of a question."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from gloact_qa.answering.question import SYNONYM_WEIGHT, Concept
from gloact_qa.schema import Sentence, Term


class Match(NamedTuple):
    """Where a concept stands in a sentence, and how good the match is (0 to 1)."""

    quality: float
    places: tuple[Term, ...]


Matches = Sequence[Match | None]  # one for each concept of the question


def match_concepts(concepts: Sequence[Concept], sentence: Sentence) -> Matches:
    """Return for each concept where the sentence has it; None where it has not."""
    return [_match(concept, sentence.places) for concept in concepts]


def _match(concept: Concept, places: Mapping[str, tuple[Term, ...]]) -> Match | None:
    here = [places[term] for term in concept.terms if term in places]
    if len(here) == len(concept.terms):
        return Match(1.0, tuple(chain.from_iterable(here)))
    for phrase, worth in concept.alternatives:
        if phrase[0] in places and all(term in places for term in phrase):
            return Match(
                SYNONYM_WEIGHT * worth, tuple(chain.from_iterable(places[t] for t in phrase))
            )
    if here:  # a part of a phrase
        return Match(len(here) / len(concept.terms), tuple(chain.from_iterable(here)))
    return None


def terms_in(sentence: Sentence, start: int, end: int) -> list[Term]:
    """Return the terms of a sentence that begin in a stretch of the document."""
    return [term for term in sentence.terms if start <= term.start < end]
