import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloact_qa.errors import QuestionSetError
from gloact_qa.evaluation.questions import Question, load_questions
from gloact_qa.schema import Turn

LINE = {"id": "a", "question": "Who?", "answers": ["She"]}


def write_lines(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), "utf-8")
    return path


def write_squad(folder: Path, *qas: dict[str, Any]) -> Path:
    path = folder / "squad.json"
    squad = {"version": "v2.0", "data": [{"paragraphs": [{"context": "…", "qas": qas}]}]}
    path.write_text(json.dumps(squad), "utf-8")
    return path


def test_a_line_needs_three_keys_only(tmp_path: Path) -> None:
    (question,) = load_questions(write_lines(tmp_path, LINE))
    assert question == Question(id="a", question="Who?", answers=("She",))
    assert (question.history, question.kind, question.short, question.expects) == (
        (),
        "question",
        None,
        None,
    )


def test_all_keys_are_read(tmp_path: Path) -> None:
    history = [{"question": "What?", "answer": "That."}, {"question": "Why?"}]
    line = {**LINE, "kind": "followup", "short": True, "expects": "person", "history": history}
    (question,) = load_questions(write_lines(tmp_path, line))
    assert (question.kind, question.short, question.expects) == ("followup", True, "person")
    assert question.history == (Turn(question="What?", answer="That."), Turn(question="Why?"))


def test_without_answers_a_question_is_unanswerable(tmp_path: Path) -> None:
    lines = LINE, {"id": "b", "question": "Why?", "answers": []}
    first, second = load_questions(write_lines(tmp_path, *lines))
    assert first.answerable
    assert not second.answerable


def test_a_set_from_another_editor_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    line = json.dumps({**LINE, "question": " Who\u2028spoke? "}, ensure_ascii=False)
    path.write_bytes(b"\xef\xbb\xbf\r\n" + line.encode() + b"\r\n\r\n")
    (question,) = load_questions(path)
    assert question.question == "Who\u2028spoke?"


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(
    lambda text: text == text.strip() != ""
)
QUESTIONS = st.builds(
    Question,
    id=TEXTS,
    question=TEXTS,
    answers=st.lists(TEXTS, max_size=3).map(tuple),
    history=st.lists(
        st.builds(Turn, question=TEXTS, answer=st.text(st.characters(codec="utf-8"))), max_size=3
    ).map(tuple),
    kind=TEXTS,
    short=st.sampled_from([True, False, None]),
    expects=st.none() | TEXTS,
)


@given(
    questions=st.lists(QUESTIONS, min_size=1, max_size=5, unique_by=lambda q: q.id),
    ascii_only=st.booleans(),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, questions: list[Question], ascii_only: bool
) -> None:
    lines = [json.dumps(q.model_dump(), ensure_ascii=ascii_only) for q in questions]
    path = write_lines(tmp_path_factory.mktemp("set"), *lines)
    assert load_questions(path) == tuple(questions)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", ", line 2: not JSON: Expecting property name"),
        ('["a"]', ', line 2: expected an object {"id", "question", "answers"}, found ["a"]'),
        ("12", ", line 2: expected an object"),
        ("9" * 5000, ", line 2: JSON that cannot be read"),
        ("[" * 100_000, ", line 2: JSON that cannot be read"),
        ({"question": "Why?", "answers": []}, ", line 2: id: Field required"),
        ({"id": "b", "answers": []}, ", line 2: question: Field required"),
        ({"id": "b", "question": "Why?"}, ", line 2: answers: Field required"),
        ({"id": 7, "question": "Why?", "answers": []}, ", line 2: id: "),
        ({"id": "b", "question": "Why?", "answers": "So"}, ", line 2: answers: "),
        ({"id": "b", "question": "Why?", "answers": ["So", 1]}, ", line 2: answers.1: "),
        ({"id": "b", "question": "Why?", "answers": [" "]}, ", line 2: answers.0: "),
        ({"id": "b", "question": " ", "answers": []}, ", line 2: question: "),
        ({"id": "b", "question": "y" * 1001, "answers": []}, ", line 2: question: "),
        ({"id": "b", "question": "\ud800", "answers": []}, ", line 2: question: "),
        ({**LINE, "id": "b", "short": "yes"}, ", line 2: short: "),
        ({**LINE, "id": "b", "history": [{"answer": "…"}]}, ", line 2: history.0.question: "),
        ({**LINE, "id": "b", "history": [{"question": "?"}] * 21}, ", line 2: history: "),
        ({**LINE, "id": "b", "anwsers": []}, ", line 2: unknown key 'anwsers'; known are id, "),
        (LINE, ", line 2: id 'a' is that of another question too: "),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: object, problem: str) -> None:
    path = write_lines(tmp_path, LINE, line)
    with pytest.raises(QuestionSetError) as raised:
        load_questions(path)
    assert str(raised.value).startswith(f"{path}{problem}")
    assert "\n" not in str(raised.value)


