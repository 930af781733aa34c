"""A real Chromium without a window. A page that complains or asks another host fails its test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browsing import ARGUMENTS, Watch
from find_browser import find_browser
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=find_browser(), args=[*ARGUMENTS])
    yield browser
    browser.close()


@pytest.fixture
def watch(server: str) -> Iterator[Watch]:
    """Fail the test when its pages log errors, throw, or send a request elsewhere."""
    watch = Watch()
    watch.allowed.add(server)
    yield watch
    watch.check()


@pytest.fixture
def new_context(browser: Browser, watch: Watch, server: str) -> Iterator[Callable[..., Any]]:
    """Make browser contexts that are watched; the keywords are Playwright's."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        options = {
            "base_url": server,
            "viewport": {"width": 1280, "height": 800},
            "reduced_motion": "reduce",  # so that no test waits for the page to scroll
            **options,
        }
        context = browser.new_context(**options)
        context.set_default_timeout(5000)
        watch.follow(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """Open the chat page on a large screen."""
    page = new_context().new_page()
    page.goto("/")
    return page
