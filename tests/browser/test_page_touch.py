"""By touch, on small screens."""

from typing import Any

import pytest
from acting import box, turns
from playwright.sync_api import Page, expect
from replies import answer, refusal, release, reply, reply_in_turn

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


@pytest.fixture
def phone(new_context: Any) -> Page:
    page = new_context(**PHONE).new_page()
    page.goto("/")
    return page


def test_the_whole_way_by_touch(phone: Page) -> None:
    phone.locator("#examples .example").first.tap()
    expect(turns(phone)).to_have_count(1)
    box(phone).tap()
    box(phone).fill("Who moderated the event?")
    phone.get_by_role("button", name="Ask", exact=True).tap()
    turn = turns(phone).nth(1)
    hero = turn.locator(".hero")
    expect(hero).to_contain_text("Alena Kupchyna")
    expect(hero).to_be_in_viewport()
    # Not in the box, where the keyboard would cover the answer.
    expect(turn.locator("h2")).to_be_focused()

    turn.get_by_role("button", name="Show in the release").first.tap()
    sheet = phone.get_by_role("dialog")
    expect(sheet.locator("mark").first).to_be_in_viewport()
    bounds = sheet.bounding_box()
    assert bounds
    assert (bounds["x"], bounds["width"]) == (0, 360)
    assert bounds["height"] > 0.85 * 740
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_be_hidden()

    turn.get_by_role("button", name="Show in the release").first.tap()
    expect(sheet.locator("mark").first).to_be_in_viewport()
    phone.go_back()  # the phone's gesture
    expect(sheet).to_be_hidden()
    turn.get_by_role("button", name="Show in the release").first.tap()
    expect(sheet.locator("mark").first).to_be_in_viewport()
    phone.touchscreen.tap(180, 20)  # beside the sheet
    expect(sheet).to_be_hidden()
    turn.get_by_role("button", name="Copy link").scroll_into_view_if_needed()
    turn.locator(".confidence").tap()
    expect(turn.get_by_text("probability that this answer is right")).to_be_visible()


def too_wide(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((at) => !at.closest(".unseen, .skip") && at.checkVisibility())
          .filter((at) => at.getBoundingClientRect().right > innerWidth + 0.5)
          .map((at) => `${at.tagName}.${at.className}`)"""
    )


def too_small(page: Page, least: int) -> list[str]:
    """Return what is hard to hit: smaller than this, and not a link within a sentence."""
    return page.evaluate(
        """(least) => [...document.querySelectorAll("button, a, summary, textarea")]
          .filter((at) => at.checkVisibility() && !at.closest(".skip, .soft, .releases"))
          .map((at) => [at.textContent, at.getBoundingClientRect()])
          .filter(([, { width, height }]) => Math.min(width, height) < least)
          .map(([text, { width, height }]) => `${text}: ${width} x ${height}`)""",
        least,
    )


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_nothing_is_cut_off_at_any_width(new_context: Any, width: int) -> None:
    page = new_context(**{**PHONE, "viewport": {"width": width, "height": 600}}).new_page()
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    page.goto("/")
    expect(page.locator("#examples .example")).to_have_count(4)
    assert too_wide(page) == []
    reply_in_turn(page, answer(short_answer=long, answer=f"{long}." * 3), refusal())
    reply(page, "/documents/harbour", release(title=long * 2))
    box(page).fill(long * 2)
    page.keyboard.press("Enter")
    expect(turns(page)).to_have_count(1)
    assert too_wide(page) == []
    box(page).fill("Why?")
    page.keyboard.press("Enter")
    turns(page).nth(1).locator("summary").tap()
    assert too_wide(page) == []
    assert too_small(page, 44) == []
    header = page.get_by_role("banner").bounding_box()
    assert header
    assert header["height"] <= 64
    turns(page).first.get_by_role("button", name="Show in the release").first.tap()
    expect(page.get_by_role("dialog").locator("mark")).to_be_in_viewport()
    assert too_wide(page) == []
