"""OpenSearch: the engine for what no single machine holds.

Questions are sent as terms, never as a query in words, so that nothing in them is read as
a command. A build never changes once it is in use: so what was asked of it once, as a
term's IDF, may be remembered.
"""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from typing import Any

from opensearchpy import OpenSearch

from gloact_qa.errors import UnusableIndexError
from gloact_qa.retrieval import opensearch_layout as layout
from gloact_qa.retrieval.base import Hit, OpenedIndex
from gloact_qa.retrieval.bm25 import lucene_idf
from gloact_qa.retrieval.catalogue import decode_catalogue
from gloact_qa.retrieval.engine_terms import engine_term
from gloact_qa.retrieval.opensearch_client import Reader, raise_failed
from gloact_qa.retrieval.opensearch_writer import current_build, open_writer
from gloact_qa.retrieval.store import decode_passage
from gloact_qa.settings import Settings

__all__ = ["OpenSearchIndex", "OpenSearchTexts", "index_state", "open_index", "open_writer"]

_MAX_TERMS = 1000  # OpenSearch takes 1,024 clauses
_PAGE = 1000  # passages in a response, which is read as a whole
_TERMS_AT_A_TIME = 100
_REMEMBERED_TERMS = 200_000
# For how many seconds `/readyz` tries again: long enough to come to a node that answers.
_CHECK_PATIENCE = 1.0
# From here on OpenSearch leaves Lucene's BM25 as it is; before, it has the factor (k1 + 1) of
# the papers, which is also rank-bm25's.
_WITHOUT_FACTOR = 3


