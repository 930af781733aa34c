"""Example questions for a newcomer: from the question set, and only such as get answered."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from gloact_qa.evaluation.matching import contains
from gloact_qa.evaluation.questions import Question, load_questions
from gloact_qa.schema import Answer

MAX_EXAMPLES = 6
# Asked of the bot at most, so that a question set of any size costs little.
_MAX_TRIED = 60


class Answerer(Protocol):
    """What answers questions, such as the bot."""

    def ask(self, question: str, /) -> Answer:
        """Answer a question."""
        ...


def find_examples(bot: Answerer, question_set: Path) -> tuple[str, ...]:
    """Return up to MAX_EXAMPLES questions that the bot answers rightly, short ones first.

    They differ in what they ask for (a person, a date, ...) as far as the set says so.
    Without a question set there are none. Raises QuestionSetError when it is malformed.
    """
    if not question_set.is_file():
        return ()
    candidates = sorted(
        (question for question in load_questions(question_set) if _suits(question)),
        key=lambda question: len(question.question),
    )
    found: list[str] = []
    for question in _vary(candidates[:_MAX_TRIED]):
        if len(found) == MAX_EXAMPLES:
            break
        answer = bot.ask(question.question)
        if answer.answered and any(contains(answer.answer, gold) for gold in question.answers):
            found.append(question.question)
    return tuple(found)


def _suits(question: Question) -> bool:
    """Tell whether it stands on its own and is put in a proper sentence, where sets say so."""
    return question.answerable and not question.history and question.kind in ("direct", "question")


def _vary(questions: Iterable[Question]) -> Iterator[Question]:
    """Yield the first question of each expected answer type, then the second of each, ..."""
    by_type: dict[str | None, list[Question]] = {}
    for question in questions:
        by_type.setdefault(question.expects, []).append(question)
    groups = list(by_type.values())
    for turn in range(max(map(len, groups), default=0)):
        yield from (group[turn] for group in groups if turn < len(group))
