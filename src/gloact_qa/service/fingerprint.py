"""What tells one state of a knowledge folder from another, without reading its files."""

import os
from contextlib import suppress
from pathlib import Path

# For each file that matters: name, inode, size in bytes, time of change in nanoseconds.
Fingerprint = frozenset[tuple[str, int, int, int]]

_ENDINGS = (".md", ".txt", ".jsonl")


def matters(name: str) -> bool:
    """Tell whether a file of this name can be a release, the synonyms or the question set.

    What editors and copying programs write in passing has other names.
    """
    return name.lower().endswith(_ENDINGS) and not name.startswith(".")


def fingerprint(folder: Path) -> Fingerprint | None:
    """Return the present state of the files that matter; None when there is no folder."""
    files = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if matters(entry.name):
                    with suppress(FileNotFoundError):  # gone just now, or a dangling link
                        about = entry.stat()
                        files.add((entry.name, about.st_ino, about.st_size, about.st_mtime_ns))
    except OSError:
        return None
    return frozenset(files)
