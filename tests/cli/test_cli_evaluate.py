import json
from pathlib import Path

import pytest
from commanding import PROGRAM, complaint, run, run_process

from gloact_qa.evaluation.report import load_report

RIGHT = {"id": "r", "question": "Who designed the bridge?", "answers": ["Ada Fenwick"]}
REFUSED = {"id": "u", "question": "Who won the football match?", "answers": []}
WRONG = {"id": "w", "question": "Who designed the bridge?", "answers": ["Owen Castell"]}
TEXT = (
    "The bridge was designed by Ms. Ada Fenwick. Mr. Owen Castell, Mayor of Tarnstead, opened it."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a knowledge folder with one release and a question set."""
    (tmp_path / "bridge.txt").write_text(TEXT, "utf-8")
    write(tmp_path / "questions.jsonl", RIGHT, REFUSED)
    return tmp_path


def write(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), "utf-8")
    return path


def test_the_question_set_of_the_folder_is_asked(folder: Path) -> None:
    result = run("evaluate", "--knowledge", folder)
    assert result.exit_code == 0, result.output
    assert "100.0%" in result.stdout


def test_the_reports_are_written(folder: Path) -> None:
    mixed = write(folder / "mixed.jsonl", RIGHT, REFUSED, WRONG)
    as_json, as_html = folder / "report.json", folder / "report.html"
    arguments = ("evaluate", mixed, "--knowledge", folder, "--json", as_json, "--html", as_html)
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    report = load_report(as_json)
    assert [o.judgement.right for o in report.outcomes] == [True, True, False]
    assert report.overall.accuracy == pytest.approx(2 / 3)
    html = as_html.read_text("utf-8")
    assert html.lower().startswith("<!doctype html>")
    assert "Owen Castell" in html  # the failure, with what was expected
    assert "Owen Castell" in result.stdout


def test_an_earlier_report_is_compared(folder: Path) -> None:
    old, new = folder / "old.json", folder / "new.json"
    assert run("evaluate", "--knowledge", folder, "--json", old).exit_code == 0
    (folder / "bridge.txt").write_text("It rained in Oslo all day.", "utf-8")
    result = run("evaluate", "--knowledge", folder, "--json", new, "--compare", old)
    assert result.exit_code == 0, result.output
    assert "Worse: 1" in result.stdout
    assert "Better: 0" in result.stdout
    assert load_report(new).overall.accuracy == 0.5
    again = run("evaluate", "--knowledge", folder, "--compare", new)
    assert "Worse: 0" in again.stdout


@pytest.mark.parametrize(
    ("lines", "minimum", "status"),
    [
        ((RIGHT, WRONG), "0.5", 0),
        ((RIGHT, WRONG), "0.51", 1),
        ((RIGHT, REFUSED), "1", 0),
        ((WRONG,), "0", 0),
    ],
)
def test_accuracy_is_a_gate(
    folder: Path, lines: tuple[object, ...], minimum: str, status: int
) -> None:
    asked = write(folder / "gate.jsonl", *lines)
    result = run("evaluate", asked, "--knowledge", folder, "--min-accuracy", minimum)
    assert result.exit_code == status, result.output
    assert ("is below" in result.stderr) == bool(status)
    assert "Right" in result.stdout  # the report is shown all the same


@pytest.mark.parametrize("minimum", ["2", "-0.1", "high"])
def test_a_gate_that_is_none(folder: Path, minimum: str) -> None:
    result = run("evaluate", "--knowledge", folder, "--min-accuracy", minimum)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--min-accuracy" in result.stderr.splitlines()[-1]


def test_a_missing_question_set(folder: Path) -> None:
    missing = folder / "none.jsonl"
    line = complaint(run("evaluate", missing, "--knowledge", folder))
    assert line == f"{missing}: there is no such question set"
    (folder / "questions.jsonl").unlink()
    line = complaint(run("evaluate", "--knowledge", folder))
    assert line.startswith(f"{folder / 'questions.jsonl'}: ")


@pytest.mark.parametrize(
    "bad",
    ["{", "[]", '{"id": "a"}', '{"id": "a", "question": " ", "answers": []}', json.dumps(RIGHT)],
)
def test_a_malformed_question_set_is_named_with_its_line(folder: Path, bad: str) -> None:
    asked = write(folder / "bad.jsonl", RIGHT, "", bad)
    line = complaint(run("evaluate", asked, "--knowledge", folder))
    assert line.startswith(f"{asked}, line 3: ")


def test_an_earlier_report_that_is_none(folder: Path) -> None:
    missing = folder / "none.json"
    line = complaint(run("evaluate", "--knowledge", folder, "--compare", missing))
    assert line.startswith(f"{missing}: ")
    broken = write(folder / "broken.json", "{}")
    line = complaint(run("evaluate", "--knowledge", folder, "--compare", broken))
    assert line.startswith(f"{broken}: ")


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_report_that_cannot_be_written(folder: Path, option: str) -> None:
    path = folder / "none" / "report"
    result = run("evaluate", "--knowledge", folder, option, path)
    assert result.exit_code == 2
    last = result.stderr.splitlines()[-1]
    assert last.startswith(f"gloact-qa: {path}: cannot be written")


def test_the_releases_must_be_there(folder: Path, tmp_path: Path) -> None:
    missing = tmp_path / "none"
    asked = folder / "questions.jsonl"
    line = complaint(run("evaluate", asked, "--knowledge", missing))
    assert line.startswith(f"{missing}: ")


@pytest.mark.parametrize("library", ["rich", "ir_measures", "matplotlib"])
def test_without_the_extra_it_says_in_a_line_what_to_install(folder: Path, library: str) -> None:
    without = f"import sys; sys.modules[{library!r}] = None; {PROGRAM}"
    report = folder / "report.html"
    done = run_process("evaluate", "--knowledge", folder, "--html", report, program=without)
    assert "pip install 'gloact-qa[evaluate]'" in complaint(done)
