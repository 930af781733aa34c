"""The OpenAPI document, as far as it isn't derived from the routes."""

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from gloact_qa.schema import AskRequest
from gloact_qa.service.problems import Problem, problem_responses

_KEY_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "One of the service's keys."},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}


def install_description(app: FastAPI, needs_key: bool) -> None:
    """Let the document describe errors as they are, and what ``POST /ask`` takes.

    ``needs_key`` says that a question must come with a key.
    """
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = generate()
            components = schema["components"]["schemas"]
            for name in ("HTTPValidationError", "ValidationError"):
                components.pop(name, None)
            _, further = models_json_schema(
                [(AskRequest, "validation"), (Problem, "serialization")],
                ref_template="#/components/schemas/{model}",
            )
            components.update(further["$defs"])
            for path in schema["paths"].values():
                for operation in path.values():
                    if "422" in operation["responses"]:
                        operation["responses"].update(
                            {str(k): v for k, v in problem_responses(422).items()}
                        )
            if needs_key:
                schema["components"]["securitySchemes"] = _KEY_SCHEMES
                schema["paths"]["/ask"]["post"]["security"] = [{name: []} for name in _KEY_SCHEMES]
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way
