"""Whether the service's memory grows with the requests it has answered."""

import asyncio
import sys
import time
from collections.abc import Iterator
from itertools import cycle

from benchmarks.client import Connection
from benchmarks.datasets import press_release
from benchmarks.server import Server, running, serve_command
from benchmarks.table import Slope, heading, note, row, target
from gloact_qa.schema import MAX_TOP_K, AskRequest

_CONNECTIONS = 8
_SAMPLES = 500
# What is kept for later requests fills, and memory settles, for up to 100,000 of them.
_WARM_UP = 0.5  # of the requests
_JUDGED = 200_000  # with fewer it may not have settled
# An object of Python's takes 16 bytes or more: this is one lost in every tenth request.
_LEAK = 16.0  # kB in 10,000 requests


async def try_memory(requests: int) -> bool:
    """Ask so many questions, 20,000 at least; return whether memory stayed as it was.

    Fewer than _JUDGED are no proof of growth, and always good.
    """
    requests = max(requests, 40 * _SAMPLES)
    with running(serve_command()) as server:
        started = time.perf_counter()
        counts, sizes = await _watch(server, requests)
        seconds = time.perf_counter() - started
    first = next(i for i, count in enumerate(counts) if count >= _WARM_UP * requests)
    slope = Slope.of(counts[first:], sizes[first:])
    grown = Slope(*(10_000 * value for value in (slope.slope, slope.low, slope.high)))
    heading(f"Memory: {requests:,} requests over {_CONNECTIONS} connections, {seconds:,.0f} s")
    row("resident, at the start, MB", f"{sizes[0] / 1000:.1f}")
    row("resident, at half of them, MB", f"{sizes[first] / 1000:.1f}")
    row("resident, at the end, MB", f"{sizes[-1] / 1000:.1f}")
    row(
        "kB more in 10,000 requests (95 % interval)",
        f"{grown.slope:.2f} ({grown.low:.2f} to {grown.high:.2f})",
    )
    note(f"of {len(counts) - first} samples after the first {counts[first]:,} requests")
    if requests < _JUDGED:
        note(f"not judged: memory settles for long, so that takes {_JUDGED:,} requests")
        return True
    kept = grown.low <= 0 or grown.slope <= _LEAK
    target(f"memory does not grow: by no more than {_LEAK:g} kB, or not for certain", kept)
    return kept


async def _watch(server: Server, requests: int) -> tuple[list[int], list[int]]:
    """Return after how many requests how much was resident, in kB."""
    every = requests // _SAMPLES
    counts, sizes = [0], [server.memory.now]
    questions = _questions()
    sent = done = 0

    async def ask() -> None:
        nonlocal sent, done
        async with Connection(server.host, server.port) as connection:
            while sent < requests:
                sent += 1
                status, content = await connection.post("/ask", next(questions))
                if status != 200:
                    raise RuntimeError(f"status {status}: {content.decode()}")
                done += 1
                if done % every == 0:
                    counts.append(done)
                    sizes.append(server.memory.now)
                    if sys.stderr.isatty():
                        print(f"\r{done:,}", end="", file=sys.stderr, flush=True)

    async with asyncio.TaskGroup() as group:
        for _ in range(_CONNECTIONS):
            group.create_task(ask())
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    return counts, sizes


def _questions() -> Iterator[bytes]:
    """Yield the question set over and over, with another ``top_k`` each time.

    So no answer is asked for again before many others were, and what a service remembers
    it must forget, too.
    """
    cases = press_release().cases
    for top_k in cycle(range(1, MAX_TOP_K + 1)):
        for case in cases:
            request = AskRequest(question=case.question, history=case.history, top_k=top_k)
            yield request.model_dump_json().encode()
