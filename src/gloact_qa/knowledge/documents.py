"""From the files of a knowledge folder to documents."""

import datetime
import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from gloact_qa.errors import KnowledgeError
from gloact_qa.schema import Document

_ENDINGS = {".md", ".txt"}
_NOT_RELEASES = {"synonyms.txt", "readme.md"}
# The YAML between two lines of three dashes at the very beginning (Jekyll's convention).
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:(.*?)\r?\n)??---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_UNCLOSED = re.compile(r"\A---[ \t]*\r?\n\s*+(?:#|[\"']?[\w -]{1,40}+[\"']?\s*+:)")
_KEYS = ("title", "date", "url", "language")
_SHOWN, _SHOWN_KEYS = 100, 5  # characters and keys of a file that a message shows, at most


class _FrontMatterLoader(yaml.SafeLoader):
    """Reads plain values only, and each key once; YAML itself forbids a second one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        twice = [key for key, times in keys.items() if times > 1]
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"{twice[0]} is given twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def release_files(folder: Path) -> dict[str, Path]:
    """Return the ``.md`` and ``.txt`` files of a folder by their ids, in the order of names.

    Raises KnowledgeError when the folder is missing, unreadable or without releases, or two
    files have one id.
    """
    try:
        files = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in _ENDINGS
            and path.name.lower() not in _NOT_RELEASES
            and not path.name.startswith(".")
        )
    except FileNotFoundError as error:
        raise KnowledgeError(f"{folder}: there is no such knowledge folder") from error
    except OSError as error:
        raise KnowledgeError(f"{folder}: cannot be read: {error.strerror}") from error
    if not files:
        raise KnowledgeError(f"{folder}: no release (.md or .txt file) in this folder")
    by_id: dict[str, Path] = {}
    for path in files:
        if by_id.setdefault(path.stem, path) is not path:
            raise KnowledgeError(
                f"{path}: another file of the folder has the id {path.stem!r} too; "
                "rename one of them"
            )
    return by_id


def load_documents(folder: Path) -> tuple[Document, ...]:
    """Read every ``.md`` and ``.txt`` file of a folder, in the order of their names.

    Raises KnowledgeError, naming the file, when the folder is missing, unreadable or
    without releases, or a file cannot be used.
    """
    return tuple(load_document(path) for path in release_files(folder).values())


def load_document(path: Path) -> Document:
    """Read one release; its id is the file's name without the ending.

    Raises KnowledgeError, naming the file, when it cannot be read, is not UTF-8, has
    broken front matter or no text.
    """
    return parse_document(path, read_release(path))


def read_release(path: Path) -> bytes:
    """Return what a file has; raises KnowledgeError, naming the file, when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error.strerror}") from error


def parse_document(path: Path, read: bytes) -> Document:
    """Return the release that ``read`` is, what the file of that path has.

    Raises KnowledgeError like load_document.
    """
    try:
        content = read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeError(
            f"{path}: not UTF-8: byte {error.start} is 0x{error.object[error.start]:02x}"
        ) from error
    front_matter, text = _split(content, path)
    if not text.strip():
        raise KnowledgeError(f"{path}: no text")
    given = {key: value for key, value in front_matter.items() if value not in (None, "")}
    try:
        return Document(
            **{"document_id": path.stem, "title": _title_of(text), "text": text, **given}
        )
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(map(str, problem["loc"]))
        where = "front matter" if field in front_matter else "the file's name"
        raise KnowledgeError(f"{path}: {where}: {field}: {problem['msg']}") from error


def _split(content: str, path: Path) -> tuple[dict[str, Any], str]:
    match = _FRONT_MATTER.match(content)
    if match is None:
        if _UNCLOSED.match(content):
            raise KnowledgeError(f"{path}: front matter: the closing line '---' is missing")
        return {}, content
    try:
        loaded = yaml.load(match.group(1) or "{}", _FrontMatterLoader)  # noqa: S506  # a safe one
    # ValueError: a date such as 2019-13-45; RecursionError: thousands of brackets
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        reason = _shown(getattr(error, "problem", None) or error)
        raise KnowledgeError(f"{path}{where}: front matter is not YAML: {reason}") from error
    if loaded is None:  # comments only
        loaded = {}
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"{path}: front matter: expected 'key: value' lines")
    unknown = [_shown(key) for key in loaded if key not in _KEYS]
    if unknown:
        listed = ", ".join(unknown[:_SHOWN_KEYS]) + (", …" if len(unknown) > _SHOWN_KEYS else "")
        raise KnowledgeError(
            f"{path}: front matter: unknown {listed}; known are {', '.join(_KEYS)}"
        )
    date = loaded.get("date")
    if isinstance(date, datetime.datetime):
        loaded["date"] = date.date()
    elif isinstance(date, int | float):  # not the seconds since 1970 that Pydantic reads
        raise KnowledgeError(f"{path}: front matter: date: expected a date such as 2019-05-29")
    return loaded, content[match.end() :]


def _shown(value: object) -> str:
    """Return a value of a file as a message can show it: on one line, short, without controls."""
    try:
        text = str(value)
    except ValueError:  # a number of too many digits
        text = "a number"
    printable = "".join(c if c.isprintable() else " " for c in text[:_SHOWN])
    return " ".join(printable.split()) + ("…" if len(text) > _SHOWN else "")


def _title_of(text: str) -> str:
    """Return the first line with text, shortened at a word to 100 characters."""
    line = text.strip().splitlines()[0].lstrip("#").strip()
    return line if len(line) <= 100 else line[:100].rsplit(None, 1)[0] + "…"
