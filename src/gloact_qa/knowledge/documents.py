"""From the files of a knowledge folder to documents."""

import datetime
import re
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
    try:
        return Document(
            document_id=path.stem,
            title=front_matter.pop("title", None) or _title_of(text),
            text=text,
            **{key: value for key, value in front_matter.items() if value is not None},
        )
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(map(str, problem["loc"]))
        raise KnowledgeError(f"{path}: front matter: {field}: {problem['msg']}") from error


def _split(content: str, path: Path) -> tuple[dict[str, Any], str]:
    match = _FRONT_MATTER.match(content)
    if match is None:
        if _UNCLOSED.match(content):
            raise KnowledgeError(f"{path}: front matter: the closing line '---' is missing")
        return {}, content
    try:
        loaded = yaml.safe_load(match.group(1) or "") or {}
    # ValueError: a date such as 2019-13-45; RecursionError: thousands of brackets
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        raise KnowledgeError(f"{path}{where}: front matter is not YAML: {reason}") from error
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"{path}: front matter: expected 'key: value' lines")
    unknown = [str(key) for key in loaded if key not in _KEYS]
    if unknown:
        raise KnowledgeError(
            f"{path}: front matter: unknown {', '.join(unknown)}; known are {', '.join(_KEYS)}"
        )
    if isinstance(loaded.get("date"), datetime.datetime):
        loaded["date"] = loaded["date"].date()
    return loaded, content[match.end() :]


def _title_of(text: str) -> str:
    """Return the first line with text, shortened at a word to 100 characters."""
    line = text.strip().splitlines()[0].lstrip("#").strip()
    return line if len(line) <= 100 else line[:100].rsplit(None, 1)[0] + "…"