def test_the_line_of_a_byte_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(json.dumps(LINE).encode() + b'\n{"id": "Pe\xf1a"}')
    with pytest.raises(QuestionSetError, match=r"set\.jsonl, line 2: not UTF-8: byte \d+ is 0xf1"):
        load_questions(path)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_set_is_refused(tmp_path: Path, text: str) -> None:
    path = write_lines(tmp_path, text)
    with pytest.raises(QuestionSetError, match=r"set\.jsonl: no question"):
        load_questions(path)


def test_a_missing_set_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"none\.jsonl: there is no such question set"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionSetError) as raised:
        load_questions(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path}: cannot be read: ")


def test_squad_1_is_read(tmp_path: Path) -> None:
    answers = [{"text": text, "answer_start": 3} for text in ("France", "France", " in France ")]
    path = write_squad(tmp_path, {"id": "x", "question": "Where?", "answers": answers})
    (question,) = load_questions(path)
    assert question == Question(id="x", question="Where?", answers=("France", "in France"))


def test_squad_2_is_read(tmp_path: Path) -> None:
    answered = {"id": "x", "question": "Who?", "answers": [{"text": "She"}], "is_impossible": False}
    impossible = {
        "id": "y",
        "question": "Who else?",
        "answers": [],
        "plausible_answers": [{"text": "He"}],
        "is_impossible": True,
    }
    first, second = load_questions(write_squad(tmp_path, answered, impossible))
    assert first.answers == ("She",)
    assert not second.answerable


QA = "data[0].paragraphs[0].qas[0]"


@pytest.mark.parametrize(
    ("qa", "problem"),
    [
        ({"question": "Who?", "answers": [{"text": "She"}]}, f"{QA}: id: Field required"),
        ({"id": "x", "question": "", "answers": [{"text": "She"}]}, f"{QA}: question: "),
        ({"id": "x", "question": "Who?", "answers": "She"}, f"{QA}.answers: expected a list"),
        ({"id": "x", "question": "Who?", "answers": ["She"]}, f"{QA}.answers[0]: expected an ob"),
        ({"id": "x", "question": "Who?", "answers": [{}]}, f"{QA}: answers.0: "),
        ({"id": "x", "question": "Who?", "answers": []}, f"{QA}: no answers, yet is_impossible"),
        (
            {"id": "x", "question": "Who?", "answers": [{"text": "She"}], "is_impossible": True},
            f"{QA}: 1 answers, yet is_impossible is true",
        ),
        (
            {"id": "x", "question": "Who?", "answers": [], "is_impossible": "yes"},
            f"{QA}: is_impossible: expected true or false",
        ),
    ],
)
def test_the_path_of_a_malformed_squad_question_is_named(
    tmp_path: Path, qa: dict[str, Any], problem: str
) -> None:
    path = write_squad(tmp_path, qa)
    with pytest.raises(QuestionSetError) as raised:
        load_questions(path)
    assert str(raised.value).startswith(f"{path}: {problem}")


def test_two_squad_questions_with_one_id_are_both_named(tmp_path: Path) -> None:
    qa = {"id": "x", "question": "Who?", "answers": [{"text": "She"}]}
    with pytest.raises(QuestionSetError, match=r"qas\[1\]: id 'x' .*qas\[0\]"):
        load_questions(write_squad(tmp_path, qa, qa))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{\n"data": [\n}', ", line 3: not JSON: "),
        ("[]", ": expected SQuAD's JSON"),
        (json.dumps(LINE), ": expected SQuAD's JSON"),
        ('{"data": {}}', ": data: expected a list"),
        ('{"data": [1]}', ": data[0]: expected an object"),
        ('{"data": [{}]}', ": data[0].paragraphs: expected a list"),
        ('{"data": [{"paragraphs": [{}]}]}', ": data[0].paragraphs[0].qas: expected a list"),
        ('{"data": []}', ": no question in this file"),
    ],
)
def test_json_that_is_not_squads_is_named(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "squad.json"
    path.write_text(text, "utf-8")
    with pytest.raises(QuestionSetError) as raised:
        load_questions(path)
    assert str(raised.value).startswith(f"{path}{problem}")
