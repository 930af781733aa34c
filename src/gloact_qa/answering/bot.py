"""The bot: from a question, with its conversation, to an answer with sources."""

import time
from collections.abc import Sequence
from pathlib import Path

from gloact_qa.answering.link import text_fragment_link
from gloact_qa.answering.question import ParsedQuestion, parse_question
from gloact_qa.answering.reader import Reading, read
from gloact_qa.errors import KnowledgeError
from gloact_qa.knowledge.documents import load_documents
from gloact_qa.knowledge.passages import split_passages
from gloact_qa.retrieval.base import Hit, PassageIndex
from gloact_qa.retrieval.bm25 import BM25Index
from gloact_qa.schema import DEFAULT_TOP_K, Answer, Document, Source, Span, Turn
from gloact_qa.settings import Settings
from gloact_qa.text.synonyms import Synonyms, load_synonyms
from gloact_qa.text.terms import Analyzer, find_compounds

NOT_ANSWERED = "The releases do not say."
_PASSAGES_READ = 10


class Bot:
    """Answers questions about a collection of releases, in their own words."""

    def __init__(
        self,
        documents: Sequence[Document],
        index: PassageIndex,
        analyzer: Analyzer,
        synonyms: Synonyms,
        min_confidence: float,
    ) -> None:
        """Serve ``documents``, whose passages ``index`` has; ``analyzer`` made its terms."""
        self.documents = tuple(documents)
        self._by_id = {document.document_id: document for document in documents}
        self._index = index
        self._analyzer = analyzer
        self._synonyms = synonyms
        self._min_confidence = min_confidence

    def document(self, document_id: str) -> Document | None:
        """Return the document of that id, or None."""
        return self._by_id.get(document_id)

    def ask(
        self, question: str, history: Sequence[Turn] = (), top_k: int = DEFAULT_TOP_K
    ) -> Answer:
        """Answer a question; ``history`` is the conversation before it, oldest turn first."""
        started = time.perf_counter()
        parsed = parse_question(question, self._analyzer, self._synonyms, self._index.idf)
        hits = self._index.search(parsed.query(), max(top_k, _PASSAGES_READ))
        reading = read(parsed, hits)
        confidence = reading.coverage if reading else 0.0
        answered = reading is not None and confidence >= self._min_confidence
        if reading is not None and answered:
            hits = [reading.hit, *(hit for hit in hits if hit is not reading.hit)]
        return Answer(
            question=question,
            interpreted_as=parsed.text,
            answered=answered,
            answer=reading.sentence.text if reading and answered else NOT_ANSWERED,
            short_answer=None,
            confidence=round(confidence, 4),
            sources=tuple(
                self._source(hit, parsed, reading if answered and i == 0 else None)
                for i, hit in enumerate(hits[:top_k])
            ),
            elapsed_ms=round((time.perf_counter() - started) * 1000, 3),
        )

    def _source(self, hit: Hit, question: ParsedQuestion, reading: Reading | None) -> Source:
        passage = hit.passage
        document = self._by_id[passage.document_id]
        if reading:
            marked = [(reading.sentence.start, reading.sentence.end)]
            quotation = reading.sentence.text
        else:
            wanted = question.query()
            marked = [
                (term.start, term.end)
                for sentence in passage.sentences
                for term in sentence.terms
                if term.text in wanted
            ]
            quotation = passage.text
        return Source(
            document_id=document.document_id,
            title=document.title,
            url=document.url,
            date=document.date,
            passage_id=passage.passage_id,
            snippet=passage.text,
            start=passage.start,
            end=passage.end,
            score=round(hit.score, 4),
            highlights=tuple(
                Span(start=start - passage.start, end=end - passage.start)
                for start, end in dict.fromkeys(marked)
            ),
            link=text_fragment_link(document.url, quotation),
        )


def load_bot(settings: Settings) -> Bot:
    """Build the bot over the knowledge folder of the settings.

    Raises KnowledgeError, naming the file, when the folder or a file cannot be used.
    """
    return build_bot(
        load_documents(settings.knowledge), settings, settings.knowledge / "synonyms.txt"
    )


def build_bot(
    documents: Sequence[Document], settings: Settings, synonyms_file: Path | None = None
) -> Bot:
    """Build the bot over documents; synonyms are optional.

    Raises KnowledgeError when the documents have no term, or the synonyms are malformed.
    """
    analyzer = Analyzer(find_compounds(document.text for document in documents))
    passages = list(split_passages(documents, analyzer, settings.passage_size))
    try:
        index = BM25Index(passages, settings.k1, settings.b)
    except ValueError as error:
        raise KnowledgeError("the releases have no words to search for") from error
    synonyms = load_synonyms(synonyms_file, analyzer) if synonyms_file else Synonyms()
    return Bot(documents, index, analyzer, synonyms, settings.min_confidence)
