"""Who may ask: the checks of POST /ask that need nothing but the request's head."""

import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gloact_qa.service.exchange import exchange_of
from gloact_qa.service.line import WaitingLine
from gloact_qa.service.metrics import Metrics
from gloact_qa.service.problems import problem_response

if TYPE_CHECKING:  # only loaded where there is a limit
    from gloact_qa.service.rate import ClientRate

# What machines watch the service by is answered however full it is.
_NEVER_SHED = frozenset(("/healthz", "/readyz", "/metrics"))
# In the state of a connection that was made when there were too many already.
CROWDED = "crowded"
BUSY = "Too many questions are waiting; come again in a second."
RETRY = {"Retry-After": "1"}


class Admission:
    """ASGI middleware that turns requests away before anything is done for them.

    503 when the service is full, 429 when the client has asked too much, 401 without one
    of the keys, 415 when the question says not to be JSON: the cheapest check first.
    """

    def __init__(
        self,
        app: ASGIApp,
        line: WaitingLine,
        metrics: Metrics,
        rate: "ClientRate | None",
        api_keys: Sequence[SecretStr],
    ) -> None:
        """Wrap ``app``, whose questions wait in ``line``; no rate or keys, no such check."""
        self._app = app
        self._line = line
        self._metrics = metrics
        self._rate = rate
        self._keys = [key.get_secret_value().encode() for key in api_keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a problem."""
        app = self._app
        if scope["type"] == "http":
            if scope["path"] == "/ask" and scope["method"] == "POST":
                app = self._refusal(scope) or app
            elif CROWDED in scope.get("state", ()) and scope["path"] not in _NEVER_SHED:
                app = self._crowded(scope)
        await app(scope, receive, send)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """Return what to answer to a question, unless it may be asked."""
        exchange_of(scope).route = "/ask"
        if CROWDED in scope.get("state", ()):
            return self._crowded(scope)
        if self._line.full:
            self._metrics.shed.inc()
            return problem_response(scope, 503, BUSY, headers=RETRY)
        if self._rate is not None:
            client = scope.get("client")
            if seconds := self._rate.seconds_until_allowed(client[0] if client else ""):
                self._metrics.rate_limited.inc()
                detail = f"Too many questions from this address; come again in {seconds} s."
                return problem_response(scope, 429, detail, headers={"Retry-After": str(seconds)})
        headers = Headers(scope=scope)
        if self._keys and not self._has_key(headers):
            return problem_response(
                scope,
                401,
                "A key is needed, as `Authorization: Bearer KEY` or `X-API-Key: KEY`.",
                headers={"WWW-Authenticate": 'Bearer realm="GLO.ACT QA"'},
            )
        if not _is_json(headers.get("content-type", "")):
            return problem_response(
                scope,
                415,
                "The body must be JSON, with the header Content-Type: application/json.",
                headers={"Accept-Post": "application/json"},
            )
        return None

    def _crowded(self, scope: Scope) -> ASGIApp:
        self._metrics.shed.inc()
        detail = "Too many connections are open; come again in a second."
        return problem_response(scope, 503, detail, headers={**RETRY, "Connection": "close"})

    def _has_key(self, headers: Headers) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        sent = token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
        given = sent.encode("latin-1")
        # All of them, in constant time each, so that the time tells nothing of any.
        return sum(hmac.compare_digest(given, key) for key in self._keys) > 0


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or (
        media_type.startswith("application/") and media_type.endswith("+json")
    )
