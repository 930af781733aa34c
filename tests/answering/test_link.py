from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloact_qa.answering.link import text_fragment_link

URL = "https://news.example/bridge"


def fragment(quotation: str, url: str = URL) -> str:
    link = text_fragment_link(url, quotation)
    assert link is not None
    address, directive = link.split(":~:text=")
    assert address == f"{url}#"
    return directive


@pytest.mark.parametrize(
    ("quotation", "directive"),
    [
        ("The bridge is open.", "The%20bridge%20is%20open."),
        # What has a meaning in a directive, or in a URL
        ("a-b, c&d #e 50% f?", "a%2Db%2C%20c%26d%20%23e%2050%25%20f%3F"),
        ("Peña “said”", "Pe%C3%B1a%20%E2%80%9Csaid%E2%80%9D"),
        (
            "one two three four five six seven eight",
            "one%20two%20three%20four%20five%20six%20seven%20eight",
        ),
        # A long one is given by its ends.
        (
            "one two three four five six seven eight nine",
            "one%20two%20three%20four,six%20seven%20eight%20nine",
        ),
        ("  wrapped\n line ", "wrapped%20line"),
    ],
)
def test_a_quotation_becomes_a_text_fragment(quotation: str, directive: str) -> None:
    assert fragment(quotation) == directive


def test_a_url_that_has_a_fragment_keeps_it() -> None:
    assert text_fragment_link(f"{URL}#top", "open") == f"{URL}#top:~:text=open"


@pytest.mark.parametrize("url", [None, ""])
def test_no_url_no_link(url: str | None) -> None:
    assert text_fragment_link(url, "The bridge is open.") is None


@pytest.mark.parametrize("quotation", ["", " \n"])
def test_no_quotation_no_link(quotation: str) -> None:
    assert text_fragment_link(URL, quotation) is None


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_the_fragment_is_the_beginning_and_the_end_of_the_quotation(quotation: str) -> None:
    words = quotation.split()
    directive = fragment(quotation)
    assert directive.isascii()
    assert not set(directive) & set(" -&#")
    first, *last = (unquote(part).split(" ") for part in directive.split(","))
    assert words[: len(first)] == first
    assert not last or words[-len(last[0]) :] == last[0]
    assert last or first == words
