"""Whether a sentence answers a case."""

from collections.abc import Iterable

from benchmarks.datasets import Case
from gloact_qa.evaluation.matching import contains
from gloact_qa.schema import Passage


def mentions_answer(text: str, answers: Iterable[str]) -> bool:
    """Tell whether a text has one of the answers."""
    return any(contains(text, answer) for answer in answers)


def is_right(case: Case, passage: Passage, sentence: str) -> bool:
    """Tell whether a sentence of a passage has an acceptable answer of the case.

    Where only one document answers, the passage must be that document's.
    """
    if case.document_id is not None and passage.document_id != case.document_id:
        return False
    return mentions_answer(sentence, case.answers)
