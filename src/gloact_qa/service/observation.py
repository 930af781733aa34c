"""What happens around every request: its id, the log, the metrics, unexpected errors."""

import asyncio
import logging
import time

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gloact_qa.service.exchange import Exchange, begin_exchange
from gloact_qa.service.logs import with_fields
from gloact_qa.service.metrics import Metrics
from gloact_qa.service.problems import problem_response

# Asked for all the time by machines: they would drown the rest.
_UNLOGGED = frozenset(("/healthz", "/readyz", "/metrics"))
_CLOSED_BY_CLIENT = 499  # nginx's word for it; only the log and the metrics know it

_requests = logging.getLogger("gloact_qa.requests")
_log = logging.getLogger(__name__)


class Observation:
    """ASGI middleware that sees every request from its head to its end."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log_questions: bool) -> None:
        """Wrap ``app``; ``log_questions`` puts what was asked into the log."""
        self._app = app
        self._metrics = metrics
        self._log_questions = log_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response back with its id; answer 500 to an error."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = begin_exchange(scope)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", exchange.request_id.encode()),
                ]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            exchange.status = _CLOSED_BY_CLIENT
        except asyncio.CancelledError:
            # The service ends, and this has taken longer than it is allowed to.
            if exchange.status == 0:
                ending = problem_response(scope, 503, "The service is ending.")
                await ending(scope, receive, send_with_id)
            # Not raised again: the task is done with it, and the server would log it.
        except Exception:
            _log.exception(
                "unexpected error in request %s",
                exchange.request_id,
                extra=with_fields(request_id=exchange.request_id),
            )
            if exchange.status != 0:
                raise  # what was begun cannot be taken back; the server cuts it off
            wrong = problem_response(scope, 500, "Something went wrong here; it has been logged.")
            await wrong(scope, receive, send_with_id)
        finally:
            self._conclude(scope, exchange)

    def _conclude(self, scope: Scope, exchange: Exchange) -> None:
        """Count the request, and log it."""
        seconds = time.perf_counter() - exchange.started
        # A template such as /documents/{document_id}, or a bounded number of log lines and
        # series could be made into any number by asking for paths that there are not.
        route = getattr(scope.get("route"), "path", None) or exchange.route
        method: str = scope["method"]
        self._metrics.count(route, method, exchange, seconds)
        if route in _UNLOGGED or not _requests.isEnabledFor(logging.INFO):
            return
        fields: dict[str, object] = {
            "request_id": exchange.request_id,
            "method": method,
            "route": route,
            "status": exchange.status,
            "duration_ms": round(seconds * 1000, 3),
        }
        if exchange.answered is not None:
            fields |= {"answered": exchange.answered, "confidence": exchange.confidence}
        if self._log_questions and exchange.question is not None:
            fields["question"] = exchange.question
        _requests.info("%s %s %d", method, route, exchange.status, extra=with_fields(**fields))
