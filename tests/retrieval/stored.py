"""Indexes of every engine over passages or documents, for the tests.

An engine joins the shared tests by a line of ENGINES: a function that indexes documents, each
given with its passages, and opens what it made.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from gloact_qa.knowledge.passages import split_passages
from gloact_qa.retrieval.base import OpenedIndex
from gloact_qa.retrieval.bm25 import BM25Index
from gloact_qa.retrieval.collecting import Collector, survey
from gloact_qa.schema import Document, Passage, Sentence, Term
from gloact_qa.settings import Settings
from gloact_qa.text.terms import Analyzer

Made = Sequence[tuple[Document, Sequence[Passage]]]
Opener = Callable[[Made, Settings, Path], OpenedIndex]


class NoTexts:
    def text(self, document_id: str) -> str | None:
        return None


def collected(made: Made, settings: Settings) -> Collector:
    collector = Collector(settings)
    collector.survey(survey([document.text for document, _ in made]))
    for document, passages in made:
        collector.add(document, passages)
    return collector


def in_memory(made: Made, settings: Settings, _: Path) -> OpenedIndex:
    passages = [passage for _, own in made for passage in own]
    index = BM25Index(passages, settings.k1, settings.b)
    return OpenedIndex(index, collected(made, settings).catalogue(), NoTexts())


def on_disk(made: Made, settings: Settings, folder: Path) -> OpenedIndex:
    pytest.importorskip("tantivy", reason="the extra `tantivy` is not installed")
    from gloact_qa.retrieval.tantivy_index import open_index, open_writer

    settings = settings.model_copy(update={"engine": "tantivy", "index": folder / "index"})
    writer = open_writer(settings, fresh=True)
    for document, passages in made:
        writer.add(passages)
        writer.keep([document])
    writer.commit(collected(made, settings).catalogue())
    return open_index(settings)


ENGINES: dict[str, Opener] = {"rank-bm25": in_memory, "tantivy": on_disk}


def in_cluster(hosts: str) -> Opener:
    """Return what indexes in the OpenSearch cluster of these nodes."""

    def opener(made: Made, settings: Settings, folder: Path) -> OpenedIndex:
        from gloact_qa.retrieval.opensearch_index import open_index, open_writer

        settings = Settings(
            engine="opensearch",
            opensearch_hosts=hosts,
            opensearch_index=f"contract-{folder.name.lower()}-{secrets.token_hex(3)}",
            opensearch_replicas=0,
            k1=settings.k1,
            b=settings.b,
            min_confidence=settings.min_confidence,
        )
        writer = open_writer(settings, fresh=True)
        writer.add(passage for _, passages in made for passage in passages)
        writer.keep(document for document, _ in made)
        writer.commit(collected(made, settings).catalogue())
        return open_index(settings)

    return opener


def make_passage(number: int, terms: Sequence[str], tags: tuple[str, ...] = ()) -> Passage:
    """Return a passage of a document that has no other, in one sentence."""
    listed = tuple(Term(term, i, i + 1, i) for i, term in enumerate(terms))
    places: dict[str, tuple[Term, ...]] = {}
    for term in listed:
        places[term.text] = (*places.get(term.text, ()), term)
    text = "x" * max(1, len(terms))
    sentence = Sentence(0, len(text), text, listed, (), places)
    name = f"d{number:04}"
    return Passage(f"{name}#0", name, 0, len(text), text, (sentence,), tags=tags)


def alone(passages: Iterable[Passage]) -> Made:
    """Return each passage with a document of its own."""
    return [(Document(document_id=p.document_id, title="", text=p.text), (p,)) for p in passages]


def split(documents: Iterable[Document], settings: Settings) -> Made:
    """Return the documents with their passages."""
    listed = list(documents)
    analyzer = Analyzer(survey([document.text for document in listed]).compounds)
    return [(d, tuple(split_passages([d], analyzer, settings.passage_size))) for d in listed]
