"""The API's documentation: works under its own policy, and asks no other host."""

from playwright.sync_api import Page, expect


def test_the_documentation_lets_one_try_the_service(page: Page) -> None:
    page.goto("/docs")
    page.get_by_text("Ask a question").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".responses-table.live-responses-table")).to_contain_text("Alena Kupchyna")
