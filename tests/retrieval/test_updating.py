"""`gloact-qa index`: only what changed is read again, and a killed build harms nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gloact_qa.answering.bot import Bot, load_bot
from gloact_qa.errors import KnowledgeError, UnusableIndexError
from gloact_qa.retrieval import updating
from gloact_qa.retrieval.engines import index_state, open_index, open_writer
from gloact_qa.retrieval.updating import Update, update_index
from gloact_qa.settings import Settings

pytest.importorskip("tantivy", reason="the extra `tantivy` is not installed")

RELEASES = {
    "bridge": "The bridge was designed by Ms. Ada Fenwick. It cost £38 million.",
    "orchard": "The study of apple trees was led by Dr. Hedda Rask, a botanist.",
    "tunnel": "---\ntitle: A tunnel\ndate: 2021-05-04\n---\nThe tunnel was dug by Mr. Omar Reyes.",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    for name, text in RELEASES.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return Settings(knowledge=folder, engine="tantivy")


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents whose passages were made anew."""
    names: list[str] = []

    def read(path: Path) -> object:
        names.append(path.stem)
        return original(path)

    original = updating._read
    monkeypatch.setattr(updating, "_read", read)
    return names


def write(settings: Settings, name: str, text: str) -> None:
    (settings.knowledge / f"{name}.md").write_text(text, "utf-8")


def said(bot: Bot, question: str) -> str:
    answer = bot.ask(question)
    return answer.answer if answer.answered else ""


def test_the_first_build_reads_all(settings: Settings, read_again: list[str]) -> None:
    assert update_index(settings) == Update(3, 0, 0, 0, 3, 3)
    assert read_again == ["bridge", "orchard", "tunnel"]
    bot = load_bot(settings)
    assert "Fenwick" in said(bot, "Who designed the bridge?")
    tunnel = bot.document("tunnel")
    assert tunnel is not None
    assert (tunnel.title, str(tunnel.date)) == ("A tunnel", "2021-05-04")
    assert tunnel.text == "The tunnel was dug by Mr. Omar Reyes."
    assert bot.document("other") is None
    assert [d.document_id for d in bot.summaries] == list(RELEASES)


def test_only_what_changed_is_read_again(settings: Settings, read_again: list[str]) -> None:
    update_index(settings)
    before = index_state(settings)
    read_again.clear()

    assert update_index(settings) == Update(0, 0, 0, 0, 3, 3)
    assert index_state(settings) == before  # nothing to take up

    write(settings, "tunnel", "The tunnel was dug by Ms. Ines Albano.")
    write(settings, "harbour", "The harbour was cleaned by Mr. Kofi Okafor.")
    (settings.knowledge / "orchard.md").unlink()
    os.utime(settings.knowledge / "bridge.md")  # touched, and the same
    assert update_index(settings) == Update(1, 1, 1, 0, 3, 3)
    assert sorted(read_again) == ["harbour", "tunnel"]
    bot = load_bot(settings)
    assert "Albano" in said(bot, "Who dug the tunnel?")
    assert "Okafor" in said(bot, "Who cleaned the harbour?")
    assert "Fenwick" in said(bot, "Who designed the bridge?")
    assert said(bot, "Who led the study of apple trees?") == ""
    assert bot.document("orchard") is None


def test_an_updated_index_answers_as_a_new_one(settings: Settings) -> None:
    update_index(settings)
    write(settings, "tunnel", "The GLO.ACT side-event in the tunnel was led by Ms. Ines Albano.")
    write(settings, "harbour", "The harbour trust (HT) met. Its sideevent was led by Mr. Okafor.")
    update_index(settings)
    write(settings, "bridge", "The bridge has a long-span deck, designed by Ms. Ada Fenwick.")
    (settings.knowledge / "orchard.md").unlink()
    update_index(settings)
    updated = load_bot(settings)
    fresh = settings.model_copy(update={"index": settings.knowledge.parent / "fresh"})
    update_index(fresh)
    new = load_bot(fresh)
    for question in (
        "Who led the side event?",
        "What is HT?",
        "Who designed the deck?",
        "GLO ACT?",
    ):
        one, other = updated.ask(question, top_k=10), new.ask(question, top_k=10)
        assert one.model_dump(exclude={"elapsed_ms"}) == other.model_dump(exclude={"elapsed_ms"})


def test_a_new_compound_is_read_where_it_stands(settings: Settings, read_again: list[str]) -> None:
    write(settings, "orchard", "A sideevent on apple trees was led by Dr. Hedda Rask.")
    update_index(settings)
    read_again.clear()
    write(settings, "tunnel", "The side-event on the tunnel was led by Ms. Ines Albano.")
    assert update_index(settings).reread == 1
    assert sorted(read_again) == ["orchard", "tunnel"]
    assert "Rask" in said(load_bot(settings), "Who led the side event on apple trees?")


def test_many_are_read_by_several_processes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "_MANY", 2)
    update_index(settings, processes=2)
    assert "Fenwick" in said(load_bot(settings), "Who designed the bridge?")


