"""Whether an answer is right."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from gloact_qa.evaluation.matching import contains
from gloact_qa.evaluation.questions import Question
from gloact_qa.evaluation.squad_metrics import exact_match, token_f1
from gloact_qa.schema import Answer
from gloact_qa.text.sentences import paragraphs, sentences

# A whole paragraph contains many answers; to quote it is not to answer.
MAX_SENTENCES = 3
MAX_CHARACTERS = 600
_MIN_F1_OF_A_PART = 0.5


class Fault(StrEnum):
    """What is wrong with an answer."""

    REFUSED = "refused"
    NOT_REFUSED = "not_refused"
    NO_GOLD_ANSWER = "no_gold_answer"
    TOO_LONG = "too_long"
    NOT_VERBATIM = "not_verbatim"


class Judgement(BaseModel):
    """How one answer did; None where a measure does not apply to its question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    right: bool
    fault: Fault | None = Field(description="Why it is not right; null when it is.")
    short_right: bool | None = Field(description="Only where a short answer is expected.")
    exact_match: bool | None = Field(description="SQuAD's, of the short answer.")
    f1: float | None = Field(ge=0, le=1, description="SQuAD's token F1 of the short answer.")
    relevant_ranks: tuple[int, ...] = Field(
        description="Ranks, from 1, of the sources whose snippet contains a gold answer."
    )

    @property
    def rank(self) -> int | None:
        """The rank of the first source that contains a gold answer; None if none does."""
        return self.relevant_ranks[0] if self.relevant_ranks else None


def judge(question: Question, answer: Answer) -> Judgement:
    """Judge an answer by the gold answers of its question.

    It is right when the releases do not answer and it says so; or when it contains a
    gold answer, stands verbatim in its first source and is no longer than
    MAX_SENTENCES and MAX_CHARACTERS. Exact match and F1 are of the short answer, an
    absent one being empty, unless the question is unanswerable or wants the sentence.
    """
    fault = _fault(question, answer)
    scored = question.answerable and question.short is not False
    short = answer.short_answer or ""
    return Judgement(
        right=fault is None,
        fault=fault,
        short_right=_short_right(short, question.answers) if scored and question.short else None,
        exact_match=exact_match(short, question.answers) if scored else None,
        f1=token_f1(short, question.answers) if scored else None,
        relevant_ranks=tuple(
            rank
            for rank, source in enumerate(answer.sources, start=1)
            if _contains_any(source.snippet, question.answers)
        ),
    )


def _fault(question: Question, answer: Answer) -> Fault | None:
    if not question.answerable:
        return Fault.NOT_REFUSED if answer.answered else None
    if not answer.answered:
        return Fault.REFUSED
    if not _contains_any(answer.answer, question.answers):
        return Fault.NO_GOLD_ANSWER
    if not answer.sources or answer.answer not in answer.sources[0].snippet:
        return Fault.NOT_VERBATIM
    if len(answer.answer) > MAX_CHARACTERS or _sentences_in(answer.answer) > MAX_SENTENCES:
        return Fault.TOO_LONG
    return None


def _short_right(short: str, golds: Sequence[str]) -> bool:
    """Tell whether a short answer is a gold one, has one in it, or is a good part of one."""
    if exact_match(short, golds) or _contains_any(short, golds):
        return True
    return any(
        contains(gold, short) and token_f1(short, [gold]) >= _MIN_F1_OF_A_PART for gold in golds
    )


def _contains_any(text: str, golds: Sequence[str]) -> bool:
    return any(contains(text, gold) for gold in golds)


def _sentences_in(text: str) -> int:
    return sum(1 for start, end in paragraphs(text) for _ in sentences(text[start:end]))
