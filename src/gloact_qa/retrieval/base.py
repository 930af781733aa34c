"""The one thing that answering knows of retrieval, and what fills it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from gloact_qa.retrieval.catalogue import Catalogue
from gloact_qa.schema import Document, Passage


class Hit(NamedTuple):
    """A passage that a search found, with its BM25 score."""

    passage: Passage
    score: float


class PassageIndex(Protocol):
    """Passages, found by terms. Every engine ranks by the same BM25.

    BM25 with Lucene's IDF, ln(1 + (N − n + 0.5) / (n + 0.5)), where n of N passages
    have the term.
    """

    @property
    def remote(self) -> bool:
        """Whether it waits for others, over a network, rather than computes.

        Its methods then may raise EngineUnavailableError.
        """
        ...

    def __len__(self) -> int:
        """Return the number of passages."""
        ...

    def search(self, query: Mapping[str, float], limit: int) -> Sequence[Hit]:
        """Return the best passages for weighted terms, at most ``limit``, best first.

        Passages without any of the terms are left out; of equal ones the earlier
        stands first.
        """
        ...

    def idf(self, term: str) -> float:
        """Return the term's IDF; that of an unknown term is the highest."""
        ...

    def prepare(self, terms: Iterable[str]) -> None:
        """Take notice that the IDF of these terms is asked for next."""
        ...

    def check(self) -> None:
        """Raise EngineUnavailableError if it could not be searched just now."""
        ...


class Texts(Protocol):
    """The documents' texts, which answering does without."""

    def text(self, document_id: str) -> str | None:
        """Return the text of the document, or None when there is no such document."""
        ...


@dataclass(frozen=True, slots=True)
class OpenedIndex:
    """An index with all that was made with it; it stays as it was when it was opened."""

    index: PassageIndex
    catalogue: Catalogue
    texts: Texts


class IndexWriter(Protocol):
    """Makes the next state of a stored index, beside the one that is in use.

    Nothing of it is seen before ``commit``, which switches to all of it at once. One that is
    killed leaves what is in use as it was; the next one begins from that.
    """

    def add(self, passages: Iterable[Passage]) -> None:
        """Add passages, of documents that are not there yet or were removed."""
        ...

    def keep(self, documents: Iterable[Document]) -> None:
        """Keep the texts of documents."""
        ...

    def remove(self, document_ids: Iterable[str]) -> None:
        """Remove documents, their passages and texts; unknown ones are passed over."""
        ...

    def commit(self, catalogue: Catalogue) -> None:
        """Put what was written into use, with its catalogue; the writer is done then."""
        ...

    def abort(self) -> None:
        """Forget what was written; the writer is done then."""
        ...
