"""HTTP by hand, for what no client library does: too slowly, in parts, or not to the end."""

import socket
import time
from collections.abc import Callable

_QUESTION = b'{"question": "Who moderated the event?"}'
HEAD = (
    b"POST /ask HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n" % len(_QUESTION)
)
BODY = _QUESTION


def connect(address: str, timeout: float = 10) -> socket.socket:
    """Return a connection to the server at ``http://HOST:PORT``."""
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout)


def read_to_end(connection: socket.socket) -> bytes:
    """Return all that comes until the server closes the connection, or resets it."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Tell whether something comes to hold within some seconds."""
    deadline = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return held
