"""What is done otherwise when there are many passages."""

import logging
from pathlib import Path

import pytest
from stored import alone, make_passage, on_disk

from gloact_qa.answering.bot import build_bot
from gloact_qa.schema import Document
from gloact_qa.settings import Settings


def test_rank_bm25_says_once_that_it_gets_slow(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("gloact_qa.retrieval.in_memory.SLOW_FROM", 2)
    documents = [
        Document(document_id=str(number), title="", text=f"The quay {number} was opened.")
        for number in range(3)
    ]
    with caplog.at_level(logging.WARNING):
        build_bot(documents[:2], Settings())
        assert caplog.messages == []
        build_bot(documents, Settings())
    (line,) = caplog.messages
    assert line.startswith("3 passages")
    assert "GLOACT_QA_ENGINE=tantivy" in line


def test_few_terms_find_and_all_rank(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    passages = [make_passage(i, ["common", "word"]) for i in range(20)]
    passages.append(make_passage(20, ["rare", "word"]))
    passages.append(make_passage(21, ["rare", "word", "common"]))
    query = {"rare": 1.0, "common": 1.0, "word": 0.1}
    index = on_disk(alone(passages), Settings(), tmp_path).index
    wanted = index.search(query, 2)
    monkeypatch.setattr("gloact_qa.retrieval.tantivy_index._LARGE", 1)
    monkeypatch.setattr("gloact_qa.retrieval.tantivy_index._SOUGHT", 1)
    assert index.search(query, 2) == wanted
    assert len(index.search(query, 10)) == 2  # those that have the word which says most
