import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from evaluation_fakes import FakeBot, make_answer, make_question

from gloact_qa.evaluation.html_report import to_html
from gloact_qa.evaluation.run import evaluate

HOSTILE = (
    "</dd></article><script>alert('x')</script><img src=http://evil.test/x onerror=alert(1)>&\""
)
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Keeps the elements of a page, its text, and whether they are nested as they should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def html() -> str:
    questions = [
        make_question("who", "Alena Kupchyna", kind="direct", short=True),
        make_question("where", "Vienna", kind="direct"),
        make_question("when", "29 May 2019", kind="direct"),
        make_question("cost", "€12 million", kind="direct"),
        make_question("why", kind="unanswerable"),
        make_question(
            HOSTILE[:80],
            HOSTILE,
            kind=HOSTILE[:80],
            history=[{"question": HOSTILE, "answer": HOSTILE}],
        ),
    ]
    answers = {
        "who?": make_answer("By H.E. Alena Kupchyna.", "Alena Kupchyna", confidence=0.95),
        "where?": make_answer("It was held in Geneva.", confidence=0.6, elapsed_ms=5),
        "when?": make_answer(None, confidence=0.3),
        "cost?": make_answer("It costs €12 million.", confidence=0.6),
        "why?": make_answer(None, confidence=0.05),
        f"{HOSTILE[:80]}?": make_answer(f"{HOSTILE} not so", HOSTILE, confidence=0.9),
    }
    answers[f"{HOSTILE[:80]}?"] = answers[f"{HOSTILE[:80]}?"].model_copy(
        update={"answer": f"x{HOSTILE[1:]}"}
    )
    return to_html(evaluate(FakeBot(answers), questions))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_it_opens_with_a_plain_summary(page: Page) -> None:
    summary = "Of 5 questions that the releases answer, the bot answered 2 right (40%)."
    assert page.text.index(summary) < page.text.index("By kind of question")


def test_every_failure_shows_what_was_asked_said_and_expected(page: Page) -> None:
    assert len(page.all("article")) == 3
    for text in ("where?", "It was held in Geneva.", "Vienna", "when?", "29 May 2019"):
        assert text in page.text
    assert "By H.E. Alena Kupchyna." not in page.text


def test_hostile_text_is_only_text(page: Page) -> None:
    assert HOSTILE in page.text
    assert page.all("script") == []
    assert page.all("img") == []
    assert not [a for _, attributes in page.elements for a in attributes if a.startswith("on")]


def test_nothing_is_loaded_from_elsewhere(html: str, page: Page) -> None:
    for tag, attributes in page.elements:
        assert tag not in {"link", "script", "iframe", "object", "embed", "base"}
        for name in ("src", "href", "xlink:href", "data", "action", "srcset"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
    assert set(re.findall(r"url\((.)", html)) <= {"#"}
    assert "@import" not in html
    policies = [m for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert (policies[0]["content"] or "").startswith("default-src 'none'")


def test_plots_are_told_in_words_too(page: Page) -> None:
    assert len(page.all("figure")) == len(page.all("figcaption")) == len(page.all("svg")) == 4
    images = [attributes for attributes in page.all("div") if attributes.get("role") == "img"]
    labels = [attributes["aria-label"] or "" for attributes in images]
    assert len(labels) == 4
    told = {label.split(maxsplit=1)[0]: label for label in labels}
    assert "0.60 and 50%" in told["Reliability"]
    # By confidence: right, wrong, then one right and one wrong; of six questions.
    assert told["Risk–coverage"].endswith(
        "Answering 17% of the questions, the surest ones, 0% are wrong; "
        "answering 67%, as it does, 50%."
    )
    assert "1: 60%; 2: 60%" in told["Recall"]
    assert "the slowest 5.00" in told["Histogram"]
    assert all(attributes["aria-hidden"] == "true" for attributes in page.all("svg"))


def test_ids_are_unique_and_what_refers_to_them_finds_them(html: str, page: Page) -> None:
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert Counter(ids).most_common(1)[0][1] == 1
    named = {a[n] for _, a in page.elements for n in ("aria-labelledby",) if n in a}
    referred = {f"{a['href']}"[1:] for a in page.all("use")} | set(
        re.findall(r"url\(#(.+?)\)", html)
    )
    assert named
    assert referred
    assert named | referred <= set(ids)


def test_the_document_is_one_that_browsers_and_readers_know(html: str, page: Page) -> None:
    assert html.startswith("<!DOCTYPE html>")
    assert page.all("html") == [{"lang": "en"}]
    assert {"charset": "utf-8"} in page.all("meta")
    assert len(page.all("h1")) == len(page.all("title")) == 1
    assert all(attributes.get("scope") for attributes in page.all("th"))


def test_both_colour_schemes_are_drawn_in_the_pages_colours(html: str) -> None:
    assert "prefers-color-scheme: dark" in html
    svgs = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert all("var(--text)" in svg and "var(--accent)" in svg for svg in svgs)
    assert not re.search(r"#(?:0a0b|000000|ffffff)", "".join(svgs))


def test_the_same_report_gives_the_same_file() -> None:
    report = evaluate(FakeBot({"who?": make_answer("She.")}), [make_question("who", "She")])
    assert to_html(report) == to_html(report)


def test_plots_without_data_are_left_out() -> None:
    report = evaluate(FakeBot({"why?": make_answer(None)}), [make_question("why")])
    page = Page(to_html(report))
    assert "Nothing." in page.text
    assert "Does it find the right place?" not in page.text
    assert "What would a stricter bot get wrong?" not in page.text
    assert "How long does an answer take?" in page.text
