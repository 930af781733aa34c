"""Long trials of the service, each of which holds it to a promise: ``make soak``.

Exits with 1 when a promise is broken. Not for CI: all three take about half an hour. The
promises of seconds are for a machine with a processor to spare; the load is printed.
"""

import argparse
import sys

from benchmarks.client import run
from benchmarks.soak_changes import try_changes
from benchmarks.soak_kills import try_kills
from benchmarks.soak_memory import try_memory
from benchmarks.table import machine

PARTS = ("memory", "kills", "changes")


def main() -> int:
    """Run what was asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be repeated")
    parser.add_argument("--requests", type=int, default=200_000, help="judged from 200,000 on")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--changes", type=int, default=100, help="of the knowledge folder")
    parser.add_argument("--seed", type=int, default=2019, help="of the moments of the kills")
    arguments = parser.parse_args()
    parts = arguments.only or PARTS
    print(machine())
    kept = True
    if "memory" in parts:
        kept &= run(try_memory(arguments.requests))
    if "kills" in parts:
        kept &= run(try_kills(arguments.kills, arguments.seed))
    if "changes" in parts:
        kept &= run(try_changes(arguments.changes, arguments.seed))
    print(f"\n{machine()}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
