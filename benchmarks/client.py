"""A plain HTTP/1.1 client on asyncio: little enough not to be what is measured."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

_Result = TypeVar("_Result")


def run(main: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine, on uvloop where there is one."""
    try:
        import uvloop
    except ImportError:  # on Windows
        return asyncio.run(main)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


class Connection:
    """One connection that stays open, one request at a time; opened anew once it was closed."""

    def __init__(self, host: str, port: int) -> None:
        """Connect to a server at the first request."""
        self._host, self._port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection, if it is open."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Send JSON; return the status and the body of the response.

        Raises OSError or EOFError when the server ends the connection before.
        """
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        try:
            writer.write(head.encode() + body)
            lines = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
            headers = dict(line.split(b": ", 1) for line in lines[1:] if line)
            content = await reader.readexactly(int(headers[b"content-length"]))
        except BaseException:  # cancelled, too: a half-read response is of no more use
            self.close()
            raise
        if headers.get(b"connection") == b"close":
            self.close()
        return int(lines[0].split()[1]), content
