"""What a question looks for: its terms, weighted, with what may stand for them."""

from collections.abc import Callable
from dataclasses import dataclass

from gloact_qa.text.synonyms import Phrase, Synonyms
from gloact_qa.text.terms import Analyzer

# What a synonym's match is worth beside the asked word's own.
SYNONYM_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that the question names: its terms, and phrases that may stand for them."""

    terms: Phrase
    alternatives: tuple[Phrase, ...]
    weight: float  # the IDF of its terms


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A standalone question, ready for the index and the reader."""

    text: str
    concepts: tuple[Concept, ...]

    def query(self) -> dict[str, float]:
        """Return the terms to search for, with their weights."""
        query: dict[str, float] = {}
        for concept in self.concepts:
            for phrase in concept.alternatives:
                for term in phrase:
                    query[term] = max(query.get(term, 0.0), SYNONYM_WEIGHT / len(phrase))
        for concept in self.concepts:
            query.update(dict.fromkeys(concept.terms, 1.0))
        return query


def parse_question(
    text: str, analyzer: Analyzer, synonyms: Synonyms, idf: Callable[[str], float]
) -> ParsedQuestion:
    """Take a standalone question apart; ``idf`` is the collection's."""
    terms = list(dict.fromkeys(term.text for term in analyzer.terms(text)))
    concepts: list[Concept] = []
    start = 0
    while start < len(terms):
        length, alternatives = synonyms.at(terms, start)
        phrase = tuple(terms[start : start + max(length, 1)])
        concepts.append(Concept(phrase, alternatives, sum(map(idf, phrase))))
        start += len(phrase)
    return ParsedQuestion(text, tuple(concepts))
