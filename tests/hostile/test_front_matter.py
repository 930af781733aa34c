"""Whatever stands in a file: a release, or one clear message that names the file; and soon."""

import os
import sys
import time
from pathlib import Path

import pytest

from gloact_qa.answering.bot import build_bot
from gloact_qa.errors import KnowledgeError
from gloact_qa.knowledge.documents import load_documents
from gloact_qa.settings import Settings

SOON = 5.0  # seconds of the processor's time; all take less than one
MESSAGE = 1_000  # characters of a message, at most, beside the path
TEXT = "The mayor opened the bridge."
LAUGHS = "url: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(9 * ['*' + chr(97 + i)])}]\n" for i in range(12)
)
BAD = {
    "billion laughs": LAUGHS,
    "an object": "title: !!python/object/apply:os.system ['exit 1']",
    "a name": "title: !!python/name:os.system",
    "digits": f"title: {'9' * 100_000}",
    "hexadecimal": f"title: 0x{'f' * 200_000}",
    "a long number as key": f"? 0x{'f' * 200_000}\n: a",
    "sixties": f"title: {':'.join(['59'] * 5_000)}",
    "brackets": f"title: {'[' * 10_000}{']' * 10_000}",
    "braces": f"title: {'{a: ' * 10_000}{'}' * 10_000}",
    "dashes": f"{'- ' * 10_000}a",
    "nested": "".join(f"{' ' * i}a:\n" for i in range(1_500)),
    "a title twice": "title: a\ntitle: b",
    "a title of a number": "title: 5",
    "a title of nothing": "title: 0",
    "a title of truth": "title: yes",
    "a title of a date": "title: 2019-05-29",
    "a title of itself": "title: &a [*a]",
    "infinity": "title: .inf",
    "half a pair in the title": r'title: "\ud800"',
    "half a pair in the url": r'url: "https://\udfff"',
    "half a pair in the language": r'language: "a\ud83d"',
    "no key": "? \n: a",
    "a list as key": "? [a, b]\n: c",
    "ten thousand keys": "\n".join(f"k{i}: 1" for i in range(10_000)),
    "a long key": f"{'k' * 900}: a",
    "controls in a key": r'"a\e[31m\n\rb": c',
    "a number as date": "date: 20190529",
    "a day as date": "date: 86400",
    "truth as date": "date: true",
    "no such hour": "date: 2019-05-29 25:00:00",
    "no such zone": "date: 2019-05-29T10:00:00+99:00",
    "year nought": "date: 0000-01-01",
    "a long alias": f"title: *{'a' * 100_000}",
    "another version": "%YAML 99.9",
    "a list": "[title, a]",
    "an empty list": "[]",
    "a word": "title",
}
GOOD = {
    "nothing": "",
    "a comment": "# title: a",
    "many comments": "#\n" * 50_000,
    "a NUL": r'title: "a\0b"',
    "bidi controls": "title: \u202eegdirb\u2069",
    "two lines": "title: |\n  a\n  b",
    "a long title": f"title: {'a' * 100_000}",
    "white space": " " * 100_000,
    "a byte order mark": "\ufefftitle: a",
    "an anchor": "title: &a b",
}


def load(folder: Path, content: str) -> str:
    """Load a folder with one file and ask; return the message, empty if all went well."""
    path = folder / "a.md"
    path.write_bytes(content.encode())
    started = time.process_time()
    try:
        bot = build_bot(load_documents(folder), Settings(min_confidence=0))
        answer = bot.ask("Who opened the bridge?")
    except KnowledgeError as error:
        message = str(error)
        assert message.startswith(str(path))
        message = message.removeprefix(str(path))
        assert message.isprintable()
        assert len(message) < MESSAGE
        return message
    finally:
        assert time.process_time() - started < SOON
    assert answer.answer in answer.sources[0].snippet
    assert answer.model_dump_json()
    assert bot.documents[0].model_dump_json()
    return ""


@pytest.mark.parametrize("front_matter", BAD.values(), ids=BAD)
def test_front_matter_that_cannot_be_used(tmp_path: Path, front_matter: str) -> None:
    assert "front matter" in load(tmp_path, f"---\n{front_matter}\n---\n{TEXT}")


@pytest.mark.parametrize("front_matter", GOOD.values(), ids=GOOD)
def test_front_matter_that_is_only_odd(tmp_path: Path, front_matter: str) -> None:
    assert load(tmp_path, f"---\n{front_matter}\n---\n{TEXT}") == ""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("opening", ["---", "--- \t"])
def test_much_white_space_after_the_opening_line(
    tmp_path: Path, opening: str, newline: str
) -> None:
    assert load(tmp_path, f"{opening}{newline}{(' ' * 99 + newline) * 1_000}{TEXT}") == ""


def test_dashes_without_end(tmp_path: Path) -> None:
    closing, text = "--- x\n" * 20_000, "---x\n" * 20_000
    assert "closing line" in load(tmp_path, f"---\na: b\n{closing}{TEXT}")
    assert load(tmp_path, text + TEXT) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is text")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.md")).write_text(TEXT)
    with pytest.raises(KnowledgeError, match="the file's name"):
        load_documents(tmp_path)
