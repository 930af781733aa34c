"""The command line, run in this process and in one of its own."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from gloact_qa.cli import main

PROGRAM = "from gloact_qa.cli import main; main()"


def run(*arguments: str | Path, typed: str | bytes | None = None) -> Result:
    """Run a command in this process; ``typed`` is its standard input."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


def run_process(
    *arguments: str | Path, program: str = PROGRAM, typed: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; ``settings`` are GLOACT_QA_ variables."""
    variables = {f"GLOACT_QA_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **variables},
        timeout=60,
        check=False,
    )


def complaint(result: Result | subprocess.CompletedProcess[str]) -> str:
    """Return the one line that a run must have ended with, on stderr, with exit code 2."""
    status = result.exit_code if isinstance(result, Result) else result.returncode
    assert status == 2, result.stderr
    (line,) = result.stderr.splitlines()
    assert line.startswith("gloact-qa: ")
    return line.removeprefix("gloact-qa: ")
