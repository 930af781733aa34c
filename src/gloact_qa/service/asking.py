"""POST /ask, from the bytes of a question to the bytes of an answer."""

import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from gloact_qa.schema import AskRequest
from gloact_qa.service.admission import BUSY, RETRY
from gloact_qa.service.edition import Newsroom
from gloact_qa.service.exchange import exchange_of
from gloact_qa.service.line import WaitingLine
from gloact_qa.service.metrics import Metrics

# What FastAPI would derive from a parameter of the type AskRequest. It would decode,
# validate and inject that by way of Python's objects: a quarter of what a remembered
# answer costs.
REQUEST_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AskRequest"}}},
    }
}


class DirectRoute(APIRoute):
    """A route whose endpoint takes nothing but the request, and so has nothing to be injected."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the endpoint itself."""
        handler: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return handler


def ask_endpoint(
    newsroom: Newsroom, line: WaitingLine, metrics: Metrics
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """Return the endpoint that answers from ``newsroom`` whoever's turn it is in ``line``."""

    async def ask(request: Request) -> Response:
        """Answer a question in the releases' own words, or say that they do not say."""
        started = time.perf_counter()
        edition = newsroom.current
        body = await request.body()
        exchange = exchange_of(request.scope)
        known = edition.recall.find(body)
        if known:  # the time in the answer is that of this request all the same
            elapsed_ms = round((time.perf_counter() - started) * 1000, 3)
            answer = known.model_copy(update={"elapsed_ms": elapsed_ms})
        else:
            asked = _validated(body)
            exchange.question = asked.question
            if line.full:  # filled up while the body came
                metrics.shed.inc()
                raise HTTPException(503, BUSY, RETRY)
            work = partial(edition.bot.ask, asked.question, asked.history, asked.top_k)
            answer = await line.run(work, remote=edition.bot.remote)
            edition.recall.keep(body, answer)
        exchange.question = answer.question
        exchange.answered, exchange.confidence = answer.answered, answer.confidence
        return Response(answer.model_dump_json(), media_type="application/json")

    return ask


def _validated(body: bytes) -> AskRequest:
    """Return the question in a body; raises RequestValidationError as FastAPI would."""
    try:
        if not body:
            missing = {"type": "missing", "loc": ("body",), "msg": "Field required", "input": None}
            raise RequestValidationError([missing])
        return AskRequest.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(
            [
                {**problem, "loc": ("body", *problem["loc"])}
                for problem in error.errors(include_url=False, include_input=False)
            ]
        ) from error
