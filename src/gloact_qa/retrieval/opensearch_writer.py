"""Writes a build into OpenSearch, beside the one that is in use.

A build begins as a clone of the present one: OpenSearch makes it by hard links, in a second,
whatever the size, so that only what has changed is sent. Writing into the index in use would
copy nothing to the replicas, but a question could then meet half of an update, and a killed
build would leave one.
"""

import base64
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from opensearchpy import OpenSearch, exceptions, helpers

from gloact_qa.errors import EngineUnavailableError, UnusableIndexError
from gloact_qa.retrieval import opensearch_layout as layout
from gloact_qa.retrieval.catalogue import Catalogue, encode_catalogue
from gloact_qa.retrieval.engine_terms import engine_term, engine_terms
from gloact_qa.retrieval.opensearch_client import connect, speaking
from gloact_qa.retrieval.store import encode_passage
from gloact_qa.schema import Document, Passage
from gloact_qa.settings import Settings

_BULK_DOCUMENTS, _BULK_BYTES = 500, 8_000_000
_BULK_RETRIES, _FIRST_PAUSE, _LONGEST_PAUSE = 6, 1, 30  # of a node that is too busy; seconds
_CATALOGUE_PART = 8_000_000  # bytes
_IDS_AT_A_TIME = 1000
# What OpenSearch does at once takes longer than a search, in seconds.
_PATIENCE = 120
_LOOK, _IDLE = 0.1, 30
# A merge or the copies of a large index take as long as they take; each request asks anew.
_LONG = 24 * 3600


