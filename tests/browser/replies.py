"""Replies of the service, made up, for what the page has to show in any case."""

import json
from typing import Any

from playwright.sync_api import Page, Route

URL = "https://press.example/harbour"
SENTENCE = "The new harbour was opened by Ada Berg, mayor of Berg, on 3 March 1907."
SNIPPET = f"A short history follows. {SENTENCE}"
TEXT = f"Harbour news 𝔞.\n\n{SNIPPET} It was cold.\n\nرست السفينة الأولى في المرفأ.\n" + "\n".join(
    f"Further paragraph {number}, of little interest to anyone." for number in range(80)
)


def span(text: str, part: str, start: int = 0) -> dict[str, int]:
    """Return where a part stands in a text, by code points."""
    at = text.index(part, start)
    return {"start": at, "end": at + len(part)}


def source(snippet: str = SNIPPET, *marked: str, **fields: Any) -> dict[str, Any]:
    """Return a source from the release of ``release()``, with these parts highlighted."""
    where = span(TEXT, snippet) if snippet in TEXT else {"start": 0, "end": len(snippet)}
    return {
        "document_id": "harbour",
        "title": "A harbour for Berg",
        "url": URL,
        "date": "2024-02-01",
        "passage_id": "harbour#1",
        "snippet": snippet,
        **where,
        "score": 3.5,
        "highlights": [span(snippet, part) for part in marked],
        "link": f"{URL}#:~:text=The%20new%20harbour",
        **fields,
    }


def answer(question: str = "Who opened the harbour?", **fields: Any) -> dict[str, Any]:
    """Return an answer with a short answer and two sources."""
    return {
        "question": question,
        "interpreted_as": question,
        "answered": True,
        "answer": SENTENCE,
        "short_answer": "Ada Berg",
        "confidence": 0.934,
        "sources": [source(SNIPPET, "Ada Berg"), source("Harbour news 𝔞.", "Harbour")],
        "elapsed_ms": 0.8,
        **fields,
    }


def refusal(question: str = "Who closed the harbour?", **fields: Any) -> dict[str, Any]:
    """Return a refusal with one nearest passage."""
    return answer(
        question,
        answered=False,
        answer="The releases do not say.",
        short_answer=None,
        confidence=0.12,
        sources=[source(SNIPPET, "harbour")],
        **fields,
    )


def release(**fields: Any) -> dict[str, Any]:
    """Return the release that the sources are from."""
    return {
        "document_id": "harbour",
        "title": "A harbour for Berg",
        "url": URL,
        "date": "2024-02-01",
        "language": "en",
        "text": TEXT,
        **fields,
    }


def reply(page: Page, path: str, body: Any, status: int = 200, **headers: str) -> None:
    """Let the service reply to requests of this path with this JSON."""
    content = "application/json" if status == 200 else "application/problem+json"
    text = json.dumps(body)

    def fulfill(route: Route) -> None:
        route.fulfill(status=status, body=text, headers={"Content-Type": content, **headers})

    page.route(f"**{path}", fulfill)


def reply_in_turn(page: Page, *answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Let POST /ask give these answers, one after the other; return the requests' bodies."""
    asked: list[dict[str, Any]] = []

    def fulfill(route: Route) -> None:
        body = route.request.post_data_json
        asked.append(body)
        given = answers[min(len(asked), len(answers)) - 1]
        same = given["interpreted_as"] == given["question"]
        read = body["question"] if same else given["interpreted_as"]
        route.fulfill(json={**given, "question": body["question"], "interpreted_as": read})

    page.route("**/ask", fulfill)
    return asked
