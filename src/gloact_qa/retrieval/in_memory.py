"""From documents to an index in memory, with its catalogue."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gloact_qa.knowledge.passages import split_passages
from gloact_qa.retrieval.base import OpenedIndex
from gloact_qa.retrieval.bm25 import BM25Index
from gloact_qa.retrieval.collecting import Collector, survey
from gloact_qa.schema import Document, Passage
from gloact_qa.settings import Settings
from gloact_qa.text.terms import Analyzer

# Passages past which rank-bm25 takes more of an answer's time than all else.
SLOW_FROM = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Texts:
    texts: Mapping[str, str]

    def text(self, document_id: str) -> str | None:
        """Return the text of the document, or None when there is no such document."""
        return self.texts.get(document_id)


def index_documents(documents: Sequence[Document], settings: Settings) -> OpenedIndex:
    """Index documents with rank-bm25.

    Raises ValueError when they have no term.
    """
    collector = Collector(settings)
    collector.survey(survey([document.text for document in documents]))
    analyzer = Analyzer(collector.compounds)
    passages: list[Passage] = []
    for document in documents:
        own = list(split_passages([document], analyzer, settings.passage_size))
        collector.add(document, own)
        passages += own
    index = BM25Index(passages, settings.k1, settings.b)
    if len(passages) > SLOW_FROM:
        _log.warning(
            "%d passages are many for rank-bm25, whose time grows with them; "
            "GLOACT_QA_ENGINE=tantivy is quick with millions",
            len(passages),
        )
    texts = {document.document_id: document.text for document in documents}
    return OpenedIndex(index, collector.catalogue(), _Texts(texts))
