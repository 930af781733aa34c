"""Ask a question set, judge the answers, measure."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from gloact_qa import __version__
from gloact_qa.evaluation.judge import judge
from gloact_qa.evaluation.matching import contains
from gloact_qa.evaluation.questions import Question
from gloact_qa.evaluation.report import Outcome, Report, Said
from gloact_qa.schema import Answer, Document, DocumentSummary, Turn

# Deep enough to see how retrieval ranks; the answer is the same for any top_k.
TOP_K = 10

Progress = Callable[[Sequence[Question]], Iterable[Question]]


class Answerer(Protocol):
    """What can be evaluated: the bot, and anything that answers as it does."""

    @property
    def documents(self) -> Sequence[Document]:
        """The releases that it answers from."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = (), top_k: int = 3) -> Answer:
        """Answer a question; ``history`` is the conversation before it, oldest turn first."""
        ...


def evaluate(
    answerer: Answerer,
    questions: Sequence[Question],
    progress: Progress = lambda questions: questions,
) -> Report:
    """Ask every question once, in order, and report how the answers did.

    ``progress`` yields the questions that it is given, and may show how far it is.
    Raises MissingExtraError, before any question, when the `evaluate` extra is not
    installed; and what ``answerer`` raises.
    """
    from gloact_qa.evaluation.metrics import measure  # heavy, and an extra

    outcomes = tuple(_ask(answerer, question) for question in progress(questions))
    kinds = dict.fromkeys(question.kind for question in questions)
    return Report(
        version=__version__,
        date=datetime.datetime.now(datetime.UTC),
        documents=tuple(
            DocumentSummary.model_validate(document.model_dump(exclude={"text"}))
            for document in answerer.documents
        ),
        overall=measure(outcomes),
        by_kind={kind: measure([o for o in outcomes if o.question.kind == kind]) for kind in kinds},
        not_in_releases=tuple(
            o.question.id for o in outcomes if _no_gold_in(answerer.documents, o)
        ),
        outcomes=outcomes,
    )


def _ask(answerer: Answerer, question: Question) -> Outcome:
    answer = answerer.ask(question.question, history=question.history, top_k=TOP_K)
    return Outcome(
        question=question, said=Said.from_answer(answer), judgement=judge(question, answer)
    )


def _no_gold_in(documents: Sequence[Document], outcome: Outcome) -> bool:
    """Tell whether no answer can be right: a slip in the question set, or another release's."""
    return (
        outcome.question.answerable
        and outcome.judgement.rank is None
        and not any(
            contains(document.text, gold)
            for document in documents
            for gold in outcome.question.answers
        )
    )