def test_other_settings_read_all_anew(settings: Settings) -> None:
    update_index(settings)
    other = settings.model_copy(update={"k1": 1.2})
    with pytest.raises(UnusableIndexError, match="GLOACT_QA_K1"):
        load_bot(other)
    assert update_index(other) == Update(3, 0, 0, 0, 3, 3)
    assert "Fenwick" in said(load_bot(other), "Who designed the bridge?")


def test_a_damaged_index_is_said_to_be_so_and_built_anew(settings: Settings) -> None:
    update_index(settings)
    generation = settings.index_folder / "generations" / str(index_state(settings))
    for path in (generation / "passages").iterdir():
        if path.suffix != ".json":
            path.write_bytes(b"")
    with pytest.raises(UnusableIndexError, match="run `gloact-qa index`"):
        load_bot(settings)
    assert update_index(settings).added == 3
    assert "Fenwick" in said(load_bot(settings), "Who designed the bridge?")


def test_a_bad_file_leaves_what_is_in_use(settings: Settings) -> None:
    update_index(settings)
    before = index_state(settings)
    write(settings, "bad", "---\ndate: soon\n---\nText.")
    with pytest.raises(KnowledgeError, match=r"bad\.md"):
        update_index(settings)
    assert index_state(settings) == before
    assert "Fenwick" in said(load_bot(settings), "Who designed the bridge?")
    (settings.knowledge / "bad.md").unlink()
    write(settings, "good", "The pier was painted by Ms. Una Lund.")
    update_index(settings)
    assert "Lund" in said(load_bot(settings), "Who painted the pier?")


def test_what_is_open_goes_on_through_updates(settings: Settings) -> None:
    update_index(settings)
    bot = load_bot(settings)
    for number in range(4):  # its files are cleared away meanwhile
        write(settings, "tunnel", f"The tunnel was dug by {number} people.")
        update_index(settings)
    assert "Fenwick" in said(bot, "Who designed the bridge?")
    assert "Reyes" in said(bot, "Who dug the tunnel?")
    generations = list((settings.index_folder / "generations").iterdir())
    assert len(generations) == 2


def test_two_do_not_write_at_a_time(settings: Settings) -> None:
    writer = open_writer(settings)
    with pytest.raises(UnusableIndexError, match="another"):
        update_index(settings)
    writer.abort()
    update_index(settings)
    assert len(open_index(settings).index) == 3


_INDEX = "from gloact_qa.cli import main; main(['index'])"
# Stops at each stage in turn: where the build is, it waits to be killed.
_STOPPING = """
import sys, time
from gloact_qa.retrieval import tantivy_index, updating

def stop():
    print("here", flush=True)
    time.sleep(60)

stage = sys.argv.pop()
if stage == "opened":
    updating._update = lambda *a: stop()
elif stage == "removed":
    remove = tantivy_index.TantivyWriter.remove
    tantivy_index.TantivyWriter.remove = lambda self, ids: (remove(self, ids), stop())
elif stage == "added":
    keep = tantivy_index.TantivyWriter.keep
    tantivy_index.TantivyWriter.keep = lambda self, documents: (keep(self, documents), stop())
elif stage in ("catalogue", "manifest"):
    write = tantivy_index._write
    def stopping(path, content):
        if stage in path.name or (stage == "manifest" and "current" in path.name):
            path.write_bytes(content[: len(content) // 2])
            stop()
        write(path, content)
    tantivy_index._write = stopping
elif stage == "switched":
    tantivy_index.TantivyWriter._clear_away = (
        lambda self: stop() if (self._own / "catalogue.msgpack").exists() else None
    )
from gloact_qa.cli import main
main(["index"])
"""


def run(settings: Settings, program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "GLOACT_QA_ENGINE": "tantivy",
            "GLOACT_QA_KNOWLEDGE": str(settings.knowledge),
        },
    )


@pytest.mark.parametrize(
    "stage", ["opened", "removed", "added", "catalogue", "manifest", "switched"]
)
def test_a_killed_build_leaves_what_is_in_use(settings: Settings, stage: str) -> None:
    update_index(settings)
    before = index_state(settings)
    write(settings, "tunnel", "The tunnel was dug by Ms. Ines Albano.")
    with run(settings, _STOPPING, stage) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGKILL)
    assert (index_state(settings) == before) == (stage != "switched")
    digger = "Albano" if stage == "switched" else "Reyes"
    assert digger in said(load_bot(settings), "Who dug the tunnel?")
    assert "Fenwick" in said(load_bot(settings), "Who designed the bridge?")
    update_index(settings)
    assert "Albano" in said(load_bot(settings), "Who dug the tunnel?")
    assert len(load_bot(settings).documents) == 3


def test_a_build_killed_at_any_moment_leaves_a_whole_index(settings: Settings) -> None:
    for number in range(60):
        write(settings, f"more-{number}", f"The quay number {number} was built by Ms. Roe{number}.")
    update_index(settings)
    for moment in (0.3, 0.5, 0.6, 0.7, 0.8, 1.0):
        shutil.copyfile(settings.knowledge / "more-1.md", settings.knowledge / f"at-{moment}.md")
        with run(settings, _INDEX) as process:
            time.sleep(moment)
            process.kill()
        assert "Fenwick" in said(load_bot(settings), "Who designed the bridge?")
    assert update_index(settings).documents == 63 + 6
    assert len(load_bot(settings).documents) == 63 + 6
