"""Errors as problem details (RFC 9457), never a stack trace."""

import http
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from gloact_qa.service.headers import SECURITY_HEADERS

MEDIA_TYPE = "application/problem+json"


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
    errors: list[FieldProblem] = Field(default=[], description="One entry per bad field.")


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
    """Answer every error of the application with a problem document."""
    app.add_exception_handler(HTTPException, http_problem)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(Exception, _unexpected)


def _respond(
    status: int,
    detail: str,
    errors: list[FieldProblem] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    problem = Problem(
        title=http.HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or []
    )
    return JSONResponse(
        problem.model_dump(), status_code=status, media_type=MEDIA_TYPE, headers=headers
    )


async def http_problem(request: Request, error: Exception) -> JSONResponse:
    """Return the problem document of an HTTPException."""
    assert isinstance(error, HTTPException)  # noqa: S101  # what it is registered for
    detail = error.detail
    if error.status_code == http.HTTPStatus.NOT_FOUND and detail == "Not Found":
        detail = "There is nothing at this address."
    elif error.status_code == http.HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not allowed at this address."
    return _respond(error.status_code, detail, headers=dict(error.headers or {}))


async def _invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # what it is registered for
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        reason = problems[0].get("ctx", {}).get("error", "")
        return _respond(400, f"The body is not JSON: {reason} (character {problems[0]['loc'][-1]})")
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
    return _respond(422, f"{listed}{more}", errors)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    # This one is answered outside of the middleware that adds them to all others.
    return _respond(500, "Something went wrong here; it has been logged.", headers=SECURITY_HEADERS)
