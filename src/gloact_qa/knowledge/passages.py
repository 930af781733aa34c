"""From documents to passages of whole sentences."""

from collections.abc import Iterable, Iterator

from gloact_qa.schema import Document, Passage, Sentence
from gloact_qa.text.sentences import Offsets, is_short_line, paragraphs, sentences
from gloact_qa.text.terms import Analyzer


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
        chunks = (
            chunk
            for block in _blocks(document.text)
            for chunk in _chunks(document.text, block, size)
        )
        for number, chunk in enumerate(chunks):
            start, end = chunk[0][0], chunk[-1][1]
            yield Passage(
                passage_id=f"{document.document_id}#{number}",
                document_id=document.document_id,
                start=start,
                end=end,
                text=document.text[start:end],
                sentences=tuple(
                    Sentence(s, e, document.text[s:e], analyzer.terms(document.text[s:e], s))
                    for s, e in chunk
                ),
            )


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
