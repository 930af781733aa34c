"""How a collection lies in OpenSearch: names and mappings.

A build makes two indexes: ``<alias>-<build>`` with a document for each passage, and
``<alias>-<build>-texts`` with the texts of the releases and the catalogue. The alias points
to the first of the build that is in use; the second follows from its name. So one switch of
one alias changes all, and who holds a build's name reads that build and no other.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from secrets import token_hex
from typing import Any

from gloact_qa.retrieval.engine_terms import passage_order
from gloact_qa.settings import Settings

TERMS, ORDER, DOCUMENT, DATA = "terms", "order", "document", "data"
PARTS = "catalogue_parts"  # in the metadata of the texts' index
_NO_ID = re.compile(r"[%\ud800-\udfff]")
_LONGEST_ID = 128  # characters, of which each is at most 4 of OpenSearch's 512 bytes


def build_name(alias: str) -> str:
    """Return the name of a new build, like no other."""
    return f"{alias}-{datetime.now(UTC):%Y%m%d%H%M%S}-{token_hex(3)}"


def texts_name(build: str) -> str:
    """Return the name of the index of a build's texts."""
    return f"{build}-texts"


def writing_name(build: str) -> str:
    """Return the alias that a build's indexes have for as long as it is written."""
    return f"{build}-writing"


def is_build(name: str, alias: str) -> bool:
    """Tell whether an index belongs to a build of that alias."""
    return re.fullmatch(rf"{re.escape(alias)}-\d{{14}}-[0-9a-f]{{6}}(-texts)?", name) is not None


def safe_id(name: str) -> str:
    """Return the name as an id of OpenSearch's, another for every other name."""
    if len(name) <= _LONGEST_ID and not _NO_ID.search(name):
        return name
    return "%" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def text_id(document_id: str) -> str:
    """Return the id of a document's text."""
    return f"text-{safe_id(document_id)}"


def part_id(number: int) -> str:
    """Return the id of a part of the catalogue."""
    return f"catalogue-{number}"


def sort_key(passage_id: str) -> str:
    """Return what sorts passages as they stand in the collection.

    Whatever a file is called: its name may hold what is no text.
    """
    document_id, number = passage_order(passage_id)
    return f"{document_id}\0{number:010}".encode("utf-8", "backslashreplace").decode("utf-8")


def batches(names: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield the names in order, ``size`` at a time."""
    rest = iter(names)
    while batch := tuple(islice(rest, size)):
        yield batch


def passages_index(settings: Settings) -> dict[str, Any]:
    """Return the settings and the mapping of a build's passages."""
    return {
        "settings": {
            **_shape(settings),
            # Passages are found, and counted, only when a build is complete.
            "index.refresh_interval": "-1",
            # Deletions stay in Lucene's statistics until they are merged away: all of them,
            # not only where a tenth of a segment is deleted.
            "index.merge.policy.expunge_deletes_allowed": 0,
            "index.similarity.passages": {"type": "BM25", "k1": settings.k1, "b": settings.b},
            "index.analysis.analyzer.terms": {"type": "custom", "tokenizer": "terms"},
            # No term is that long: see engine_term.
            "index.analysis.tokenizer.terms": {"type": "whitespace", "max_token_length": 100_000},
        },
        "mappings": {
            "dynamic": "strict",
            # The reader's bytes are stored once, the terms not at all.
            "_source": {"enabled": False},
            "properties": {
                TERMS: {
                    "type": "text",
                    "analyzer": "terms",
                    "similarity": "passages",
                    "index_options": "freqs",
                },
                ORDER: {"type": "keyword", "index": False, "doc_values": True},
                DOCUMENT: {"type": "keyword", "doc_values": False},
                DATA: {"type": "binary", "store": True},
            },
        },
    }


def texts_index(settings: Settings) -> dict[str, Any]:
    """Return the settings and the mapping of a build's texts."""
    return {
        "settings": {**_shape(settings), "index.refresh_interval": "-1"},
        "mappings": {
            "dynamic": "strict",
            "_source": {"enabled": False},
            "properties": {DATA: {"type": "binary", "store": True}},
        },
    }


def _shape(settings: Settings) -> dict[str, Any]:
    return {
        "index.number_of_shards": settings.opensearch_shards,
        "index.number_of_replicas": 0,  # while it is written: copied once, at the end
    }
