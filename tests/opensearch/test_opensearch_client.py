"""Reading from a cluster that fails for a while: over a real socket, without OpenSearch."""

import base64
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from gloact_qa.errors import EngineUnavailableError, GloactQAError

pytest.importorskip("opensearchpy", reason="the extra `opensearch` is not installed")

from opensearchpy import OpenSearch
from searching import settings_for

from gloact_qa.retrieval.opensearch_client import Reader
from gloact_qa.retrieval.opensearch_index import OpenSearchIndex, OpenSearchTexts

RIGHT = (200, {"version": {"number": "2.19.1"}})
CUT, HUNG = 0, -1  # instead of a status: the connection ends, or nothing comes
NO_NODE = {
    "error": {
        "type": "search_phase_execution_exception",
        "root_cause": [{"type": "node_disconnected_exception", "reason": "[the very node]"}],
    }
}
FAILED_PART = {"error": {"type": "no_shard_available_action_exception"}, "status": 503}
REMOVED = {"error": {"type": "index_not_found_exception"}}
COUNTED = {"hits": {"total": {"value": 3}}}
TIMEOUT = 0.3
SLACK = 2  # seconds that a busy machine may add


class Answers(ThreadingHTTPServer):
    """A node that gives these answers, one after the other, and the last one ever after."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *answers: tuple[int, object]) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.answers = list(answers)
        self.asked: list[float] = []  # when
        self.credentials: list[str | None] = []  # with which each came
        self.scheme = "http"
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def show(self, certificate: trustme.LeafCert) -> None:
        """Speak TLS, with this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.scheme = "https"

    def handle_error(self, *_: object) -> None:
        pass  # a client that does not trust it goes away


class _Answering(BaseHTTPRequestHandler):
    server: Answers

    def do_GET(self) -> None:  # its name in http.server
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.asked.append(time.monotonic())
        self.server.credentials.append(self.headers["Authorization"])
        answers = self.server.answers
        status, content = answers.pop(0) if len(answers) > 1 else answers[0]
        if status == HUNG:
            self.server.over.wait(60)
        if status <= 0:
            return
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


