"""The web application: the contract's routes, and the chat page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Path
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from gloact_qa import __version__
from gloact_qa.schema import Answer, Document, DocumentSummary
from gloact_qa.service.admission import Admission
from gloact_qa.service.asking import REQUEST_BODY, DirectRoute, ask_endpoint
from gloact_qa.service.describe import install_description
from gloact_qa.service.docs import install_docs
from gloact_qa.service.edition import Newsroom, settle_memory
from gloact_qa.service.headers import SecurityHeaders
from gloact_qa.service.limits import BodyLimit
from gloact_qa.service.line import WaitingLine
from gloact_qa.service.metrics import MEDIA_TYPE as METRICS_TYPE
from gloact_qa.service.metrics import Metrics
from gloact_qa.service.observation import Observation
from gloact_qa.service.pages import install_pages
from gloact_qa.service.problems import install_problem_handlers, problem_responses
from gloact_qa.settings import Settings, data_folder


def create_app(newsroom: Newsroom, settings: Settings) -> FastAPI:
    """Return the application that serves ``newsroom``'s releases and the chat page.

    With ``settings.reload`` it watches the knowledge folder for as long as it runs.
    """
    metrics = Metrics()
    line = WaitingLine(settings.max_waiting)
    app = FastAPIOffline(
        title="GLO.ACT QA",
        version=__version__,
        summary="Questions about press releases, answered in the releases' own words.",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(newsroom, settings, metrics),
    )
    install_problem_handlers(app)
    _install_middleware(app, line, metrics, settings)
    _install_api(app, newsroom, line, metrics)
    install_docs(app)
    install_pages(app, data_folder("web"), settings.embed_origins)
    install_description(app, needs_key=bool(settings.api_keys))
    return app


def _lifespan(newsroom: Newsroom, settings: Settings, metrics: Metrics) -> Any:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        settle_memory()
        if not settings.reload:
            yield
            return
        from gloact_qa.service.reload import Reloader

        watching = asyncio.create_task(Reloader(newsroom, settings, metrics).run())
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    return lifespan


def _install_middleware(
    app: FastAPI, line: WaitingLine, metrics: Metrics, settings: Settings
) -> None:
    """Put around the routes what every request goes through, the innermost first."""
    rate = None
    if settings.rate_limit:
        from gloact_qa.service.rate import ClientRate

        rate = ClientRate(settings.rate_limit)
    app.add_middleware(BodyLimit, timeout=settings.receive_timeout)
    app.add_middleware(Admission, line=line, metrics=metrics, rate=rate, api_keys=settings.api_keys)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Request-ID"],
            expose_headers=["Retry-After", "X-Request-ID"],
        )
    app.add_middleware(Observation, metrics=metrics, log_questions=settings.log_questions)
    app.add_middleware(SecurityHeaders)


def _install_api(app: FastAPI, newsroom: Newsroom, line: WaitingLine, metrics: Metrics) -> None:
    app.router.add_api_route(
        "/ask",
        ask_endpoint(newsroom, line, metrics),
        methods=["POST"],
        summary="Ask a question",
        response_class=Response,
        responses={
            200: {"model": Answer, "description": "The answer, or that there is none."},
            **problem_responses(400, 401, 408, 413, 415, 422, 429, 503),
        },
        openapi_extra=REQUEST_BODY,
        route_class_override=DirectRoute,
    )

    @app.get(
        "/documents",
        summary="List the releases",
        response_class=Response,
        responses={200: {"model": list[DocumentSummary]}},
    )
    async def documents() -> Response:
        """List the releases that the bot knows, without their texts."""
        return Response(newsroom.current.listing, media_type="application/json")

    @app.get(
        "/documents/{document_id}",
        summary="Read a release",
        responses=problem_responses(404, 503),
    )
    async def document(document_id: Annotated[str, Path(max_length=255)]) -> Document:
        """Give one release, with the text that every offset refers to."""
        bot = newsroom.current.bot
        read = bot.document
        found = await run_in_threadpool(read, document_id) if bot.remote else read(document_id)
        if found is None:
            raise HTTPException(404, f"There is no release {document_id!r}.")
        return found

    @app.get("/examples", summary="Suggest questions")
    async def suggest() -> tuple[str, ...]:
        """Give a few questions that the releases answer; none without a question set."""
        return newsroom.current.examples

    @app.get("/healthz", summary="Is the process alive?")
    async def healthz() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    @app.get("/readyz", summary="Can it answer?", responses=problem_responses(503))
    async def readyz() -> dict[str, Any]:
        """Say that the releases are loaded, and how many.

        `refused` says why the knowledge folder as it is now isn't served, when it isn't;
        what was served before goes on, so that the service is ready all the same. It is not
        while a search cluster does not answer.
        """
        bot = newsroom.current.bot
        if bot.remote:
            await run_in_threadpool(bot.check)
        refused = {"refused": newsroom.refused} if newsroom.refused else {}
        documents = newsroom.current.bot.size
        return {"status": "ready", "documents": documents, **refused}

    @app.get("/metrics", include_in_schema=False)
    async def show_metrics() -> Response:
        metrics.documents.set(newsroom.current.bot.size)
        metrics.passages.set(newsroom.current.passages)
        return Response(metrics.render(), media_type=METRICS_TYPE)
