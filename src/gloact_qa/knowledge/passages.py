"""From documents to passages of whole sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gloact_qa.schema import Document, Kind, Passage, Sentence, Term
from gloact_qa.text.mentions import find_mentions
from gloact_qa.text.sentences import Offsets, after_stutter, is_short_line, paragraphs, sentences
from gloact_qa.text.terms import Analyzer

# Kinds of mention that a question may ask for without sharing a word with the text.
_TAGGED = (
    Kind.EMAIL,
    Kind.URL,
    Kind.HANDLE,
    Kind.PHONE,
    Kind.MONEY,
    Kind.PERCENT,
    Kind.DURATION,
    Kind.COUNTRIES,
    Kind.QUOTATION,
)
DATELINE_TAG = "#dateline"
_TOPIC_SHARE = 0.3  # of a document's passages that have a term of its topic


def tag(kind: Kind) -> str:
    """Return the term that passages with such a mention are indexed under."""
    return f"#{kind.value}"


def split_passages(
    documents: Iterable[Document], analyzer: Analyzer, size: int
) -> Iterator[Passage]:
    """Yield the passages of the documents, in order.

    A passage stays within a paragraph and has at most ``size`` characters, unless
    one sentence alone is longer. Short lines that follow each other, as those of an
    address, count as one paragraph. The id of a passage is its document's id, a hash
    sign and its number in the document.
    """
    for document in documents:
        passages = [
            _passage(document, number, chunk, analyzer)
            for number, chunk in enumerate(
                chunk
                for block in _blocks(document.text)
                for chunk in _chunks(document.text, block, size)
            )
        ]
        topic = _topic(document, passages, analyzer)
        for passage in passages:
            yield replace(passage, topic=topic)


def _passage(document: Document, number: int, chunk: list[Offsets], analyzer: Analyzer) -> Passage:
    start, end = chunk[0][0], chunk[-1][1]
    found = tuple(_sentence(document.text[s:e], s, analyzer) for s, e in chunk)
    kinds = {mention.kind for sentence in found for mention in sentence.mentions}
    tags = [tag(kind) for kind in _TAGGED if kind in kinds]
    if number == 0:
        tags.append(DATELINE_TAG)
    return Passage(
        passage_id=f"{document.document_id}#{number}",
        document_id=document.document_id,
        start=start,
        end=end,
        text=document.text[start:end],
        sentences=found,
        tags=tuple(tags),
    )


def _topic(document: Document, passages: list[Passage], analyzer: Analyzer) -> frozenset[str]:
    """Return the terms of the title, and those that run through the document."""
    counts = Counter(
        term for passage in passages for term in {t for s in passage.sentences for t in s.places}
    )
    enough = max(3, _TOPIC_SHARE * len(passages))
    title = {term.text for term in analyzer.terms(document.title)}
    return frozenset({term for term, count in counts.items() if count >= enough} | title)


def _blocks(text: str) -> Iterator[list[Offsets]]:
    """Yield the paragraphs, neighbouring short lines together."""
    lines: list[Offsets] = []
    for start, end in paragraphs(text):
        if is_short_line(text, start, end):
            lines.append((start, end))
            continue
        if lines:
            yield lines
            lines = []
        yield [(start, end)]
    if lines:
        yield lines


def _chunks(text: str, block: list[Offsets], size: int) -> Iterator[list[Offsets]]:
    """Yield the sentences of a block, grouped up to ``size`` characters."""
    chunk: list[Offsets] = []
    for start, end in block:
        for first, last in sentences(text[start:end]):
            if chunk and start + last - chunk[0][0] > size:
                yield chunk
                chunk = []
            chunk.append((start + first, start + last))
    if chunk:
        yield chunk


def _sentence(text: str, start: int, analyzer: Analyzer) -> Sentence:
    skipped = after_stutter(text)
    text, start = text[skipped:], start + skipped
    terms = analyzer.terms(text, start)
    listed: dict[str, list[Term]] = {}
    for term in terms:
        listed.setdefault(term.text, []).append(term)
    places = {text: tuple(found) for text, found in listed.items()}
    return Sentence(start, start + len(text), text, terms, find_mentions(text, start), places)
