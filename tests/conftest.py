"""A real server, for all that is tested over a socket: by HTTP or in a browser."""

from collections.abc import Iterator

import httpx
import pytest

from opensearch_cluster import Cluster, NoClusterError, run_cluster
from serving import Running, run_server


@pytest.fixture(scope="session")
def server() -> Iterator[Running]:
    """Serve the knowledge folder that comes with the program."""
    with run_server() as running:
        yield running


@pytest.fixture(scope="session")
def client(server: Running) -> Iterator[httpx.Client]:
    """Talk to that server."""
    with httpx.Client(base_url=server, timeout=30) as http:
        yield http


@pytest.fixture(scope="session")
def opensearch_cluster() -> Iterator[Cluster]:
    """Run three OpenSearch nodes; skip where there is no Java, Maven or Maven Central."""
    pytest.importorskip("opensearchpy", reason="the extra `opensearch` is not installed")
    try:
        with run_cluster() as cluster:
            yield cluster
    except NoClusterError as missing:
        pytest.skip(str(missing))
