"""Requests per second and latency of POST /ask, beside a FastAPI endpoint of fixed response.

wrk sends the questions of the question set in turn, with their conversations, over 1, 16
and 64 connections. All servers run all the time with one worker each; in every round they
take turns, another one first each time.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.datasets import Case, press_release
from benchmarks.server import Server, running, serve_command
from benchmarks.table import Spread, heading, note, row, target
from gloact_qa.schema import Answer, AskRequest

CONNECTIONS = (1, 16, 64)
_TARGET = 0.75  # of the fixed endpoint's requests per second
_TARGET_CONNECTIONS = (16, 64)
_SCRIPT = Path(__file__).with_name("ask.lua")
_HERE, _ANEW, _FIXED = "gloact-qa serve", "  each answer worked out anew", "FastAPI, fixed response"
# Keeps no answers; versions without this setting never do.
FORGETFUL = {"GLOACT_QA_REMEMBERED_ANSWERS": "0"}


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw in one turn; latencies in milliseconds."""

    per_second: float
    p50: float
    p99: float
    failed: int


def find_wrk() -> str | None:
    """Return wrk, installed from Debian's packages where it can be; None where it cannot."""
    if not shutil.which("wrk") and shutil.which("apt-get"):
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        install = [*as_root, "apt-get", "install", "-y", "--no-install-recommends", "wrk"]
        for command in ([*as_root, "apt-get", "update"], install):
            if not as_root or shutil.which("sudo"):
                subprocess.run(command, capture_output=True, check=False)
    return shutil.which("wrk")


def bodies(cases: Sequence[Case]) -> list[str]:
    """Return the JSON of a request for each question, with its conversation."""
    return [
        AskRequest(question=case.question, history=case.history).model_dump_json() for case in cases
    ]


def fixed_command(folder: Path) -> list[str]:
    """Return the command of the fixed endpoint; its answer is written into ``folder``.

    It is the answer to the question of the set whose JSON is of the most average length.
    """
    collection = press_release()
    bot = collection.bot()
    answers = [bot.ask(case.question, case.history) for case in collection.cases]
    mean = sum(map(_size, answers)) / len(answers)
    chosen = min(answers, key=lambda answer: abs(_size(answer) - mean))
    file = folder / "answer.json"
    file.write_text(chosen.model_dump_json(), "utf-8")
    return [sys.executable, "-m", "benchmarks.fixed_endpoint", str(file)]


def _size(answer: Answer) -> int:
    return len(answer.model_dump_json().encode())


def hit(wrk: str, server: Server, connections: int, seconds: float, questions: Path) -> Load:
    """Load a server for some seconds."""
    shown = subprocess.run(
        [
            wrk,
            *("--threads", "1", "--connections", str(connections), "--timeout", "10s"),
            *("--duration", f"{seconds:g}s", "--script", str(_SCRIPT), server.address),
            *("--", str(questions)),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return Load(**json.loads(shown.stdout.splitlines()[-1]))


def report_load(rounds: int, seconds: int, profile: Callable[[Server], None] | None) -> None:
    """Print all of it; ``profile`` is called with the server under load, when given."""
    wrk = find_wrk()
    if wrk is None:
        print("\nOver HTTP: skipped, as wrk could not be had (Debian: apt-get install wrk).")
        return
    cases = press_release().cases
    alone = [case for case in cases if not case.history]
    with tempfile.TemporaryDirectory(prefix="gloact-qa-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        everything, without_history = folder / "all.jsonl", folder / "alone.jsonl"
        everything.write_text("\n".join(bodies(cases)), "utf-8")
        without_history.write_text("\n".join(bodies(alone)), "utf-8")
        servers = {_HERE: stack.enter_context(running(serve_command()))}
        servers[_ANEW] = stack.enter_context(running(serve_command(), FORGETFUL))
        servers[_FIXED] = stack.enter_context(running(fixed_command(folder)))
        heading(
            f"Over HTTP: POST /ask, one worker each, {rounds} rounds of {seconds} s",
            *("requests/s", "of the fixed response", "p50, ms", "p99, ms"),
        )
        for connections, questions in (
            *((number, everything) for number in CONNECTIONS),
            (16, without_history),
        ):
            turn = partial(hit, wrk, connections=connections, seconds=seconds, questions=questions)
            loads = _rounds(rounds, servers, turn)
            kind = ", no conversations" if questions is without_history else ""
            plural = "s" if connections > 1 else ""
            print(f" {connections} connection{plural}{kind}")
            _print_loads(loads, connections if questions is everything else 0)
        if profile:
            for name, server in servers.items():
                if name != _FIXED:
                    print(f"\nWhere the time goes: {name.strip()}, 16 connections")
                    with _under_load(wrk, server, everything):
                        profile(server)


def _rounds(
    rounds: int, servers: Mapping[str, Server], turn: Callable[[Server], Load]
) -> dict[str, list[Load]]:
    loads: dict[str, list[Load]] = {name: [] for name in servers}
    names = list(servers)
    for server in servers.values():
        turn(server)  # warms up
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            loads[name].append(turn(servers[name]))
    return loads


def _print_loads(loads: Mapping[str, Sequence[Load]], connections: int) -> None:
    fixed = [load.per_second for load in loads[_FIXED]]
    for name, turns in loads.items():
        rates = [load.per_second for load in turns]
        row(
            name,
            Spread.of(rates).show(0),
            Spread.of_ratios(rates, fixed).show() if name != _FIXED else "1",
            Spread.of(load.p50 for load in turns).show(1),
            Spread.of(load.p99 for load in turns).show(1),
        )
        if failed := sum(load.failed for load in turns):
            note(f"{failed} requests failed: {name.strip()}")
    if connections in _TARGET_CONNECTIONS:
        for name in loads:
            if name != _FIXED:
                rates = [load.per_second for load in loads[name]]
                met = Spread.of_ratios(rates, fixed).median >= _TARGET
                target(f"{name.strip()}: at least {_TARGET:.0%} of the fixed response", met)


@contextmanager
def _under_load(wrk: str, server: Server, questions: Path) -> Iterator[None]:
    """Load a server for as long as the block takes."""
    command = [wrk, "-t1", "-c16", "-d600s", "-s", str(_SCRIPT), server.address, "--"]
    with subprocess.Popen([*command, str(questions)], stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()
