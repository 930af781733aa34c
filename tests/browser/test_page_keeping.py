"""What the page keeps, gives away and forgets."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from acting import ask, box, turns
from playwright.sync_api import Page, expect
from replies import SENTENCE, URL, answer, refusal, reply_in_turn, source

WHERE = "17–113"
NO_STORAGE = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});
"""


def test_the_conversation_survives_a_reload_and_stays_in_the_browser(
    page: Page, new_context: Any
) -> None:
    ask(page, "Who moderated the event?")
    ask(page, "What is the weather on the moon?")
    expect(turns(page)).to_have_count(2)
    before = turns(page).all_inner_texts()
    box(page).fill("Not asked yet")
    page.reload()
    expect(turns(page)).to_have_count(2)
    assert turns(page).all_inner_texts() == before
    expect(turns(page).last).to_be_in_viewport()
    expect(box(page)).to_have_value("Not asked yet")

    another = new_context().new_page()
    another.goto("/")
    expect(another.get_by_role("heading", level=1)).to_be_visible()
    expect(turns(another)).to_have_count(0)
    assert page.context.cookies() == []


def test_the_way_back_from_another_page_leads_to_the_conversation(page: Page) -> None:
    ask(page, "Who moderated the event?")
    expect(turns(page)).to_have_count(1)
    page.goto("/docs")
    page.go_back()
    expect(turns(page).locator(".hero")).to_contain_text("Alena Kupchyna")
    expect(turns(page)).to_have_count(1)


def test_it_works_where_nothing_can_be_stored(new_context: Any) -> None:
    context = new_context()
    context.add_init_script(NO_STORAGE)
    page = context.new_page()
    page.goto("/")
    ask(page, "Who moderated the event?")
    expect(turns(page).locator(".hero")).to_contain_text("Alena Kupchyna")
    page.get_by_label("comes to this box").uncheck()
    page.reload()
    # The address still has the question.
    expect(turns(page).locator(".hero")).to_contain_text("Alena Kupchyna")


def test_what_cannot_be_read_is_forgotten(page: Page) -> None:
    for stored in ("{", "5", '[{"id": 1}]', '[{"id": "a", "answer": {}}]', "[null]"):
        page.evaluate("text => localStorage.setItem('gloact-qa.conversation', text)", stored)
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(turns(page)).to_have_count(0)
    ask(page, "Who moderated the event?")
    expect(turns(page)).to_have_count(1)


