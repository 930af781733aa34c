"""Plain BM25, for comparison: what a search engine alone makes of the same questions."""

from collections.abc import Sequence

import numpy as np
from rank_bm25 import BM25Plus

from gloact_qa.knowledge.passages import split_passages
from gloact_qa.schema import Document, Passage
from gloact_qa.text.terms import Analyzer


class PlainBM25:
    """BM25Plus over stemmed terms without stop words; no more."""

    def __init__(self, documents: Sequence[Document], passage_size: int) -> None:
        """Index the documents by passages of at most ``passage_size`` characters."""
        self._analyzer = Analyzer()
        self.passages = list(split_passages(documents, self._analyzer, passage_size))
        self.sentences = [(p, s.text) for p in self.passages for s in p.sentences]
        self._by_passage = BM25Plus([self._terms(p.text) for p in self.passages])
        self._by_sentence = BM25Plus([self._terms(text) for _, text in self.sentences])

    def answer(self, question: str) -> tuple[Passage, str]:
        """Return the best sentence with its passage."""
        return self.sentences[int(np.argmax(self._by_sentence.get_scores(self._terms(question))))]

    def search(self, question: str, limit: int) -> list[tuple[Passage, float]]:
        """Return the best passages with their scores, best first."""
        scores = self._by_passage.get_scores(self._terms(question))
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(self.passages[i], float(scores[i])) for i in best]

    def _terms(self, text: str) -> list[str]:
        return [term.text for term in self._analyzer.terms(text)] or [""]
