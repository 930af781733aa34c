"""A real server, for all that is tested over a socket: by HTTP or in a browser."""

from collections.abc import Iterator

import httpx
import pytest

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
