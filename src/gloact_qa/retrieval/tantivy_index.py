"""tantivy on disk: the engine for up to millions of passages on one machine.

https://github.com/quickwit-oss/tantivy, by https://github.com/quickwit-oss/tantivy-py. Its
BM25 has Lucene's IDF, but k1 = 1.2 and b = 0.75 for good, and lengths rounded to a byte. So
it only finds the candidates, with pruning by block-max WAND (S. Ding and T. Suel, 2011), and
those are ranked anew by the k1 and b of the settings, from their terms.

The index is a folder. Each state of it, a generation, has a folder of its own, and
``current.json`` names the one in use; it is replaced in one step. A new generation begins with
links to the files of the one before, which tantivy never changes once written.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO

import tantivy

from gloact_qa.errors import UnusableIndexError
from gloact_qa.retrieval.base import Hit, OpenedIndex
from gloact_qa.retrieval.bm25 import lucene_idf
from gloact_qa.retrieval.catalogue import Catalogue, decode_catalogue, encode_catalogue
from gloact_qa.retrieval.engine_terms import engine_term, engine_terms, passage_order
from gloact_qa.retrieval.store import decode_passage, encode_passage
from gloact_qa.schema import Document, Passage
from gloact_qa.settings import Settings

# Candidates that are ranked anew, for each passage that is wanted, and at least.
_CANDIDATES_EACH, _CANDIDATES = 5, 100
# Of a question's terms, with tens of synonyms, so many find the candidates in a large
# collection: those that can add most to a score. On a million passages 12 take 1.8 ms where
# all take 4.2, and bring 99.9 % of the ten best; they are ranked by all the terms.
_LARGE, _SOUGHT = 100_000, 12
_HEAP = 128_000_000  # bytes that a writer gathers before it writes a segment

_MANIFEST = "current.json"
_GENERATIONS = "generations"
_PASSAGES, _TEXTS, _CATALOGUE = "passages", "texts", "catalogue.msgpack"
_LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")


def _passage_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", stored=True, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("passage", stored=True)
    return builder.build()


def _text_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("text", stored=True)
    return builder.build()


class TantivyIndex:
    """A PassageIndex over one generation."""

    remote = False

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        """Open the passages in ``folder``, which ``catalogue`` was made with."""
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()
        self._k1, self._b = catalogue.k1, catalogue.b
        # tantivy counts what was removed until it next merges; the catalogue does not.
        self._passages = catalogue.passages
        self._average = catalogue.terms / max(1, self._passages)
        self._unknown_idf = lucene_idf(self._passages, 0)
        self._frequency = lru_cache(maxsize=65_536)(self._count)

    def __len__(self) -> int:
        return self._passages

    def search(self, query: Mapping[str, float], limit: int) -> Sequence[Hit]:
        """Return the best passages for weighted terms, at most ``limit``, best first."""
        weights = {engine_term(t): w for t, w in query.items() if w > 0 and self._frequency(t)}
        if not weights or limit < 1:
            return []
        # What a term adds to a score at most; a passage's share of it is BM25's.
        worth = {
            engine_term(t): w * self.idf(t) * (self._k1 + 1)
            for t, w in query.items()
            if engine_term(t) in weights
        }
        sought = list(weights)
        if self._passages > _LARGE and len(sought) > _SOUGHT:
            sought = sorted(sought, key=lambda term: -worth[term])[:_SOUGHT]
        found = self._searcher.search(
            tantivy.Query.boolean_query([self._clause(term, weights[term]) for term in sought]),
            max(_CANDIDATES, _CANDIDATES_EACH * limit),
            count=False,
        )
        scored = []
        for _, address in found.hits:
            stored = self._searcher.doc(address)
            scored.append((self._score(str(stored.get_first("terms")), worth), stored))
        scored.sort(key=lambda item: (-item[0], passage_order(str(item[1].get_first("id")))))
        return [
            Hit(decode_passage(stored.get_first("passage") or b""), score)
            for score, stored in scored[:limit]
        ]

    def _clause(self, term: str, weight: float) -> tuple[tantivy.Occur, tantivy.Query]:
        query = tantivy.Query.term_query(self._schema, "terms", term, "freq")
        return tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)

    def _score(self, text: str, worth: Mapping[str, float]) -> float:
        """Return BM25 of a passage's terms, for what each asked term is worth."""
        terms = text.split(" ")
        norm = self._k1 * (1 - self._b + self._b * len(terms) / self._average)
        had = worth.keys() & terms
        score = 0.0
        for term, most in worth.items():  # always in this order, so that equals stay equal
            if term in had:
                count = terms.count(term)
                score += most * count / (count + norm)
        return score

    def idf(self, term: str) -> float:
        """Return the term's IDF; that of an unknown term is the highest."""
        frequency = self._frequency(term)
        return lucene_idf(self._passages, frequency) if frequency else self._unknown_idf

    def prepare(self, terms: Iterable[str]) -> None:
        """Do nothing: each is at hand."""

    def check(self) -> None:
        """Do nothing: it is here."""

    def _count(self, term: str) -> int:
        return min(self._passages, self._searcher.doc_freq("terms", engine_term(term)))


