from pathlib import Path

import pytest
from commanding import complaint, run

pytest.importorskip("tantivy", reason="the extra `tantivy` is not installed")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GLOACT_QA_ENGINE", "tantivy")
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "bridge.md").write_text("The bridge was designed by Ms. Ada Fenwick.", "utf-8")
    return folder


def test_index_then_ask(folder: Path) -> None:
    built = run("index", "--knowledge", folder)
    assert (built.exit_code, built.stderr) == (0, "")
    assert built.stdout == "Releases: 1 in 1 passages; 1 added, 0 changed, 0 removed\n"
    assert "Fenwick" in run("ask", "Who designed the bridge?", "--knowledge", folder).stdout
    assert (folder.parent / ".gloact-qa-index" / "current.json").is_file()


def test_the_index_may_lie_elsewhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOACT_QA_INDEX", str(tmp_path / "elsewhere"))
    run("index", "--knowledge", folder)
    assert (tmp_path / "elsewhere" / "current.json").is_file()


@pytest.mark.parametrize("command", [("ask", "Who?"), ("evaluate",), ("serve", "--port", "0")])
def test_without_an_index_there_is_no_answer(folder: Path, command: tuple[str, ...]) -> None:
    (folder / "questions.jsonl").write_text('{"id": "1", "question": "Who?", "answers": []}\n')
    said = complaint(run(*command, "--knowledge", folder))
    assert said.endswith("there is no index; run `gloact-qa index`")


def test_rank_bm25_has_no_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOACT_QA_ENGINE", "rank-bm25")
    assert "keeps no index" in complaint(run("index", "--knowledge", folder))


def test_an_unknown_engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOACT_QA_ENGINE", "lucene")
    assert complaint(run("index", "--knowledge", folder)).startswith("GLOACT_QA_ENGINE: ")


def test_an_engine_that_is_not_installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gloact_qa.retrieval.engines._LIBRARIES", {"tantivy": "no_such_library"})
    for command in (("index",), ("ask", "Who?")):
        said = complaint(run(*command, "--knowledge", folder))
        assert said.endswith("the engine is not installed; pip install 'gloact-qa[tantivy]'")


def test_a_folder_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOACT_QA_INDEX", str(folder / "bridge.md"))
    assert "cannot be written" in complaint(run("index", "--knowledge", folder))
