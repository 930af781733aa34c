"""The web application: the contract's routes, and the chat page."""

from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Path
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline

from gloact_qa import __version__
from gloact_qa.answering.bot import Bot
from gloact_qa.schema import Answer, AskRequest, Document, DocumentSummary
from gloact_qa.service.problems import Problem, install_problem_handlers, problem_responses
from gloact_qa.settings import data_folder

MAX_BODY_BYTES = 1_000_000


def create_app(bot: Bot) -> FastAPI:
    """Return the application that serves ``bot``, its releases and the chat page."""
    app = FastAPIOffline(
        title="GLO.ACT QA",
        version=__version__,
        summary="Questions about press releases, answered in the releases' own words.",
        redoc_url=None,
        max_body_size=MAX_BODY_BYTES,
    )
    install_problem_handlers(app)
    app.state.bot = bot

    @app.post("/ask", summary="Ask a question", responses=problem_responses(400, 413, 422))
    async def ask(request: AskRequest) -> Answer:
        """Answer a question in the releases' own words, or say that they do not say."""
        return bot.ask(request.question, request.history, request.top_k)

    @app.get("/documents", summary="List the releases")
    async def documents() -> list[DocumentSummary]:
        """List the releases that the bot knows, without their texts."""
        return [
            DocumentSummary(**document.model_dump(exclude={"text"}))
            for document in bot.documents
        ]

    @app.get(
        "/documents/{document_id}", summary="Read a release", responses=problem_responses(404)
    )
    async def document(document_id: Annotated[str, Path(max_length=255)]) -> Document:
        """Give one release, with the text that every offset refers to."""
        found = bot.document(document_id)
        if found is None:
            raise HTTPException(404, f"There is no release {document_id!r}.")
        return found

    @app.get("/healthz", summary="Is the process alive?")
    async def healthz() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    @app.get("/readyz", summary="Can it answer?")
    async def readyz() -> dict[str, Any]:
        """Say that the releases are loaded, and how many."""
        return {"status": "ready", "documents": len(bot.documents)}

    app.mount("/", StaticFiles(directory=data_folder("web"), html=True), name="web")
    _describe_problems(app)
    return app


def _describe_problems(app: FastAPI) -> None:
    """Let the OpenAPI document describe errors as they are, problem documents."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = generate()
            components = schema["components"]["schemas"]
            for name in ("HTTPValidationError", "ValidationError"):
                components.pop(name, None)
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            components.update(problem.pop("$defs"))
            components["Problem"] = problem
            for path in schema["paths"].values():
                for operation in path.values():
                    if "422" in operation["responses"]:
                        operation["responses"].update(
                            {str(k): v for k, v in problem_responses(422).items()}
                        )
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way
