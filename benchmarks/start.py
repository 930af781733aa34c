"""How long the program takes to start, and how much memory it takes.

Each run is a new process, with the modules' bytecode as it was installed. "Warm" has the
files in the system's cache, from the run before; "cold" has had the system drop from it
whatever files the program opens (posix_fadvise, on Linux; needs no root, but what another
process has mapped stays). Peak memory is the highest resident set size so far (VmHWM).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from benchmarks.client import Connection, run
from benchmarks.datasets import press_release
from benchmarks.load import bodies, fixed_command
from benchmarks.server import (
    KNOWN_ANSWER,
    KNOWN_QUESTION,
    TIMEOUT,
    Server,
    program,
    running,
    serve_command,
    wait_until_ready,
)
from benchmarks.table import Spread, heading, row, target

QUESTIONS = 1000
_WARM, _COLD = "gloact-qa ask, warm", "gloact-qa ask, cold"
_ASK_TARGET = 0.5  # seconds
_MEMORY_TARGET = 80_000  # kB
# Runs `ask`, and prints the files that were opened or mapped.
_OPENED = """
import runpy, sys
opened = set()
sys.addaudithook(lambda event, args: event == "open" and opened.add(str(args[0])))
sys.argv[:] = ["gloact-qa", "ask", sys.argv[1]]
try:
    runpy.run_module("gloact_qa.cli", run_name="gloact_qa.cli")["main"]()
except SystemExit:
    pass
opened.update(line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if "/" in line)
print(*sorted(opened), sep="\\n", file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Service:
    """How a service started, in seconds, and its peak memory, in kB."""

    ready: float
    first_answer: float
    peak_ready: int
    peak_after: int


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds, and of these the processor's."""

    wall: float
    processor: float

    @classmethod
    def of(cls, command: Sequence[str], expected: str = "") -> "Run":
        """Run a command that prints ``expected``."""
        before, started = _children(), time.perf_counter()
        shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT)
        run_of = cls(time.perf_counter() - started, _children() - before)
        assert expected in shown.stdout, shown.stdout
        return run_of


def _children() -> float:
    """Return the processor's seconds of all processes that were waited for."""
    times = os.times()
    return times.children_user + times.children_system


def ask() -> Run:
    """Run ``gloact-qa ask``."""
    return Run.of([program(), "ask", KNOWN_QUESTION], KNOWN_ANSWER)


def serve(command: Sequence[str], questions: Sequence[str]) -> Service:
    """Start a service, get an answer from it, and then one to each of the questions."""
    started = time.perf_counter()
    with running(command) as server:
        if not wait_until_ready(server.port, TIMEOUT):
            raise RuntimeError("the service was not ready in time")
        ready = time.perf_counter() - started
        status, _ = server.ask({"question": KNOWN_QUESTION})
        first_answer = time.perf_counter() - started
        assert status == 200, status
        peak = server.memory.peak
        run(_ask_all(server, questions))
        return Service(ready, first_answer, peak, server.memory.peak)


async def _ask_all(server: Server, questions: Sequence[str]) -> None:
    async with Connection(server.host, server.port) as connection:
        for question in questions:
            status, _ = await connection.post("/ask", question.encode())
            assert status == 200, status


def opened_files() -> list[Path]:
    """Return the files that an ``ask`` opens: modules, libraries, data."""
    shown = subprocess.run(
        [sys.executable, "-c", _OPENED, KNOWN_QUESTION], capture_output=True, text=True, check=True
    )
    return [path for line in shown.stderr.splitlines() if (path := Path(line)).is_file()]


def drop_from_cache(files: Sequence[Path]) -> None:
    """Ask the system to forget the contents of files, so that they are read anew."""
    for path in files:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def report_start(runs: int) -> None:
    """Print all of it."""
    questions = list(islice(cycle(bodies(press_release().cases)), QUESTIONS))
    can_cool = hasattr(os, "posix_fadvise") and Path("/proc/self/maps").exists()
    files = opened_files() if can_cool else []
    runs_of: dict[str, list[Run]] = {"python -c pass": [], _WARM: [], _COLD: []}
    services: dict[str, list[Service]] = {"here": [], "fixed": []}
    with tempfile.TemporaryDirectory(prefix="gloact-qa-bench-") as folder:
        fixed = fixed_command(Path(folder))
        ask()  # warms the file cache, and compiles what the installation did not
        serve(serve_command(), questions[:1])
        for _ in range(runs):
            runs_of["python -c pass"].append(Run.of([sys.executable, "-c", "pass"]))
            runs_of[_WARM].append(ask())
            services["here"].append(serve(serve_command(), questions))
            services["fixed"].append(_serve_fixed(fixed, questions))
            if files:
                drop_from_cache(files)
                runs_of[_COLD].append(ask())
    heading(f"Start: {runs} runs", "s", "processor, s")
    for name, measured in runs_of.items():
        if measured:
            row(
                name,
                Spread.of(one.wall for one in measured).show(),
                Spread.of(one.processor for one in measured).show(),
            )
    for name, key in (("gloact-qa serve", "here"), ("FastAPI, fixed response", "fixed")):
        row(f"{name}, to ready", Spread.of(s.ready for s in services[key]).show())
        row(f"{name}, to first answer", Spread.of(s.first_answer for s in services[key]).show())
    met = Spread.of(one.wall for one in runs_of[_WARM]).median < _ASK_TARGET
    target(f"{_WARM}: less than {_ASK_TARGET} s", met)
    after = f"MB after {len(questions):,}"
    heading(f"Peak memory: {runs} runs", "MB ready", after)
    for name, key in (("gloact-qa serve", "here"), ("FastAPI, fixed response", "fixed")):
        row(
            name,
            Spread.of(s.peak_ready / 1000 for s in services[key]).show(1),
            Spread.of(s.peak_after / 1000 for s in services[key]).show(1),
        )
    peak = Spread.of(s.peak_after for s in services["here"]).high
    target(f"less than {_MEMORY_TARGET // 1000} MB", peak < _MEMORY_TARGET)


def _serve_fixed(command: Sequence[str], questions: Sequence[str]) -> Service:
    """Like `serve`, of the fixed endpoint, which is ready when it answers."""
    started = time.perf_counter()
    with running(command) as server:
        status, _ = server.ask(json.loads(questions[0]))
        taken = time.perf_counter() - started
        assert status == 200, status
        peak = server.memory.peak
        run(_ask_all(server, questions))
        return Service(taken, taken, peak, server.memory.peak)
