"""rank-bm25 in memory: the engine for up to some hundreds of passages."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from gloact_qa.retrieval.base import Hit
from gloact_qa.schema import Passage


def lucene_idf(passages: int, passages_with_term: int) -> float:
    """Return Lucene's IDF: positive even for a term that most passages have."""
    return math.log(1 + (passages - passages_with_term + 0.5) / (passages_with_term + 0.5))


class _LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """Okapi BM25 with Lucene's IDF.

    The inherited IDF is 0 for a term that half the passages have, and replaced by a
    constant beyond: on a dozen passages that silences the words that matter.
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, n) for term, n in nd.items()}


class BM25Index:
    """A PassageIndex over rank-bm25."""

    remote = False

    def __init__(self, passages: Sequence[Passage], k1: float, b: float) -> None:
        """Index the passages; ``k1`` and ``b`` are BM25's.

        Raises ValueError when no passage has any term.
        """
        self._passages = tuple(passages)
        corpus = [
            [*(t.text for s in p.sentences for t in s.terms), *p.tags] for p in self._passages
        ]
        if not any(s.terms for p in self._passages for s in p.sentences):
            raise ValueError("no passage has a term")
        self._bm25 = _LuceneBM25(corpus, k1=k1, b=b)
        self._idf: dict[str, float] = self._bm25.idf
        self._unknown_idf = lucene_idf(len(self._passages), 0)
        self._scores = lru_cache(maxsize=4096)(self._term_scores)

    def __len__(self) -> int:
        return len(self._passages)

    def search(self, query: Mapping[str, float], limit: int) -> Sequence[Hit]:
        """Return the best passages for weighted terms, at most ``limit``, best first."""
        known = [(term, weight) for term, weight in query.items() if term in self._idf]
        if not known or limit < 1:
            return []
        scores = np.zeros(len(self._passages))
        for term, weight in known:
            scores += weight * self._scores(term)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(self._passages[i], float(scores[i])) for i in best if scores[i] > 0]

    def idf(self, term: str) -> float:
        """Return the term's IDF; that of an unknown term is the highest."""
        return self._idf.get(term, self._unknown_idf)

    def prepare(self, terms: Iterable[str]) -> None:
        """Do nothing: each is at hand."""

    def check(self) -> None:
        """Do nothing: it is here."""

    def _term_scores(self, term: str) -> npt.NDArray[Any]:
        with np.errstate(invalid="ignore", divide="ignore"):  # 0/0 where k1 is 0, or b is 1
            scores: npt.NDArray[Any] = np.nan_to_num(self._bm25.get_scores([term]))
        return scores
