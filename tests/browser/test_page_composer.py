"""The box where a question is written."""

from acting import ask, box, turns
from playwright.sync_api import Locator, Page, expect
from replies import answer, reply, reply_in_turn


def height(element: Locator) -> float:
    bounds = element.bounding_box()
    assert bounds
    return bounds["height"]


def test_enter_asks_and_shift_enter_breaks_the_line(page: Page) -> None:
    asked = reply_in_turn(page, answer())
    box(page).press_sequentially("Who opened")
    box(page).press("Shift+Enter")
    box(page).press_sequentially("it?")
    assert not asked
    box(page).press("Enter")
    expect(turns(page)).to_have_count(1)
    assert asked[0]["question"] == "Who opened\nit?"
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()


def test_enter_that_ends_a_composed_word_asks_nothing(page: Page) -> None:
    asked = reply_in_turn(page, answer())
    box(page).fill("にほん")
    box(page).evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown',"
        "{ key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))"
    )
    page.get_by_label("Your question").press("End")
    assert not asked
    box(page).press("Enter")
    expect(turns(page)).to_have_count(1)
    assert len(asked) == 1


def test_nothing_is_asked_with_nothing_written(page: Page) -> None:
    asked = reply_in_turn(page, answer())
    for blank in ("", "   ", "\n\n"):
        ask(page, blank)
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(box(page)).to_be_focused()
    expect(turns(page)).to_have_count(0)
    assert not asked


def test_it_grows_with_the_text_up_to_a_part_of_the_window(page: Page) -> None:
    one = height(box(page))
    box(page).fill("line\n" * 4)
    four = height(box(page))
    assert four > one + 60
    box(page).fill("line\n" * 200)
    assert four < height(box(page)) <= 0.4 * 800 + 1
    box(page).fill("")
    assert height(box(page)) == one


def test_it_counts_near_the_limit_and_keeps_too_long_a_question(page: Page) -> None:
    asked = reply_in_turn(page, answer())
    limit = page.locator("#limit")
    box(page).fill("x" * 899)
    expect(limit).to_be_hidden()
    box(page).fill("x" * 960)
    expect(limit).to_have_text("40 characters left")
    expect(page.get_by_role("status")).to_have_text("40 characters left")
    # A character is a code point: these are two UTF-16 units each.
    box(page).fill("𝔞" * 999)
    expect(limit).to_have_text("1 character left")
    box(page).fill("x" * 1003)
    expect(limit).to_have_text("3 characters too many")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_have_text("3 characters too many")
    expect(box(page)).to_have_value("x" * 1003)
    assert not asked

    box(page).fill("  " + "x" * 1000 + "  ")
    expect(limit).to_have_text("0 characters left")
    box(page).press("Enter")
    expect(turns(page)).to_have_count(1)
    assert asked[0]["question"] == "x" * 1000


def test_slash_comes_to_the_box_unless_turned_off(page: Page) -> None:
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    page.keyboard.press("/")
    expect(box(page)).to_have_value("/")

    switch = page.get_by_label("comes to this box")
    switch.uncheck()
    page.locator(".releases button").focus()
    page.keyboard.press("/")
    expect(box(page)).not_to_be_focused()
    page.reload()
    expect(switch).not_to_be_checked()
    page.keyboard.press("/")
    expect(box(page)).not_to_be_focused()
    switch.check()
    page.locator(".releases button").focus()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()


def test_arrows_bring_earlier_questions_back(page: Page) -> None:
    reply(page, "/ask", answer("First?"))
    ask(page, "First?")
    expect(turns(page)).to_have_count(1)
    page.unroute("**/ask")
    reply(page, "/ask", answer("Second?"))
    ask(page, "Second?")
    expect(turns(page)).to_have_count(2)
    for key, value in (
        ("ArrowUp", "Second?"),
        ("ArrowUp", "First?"),
        ("ArrowUp", "First?"),
        ("ArrowDown", "Second?"),
        ("ArrowDown", ""),
        ("ArrowDown", ""),
    ):
        box(page).press(key)
        expect(box(page)).to_have_value(value)
    # In a text of one's own the arrows move, as ever.
    box(page).fill("Own")
    box(page).press("ArrowUp")
    expect(box(page)).to_have_value("Own")
