"""How long the program takes to start: to an answer on the command line, to a ready service.

Run by ``make bench``: the median of some runs, with the fastest and the slowest. One run
before them is not counted; it warms the file cache and compiles the modules.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

QUESTION = "Who moderated the event?"
TIMEOUT = 60.0  # seconds


def program() -> str:
    """Return the ``gloact-qa`` beside this Python, else the one on the PATH."""
    found = shutil.which("gloact-qa", path=Path(sys.executable).parent) or shutil.which("gloact-qa")
    if found is None:
        raise SystemExit("gloact-qa is not installed; run `make bench`")
    return found


def ask(command: str) -> float:
    """Return the seconds from the call of ``gloact-qa ask`` to its end."""
    start = time.perf_counter()
    subprocess.run([command, "ask", QUESTION], check=True, capture_output=True, timeout=TIMEOUT)
    return time.perf_counter() - start


def serve(command: str) -> float:
    """Return the seconds from the call of ``gloact-qa serve`` until ``/readyz`` says 200."""
    start = time.perf_counter()
    with subprocess.Popen(
        [command, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        watchdog = threading.Timer(TIMEOUT, process.kill)
        watchdog.start()
        try:
            address = _address(process)
            while not _is_ready(address):
                if process.poll() is not None:
                    raise SystemExit("gloact-qa serve ended before it was ready")
                time.sleep(0.002)
            return time.perf_counter() - start
        finally:
            watchdog.cancel()
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    """Return the address that the service prints when it listens."""
    printed = []
    for line in process.stdout or ():
        printed.append(line)
        if match := re.search(r"http://[\w.\[\]:]+:\d+", line):
            return match.group()
    raise SystemExit(f"gloact-qa serve printed no address:\n{''.join(printed)}")


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=TIMEOUT) as response:  # noqa: S310
            status: int = response.status
            return status == 200
    except urllib.error.URLError:
        return False


def report(name: str, measure: Callable[[str], float], command: str, runs: int) -> None:
    """Measure and print one line."""
    measure(command)
    seconds = [measure(command) for _ in range(runs)]
    print(
        f"{name:<28} median {statistics.median(seconds):.3f} s "
        f"({min(seconds):.3f} to {max(seconds):.3f}, {runs} runs)"
    )


def main() -> None:
    """Measure both starts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=10, help="runs of each (default: 10)")
    runs = max(1, parser.parse_args().runs)
    command = program()
    report(f'ask "{QUESTION}"', ask, command, runs)
    report("serve, until ready", serve, command, runs)


if __name__ == "__main__":
    main()
