"""Errors as problem details (RFC 9457), never a stack trace."""

import http
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from gloact_qa.errors import EngineUnavailableError
from gloact_qa.service.exchange import exchange_of
from gloact_qa.service.logs import with_fields

MEDIA_TYPE = "application/problem+json"
_ENGINE_BACK = "5"  # seconds in which a cluster has found itself again after losing a node

_log = logging.getLogger(__name__)


class FieldProblem(BaseModel):
    """What is wrong with one field of a request."""

    field: str = Field(description="The field's path, such as history.0.question.")
    detail: str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = Field(default="about:blank", description="The kind of problem, as a URI.")
    title: str
    status: int
    detail: str
    errors: Sequence[FieldProblem] = Field(default=(), description="One entry per bad field.")
    request_id: str = Field(description="The response's X-Request-ID; the log has it too.")


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of problem responses with these statuses."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": http.HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def install_problem_handlers(app: FastAPI) -> None:
    """Answer every error that the application foresees with a problem document."""
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(EngineUnavailableError, _engine_unavailable)


def problem_response(
    scope: Scope,
    status: int,
    detail: str,
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the response that says what was wrong with the request of ``scope``."""
    problem = Problem(
        title=http.HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=errors,
        request_id=exchange_of(scope).request_id,
    )
    return Response(problem.model_dump_json(), status, headers, MEDIA_TYPE)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # what it is registered for
    detail = error.detail
    if error.status_code == http.HTTPStatus.NOT_FOUND and detail == "Not Found":
        detail = "There is nothing at this address."
    elif error.status_code == http.HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not allowed at this address."
    return problem_response(request.scope, error.status_code, detail, headers=error.headers)


async def _engine_unavailable(request: Request, error: Exception) -> Response:
    # What is wrong with whom is for who runs the service, not for who asks.
    request_id = exchange_of(request.scope).request_id
    _log.warning("the search engine: %s", error, extra=with_fields(request_id=request_id))
    detail = "The search engine does not answer just now; come again in a few seconds."
    return problem_response(request.scope, 503, detail, headers={"Retry-After": _ENGINE_BACK})


async def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # what it is registered for
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        reason = problems[0].get("ctx", {}).get("error", "")
        return problem_response(request.scope, 400, f"The body is not JSON: {reason}")
    errors = [
        # The first part of a location is where the field was: body, path or query.
        FieldProblem(
            field=".".join(map(str, problem["loc"][1:])) or str(problem["loc"][0]),
            detail=problem["msg"],
        )
        for problem in problems
    ]
    listed = "; ".join(f"{e.field}: {e.detail}" for e in errors[:3])
    more = f"; and {len(errors) - 3} more" if len(errors) > 3 else ""
    return problem_response(request.scope, 422, f"{listed}{more}", errors)
