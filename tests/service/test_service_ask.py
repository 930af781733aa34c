"""The contract of POST /ask, over a real socket."""

import json
from typing import Any

import httpx
import pytest

PROBLEM = "application/problem+json"
QUESTION = "Who moderated the event?"


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """Return the problem document of a response, which must be one of this status."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    document = response.json()
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert "Traceback" not in response.text
    return document


def bad_fields(response: httpx.Response) -> set[str]:
    return {error["field"] for error in problem(response, 422)["errors"]}


def test_an_answer_keeps_the_contract(client: httpx.Client) -> None:
    response = client.post("/ask", json={"question": f"  {QUESTION}\n"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert set(answer) == {
        "question",
        "interpreted_as",
        "answered",
        "answer",
        "short_answer",
        "confidence",
        "sources",
        "elapsed_ms",
    }
    assert answer["question"] == QUESTION
    assert answer["answered"] is True
    assert "Alena Kupchyna" in answer["answer"]
    assert answer["answer"] in answer["sources"][0]["snippet"]
    assert answer["short_answer"] is None or answer["short_answer"] in answer["answer"]
    assert 0 <= answer["confidence"] <= 1
    assert answer["elapsed_ms"] >= 0


def test_every_offset_is_that_of_the_release_text(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": QUESTION, "top_k": 20}).json()
    assert answer["sources"]
    for source in answer["sources"]:
        document = client.get(f"/documents/{source['document_id']}").json()
        assert document["text"][source["start"] : source["end"]] == source["snippet"]
        for highlight in source["highlights"]:
            assert 0 <= highlight["start"] < highlight["end"] <= len(source["snippet"])
        assert (source["title"], source["url"]) == (document["title"], document["url"])
        assert source["link"].startswith(f"{source['url']}#:~:text=")


def test_a_refusal_says_so_and_has_no_short_answer(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": "What will the weather be tomorrow?"}).json()
    assert answer["answered"] is False
    assert answer["short_answer"] is None
    assert answer["answer"]


@pytest.mark.parametrize("top_k", [1, 2, 20])
def test_top_k_limits_the_sources(client: httpx.Client, top_k: int) -> None:
    answer = client.post("/ask", json={"question": QUESTION, "top_k": top_k}).json()
    assert 1 <= len(answer["sources"]) <= top_k


def test_three_sources_at_most_by_default(client: httpx.Client) -> None:
    assert len(client.post("/ask", json={"question": QUESTION}).json()["sources"]) == 3


@pytest.mark.parametrize("top_k", [0, 21, -1, 1.5, "3", True, None])
def test_top_k_out_of_bounds(client: httpx.Client, top_k: object) -> None:
    assert bad_fields(client.post("/ask", json={"question": QUESTION, "top_k": top_k})) == {"top_k"}


@pytest.mark.parametrize("question", ["", "   ", "\n\t ", "x" * 1001, 5, None, ["a"], {"a": 1}])
def test_a_question_that_is_none(client: httpx.Client, question: object) -> None:
    assert bad_fields(client.post("/ask", json={"question": question})) == {"question"}


@pytest.mark.parametrize("length", [1, 1000])
def test_a_question_of_any_allowed_length(client: httpx.Client, length: int) -> None:
    # Code points, not UTF-16 units or bytes; and trimmed first.
    question = "𝔞" * length
    response = client.post("/ask", json={"question": f" {question} "})
    assert response.status_code == 200
    assert response.json()["question"] == question


def test_the_question_is_required(client: httpx.Client) -> None:
    assert bad_fields(client.post("/ask", json={})) == {"question"}


@pytest.mark.parametrize("body", [[], "question", 5, None])
def test_a_body_that_is_no_object(client: httpx.Client, body: object) -> None:
    assert bad_fields(client.post("/ask", content=json.dumps(body), headers=JSON)) == {"body"}


JSON = {"Content-Type": "application/json"}


def test_unknown_fields_are_named(client: httpx.Client) -> None:
    response = client.post("/ask", json={"question": QUESTION, "topk": 3, "model": "x"})
    assert bad_fields(response) == {"topk", "model"}


@pytest.mark.parametrize("body", ["{", "question=1", '{"question": }', '{"question": "a"} b', "\0"])
def test_malformed_json(client: httpx.Client, body: str) -> None:
    detail = problem(client.post("/ask", content=body, headers=JSON), 400)["detail"]
    assert "JSON" in detail


def test_no_body(client: httpx.Client) -> None:
    assert bad_fields(client.post("/ask", headers=JSON)) == {"body"}


def test_bytes_that_are_no_text(client: httpx.Client) -> None:
    problem(client.post("/ask", content=b'{"question": "\xff\xfe"}', headers=JSON), 400)


@pytest.mark.parametrize(
    ("history", "fields"),
    [
        ([{"question": "a"}] * 21, {"history"}),
        ("before", {"history"}),
        ([{"answer": "a"}], {"history.0.question"}),
        ([{"question": "a"}, {"question": " "}], {"history.1.question"}),
        ([{"question": "a", "answer": 5}], {"history.0.answer"}),
        ([{"question": "a", "answer": "x" * 20_001}], {"history.0.answer"}),
        ([{"question": "a", "date": "b"}], {"history.0.date"}),
        (["before"], {"history.0"}),
    ],
)
def test_a_history_that_is_none(client: httpx.Client, history: object, fields: set[str]) -> None:
    assert bad_fields(client.post("/ask", json={"question": "x", "history": history})) == fields


def test_a_full_history_is_taken(client: httpx.Client) -> None:
    history = [{"question": "What is GLO.ACT?", "answer": "x" * 20_000}] * 20
    response = client.post("/ask", json={"question": QUESTION, "history": history})
    assert response.status_code == 200


def test_a_body_too_large(client: httpx.Client) -> None:
    body = b" " * 1_500_000
    problem(client.post("/ask", content=body, headers=JSON), 413)
    chunks = (body[i : i + 65_536] for i in range(0, len(body), 65_536))
    problem(client.post("/ask", content=chunks, headers=JSON), 413)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/ask")
    assert method in problem(response, 405)["detail"]
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE releases; --",
        "\u202eright to left\u202c \u0000",
        "؟ماذا تقول البيانات",
        "\U0001f600" * 500,
        "a" * 1000,
        "(" * 500 + "[" * 500,
    ],
)
def test_any_text_is_a_question(client: httpx.Client, question: str) -> None:
    response = client.post("/ask", json={"question": question})
    assert response.status_code == 200
    assert response.json()["question"] == question.strip()
