"""What answering needs of a whole collection besides its passages.

A catalogue lies beside an index and is made with it. What could grow without end in it is
bounded (MAX_WORDS, MAX_LONG_FORMS, MAX_ABBREVIATIONS), so that only the documents' entries,
some 200 bytes each, and the compounds, some 50, grow with the collection.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from gloact_qa.errors import UnusableIndexError
from gloact_qa.settings import Settings
from gloact_qa.text.terms import Compounds, Phrase

# To be raised when what is stored is laid out otherwise.
FORMAT_VERSION = 1
# To be raised when text/ or knowledge/ makes other terms, sentences, mentions or passages.
ANALYSER_VERSION = 4

# Words that spelling is repaired with: the most frequent, of equal ones the first by the
# alphabet. Whether a rarer word is known at all is asked of the index.
MAX_WORDS = 50_000
# Long forms of one abbreviation, and abbreviations with their long forms in all: those that
# most sentences introduce, of equal ones those that were found first.
MAX_LONG_FORMS = 8
MAX_ABBREVIATIONS = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the collection, without its text."""

    document_id: str
    title: str
    url: str | None
    date: datetime.date | None
    language: str
    content_hash: str  # of all that was read of it, to tell whether it has changed
    passages: int
    terms: int  # in all its passages, their tags counted: BM25's length


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the collection writes it, and how often."""

    count: int
    surface: str | None  # with capitals if it always has them; None when as the folded word


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The collection, but for its passages and texts."""

    passage_size: int
    k1: float
    b: float
    documents: Mapping[str, Entry] = field(default_factory=dict)
    joins: Mapping[tuple[str, str], str] = field(default_factory=dict)  # as in Compounds
    splits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # Terms of an abbreviation and of its long form, with the sentences that introduce it.
    abbreviations: Mapping[tuple[Phrase, Phrase], int] = field(default_factory=dict)
    words: Mapping[str, Word] = field(default_factory=dict)  # by the folded word
    # Of the collection's terms those that the general thesaurus leads to.
    thesaurus_terms: frozenset[str] = frozenset()
    format_version: int = FORMAT_VERSION
    analyser_version: int = ANALYSER_VERSION

    @property
    def compounds(self) -> Compounds:
        """How the collection writes words that others part or join."""
        return Compounds(self.joins, self.splits)

    @property
    def passages(self) -> int:
        """Passages of all documents."""
        return sum(entry.passages for entry in self.documents.values())

    @property
    def terms(self) -> int:
        """Terms of all passages, their tags counted."""
        return sum(entry.terms for entry in self.documents.values())


class _Versions(msgspec.Struct):
    """The beginning of what is stored, whatever comes after it."""

    format_version: int = 0
    analyser_version: int = 0


class _Stored(msgspec.Struct):
    """A Catalogue as it is stored: MessagePack has no tuples as keys."""

    format_version: int
    analyser_version: int
    passage_size: int
    k1: float
    b: float
    documents: list[tuple[str, str, str | None, datetime.date | None, str, str, int, int]]
    joins: list[tuple[str, str, str]]
    splits: list[tuple[str, str, str]]
    abbreviations: list[tuple[Phrase, Phrase, int]]
    words: list[tuple[str, int, str | None]]
    thesaurus_terms: list[str]


def encode_catalogue(catalogue: Catalogue) -> bytes:
    """Return the catalogue as bytes, the same for the same catalogue."""
    return msgspec.msgpack.encode(
        _Stored(
            format_version=catalogue.format_version,
            analyser_version=catalogue.analyser_version,
            passage_size=catalogue.passage_size,
            k1=catalogue.k1,
            b=catalogue.b,
            documents=[
                (
                    e.document_id,
                    e.title,
                    e.url,
                    e.date,
                    e.language,
                    e.content_hash,
                    e.passages,
                    e.terms,
                )
                for e in catalogue.documents.values()
            ],
            joins=[(*parts, joined) for parts, joined in catalogue.joins.items()],
            splits=[(joined, *parts) for joined, parts in catalogue.splits.items()],
            abbreviations=[(*pair, count) for pair, count in catalogue.abbreviations.items()],
            words=[(word, w.count, w.surface) for word, w in catalogue.words.items()],
            thesaurus_terms=sorted(catalogue.thesaurus_terms),
        )
    )


def decode_catalogue(encoded: bytes, settings: Settings) -> Catalogue:
    """Return the catalogue that was encoded.

    Raises UnusableIndexError when it was made by another version of the program or with
    other settings, or is damaged; the message says to index again.
    """
    try:
        versions = msgspec.msgpack.decode(encoded, type=_Versions)
        if (versions.format_version, versions.analyser_version) != (
            FORMAT_VERSION,
            ANALYSER_VERSION,
        ):
            raise UnusableIndexError("the index was made by another version of the program")
        stored = msgspec.msgpack.decode(encoded, type=_Stored)
    except msgspec.MsgspecError as error:
        raise UnusableIndexError(f"the index is damaged: {error}") from error
    for name in ("passage_size", "k1", "b"):
        made, wanted = getattr(stored, name), getattr(settings, name)
        if made != wanted:
            raise UnusableIndexError(
                f"the index was made with GLOACT_QA_{name.upper()}={made}, which is now {wanted}"
            )
    return Catalogue(
        passage_size=stored.passage_size,
        k1=stored.k1,
        b=stored.b,
        documents={entry[0]: Entry(*entry) for entry in stored.documents},
        joins={(first, last): joined for first, last, joined in stored.joins},
        splits={joined: (first, last) for joined, first, last in stored.splits},
        abbreviations={(short, long): count for short, long, count in stored.abbreviations},
        words={word: Word(count, surface) for word, count, surface in stored.words},
        thesaurus_terms=frozenset(stored.thesaurus_terms),
    )
