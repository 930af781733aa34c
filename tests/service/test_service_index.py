"""What `gloact-qa index` makes is served while the service runs."""

import time
from pathlib import Path

import httpx
import pytest
from exchanging import within

from gloact_qa.retrieval.updating import update_index
from gloact_qa.settings import Settings
from serving import run_server

pytest.importorskip("tantivy", reason="the extra `tantivy` is not installed")

PROMISED = 2.0  # seconds within which an index is taken up


def test_a_new_index_is_taken_up(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "bridge.md").write_text("The bridge was designed by Ms. Ada Fenwick.", "utf-8")
    settings = Settings(knowledge=folder, engine="tantivy")
    update_index(settings)
    with run_server(folder, engine="tantivy") as server:

        def answer() -> str:
            asked = httpx.post(f"{server}/ask", json={"question": "Who designed the bridge?"})
            return str(asked.json()["answer"])

        assert "Fenwick" in answer()
        (folder / "bridge.md").write_text("The bridge was designed by Ms. Ines Albano.", "utf-8")
        (folder / "tunnel.md").write_text("The tunnel was dug by Mr. Omar Reyes.", "utf-8")
        time.sleep(1)
        assert "Fenwick" in answer()  # not before it is indexed
        update_index(settings)
        assert within(PROMISED, lambda: "Albano" in answer())
        listed = httpx.get(f"{server}/documents").json()
        assert [document["document_id"] for document in listed] == ["bridge", "tunnel"]
        assert httpx.get(f"{server}/documents/tunnel").json()["text"].startswith("The tunnel")
        (settings.index_folder / "current.json").unlink()
        time.sleep(1)
        assert "Albano" in answer()  # what is open goes on