Serve = Callable[..., Answers]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Run nodes, each with its answers."""
    nodes = []

    def run(*answers: tuple[int, object], certificate: trustme.LeafCert | None = None) -> Answers:
        node = Answers(*answers)
        if certificate:
            node.show(certificate)
        nodes.append(node)
        threading.Thread(target=node.serve_forever, args=(0.01,), daemon=True).start()
        return node

    yield run
    for node in nodes:
        node.over.set()
        node.shutdown()
        node.server_close()


def reader(hosts: str, patience: float, timeout: float = TIMEOUT) -> Reader:
    return Reader(settings_for(hosts, "x", opensearch_timeout=timeout), patience)


def info(client: OpenSearch, timeout: float) -> Any:
    return client.info(request_timeout=timeout)


def seconds_to_fail(asked: Reader, match: str) -> float:
    begun = time.monotonic()
    with pytest.raises(EngineUnavailableError, match=match):
        asked.ask(info)
    return time.monotonic() - begun


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, HUNG])
def test_what_may_pass_is_asked_again_after_a_pause(serve: Serve, status: int) -> None:
    node = serve((status, NO_NODE), (status, NO_NODE), (status, NO_NODE), RIGHT)
    assert reader(node.url, 4).ask(info) == RIGHT[1]
    first, *_, before, last = node.asked
    assert len(node.asked) == 4
    # The pauses double: 0.05, 0.1, 0.2 s.
    assert last - before > 0.19
    assert last - first > 0.34


def test_what_stays_is_told_in_time_with_its_reason_and_then_at_once(serve: Serve) -> None:
    node = serve((500, NO_NODE))
    asked = reader(node.url, 1)
    reason = r"500 search_phase_execution_exception, node_disconnected_exception$"
    assert 0.9 < seconds_to_fail(asked, reason) < 1 + SLACK
    assert 4 <= len(node.asked) <= 8
    # Nobody else has to wait for what was waited for in vain.
    count = len(node.asked)
    assert seconds_to_fail(asked, reason) < 0.9
    assert len(node.asked) == count + 1
    # When it has answered again, it is worth waiting for.
    node.answers = [RIGHT, (503, NO_NODE), (503, NO_NODE), RIGHT]
    for _ in range(2):
        assert asked.ask(info) == RIGHT[1]


def test_of_many_that_wait_none_waits_longer(serve: Serve) -> None:
    node = serve((503, NO_NODE))
    asked = reader(node.url, 1)
    seconds: list[float] = []
    threads = [
        threading.Thread(target=lambda: seconds.append(seconds_to_fail(asked, "503")))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seconds) == 16
    assert max(seconds) < 1 + SLACK


def test_nodes_that_hang_cost_one_time_out_and_the_patience(serve: Serve) -> None:
    nodes = [serve((HUNG, None)) for _ in range(3)]
    asked = reader(" ".join(node.url for node in nodes), 0.5, timeout=2.5)
    assert 2.9 < seconds_to_fail(asked, "in time") < 3 + 0.75 * SLACK
    assert sum(len(node.asked) for node in nodes) >= 2


def test_nodes_that_still_hang_are_asked_once(serve: Serve) -> None:
    node = serve((HUNG, None))
    asked = reader(node.url, 0.2)  # less than the time-out
    seconds_to_fail(asked, "in time")
    for _ in range(4):
        count = len(node.asked)
        seconds_to_fail(asked, "in time")
        assert len(node.asked) == count + 1


def test_a_node_that_takes_no_connection_in_time_may_soon(serve: Serve) -> None:
    node = serve(RIGHT)
    node.shutdown()
    node.socket.listen(0)
    with socket.create_connection(("127.0.0.1", node.server_port)):  # there is room for one
        taken_up = threading.Timer(3 * TIMEOUT, node.serve_forever, (0.01,))
        taken_up.daemon = True
        taken_up.start()
        begun = time.monotonic()
        assert reader(node.url, 4).ask(info) == RIGHT[1]
        assert time.monotonic() - begun > 2 * TIMEOUT


def test_a_node_that_cuts_is_left_for_another_at_once(serve: Serve) -> None:
    cutting, right = serve((CUT, None)), serve(RIGHT)
    asked = reader(f"{cutting.url} {right.url} http://127.0.0.1:1", 4)
    begun = time.monotonic()
    for _ in range(10):
        assert asked.ask(info) == RIGHT[1]
    assert time.monotonic() - begun < SLACK
    assert len(right.asked) == 10
    assert len(cutting.asked) == 1  # and then left out


def test_nodes_that_all_cut_are_not_waited_for(serve: Serve) -> None:
    nodes = [serve((CUT, None)) for _ in range(2)]
    asked = reader(" ".join(node.url for node in nodes), 60)
    assert seconds_to_fail(asked, "no node of OpenSearch can be reached") < SLACK
    assert sum(len(node.asked) for node in nodes) == 3


@pytest.mark.parametrize(
    ("status", "match"), [(400, "refuses"), (401, "USER"), (403, "USER"), (404, "replaced")]
)
def test_what_does_not_pass_is_not_asked_again(serve: Serve, status: int, match: str) -> None:
    node = serve((status, NO_NODE), RIGHT)
    with pytest.raises(GloactQAError, match=match):
        reader(node.url, 60).ask(info)
    assert len(node.asked) == 1


def test_a_part_that_failed_is_asked_again(serve: Serve) -> None:
    node = serve(
        (200, {"responses": [COUNTED, FAILED_PART]}), (200, {"responses": [COUNTED, COUNTED]})
    )
    settings = settings_for(node.url, "x")
    OpenSearchIndex(settings, "x-1", passages=9, shards=1, scale=1.0).prepare(["a", "b"])
    assert len(node.asked) == 2

    node = serve(
        (200, {"docs": [{"error": FAILED_PART["error"]}]}), (200, {"docs": [{"found": False}]})
    )
    assert OpenSearchTexts(settings_for(node.url, "x"), "x-1").text("d") is None
    assert len(node.asked) == 2


def test_whether_it_could_be_searched_is_told_soon(serve: Serve) -> None:
    node = serve((503, NO_NODE))
    index = OpenSearchIndex(settings_for(node.url, "x"), "x-1", passages=9, shards=1, scale=1.0)
    begun = time.monotonic()
    with pytest.raises(EngineUnavailableError, match="503"):
        index.check()
    assert 0.9 < time.monotonic() - begun < 1 + SLACK


def test_a_build_that_was_removed_is_not_asked_for_again(serve: Serve) -> None:
    node = serve((200, {"docs": [REMOVED]}))
    with pytest.raises(EngineUnavailableError, match="replaced"):
        OpenSearchTexts(settings_for(node.url, "x"), "x-1").text("d")
    assert len(node.asked) == 1


def guarded(node: Answers, trusted: trustme.CA, folder: Path) -> Reader:
    """Read from a node with a password, if it has a certificate of the trusted authority."""
    trusted.cert_pem.write_to_path(folder / "ca.pem")
    settings = settings_for(
        node.url,
        "x",
        opensearch_ca=folder / "ca.pem",
        opensearch_user="press",
        opensearch_password="s e c:ret",  # noqa: S106
    )
    return Reader(settings, patience=0)


def test_a_cluster_with_a_certificate_and_a_password(serve: Serve, tmp_path: Path) -> None:
    authority = trustme.CA()
    node = serve(RIGHT, certificate=authority.issue_cert("127.0.0.1"))
    assert guarded(node, authority, tmp_path).ask(info) == RIGHT[1]
    expected = base64.b64encode(b"press:s e c:ret").decode()
    assert node.credentials == [f"Basic {expected}"]


@pytest.mark.parametrize("issued_for", ["127.0.0.1", "elsewhere.example"])
def test_a_cluster_that_cannot_prove_who_it_is_gets_no_password(
    serve: Serve, tmp_path: Path, issued_for: str
) -> None:
    trusted, other = trustme.CA(), trustme.CA()
    issuer = other if issued_for == "127.0.0.1" else trusted
    node = serve(RIGHT, certificate=issuer.issue_cert(issued_for))
    with pytest.raises(EngineUnavailableError, match=r"not to be trusted.*certificate"):
        guarded(node, trusted, tmp_path).ask(info)
    assert not node.credentials
