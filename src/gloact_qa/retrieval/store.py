"""Passages as bytes, for the engines that keep them on disk.

All that the reader needs is stored, so that no text is analysed to answer a question:
MessagePack (https://msgpack.org) by msgspec, in arrays without names. A sentence's text and
places are left out; they follow from the passage's text and the terms.
"""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from gloact_qa.schema import Mention, Passage, Sentence, Term


class _StoredSentence(NamedTuple):
    start: int
    end: int
    terms: tuple[Term, ...]
    mentions: tuple[Mention, ...]


class _StoredPassage(NamedTuple):
    passage_id: str
    document_id: str
    start: int
    end: int
    text: str
    sentences: tuple[_StoredSentence, ...]
    topic: tuple[str, ...]
    tags: tuple[str, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_StoredPassage)


def encode_passage(passage: Passage) -> bytes:
    """Return the passage as bytes, the same for the same passage."""
    return _encoder.encode(
        _StoredPassage(
            passage.passage_id,
            passage.document_id,
            passage.start,
            passage.end,
            passage.text,
            tuple(_StoredSentence(s.start, s.end, s.terms, s.mentions) for s in passage.sentences),
            tuple(sorted(passage.topic)),
            passage.tags,
        )
    )


def decode_passage(encoded: bytes) -> Passage:
    """Return the passage that was encoded; raises ValueError when it was no such thing."""
    stored = _decoder.decode(encoded)
    text, offset = stored.text, stored.start
    return Passage(
        stored.passage_id,
        stored.document_id,
        offset,
        stored.end,
        text,
        tuple(
            Sentence(
                start, end, text[start - offset : end - offset], terms, mentions, _places(terms)
            )
            for start, end, terms, mentions in stored.sentences
        ),
        frozenset(stored.topic),
        stored.tags,
    )


def _places(terms: tuple[Term, ...]) -> Mapping[str, tuple[Term, ...]]:
    places = {term[0]: (term,) for term in terms}
    if len(places) < len(terms):  # some stand more than once
        places = {}
        for term in terms:
            places[term[0]] = (*places.get(term[0], ()), term)
    return places
