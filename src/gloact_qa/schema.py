"""The words everyone speaks: documents, passages, turns, sources and answers.

Offsets are Unicode code points, ``start`` inclusive, ``end`` exclusive. All
values are frozen. What crosses the wire is a Pydantic model; its constraints
are the contract of ``POST /ask``.
"""

import datetime
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Annotated, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

MAX_QUESTION_LENGTH = 1000
MAX_ANSWER_LENGTH = 20_000
MAX_TURNS = 20
MAX_TURN_READ = 2000  # characters of an earlier answer in which a follow-up's words are looked up
MAX_TOP_K = 20
DEFAULT_TOP_K = 3

QuestionText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION_LENGTH),
]


def _encodable(text: str) -> str:
    """Return the text; raises ValueError if it has half a surrogate pair, which is in no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"character {error.start} is half a surrogate pair") from error
    return text


def _whole(value: object) -> object:
    """Return 4 for 4.0, which is an integer to JSON Schema."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Text = Annotated[str, AfterValidator(_encodable)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Value):
    """A stretch of text, by code points."""

    start: int = Field(ge=0, description="First code point, inclusive.")
    end: int = Field(ge=0, description="Last code point, exclusive.")


class DocumentSummary(_Value):
    """A release, without its text."""

    document_id: Text = Field(description="The file's name without its ending.")
    title: Text
    url: Text | None = None
    date: datetime.date | None = None
    language: Text = "en"


class Document(DocumentSummary):
    """A release: its text, byte for byte what follows the front matter."""

    text: Text = Field(description="What every offset refers to.")


class Turn(_Value):
    """One earlier question of the conversation, with the answer that was given."""

    question: QuestionText
    answer: str = Field(default="", max_length=MAX_ANSWER_LENGTH)


class AskRequest(_Value):
    """A question, with the conversation before it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "Who moderated the event?"},
                {
                    "question": "And what does it build on?",
                    "history": [
                        {"question": "What is GLO.ACT Asia and the Middle East?", "answer": "…"}
                    ],
                    "top_k": 3,
                },
            ]
        }
    )

    question: QuestionText = Field(
        description=f"1 to {MAX_QUESTION_LENGTH} characters after trimming."
    )
    history: tuple[Turn, ...] = Field(
        default=(),
        max_length=MAX_TURNS,
        description="The earlier turns, oldest first. The service keeps no conversation.",
    )
    top_k: Annotated[int, BeforeValidator(_whole)] = Field(
        default=DEFAULT_TOP_K, ge=1, le=MAX_TOP_K, strict=True, description="Sources at most."
    )


class Source(_Value):
    """A passage that an answer rests on: ``document.text[start:end] == snippet``."""

    document_id: str
    title: str
    url: str | None
    date: datetime.date | None
    passage_id: str
    snippet: str = Field(description="The passage's text, verbatim.")
    start: int = Field(description="Offset of the snippet in the document's text.")
    end: int
    score: float = Field(description="BM25 score of the passage; comparable within one answer.")
    highlights: tuple[Span, ...] = Field(
        description="Offsets in the snippet: in the first source the short answer (else the "
        "answer), in the others the matched words."
    )
    link: str | None = Field(description="The release's URL with a text fragment.")


class Answer(_Value):
    """What the releases say to a question, verbatim; or that they do not say."""

    question: str = Field(description="The question as it was asked, trimmed.")
    interpreted_as: str = Field(description="The standalone question that was answered.")
    answered: bool
    answer: str = Field(
        description="The sentence that answers, a substring of the first source's snippet; or a "
        "plain sentence that says that the releases do not answer."
    )
    short_answer: str | None = Field(
        description="A substring of the answer, at most 15 words; null when the whole sentence "
        "is the answer."
    )
    confidence: float = Field(ge=0, le=1, description="Probability that the answer is right.")
    sources: tuple[Source, ...] = Field(description="At most top_k, best first.")
    elapsed_ms: float = Field(ge=0, description="Time to answer, in milliseconds.")


class Term(NamedTuple):
    """A term of the index, and where the text has it."""

    text: str
    start: int
    end: int
    position: int  # number of the token, stop words counted, for closeness


_START = attrgetter("start")


class Kind(StrEnum):
    """What a mention is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    COUNTRIES = "countries"
    PLACE = "place"
    NAME = "name"  # of a kind that the text does not tell
    ROLE = "role"
    DATE = "date"
    DURATION = "duration"
    MONEY = "money"
    PERCENT = "percent"
    QUANTITY = "quantity"
    MEASURE = "measure"  # a number with its unit
    EXPANSION = "expansion"
    QUOTATION = "quotation"
    EMAIL = "email"
    URL = "url"
    HANDLE = "handle"
    PHONE = "phone"


class Mention(NamedTuple):
    """A stretch of a document that can answer a kind of question.

    The owner is the stretch that it belongs to: of a role the person, of an expansion
    the abbreviation, of a quotation the statement around it. -1 when it has none.
    """

    kind: Kind
    start: int
    end: int
    owner_start: int = -1
    owner_end: int = -1

    def moved(self, offset: int) -> "Mention":
        """Return the mention with its offsets moved by ``offset`` characters."""
        owned = offset if self.owner_start >= 0 else 0
        return Mention(
            self.kind,
            self.start + offset,
            self.end + offset,
            self.owner_start + owned,
            self.owner_end + owned,
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: ``document.text[start:end] == text``."""

    start: int
    end: int
    text: str
    terms: tuple[Term, ...]
    mentions: tuple[Mention, ...]
    places: Mapping[str, tuple[Term, ...]]  # for each term, where it stands

    def terms_in(self, start: int, end: int) -> tuple[Term, ...]:
        """Return the terms that begin in a stretch of the document."""
        first = bisect_left(self.terms, start, key=_START)
        return self.terms[first : bisect_left(self.terms, end, first, key=_START)]


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one document that are indexed together."""

    passage_id: str
    document_id: str
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]
    topic: frozenset[str] = frozenset()  # terms of what the whole document is about
    tags: tuple[str, ...] = ()  # what it offers, as further terms: "#email", "#dateline"
