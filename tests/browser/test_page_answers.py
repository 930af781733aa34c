"""Asking in the page: answers, follow-ups and refusals."""

import re

from acting import ask, turns
from playwright.sync_api import Page, expect
from replies import SENTENCE, SNIPPET, answer, refusal, reply, reply_in_turn, source, span


def test_an_answer_stands_in_the_page_and_its_place_is_marked(page: Page) -> None:
    ask(page, "Who moderated the event?")
    expect(turns(page).locator(".hero")).to_contain_text("Alena Kupchyna")
    expect(turns(page).locator(".source mark").first).to_contain_text("Alena Kupchyna")


def test_what_the_releases_do_not_say_is_refused(page: Page) -> None:
    ask(page, "Who won the football championship in Brazil?")
    expect(turns(page).locator(".hero")).to_have_text("The releases do not say.")
    expect(turns(page)).to_contain_text("Searched: 1 release, of 29 May 2019.")


def test_the_short_answer_comes_first_then_the_sentence_then_the_sources(page: Page) -> None:
    reply(page, "/ask", answer())
    ask(page, "Who opened the harbour?")
    turn = turns(page)
    expect(turn.locator(".hero")).to_have_text("Ada Berg")
    expect(turn.locator(".sentence")).to_have_text(SENTENCE)
    expect(turn.locator(".sentence mark")).to_have_text(["Ada Berg"])
    order = turn.locator(".hero, .sentence, .source").evaluate_all(
        "elements => elements.map(element => element.className)"
    )
    assert order == ["hero", "sentence", "source", "source"]

    first, second = turn.locator(".source").all()
    expect(first.locator(".number")).to_have_text("1")
    expect(first.get_by_role("heading")).to_have_text("A harbour for Berg")
    expect(first.locator("time")).to_have_text("1 February 2024")
    expect(first.locator("blockquote")).to_have_text(SNIPPET)
    expect(first.locator("mark")).to_have_text(["Ada Berg"])
    expect(second.locator(".number")).to_have_text("2")
    expect(second.locator("mark")).to_have_text(["Harbour"])


def test_open_the_page_follows_the_text_fragment_in_a_new_tab(page: Page) -> None:
    reply(page, "/ask", answer())
    ask(page, "Who opened the harbour?")
    link = turns(page).get_by_role("link", name="Open the page").first
    expect(link).to_have_attribute("href", re.compile(r"^https://press\.example/harbour#:~:text="))
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener")


def test_a_whole_sentence_as_answer_is_said_once(page: Page) -> None:
    reply(page, "/ask", answer(short_answer=None, sources=[source(SNIPPET, SENTENCE)]))
    ask(page, "Who opened the harbour?")
    expect(turns(page).locator(".hero")).to_have_text(SENTENCE)
    expect(turns(page).locator(".sentence")).to_have_count(0)


def test_the_span_that_is_meant_is_marked_also_after_wide_characters(page: Page) -> None:
    sentence = "𝔞 Berg 𝔟 is in Berg, said 𝔠."
    snippet = f"𝔡𝔢 first. {sentence}"
    second = span(snippet, "Berg", snippet.index("is in"))
    given = answer(
        answer=sentence,
        short_answer="Berg",
        sources=[{**source(snippet), "highlights": [second]}],
    )
    reply(page, "/ask", given)
    ask(page, "Where is it?")
    for place in (".sentence", ".source blockquote"):
        before = (
            turns(page)
            .locator(place)
            .evaluate("element => element.querySelector('mark').previousSibling.textContent")
        )
        assert before.endswith("𝔞 Berg 𝔟 is in ")
        expect(turns(page).locator(f"{place} mark")).to_have_text(["Berg"])


def test_a_long_snippet_is_cut_around_its_marks_at_words(page: Page) -> None:
    snippet = f"{'before ' * 60}The prize went to Ada Berg of Berg. {'after ' * 60}".strip()
    given = answer(
        answer="The prize went to Ada Berg of Berg.", sources=[source(snippet, "Ada Berg")]
    )
    reply(page, "/ask", given)
    ask(page, "Who got the prize?")
    shown = turns(page).locator("blockquote").last.inner_text()
    assert len(shown) < 340
    assert re.fullmatch(r"… (before )+The prize went to Ada Berg of Berg\.( after)+ …", shown), (
        shown
    )


