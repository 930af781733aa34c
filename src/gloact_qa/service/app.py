"""The web application: the contract's routes, and the chat page."""

from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Path
from fastapi_offline import FastAPIOffline

from gloact_qa import __version__
from gloact_qa.answering.bot import Bot
from gloact_qa.schema import Answer, AskRequest, Document, DocumentSummary
from gloact_qa.service.docs import install_docs
from gloact_qa.service.examples import find_examples
from gloact_qa.service.headers import SecurityHeaders
from gloact_qa.service.limits import BodyLimit
from gloact_qa.service.pages import install_pages
from gloact_qa.service.problems import Problem, install_problem_handlers, problem_responses
from gloact_qa.settings import Settings, data_folder


def create_app(bot: Bot, settings: Settings) -> FastAPI:
    """Return the application that serves ``bot``, its releases and the chat page.

    Of ``settings`` it takes the knowledge folder, whose question set gives the examples,
    and the origins that may embed the page.
    """
    app = FastAPIOffline(
        title="GLO.ACT QA",
        version=__version__,
        summary="Questions about press releases, answered in the releases' own words.",
        docs_url=None,
        redoc_url=None,
    )
    install_problem_handlers(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)  # the last added is the outermost
    app.state.bot = bot
    examples: list[tuple[str, ...]] = []

    @app.post("/ask", summary="Ask a question", responses=problem_responses(400, 413, 422))
    async def ask(request: AskRequest) -> Answer:
        """Answer a question in the releases' own words, or say that they do not say."""
        return bot.ask(request.question, request.history, request.top_k)

    @app.get("/documents", summary="List the releases")
    async def documents() -> list[DocumentSummary]:
        """List the releases that the bot knows, without their texts."""
        return [
            DocumentSummary(**document.model_dump(exclude={"text"})) for document in bot.documents
        ]

    @app.get("/documents/{document_id}", summary="Read a release", responses=problem_responses(404))
    async def document(document_id: Annotated[str, Path(max_length=255)]) -> Document:
        """Give one release, with the text that every offset refers to."""
        found = bot.document(document_id)
        if found is None:
            raise HTTPException(404, f"There is no release {document_id!r}.")
        return found

    @app.get("/examples", summary="Suggest questions")
    async def suggest() -> tuple[str, ...]:
        """Give a few questions that the releases answer; none without a question set."""
        if not examples:
            # Found at the first request, so that the service starts without this work.
            examples.append(find_examples(bot, settings.knowledge / "questions.jsonl"))
        return examples[0]

    @app.get("/healthz", summary="Is the process alive?")
    async def healthz() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    @app.get("/readyz", summary="Can it answer?")
    async def readyz() -> dict[str, Any]:
        """Say that the releases are loaded, and how many."""
        return {"status": "ready", "documents": len(bot.documents)}

    install_docs(app)
    install_pages(app, data_folder("web"), settings.embed_origins)
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
