"""Small stand-ins for the bot, and answers to judge."""

from collections.abc import Mapping, Sequence

from gloact_qa.evaluation.questions import Question
from gloact_qa.schema import Answer, Document, Source, Turn

REFUSAL = "The releases do not say."
TEXT = (
    "The event was moderated by H.E. Alena Kupchyna. It was held in Vienna on 29 May 2019. "
    "The project costs €12 million. This project is funded by the European Union."
)
DOCUMENT = Document(document_id="release", title="A release", text=TEXT)


def make_source(snippet: str) -> Source:
    return Source(
        document_id="release",
        title="A release",
        url=None,
        date=None,
        passage_id="release#0",
        snippet=snippet,
        start=0,
        end=len(snippet),
        score=1.0,
        highlights=(),
        link=None,
    )


def make_answer(
    answer: str | None,
    short: str | None = None,
    *,
    confidence: float = 0.9,
    snippets: Sequence[str] | None = None,
    elapsed_ms: float = 1.0,
) -> Answer:
    """An answer that stands in its only source; None refuses."""
    if snippets is None:
        snippets = [answer] if answer is not None else []
    return Answer(
        question="asked",
        interpreted_as="asked",
        answered=answer is not None,
        answer=REFUSAL if answer is None else answer,
        short_answer=short,
        confidence=confidence,
        sources=tuple(map(make_source, snippets)),
        elapsed_ms=elapsed_ms,
    )


def make_question(identifier: str = "q", *answers: str, **more: object) -> Question:
    return Question.model_validate(
        {"id": identifier, "question": f"{identifier}?", "answers": answers, **more}
    )


class FakeBot:
    """Gives the prepared answer to each question, by its text, and keeps what it was asked."""

    documents: Sequence[Document] = (DOCUMENT,)

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, tuple[Turn, ...], int]] = []

    def ask(self, question: str, history: Sequence[Turn] = (), top_k: int = 3) -> Answer:
        self.asked.append((question, tuple(history), top_k))
        prepared = self.answers[question]
        return prepared.model_copy(update={"question": question})
