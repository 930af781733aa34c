"""WCAG 2.2 AA as far as axe-core can tell, in every state; and what it cannot tell."""

from typing import Any

import pytest
from acting import ask, box, open_release, turns
from axe_playwright_python.sync_playwright import Axe
from browsing import Watch
from playwright.sync_api import Page, expect
from replies import answer, refusal, release, reply, reply_in_turn

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert len(found.response["passes"]) > 10
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(new_context: Any, watch: Watch, look: str) -> None:
    # So high that the composer covers no button in part, which scrolling would uncover.
    page = new_context(color_scheme=look, viewport={"width": 1280, "height": 2000}).new_page()
    page.goto("/")
    expect(page.locator("#examples .example")).to_have_count(4)
    assert not violations(page), "when it opens"

    converse(page)
    assert not violations(page), "with an answer and a refusal"

    view = open_release(page)
    expect(view.locator("mark").first).to_be_in_viewport()
    assert not violations(page), "with the release open"
    page.keyboard.press("Escape")

    watch.expect("422")
    page.unroute("**/ask")
    reply(page, "/ask", {"detail": "history: too long"}, 422)
    ask(page, "x" * 950)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    box(page).fill("x" * 1010)
    assert not violations(page), "with an error"

    page.get_by_role("button", name="Start anew").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert not violations(page), "when cleared"


def converse(page: Page) -> None:
    """Have an answer to a question read otherwise, and a refusal; all of it unfolded."""
    reply(page, "/documents/harbour", release())
    reply_in_turn(page, answer(interpreted_as="who opened the harbour of Berg?"), refusal())
    ask(page, "Who opened it?")
    turns(page).first.locator(".confidence").click()
    ask(page, "Who closed it?")
    turns(page).nth(1).locator("summary").click()
    expect(turns(page).nth(1).locator(".source")).to_be_visible()


def test_axe_finds_nothing_on_a_phone_with_the_release_over_all(new_context: Any) -> None:
    page = new_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    page.goto("/")
    converse(page)
    expect(open_release(page).locator("mark").first).to_be_in_viewport()
    assert not violations(page)


def test_the_contrast_grows_for_those_who_want_more(new_context: Any) -> None:
    page = new_context(contrast="more").new_page()
    page.goto("/")
    soft, ink = page.evaluate(
        """() => [".promise", "h1"]
          .map((at) => getComputedStyle(document.querySelector(at)).color)"""
    )
    assert soft == ink


def test_forced_colours_keep_the_marks_and_the_buttons_visible(new_context: Any) -> None:
    page = new_context(forced_colors="active").new_page()
    page.goto("/")
    reply(page, "/ask", answer())
    ask(page, "Who opened it?")
    expect(turns(page)).to_have_count(1)
    background, around = page.evaluate(
        """() => ["mark", ".turn"]
          .map((at) => getComputedStyle(document.querySelector(at)).backgroundColor)"""
    )
    assert background != around
    border = page.evaluate("getComputedStyle(document.querySelector('.send')).borderTopStyle")
    assert border == "solid"


@pytest.mark.parametrize(("motion", "animations"), [("reduce", 0), ("no-preference", 1)])
def test_less_motion_moves_nothing(new_context: Any, motion: str, animations: int) -> None:
    phone = {"width": 360, "height": 700}
    page = new_context(reduced_motion=motion, viewport=phone).new_page()
    page.add_init_script(
        "window.moved = [];"
        "Element.prototype.scrollIntoView = function (how) { moved.push(how.behavior); };"
    )
    page.goto("/")
    reply(page, "/ask", answer())
    page.route("**/documents/harbour", lambda route: None)
    ask(page, "Who opened it?")
    expect(turns(page)).to_have_count(1)
    assert page.evaluate("moved") == ["instant" if motion == "reduce" else "smooth"]
    opener = turns(page).get_by_role("button", name="Show in the release").first
    started = opener.evaluate("at => { at.click(); return document.getAnimations().length; }")
    assert started == animations


def test_what_happens_is_read_out(page: Page) -> None:
    status = page.get_by_role("status")
    reply_in_turn(page, answer(), refusal(), refusal())
    ask(page, "Who opened it?")
    expect(status).to_have_text("Ada Berg. Very sure. 2 sources.")
    ask(page, "Who closed it?")
    expect(status).to_have_text("The releases do not say.")
    first = status.text_content()
    ask(page, "Who closed it?")
    expect(turns(page)).to_have_count(3)
    # The same text again is a change all the same, or it would not be read out.
    assert status.text_content() != first
    assert page.locator("[aria-live], [role=log]").count() == 0


def test_the_headings_tell_the_structure(page: Page) -> None:
    reply(page, "/ask", answer())
    ask(page, "Who opened it?")
    expect(turns(page)).to_have_count(1)
    levels = turns(page).get_by_role("heading").evaluate_all("all => all.map(h => h.tagName)")
    assert levels == ["H2", "H3", "H4", "H4"]
