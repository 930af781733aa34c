"""OpenSearch as an index: it ranks as rank-bm25 does, and is changed all at once or not at all."""

import subprocess
import sys
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from gloact_qa.errors import EngineUnavailableError, SettingsError, UnusableIndexError
from gloact_qa.retrieval.bm25 import BM25Index
from gloact_qa.settings import load_settings
from opensearch_cluster import Cluster

pytest.importorskip("opensearchpy", reason="the extra `opensearch` is not installed")

from searching import QUERIES, build, catalogue, ids, make_passage, settings_for, some_passages

from gloact_qa.retrieval.opensearch_client import connect
from gloact_qa.retrieval.opensearch_index import index_state, open_index, open_writer
from gloact_qa.retrieval.opensearch_layout import is_build


def indexes(cluster: Cluster, alias: str) -> set[str]:
    listed = connect(settings_for(cluster.hosts, alias)).indices.get(index=f"{alias}-*")
    return {name for name in listed if is_build(name, alias)}


@pytest.mark.parametrize("shards", [1, 3])
def test_ranks_and_scores_as_rank_bm25_before_and_after_an_update(
    opensearch_cluster: Cluster, shards: int
) -> None:
    settings = settings_for(opensearch_cluster.hosts, f"rank{shards}", opensearch_shards=shards)
    passages = [p for i in range(20) for p in some_passages(f"d{i:02}", 12, 1)]
    before = build(passages, settings)

    writer = open_writer(settings)
    writer.remove(["d03", "d04", "unknown"])
    changed = some_passages("d03", 5, 2)
    writer.add(changed)
    after_update = [p for p in passages if p.document_id not in ("d03", "d04")]
    after_update[36:36] = changed
    writer.commit(catalogue(after_update, settings))
    after = open_index(settings)

    # The one that was opened before still is what it was.
    for opened, listed in ((before, passages), (after, after_update)):
        memory = BM25Index(listed, settings.k1, settings.b)
        assert len(opened.index) == len(listed)
        for query in QUERIES:
            found, expected = opened.index.search(query, 1100), memory.search(query, 1100)
            assert ids(found) == ids(expected)
            scores = [hit.score for hit in expected]
            assert [hit.score for hit in found] == pytest.approx(scores, rel=1e-5)
            assert [hit.passage for hit in found] == [hit.passage for hit in expected]
            opened.index.prepare(query)
            assert [opened.index.idf(t) for t in query] == [memory.idf(t) for t in query]
        assert opened.index.idf("") == memory.idf("")
    assert before.texts.text("d04") == "text of d04"
    assert after.texts.text("d04") is None
    assert after.texts.text("d05") == "text of d05"


def test_equal_passages_stand_as_in_the_collection(opensearch_cluster: Cluster) -> None:
    passages = [make_passage("d", n, ["a"]) for n in range(12)]
    opened = build(passages, settings_for(opensearch_cluster.hosts, "equal", opensearch_shards=2))
    assert ids(opened.index.search({"a": 1.0}, 12)) == [f"d#{n}" for n in range(12)]


HOSTILE = (
    "* OR _id:*",
    '"}},{"match_all":{}}',
    'a\n{"index":"*"}\n{"query":{"match_all":{}}}',
    "a b",
    "a\u2028b\u00a0c",
    "%",
    "%20",
    "a" * 100_000,
    "/.*/",
    "../_all",
)


def test_no_content_is_read_as_a_command(opensearch_cluster: Cluster) -> None:
    passages = [make_passage("d", n, [term]) for n, term in enumerate(HOSTILE)]
    passages += [make_passage("e", 0, ["a"]), make_passage("../_all?x#y", 0, ["b"])]
    opened = build(passages, settings_for(opensearch_cluster.hosts, "hostile"))
    once = opened.index.idf("b")
    opened.index.prepare([*HOSTILE, "never"])
    assert not opened.index.search({"\ud800": 1.0}, 10)  # no text: it cannot be sent as it is
    for number, term in enumerate(HOSTILE):
        assert ids(opened.index.search({term: 1.0}, 10)) == [f"d#{number}"]
        assert opened.index.idf(term) == once < opened.index.idf("never")
        assert not opened.index.search({f"{term}x": 1.0}, 10)
        assert opened.texts.text(term) is None
    assert opened.texts.text("../_all?x#y") == "text of ../_all?x#y"


