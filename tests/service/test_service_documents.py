"""The other routes: releases, examples, health, the API's description and documentation."""

import json
import re
from pathlib import Path

import httpx
import pytest
from test_service_ask import problem

from gloact_qa.answering.bot import load_bot
from gloact_qa.service.examples import find_examples
from gloact_qa.settings import Settings
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


RELEASE = "---\ntitle: Harbour\ndate: 2024-02-01\n---\nThe harbour opened on 3 March 1907."
WHEN = {"id": "1", "question": "When did the harbour open?", "answers": ["3 March 1907"]}


@pytest.mark.parametrize(
    ("question_set", "expected"),
    [
        (None, []),
        ("", []),
        ("{broken", []),
        (json.dumps(WHEN), [WHEN["question"]]),
        # Not answered, wrongly answered, a follow-up: none of them is an example.
        (json.dumps({**WHEN, "answers": []}), []),
        (json.dumps({**WHEN, "answers": ["in 1850"]}), []),
        (json.dumps({**WHEN, "history": [{"question": "What is it?"}]}), []),
        (json.dumps({**WHEN, "kind": "misspelt"}), []),
    ],
)
def test_examples_come_from_the_question_set_as_far_as_it_has_any(
    tmp_path: Path, question_set: str | None, expected: list[str]
) -> None:
    (tmp_path / "harbour.md").write_text(RELEASE)
    if question_set is not None:
        (tmp_path / "questions.jsonl").write_text(question_set)
    bot = load_bot(Settings(knowledge=tmp_path))
    assert list(find_examples(bot, tmp_path / "questions.jsonl")) == expected


def test_examples_differ_in_what_they_ask_for(tmp_path: Path) -> None:
    (tmp_path / "harbour.md").write_text(f"{RELEASE} Ada Berg opened it.")
    lines = [
        {**WHEN, "expects": "date"},
        {**WHEN, "id": "2", "question": "When did the harbour really open?", "expects": "date"},
        {"id": "3", "question": "Who opened the harbour then?", "answers": ["Ada Berg"]},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)))
    bot = load_bot(Settings(knowledge=tmp_path))
    tried: list[str] = []

    class Spy:
        def ask(self, question: str) -> object:
            tried.append(question)
            return bot.ask(question)

    find_examples(Spy(), tmp_path / "questions.jsonl")  # type: ignore[arg-type]
    assert tried == [lines[0]["question"], lines[2]["question"], lines[1]["question"]]


def test_another_newsroom_is_served_with_its_own_examples(tmp_path: Path) -> None:
    (tmp_path / "harbour.md").write_text(RELEASE)
    (tmp_path / "questions.jsonl").write_text(json.dumps(WHEN))
    with run_server(tmp_path) as server:
        assert httpx.get(f"{server}/examples").json() == [WHEN["question"]]


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
