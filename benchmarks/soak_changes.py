"""Whether changes of the knowledge folder are served at once, and each request from one state.

A release about a bridge is added, edited and removed over and over while 50 requests are in
flight, half of them about the bridge. Its text has the number of its edition in every
passage. So each response says from which state it was made, and every snippet of it can be
compared with the text of that state.
"""

import asyncio
import json
import os
import random
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks.client import Connection
from benchmarks.datasets import press_release
from benchmarks.load import bodies
from benchmarks.server import Server, running, serve_command
from benchmarks.table import Spread, heading, note, row, target
from gloact_qa.schema import AskRequest
from gloact_qa.settings import data_folder

_IN_FLIGHT = 50
_SERVED_SECONDS = 2.0
_PATIENCE = 15.0  # seconds to wait for a change that is late
_LONGEST_PAUSE = 0.3  # seconds between a change that was served and the next
_NAME = "verrin-bridge"
_QUESTION = AskRequest(question="What does the Verrin bridge cost?", top_k=5)
_FRONT_MATTER = "---\ntitle: The Verrin bridge\ndate: 2024-09-16\n---\n"
_EDITION = re.compile(r"edition (\d+)")


@dataclass(slots=True)
class _Trial:
    """The states of the folder so far, and what was seen.

    A state is the edition of the release that the folder had, None when it had none.
    """

    states: list[int | None] = field(default_factory=lambda: [None])
    newest_seen: int = 0
    served: list[float] = field(default_factory=list)
    requests: int = 0
    failed: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)


async def try_changes(changes: int, seed: int) -> bool:
    """Change the folder so many times; return whether all went as promised."""
    chance = random.Random(seed)  # noqa: S311  # pauses, not secrets
    trial = _Trial()
    with tempfile.TemporaryDirectory(prefix="gloact-qa-soak-") as name:
        folder = Path(name) / "knowledge"
        shutil.copytree(data_folder("knowledge"), folder)
        with running(serve_command(), {"GLOACT_QA_KNOWLEDGE": str(folder)}) as server:
            tasks = [
                asyncio.create_task(_ask(server, trial, about_bridge=number % 2 == 0))
                for number in range(_IN_FLIGHT)
            ]
            try:
                for _ in range(changes):
                    await _change(folder, trial)
                    await asyncio.sleep(chance.uniform(0, _LONGEST_PAUSE))
            finally:
                for task in tasks:
                    task.cancel()
                ended = await asyncio.gather(*tasks, return_exceptions=True)
    trial.failed += [repr(e) for e in ended if not isinstance(e, asyncio.CancelledError | None)]
    return _report(changes, trial)


def _report(changes: int, trial: _Trial) -> bool:
    heading(f"Changes of the releases: {changes}, with {_IN_FLIGHT} requests in flight")
    row("served after, s", Spread.of(trial.served).show())
    row("requests", f"{trial.requests:,}")
    late = [f"{seconds:.1f} s" for seconds in trial.served if seconds > _SERVED_SECONDS]
    kept = True
    for promise, broken in (
        (f"each is served within {_SERVED_SECONDS:g} s", late),
        ("no request fails", trial.failed),
        ("no answer mixes old and new", trial.mixed),
        ("no answer is older than one before it", trial.stale),
    ):
        target(promise, not broken)
        for one in broken[:5]:
            note(f"  {one}")
        kept &= not broken
    return kept


def _text(edition: int) -> str:
    """Return the release's text: three passages, the edition in each."""
    filler = f"The council of Verrin has read edition {edition} of the plan with great care. " * 8
    return "\n".join(
        (
            f"The Verrin bridge costs {edition} million euros in edition {edition}. {filler}",
            f"The Verrin bridge has {edition} arches, says edition {edition}. {filler}",
            f"Edition {edition} has a path over the Verrin bridge, for all to walk. {filler}",
        )
    )


async def _change(folder: Path, trial: _Trial) -> None:
    """Add, edit or remove the release, and wait until that is served."""
    number = len(trial.states)
    edition = number if number % 3 else None
    trial.states.append(edition)
    _write(folder / f"{_NAME}.md", edition, in_place=number % 2 == 0)
    written = time.monotonic()
    while trial.newest_seen < number and time.monotonic() < written + _PATIENCE:
        await asyncio.sleep(0.005)
    seen = trial.newest_seen >= number
    trial.served.append(time.monotonic() - written if seen else float("inf"))


def _write(path: Path, edition: int | None, in_place: bool) -> None:
    """Write the release, as an editor does in its place, or by a new file of its name."""
    if edition is None:
        path.unlink()
    elif in_place:
        path.write_text(_FRONT_MATTER + _text(edition), "utf-8")
    else:
        new = path.with_name(f".{path.name}.new")
        new.write_text(_FRONT_MATTER + _text(edition), "utf-8")
        os.replace(new, path)  # noqa: PTH105  # the same, on all systems


async def _ask(server: Server, trial: _Trial, about_bridge: bool) -> None:
    """Ask without end, and look at every response."""
    questions = _questions(about_bridge)
    async with Connection(server.host, server.port) as connection:
        while True:
            oldest = trial.newest_seen
            try:
                status, content = await connection.post("/ask", next(questions))
            except (OSError, EOFError) as error:
                trial.failed.append(repr(error))
                await asyncio.sleep(0.1)
                continue
            trial.requests += 1
            if status != 200:
                trial.failed.append(f"{status} {content[:200]!r}")
            elif about_bridge:
                _look(json.loads(content), oldest, trial)


def _questions(about_bridge: bool) -> Iterator[bytes]:
    asked = [_QUESTION.model_dump_json()] if about_bridge else bodies(press_release().cases)
    return cycle(body.encode() for body in asked)


def _look(answer: dict[str, Any], oldest: int, trial: _Trial) -> None:
    """Note from which state an answer is; it may be from ``oldest`` or a later one."""
    sources = [s for s in answer["sources"] if s["document_id"] == _NAME]
    texts = [answer["answer"], *(s["snippet"] for s in sources)]
    editions = {int(number) for text in texts for number in _EDITION.findall(text)}
    edition = min(editions, default=None)
    whole = len(editions) <= 1 and all(
        edition is not None and _text(edition)[s["start"] : s["end"]] == s["snippet"]
        for s in sources
    )
    if answer["answered"] and answer["answer"] not in answer["sources"][0]["snippet"]:
        whole = False
    if not whole:
        trial.mixed.append(f"editions {sorted(editions)}: {json.dumps(answer)[:300]}")
        return
    states = [i for i, known in enumerate(trial.states) if known == edition and i >= oldest]
    if not states:
        trial.stale.append(f"edition {edition}, when state {oldest} had been served")
        return
    trial.newest_seen = max(trial.newest_seen, states[0])
