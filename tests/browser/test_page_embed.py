"""The page in another site's frame: allowed by the setting, refused without."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from serving import Running, run_server

# The very line that the documentation gives.
DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "chat-page.md").read_text(encoding="utf-8")
[SNIPPET] = [line for line in DOCUMENTATION.splitlines() if line.startswith("<iframe")]
SERVICE = "https://ask.example.org"


class Newsroom:
    """Another site: a page with one line of HTML, on another port and so of another origin."""

    def __init__(self) -> None:
        self.html = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == "/" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                page = f"<!doctype html><title>News</title><link rel=icon href=data:,>{site.html}"
                self.wfile.write(page.encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    site = Newsroom()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture(scope="module")
def embeddable(newsroom: Newsroom) -> Iterator[Running]:
    """A service that the newsroom may embed."""
    with run_server(embed_origins=f"https://other.example {newsroom.origin}") as running:
        yield running


def embed(page: Page, newsroom: Newsroom, server: str, snippet: str = SNIPPET) -> FrameLocator:
    assert SERVICE in snippet
    newsroom.html = snippet.replace(SERVICE, server)
    page.goto(newsroom.origin)
    return page.frame_locator("iframe")


def test_one_line_puts_the_chat_on_another_sites_page(
    new_context: Any, watch: Any, newsroom: Newsroom, embeddable: Running
) -> None:
    watch.allowed |= {newsroom.origin, embeddable}
    page = new_context().new_page()
    frame = embed(page, newsroom, embeddable)
    frame.get_by_label("Your question").fill("Who moderated the event?")
    frame.get_by_role("button", name="Ask", exact=True).click()
    turn = frame.locator("article.turn")
    expect(turn.locator(".hero")).to_contain_text("Alena Kupchyna")
    turn.get_by_role("button", name="Show in the release").first.click()
    expect(frame.get_by_role("dialog").locator("mark").first).to_be_in_viewport()
    frame.get_by_role("button", name="Close").click()
    expect(frame.get_by_role("dialog")).to_be_hidden()
    with page.expect_download() as downloading:
        frame.get_by_role("button", name="Save").click()
    assert downloading.value.suggested_filename.endswith(".md")
    turn.get_by_role("button", name="Copy link").click()
    expect(turn.get_by_role("button", name="Copied")).to_be_visible()
    # The whole page would not come up in the frame, so it opens beside.
    with page.context.expect_page() as opening:
        frame.get_by_role("link", name="Ask the releases").click()
    whole = opening.value
    expect(whole.get_by_role("heading", level=1)).to_be_visible()
    assert whole.url.partition("?")[0] == f"{embeddable}/"
    # The page around the frame is where it was.
    assert page.url.rstrip("/") == newsroom.origin


def test_it_works_in_a_frame_that_may_store_nothing(
    new_context: Any, watch: Any, newsroom: Newsroom, embeddable: Running
) -> None:
    watch.allowed |= {newsroom.origin, embeddable}
    context = new_context()
    context.add_init_script(
        "if (window !== top) Object.defineProperty(window, 'localStorage',"
        "{ get() { throw new DOMException('denied', 'SecurityError'); } });"
    )
    frame = embed(context.new_page(), newsroom, embeddable)
    frame.get_by_label("Your question").fill("Who moderated the event?")
    frame.get_by_label("Your question").press("Enter")
    expect(frame.locator("article.turn .hero")).to_contain_text("Alena Kupchyna")


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_a_service_without_the_setting_is_in_no_frame(
    new_context: Any, watch: Any, newsroom: Newsroom, server: Running, path: str
) -> None:
    watch.allowed |= {newsroom.origin, "chrome-error://chromewebdata"}
    watch.expect("frame-ancestors 'none'")
    page = new_context().new_page()
    frame = embed(page, newsroom, server, SNIPPET.replace("/embed", path))
    expect(frame.locator("body")).to_be_attached()
    expect(frame.get_by_label("Your question")).to_have_count(0)


def test_a_site_that_is_not_in_the_setting_is_refused(
    new_context: Any, watch: Any, newsroom: Newsroom
) -> None:
    watch.expect("frame-ancestors https://other.example")
    with run_server(embed_origins="https://other.example") as elsewhere:
        watch.allowed |= {newsroom.origin, elsewhere, "chrome-error://chromewebdata"}
        frame = embed(new_context().new_page(), newsroom, elsewhere)
        expect(frame.locator("body")).to_be_attached()
        expect(frame.get_by_label("Your question")).to_have_count(0)