class _Texts:
    """The documents' texts of one generation."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def text(self, document_id: str) -> str | None:
        """Return the text of the document, or None when there is no such document."""
        query = tantivy.Query.term_query(
            self._schema, "document", engine_term(document_id), "basic"
        )
        hits = self._searcher.search(query, 1, count=False).hits
        if not hits:
            return None
        return bytes(self._searcher.doc(hits[0][1]).get_first("text") or b"").decode()


def index_state(settings: Settings) -> str | None:
    """Return the name of the generation in use; None without one."""
    try:
        return str(json.loads((settings.index_folder / _MANIFEST).read_bytes())["generation"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def open_index(settings: Settings) -> OpenedIndex:
    """Open the generation that is in use now.

    Raises UnusableIndexError when there is none, it is damaged, or it was made by another
    version or with other settings.
    """
    while True:
        state = index_state(settings)
        if state is None:
            raise UnusableIndexError(f"{settings.index_folder}: there is no index")
        folder = settings.index_folder / _GENERATIONS / state
        try:
            catalogue = decode_catalogue((folder / _CATALOGUE).read_bytes(), settings)
            index = TantivyIndex(folder / _PASSAGES, catalogue)
            return OpenedIndex(index, catalogue, _Texts(folder / _TEXTS))
        except (OSError, ValueError) as error:
            if index_state(settings) == state:  # else it was replaced, and cleared away
                raise UnusableIndexError(
                    f"{settings.index_folder}: the index is damaged: {error}"
                ) from error


def open_writer(settings: Settings, fresh: bool = False) -> "TantivyWriter":
    """Begin the next generation, from the one in use unless ``fresh``.

    Raises UnusableIndexError when the folder cannot be written or another writer is at it.
    """
    return TantivyWriter(settings.index_folder, None if fresh else index_state(settings))


class TantivyWriter:
    """An IndexWriter that makes a generation."""

    def __init__(self, folder: Path, previous: str | None) -> None:
        """Begin with what generation ``previous`` has."""
        self._folder = folder
        self._previous = previous
        number = int(previous.partition("-")[0]) + 1 if previous else 1
        self._name = f"{number:06}-{secrets.token_hex(4)}"
        self._own = folder / _GENERATIONS / self._name
        try:
            self._lock = _lock(folder)
            self._clear_away()  # what a killed writer left
            for part in (_PASSAGES, _TEXTS):
                (self._own / part).mkdir(parents=True)
                if previous:
                    _link(folder / _GENERATIONS / previous / part, self._own / part)
            self._passages = tantivy.Index(_passage_schema(), str(self._own / _PASSAGES)).writer(
                _HEAP, 1
            )
            self._texts = tantivy.Index(_text_schema(), str(self._own / _TEXTS)).writer(_HEAP, 1)
        except (OSError, ValueError) as error:
            raise UnusableIndexError(f"{folder}: cannot be written: {error}") from error

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages, of documents that are not there yet or were removed."""
        for passage in passages:
            document = tantivy.Document()
            document.add_text("terms", " ".join(engine_terms(passage)))
            document.add_text("document", engine_term(passage.document_id))
            document.add_text("id", passage.passage_id)
            document.add_bytes("passage", encode_passage(passage))
            self._passages.add_document(document)

    def keep(self, documents: Iterable[Document]) -> None:
        """Keep the texts of documents."""
        for kept in documents:
            document = tantivy.Document()
            document.add_text("document", engine_term(kept.document_id))
            document.add_bytes("text", kept.text.encode())
            self._texts.add_document(document)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Remove documents, their passages and texts; unknown ones are passed over."""
        for document_id in document_ids:
            for writer in (self._passages, self._texts):
                writer.delete_documents_by_term("document", engine_term(document_id))

    def commit(self, catalogue: Catalogue) -> None:
        """Put what was written into use, with its catalogue; the writer is done then."""
        try:
            for writer in (self._passages, self._texts):
                writer.commit()
                writer.wait_merging_threads()
            _write(self._own / _CATALOGUE, encode_catalogue(catalogue))
            manifest = self._folder / f"{_MANIFEST}.new"
            _write(manifest, json.dumps({"generation": self._name}).encode())
            manifest.replace(self._folder / _MANIFEST)
        except (OSError, ValueError) as error:
            raise UnusableIndexError(f"{self._folder}: cannot be written: {error}") from error
        self._clear_away()
        self._lock.close()

    def abort(self) -> None:
        """Forget what was written; the writer is done then."""
        for writer in (self._passages, self._texts):
            writer.rollback()
        shutil.rmtree(self._own, ignore_errors=True)
        self._lock.close()

    def _clear_away(self) -> None:
        """Remove generations, but for this one and the one before, which may be in use yet."""
        kept = (self._name, self._previous)
        for other in (self._folder / _GENERATIONS).iterdir():
            if other.name not in kept:
                shutil.rmtree(other, ignore_errors=True)


def _lock(folder: Path) -> IO[bytes]:
    """Make the folder, and hold its lock until the returned file is closed or the process ends.

    Raises OSError when another process holds it.
    """
    (folder / _GENERATIONS).mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("wb")
    try:
        import fcntl
    except ImportError:  # on Windows it is the owner who sees to it
        return lock
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise OSError("another `gloact-qa index` is at work") from error
    return lock


def _link(source: Path, target: Path) -> None:
    """Give ``target`` the files of an index, by links where the file system has them."""
    for path in source.iterdir():
        if path.name in _LOCKS:
            continue
        try:
            if path.suffix == ".json":  # tantivy writes these anew
                raise OSError
            os.link(path, target / path.name)
        except OSError:
            shutil.copyfile(path, target / path.name)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
