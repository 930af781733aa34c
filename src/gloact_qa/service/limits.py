"""Limits on what a request may send, and on how long it may take to send it."""

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gloact_qa.service.problems import problem_response

MAX_BODY_BYTES = 1_000_000


class BodyLimit:
    """ASGI middleware that answers 413 to a body too large, and 408 to one too slow.

    Too large is more than MAX_BODY_BYTES: a body that says its length is refused before it
    is read, any other once it is too long. Starlette's own limit does the same, but its
    answer is no problem document.
    """

    def __init__(self, app: ASGIApp, timeout: float) -> None:
        """Wrap ``app``; a whole body must have arrived after ``timeout`` seconds."""
        self._app = app
        self._timeout = timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is too large or too slow."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        detail = f"The body has more than {MAX_BODY_BYTES:,} bytes."
        stated = Headers(scope=scope).get("content-length", "")
        if stated.isdecimal() and int(stated) > MAX_BODY_BYTES:
            # The server drops what still comes of the body; to close the connection would
            # reset it, and the client might never read this.
            await problem_response(scope, 413, detail)(scope, receive, send)
            return
        received = 0
        complete = False
        deadline: float | None = None

        async def receive_within_limits() -> Message:
            nonlocal received, complete, deadline
            if complete:  # what comes now is the end of the connection, at any time
                return await receive()
            if deadline is None:
                deadline = asyncio.get_running_loop().time() + self._timeout
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(
                    408,
                    f"The body was not complete after {self._timeout:g} seconds.",
                    {"Connection": "close"},
                ) from None
            received += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if received > MAX_BODY_BYTES:
                raise HTTPException(413, detail)
            return message

        await self._app(scope, receive_within_limits, send)
