import json
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest
from click.testing import Result
from commanding import PROGRAM, complaint, run, run_process

from gloact_qa.cli import main
from gloact_qa.schema import MAX_QUESTION_LENGTH, MAX_TURNS, Answer

QUESTION = "Who moderated the event?"
BRIDGE = """---
title: The bridge
date: 2023-03-14
url: https://tht.example/bridge
---
The bridge was designed by Ms. Ada Fenwick, chief engineer of the harbour trust. It is open to all.
"""


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """Return a knowledge folder with one release."""
    (tmp_path / "bridge.md").write_text(BRIDGE, "utf-8")
    return tmp_path


def answers(result: Result) -> list[Answer]:
    """Return what a run with --json printed."""
    assert result.exit_code == 0, result.output
    return [Answer.model_validate_json(line) for line in result.stdout.splitlines()]


def test_an_answer_for_people() -> None:
    done = run_process("ask", QUESTION)
    assert (done.returncode, done.stderr) == (0, "")
    short, answer, where, link = done.stdout.splitlines()
    assert short == "Alena Kupchyna"
    assert answer.startswith("The event, moderated by H.E. Alena Kupchyna")
    assert "EU-UNODC cooperation" in where
    assert "2019-05-29" in where
    assert link.strip().startswith("https://www.unodc.org/")


def test_an_answer_as_json_is_that_of_the_service() -> None:
    done = run_process("ask", f"  {QUESTION} ", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    given = json.loads(done.stdout)
    answer = Answer.model_validate(given)
    assert list(given) == list(Answer.model_fields)
    assert answer.question == QUESTION
    assert answer.short_answer == "Alena Kupchyna"
    assert len(answer.sources) == 3


def test_a_refusal_for_people() -> None:
    result = run("ask", "Who won the football match?")
    assert (result.exit_code, result.stdout) == (0, "The releases do not say.\n")


def test_another_folder(bridge: Path) -> None:
    (answer,) = answers(run("ask", "Who designed the bridge?", "--json", "--knowledge", bridge))
    assert answer.short_answer == "Ada Fenwick"
    assert answer.sources[0].document_id == "bridge"


def test_the_folder_of_the_settings(bridge: Path) -> None:
    done = run_process("ask", "Who designed the bridge?", knowledge=str(bridge))
    assert done.stdout.startswith("Ada Fenwick\n")


def test_a_conversation_by_pipe(bridge: Path) -> None:
    typed = "Who designed the bridge?\nAnd what is her position?\n\nIs this still read?\n"
    done = run_process("ask", "--knowledge", bridge, typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Ada Fenwick"
    (understood,) = (line for line in lines if line.startswith("Understood as: "))
    assert understood == "Understood as: what is Ada Fenwick's position?"
    assert lines[lines.index(understood) + 1].startswith("chief engineer")
    assert "The releases do not say." not in lines


def test_a_conversation_as_json(bridge: Path) -> None:
    typed = "Hello\nWho designed the bridge?\r\nWhat is her position?"
    hello, first, last = answers(run("ask", "--json", "--knowledge", bridge, typed=typed))
    assert first.short_answer == "Ada Fenwick"
    assert not hello.answered
    assert last.question == "What is her position?"
    assert last.short_answer is not None
    assert last.short_answer.startswith("chief engineer")


def test_a_conversation_is_remembered_beyond_the_last_turn(bridge: Path) -> None:
    typed = "Who designed the bridge?\nIs it open to all?\nWhen was it painted?\n"
    _, between, last = answers(run("ask", "--json", "--knowledge", bridge, typed=typed))
    assert "bridge" not in between.answer
    assert last.interpreted_as.startswith("When was the bridge ")


def test_a_conversation_may_be_longer_than_its_history(bridge: Path) -> None:
    typed = "Who designed the bridge?\n" * (MAX_TURNS + 3)
    assert len(answers(run("ask", "--json", "--knowledge", bridge, typed=typed))) == MAX_TURNS + 3


def test_no_conversation() -> None:
    result = run("ask", typed="")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_bad_line_does_not_end_the_conversation(bridge: Path) -> None:
    typed = f"{'x' * (MAX_QUESTION_LENGTH + 1)}\nWho designed the bridge?\n"
    result = run("ask", "--json", "--knowledge", bridge, typed=typed)
    (answer,) = answers(result)
    assert answer.short_answer == "Ada Fenwick"
    (line,) = result.stderr.splitlines()
    assert str(MAX_QUESTION_LENGTH) in line


@pytest.mark.parametrize(
    ("question", "wrong"),
    [("", "at least 1"), (" \n", "at least 1"), ("x" * 1001, "at most 1000")],
)
def test_a_question_that_is_none(question: str, wrong: str) -> None:
    result = run("ask", question)
    assert (result.exit_code, result.stdout) == (2, "")
    last = result.stderr.splitlines()[-1]
    assert "question" in last
    assert wrong in last


def test_a_question_of_the_greatest_length(bridge: Path) -> None:
    (answer,) = answers(run("ask", "x" * MAX_QUESTION_LENGTH, "--json", "--knowledge", bridge))
    assert not answer.answered


def test_a_missing_folder_ends_with_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    done = run_process("ask", QUESTION, "--knowledge", folder)
    assert complaint(done) == f"{folder}: there is no such knowledge folder"
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("a.md", b"caf\xe9", "not UTF-8"),
        ("a.md", b"---\ntitle: [\n---\nText.", "line 2: front matter is not YAML"),
        ("a.md", b"---\ntitle: a\n", "the closing line '---' is missing"),
        ("a.md", b"---\ndate: soon\n---\nText.", "front matter: date"),
        ("a.md", b" \n", "no text"),
        ("bridge.txt", b"Text.", "another file of the folder has the id 'bridge' too"),
        ("synonyms.txt", b"# words\nalone\n", ", line 2: expected"),
    ],
)
def test_broken_knowledge_ends_with_one_line(
    bridge: Path, name: str, content: bytes, wrong: str
) -> None:
    (bridge / name).write_bytes(content)
    line = complaint(run("ask", QUESTION, "--knowledge", bridge))
    assert line.startswith(str(bridge / name))
    assert wrong in line


