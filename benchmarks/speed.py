"""Every figure on speed in one run, beside peers: ``make bench``.

Figures are the median over rounds, with the lowest and the highest; ratios are taken round
by round. On a machine that does other things, the ratios are what counts.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.answer_time import HAYSTACK, HERE, AnswerTimes, measure
from benchmarks.load import report_load
from benchmarks.profiling import profiler
from benchmarks.start import report_start
from benchmarks.table import Spread, heading, machine, note, row, target

PARTS = ("answer", "load", "start")


def report_answer_times(rounds: int) -> None:
    """Print how long an answer takes, beside the peers' retrieval."""
    times = _with_peers(rounds) or measure(rounds)
    heading(
        f"In process: {times.passages} passages, {times.questions} questions, {rounds} rounds",
        *("processor, ms each", "of Haystack's"),
    )
    haystack = times.rounds.get(HAYSTACK)
    for name, rounds_of in times.rounds.items():
        ratio = Spread.of_ratios(rounds_of, haystack).show() if haystack else "?"
        row(
            times.described[name],
            Spread.of(rounds_of).show(3),
            "1" if rounds_of is haystack else ratio,
        )
    for name, reason in times.missing.items():
        note(f"{name} could not take part: {reason}")
    if haystack:
        met = Spread.of_ratios(times.rounds[HERE], haystack).median <= 1
        target("a whole answer takes at most as long as Haystack's retriever", met)


def _with_peers(rounds: int) -> AnswerTimes | None:
    """Measure in the peers' environment; None when there is none."""
    python = Path(sys.prefix) / "bench" / "bin" / "python"
    if not python.exists():
        return None
    shown = subprocess.run(
        [python, "-W", "ignore", "-m", "benchmarks.answer_time", "--rounds", str(rounds)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if shown.returncode:
        return None
    return AnswerTimes(**json.loads(shown.stdout.splitlines()[-1]))


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be repeated")
    parser.add_argument("--rounds", type=int, default=5, help="of each measurement (default: 5)")
    parser.add_argument("--seconds", type=int, default=3, help="of a turn of load (default: 3)")
    parser.add_argument("--profile", action="store_true", help="where the service's time goes")
    arguments = parser.parse_args()
    parts, rounds = arguments.only or PARTS, max(1, arguments.rounds)
    print(machine())
    if "answer" in parts:
        report_answer_times(3 * rounds)
    if "load" in parts:
        report_load(rounds, max(1, arguments.seconds), profiler() if arguments.profile else None)
    if "start" in parts:
        report_start(2 * rounds)


if __name__ == "__main__":
    main()
