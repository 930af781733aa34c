"""What tells one state of what is served from another, without reading files."""

import os
from contextlib import suppress
from pathlib import Path

from gloact_qa.retrieval.engines import index_state, is_stored
from gloact_qa.settings import Settings

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


def state_of(settings: Settings) -> Fingerprint | None:
    """Return the present state of what is served; None when it cannot be told.

    That is the knowledge folder's; of a stored index its own, with the two files that are read
    beside it. Between a change of a release and `gloact-qa index` nothing changes.
    """
    if not is_stored(settings):
        return fingerprint(settings.knowledge)
    state = index_state(settings)
    if state is None:
        return None
    beside = {
        file
        for file in fingerprint(settings.knowledge) or ()
        if file[0] in ("synonyms.txt", "questions.jsonl")
    }
    return frozenset({(f"index {state}", 0, 0, 0), *beside})