def test_confidence_is_in_words_and_the_figure_on_demand(page: Page) -> None:
    words = {0.97: "Very sure", 0.8: "Quite sure", 0.55: "Likely", 0.3: "Unsure"}
    reply_in_turn(page, *(answer(confidence=confidence) for confidence in words))
    for number, (confidence, word) in enumerate(words.items()):
        ask(page, "Who opened the harbour?")
        turn = turns(page).nth(number)
        term = turn.get_by_role("button", name=word, exact=True)
        figure = turn.get_by_text(f"{confidence:.0%} probability that this answer is right")
        expect(term).to_have_attribute("aria-expanded", "false")
        expect(figure).to_be_hidden()
        term.click()
        expect(figure).to_be_visible()
        expect(term).to_have_attribute("aria-expanded", "true")
        term.click()
        expect(figure).to_be_hidden()


def test_a_follow_up_goes_with_the_turns_before_it(page: Page) -> None:
    asked = reply_in_turn(page, answer(), refusal(), answer())
    for number, question in enumerate(("Who opened it?", "And closed it?", "Really?"), start=1):
        ask(page, question)
        expect(turns(page)).to_have_count(number)
    assert [body["question"] for body in asked] == ["Who opened it?", "And closed it?", "Really?"]
    assert [body["history"] for body in asked] == [
        [],
        [{"question": "Who opened it?", "answer": SENTENCE}],
        [
            {"question": "Who opened it?", "answer": SENTENCE},
            {"question": "And closed it?", "answer": "The releases do not say."},
        ],
    ]


def test_only_the_last_twenty_turns_are_sent(page: Page) -> None:
    asked = reply_in_turn(page, answer())
    for number in range(22):
        ask(page, f"Question {number}?")
        expect(turns(page)).to_have_count(number + 1)
    questions = [turn["question"] for turn in asked[-1]["history"]]
    assert questions == [f"Question {number}?" for number in range(1, 21)]


def test_a_question_read_otherwise_says_so_and_can_be_asked_literally(page: Page) -> None:
    read = "what does the harbour build on?"
    asked = reply_in_turn(page, answer(), answer(interpreted_as=read), refusal())
    ask(page, "What is it?")
    ask(page, "And what does it build on?")
    turn = turns(page).nth(1)
    expect(turn).to_contain_text(f"Understood as: {read}")
    turn.get_by_role("button", name="Ask it literally instead").click()

    expect(turn.locator(".hero")).to_have_text("The releases do not say.")
    expect(turns(page)).to_have_count(2)
    assert asked[-1] == {"question": "And what does it build on?", "history": []}
    expect(turn.get_by_role("heading", name="And what does it build on?")).to_be_focused()


def test_a_question_read_as_it_is_says_nothing_of_it(page: Page) -> None:
    readings = ("Who opened it?", "who opened  it", "WHO OPENED IT.")
    reply_in_turn(page, *(answer(interpreted_as=read) for read in readings))
    for number in range(1, 4):
        ask(page, "Who opened it?")
        expect(turns(page)).to_have_count(number)
    expect(page.get_by_text("Understood as")).to_have_count(0)


def test_a_refusal_is_plain_and_useful(page: Page) -> None:
    page.route("**/ask", lambda route: route.fulfill(json=refusal()))
    ask(page, "Who closed the harbour?")
    turn = turns(page)
    expect(turn.locator(".hero")).to_have_text("The releases do not say.")
    expect(turn).to_contain_text("Very likely not in the releases")
    passage = turn.locator(".source")
    expect(passage).to_be_hidden()
    turn.get_by_role("heading", name="The nearest passage").click()
    expect(passage).to_be_visible()
    expect(passage).to_contain_text("The new harbour was opened")
    expect(turn.get_by_role("button", name="Copy with citation")).to_have_count(0)

    page.unroute("**/ask")
    example = turn.locator(".example").first
    question = example.inner_text()
    example.click()
    last = turns(page).nth(1)
    expect(last.get_by_role("heading", name=question)).to_be_focused()
    expect(last.locator(".source").first).to_be_visible()


def test_a_refusal_offers_no_question_that_was_asked(page: Page) -> None:
    examples = page.locator("#examples .example")
    expect(examples.first).to_be_visible()
    first = examples.first.inner_text()
    examples.first.click()
    expect(turns(page)).to_have_count(1)
    page.route("**/ask", lambda route: route.fulfill(json=refusal()))
    ask(page, "Who closed the harbour?")
    offered = turns(page).nth(1).locator(".example")
    expect(offered).to_have_count(3)
    assert first not in offered.all_inner_texts()
