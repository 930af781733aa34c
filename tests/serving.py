"""A real server in a process of its own."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAM = "from gloact_qa.cli import main; main()"
_START_SECONDS = 30


class Running(str):
    """The address of a server that runs, such as ``http://127.0.0.1:40123``."""

    log: list[str]
    process: subprocess.Popen[str]


@contextmanager
def run_server(
    knowledge: Path | None = None, *, port: int = 0, program: str = _PROGRAM, **settings: str
) -> Iterator[Running]:
    """Run ``gloact-qa serve``; port 0 is any free one, ``settings`` are GLOACT_QA_ variables."""
    arguments = [sys.executable, "-c", program, "serve", "--port", str(port)]
    if knowledge is not None:
        arguments += ["--knowledge", str(knowledge)]
    variables = {f"GLOACT_QA_{name.upper()}": value for name, value in settings.items()}
    with subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **variables},
    ) as process:
        log: list[str] = []
        assert process.stderr is not None
        # Read all along, or a full pipe would stop the server.
        reader = threading.Thread(target=log.extend, args=(process.stderr,), daemon=True)
        reader.start()
        overdue = threading.Timer(_START_SECONDS, process.kill)
        overdue.start()
        try:
            assert process.stdout is not None
            announced = process.stdout.readline()
            overdue.cancel()
            address = re.search(r"http://\S+", announced)
            if address is None:
                process.kill()
                reader.join()
                raise RuntimeError(f"the server did not start: {announced}{''.join(log)}")
            running = Running(address.group())
            running.log = log
            running.process = process
            yield running
        finally:
            overdue.cancel()
            process.kill()  # how it ends when it is asked to is a test of its own
