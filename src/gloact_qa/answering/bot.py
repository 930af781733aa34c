"""The bot: from a question, with its conversation, to an answer with sources."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gloact_qa.answering.conversation import standalone
from gloact_qa.answering.link import text_fragment_link
from gloact_qa.answering.matching import terms_in
from gloact_qa.answering.question import ASKING_WORDS, ParsedQuestion, parse_question
from gloact_qa.answering.reader import Reading, read
from gloact_qa.answering.span import answer_offsets, short_answer_offsets
from gloact_qa.answering.wording import is_small_talk, refusal, respell
from gloact_qa.errors import KnowledgeError
from gloact_qa.knowledge.documents import load_documents
from gloact_qa.knowledge.passages import split_passages
from gloact_qa.retrieval.base import Hit, PassageIndex
from gloact_qa.retrieval.bm25 import BM25Index
from gloact_qa.schema import DEFAULT_TOP_K, Answer, Document, Kind, Passage, Source, Span, Turn
from gloact_qa.settings import Settings
from gloact_qa.text.sentences import Offsets
from gloact_qa.text.spelling import Speller, build_speller
from gloact_qa.text.synonyms import Phrase, Synonyms, load_synonyms
from gloact_qa.text.terms import Analyzer, find_compounds

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
        self,
        documents: Sequence[Document],
        index: PassageIndex,
        analyzer: Analyzer,
        synonyms: Synonyms,
        speller: Speller,
        min_confidence: float,
    ) -> None:
        """Serve ``documents``, whose passages ``index`` has; ``analyzer`` made its terms."""
        self.documents = tuple(documents)
        self._by_id = {document.document_id: document for document in documents}
        self._index = index
        self._analyzer = analyzer
        self._synonyms = synonyms
        self._speller = speller
        self._min_confidence = min_confidence

    def document(self, document_id: str) -> Document | None:
        """Return the document of that id, or None."""
        return self._by_id.get(document_id)

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
        return parse_question(asked, history, self._analyzer, self._synonyms, self._index.idf)

    def search(self, question: ParsedQuestion, limit: int) -> Sequence[Hit]:
        """Return the best passages for a question."""
        return self._index.search(question.query(), limit)

    def _quote(self, question: ParsedQuestion, reading: Reading) -> _Quotation:
        evidence = reading.best
        text = self._by_id[evidence.hit.passage.document_id].text
        start, end = answer_offsets(evidence)
        short = short_answer_offsets(question, evidence, (start, end))
        return _Quotation(
            hit=evidence.hit,
            answer=text[start:end],
            short_answer=text[slice(*short)] if short else None,
            marked=short or (start, end),
        )

    def _source(self, hit: Hit, question: ParsedQuestion, quoted: _Quotation | None) -> Source:
        passage = hit.passage
        matching = question.matching
        document = self._by_id[passage.document_id]
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
    vocabulary = {term for p in passages for s in p.sentences for term in s.places}
    synonyms = load_synonyms(synonyms_file, analyzer, _abbreviations(passages), vocabulary)
    speller = build_speller(
        (document.text for document in documents), synonyms.words | ASKING_WORDS
    )
    return Bot(documents, index, analyzer, synonyms, speller, settings.min_confidence)


def _abbreviations(passages: Iterable[Passage]) -> Iterator[tuple[Phrase, Phrase]]:
    """Yield the terms of every abbreviation that the passages introduce, with its long form's."""
    for passage in passages:
        for sentence in passage.sentences:
            for mention in sentence.mentions:
                if mention.kind is Kind.EXPANSION:
                    short, long = (
                        tuple(term.text for term in terms_in(sentence, start, end))
                        for start, end in (
                            (mention.owner_start, mention.owner_end),
                            (mention.start, mention.end),
                        )
                    )
                    if short and long:
                        yield short, long
