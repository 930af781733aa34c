"""The other routes: releases, examples, health, the API's description and documentation."""

import json
import re
from pathlib import Path

import httpx
import pytest
from test_service_ask import problem

from gloact_qa.schema import Answer
from gloact_qa.service.examples import MAX_EXAMPLES, find_examples
from serving import run_server


def test_the_releases_are_listed_without_their_texts(client: httpx.Client) -> None:
    [release] = client.get("/documents").json()
    assert release["document_id"] == "2019-05-29-eu-unodc-cooperation"
    assert release["date"] == "2019-05-29"
    assert release["title"].startswith("EU-UNODC cooperation")
    assert "text" not in release


def test_a_release_is_given_byte_for_byte(client: httpx.Client) -> None:
    file = Path(__file__).parents[2] / "knowledge" / "2019-05-29-eu-unodc-cooperation.md"
    text = client.get(f"/documents/{file.stem}").json()["text"]
    assert text
    assert file.read_bytes().decode().endswith(f"---\n{text}")


@pytest.mark.parametrize(
    "path",
    [
        "/documents/none",
        "/documents/..%2fquestions",
        "/nothing",
        "/script/none.js",
        "/.env",
        "/web",
    ],
)
def test_what_there_is_not(client: httpx.Client, path: str) -> None:
    problem(client.get(path), 404)


@pytest.mark.parametrize("path", ["/documents", "/healthz", "/", "/embed", "/script/main.js"])
def test_what_can_only_be_read(client: httpx.Client, path: str) -> None:
    response = client.post(path)
    problem(response, 405)
    assert "GET" in response.headers["allow"]


def test_it_says_that_it_lives_and_is_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "documents": 1}


def test_the_examples_are_answered(client: httpx.Client) -> None:
    examples = client.get("/examples").json()
    assert 4 <= len(examples) <= 6
    assert len(set(examples)) == len(examples)
    for example in examples:
        assert client.post("/ask", json={"question": example}).json()["answered"] is True


class Oracle:
    """Stands in for the bot: answers what it is told, and remembers what it was asked."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def ask(self, question: str) -> Answer:
        self.asked.append(question)
        answer = self.answers.get(question)
        return Answer(
            question=question,
            interpreted_as=question,
            answered=answer is not None,
            answer=answer or "The releases do not say.",
            short_answer=None,
            confidence=0.9,
            sources=(),
            elapsed_ms=0,
        )


WHEN = {"id": "1", "question": "When?", "answers": ["3 March 1907"]}


@pytest.mark.parametrize(
    ("question_set", "expected"),
    [
        (None, []),
        (json.dumps(WHEN), ["When?"]),
        # Not in the releases, wrongly answered, not answered, a follow-up, misspelt: none
        # of them is an example.
        (json.dumps({**WHEN, "answers": []}), []),
        (json.dumps({**WHEN, "answers": ["in 1850"]}), []),
        (json.dumps({**WHEN, "question": "Where?"}), []),
        (json.dumps({**WHEN, "history": [{"question": "What is it?"}]}), []),
        (json.dumps({**WHEN, "kind": "misspelt"}), []),
        (json.dumps({**WHEN, "kind": "direct"}), ["When?"]),
    ],
)
def test_examples_come_from_the_question_set_as_far_as_it_has_any(
    tmp_path: Path, question_set: str | None, expected: list[str]
) -> None:
    file = tmp_path / "questions.jsonl"
    if question_set is not None:
        file.write_text(question_set)
    bot = Oracle(**{"When?": "It opened on 3 March 1907."})
    assert list(find_examples(bot, file)) == expected


def test_a_broken_question_set_costs_the_examples_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text("The bridge was designed by Ms. Ada Fenwick.", "utf-8")
    file = tmp_path / "questions.jsonl"
    file.write_text("{broken")
    with run_server(tmp_path) as server:
        assert httpx.get(f"{server}/examples").json() == []
        ready = httpx.get(f"{server}/readyz")
        answer = httpx.post(f"{server}/ask", json={"question": "Who designed the bridge?"})
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert f"{file}, line 1" in ready.json()["refused"]
    assert str(file) in "".join(server.log)
    assert answer.json()["short_answer"] == "Ada Fenwick"


def test_examples_are_short_and_few_and_differ_in_what_they_ask_for(tmp_path: Path) -> None:
    questions = {
        f"{kind} {'very ' * number}?": kind
        for number in range(4)
        for kind in ("Who", "When", "Where")
    }
    lines = [
        json.dumps({"id": q, "question": q, "answers": ["yes"], "expects": kind})
        for q, kind in reversed(questions.items())
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines))
    bot = Oracle(**dict.fromkeys(questions, "yes"))
    examples = find_examples(bot, file)
    assert len(examples) == MAX_EXAMPLES
    assert {questions[q] for q in examples[:3]} == {"Who", "When", "Where"}
    assert {questions[q] for q in examples[3:]} == {"Who", "When", "Where"}
    assert all("very" not in q for q in examples[:3])
    assert bot.asked == list(examples)


def test_another_newsroom_is_served_with_its_own_examples(tmp_path: Path) -> None:
    release = Path(__file__).parents[2] / "knowledge" / "2019-05-29-eu-unodc-cooperation.md"
    (tmp_path / "event.md").write_bytes(release.read_bytes())
    asked = {"id": "1", "question": "Who moderated the event?", "answers": ["Alena Kupchyna"]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(asked))
    with run_server(tmp_path) as server:
        assert httpx.get(f"{server}/examples").json() == ["Who moderated the event?"]


def test_the_description_has_problems_and_examples(client: httpx.Client) -> None:
    api = client.get("/openapi.json").json()
    schemas = api["components"]["schemas"]
    assert "HTTPValidationError" not in schemas
    assert {"type", "title", "status", "detail", "errors"} <= set(schemas["Problem"]["properties"])
    assert schemas["AskRequest"]["examples"]
    for path, method, status in (
        ("/ask", "post", "400"),
        ("/ask", "post", "422"),
        ("/ask", "post", "413"),
        ("/documents/{document_id}", "get", "404"),
        ("/documents/{document_id}", "get", "422"),
    ):
        content = api["paths"][path][method]["responses"][status]["content"]
        assert content == {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        }
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(api)))
    assert references <= set(schemas)


def test_the_documentation_loads_nothing_from_other_hosts(client: httpx.Client) -> None:
    page = client.get("/docs").text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(loaded) == 3
    for path in loaded:
        assert "//" not in path
        assert client.get(path).status_code == 200