def test_a_file_or_nothing_in_place_of_a_folder(bridge: Path) -> None:
    empty = bridge / "empty"
    empty.mkdir()
    assert complaint(run("ask", "--knowledge", empty)).startswith(f"{empty}: no release")
    file = bridge / "bridge.md"
    assert complaint(run("ask", "--knowledge", file)).startswith(f"{file}: cannot be read")


@pytest.mark.parametrize("command", ["ask", "serve", "evaluate"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "abc"),
        ("port", "70000"),
        ("k1", "x"),
        ("min_confidence", "2"),
        ("passage_size", "5"),
    ],
)
def test_a_bad_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, command: str, name: str, value: str
) -> None:
    variable = f"GLOACT_QA_{name.upper()}"
    monkeypatch.setenv(variable, value)
    assert complaint(run(command)).startswith(f"{variable}: ")


def test_a_bad_setting_shows_no_traceback() -> None:
    assert complaint(run_process("ask", QUESTION, port="abc")).startswith("GLOACT_QA_PORT: ")


def test_asking_imports_neither_the_web_application_nor_the_evaluation() -> None:
    watched = """
import sys
from gloact_qa.cli import main
main(sys.argv[1:], standalone_mode=False)
heavy = {"fastapi", "starlette", "uvicorn", "matplotlib", "sklearn", "ir_measures", "rich"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
    assert "main" in PROGRAM  # the same program, watched
    done = run_process("ask", QUESTION, program=watched)
    assert done.stdout.startswith("Alena Kupchyna\n")
    assert done.stderr.strip() == "[]"


def test_the_command_is_installed() -> None:
    (command,) = entry_points(group="console_scripts", name="gloact-qa")
    assert command.load() is main


def test_the_version() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert version("gloact-qa") in result.stdout


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_names_the_commands(option: str) -> None:
    result = run(option)
    assert result.exit_code == 0
    for command in ("ask", "serve", "evaluate"):
        assert command in result.stdout
        own = run(command, option)
        assert own.exit_code == 0
        assert "--knowledge" in own.stdout


@pytest.mark.parametrize("arguments", [["answer"], ["ask", "--topk"], ["ask", "a", "b"]])
def test_a_command_that_is_none(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert arguments[-1] in result.stderr.splitlines()[-1]


def test_an_answer_needs_nothing_of_the_web() -> None:
    program = f"import atexit, sys\natexit.register(lambda: print(*sys.modules))\n{PROGRAM}"
    done = run_process("ask", "Who moderated the event?", program=program)
    modules = done.stdout.split()
    loaded = {module.partition(".")[0] for module in modules}
    assert "gloact_qa.answering.bot" in modules
    assert "gloact_qa.service" not in modules
    web = {"fastapi", "starlette", "uvicorn", "uvloop", "httptools", "prometheus_client"}
    assert not loaded & {*web, "watchfiles", "limits"}
