"""A server in a process of its own: started, looked at, ended."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

TIMEOUT = 60.0  # seconds for a start, for a response, and for an end
KNOWN_QUESTION, KNOWN_ANSWER = "Who moderated the event?", "Alena Kupchyna"
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process has in memory, in kB: now, and at most so far."""

    now: int
    peak: int


class Server:
    """A server that runs at ``host`` and ``port``."""

    def __init__(self, process: "subprocess.Popen[str]", log: Path, address: str) -> None:
        """Stand for a process that listens at ``address`` and logs into ``log``."""
        self.process = process
        self.log = log
        self.address = address
        self.host = _HOST
        self.port = int(address.rpartition(":")[2])

    @property
    def memory(self) -> Memory:
        """What the process has in memory; elsewhere than on Linux the peak isn't known."""
        return memory_of(self.process.pid)

    def ask(self, question: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Ask over a connection of its own; return the status and the JSON."""
        return request(self.port, "POST", "/ask", json.dumps(question).encode())


def program() -> str:
    """Return the ``gloact-qa`` beside this Python, else the one on the PATH."""
    found = shutil.which("gloact-qa", path=Path(sys.executable).parent) or shutil.which("gloact-qa")
    if found is None:
        raise SystemExit("gloact-qa is not installed; run `make bench`")
    return found


def serve_command(port: int = 0) -> list[str]:
    """Return the command that serves; port 0 takes any free one."""
    return [program(), "serve", "--host", _HOST, "--port", str(port)]


@contextmanager
def running(
    command: Sequence[str], settings: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Iterator[Server]:
    """Run a server that prints its address when it listens; end it with the block.

    ``settings`` are further variables of its environment, ``cwd`` its working directory.
    Raises RuntimeError, with what it logged, when it does not start within TIMEOUT.
    """
    with tempfile.TemporaryDirectory(prefix="gloact-qa-bench-") as folder:
        log = Path(folder) / "log"
        with (
            log.open("w") as log_file,
            subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=log_file,
                text=True,
                cwd=cwd,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(settings or {})},
            ) as process,
        ):
            try:
                yield Server(process, log, _announced(process, log))
            finally:
                _end(process)


def _announced(process: "subprocess.Popen[str]", log: Path) -> str:
    overdue = threading.Timer(TIMEOUT, process.kill)
    overdue.start()
    try:
        line = process.stdout.readline() if process.stdout else ""
    finally:
        overdue.cancel()
    found = re.search(r"http://[\w.]+:\d+", line)
    if found is None:
        raise RuntimeError(f"the server did not start: {line}{log.read_text()}")
    return found.group()


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()


def request(port: int, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, Any]]:
    """Send one request over a connection of its own; return the status and the JSON."""
    connection = HTTPConnection(_HOST, port, timeout=TIMEOUT)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def wait_until_ready(port: int, seconds: float) -> bool:
    """Tell whether ``/readyz`` says 200 within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if request(port, "GET", "/readyz")[0] == 200:
                return True
        except (OSError, HTTPException):
            pass  # not yet
        time.sleep(0.002)
    return False


def memory_of(pid: int) -> Memory:
    """Return what a process has in memory: resident set size, in kB."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status.read_text(), re.MULTILINE))
        return Memory(int(found["VmRSS"]), int(found["VmHWM"]))
    shown = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return Memory(int(shown.stdout), int(shown.stdout))
