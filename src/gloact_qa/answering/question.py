"""What a question looks for: its concepts, weighted, and what it asks for."""

from collections.abc import Callable
from dataclasses import dataclass

from gloact_qa.answering.conversation import Standalone
from gloact_qa.answering.expectation import AnswerType, Expectation, expect
from gloact_qa.knowledge.passages import DATELINE_TAG, tag
from gloact_qa.text.synonyms import Phrase, Synonyms
from gloact_qa.text.terms import Analyzer, fold, tokenize

# What a synonym is worth beside the asked word itself: to the reader, and to the search,
# where each of many synonyms can mislead.
SYNONYM_WEIGHT = 0.6
_SYNONYM_QUERY_WEIGHT = 0.3
_TAG_QUERY_WEIGHT = 0.5  # of the kind of contact that is asked for
# Words that say which kind of answer is wanted; the text need not have them.
_TYPE_WORDS = frozenset(
    """
    name names named call called year years date dates day month time country countries nation
    nations place city region person people organisation organization many number amount sum
    position role job title post function occupation email mail website web page site phone
    telephone contact address handle link abbreviation acronym full meaning mean means stand stands
    short kind kinds type types sort sorts list exactly statement quote quotation information
    duration length percentage percent long often money cost answer question press release tell
    mentioned mention text article way ways take takes took taken taking
    make makes made making go goes going went gone come comes came coming thing things according please anything something someone anyone
    """.split()
)
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
_TYPE_WORD_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that the question names: its terms, and phrases that may stand for them."""

    terms: Phrase
    alternatives: tuple[Phrase, ...]
    weight: float  # its rarity: the IDF of its terms
    name: bool  # whether it is a name or a number, which nothing else can stand for
    number: bool  # whether it is a number or an ordinal


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A standalone question, ready for the index and the reader."""

    text: str
    concepts: tuple[Concept, ...]
    expectation: Expectation
    words: frozenset[str] = frozenset()  # as written, in lower case
    counted: frozenset[str] = frozenset()  # terms of what "how many" counts, with synonyms
    seen: tuple[str, ...] = ()  # answers given before that are not wanted again

    @property
    def terms(self) -> frozenset[str]:
        """Return the terms that the question itself has."""
        return frozenset(term for concept in self.concepts for term in concept.terms)

    def query(self) -> dict[str, float]:
        """Return the terms to search for, with their weights."""
        query: dict[str, float] = {}
        for concept in self.concepts:
            for phrase in concept.alternatives:
                for term in phrase:
                    query[term] = max(query.get(term, 0.0), _SYNONYM_QUERY_WEIGHT / len(phrase))
        for concept in self.concepts:
            query.update(dict.fromkeys(concept.terms, 1.0))
        if self.expectation.type is AnswerType.CONTACT:
            query.update({tag(kind): _TAG_QUERY_WEIGHT for kind in self.expectation.fit})
        elif self.expectation.type is AnswerType.DATELINE:
            query[DATELINE_TAG] = 1.0
        return query


def parse_question(
    question: Standalone, analyzer: Analyzer, synonyms: Synonyms, idf: Callable[[str], float]
) -> ParsedQuestion:
    """Take a standalone question apart; ``idf`` is the collection's."""
    text = question.text
    written = {term.text: term for term in reversed(analyzer.terms(text))}
    listed = sorted(written.values(), key=lambda term: term.start)
    terms = [term.text for term in listed]
    concepts: list[Concept] = []
    start = 0
    while start < len(terms):
        length, alternatives = synonyms.at(terms, start)
        stretch = listed[start : start + max(length, 1)]
        surface = text[stretch[0].start : stretch[-1].end]
        folded = fold(surface)
        weights = [idf(term.text) for term in stretch]
        concepts.append(
            Concept(
                terms=tuple(term.text for term in stretch),
                alternatives=alternatives,
                # The words of a phrase tell little more than its rarest one.
                weight=max(weights) * (_TYPE_WORD_WEIGHT if folded in _TYPE_WORDS else 1.0),
                name=_is_name(surface, opens=stretch[0].start == 0),
                number=any(c.isdigit() for c in surface) or folded in _ORDINALS,
            )
        )
        start += len(stretch)
    expectation = expect(question.asked)
    counted = {term.text for term in analyzer.terms(expectation.counted)}
    return ParsedQuestion(
        text,
        tuple(concepts),
        expectation,
        words=frozenset(token.text.lower() for token in tokenize(text)),
        counted=frozenset(
            counted.union(*(p for t in counted for p in synonyms.at([t], 0)[1] if len(p) == 1))
        ),
        seen=question.seen,
    )


def _is_name(surface: str, opens: bool) -> bool:
    if any(c.isdigit() for c in surface):
        return True
    return surface[0].isupper() and (not opens or surface.isupper())