class OpenSearchWriter:
    """An IndexWriter over OpenSearch."""

    def __init__(self, client: OpenSearch, settings: Settings, fresh: bool) -> None:
        """Begin a build; unless ``fresh``, with what is in use."""
        self._client = client
        self._settings = settings
        self._alias = settings.opensearch_index
        self._build = layout.build_name(self._alias)
        self._names = (self._build, layout.texts_name(self._build))
        self._writing = (
            layout.writing_name(self._build),
            layout.writing_name(layout.texts_name(self._build)),
        )
        with speaking():
            self._before = current_build(client, self._alias)
            self._remove_leftovers()
            self._updates = self._before is not None and not fresh
            if self._updates:
                self._clone()
            else:
                self._create()

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages, of documents that are not there yet or were removed."""
        self._send(
            self._writing[0],
            (
                (
                    layout.safe_id(passage.passage_id),
                    {
                        layout.TERMS: " ".join(engine_terms(passage)),
                        layout.ORDER: layout.sort_key(passage.passage_id),
                        layout.DOCUMENT: engine_term(passage.document_id),
                        layout.DATA: _base64(encode_passage(passage)),
                    },
                )
                for passage in passages
            ),
        )

    def keep(self, documents: Iterable[Document]) -> None:
        """Keep the texts of documents."""
        self._send(
            self._writing[1],
            (
                (
                    layout.text_id(document.document_id),
                    {layout.DATA: _base64(document.text.encode("utf-8", "surrogatepass"))},
                )
                for document in documents
            ),
        )

    def remove(self, document_ids: Iterable[str]) -> None:
        """Remove documents, their passages and texts; unknown ones are passed over."""
        for ids in layout.batches(document_ids, _IDS_AT_A_TIME):
            keys = [engine_term(document_id) for document_id in ids]
            with speaking():
                self._client.indices.refresh(index=self._names[0])
                self._client.delete_by_query(
                    index=self._names[0],
                    body={"query": {"terms": {layout.DOCUMENT: keys}}},
                    params={"refresh": "true", "request_timeout": _LONG},
                )
            self._send(self._writing[1], ((layout.text_id(i), None) for i in ids))

    def commit(self, catalogue: Catalogue) -> None:
        """Put what was written into use, with its catalogue; the writer is done then.

        Raises UnusableIndexError, and leaves in use what was, when the build is not whole or
        another writer has come before it.
        """
        encoded = encode_catalogue(catalogue)
        parts = [
            encoded[start : start + _CATALOGUE_PART]
            for start in range(0, len(encoded), _CATALOGUE_PART)
        ]
        self._send(
            self._writing[1],
            ((layout.part_id(i), {layout.DATA: _base64(part)}) for i, part in enumerate(parts)),
        )
        indices = self._client.indices
        with speaking():
            indices.put_mapping(index=self._names[1], body={"_meta": {layout.PARTS: len(parts)}})
            for name in self._names:
                indices.refresh(index=name, params={"request_timeout": _LONG})
                if self._updates:  # what is deleted still counts in IDF until it is gone
                    indices.forcemerge(
                        index=name,
                        params={"only_expunge_deletes": "true", "request_timeout": _LONG},
                    )
                    indices.refresh(index=name)
            found = self._client.count(index=self._names[0])["count"]
        if found != catalogue.passages:
            self.abort()
            raise UnusableIndexError(
                f"the build has {found} passages and should have {catalogue.passages}"
            )
        with speaking():
            self._copy()
        self._switch()

    def abort(self) -> None:
        """Forget what was written; the writer is done then."""
        with speaking():
            self._client.indices.delete(index=",".join(self._names), ignore_unavailable=True)

    def _remove_leftovers(self) -> None:
        """Remove the builds that are not in use: killed ones, and the one before the present."""
        in_use = {self._before, layout.texts_name(self._before)} if self._before else set()
        listed = self._client.indices.get_settings(
            index=f"{self._alias}-*", params={"flat_settings": "true", "expand_wildcards": "all"}
        )
        for name in listed:
            if layout.is_build(name, self._alias) and name not in in_use:
                self._client.indices.delete(index=name, ignore_unavailable=True)

    def _create(self) -> None:
        made = (layout.passages_index(self._settings), layout.texts_index(self._settings))
        for name, writing, body in zip(self._names, self._writing, made, strict=True):
            self._client.indices.create(
                index=name,
                body={**body, "aliases": {writing: {}}},
                params={"timeout": f"{_PATIENCE}s", "request_timeout": _PATIENCE},
            )

    def _clone(self) -> None:
        assert self._before is not None  # noqa: S101  # what it is called for
        sources = (self._before, layout.texts_name(self._before))
        for source, name, writing in zip(sources, self._names, self._writing, strict=True):
            self._client.indices.clone(
                index=source,
                target=name,
                body={
                    "settings": {"index.number_of_replicas": 0, "index.blocks.write": None},
                    "aliases": {writing: {}},
                },
                params={"timeout": f"{_PATIENCE}s", "request_timeout": _PATIENCE},
            )

    def _copy(self) -> None:
        """Close the build for writing, and let every replica be made."""
        names = ",".join(self._names)
        self._client.indices.put_settings(
            index=names,
            body={
                "index.number_of_replicas": self._settings.opensearch_replicas,
                "index.blocks.write": True,
            },
        )
        # Of more copies than nodes some are never made; nor on a node whose disk is full. What
        # nobody works at for a while isn't waited for: OpenSearch makes it when it can.
        idle_since = time.monotonic()
        while time.monotonic() - idle_since < _IDLE:
            health = self._client.cluster.health(index=names)
            replicas = min(self._settings.opensearch_replicas, health["number_of_data_nodes"] - 1)
            if health["active_shards"] >= health["active_primary_shards"] * (1 + replicas):
                return
            if health["initializing_shards"]:
                idle_since = time.monotonic()
            time.sleep(_LOOK)

    def _switch(self) -> None:
        """Let the alias point to this build, if nothing has changed since it was begun."""
        actions: list[Mapping[str, Any]] = [
            {"remove": {"index": name, "alias": writing, "must_exist": True}}
            for name, writing in zip(self._names, self._writing, strict=True)
        ]
        if self._before:
            before = {"index": self._before, "alias": self._alias, "must_exist": True}
            actions.append({"remove": before})
        actions.append({"add": {"index": self._build, "alias": self._alias}})
        try:
            self._client.indices.update_aliases(body={"actions": actions})
        except exceptions.NotFoundError as error:
            raise _taken_over() from error
        except exceptions.TransportError:
            with speaking():
                raise

    def _send(self, name: str, documents: Iterable[tuple[str, Mapping[str, Any] | None]]) -> None:
        """Write documents, or delete those that are None, to the index of that alias.

        Only to the alias: an index by that name would be made where another writer has
        removed this build.
        """
        with speaking():
            for done, outcome in helpers.streaming_bulk(
                self._client,
                _actions(documents),
                chunk_size=_BULK_DOCUMENTS,
                max_chunk_bytes=_BULK_BYTES,
                max_retries=_BULK_RETRIES,
                initial_backoff=_FIRST_PAUSE,
                max_backoff=_LONGEST_PAUSE,
                raise_on_error=False,
                index=name,
                require_alias="true",
                request_timeout=_PATIENCE,
            ):
                ((_, about),) = outcome.items()
                if done or about.get("result") == "not_found":  # nothing to delete
                    continue
                if about["status"] == 404:
                    raise _taken_over()
                reason = about["error"]
                raise EngineUnavailableError(f"OpenSearch does not take a document: {reason}")


def current_build(client: OpenSearch, alias: str, timeout: float | None = None) -> str | None:
    """Return the name of the build that is in use, or None; raises as the client does.

    ``timeout`` is in seconds, that of the client by default.
    """
    found = client.indices.get_alias(name=alias, params={"ignore": 404}, request_timeout=timeout)
    return None if "error" in found else str(next(iter(found)))


def open_writer(settings: Settings, fresh: bool = False) -> OpenSearchWriter:
    """Begin a build, with what is in use unless ``fresh``.

    Raises EngineUnavailableError when the cluster does not answer.
    """
    return OpenSearchWriter(connect(settings), settings, fresh)


def _actions(
    documents: Iterable[tuple[str, Mapping[str, Any] | None]],
) -> Iterator[dict[str, Any]]:
    for key, document in documents:
        if document is None:
            yield {"_op_type": "delete", "_id": key}
        else:
            yield {"_op_type": "index", "_id": key, "_source": document}


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _taken_over() -> UnusableIndexError:
    return UnusableIndexError("another build has begun meanwhile, and this one was given up")
