"""How the page opens: what it knows, and questions to click."""

from acting import turns
from playwright.sync_api import Page, expect
from replies import release, reply


def test_it_opens_with_its_releases_and_examples(page: Page, server: str) -> None:
    expect(page).to_have_title("Ask the releases")
    expect(page.get_by_role("heading", name="Answers come from 1 release")).to_be_visible()
    title = "EU-UNODC cooperation: preventing and addressing human trafficking"
    expect(page.locator(".releases")).to_contain_text(title)
    expect(page.locator(".releases time")).to_have_text("29 May 2019")

    offered = page.locator("#examples .example")
    expect(offered).to_have_count(4)
    examples = page.request.get(f"{server}/examples").json()
    assert offered.all_inner_texts() == examples[:4]
    offered.nth(1).click()
    heading = turns(page).get_by_role("heading", name=examples[1])
    expect(heading).to_be_focused()
    expect(turns(page).locator(".source").first).to_be_visible()


def test_a_release_opens_from_its_title(page: Page) -> None:
    opener = page.locator(".releases").get_by_role("button")
    opener.click()
    view = page.get_by_role("dialog")
    expect(view).to_contain_text("have a long history of close cooperation")
    expect(view.locator("mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(view).to_be_hidden()
    expect(opener).to_be_focused()


def test_many_releases_are_folded_newest_first_and_no_examples_leave_no_gap(page: Page) -> None:
    releases = [
        release(document_id=str(year), title=f"Year {year}", date=f"{year}-01-01")
        for year in range(2000, 2020)
    ]
    undated = release(document_id="undated", title="Undated", date=None, url=None)
    reply(page, "/documents", [*releases, undated])
    reply(page, "/examples", [])
    page.reload()
    expect(page.get_by_role("heading", name="Answers come from 21 releases")).to_be_visible()
    expect(page.locator("#examples")).to_be_hidden()
    titles = page.locator(".releases button[lang]")
    newest = [f"Year {year}" for year in range(2019, 2015, -1)]
    expect(titles.filter(visible=True)).to_have_text(newest)
    page.get_by_text("Show 17 more").click()
    expect(titles.filter(visible=True)).to_have_count(21)
    expect(titles.last).to_have_text("Undated")


def test_the_page_answers_without_its_lists(page: Page) -> None:
    for path in ("/documents", "/examples"):
        reply(page, path, "nothing that a list could be made of", 200)
    page.reload()
    page.get_by_label("Your question").fill("Who moderated the event?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(turns(page).locator(".hero")).to_contain_text("Alena Kupchyna")
    expect(page.locator("#releases")).to_be_hidden()
