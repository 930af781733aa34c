"""A limit on what a request may send."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gloact_qa.service.problems import http_problem

MAX_BODY_BYTES = 1_000_000


class BodyLimit:
    """ASGI middleware that answers 413 to a body of more than MAX_BODY_BYTES.

    A body that says its length is refused before it is read, any other once it is too long.
    Starlette's own limit does the same, but its answer is no problem document.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        too_large = HTTPException(413, f"The body has more than {MAX_BODY_BYTES:,} bytes.")
        stated = Headers(scope=scope).get("content-length", "")
        if stated.isdecimal() and int(stated) > MAX_BODY_BYTES:
            response = await http_problem(Request(scope, receive), too_large)
            await response(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY_BYTES:
                raise too_large
            return message

        await self._app(scope, receive_within_limit, send)
