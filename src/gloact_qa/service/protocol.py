"""Uvicorn's HTTP protocol, with an end to the patience for slow clients."""

import asyncio
import uuid
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from gloact_qa.service.admission import CROWDED
from gloact_qa.service.headers import SECURITY_HEADERS
from gloact_qa.service.problems import MEDIA_TYPE as PROBLEM_TYPE
from gloact_qa.service.problems import Problem
from gloact_qa.settings import Settings

# Connections past the limit that are still taken: for whoever watches the service, and to
# tell others that it is full. Past these a connection is closed at once.
_RESERVE = 100

if TYPE_CHECKING:
    # What AutoHTTPProtocol is, here or elsewhere, is only known when it runs.
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Protocol
else:
    _Protocol = AutoHTTPProtocol


class BoundedProtocol(_Protocol):
    """A connection that ends when its client takes too long, and knows when there are many.

    Uvicorn waits for ever for a request's head, and for a response to be read.
    """

    settings: Settings  # set by protocol_for

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection, or close it when there are far too many."""
        super().connection_made(transport)  # type: ignore[arg-type]
        excess = len(self.connections) - self.settings.max_connections
        if excess > _RESERVE:
            self.transport.abort()
        elif excess > 0:
            self.app_state = {**self.app_state, CROWDED: True}
        self._reading: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take in some bytes; the time for a head runs from its first byte to its last."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._await_head()
        elif self._reading:
            self._reading.cancel()
            self._reading = None

    def _await_head(self) -> None:
        if self._reading is None:
            self._reading = self.loop.call_later(self.settings.receive_timeout, self._give_up)

    def _give_up(self) -> None:
        if self.transport.get_write_buffer_size():  # would wait for it to be read
            self.transport.abort()
        else:
            self.transport.close()

    def pause_writing(self) -> None:
        """Start the time in which the client must read on."""
        super().pause_writing()
        self._writing = self.loop.call_later(self.settings.send_timeout, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop it: the client has read on."""
        super().resume_writing()
        if self._writing:
            self._writing.cancel()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection without a next request, even if its responses lie unread."""
        super().timeout_keep_alive_handler()
        if self.transport.get_write_buffer_size():
            self._writing = self.loop.call_later(self.settings.send_timeout, self.transport.abort)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, and so never comes as far as the application."""
        request_id = str(uuid.uuid4())
        body = Problem(
            title="Bad Request",
            status=400,
            detail="That is not HTTP, as far as it can be read here.",
            request_id=request_id,
        ).model_dump_json()
        headers = {
            **SECURITY_HEADERS,
            "Content-Type": PROBLEM_TYPE,
            "Content-Length": str(len(body.encode())),
            "Connection": "close",
            "X-Request-ID": request_id,
        }
        head = "".join(f"{name.lower()}: {value}\r\n" for name, value in headers.items())
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{head}\r\n{body}".encode())
        self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of what is left of a connection."""
        for timer in (self._reading, self._writing):
            if timer:
                timer.cancel()
        super().connection_lost(exc)


def connections_at_most(settings: Settings) -> int:
    """Return how many connections a worker has open at a time, those of the reserve too."""
    return settings.max_connections + _RESERVE


def protocol_for(settings: Settings) -> type[asyncio.Protocol]:
    """Return the protocol with the limits of ``settings``."""
    members: dict[str, Any] = {"settings": settings}
    return type("Protocol", (BoundedProtocol,), members)