def test_two_windows_have_one_conversation(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/")
    ask(page, "Who moderated the event?")
    expect(turns(other).locator(".hero")).to_contain_text("Alena Kupchyna")
    ask(other, "What is the weather on the moon?")
    expect(turns(page)).to_have_count(2)


def test_a_link_asks_its_question_on_its_own(page: Page) -> None:
    asked = reply_in_turn(page, answer())
    ask(page, "What came before?")
    expect(turns(page)).to_have_count(1)
    question = "Who opened “it” & why/when? 50%"
    page.goto(f"/?q={quote(question)}")
    expect(turns(page)).to_have_count(2)
    expect(turns(page).last.get_by_role("heading", level=2)).to_have_text(question)
    assert asked[-1] == {"question": question, "history": []}
    expect(page).to_have_title(f"{question} – Ask the releases")
    expect(box(page)).to_have_value("")

    # Not asked again.
    page.reload()
    expect(turns(page)).to_have_count(2)
    assert len(asked) == 2


def test_a_link_with_too_long_a_question_leaves_it_in_the_box(page: Page) -> None:
    asked = reply_in_turn(page, answer())
    page.goto(f"/?q={'x' * 1200}")
    expect(box(page)).to_have_value("x" * 1200)
    expect(page.locator("#limit")).to_have_text("200 characters too many")
    assert not asked
    page.goto("/?q=%20%20")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not asked


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_an_answer_is_copied_with_its_citation(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    undated = source(date=None, link=None, url=None)
    reply_in_turn(page, answer(), answer(sources=[undated]))
    for number in range(1, 3):
        ask(page, "Who opened the harbour?")
        expect(turns(page)).to_have_count(number)
    copy = page.get_by_role("button", name="Copy with citation")
    copy.first.click()
    told = turns(page).first.get_by_role("button", name="Copied")
    expect(told).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert clipboard(page) == (
        f"“{SENTENCE}”\n"
        f"— A harbour for Berg, 1 February 2024, characters {WHERE}\n"
        f"{URL}#:~:text=The%20new%20harbour"
    )
    expect(copy).to_have_count(2)  # the button says again what it does
    copy.nth(1).click()
    expect(turns(page).nth(1).get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page) == f"“{SENTENCE}”\n— A harbour for Berg, characters {WHERE}"


def test_a_link_is_copied_that_stands_on_its_own(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reply_in_turn(page, answer(), answer(interpreted_as="what does the harbour build on?"))
    ask(page, "Who opened it?")
    ask(page, "And what does it build on?")
    expect(turns(page)).to_have_count(2)
    expected = f"{server}/?q=what+does+the+harbour+build+on%3F"
    turns(page).nth(1).get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert clipboard(page) == expected
    # The address can be shared as well.
    assert page.url == expected


def test_without_the_clipboards_own_interface_it_copies_all_the_same(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    page.goto("/?q=Who moderated the event?")
    button = turns(page).get_by_role("button", name="Copy link")
    button.click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert clipboard(page).endswith("/?q=Who+moderated+the+event%3F")


def test_the_conversation_is_saved_as_markdown(page: Page, server: str) -> None:
    tricky = answer(
        answer="5. Costs: *5* <b>euros</b> [1] #2\n- and_more.",
        short_answer=None,
        sources=[source(title="A [title] <i>", url=None, link=None)],
    )
    reply_in_turn(page, answer(interpreted_as="who opened harbour 1?"), tricky, refusal())
    for number, question in enumerate(("Who?", "How much # is `it`?", "Why?"), start=1):
        ask(page, question)
        expect(turns(page)).to_have_count(number)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Save").click()
    download = downloading.value
    assert download.suggested_filename.startswith("conversation-20")
    assert download.suggested_filename.endswith(".md")
    head, when, *blocks = Path(download.path()).read_text(encoding="utf-8").split("\n\n")
    assert head == "# A conversation with the releases"
    assert when.endswith(server)
    cited = f"A harbour for Berg, 1 February 2024, characters {WHERE}"
    assert blocks == [
        "## Who?",
        "*Understood as: who opened harbour 1?*",
        "**Ada Berg**",
        f"> {SENTENCE}",
        f"Source: [{cited}](<{URL}#:~:text=The%20new%20harbour>)",
        "Very sure (93% probability that this answer is right)",
        "## How much \\# is \\`it\\`?",
        r"> 5\. Costs: \*5\* \<b\>euros\</b\> \[1\] \#2 - and\_more.",
        f"Source: A \\[title\\] \\<i\\>, 1 February 2024, characters {WHERE}",
        "Very sure (93% probability that this answer is right)",
        "## Why?",
        "The releases do not say.\n",
    ]


def test_starting_anew_forgets_and_can_be_undone(page: Page, server: str) -> None:
    reply_in_turn(page, answer())
    anew = page.get_by_role("button", name="Start anew")
    expect(anew).to_be_hidden()
    ask(page, "Who opened the harbour?")
    anew.click()
    expect(turns(page)).to_have_count(0)
    expect(anew).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("The conversation was cleared.")
    expect(box(page)).to_be_focused()
    expect(page).to_have_title("Ask the releases")
    assert page.url == f"{server}/"

    page.get_by_role("button", name="Undo").click()
    expect(turns(page)).to_have_count(1)
    anew.click()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(turns(page)).to_have_count(0)
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert json.loads(stored) == {}
