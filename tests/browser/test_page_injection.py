"""Releases and questions full of HTML and script: text, everywhere, and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from acting import ask, box, open_release, turns
from playwright.sync_api import Page, expect
from replies import answer, reply, source

from serving import Running, run_server

ATTACK = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
NAME = "<b id=\"status\">harbour</b> & 'x' %22 {{7*7}}"
BODY = f"""The harbour master is {ATTACK} Ada Berg of Bergen.
<style>body {{ display: none }}</style> <iframe src="https://evil.example"></iframe>
[a link](javascript:document.title='hacked') </p></main> ${{7*7}} \u202egnirts\u202c"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Serve a release whose every field attacks the page."""
    folder = tmp_path_factory.mktemp("hostile")
    title = ATTACK.replace('"', '\\"')
    (folder / f"{NAME}.md".replace("/", "∕")).write_text(
        f'---\ntitle: "{title}"\ndate: 2024-02-01\nurl: "javascript:alert(1)//"\n---\n{BODY}',
        encoding="utf-8",
    )
    with run_server(folder) as running:
        yield running


def harmless(page: Page) -> None:
    """Check that nothing of the attack has become an element, or was run."""
    assert page.locator("main img, main b, main iframe, main style, main script").count() == 0
    assert page.locator("dialog img, dialog b, dialog iframe, dialog style").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.title() != "hacked"


def test_a_release_full_of_html_is_shown_as_text(
    new_context: Any, watch: Any, hostile: Running
) -> None:
    watch.allowed.add(hostile)
    page = new_context(base_url=hostile).new_page()
    page.goto("/")
    expect(page.locator(".releases")).to_contain_text(ATTACK)
    ask(page, "Who is the harbour master?")
    expect(turns(page).locator(".source h4").first).to_have_text(ATTACK)
    for folded in turns(page).locator("summary").all():  # if it should be refused
        folded.click()
    expect(turns(page).locator(".source blockquote").first).to_contain_text("<img src=x onerror")
    harmless(page)
    view = open_release(page)
    expect(view.get_by_role("heading")).to_have_text(ATTACK)
    expect(view.locator(".text")).to_contain_text('<iframe src="https://evil.example"></iframe>')
    harmless(page)
    page.reload()
    expect(view.locator(".text")).to_contain_text("<style>body")
    harmless(page)


def test_a_question_full_of_html_is_shown_as_text(page: Page) -> None:
    ask(page, ATTACK)
    expect(turns(page).locator("h2")).to_have_text(ATTACK)
    harmless(page)
    page.goto("about:blank")
    page.goto(f"/?q={ATTACK}".replace("#", "%23"))
    expect(turns(page).locator("h2").last).to_have_text(ATTACK)
    page.reload()
    expect(turns(page).locator("h2").last).to_have_text(ATTACK)
    harmless(page)
    box(page).press("ArrowUp")
    expect(box(page)).to_have_value(ATTACK)


def test_a_reply_full_of_html_is_shown_as_text(page: Page) -> None:
    hostile_source = source(ATTACK, ATTACK[:30], title=ATTACK, url="javascript:1", link="data:,1")
    given = answer(
        ATTACK,
        interpreted_as=f"{ATTACK}!",
        answer=ATTACK,
        short_answer=ATTACK[4:20],
        sources=[hostile_source],
    )
    reply(page, "/ask", given)
    ask(page, "Who?")
    expect(turns(page).locator(".hero")).to_have_text(ATTACK[4:20])
    expect(turns(page).locator(".sentence")).to_have_text(ATTACK)
    expect(turns(page).get_by_role("link")).to_have_count(0)
    harmless(page)


def test_an_error_full_of_html_is_shown_as_text(page: Page, watch: Any) -> None:
    watch.expect("422")
    reply(page, "/ask", {"detail": ATTACK}, 422)
    ask(page, "Who?")
    expect(turns(page)).to_contain_text(ATTACK)
    harmless(page)


def test_the_page_can_make_no_markup_from_text(page: Page, watch: Any) -> None:
    """The policy holds even if a later change of the page should try."""
    watch.expect("This document requires 'Trusted")
    for attempt in (
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "document.createElement('script').text = 'x'",
        "document.write('x')",
    ):
        refused = page.evaluate(f"() => {{ try {{ {attempt}; }} catch (e) {{ return e.name; }} }}")
        assert refused == "TypeError", attempt
