"""The same texts over a real socket, and every way around the paths of the page's files."""

import json
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest
from hostile_texts import PUMPS, filled

from gloact_qa.schema import MAX_QUESTION_LENGTH, MAX_TURNS

ROOT = Path(__file__).parents[2]
JSON = {"Content-Type": "application/json"}
SOON = 5.0  # seconds, on a busy machine
HISTORY = 800_000  # bytes of a conversation, so that a body is not too large


def ask(client: httpx.Client, body: dict[str, Any]) -> httpx.Response:
    """Ask with JSON that has every character as ASCII, half surrogate pairs too."""
    response = client.post("/ask", content=json.dumps(body), headers=JSON)
    assert response.elapsed.total_seconds() < SOON
    return response


def check_problem(response: httpx.Response, *statuses: int) -> None:
    assert response.status_code in statuses
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert {"type", "title", "status", "detail", "errors"} <= set(problem)
    assert problem["status"] == response.status_code
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in response.text


def check_answer(client: httpx.Client, response: httpx.Response, question: str) -> None:
    assert response.status_code == 200
    answer = response.json()
    assert answer["question"] == question.strip()
    for source in answer["sources"]:
        text = client.get(f"/documents/{source['document_id']}").json()["text"]
        assert text[source["start"] : source["end"]] == source["snippet"]
    if answer["answered"]:
        assert answer["answer"] in answer["sources"][0]["snippet"]
        assert (answer["short_answer"] or "") in answer["answer"]


@pytest.mark.parametrize("pump", PUMPS.values(), ids=PUMPS)
def test_the_longest_request(client: httpx.Client, pump: str) -> None:
    question = filled(pump, MAX_QUESTION_LENGTH)
    said = filled(pump, HISTORY // MAX_TURNS // len(json.dumps(pump)) * len(pump))[:15_000]
    history = [{"question": question, "answer": said}] * MAX_TURNS
    if not question.strip():
        check_problem(ask(client, {"question": question}), 422)
    elif "\ud800" in question:
        check_problem(ask(client, {"question": question}), 400, 422)
        check_problem(ask(client, {"question": "Who?", "history": history}), 400, 422)
    else:
        check_answer(client, ask(client, {"question": question}), question)
        follow_up = "And what else did she say about it?"
        response = ask(client, {"question": follow_up, "history": history})
        check_answer(client, response, follow_up)


@pytest.mark.parametrize("value", [1e308, -0.0, 2**63, 10**4000, "\ud800", [[]], {}, True, None])
@pytest.mark.parametrize("field", ["question", "history", "top_k"])
def test_a_value_of_another_type(client: httpx.Client, field: str, value: object) -> None:
    check_problem(ask(client, {"question": "Who?", field: value}), 422, 400)


@pytest.mark.parametrize("top_k", [1.0, 20.0])
def test_a_whole_number_is_an_integer_to_json_schema(client: httpx.Client, top_k: float) -> None:
    assert ask(client, {"question": "Who?", "top_k": top_k}).status_code == 200


BODIES = {  # each under the limit of a body
    "deep": b'{"question":' + b"[" * 400_000,
    "deep and closed": b"[" * 100_000 + b"]" * 100_000,
    "huge number": b'{"question": ' + b"9" * 900_000 + b"}",
    "wrong type": b'{"question": {"a": 1}}',
    "array": b"[]",
    "null": b"null",
    "empty": b"",
    "not UTF-8": b'{"question": "\xff\xfe"}',
    "UTF-16": json.dumps({"question": "Who?"}).encode("utf-16"),
    "NaN": b'{"question": NaN}',
    "key twice, then wrong": b'{"question": "a", "question": 1}',
    "a megabyte without a space": json.dumps({"question": "a" * 990_000}).encode(),
    "many keys": b"{" + b",".join(b'"k%d":1' % n for n in range(60_000)) + b"}",
    "trailing": b'{"question": "a"} {',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_question(client: httpx.Client, body: bytes) -> None:
    response = client.post("/ask", content=body, headers=JSON)
    assert response.elapsed.total_seconds() < SOON
    check_problem(response, 400, 422)


FILES = sorted(
    path.relative_to(ROOT / "web").as_posix()
    for path in (ROOT / "web").rglob("*")
    if path.is_file() and path.name != "index.html"
)
AROUND = [
    "/%2e%2e/pyproject.toml",
    "/{}/../../pyproject.toml",
    "/{}/%2e%2e/%2e%2e/pyproject.toml",
    "/{}%2f..%2f..%2fpyproject.toml",
    "/{}%00",
    "/{}%00.html",
    "/{}/",
    "/{}%2f",
    "/..\\{}",
    "/%5c{}",
    "//{}",
    "/./../{}",
    "/{}%c0%af",
    "/{}%ff",
    "/%252e%252e/{}",
    "/{}::$DATA",
    "/{}~",
    "/{}." + "a" * 8_000,
    "/" + "../" * 2_000 + "{}",
]


def get_as_it_is(server: str, path: str) -> httpx.Response:
    """Request a path that no client library may put in order first."""
    connection = HTTPConnection(server.removeprefix("http://"), timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return httpx.Response(
            response.status, headers=response.getheaders(), content=response.read()
        )
    finally:
        connection.close()


@pytest.mark.parametrize("path", AROUND, ids=lambda path: path[:30])
def test_no_way_around_the_paths_of_files(server: str, path: str) -> None:
    for file in ("documents", "docs", *FILES):
        response = get_as_it_is(server, path.format(file))
        if response.status_code == 307:  # only a slash too many
            assert response.headers["location"] == f"{server}/{file}"
        else:
            check_problem(response, 404, 400, 414)


@pytest.mark.parametrize("path", AROUND, ids=lambda path: path[:30])
def test_no_way_out_of_the_folder_of_a_library(server: str, path: str) -> None:
    file = "static-offline-docs/swagger-ui.css"
    response = get_as_it_is(server, path.format(file))
    if response.status_code == 200:  # the very file, by another name
        assert response.headers["content-type"].startswith("text/css")
    else:
        check_problem(response, 404, 400, 414)


def test_it_serves_as_before(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": "Who moderated the event?"}).json()
    assert answer["short_answer"] == "Alena Kupchyna"
