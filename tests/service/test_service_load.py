"""More than the service can do, and clients that are too slow."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from exchanging import BODY, HEAD, connect, read_to_end, within
from test_service_ask import problem

from gloact_qa.service.line import WaitingLine
from serving import Running, run_server

WATCHED = ("/healthz", "/readyz", "/metrics")
ASKED = {"question": "Who moderated the event?"}


@pytest.fixture(scope="module")
def strict() -> Iterator[Running]:
    """Serve with little patience and little room."""
    with run_server(
        receive_timeout="0.5",
        send_timeout="0.5",
        keep_alive="1",
        max_connections="5",
        max_waiting="1",
        remembered_answers="0",
    ) as server:
        yield server


def run_line(length: int, count: int, cancel: int | None = None) -> list[object]:
    """Put ``count`` functions into a line at once; return what each gave, in their order."""
    order: list[int] = []

    async def main() -> list[object]:
        line = WaitingLine(length)

        def work(number: int) -> int:
            order.append(number)
            if number == 3:
                raise ValueError(number)
            return number

        tasks = [asyncio.create_task(line.run(lambda n=n: work(n))) for n in range(count)]
        await asyncio.sleep(0)  # each has come as far as the line
        assert line.full == (count > length)
        if cancel is not None:
            tasks[cancel].cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert not line.full
        assert await line.run(lambda: "later") == "later"
        return results

    with ThreadPoolExecutor(1) as own:  # the browser's driver keeps a loop in this thread
        results = own.submit(lambda: asyncio.run(main())).result()
    assert order == [n for n in range(count) if n != cancel]
    return results


def test_all_in_the_line_have_their_turn_in_order() -> None:
    results = run_line(length=100, count=20)
    assert results[:3] == [0, 1, 2]
    assert isinstance(results[3], ValueError)
    assert results[4:] == list(range(4, 20))


def test_a_line_knows_when_it_is_full() -> None:
    assert run_line(length=2, count=3)[:3] == [0, 1, 2]


def test_who_leaves_the_line_holds_up_nobody() -> None:
    results = run_line(length=100, count=10, cancel=5)
    assert isinstance(results[5], asyncio.CancelledError)
    assert results[6:] == [6, 7, 8, 9]


def test_past_capacity_it_sheds_and_can_still_be_watched(strict: Running) -> None:
    shed: list[httpx.Response] = []
    answered: list[httpx.Response] = []
    ended = threading.Event()

    def ask_on() -> None:
        with httpx.Client(base_url=strict, timeout=10) as client:
            while not ended.is_set():
                response = client.post("/ask", json=ASKED)
                (answered if response.status_code == 200 else shed).append(response)

    # One is answered, one waits, and so the third of them at the same moment is too many.
    threads = [threading.Thread(target=ask_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    with httpx.Client(base_url=strict, timeout=10) as watcher:
        well: list[bool] = []

        def look() -> bool:
            well.append(is_well(watcher))
            return bool(shed) and bool(answered)

        assert within(10, look)
    ended.set()
    for thread in threads:
        thread.join()
    assert all(well)
    for response in shed:
        assert "waiting" in problem(response, 503)["detail"]
        assert response.headers["retry-after"] == "1"


def is_well(client: httpx.Client) -> bool:
    return all(client.get(path).status_code == 200 for path in WATCHED)


def test_a_body_that_comes_too_slowly(strict: Running) -> None:
    with connect(strict) as slow:
        slow.sendall(HEAD + BODY[:5])
        # Meanwhile others are served.
        assert httpx.post(f"{strict}/ask", json=ASKED).status_code == 200
        head, _, body = read_to_end(slow).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"content-type: application/problem+json" in head
    assert b"connection: close" in head
    assert json.loads(body)["status"] == 408


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: "])
def test_a_head_that_never_comes_or_never_ends(strict: Running, sent: bytes) -> None:
    with connect(strict) as slow:
        slow.sendall(sent)
        assert read_to_end(slow) == b""


def test_a_connection_without_a_next_request(strict: Running) -> None:
    with connect(strict) as idle:
        idle.sendall(HEAD + BODY)
        assert read_to_end(idle).startswith(b"HTTP/1.1 200 ")


def test_a_response_that_is_not_read(strict: Running) -> None:
    file = "/static-offline-docs/swagger-ui-bundle.js"
    whole = int(httpx.head(f"{strict}{file}").headers["content-length"])
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.settimeout(10)
        host, port = strict.removeprefix("http://").split(":")
        deaf.connect((host, int(port)))
        deaf.sendall(b"GET %s HTTP/1.1\r\nHost: test\r\n\r\n" % file.encode() * 3)
        # Until the server has given up, and so has room for as many as at first.
        assert within(5, lambda: room_for(5, strict))
        assert len(read_to_end(deaf)) < 3 * whole


def room_for(count: int, server: Running) -> bool:
    """Tell whether so many connections at once are all served."""
    clients = [httpx.Client(base_url=server) for _ in range(count)]
    try:
        return all(client.get("/documents").status_code == 200 for client in clients)
    finally:
        for client in clients:
            client.close()


def test_more_connections_than_allowed(strict: Running) -> None:
    assert within(5, lambda: room_for(5, strict))  # those of other tests have gone
    held = [connect(strict) for _ in range(5)]
    try:
        for path in ("/", "/documents", "/nothing"):
            response = httpx.get(f"{strict}{path}")
            assert "connections" in problem(response, 503)["detail"]
            assert response.headers["connection"] == "close"
        assert problem(httpx.post(f"{strict}/ask", json=ASKED), 503)
        for path in WATCHED:
            assert httpx.get(f"{strict}{path}").status_code == 200
        # Past the reserve, they are closed at once.
        held += [connect(strict) for _ in range(101)]
        assert within(2, lambda: any(is_closed(connection) for connection in held[-2:]))
    finally:
        for connection in held:
            connection.close()
    assert within(5, lambda: room_for(5, strict))


def is_closed(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True
    except BlockingIOError:
        return False
