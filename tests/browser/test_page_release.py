"""The release beside the conversation."""

from acting import ask, open_release, turns
from browsing import Watch
from playwright.sync_api import Locator, Page, expect
from replies import SNIPPET, answer, release, reply


def with_answer(page: Page, **fields: object) -> None:
    reply(page, "/ask", answer(**fields))
    reply(page, "/documents/harbour", release())
    ask(page, "Who opened the harbour?")
    expect(turns(page)).to_have_count(1)


def test_it_opens_beside_the_conversation_at_the_passage(page: Page) -> None:
    with_answer(page)
    view = open_release(page)
    expect(view.get_by_role("heading")).to_have_text("A harbour for Berg")
    expect(view.locator("time")).to_have_text("1 February 2024")
    expect(view.get_by_role("link", name="Original")).to_have_attribute(
        "href", "https://press.example/harbour"
    )
    expect(view.locator(".passage")).to_have_text([SNIPPET])
    mark = view.locator("mark")
    expect(mark).to_have_text(["Ada Berg"])
    expect(mark).to_be_in_viewport()
    expect(mark).to_be_focused()
    # Beside: the conversation is still there to be used.
    assert not overlap(view, turns(page).locator(".hero"))
    page.get_by_role("button", name="Copy link").click(trial=True)

    turns(page).get_by_role("button", name="Show in the release").nth(1).click()
    expect(view.locator("mark")).to_have_text(["Harbour"])
    page.keyboard.press("Escape")
    expect(view).to_be_hidden()
    expect(turns(page).get_by_role("button", name="Show in the release").nth(1)).to_be_focused()


def overlap(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    assert a
    assert b
    return not (a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"])


def test_a_real_release_is_marked_where_the_answer_stands(page: Page) -> None:
    ask(page, "Who moderated the event?")
    view = open_release(page)
    expect(view.locator("mark").first).to_contain_text("Alena Kupchyna")
    expect(view.locator("mark").first).to_be_in_viewport()
    expect(view.locator(".text p")).not_to_have_count(0)


def test_a_closing_that_is_told_late_does_not_close_what_is_open_again(page: Page) -> None:
    with_answer(page)
    view = open_release(page)
    expect(view.locator("mark")).to_be_visible()
    # Back and, at once, forward: the browser tells of the closing only afterwards.
    view.evaluate("dialog => dialog.dispatchEvent(new Event('close'))")
    page.wait_for_timeout(200)
    expect(view.locator("mark")).to_be_in_viewport()


def test_the_way_back_closes_it_and_forward_and_reload_bring_it_again(page: Page) -> None:
    with_answer(page)
    view = open_release(page)
    expect(view.locator("mark")).to_be_visible()
    page.go_back()
    expect(view).to_be_hidden()
    expect(turns(page)).to_have_count(1)
    page.go_forward()
    expect(view.locator("mark")).to_be_in_viewport()
    page.reload()
    expect(view.locator("mark")).to_be_in_viewport()
    view.get_by_role("button", name="Close").click()
    expect(view).to_be_hidden()
    expect(turns(page)).to_have_count(1)


def test_a_release_that_has_changed_says_so_or_is_marked_where_the_passage_went(page: Page) -> None:
    with_answer(page)
    moved = f"Corrected.\n{SNIPPET}"
    page.unroute("**/documents/harbour")
    reply(page, "/documents/harbour", release(text=moved))
    view = open_release(page)
    expect(view.locator("mark")).to_have_text(["Ada Berg"])
    page.keyboard.press("Escape")
    page.wait_for_function("!history.state?.release")

    page.reload()  # forgets the release that was fetched
    page.unroute("**/documents/harbour")
    reply(page, "/documents/harbour", release(text="Withdrawn."))
    view = open_release(page)
    expect(view).to_contain_text("This release has changed since")
    expect(view).to_contain_text("Withdrawn.")
    expect(view.locator("mark")).to_have_count(0)


def test_a_release_that_cannot_be_opened_can_be_tried_again(page: Page, watch: Watch) -> None:
    watch.expect("503")
    with_answer(page)
    page.unroute("**/documents/harbour")
    reply(page, "/documents/harbour", {}, 503)
    view = open_release(page)
    expect(view).to_contain_text("The release could not be opened.")
    expect(page.get_by_role("alert")).to_have_text("The release could not be opened.")
    retry = view.get_by_role("button", name="Try again")
    expect(retry).to_be_focused()
    page.unroute("**/documents/harbour")
    reply(page, "/documents/harbour", release())
    retry.click()
    expect(view.locator("mark")).to_be_in_viewport()


def test_text_from_right_to_left_runs_so_in_a_page_that_does_not(page: Page) -> None:
    arabic = "رست السفينة الأولى في المرفأ."
    given = {**answer(answer=arabic, short_answer=None)["sources"][0]}
    given.update(snippet=arabic, start=103, end=103 + len(arabic), highlights=[])
    with_answer(page, answer=arabic, short_answer=None, sources=[given])
    for place in (turns(page).locator(".hero"), turns(page).locator(".source blockquote")):
        assert direction(place) == "rtl"
    assert direction(turns(page).locator(".source h4")) == "ltr"
    view = open_release(page)
    passage = view.locator(".passage")
    expect(passage).to_have_text([arabic])
    assert direction(passage) == "rtl"
    assert direction(view.locator(".text p").first) == "ltr"


def direction(element: Locator) -> str:
    return str(element.evaluate("element => getComputedStyle(element).direction"))
