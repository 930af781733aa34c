"""The whole way by keyboard alone, in the order that the page shows."""

from acting import box, turns
from playwright.sync_api import Page, expect


def focused(page: Page) -> str:
    """Return the name of what has the focus, as its label or text."""
    return str(
        page.evaluate(
            """() => {
              const at = document.activeElement;
              return at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ??
                at.textContent;
            }"""
        )
    ).strip()


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until something of this name has the focus, which must show."""
    passed = []
    for _ in range(40):
        page.keyboard.press(key)
        passed.append(focused(page))
        if passed[-1].startswith(name):
            break
    else:
        raise AssertionError(f"no {name!r} among {passed}")
    style = page.evaluate(
        """() => {
          const at = document.activeElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(at);
          return at.id === "question"
            ? getComputedStyle(at.form).boxShadow !== "none"
            : outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
        }"""
    )
    assert style, f"{name!r} does not show that it has the focus"
    covered = page.evaluate(
        """() => {
          const at = document.activeElement.getBoundingClientRect();
          const over = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
          return !(document.activeElement.contains(over) || over?.contains(document.activeElement));
        }"""
    )
    assert not covered, f"{name!r} has the focus and is covered"


def test_the_whole_way_by_keyboard_alone(page: Page) -> None:
    expect(page.locator("#examples .example")).to_have_count(4)
    tab_to(page, "Go to the question box")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type("Who moderated the event?")
    page.keyboard.press("Enter")
    expect(turns(page)).to_have_count(1)
    assert focused(page) == "Your question"

    # Back through the answer: the first thing above the composer is the last of the answer.
    tab_to(page, "Show in the release", "Shift+Tab")
    tab_to(page, turns(page).locator(".confidence").inner_text(), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(turns(page).get_by_text("probability that this answer is right")).to_be_visible()
    tab_to(page, "Copy with citation")
    tab_to(page, "Copy link")
    tab_to(page, "Show in the release")
    page.keyboard.press("Enter")

    view = page.get_by_role("dialog")
    expect(view.locator("mark").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(view).to_be_hidden()
    assert focused(page).startswith("Show in the release")
    tab_to(page, "Open the page")

    # A key is enough to ask on, and another to look around.
    page.keyboard.press("/")
    assert focused(page) == "Your question"
    page.keyboard.type("Who won the world cup of chess boxing?")
    page.keyboard.press("Enter")
    expect(turns(page)).to_have_count(2)
    last = turns(page).nth(1)
    tab_to(page, last.locator(".example").first.inner_text(), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(turns(page)).to_have_count(3)
    expect(turns(page).nth(2).locator("h2")).to_be_focused()
    tab_to(page, "Copy with citation")
    expect(last.locator(".hero")).to_have_text("The releases do not say.")

    tab_to(page, "Start anew", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(turns(page)).to_have_count(0)
    assert focused(page) == "Your question"
    tab_to(page, "Undo", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(turns(page)).to_have_count(3)
