"""Find a Chromium or Chrome for the browser tests; with ``--install``, see to it that there is one.

Prints its path, or exits with 1 and says what to do: tests in a browser are never skipped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

VARIABLE = "GLOACT_QA_BROWSER"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
MAC_PLACES = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PLACES = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
# In a process of its own, because the synchronous Playwright cannot be started twice in one.
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class BrowserNotFoundError(RuntimeError):
    """There is no browser to test with; the message says how to get one."""


def find_browser() -> str:
    """Return the path of a Chromium, Chrome or Edge.

    Looks at GLOACT_QA_BROWSER, the PATH, where macOS and Windows keep programs, and last
    at what Playwright has installed. Raises BrowserNotFoundError when there is none, or
    when GLOACT_QA_BROWSER names no file.
    """
    if named := os.environ.get(VARIABLE):
        if found := shutil.which(named):
            return found
        raise BrowserNotFoundError(f"{VARIABLE}: {named!r} is not a program")
    for name in NAMES:
        if found := shutil.which(name):
            return found
    for place in _usual_places():
        if place.is_file():
            return str(place)
    if (place := _playwrights_own()).is_file():
        return str(place)
    raise BrowserNotFoundError(
        "no Chromium or Chrome found for the browser tests: install one, "
        f"or set {VARIABLE} to the path of one"
    )


def install_browser() -> str:
    """Return the path of a browser, installing Chromium when there is none.

    Raises BrowserNotFoundError when that fails too.
    """
    try:
        return find_browser()
    except BrowserNotFoundError:
        if VARIABLE in os.environ:
            raise
    for commands in _ways_to_install():
        if all(subprocess.run(command, check=False).returncode == 0 for command in commands):
            with suppress(BrowserNotFoundError):
                return find_browser()
    return find_browser()


def _usual_places() -> list[Path]:
    programs = (os.environ.get(variable) for variable in WINDOWS_FOLDERS)
    folders = [
        Path("/Applications"),
        Path.home() / "Applications",
        *map(Path, filter(None, programs)),
    ]
    return [folder / place for folder in folders for place in (*MAC_PLACES, *WINDOWS_PLACES)]


def _playwrights_own() -> Path:
    asked = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    return Path(asked.stdout.strip())  # nothing printed: the folder ".", which is no file


def _ways_to_install() -> Iterator[list[list[str]]]:
    if shutil.which("apt-get") and (root := _become_root()) is not None:
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        yield [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"]]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def _become_root() -> list[str] | None:
    """Return what to write before a command so that root runs it; None: not without a password."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], check=False).returncode == 0:
        return sudo
    return None


if __name__ == "__main__":
    try:
        browser = install_browser() if "--install" in sys.argv[1:] else find_browser()
    except BrowserNotFoundError as error:
        raise SystemExit(str(error)) from None
    sys.stdout.write(f"browser: {browser}\n")