class OpenSearchIndex:
    """A PassageIndex over one build in OpenSearch."""

    remote = True  # a search waits for the network, and is better waited for in a thread

    def __init__(
        self, settings: Settings, build: str, passages: int, shards: int, scale: float
    ) -> None:
        """Search ``build``, which has so many passages in so many shards.

        ``scale`` makes its scores those of the other engines.
        """
        self._reader = Reader(settings)
        self._checker = Reader(settings, _CHECK_PATIENCE)
        self._build = build
        self._passages = passages
        self._scale = scale
        # Every shard knows only its own statistics. So they are gathered first, in a round of
        # their own; with one shard there is nothing to gather.
        self._search_type = "dfs_query_then_fetch" if shards > 1 else "query_then_fetch"
        self._unknown_idf = lucene_idf(passages, 0)
        self._idf: dict[str, float] = {}

    def __len__(self) -> int:
        return self._passages

    def search(self, query: Mapping[str, float], limit: int) -> Sequence[Hit]:
        """Return the best passages for weighted terms, at most ``limit``, best first.

        Of more terms than OpenSearch takes, those of the least weight are left out. Raises
        EngineUnavailableError.
        """
        weighted = [(term, weight) for term, weight in query.items() if term and weight > 0]
        if not weighted or limit < 1:
            return []
        if len(weighted) > _MAX_TERMS:
            weighted = nlargest(_MAX_TERMS, weighted, key=lambda pair: pair[1])
        body: dict[str, Any] = {
            "query": {"bool": {"should": [_clause(term, weight) for term, weight in weighted]}},
            "sort": ["_score", {layout.ORDER: "asc"}],
            "_source": False,
            "stored_fields": [layout.DATA],
        }
        hits: list[Hit] = []
        while len(hits) < limit:
            body["size"] = min(_PAGE, limit - len(hits))
            found = self._find(body)
            hits += [
                Hit(decode_passage(_data(hit)), float(hit["sort"][0]) * self._scale)
                for hit in found
            ]
            if len(found) < body["size"]:
                break
            body["search_after"] = found[-1]["sort"]
        return hits

    def _find(self, body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        params = {
            "search_type": self._search_type,
            "track_total_hits": "false",
            # Whether a part was missing could not be told from the answer.
            "allow_partial_search_results": "false",
        }
        found = self._reader.ask(
            lambda client, timeout: client.search(
                index=self._build, body=body, params=params, request_timeout=timeout
            )
        )
        hits: Sequence[Mapping[str, Any]] = found["hits"]["hits"]
        return hits

    def idf(self, term: str) -> float:
        """Return the term's IDF; that of an unknown term is the highest."""
        if not term:
            return self._unknown_idf
        if (idf := self._idf.get(term)) is not None:
            return idf
        return self._counted((term,))[term]

    def prepare(self, terms: Iterable[str]) -> None:
        """Ask for the IDF of all the terms at once, rather than for one after the other."""
        missing = dict.fromkeys(term for term in terms if term and term not in self._idf)
        for some in layout.batches(missing, _TERMS_AT_A_TIME):
            self._counted(some)

    def check(self) -> None:
        """Raise EngineUnavailableError unless every part of the index can be searched."""
        params = {"allow_partial_search_results": "false", "request_cache": "false"}
        body = {"size": 0, "terminate_after": 1, "query": {"match_all": {}}}
        self._checker.ask(
            lambda client, timeout: client.search(
                index=self._build, body=body, params=params, request_timeout=timeout
            )
        )

    def _counted(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Return and remember the IDF of terms, by the passages that have them.

        Of a term alone Lucene knows the number of passages without looking at any.
        """
        head = json.dumps({"index": self._build, "allow_partial_search_results": False})
        lines = []
        for term in terms:
            query = {"term": {layout.TERMS: {"value": engine_term(term)}}}
            lines += [head, json.dumps({"size": 0, "track_total_hits": True, "query": query})]
        body = "\n".join([*lines, ""])

        def counts(client: OpenSearch, timeout: float) -> Sequence[int]:
            responses = client.msearch(body=body, request_timeout=timeout)["responses"]
            raise_failed(responses)
            return [one["hits"]["total"]["value"] for one in responses]

        counted = self._reader.ask(counts)
        found = {
            term: lucene_idf(self._passages, count)
            for term, count in zip(terms, counted, strict=True)
        }
        if len(self._idf) + len(found) > _REMEMBERED_TERMS:
            self._idf = {}
        self._idf.update(found)
        return found


class OpenSearchTexts:
    """The texts of one build."""

    def __init__(self, settings: Settings, build: str) -> None:
        """Read the texts that were kept with ``build``."""
        self._reader = Reader(settings)
        self._name = layout.texts_name(build)

    def text(self, document_id: str) -> str | None:
        """Return the text of the document, or None when there is no such document."""
        stored = self.stored([layout.text_id(document_id)])[0]
        return None if stored is None else stored.decode("utf-8", "surrogatepass")

    def stored(self, ids: Sequence[str]) -> list[bytes | None]:
        """Return what is stored by these ids, None where there is nothing."""
        asked = [{"_id": i, "_source": False, "stored_fields": [layout.DATA]} for i in ids]

        def documents(client: OpenSearch, timeout: float) -> Sequence[Mapping[str, Any]]:
            found: Sequence[Mapping[str, Any]] = client.mget(
                index=self._name, body={"docs": asked}, request_timeout=timeout
            )["docs"]
            raise_failed(found)
            return found

        found = self._reader.ask(documents)
        return [_data(one) if one["found"] else None for one in found]


def open_index(settings: Settings) -> OpenedIndex:
    """Open the build that is in use.

    Raises UnusableIndexError when there is none, or none that could be used, and
    EngineUnavailableError when the cluster does not answer.
    """
    reader = Reader(settings)
    build = _build_in_use(reader, settings)
    if build is None:
        raise UnusableIndexError(f"there is no index {settings.opensearch_index!r}")
    names = f"{build},{layout.texts_name(build)}"
    about = reader.ask(
        lambda client, timeout: client.indices.get(index=names, request_timeout=timeout)
    )
    version = reader.ask(lambda client, timeout: client.info(request_timeout=timeout))["version"]
    major = int(version["number"].split(".")[0])
    texts = OpenSearchTexts(settings, build)
    parts = about[layout.texts_name(build)]["mappings"].get("_meta", {}).get(layout.PARTS, 0)
    # One by one: together they could be more than one response may hold.
    encoded = [texts.stored([layout.part_id(number)])[0] for number in range(parts)]
    catalogue = decode_catalogue(b"".join(part or b"" for part in encoded), settings)
    index = OpenSearchIndex(
        settings,
        build,
        catalogue.passages,
        int(about[build]["settings"]["index"]["number_of_shards"]),
        scale=settings.k1 + 1 if major >= _WITHOUT_FACTOR else 1.0,
    )
    return OpenedIndex(index, catalogue, texts)


def index_state(settings: Settings) -> str | None:
    """Return the name of the build that is in use, or None without one.

    Raises EngineUnavailableError when the cluster does not answer.
    """
    return _build_in_use(Reader(settings), settings)


def _build_in_use(reader: Reader, settings: Settings) -> str | None:
    return reader.ask(
        lambda client, timeout: current_build(client, settings.opensearch_index, timeout)
    )


def _clause(term: str, weight: float) -> Mapping[str, Any]:
    return {"term": {layout.TERMS: {"value": engine_term(term), "boost": weight}}}


def _data(hit: Mapping[str, Any]) -> bytes:
    return base64.b64decode(hit["fields"][layout.DATA][0])
