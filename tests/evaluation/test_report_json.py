import json
from pathlib import Path

import pytest
from evaluation_fakes import FakeBot, make_answer, make_question
from hypothesis import given
from hypothesis import strategies as st

from gloact_qa.evaluation.report import Report, ReportError, load_report
from gloact_qa.evaluation.run import evaluate

REPORT = evaluate(
    FakeBot({"who?": make_answer("She did.", "She"), "why?": make_answer(None)}),
    [make_question("who", "She", short=True, kind="direct"), make_question("why")],
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=50)


@given(
    said=TEXT,
    gold=TEXT.filter(str.strip),
    short=st.none() | TEXT,
    confidence=st.floats(0, 1),
    elapsed_ms=st.floats(0, 1e9),
)
def test_what_is_kept_is_read_back(
    said: str, gold: str, short: str | None, confidence: float, elapsed_ms: float
) -> None:
    answer = make_answer(said, short, confidence=confidence, elapsed_ms=elapsed_ms)
    report = evaluate(FakeBot({"q?": answer}), [make_question("q", gold, short=True)])
    assert Report.from_json(report.to_json()) == report


def test_the_schema_is_what_other_programs_read() -> None:
    kept = json.loads(REPORT.to_json())
    assert kept["schema_version"] == 1
    assert kept["overall"]["accuracy"] == 1
    assert list(kept["by_kind"]) == ["direct", "question"]
    assert kept["outcomes"][0]["question"]["answers"] == ["She"]
    assert kept["outcomes"][0]["said"]["short_answer"] == "She"
    assert kept["outcomes"][0]["judgement"] == {
        "right": True,
        "fault": None,
        "short_right": True,
        "exact_match": True,
        "f1": 1.0,
        "relevant_ranks": [1],
    }


def test_a_file_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(REPORT.to_json(), "utf-8")
    assert load_report(path) == REPORT


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not a report of this version: Invalid JSON"),
        (b"[]", "not a report of this version: "),
        (b"{}", "not a report of this version: version: Field required"),
        (
            REPORT.to_json().replace('"schema_version": 1', '"schema_version": 2').encode(),
            "not a report of this version: schema_version: Input should be 1",
        ),
        (
            REPORT.to_json().replace('"right": true', '"right": "so so"').encode(),
            "not a report of this version: outcomes.0.judgement.right: ",
        ),
        (b"\xff", "not UTF-8: byte 0"),
    ],
)
def test_a_file_that_is_no_report_is_named(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(ReportError) as raised:
        load_report(path)
    assert str(raised.value).startswith(f"{path}: {problem}")


def test_a_missing_report_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"none\.json: there is no such report"):
        load_report(tmp_path / "none.json")
    with pytest.raises(ReportError) as raised:
        load_report(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path}: cannot be read: ")
