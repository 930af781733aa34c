"""Waiting, cancelling, and what goes wrong: said plainly, the question kept, retried."""

import datetime

from acting import ask, box, turns
from browsing import Watch
from playwright.sync_api import Page, Route, expect
from replies import answer, reply

QUESTION = "Who moderated the event?"
BROWSERS_OWN = "Failed to load resource"


FAILURES = [
    (500, {}, "", "Something went wrong at the service."),
    (503, {}, "", "Something went wrong at the service."),
    (504, {}, "", "This took too long, so it was stopped."),
    (429, {"Retry-After": "20"}, "", "try again in 20 seconds."),
    (429, {}, "", "try again in a moment."),
    (422, {}, "history: too long", "The service cannot take this question. history: too long"),
]


def test_a_failure_says_what_happened_keeps_the_question_and_can_be_retried(
    page: Page, watch: Watch
) -> None:
    watch.expect(BROWSERS_OWN)
    for status, headers, detail, said in FAILURES:
        reply(page, "/ask", {"detail": detail}, status, **headers)
        ask(page, QUESTION)
        expect(turns(page)).to_contain_text(said.split(". ")[-1])
        expect(turns(page).get_by_role("heading")).to_have_text(QUESTION)
        assert said in " ".join(turns(page).inner_text().split())
        assert said.split(". ")[0] in page.get_by_role("alert").inner_text()
        expect(box(page)).to_have_value(QUESTION)
        page.unroute("**/ask")
    page.get_by_role("button", name="Try again").click()
    expect(turns(page).locator(".hero")).to_contain_text("Alena Kupchyna")
    expect(turns(page)).to_have_count(1)
    expect(box(page)).to_have_value("")


def test_a_reply_that_is_no_answer_is_a_failure(page: Page) -> None:
    for body in ("<html>Welcome to the hotel network</html>", "{}", "null", '{"answer": 5}'):
        page.unroute_all()
        page.route("**/ask", lambda route, _, body=body: route.fulfill(status=200, body=body))
        ask(page, QUESTION)
        expect(turns(page)).to_contain_text("Something went wrong at the service.")


def test_a_failure_is_seen_below_a_long_question_too(page: Page, watch: Watch) -> None:
    watch.expect("503")
    page.set_viewport_size({"width": 360, "height": 640})
    reply(page, "/ask", {}, 503)
    ask(page, "word " * 190)
    expect(page.get_by_role("button", name="Try again")).to_be_in_viewport(ratio=1)


def test_offline(page: Page, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    ask(page, QUESTION)
    expect(turns(page)).to_contain_text("You are offline.")
    expect(box(page)).to_have_value(QUESTION)
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(turns(page).locator(".hero")).to_contain_text("Alena Kupchyna")


def test_a_service_out_of_reach(page: Page, watch: Watch) -> None:
    watch.expect("ERR_CONNECTION_REFUSED")
    page.route("**/ask", lambda route: route.abort("connectionrefused"))
    ask(page, QUESTION)
    expect(turns(page)).to_contain_text("The service does not answer.")
    # What was kept is kept over a reload too.
    page.reload()
    expect(box(page)).to_have_value(QUESTION)


def stop_the_clock(page: Page) -> None:
    """Let the page's time pass only as the test says, however slow the machine."""
    page.clock.install(time=datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC))
    page.clock.pause_at(datetime.datetime(2026, 1, 1, 13, tzinfo=datetime.UTC))


def test_waiting_shows_after_a_while_and_can_be_cancelled(page: Page) -> None:
    held: list[Route] = []
    stop_the_clock(page)
    page.route("**/ask", lambda route: held.append(route))
    with page.expect_request("**/ask"):
        ask(page, QUESTION)
    page.clock.run_for(290)
    expect(turns(page)).to_have_count(0)
    page.clock.run_for(20)
    expect(turns(page)).to_contain_text("Looking through the releases")
    expect(page.get_by_role("status")).to_have_text("Looking through the releases …")

    # Nothing else is asked meanwhile.
    box(page).press("Enter")
    page.get_by_role("button", name="Cancel").click()
    expect(turns(page)).to_have_count(0)
    expect(box(page)).to_have_value(QUESTION)
    expect(box(page)).to_be_focused()
    assert len(held) == 1

    # A later answer to it is nobody's, and the next question is asked as ever.
    page.unroute_all()
    reply(page, "/ask", answer())
    box(page).press("Enter")
    expect(turns(page).locator(".hero")).to_have_text("Ada Berg")


def test_a_service_that_never_answers_is_given_up(page: Page) -> None:
    stop_the_clock(page)
    page.route("**/ask", lambda route: None)
    with page.expect_request("**/ask"):
        ask(page, QUESTION)
    page.clock.run_for(31_000)
    expect(turns(page)).to_contain_text("This took too long")
    expect(box(page)).to_have_value(QUESTION)


def test_what_is_written_while_waiting_is_kept(page: Page) -> None:
    held: list[Route] = []
    page.route("**/ask", lambda route: held.append(route))
    with page.expect_request("**/ask"):
        ask(page, QUESTION)
    box(page).fill("And who came?")
    held[0].fulfill(json=answer(QUESTION))
    expect(turns(page).locator(".hero")).to_have_text("Ada Berg")
    expect(box(page)).to_have_value("And who came?")
