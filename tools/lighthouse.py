"""Score the chat page with Lighthouse; exits with 1 when any score is below MINIMUM.

Needs Node.js: Lighthouse comes from npm, in the version below, and drives the browser of the
tests. Run by ``make lighthouse``.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from find_browser import find_browser  # noqa: E402

from serving import run_server  # noqa: E402

LIGHTHOUSE = "lighthouse@12.8.2"  # the last for Node.js 18 and 20
MINIMUM = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ANSWERED = f"/?q={quote('Who moderated the event?')}"
# What is opened, and as what: Lighthouse's phone has a slow line and a slow processor.
RUNS = (("/", "phone"), ("/", "desktop"), (ANSWERED, "phone"), (ANSWERED, "desktop"))


def score(npx: str, address: str, device: str) -> dict[str, int]:
    """Return the score of each category, out of 100."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            npx,
            "--yes",
            LIGHTHOUSE,
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu "
            "--disable-background-networking --disable-component-update --disable-sync",
            *(["--preset=desktop"] if device == "desktop" else []),
        ]
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": find_browser()})
        categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}


def main() -> int:
    """Print the scores; return the exit code."""
    npx = shutil.which("npx")
    if npx is None:
        print("Lighthouse needs Node.js 18 or newer (npx).", file=sys.stderr)
        return 2
    print("page".ljust(30), "device".ljust(8), *(name.rjust(14) for name in CATEGORIES))
    worst = 100
    with run_server() as server:
        for path, device in RUNS:
            scores = score(npx, f"{server}{path}", device)
            worst = min(worst, *scores.values())
            numbers = (str(scores[name]).rjust(14) for name in CATEGORIES)
            print(path[:30].ljust(30), device.ljust(8), *numbers, flush=True)
    if worst < MINIMUM:
        print(f"A score is below {MINIMUM}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
