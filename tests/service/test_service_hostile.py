"""Whatever a client sends gets a problem document or a right answer, and soon."""

import json
import time
from collections.abc import Iterator

import httpx
import pytest

from gloact_qa.schema import MAX_ANSWER_LENGTH, MAX_QUESTION_LENGTH, MAX_TURNS
from serving import run_server

JSON = {"Content-Type": "application/json"}
SOON = 5.0  # seconds, on a busy machine
BODY = 850_000  # bytes that the answers of a history may have between them
ASKED = "Who moderated the event?"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """Return a client of a real server."""
    with run_server() as server, httpx.Client(base_url=server, timeout=30) as client:
        yield client


def fill(text: str) -> str:
    """Return a text repeated up to the longest question."""
    return (text * MAX_QUESTION_LENGTH)[:MAX_QUESTION_LENGTH]


QUESTIONS = {
    "NUL": "Who moderated\0 the event?",
    "bidi controls": "Who \u202emoderated\u202c the \u2066event\u2069?",
    "emoji": "Who 👩‍👩‍👧‍👦 moderated the 🎉 event?",
    "combining marks": "Who moderated the e" + "\u0301" * 900 + "vent?",
    "no space": fill("a"),
    "quotation marks": fill("“"),
    "apostrophes": fill("‘a’"),
    "brackets": fill("("),
    "commas": fill("a, "),
    "question words": fill("who what "),
    "capitals": fill("Aa "),
    "digits": fill("1,"),
    "newlines": fill("\r\n\u2028a"),
    "scripts": fill("ж字ش"),
    "private use": fill("\ue000\uffff"),
    "stop words": "the of and",
    "punctuation": "?!…",
    "markup": "<script>alert(1)</script> ${7*7} {{7*7}} ' OR 1=1 --",
}
BODIES = {
    "deep": b'{"question":' + b"[" * 400_000,
    "deep and closed": b"[" * 100_000 + b"]" * 100_000,
    "huge number": b'{"question": ' + b"9" * 900_000 + b"}",
    "wrong type": b'{"question": {"a": 1}}',
    "array": b"[]",
    "null": b"null",
    "empty": b"",
    "not UTF-8": b'{"question": "\xff\xfe"}',
    "UTF-16": json.dumps({"question": ASKED}).encode("utf-16"),
    "NaN": b'{"question": NaN}',
    "key twice, then wrong": b'{"question": "a", "question": 1}',
    "a megabyte without a space": json.dumps({"question": "a" * 990_000}).encode(),
    "many keys": b"{" + b",".join(b'"k%d":1' % n for n in range(60_000)) + b"}",
    "trailing": b'{"question": "a"} {',
}


def check_verbatim(client: httpx.Client, answer: dict[str, object]) -> None:
    sources = answer["sources"]
    assert isinstance(sources, list)
    for source in sources:
        text = client.get(f"/documents/{source['document_id']}").json()["text"]
        assert text[source["start"] : source["end"]] == source["snippet"]
    if answer["answered"]:
        assert str(answer["answer"]) in sources[0]["snippet"]
        assert str(answer["short_answer"] or "") in str(answer["answer"])


def check_problem(response: httpx.Response) -> None:
    assert 400 <= response.status_code < 500
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in response.text


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_any_question_is_answered_or_refused(client: httpx.Client, question: str) -> None:
    started = time.perf_counter()
    response = client.post("/ask", json={"question": question})
    assert time.perf_counter() - started < SOON
    assert response.status_code == 200
    check_verbatim(client, response.json())


@pytest.mark.parametrize("text", ["“", "a, ", "Aa and ", "1,", "‘a’ ", "who "])
def test_the_largest_conversation_there_can_be(client: httpx.Client, text: str) -> None:
    fits = BODY // MAX_TURNS // len(text.encode()) * len(text)
    answer = (text * MAX_ANSWER_LENGTH)[: min(MAX_ANSWER_LENGTH, fits)]
    turn = {"question": fill(text), "answer": answer}
    asked = {"question": "And what did she say?", "history": [turn] * MAX_TURNS}
    started = time.perf_counter()
    response = client.post("/ask", json=asked)
    assert time.perf_counter() - started < SOON
    assert response.status_code == 200
    check_verbatim(client, response.json())


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_any_other_body_is_a_problem(client: httpx.Client, body: bytes) -> None:
    started = time.perf_counter()
    check_problem(client.post("/ask", content=body, headers=JSON))
    assert time.perf_counter() - started < SOON


@pytest.mark.parametrize("half", [r"\ud800", r"\udfff", r"a\ud83d"])
def test_half_a_character_is_a_problem(client: httpx.Client, half: str) -> None:
    body = f'{{"question": "{half}", "history": [{{"question": "{half}", "answer": "{half}"}}]}}'
    check_problem(client.post("/ask", content=body, headers=JSON))


@pytest.mark.parametrize(
    "path",
    [
        "/%2e%2e/pyproject.toml",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e%5c%2e%2e%5cetc%5cpasswd",
        "/app.js%00.html",
        "/static/../../etc/passwd",
        "//etc/passwd",
        "/" + "a" * 8_000,
        "/documents/..%2f..%2fsettings.py",
        "/documents/%00",
    ],
)
def test_nothing_outside_of_the_page_is_served(client: httpx.Client, path: str) -> None:
    request = client.build_request("GET", "/")
    request.url = request.url.copy_with(raw_path=path.encode())
    response = client.send(request)
    assert response.status_code in (400, 404, 414)
    check_problem(response)


def test_it_serves_as_before(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": ASKED}).json()
    assert answer["short_answer"] == "Alena Kupchyna"
