"""Where a server's time goes under load, by py-spy, which samples it from outside."""

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.server import Server

_SECONDS, _RATE = 8, 250  # samples a second
# The innermost frame of one of these places says what a sample is of; but all below the
# answer is the answer.
_ANSWER = ("ask (gloact_qa/answering/bot.py", "the answer: Bot.ask")
_PLACES = (
    ("gloact_qa/service/", "the service's own code"),
    ("gloact_qa/", "other code of gloact-qa"),
    ("pydantic", "Pydantic: reading and writing JSON"),
    ("fastapi/", "FastAPI: routing, validation, injection"),
    ("starlette/", "Starlette: middleware, requests, responses"),
    ("uvicorn/", "Uvicorn: HTTP, and uvloop below it"),
    ("prometheus_client/", "Prometheus's counters"),
)


def find_py_spy() -> str | None:
    """Return py-spy of the peers' environment or of the PATH; None where there is none."""
    beside = Path(sys.prefix) / "bench" / "bin"
    return shutil.which("py-spy", path=beside) or shutil.which("py-spy")


def profiler() -> Callable[[Server], None] | None:
    """Return what prints a server's profile; None, and why on the screen, without py-spy."""
    py_spy = find_py_spy()
    if py_spy is None:
        print("py-spy could not be had: no profile.", file=sys.stderr)
        return None
    return lambda server: _print_profile(py_spy, server)


def _print_profile(py_spy: str, server: Server) -> None:
    with tempfile.TemporaryDirectory(prefix="gloact-qa-bench-") as folder:
        raw = Path(folder) / "stacks.txt"
        command = [py_spy, "record", "--pid", str(server.process.pid), "--format", "raw"]
        command += ["--duration", str(_SECONDS), "--rate", str(_RATE), "--full-filenames"]
        ended = subprocess.run([*command, "--output", raw], capture_output=True, text=True)
        if ended.returncode or not raw.exists():
            print(f"  py-spy could not look into the server: {ended.stderr.strip()[-300:]}")
            return
        counted = _count(raw.read_text("utf-8").splitlines())
    whole = counted.total()
    for place, samples in counted.most_common():
        print(f"  {samples / whole:6.1%}  {place}")
    print(f"  ({whole:,} samples; the time in which the server waits is left out)")


def _count(stacks: Iterable[str]) -> "Counter[str]":
    """Count the samples of each place; a line is the frames, outermost first, and a number."""
    counted: Counter[str] = Counter()
    for line in stacks:
        frames, _, samples = line.rpartition(" ")
        counted[_place(frames.split(";"))] += int(samples)
    return counted


def _place(frames: list[str]) -> str:
    if any(_ANSWER[0] in frame for frame in _shortened(frames)):
        return _ANSWER[1]
    for frame in reversed(frames):
        for part, name in _PLACES:
            if part in frame:
                return name
    return "the rest: Python itself, asyncio"


def _shortened(frames: Iterable[str]) -> Iterable[str]:
    """Return the frames without what comes before the package in their paths."""
    for frame in frames:
        function, _, path = frame.partition(" (")
        yield f"{function} (gloact_qa/{path.rpartition('/gloact_qa/')[2]}"
