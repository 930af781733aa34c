"""What is known of one request and its response, for the log, the metrics and problems."""

import re
import time
import uuid
from dataclasses import dataclass, field

from starlette.types import Scope

_KEY = "gloact_qa.exchange"
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


@dataclass(slots=True)
class Exchange:
    """A request and its response, as far as they have come."""

    request_id: str
    started: float = field(default_factory=time.perf_counter)
    route: str = "other"  # the route's template, where it was answered before the routing
    status: int = 0  # 0: no response has begun
    question: str | None = None
    answered: bool | None = None
    confidence: float | None = None


def begin_exchange(scope: Scope) -> Exchange:
    """Start to keep what is known of the request of ``scope``.

    Its id is the client's ``X-Request-ID`` if that is short and plain, so that nobody can
    write into the log with it; else a fresh one.
    """
    stated = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    known = _REQUEST_ID.fullmatch(stated)
    exchange = Exchange(stated.decode() if known else str(uuid.uuid4()))
    scope[_KEY] = exchange
    return exchange


def exchange_of(scope: Scope) -> Exchange:
    """Return what is known of the request of ``scope``."""
    exchange: Exchange = scope[_KEY]
    return exchange