def test_thousands_of_terms_are_searched_by_the_weightiest(opensearch_cluster: Cluster) -> None:
    passages = [make_passage("d", 0, ["a"]), make_passage("d", 1, ["b"])]
    opened = build(passages, settings_for(opensearch_cluster.hosts, "many"))
    query = {f"t{i}": 0.5 for i in range(3000)} | {"b": 1.0}
    assert ids(opened.index.search(query, 10)) == ["d#1"]


def test_a_build_that_was_killed_is_never_seen_and_then_removed(
    opensearch_cluster: Cluster,
) -> None:
    settings = settings_for(opensearch_cluster.hosts, "killed")
    passages = some_passages("d", 5, 1)
    build(passages, settings)
    state = index_state(settings)
    program = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from searching import *\n"
        "writer = open_writer(settings_for(sys.argv[2], 'killed'))\n"
        "writer.remove(['d']); writer.add(some_passages('e', 900, 2))\n"
        "os.kill(os.getpid(), 9)"
    )
    folder = sys.modules["searching"].__file__.rpartition("/")[0]
    killed = subprocess.run(
        [sys.executable, "-c", program, folder, opensearch_cluster.hosts],
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -9, killed.stderr
    assert index_state(settings) == state
    assert len(open_index(settings).index.search({"a": 1, "b": 1, "c": 1}, 10)) == 5
    assert len(indexes(opensearch_cluster, "killed")) == 4

    writer = open_writer(settings)
    assert len(indexes(opensearch_cluster, "killed")) == 4  # the killed one's are gone
    writer.abort()
    assert indexes(opensearch_cluster, "killed") == {state, f"{state}-texts"}


def test_of_two_builds_the_later_one_goes_on(opensearch_cluster: Cluster) -> None:
    settings = settings_for(opensearch_cluster.hosts, "two")
    passages = some_passages("d", 5, 1)
    first = open_writer(settings)
    first.add(passages)
    second = open_writer(settings)
    with pytest.raises(UnusableIndexError, match="another build"):
        first.add(passages)
    with pytest.raises(UnusableIndexError, match="another build"):
        first.commit(catalogue(passages, settings))
    second.add(passages)
    second.commit(catalogue(passages, settings))
    assert len(open_index(settings).index) == 5


def test_a_build_that_lacks_passages_is_not_put_into_use(opensearch_cluster: Cluster) -> None:
    settings = settings_for(opensearch_cluster.hosts, "short")
    writer = open_writer(settings)
    writer.add(some_passages("d", 4, 1))
    with pytest.raises(UnusableIndexError, match="has 4 passages and should have 5"):
        writer.commit(catalogue(some_passages("d", 5, 1), settings))
    assert index_state(settings) is None
    assert not indexes(opensearch_cluster, "short")
    with pytest.raises(UnusableIndexError, match="run `gloact-qa index`"):
        open_index(settings)


def test_no_cluster_and_no_credentials_are_told_in_one_line() -> None:
    nobody = settings_for("http://127.0.0.1:1", "x")
    with pytest.raises(EngineUnavailableError, match="no node of OpenSearch can be reached"):
        open_index(nobody)
    with pytest.raises(EngineUnavailableError):
        index_state(nobody)
    with pytest.raises(EngineUnavailableError):
        open_writer(nobody)


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOACT_QA_OPENSEARCH_PASSWORD", "hush-hush")
    assert "hush" not in repr(load_settings())
    monkeypatch.setenv("GLOACT_QA_OPENSEARCH_HOSTS", "https://user:hush-hush@search:9200")
    with pytest.raises(SettingsError, match="OPENSEARCH_HOSTS") as refused:
        load_settings()
    assert "hush" not in str(refused.value)


class _Refusing(BaseHTTPRequestHandler):
    """Lets nobody in, and remembers who came."""

    came: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:  # its name in http.server
        self.came.append(self.headers["Authorization"])
        self.send_response(401)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_credentials_are_sent_and_a_refusal_of_them_is_told() -> None:
    with HTTPServer(("127.0.0.1", 0), _Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = settings_for(
            f"http://127.0.0.1:{server.server_port}",
            "x",
            opensearch_user="reader",
            opensearch_password="hush-hush",  # noqa: S106
        )
        with pytest.raises(EngineUnavailableError, match="OPENSEARCH_USER") as refused:
            open_index(settings)
        server.shutdown()
    assert "hush" not in str(refused.value)
    assert _Refusing.came == ["Basic " + b64encode(b"reader:hush-hush").decode()]
