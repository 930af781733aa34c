"""On paper: a transcript that a journalist would file."""

from acting import ask, turns
from playwright.sync_api import Page, expect
from replies import SENTENCE, URL, answer, refusal, release, reply, reply_in_turn


def test_a_printed_conversation_has_all_that_a_file_needs_and_no_controls(page: Page) -> None:
    reply(page, "/documents/harbour", release())
    reply_in_turn(page, answer(interpreted_as="who opened the harbour of Berg?"), refusal())
    ask(page, "Who opened the harbour?")
    ask(page, "Who closed the harbour?")
    expect(turns(page)).to_have_count(2)
    page.emulate_media(media="print")
    turn = turns(page).first
    for text in (
        "Who opened the harbour?",
        SENTENCE,
        "A harbour for Berg",
        "1 February 2024",
        URL,
        "characters 17–113",
        "Very sure",
        "93% probability that this answer is right",
        "Asked ",
        "Understood as: who opened the harbour of Berg?",
    ):
        expect(turn.get_by_text(text).first).to_be_visible()
    expect(turns(page).nth(1)).to_contain_text("The releases do not say.")
    visible = page.get_by_role("button").filter(visible=True)
    expect(visible).to_have_text(["Very sure", "Very likely not in the releases"])
    expect(page.get_by_role("link").filter(visible=True)).to_have_text(["Ask the releases"])
    expect(page.get_by_role("banner")).to_have_css("position", "static")  # on the first sheet only
    expect(page.get_by_label("Your question")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    # In dark surroundings too, ink on paper.
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        """() => [getComputedStyle(document.documentElement).backgroundColor,
          getComputedStyle(document.querySelector(".hero")).color]"""
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.pdf().startswith(b"%PDF")
