"""Question sets: what to ask, and what the releases say to it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, ValidationError

from gloact_qa.errors import QuestionSetError
from gloact_qa.evaluation.squad import squad_items
from gloact_qa.schema import MAX_ANSWER_LENGTH, MAX_TURNS, QuestionText, Turn

_Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Gold = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_ANSWER_LENGTH)
]


class Question(BaseModel):
    """A question with its gold answers; without any, the releases do not answer it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: _Label
    question: QuestionText
    answers: tuple[_Gold, ...] = Field(description="Each is right; empty: they do not say.")
    history: tuple[Turn, ...] = Field(
        default=(), max_length=MAX_TURNS, description="The conversation before, oldest first."
    )
    kind: _Label = Field(default="question", description="The report has a row for each kind.")
    short: StrictBool | None = Field(
        default=None,
        description="True: a short answer is expected; false: the sentence is the answer; "
        "null: not known, a short answer is scored but not required.",
    )
    expects: _Label | None = Field(default=None, description="The expected answer type.")

    @property
    def answerable(self) -> bool:
        """Whether the releases answer it."""
        return bool(self.answers)


def load_questions(path: Path) -> tuple[Question, ...]:
    """Read a question set: a ``.json`` file as SQuAD (v1 or v2), any other as JSON Lines.

    A line is ``{"id", "question", "answers": [...]}`` and optionally ``history``,
    ``kind``, ``short`` and ``expects``; blank lines are skipped. Raises
    QuestionSetError, naming the file and the line or the path within the JSON, when
    the set cannot be read, is malformed or empty, breaks a limit of ``POST /ask`` or
    has an id twice.
    """
    text = _read(path)
    items = _squad(text, path) if path.suffix.lower() == ".json" else _json_lines(text, path)
    questions: dict[str, Question] = {}
    places: dict[str, str] = {}
    for where, item in items:
        question = _question(item, f"{path}{where}")
        if question.id in questions:
            raise QuestionSetError(
                f"{path}{where}: id {question.id!r} is that of another question too: "
                f"{path}{places[question.id]}"
            )
        questions[question.id] = question
        places[question.id] = where
    if not questions:
        raise QuestionSetError(f"{path}: no question in this file")
    return tuple(questions.values())


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise QuestionSetError(f"{path}: there is no such question set") from error
    except OSError as error:
        raise QuestionSetError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise QuestionSetError(
            f"{path}, line {line}: not UTF-8: byte {error.start} is "
            f"0x{error.object[error.start]:02x}"
        ) from error


def _json_lines(text: str, path: Path) -> Iterator[tuple[str, object]]:
    # Not splitlines(): a string of JSON may contain the other line separators.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f", line {number}", _parse(line, path, number)


def _squad(text: str, path: Path) -> Iterator[tuple[str, object]]:
    for where, item in squad_items(_parse(text, path), str(path)):
        yield f": {where}", item


def _parse(text: str, path: Path, line: int = 1) -> object:
    """Parse JSON that begins at a line of the file."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise QuestionSetError(
            f"{path}, line {line + error.lineno - 1}: not JSON: {error.msg} (column {error.colno})"
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deep; a number too long
        raise QuestionSetError(f"{path}, line {line}: JSON that cannot be read: {error}") from error


def _question(item: object, where: str) -> Question:
    if not isinstance(item, dict):
        raise QuestionSetError(
            f'{where}: expected an object {{"id", "question", "answers"}}, '
            f"found {json.dumps(item)[:60]}"
        )
    try:
        return Question.model_validate(item)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(map(str, problem["loc"]))
        if problem["type"] == "extra_forbidden":
            known = ", ".join(Question.model_fields)
            raise QuestionSetError(f"{where}: unknown key {field!r}; known are {known}") from error
        raise QuestionSetError(f"{where}: {field}: {problem['msg']}") from error
