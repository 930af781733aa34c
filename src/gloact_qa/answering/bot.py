"""The bot: from a question, with its conversation, to an answer with sources."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gloact_qa.answering.conversation import standalone
from gloact_qa.answering.link import text_fragment_link
from gloact_qa.answering.question import ASKING_WORDS, ParsedQuestion, parse_question
from gloact_qa.answering.reader import Reading, read
from gloact_qa.answering.span import answer_offsets, short_answer_offsets
from gloact_qa.answering.wording import is_small_talk, refusal, respell
from gloact_qa.errors import KnowledgeError
from gloact_qa.knowledge.documents import load_documents
from gloact_qa.retrieval.base import Hit, OpenedIndex
from gloact_qa.retrieval.catalogue import MAX_WORDS
from gloact_qa.retrieval.engines import is_stored, open_index
from gloact_qa.retrieval.in_memory import index_documents
from gloact_qa.schema import (
    DEFAULT_TOP_K,
    Answer,
    Document,
    DocumentSummary,
    Passage,
    Source,
    Span,
    Turn,
)
from gloact_qa.settings import Settings
from gloact_qa.text.sentences import Offsets
from gloact_qa.text.spelling import Speller
from gloact_qa.text.synonyms import load_synonyms
from gloact_qa.text.terms import Analyzer, stem

_PASSAGES_READ = 10


@dataclass(frozen=True, slots=True)
class _Quotation:
    """What is quoted from a hit; ``marked`` are the offsets to highlight."""

    hit: Hit
    answer: str
    short_answer: str | None
    marked: Offsets


class Bot:
    """Answers questions about a collection of releases, in their own words."""

    def __init__(
        self, opened: OpenedIndex, settings: Settings, synonyms_file: Path | None = None
    ) -> None:
        """Answer from an index with its catalogue; no text is read for it.

        Raises KnowledgeError when the synonyms are malformed.
        """
        self._index = opened.index
        self._catalogue = catalogue = opened.catalogue
        self._texts = opened.texts
        self._analyzer = Analyzer(catalogue.compounds)
        self._synonyms = load_synonyms(
            synonyms_file, self._analyzer, catalogue.abbreviations, catalogue.thesaurus_terms
        )
        self._speller = Speller(
            {word: known.count for word, known in catalogue.words.items()},
            {word: known.surface for word, known in catalogue.words.items() if known.surface},
            self._synonyms.words | ASKING_WORDS,
            self._has,
        )
        self._min_confidence = settings.min_confidence

    @property
    def size(self) -> int:
        """How many documents there are."""
        return len(self._catalogue.documents)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self._index)

    @property
    def remote(self) -> bool:
        """Whether to answer it waits for a search engine over a network."""
        return self._index.remote

    def check(self) -> None:
        """Raise EngineUnavailableError if it could not answer just now."""
        self._index.check()

    @property
    def summaries(self) -> tuple[DocumentSummary, ...]:
        """The documents without their texts."""
        return tuple(
            DocumentSummary(
                document_id=entry.document_id,
                title=entry.title,
                url=entry.url,
                date=entry.date,
                language=entry.language,
            )
            for entry in self._catalogue.documents.values()
        )

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents with their texts, all read; for the evaluation."""
        found = map(self.document, self._catalogue.documents)
        return tuple(document for document in found if document)

    def document(self, document_id: str) -> Document | None:
        """Return the document of that id, or None."""
        entry = self._catalogue.documents.get(document_id)
        text = self._texts.text(document_id) if entry else None
        if entry is None or text is None:
            return None
        return Document(
            document_id=entry.document_id,
            title=entry.title,
            url=entry.url,
            date=entry.date,
            language=entry.language,
            text=text,
        )

    def _has(self, word: str) -> bool:
        """Tell whether the collection has a folded word that is too rare for its catalogue."""
        complete = len(self._catalogue.words) < MAX_WORDS
        return not complete and self._index.idf(stem(word)) < self._index.idf("")

    def warm_up(self) -> None:
        """Build now what would delay the first questions."""
        self._speller.warm_up()
        self.ask("Who?")

    def ask(
        self, question: str, history: Sequence[Turn] = (), top_k: int = DEFAULT_TOP_K
    ) -> Answer:
        """Answer a question; ``history`` is the conversation before it, oldest turn first."""
        started = time.perf_counter()
        parsed = self.parse(question, history)
        asks = not is_small_talk(question)
        hits = self.search(parsed, max(top_k, _PASSAGES_READ)) if asks else ()
        # However many sources are wanted, the answer is the same.
        reading = read(parsed, hits[:_PASSAGES_READ])
        answered = reading is not None and reading.confidence >= self._min_confidence
        quoted = self._quote(parsed, reading) if reading and answered else None
        if quoted:
            hits = [quoted.hit, *(hit for hit in hits if hit is not quoted.hit)]
        return Answer(
            question=question,
            interpreted_as=parsed.text or question,
            answered=quoted is not None,
            answer=quoted.answer if quoted else refusal(question),
            short_answer=quoted.short_answer if quoted else None,
            confidence=round(reading.confidence, 4) if reading else 0.0,
            sources=tuple(
                self._source(hit, parsed, quoted if i == 0 else None)
                for i, hit in enumerate(hits[:top_k])
            ),
            elapsed_ms=round((time.perf_counter() - started) * 1000, 3),
        )

    def parse(self, question: str, history: Sequence[Turn] = ()) -> ParsedQuestion:
        """Return the standalone question that is answered."""
        asked = standalone(respell(question, self._speller), history)
        return parse_question(
            asked,
            history,
            self._analyzer,
            self._synonyms,
            self._index.idf,
            self._index.prepare,
        )

    def search(self, question: ParsedQuestion, limit: int) -> Sequence[Hit]:
        """Return the best passages for a question."""
        return self._index.search(question.query(), limit)

    def _quote(self, question: ParsedQuestion, reading: Reading) -> _Quotation:
        evidence = reading.best
        passage = evidence.hit.passage
        start, end = answer_offsets(evidence)
        short = short_answer_offsets(question, evidence, (start, end))
        return _Quotation(
            hit=evidence.hit,
            answer=_stretch(passage, (start, end)),
            short_answer=_stretch(passage, short) if short else None,
            marked=short or (start, end),
        )

    def _source(self, hit: Hit, question: ParsedQuestion, quoted: _Quotation | None) -> Source:
        passage = hit.passage
        matching = question.matching
        document = self._catalogue.documents[passage.document_id]
        marked = (
            [quoted.marked]
            if quoted
            else [
                (term.start, term.end)
                for sentence in passage.sentences
                for term in sentence.terms
                if term.text in matching
            ]
        )
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
            link=text_fragment_link(document.url, quoted.answer if quoted else passage.text),
        )


def _stretch(passage: Passage, offsets: Offsets) -> str:
    """Return the text between two offsets of the document, which the passage has."""
    start, end = offsets
    return passage.text[start - passage.start : end - passage.start]


def load_bot(settings: Settings) -> Bot:
    """Return the bot over the knowledge folder of the settings, or over its stored index.

    Raises KnowledgeError, naming the file, when the folder or a file cannot be used; with
    an engine that stores its index UnusableIndexError when there is none to be used.
    """
    synonyms_file = settings.knowledge / "synonyms.txt"
    if is_stored(settings):
        return Bot(open_index(settings), settings, synonyms_file)
    return build_bot(load_documents(settings.knowledge), settings, synonyms_file)


def build_bot(
    documents: Sequence[Document], settings: Settings, synonyms_file: Path | None = None
) -> Bot:
    """Build the bot over documents, in memory; synonyms are optional.

    Raises KnowledgeError when the documents have no term, or the synonyms are malformed.
    """
    try:
        opened = index_documents(documents, settings)
    except ValueError as error:
        raise KnowledgeError("the releases have no words to search for") from error
    return Bot(opened, settings, synonyms_file)
