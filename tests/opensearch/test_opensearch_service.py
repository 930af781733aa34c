"""The service over a cluster that loses nodes, goes away, comes back, and changes."""

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from gloact_qa.settings import Settings, data_folder
from opensearch_cluster import Cluster
from serving import Running, run_server

pytest.importorskip("opensearchpy", reason="the extra `opensearch` is not installed")

from searching import settings_for

from gloact_qa.retrieval.updating import update_index

QUESTIONS = (
    "Who moderated the event?",
    "What is GLO.ACT?",
    "When was the event?",
    "How much did the European Union give?",
    "Which countries are partners?",
)
_TIMEOUT = 30


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("knowledge") / "knowledge"
    shutil.copytree(data_folder("knowledge"), folder)
    return folder


@pytest.fixture(scope="module")
def served(opensearch_cluster: Cluster, knowledge: Path) -> Settings:
    """Index the knowledge folder, in two parts, each on two of the three nodes."""
    settings = settings_for(
        opensearch_cluster.hosts, "served", knowledge=knowledge, opensearch_shards=2
    )
    update_index(settings, processes=1)
    return settings


@pytest.fixture(scope="module")
def service(opensearch_cluster: Cluster, served: Settings, knowledge: Path) -> Iterator[Running]:
    with run_server(
        knowledge,
        engine="opensearch",
        opensearch_hosts=opensearch_cluster.hosts,
        opensearch_index="served",
        opensearch_timeout="2",
        log_format="json",
        remembered_answers="0",  # each question is to reach the cluster
    ) as running:
        yield running


@pytest.fixture
def http(service: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service, timeout=_TIMEOUT) as client:
        yield client


def said(client: httpx.Client, question: str) -> tuple[object, ...]:
    answered = client.post("/ask", json={"question": question})
    assert answered.status_code == 200, answered.text
    body = answered.json()
    return (body["answer"], body["short_answer"], [s["passage_id"] for s in body["sources"]])


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return held


def test_answers_as_the_engine_in_memory_does(http: httpx.Client, server: Running) -> None:
    with httpx.Client(base_url=server, timeout=_TIMEOUT) as memory:
        for question in QUESTIONS:
            assert said(http, question) == said(memory, question)
        (document,) = memory.get("/documents").json()
        path = f"/documents/{document['document_id']}"
        assert http.get(path).json() == memory.get(path).json()
    assert http.get("/documents/none").status_code == 404
    assert http.get("/readyz").json() == {"status": "ready", "documents": 1}


def test_a_node_that_is_killed_fails_no_answer(
    http: httpx.Client, service: Running, opensearch_cluster: Cluster
) -> None:
    expected = {question: said(http, question) for question in QUESTIONS}
    over = threading.Event()
    slowest = []

    def ask_on() -> int:
        asked = 0
        with httpx.Client(base_url=service, timeout=_TIMEOUT) as client:
            while not over.is_set():
                question = QUESTIONS[asked % len(QUESTIONS)]
                begun = time.monotonic()
                assert said(client, question) == expected[question]
                slowest.append(time.monotonic() - begun)
                asked += 1
        return asked

    with ThreadPoolExecutor(4) as askers:
        asking = [askers.submit(ask_on) for _ in range(4)]
        try:
            time.sleep(1)
            # The one whose loss costs most: the others must elect another, too.
            opensearch_cluster.manager.kill()
            opensearch_cluster.wait(nodes=2, status="yellow")
            time.sleep(1)
        finally:
            over.set()
        failed = [error for one in asking if (error := one.exception())]
    reasons = "".join(line for line in service.log if "the search engine" in line)
    assert not failed, f"{failed}\n{reasons}"
    assert all(one.result() > 5 for one in asking)
    # A node that is gone costs each of an answer's two requests at most its time-out and the
    # patience for what may pass.
    assert max(slowest) < 10
    opensearch_cluster.revive()
    assert {question: said(http, question) for question in QUESTIONS} == expected


def test_a_new_build_is_served_within_seconds(
    http: httpx.Client, served: Settings, knowledge: Path
) -> None:
    (knowledge / "extra.md").write_text("The lighthouse of Zork was painted by Ada Byron.\n")
    assert http.get("/readyz").json()["documents"] == 1
    update_index(served, processes=1)
    assert within(15, lambda: http.get("/readyz").json()["documents"] == 2)
    assert "Ada Byron" in str(said(http, "Who painted the lighthouse of Zork?")[0])
    assert http.get("/documents/extra").json()["text"].startswith("The lighthouse")


def test_without_its_cluster_it_says_so_and_recovers_by_itself(
    http: httpx.Client, service: Running, opensearch_cluster: Cluster
) -> None:
    expected = said(http, QUESTIONS[0])
    for node in opensearch_cluster.nodes:
        node.kill()
    try:
        begun = time.monotonic()
        refused = http.post("/ask", json={"question": QUESTIONS[0]})
        assert time.monotonic() - begun < 5
        assert refused.status_code == 503
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert int(refused.headers["Retry-After"]) > 0
        assert "search engine" in refused.json()["detail"]
        assert http.get("/readyz").status_code == 503
        assert http.get("/documents/extra").status_code == 503
        assert http.get("/healthz").json() == {"status": "ok"}
        assert len(http.get("/documents").json()) == 2
        # Whoever runs the service finds the reason by the response's id.
        assert any(
            line["request_id"] == refused.json()["request_id"]
            and "no node of OpenSearch can be reached" in line["message"]
            for line in map(json.loads, service.log)
            if line["logger"] == "gloact_qa.service.problems"
        )
    finally:
        opensearch_cluster.revive()
    assert within(60, lambda: http.get("/readyz").status_code == 200)
    assert said(http, QUESTIONS[0]) == expected
