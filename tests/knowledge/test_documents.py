import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloact_qa.errors import KnowledgeError
from gloact_qa.knowledge.documents import load_document, load_documents
from gloact_qa.schema import Document

ROOT = Path(__file__).parents[2]
RELEASE = ROOT / "knowledge" / "2019-05-29-eu-unodc-cooperation.md"
ORIGINAL = ROOT.parent / "shared" / "data" / "press-release.txt"

ALL_KEYS = """---
title: "The bridge: open"
date: 2023-03-14
url: https://tht.example/news/bridge
language: en-GB
---
The bridge is open.
"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problem(path: Path) -> str:
    """Return what is wrong with a file, which must be named first, on one line."""
    with pytest.raises(KnowledgeError) as caught:
        load_document(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message.removeprefix(str(path))


def test_the_press_release_is_what_follows_its_front_matter_byte_for_byte() -> None:
    (document,) = load_documents(RELEASE.parent)
    _, front_matter, text = RELEASE.read_bytes().split(b"---\n", 2)
    assert document.text.encode() == text
    assert document.document_id == RELEASE.stem
    assert document.title.encode() in front_matter
    assert document.date == datetime.date(2019, 5, 29)
    assert document.language == "en"
    assert document.url is not None
    assert document.url.startswith("https://www.unodc.org/")


@pytest.mark.skipif(not ORIGINAL.exists(), reason=f"no {ORIGINAL}: the original is elsewhere")
def test_the_press_release_is_the_original_byte_for_byte() -> None:
    assert load_document(RELEASE).text.encode() == ORIGINAL.read_bytes()


def test_all_of_the_front_matter(tmp_path: Path) -> None:
    assert load_document(write(tmp_path, "bridge.md", ALL_KEYS)) == Document(
        document_id="bridge",
        title="The bridge: open",
        date=datetime.date(2023, 3, 14),
        url="https://tht.example/news/bridge",
        language="en-GB",
        text="The bridge is open.\n",
    )


@pytest.mark.parametrize("key", ["title", "date", "url", "language"])
@pytest.mark.parametrize("empty", [True, False])
def test_each_key_of_the_front_matter_is_optional(tmp_path: Path, key: str, empty: bool) -> None:
    lines = [
        f"{key}:" if empty and line.startswith(f"{key}:") else line
        for line in ALL_KEYS.splitlines(keepends=False)
        if empty or not line.startswith(f"{key}:")
    ]
    path = write(tmp_path, "bridge.md", "\n".join(lines))
    defaults = {"title": "The bridge is open.", "date": None, "url": None, "language": "en"}
    document = load_document(path)
    assert getattr(document, key) == defaults[key]
    others = load_document(write(tmp_path, "all.md", ALL_KEYS))
    assert all(getattr(document, k) == getattr(others, k) for k in defaults if k != key)


@pytest.mark.parametrize("name", ["bridge.md", "bridge.txt", "bridge.TXT", "bridge.MD"])
def test_without_front_matter_all_is_text(tmp_path: Path, name: str) -> None:
    text = "# The bridge\n\nIt is open.\n---\nIt is long.\n"
    document = load_document(write(tmp_path, name, text))
    assert document == Document(document_id="bridge", title="The bridge", text=text)
    assert load_documents(tmp_path) == (document,)


def test_a_long_first_line_is_cut_at_a_word_for_the_title(tmp_path: Path) -> None:
    title = load_document(write(tmp_path, "a.txt", "\n" + "bridge " * 40)).title
    assert title.endswith("bridge…")
    assert 80 < len(title) <= 101


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    with_mark = write(tmp_path, "a.md", b"\xef\xbb\xbf" + ALL_KEYS.encode())
    assert load_document(with_mark).title == "The bridge: open"
    bare = write(tmp_path, "b.txt", b"\xef\xbb\xbfIt is open.")
    assert load_document(bare).text == "It is open."


def test_the_line_ends_of_windows_are_kept(tmp_path: Path) -> None:
    content = ALL_KEYS.replace("\n", "\r\n") + "\r\nIt is long.\r"
    document = load_document(write(tmp_path, "a.md", content))
    assert document.title == "The bridge: open"
    assert document.text == "The bridge is open.\r\n\r\nIt is long.\r"


@given(st.text(st.characters(codec="utf-8")).filter(lambda t: t.strip().strip("\ufeff")))
def test_any_text_is_kept_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("knowledge")
    path = write(folder, "a.md", f"---\ntitle: A\n---\n{text}")
    assert load_document(path).text == text
    assert load_documents(folder)[0].text == text


def test_a_time_in_the_date_is_dropped(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "---\ndate: 2019-05-29T10:00:00Z\n---\nText.")
    assert load_document(path).date == datetime.date(2019, 5, 29)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"caf\xe9", "not UTF-8: byte 3 is 0xe9"),
        ("Text.".encode("utf-16"), "not UTF-8: byte 0 is 0xff"),
        (b"", "no text"),
        (b" \r\n\t\n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"---\ntitle: a\n---\n \n", "no text"),
        (b"---\ntitle: a\n---", "no text"),
        (b"---\ntitle: a\nText.", "closing line '---' is missing"),
        (b"---\r\ntitle: a\r\n--\r\nText.", "closing line '---' is missing"),
        (b"---\ntitle: [\n---\nText.", "line 2: front matter is not YAML"),
        (b"---\ntitle: a\n\tdate: 2019\n---\nText.", "line 3: front matter is not YAML"),
        (b"---\ntitle: a: b\n---\nText.", "line 2: front matter is not YAML"),
        (b"---\n- title\n---\nText.", "expected 'key: value' lines"),
        (b"---\njust words\n---\nText.", "expected 'key: value' lines"),
        (b"---\ntitel: a\n---\nText.", "unknown titel; known are title, date, url, language"),
        (b"---\nauthor: a\ntags: b\n---\nText.", "unknown author, tags"),
        (b"---\ndate: 2019-13-45\n---\nText.", "front matter"),
        (b"---\ndate: 29 May 2019\n---\nText.", "front matter: date:"),
        (b"---\ntitle: 5\n---\nText.", "front matter: title:"),
        (b"---\nurl: [a]\n---\nText.", "front matter: url"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, wrong: str) -> None:
    path = write(tmp_path, "a.md", content)
    assert wrong in problem(path)
    write(tmp_path, "b.md", "A good one.")
    with pytest.raises(KnowledgeError) as caught:  # no release is left out silently
        load_documents(tmp_path)
    assert str(caught.value).startswith(str(path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read" in problem(tmp_path / "a.md")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert "cannot be read" in problem(tmp_path / "a.md")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "Text.")
    path.chmod(0)
    assert "cannot be read: Permission denied" in problem(path)


def test_the_releases_of_a_folder_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("c.md", "a.txt", "b.md"):
        write(tmp_path, name, f"Text of {name}.")
    assert [d.document_id for d in load_documents(tmp_path)] == ["a", "b", "c"]


def test_other_files_are_no_releases(tmp_path: Path) -> None:
    for name in ("synonyms.txt", "README.md", "questions.jsonl", ".hidden.md", "a.html", "notes"):
        write(tmp_path, name, b"\xff")
    (tmp_path / "folder").mkdir()
    write(tmp_path, "a.md", "Text.")
    assert [d.document_id for d in load_documents(tmp_path)] == ["a"]


def test_two_files_with_one_id(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "Text.")
    second = write(tmp_path, "a.txt", "Other text.")
    with pytest.raises(KnowledgeError, match="the id 'a' too") as caught:
        load_documents(tmp_path)
    assert str(caught.value).startswith(str(second))


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (lambda path: None, "there is no such knowledge folder"),
        (lambda path: path.write_text("Text."), "cannot be read: Not a directory"),
        (lambda path: path.mkdir(), "no release (.md or .txt file) in this folder"),
    ],
    ids=["missing", "a file", "empty"],
)
def test_a_folder_that_cannot_be_used(tmp_path: Path, make: object, wrong: str) -> None:
    folder = tmp_path / "knowledge"
    assert callable(make)
    make(folder)
    with pytest.raises(KnowledgeError) as caught:
        load_documents(folder)
    assert str(caught.value) == f"{folder}: {wrong}"


@pytest.mark.parametrize(
    "content",
    [
        "---\ntitle: " + "[" * 3000 + "\n---\nText.",
        "---\ntitle: a\0b\n---\nText.",
        "---\n# a comment\ntitle: x\nText.",
        '---\n"title": x\nText.',
    ],
)
def test_front_matter_that_is_broken_in_odd_ways(tmp_path: Path, content: str) -> None:
    assert "front matter" in problem(write(tmp_path, "a.md", content))


def test_empty_front_matter(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, "a.md", "---\n---\nText.\n---\nMore."))
    assert (document.text, document.title) == ("Text.\n---\nMore.", "Text.")
