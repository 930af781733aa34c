"""The knowledge folder changes while it is served."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from exchanging import within

from serving import Running, run_server

PROMISED = 2.0  # seconds within which a change is served
DESIGNER = "Who designed the bridge?"
NAMES = ("Fenwick", "Albano", "Reyes", "Okafor")


def replace(file: Path, text: str) -> None:
    """Write a file as editors do: under another name first."""
    draft = file.with_name(f".{file.name}.draft")
    draft.write_text(text, "utf-8")
    draft.replace(file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("knowledge")
    (folder / "bridge.md").write_text("The bridge was designed by Ms. Ada Fenwick.", "utf-8")
    return folder


@pytest.fixture(scope="module")
def newsroom(folder: Path) -> Iterator[Running]:
    with run_server(folder) as server:
        yield server


def answer(server: Running, question: str = DESIGNER) -> str:
    asked = httpx.post(f"{server}/ask", json={"question": question}).json()
    return asked["answer"] if asked["answered"] else ""


def releases(server: Running) -> set[str]:
    return {document["document_id"] for document in httpx.get(f"{server}/documents").json()}


def refused(server: Running) -> str:
    ready = httpx.get(f"{server}/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"
    return ready.json().get("refused", "")


def test_a_bad_file_is_refused_until_it_is_mended(newsroom: Running, folder: Path) -> None:
    for name, bad, reason in (
        ("tunnel.md", "---\ndate: soon\n---\nThe tunnel was dug by Mr. Omar Reyes.", "date"),
        ("synonyms.txt", "a => b => c", "line 1"),
        ("questions.jsonl", "{broken", "line 1"),
    ):
        file = folder / name
        file.write_text(bad, "utf-8")
        assert within(PROMISED, lambda path=str(file): path in refused(newsroom))
        assert reason in refused(newsroom)
        assert within(1, lambda path=str(file): path in "".join(newsroom.log))
        assert "Fenwick" in answer(newsroom)
        assert releases(newsroom) == {"bridge"}
        file.unlink()
        assert within(PROMISED, lambda: refused(newsroom) == "")
    assert "Traceback" not in "".join(newsroom.log)


def test_every_change_is_served(newsroom: Running, folder: Path) -> None:
    refusals = [line for line in newsroom.log if "refused" in line]
    (folder / "tunnel.txt").write_text("The tunnel was dug by Mr. Omar Reyes.", "utf-8")
    assert within(PROMISED, lambda: releases(newsroom) == {"bridge", "tunnel"})
    assert "Reyes" in answer(newsroom, "Who dug the tunnel?")

    replace(folder / "bridge.md", "The bridge was designed by Ms. Ines Albano.")
    assert within(PROMISED, lambda: "Albano" in answer(newsroom))

    (folder / "tunnel.txt").unlink()
    assert within(PROMISED, lambda: releases(newsroom) == {"bridge"})

    of_the_bridge = "What is known of the overgang?"
    assert answer(newsroom, of_the_bridge) == ""
    (folder / "synonyms.txt").write_text("overgang, bridge", "utf-8")
    assert within(PROMISED, lambda: "Albano" in answer(newsroom, of_the_bridge))

    assert httpx.get(f"{newsroom}/examples").json() == []
    asked = {"id": "1", "question": DESIGNER, "answers": ["Ines Albano"]}
    (folder / "questions.jsonl").write_text(json.dumps(asked), "utf-8")
    assert within(PROMISED, lambda: httpx.get(f"{newsroom}/examples").json() == [DESIGNER])

    with (folder / "parts.md").open("w", encoding="utf-8") as file:
        for part in ("---\ntit", "le: Canal\n", "---\n", "The canal was dug ", "by Mr. Okafor."):
            file.write(part)
            file.flush()
            time.sleep(0.05)
    assert within(PROMISED, lambda: "Okafor" in answer(newsroom, "Who dug the canal?"))
    assert refusals == [line for line in newsroom.log if "refused" in line]


def test_a_folder_may_vanish_and_another_come_into_its_place(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in NAMES]
    for folder in folders:
        folder.mkdir()
        text = f"The bridge was designed by Ms. Ada {folder.name}."
        (folder / "bridge.md").write_text(text, "utf-8")
    link, coming = tmp_path / "current", tmp_path / "next"
    link.symlink_to(folders[0])
    with run_server(link) as server:
        assert NAMES[0] in answer(server)
        coming.symlink_to(folders[1])
        coming.replace(link)
        assert within(PROMISED, lambda: NAMES[1] in answer(server))

        link.unlink()
        assert within(PROMISED, lambda: str(link) in refused(server))
        assert NAMES[1] in answer(server)
        folders[2].rename(link)
        assert within(PROMISED, lambda: NAMES[2] in answer(server))
        assert refused(server) == ""

        # It is watched as the first one was.
        replace(link / "bridge.md", "The bridge was designed by Mr. Rex Whistler.")
        assert within(PROMISED, lambda: "Whistler" in answer(server))
        shutil.rmtree(link)
        assert within(PROMISED, lambda: str(link) in refused(server))
        assert "Whistler" in answer(server)


def test_a_request_meets_one_edition_only(tmp_path: Path) -> None:
    """Fifty at a time, throughout: none fails, none has the old and the new in one answer."""

    def edition(number: int) -> str:
        text = f"The bridge was designed by Ms. Ada {NAMES[number]}."
        return f"---\ntitle: Edition {number}\n---\n{text}"

    replace(tmp_path / "bridge.md", edition(0))
    ended = threading.Event()
    seen: set[str] = set()
    wrong: list[Exception] = []

    def ask_on(server: str) -> None:
        with httpx.Client(base_url=server, timeout=10) as client:
            while not ended.is_set():
                try:
                    asked = client.post("/ask", json={"question": DESIGNER})
                    [source] = asked.raise_for_status().json()["sources"]
                    name = NAMES[int(source["title"].removeprefix("Edition "))]
                    assert name in asked.json()["answer"]
                    assert name in source["snippet"]
                    seen.add(name)
                except Exception as error:
                    wrong.append(error)
                    return

    with run_server(tmp_path) as server:
        threads = [threading.Thread(target=ask_on, args=[server]) for _ in range(50)]
        for thread in threads:
            thread.start()
        assert within(PROMISED, lambda: NAMES[0] in seen or bool(wrong))
        for number, name in list(enumerate(NAMES))[1:]:
            replace(tmp_path / "bridge.md", edition(number))
            # Longer than promised: the fifty and their client have their share of the machine.
            within(15 * PROMISED, lambda name=name: name in seen or bool(wrong))
        ended.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert seen == set(NAMES)


def test_nothing_is_taken_up_without_the_setting(tmp_path: Path) -> None:
    (tmp_path / "bridge.md").write_text("The bridge was designed by Ms. Ada Fenwick.", "utf-8")
    with run_server(tmp_path, reload="false") as server:
        (tmp_path / "tunnel.txt").write_text("The tunnel was dug by Mr. Omar Reyes.", "utf-8")
        assert not within(1, lambda: releases(server) != {"bridge"})
