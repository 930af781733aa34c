"""What a question looks for: its concepts, weighted, and what it asks for."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gloact_qa.answering.conversation import Standalone
from gloact_qa.answering.expectation import AnswerType, Expectation, asked_noun, expect
from gloact_qa.knowledge.passages import DATELINE_TAG, tag
from gloact_qa.schema import MAX_TURN_READ, Turn
from gloact_qa.text.names import ROLE_WORD
from gloact_qa.text.synonyms import Alternative, Synonyms
from gloact_qa.text.terms import Analyzer, Phrase, fold, stem, tokenize

# What a synonym is worth beside the asked word itself: to the reader, and to the search,
# where each of many synonyms can mislead.
SYNONYM_WEIGHT = 0.8
_SYNONYM_QUERY_WEIGHT = 0.3
# Types whose mentions are found without a word of the question, and what that is worth.
_TAGGED_TYPES = frozenset(
    (
        AnswerType.CONTACT,
        AnswerType.MONEY,
        AnswerType.PERCENT,
        AnswerType.DURATION,
        AnswerType.LENGTH,
        AnswerType.COUNTRIES,
        AnswerType.QUOTATION,
    )
)
_TAG_QUERY_WEIGHT = 1.0
# Words that say little; the text need not have them.
_LIGHT_WORDS = frozenset(
    """
    name names named call called number many people person persons mentioned mention text article
    way ways take takes took taken taking make makes made making go goes going went gone come
    comes came coming put puts thing things kind kinds type types sort sorts exactly exact please
    anything something someone anyone anybody everybody answer question press release tell
    according actually basically simply information list supposed just one ones lot lots bit
    try tries trying tried want wants wanted know explain briefly example examples
    """.split()
)
_LIGHT_WEIGHT = 0.5
# "Which two agencies …?": how many the answer names, which the text need not say
_COUNT = re.compile(
    r"\b(?:which|what|the) (?:two|three|four|five|six|seven|eight|nine|ten)\Z", re.IGNORECASE
)
# Words that only say which type of answer is wanted; a mention of that type stands for them.
_TYPE_WORDS = {
    answer_type: frozenset(words.split())
    for answer_type, words in {
        AnswerType.MONEY: "money budget cost costs price priced funding cash worth amount sum "
        "spend spent spending euro euros dollars pounds million millions total big large size",
        AnswerType.DURATION: "long last lasts lasting run runs running duration length time takes",
        AnswerType.DATE: "year years date dates day month months time period happen happened take",
        AnswerType.DATELINE: "date published publish publication issued out day when come came put"
        " sent release text article news story statement announcement piece report reported press",
        AnswerType.LEAD: "release text article news story topic subject gist summary summarise "
        "summarize main point message statement announcement piece says tells",
        AnswerType.COUNTRIES: "country countries nation nations states",
        AnswerType.COUNTRY: "country nation state",
        AnswerType.PLACE: "place city town venue location region located",
        AnswerType.CONTACT: "email mail website web site page homepage url link address phone "
        "telephone contact handle account online information touch reach internet more learn find "
        "read look up link",
        AnswerType.EXPANSION: "stand stands full name letters acronym mean means meaning short "
        "abbreviation form write writes written writing spell spelt spelled spelling out initials",
        AnswerType.ROLE: "position role job title post function occupation rank positions roles "
        "jobs titles posts functions portfolio hold holds held",
        AnswerType.QUOTATION: "say said statement quote quotation comment words word remarks told "
        "soundbite verbatim line exact actual",
        AnswerType.PERCENT: "percent percentage share proportion",
        AnswerType.QUANTITY: "number amount total count",
        AnswerType.LENGTH: "long length",
        AnswerType.MEASURE: "long length high height tall wide width deep depth far distance heavy "
        "weight fast speed hot cold temperature size",
        AnswerType.PERSON: "person full",
    }.items()
}
# Of the release itself no sentence speaks with these words.
_TYPE_WORD_WEIGHTS = {AnswerType.DATELINE: 0.1, AnswerType.LEAD: 0.1}
_TYPE_WORD_WEIGHT = 0.6
# What people ask with, for the speller.
ASKING_WORDS = frozenset().union(_LIGHT_WORDS, *_TYPE_WORDS.values())
# How much the search minds the turns before: measured on MTRAG-UN, whose passages they help
# to find; the reader does not mind them.
_TURNS_BEFORE, _ASKED_BEFORE, _ANSWERED_BEFORE = 3, 0.5, 0.05
_NO_TERM = ""
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that the question names: its terms, and phrases that may stand for them."""

    terms: Phrase
    telling: Phrase  # those of its terms that tell something alone: of "take part" the second
    alternatives: tuple[Alternative, ...]
    heads: frozenset[str]  # the first term of each alternative
    related: frozenset[str]  # terms that it may mean, or not
    weight: float  # its rarity: the IDF of its terms
    name: bool  # whether it is a name or a number, which nothing else can stand for
    number: bool  # whether it is a number or an ordinal
    office: bool  # whether it names an office: "prosecutor"
    light: bool  # whether it only says what is asked for, or little


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A standalone question, ready for the index and the reader."""

    text: str
    concepts: tuple[Concept, ...]
    expectation: Expectation
    terms: frozenset[str] = frozenset()  # those of the concepts
    words: frozenset[str] = frozenset()  # as written, in lower case
    counted: frozenset[str] = frozenset()  # terms of what "how many" counts, with synonyms
    belongs: frozenset[str] = frozenset()  # terms of whom the person asked for belongs to
    noun: str = ""  # the term that "what" or "which" goes with
    background: Mapping[str, float] = field(default_factory=dict)  # terms of the turns before
    highest_idf: float = 0.0  # that of a term that the collection does not have
    seen: tuple[str, ...] = ()  # answers given before that are not wanted again
    after: str = ""  # the answer before, where the question goes on from it

    @property
    def matching(self) -> frozenset[str]:
        """Return its terms, and those of the phrases that mean just the same."""
        alternatives = (
            a.phrase for concept in self.concepts for a in concept.alternatives if a.worth == 1
        )
        return self.terms.union(*alternatives)

    def query(self) -> dict[str, float]:
        """Return the terms to search for, with their weights."""
        query = dict(self.background)
        for concept in self.concepts:
            for phrase, worth in concept.alternatives:
                weight = _SYNONYM_QUERY_WEIGHT * worth / len(phrase)
                for term in phrase:
                    query[term] = max(query.get(term, 0.0), weight)
        for concept in self.concepts:
            query.update(dict.fromkeys(concept.terms, 1.0))
        if self.expectation.type in _TAGGED_TYPES:
            query.update({tag(kind): _TAG_QUERY_WEIGHT for kind in self.expectation.fit})
        elif self.expectation.type in (AnswerType.DATELINE, AnswerType.LEAD):
            query[DATELINE_TAG] = 1.0
        return query


def parse_question(
    question: Standalone,
    history: Sequence[Turn],
    analyzer: Analyzer,
    synonyms: Synonyms,
    idf: Callable[[str], float],
    prepare: Callable[[Iterable[str]], None] = lambda _: None,
) -> ParsedQuestion:
    """Take a standalone question apart; ``idf`` is the collection's.

    ``prepare`` is called with all terms that ``idf`` is going to be asked for.

    The turns before it only help to find passages.
    """
    text = question.text
    written = {term.text: term for term in reversed(analyzer.terms(text))}
    listed = sorted(written.values(), key=lambda term: term.start)
    terms = [term.text for term in listed]
    prepare(terms)
    expectation = expect(question.asked)
    type_words = _TYPE_WORDS.get(expectation.type, frozenset())
    concepts: list[Concept] = []
    start = 0
    while start < len(terms):
        length, alternatives = synonyms.at(terms, start)
        stretch = listed[start : start + max(length, 1)]
        surface = text[stretch[0].start : stretch[-1].end]
        folded = fold(surface)
        # The words of a phrase tell little more than its rarest one.
        weight = max(idf(term.text) for term in stretch)
        name = _is_name(surface, opens=stretch[0].start == 0)
        light = folded in _LIGHT_WORDS or bool(_COUNT.search(text, 0, stretch[0].end))
        if folded in type_words:
            weight *= _TYPE_WORD_WEIGHTS.get(expectation.type, _TYPE_WORD_WEIGHT)
        elif light:
            weight *= _LIGHT_WEIGHT
        concepts.append(
            Concept(
                terms=tuple(term.text for term in stretch),
                telling=tuple(
                    term.text
                    for term in stretch
                    if fold(text[term.start : term.end]) not in _LIGHT_WORDS
                ),
                alternatives=alternatives,
                heads=frozenset([a.phrase[0] for a in alternatives]),
                related=frozenset().union(
                    *(synonyms.related.get(term.text, ()) for term in stretch if not name)
                ),
                weight=weight,
                name=name,
                number=any(c.isdigit() for c in surface) or folded in _ORDINALS,
                office=bool(ROLE_WORD.search(surface)),
                light=folded in type_words or light,
            )
        )
        start += len(stretch)
    counted = {term.text for term in analyzer.terms(expectation.counted)}
    return ParsedQuestion(
        text,
        tuple(concepts),
        expectation,
        terms=frozenset(terms),
        words=frozenset(token.text.lower() for token in tokenize(text)),
        counted=frozenset(
            counted.union(
                *(a.phrase for t in counted for a in synonyms.at([t], 0)[1] if len(a.phrase) == 1)
            )
        ),
        belongs=frozenset(term.text for term in analyzer.terms(expectation.belongs)),
        noun=stem(fold(asked_noun(question.asked))),
        background=_background(history, analyzer),
        highest_idf=idf(_NO_TERM),
        seen=question.seen,
        after=question.after,
    )


def _background(history: Sequence[Turn], analyzer: Analyzer) -> dict[str, float]:
    """Return the terms of the last turns, the less weighted the longer ago."""
    background: dict[str, float] = {}
    for ago, turn in enumerate(reversed(history[-_TURNS_BEFORE:]), start=1):
        for text, weight in ((turn.question, _ASKED_BEFORE), (turn.answer, _ANSWERED_BEFORE)):
            for term in analyzer.terms(text[:MAX_TURN_READ]):
                background[term.text] = max(background.get(term.text, 0.0), weight / ago)
    return background


def _is_name(surface: str, opens: bool) -> bool:
    if any(c.isdigit() for c in surface):
        return True
    return surface[0].isupper() and (not opens or surface.isupper())
