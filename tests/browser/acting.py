"""What a reader does in the page, and where things are in it."""

from playwright.sync_api import Locator, Page


def box(page: Page) -> Locator:
    return page.get_by_label("Your question")


def ask(page: Page, question: str) -> None:
    box(page).fill(question)
    box(page).press("Enter")


def turns(page: Page) -> Locator:
    return page.locator("article.turn")


def open_release(page: Page) -> Locator:
    """Open the release of the last turn's first source; return the release's element."""
    turns(page).last.get_by_role("button", name="Show in the release").first.click()
    return page.get_by_role("dialog")
