"""Whether the service, killed under load at any moment, starts again as if nothing had been."""

import asyncio
import json
import os
import random
import socket
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from benchmarks.client import Connection
from benchmarks.datasets import press_release
from benchmarks.load import bodies
from benchmarks.server import (
    KNOWN_ANSWER,
    KNOWN_QUESTION,
    Server,
    running,
    serve_command,
    wait_until_ready,
)
from benchmarks.table import Spread, heading, note, row, target

_READY_SECONDS = 5.0
_GONE_SECONDS = 5.0
_LONGEST_LOAD = 1.0  # seconds
_CONNECTIONS = 8
_MARK = "GLOACT_QA_SOAK"  # in the environment of the service and of all that it starts
_HAS_PROC = Path("/proc/self/environ").exists()
# Documented: what workers share, which nobody is left to remove when all are killed.
_FIGURES = "gloact-qa-metrics-"


@dataclass(slots=True)
class _Seen:
    """What was seen in all starts."""

    ready: list[float] = field(default_factory=list)
    answered: int = 0
    wrong: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


async def try_kills(kills: int, seed: int) -> bool:
    """Kill the service so many times; return whether all went as promised.

    Every other time it serves in two workers, and the parent is killed.
    """
    chance = random.Random(seed)  # noqa: S311  # moments, not secrets
    seen = _Seen()
    with tempfile.TemporaryDirectory(prefix="gloact-qa-soak-") as folder:
        port = _free_port()
        for number in range(kills):
            workers = 2 if number % 2 else 1
            await _start_and_kill(Path(folder), port, workers, chance, seen)
    heading(f"Killed under load: {kills} times, one worker and two in turn")
    row("ready again, s", Spread.of(seen.ready).show())
    row("answers under load", f"{seen.answered:,}")
    kept = True
    for promise, broken in (
        (f"ready within {_READY_SECONDS:g} s", [f"{s:.1f} s" for s in _late(seen.ready)]),
        ("a known question is answered right", seen.wrong),
        ("no request fails before the kill", seen.failed),
        ("nothing is left: no process, port or file", seen.left),
    ):
        target(promise, not broken)
        for one in broken[:5]:
            note(f"  {one}")
        kept &= not broken
    if not _HAS_PROC:
        note("(without /proc: processes that are left are not looked for)")
    return kept


def _late(ready: Sequence[float]) -> list[float]:
    return [seconds for seconds in ready if seconds > _READY_SECONDS]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


async def _start_and_kill(
    folder: Path, port: int, workers: int, chance: random.Random, seen: _Seen
) -> None:
    mark = f"{os.getpid()}-{len(seen.ready)}"
    settings = {_MARK: mark, "TMPDIR": str(folder), "GLOACT_QA_WORKERS": str(workers)}
    started = time.perf_counter()
    with running(serve_command(port), settings, cwd=folder) as server:
        if not wait_until_ready(port, 6 * _READY_SECONDS):
            raise RuntimeError("the service did not get ready")
        seen.ready.append(time.perf_counter() - started)
        status, answer = server.ask({"question": KNOWN_QUESTION})
        if status != 200 or KNOWN_ANSWER not in answer.get("answer", ""):
            seen.wrong.append(f"start {len(seen.ready)}: {status} {json.dumps(answer)[:200]}")
        await _load_until_killed(server, chance.uniform(0, _LONGEST_LOAD), seen)
    end = time.monotonic() + _GONE_SECONDS
    while (left := _left(mark, port, folder, workers)) and time.monotonic() < end:
        await asyncio.sleep(0.02)
    seen.left += (f"start {len(seen.ready)}, {workers} worker(s): {what}" for what in left)


async def _load_until_killed(server: Server, seconds: float, seen: _Seen) -> None:
    """Load the server, and kill it after some seconds."""
    questions = cycle(body.encode() for body in bodies(press_release().cases))
    killed = False

    async def ask() -> None:
        async with Connection(server.host, server.port) as connection:
            while not killed:
                try:
                    status, content = await connection.post("/ask", next(questions))
                except (OSError, EOFError) as error:
                    if not killed:
                        seen.failed.append(f"start {len(seen.ready)}: {error!r}")
                    return
                seen.answered += status == 200
                if status != 200:
                    seen.failed.append(f"start {len(seen.ready)}: {status} {content[:200]!r}")

    tasks = [asyncio.create_task(ask()) for _ in range(_CONNECTIONS)]
    await asyncio.sleep(seconds)
    killed = True
    server.process.kill()
    server.process.wait()
    _, pending = await asyncio.wait(tasks, timeout=_GONE_SECONDS)
    for task in pending:  # a worker that is left still holds the connection
        task.cancel()


def _left(mark: str, port: int, folder: Path, workers: int) -> list[str]:
    """Return what is left of a service: processes, its port, its files."""
    left = [f"process {pid}" for pid in _marked(mark)]
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            left.append(f"port {port}")
    return left + [
        f"file {path.name}"
        for path in folder.iterdir()
        if not path.name.startswith("gloact-qa-bench-")
        and not (workers > 1 and path.name.startswith(_FIGURES))
    ]


def _marked(mark: str) -> list[int]:
    """Return the processes that live with the mark in their environment."""
    if not _HAS_PROC:
        return []
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{_MARK}={mark}\0".encode() in environ.read_bytes():
                found.append(int(environ.parent.name))
        except OSError:
            continue  # it ended, or is another's
    return found
