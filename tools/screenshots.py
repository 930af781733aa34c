"""Take the documentation's pictures of the chat page; run by ``make screenshots``.

They show the service as it is, with the browser of the tests, and go to docs/ as WebP.
"""

import base64
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from browsing import ARGUMENTS  # noqa: E402
from find_browser import find_browser  # noqa: E402

from serving import run_server  # noqa: E402

DESK = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1.5}
PHONE = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
QUALITY = 75


def ask(page: Page, *questions: str) -> None:
    """Ask questions, each after the answer to the one before."""
    for number, question in enumerate(questions, start=1):
        page.get_by_label("Your question").fill(question)
        page.keyboard.press("Enter")
        page.locator("article.turn").nth(number - 1).wait_for()


def answer_and_release(page: Page) -> None:
    """Show an answer, and where it stands."""
    ask(page, "Who moderated the event?")
    page.get_by_role("button", name="Show in the release").first.click()
    page.get_by_role("dialog").locator("mark").first.wait_for()


def conversation(page: Page) -> None:
    """Show an answer within a conversation."""
    ask(page, "What is GLO.ACT Asia and the Middle East?", "And what does it build on?")


def opening(page: Page) -> None:
    """Show what the page opens with."""
    page.locator("#examples .example").first.wait_for()


def answer(page: Page) -> None:
    """Show an answer."""
    ask(page, "Who moderated the event?")


PICTURES: dict[str, tuple[dict[str, Any], Callable[[Page], None]]] = {
    "light": ({**DESK, "color_scheme": "light"}, answer_and_release),
    "dark": ({**DESK, "color_scheme": "dark"}, conversation),
    "opening": ({**DESK, "color_scheme": "light"}, opening),
    "phone": (PHONE, answer),
}


def take(browser: Browser, server: str, name: str, folder: Path) -> Path:
    """Take one picture; return its file."""
    options, show = PICTURES[name]
    context = browser.new_context(base_url=server, reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto("/")
    show(page)
    # Playwright itself writes no WebP.
    shot = context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
    )
    file = folder / f"screenshot-{name}.webp"
    file.write_bytes(base64.b64decode(shot["data"]))
    context.close()
    return file


def main() -> None:
    """Take all pictures."""
    folder = ROOT / "docs"
    folder.mkdir(exist_ok=True)
    with run_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGUMENTS])
        for name in PICTURES:
            file = take(browser, server, name, folder)
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} KB")
        browser.close()


if __name__ == "__main__":
    main()
