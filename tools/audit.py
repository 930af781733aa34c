"""Looks for known vulnerabilities in what the locks pin: ``make audit``.

Exit code 0: none known; 1: some are, and listed; 2: the registry gave no data to tell by.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("runtime.lock.txt", "dev.lock.txt")


def audit(lock: Path) -> list[dict[str, Any]]:
    """Return pip-audit's findings about each package of a lock; raises RuntimeError without."""
    ran = subprocess.run(
        (
            *(sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"),
            *("--progress-spinner", "off", "--format", "json", "--requirement", str(lock)),
        ),
        capture_output=True,
        text=True,
    )
    try:
        found: list[dict[str, Any]] = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = ran.stderr.strip().splitlines() or ["it said nothing"]
        raise RuntimeError(last[-1]) from None
    return found


def main() -> int:
    """Audit every lock, say what was found, and return the exit code."""
    code = 0
    for lock in LOCKS:
        try:
            packages = audit(ROOT / "requirements" / lock)
        except RuntimeError as error:
            print(f"{lock}: could not be audited: {error}")
            code = code or 2
            continue
        skipped = [package for package in packages if "skip_reason" in package]
        known = [(p, v) for p in packages for v in p.get("vulns", ())]
        for package, vulnerability in known:
            fixed = ", ".join(vulnerability["fix_versions"]) or "no version"
            print(f"{lock}: {package['name']} {package['version']}: {vulnerability['id']}", end=" ")
            print(f"(mended in {fixed})")
        if skipped:
            print(
                f"{lock}: {len(skipped)} of {len(packages)} packages could not be audited; "
                f"of {skipped[0]['name']} it is said: {skipped[0]['skip_reason']}"
            )
        else:
            print(f"{lock}: {len(packages)} packages, {len(known)} known vulnerabilities")
        code = 1 if known else code or (2 if skipped else 0)
    return code


if __name__ == "__main__":
    sys.exit(main())
