"""What is seen of a request from outside: its id, the metrics, the log."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from exchanging import connect, read_to_end, within
from prometheus_client.parser import text_string_to_metric_families
from test_service_ask import problem

from serving import Running, run_server

ASKED = {"question": "Who moderated the event?"}
UNKNOWN = {"question": "What will the weather be tomorrow?"}
# A program with a fault in it, for the question that calls it up.
FAULTY = """
from gloact_qa.answering.bot import Bot
ask = Bot.ask
def faulty(self, question, *arguments, **options):
    if question == "fault":
        raise RuntimeError("the very fault")
    return ask(self, question, *arguments, **options)
Bot.ask = faulty
from gloact_qa.cli import main
main()
"""


@pytest.fixture(scope="module")
def observed() -> Iterator[Running]:
    with run_server(program=FAULTY, log_format="json") as server:
        yield server


def lines(server: Running) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.log]


def line_of(server: Running, response: httpx.Response) -> dict[str, Any]:
    """Return the line that the log has for a response."""
    request_id = response.headers["x-request-id"]
    found: list[dict[str, Any]] = []

    def look() -> bool:
        found[:] = [
            line
            for line in lines(server)
            if line["logger"] == "gloact_qa.requests" and line["request_id"] == request_id
        ]
        return bool(found)

    assert within(2, look)
    [line] = found
    return line


def counted(server: str, name: str, **labels: str) -> float:
    """Return a figure of the metrics; 0 when it isn't there."""
    for family in text_string_to_metric_families(httpx.get(f"{server}/metrics").text):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return sample.value
    return 0


@pytest.mark.parametrize("known", ["a", "trace-7.b_C", "0" * 64])
def test_a_request_keeps_its_id(client: httpx.Client, known: str) -> None:
    for path in ("/healthz", "/", "/nothing"):
        response = client.get(path, headers={"X-Request-ID": known})
        assert response.headers["x-request-id"] == known
    assert response.json()["request_id"] == known


@pytest.mark.parametrize("bad", [None, "", "a b", "ä", "0" * 65, '{"a":1}'])
def test_a_request_without_a_usable_id_gets_one(client: httpx.Client, bad: str | None) -> None:
    headers = {} if bad is None else {"X-Request-ID": bad.encode()}
    ids = set()
    for content in (b"{", b"[]", b'{"question": "Who?"}'):
        response = client.post(
            "/ask", content=content, headers={**headers, "Content-Type": "application/json"}
        )
        ids.add(uuid.UUID(response.headers["x-request-id"], version=4))
        if response.status_code != 200:
            assert response.json()["request_id"] == response.headers["x-request-id"]
    assert len(ids) == 3


def test_what_is_no_http_gets_a_problem_too(server: Running) -> None:
    with connect(server) as connection:
        connection.sendall(b"no http at all\r\n\r\n")
        head, _, body = read_to_end(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in head
    assert b"x-content-type-options: nosniff" in head.lower()
    document = json.loads(body)
    assert document["status"] == 400
    assert f"x-request-id: {document['request_id']}".encode() in head


def test_a_request_has_its_line_in_the_log(observed: Running) -> None:
    line = line_of(observed, httpx.post(f"{observed}/ask", json=ASKED))
    assert (line["method"], line["route"], line["status"]) == ("POST", "/ask", 200)
    assert line["answered"] is True
    assert 0.5 <= line["confidence"] <= 1
    assert 0 < line["duration_ms"] < 10_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line["time"])
    assert line_of(observed, httpx.post(f"{observed}/ask", json=UNKNOWN))["answered"] is False
    document = httpx.get(f"{observed}/documents/none")
    line = line_of(observed, document)
    assert (line["route"], line["status"]) == ("/documents/{document_id}", 404)
    assert "answered" not in line


def test_questions_and_health_checks_are_not_logged(observed: Running) -> None:
    httpx.get(f"{observed}/healthz")
    line_of(observed, httpx.post(f"{observed}/ask?q=Who+asks", json=ASKED))
    log = "".join(observed.log)
    assert "moderated" not in log
    assert "Who+asks" not in log
    assert "healthz" not in log


def test_an_unexpected_error_is_a_problem_and_is_logged(observed: Running) -> None:
    response = httpx.post(f"{observed}/ask", json={"question": "fault"})
    request_id = problem(response, 500)["request_id"]
    assert "the very fault" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert line_of(observed, response)["status"] == 500
    [error] = [line for line in lines(observed) if line["level"] == "error"]
    assert error["request_id"] == request_id
    assert "RuntimeError: the very fault" in error["traceback"]
    # It goes on.
    assert httpx.post(f"{observed}/ask", json=ASKED).status_code == 200


def test_all_is_counted(observed: Running) -> None:
    def figures() -> list[float]:
        ask = {"route": "/ask", "method": "POST"}
        return [
            counted(observed, "gloact_qa_requests_total", **ask, status="200"),
            counted(observed, "gloact_qa_requests_total", **ask, status="422"),
            counted(observed, "gloact_qa_request_seconds_count", route="/ask"),
            counted(observed, "gloact_qa_answers_total", outcome="answered"),
            counted(observed, "gloact_qa_answers_total", outcome="refused"),
        ]

    before = figures()
    for body in (ASKED, ASKED, UNKNOWN, {}):
        httpx.post(f"{observed}/ask", json=body)
    assert [now - then for now, then in zip(figures(), before, strict=True)] == [3, 1, 4, 2, 1]
    assert counted(observed, "gloact_qa_documents") == 1
    assert counted(observed, "gloact_qa_passages") > 1
    assert counted(observed, "gloact_qa_shed_total") == 0


def test_no_path_or_method_makes_a_series_of_its_own(observed: Running) -> None:
    def series() -> set[str]:
        text = httpx.get(f"{observed}/metrics").text
        return {line.rpartition(" ")[0] for line in text.splitlines()}

    httpx.get(f"{observed}/first/unknown")
    httpx.get(f"{observed}/documents/first-unknown")
    httpx.request("PROPFIND", f"{observed}/first/unknown")
    before = series()
    for number in range(20):
        httpx.get(f"{observed}/unknown/{number}")
        httpx.get(f"{observed}/documents/unknown-{number}")
    httpx.request("MKCOL", f"{observed}/unknown")
    assert series() == before
    assert not any("unknown" in name for name in before)


def test_as_text_the_log_is_quiet(server: Running, client: httpx.Client) -> None:
    client.post("/ask", json=ASKED)
    client.get("/nothing")
    assert not any("gloact_qa.requests" in line or "POST" in line for line in server.log)
