"""The one thing that answering knows of retrieval."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from gloact_qa.schema import Passage


class Hit(NamedTuple):
    """A passage that a search found, with its BM25 score."""

    passage: Passage
    score: float


class PassageIndex(Protocol):
    """Passages, found by terms. Every engine ranks by the same BM25.

    BM25 with Lucene's IDF, ln(1 + (N − n + 0.5) / (n + 0.5)), where n of N passages
    have the term.
    """

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
