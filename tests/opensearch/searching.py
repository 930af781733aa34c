"""Passages of letters, an OpenSearch index of them, and what that is compared with."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gloact_qa.retrieval.base import OpenedIndex
from gloact_qa.retrieval.catalogue import Catalogue, Entry
from gloact_qa.retrieval.opensearch_index import open_index, open_writer
from gloact_qa.schema import Document, Passage, Sentence, Term
from gloact_qa.settings import Settings, load_settings

TERMS = "a b c d e f g h i j".split()
QUERIES = (
    {"a": 1.0},
    {"a": 1.0, "b": 0.5, "#email": 0.3},
    {"c": 2.0, "nowhere": 1.0},
    dict.fromkeys(TERMS, 1.0),
)


def make_passage(document_id: str, number: int, terms: Sequence[str]) -> Passage:
    text = " ".join(terms)
    places = {t: tuple(Term(t, i, i + 1, i) for i, u in enumerate(terms) if u == t) for t in terms}
    listed = tuple(Term(term, i, i + 1, i) for i, term in enumerate(terms))
    sentence = Sentence(0, len(text), text, listed, (), places)
    return Passage(f"{document_id}#{number}", document_id, 0, len(text), text, (sentence,))


def some_passages(document_id: str, count: int, seed: int) -> list[Passage]:
    """Return passages of random terms, always the same ones."""
    rng = random.Random(f"{document_id} {seed}")  # noqa: S311  # no secret
    return [
        replace(
            make_passage(document_id, n, rng.choices(TERMS, k=rng.randint(1, 30))),
            tags=("#email",) if rng.random() < 0.2 else (),
        )
        for n in range(count)
    ]


def catalogue(passages: Iterable[Passage], settings: Settings) -> Catalogue:
    counts: dict[str, int] = {}
    for passage in passages:
        counts[passage.document_id] = counts.get(passage.document_id, 0) + 1
    return Catalogue(
        settings.passage_size,
        settings.k1,
        settings.b,
        documents={i: Entry(i, i, None, None, "en", "", count, 0) for i, count in counts.items()},
    )


def settings_for(hosts: str, name: str, **more: object) -> Settings:
    return load_settings(engine="opensearch", opensearch_hosts=hosts, opensearch_index=name, **more)


def build(passages: Sequence[Passage], settings: Settings) -> OpenedIndex:
    writer = open_writer(settings, fresh=True)
    writer.add(passages)
    writer.keep(
        Document(document_id=i, title=i, text=f"text of {i}")
        for i in dict.fromkeys(p.document_id for p in passages)
    )
    writer.commit(catalogue(passages, settings))
    return open_index(settings)


def ids(hits: Iterable[object]) -> list[str]:
    return [hit.passage.passage_id for hit in hits]  # type: ignore[attr-defined]
