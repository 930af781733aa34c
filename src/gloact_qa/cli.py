"""The command line: ``gloact-qa serve | ask | evaluate | index``.

Bad input ends with one clear line on stderr and exit code 2. What only one command
needs is imported in it, so that `ask` starts without the web application.
"""

import gc
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from gloact_qa import __version__
from gloact_qa.errors import GloactQAError
from gloact_qa.schema import MAX_ANSWER_LENGTH, MAX_TURNS, Answer, AskRequest, Turn
from gloact_qa.settings import Settings, load_settings

# There is no linear algebra here; numpy would start threads for it all the same.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_Item = TypeVar("_Item")

_KNOWLEDGE = click.option(
    "--knowledge",
    type=click.Path(path_type=Path),
    help="Folder of the releases.  [default: the one that came with the program]",
)


class _Group(click.Group):
    """Turns the package's own errors into one line on stderr and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GloactQAError as error:
            click.echo(f"gloact-qa: {error}", err=True)
            ctx.exit(2)
        except click.UsageError as error:
            click.echo(f"gloact-qa: {error.format_message()}", err=True)
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Answer questions about press releases in the releases' own words."""


@main.command()
@click.option("--host", help="Address to bind to.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="0: any free one.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes.  [default: 1]")
@_KNOWLEDGE
def serve(host: str | None, port: int | None, workers: int | None, knowledge: Path | None) -> None:
    """Serve the chat page and POST /ask."""
    settings = _settings(host=host, port=port, workers=workers, knowledge=knowledge)
    from gloact_qa.service.server import serve as serve_folder

    serve_folder(
        settings,
        lambda address, size: click.echo(f"Serving {size} on {address} (Ctrl+C ends it)"),
    )


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as POST /ask gives it.")
@_KNOWLEDGE
def ask(question: str | None, as_json: bool, knowledge: Path | None) -> None:
    """Answer QUESTION; without one, hold a conversation."""
    gc.disable()  # what is loaded is no garbage, and looking through it takes a tenth of the time
    from gloact_qa.answering.bot import load_bot

    request = _request(question) if question is not None else None
    bot = load_bot(_settings(knowledge=knowledge))
    if request is not None:
        _print(bot.ask(request.question), as_json)
        return
    gc.enable()
    history: list[Turn] = []
    interactive = sys.stdin.isatty()
    if interactive and not as_json:
        click.echo("Ask about the releases; an empty line or Ctrl+D ends the conversation.")
    while (line := _next_line(interactive)) is not None:
        try:
            request = _request(line, history)
        except click.UsageError as error:
            click.echo(f"gloact-qa: {error.message}", err=True)
            continue
        answer = bot.ask(request.question, request.history)
        _print(answer, as_json)
        history.append(Turn(question=answer.question, answer=answer.answer[:MAX_ANSWER_LENGTH]))
        del history[:-MAX_TURNS]


@main.command()
@click.argument("questions", required=False, type=click.Path(path_type=Path))
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the report.")
@click.option("--html", "html_file", type=click.Path(path_type=Path), help="Write it to read.")
@click.option("--compare", type=click.Path(path_type=Path), help="An earlier --json report.")
@click.option("--min-accuracy", type=click.FloatRange(0, 1), help="Exit with 1 below this.")
@_KNOWLEDGE
def evaluate(
    questions: Path | None,
    json_file: Path | None,
    html_file: Path | None,
    compare: Path | None,
    min_accuracy: float | None,
    knowledge: Path | None,
) -> None:
    """Ask every question of QUESTIONS and say how many are answered right.

    QUESTIONS is a file of JSON lines, or of SQuAD's JSON; by default questions.jsonl of
    the knowledge folder.
    """
    settings = _settings(knowledge=knowledge)
    from gloact_qa.evaluation.questions import load_questions
    from gloact_qa.evaluation.report import load_report

    asked = load_questions(questions or settings.knowledge / "questions.jsonl")
    earlier = load_report(compare) if compare else None
    from gloact_qa.answering.bot import load_bot
    from gloact_qa.evaluation.comparison import compare as compare_reports
    from gloact_qa.evaluation.extras import evaluate_extra
    from gloact_qa.evaluation.run import evaluate as run_evaluation
    from gloact_qa.evaluation.text_report import (
        print_comparison,
        print_report,
        progress_bar,
    )

    with evaluate_extra():
        from rich.console import Console

    report = run_evaluation(load_bot(settings), asked, progress_bar(Console(stderr=True)))
    print_report(report, Console())
    if earlier:
        print_comparison(compare_reports(earlier, report), Console())
    if json_file:
        _write(json_file, report.to_json())
    if html_file:
        from gloact_qa.evaluation.html_report import to_html

        _write(html_file, to_html(report))
    accuracy = report.overall.accuracy or 0.0
    if min_accuracy is not None and accuracy < min_accuracy:
        click.echo(f"gloact-qa: accuracy {accuracy:.3f} is below {min_accuracy}", err=True)
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--fresh", is_flag=True, help="Read all anew, not only what has changed.")
@click.option("--processes", type=click.IntRange(1, 256), help="Readers.  [default: processors]")
@_KNOWLEDGE
def index(fresh: bool, processes: int | None, knowledge: Path | None) -> None:
    """Build the index of GLOACT_QA_ENGINE, or bring it up to date.

    What is in use goes on until all of the next is ready. rank-bm25, the default engine,
    needs no index.
    """
    settings = _settings(knowledge=knowledge)
    from gloact_qa.retrieval.engines import is_stored

    if not is_stored(settings):
        raise GloactQAError(
            f"GLOACT_QA_ENGINE={settings.engine} keeps no index; it reads the folder when it "
            "starts. tantivy and opensearch keep one"
        )
    from gloact_qa.retrieval.updating import update_index

    done = update_index(settings, fresh, processes, _progress)
    click.echo(
        f"Releases: {done.documents} in {done.passages} passages; {done.added} added, "
        f"{done.changed} changed, {done.removed} removed"
        + (f", {done.reread} read again for a new compound" if done.reread else "")
    )


def _progress(what: str, count: int, items: Iterable[_Item], /) -> Iterable[_Item]:
    """Show a bar on stderr, where that is a terminal."""
    hidden = not count or not sys.stderr.isatty()
    with click.progressbar(
        items, length=count, label=what, file=sys.stderr, show_pos=True, hidden=hidden
    ) as shown:
        yield from shown


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, "utf-8")
    except OSError as error:
        raise GloactQAError(f"{path}: cannot be written: {error.strerror}") from error


def _next_line(interactive: bool) -> str | None:
    """Return the next question, or None at the end of the conversation."""
    if interactive:
        click.echo("> ", nl=False)
    line = sys.stdin.readline().strip()
    return line or None


def _request(question: str, history: list[Turn] | None = None) -> AskRequest:
    from pydantic import ValidationError

    try:
        return AskRequest(question=question, history=tuple(history or ()))
    except ValidationError as error:
        raise click.UsageError(f"the question: {error.errors()[0]['msg']}") from error


def _print(answer: Answer, as_json: bool) -> None:
    if as_json:
        click.echo(answer.model_dump_json())
        return
    if answer.interpreted_as != answer.question:
        click.secho(f"Understood as: {answer.interpreted_as}", dim=True)
    if answer.short_answer:
        click.secho(answer.short_answer, bold=True)
    click.echo(answer.answer)
    if answer.answered:
        source = answer.sources[0]
        where = f"{source.title}, {source.date}" if source.date else source.title
        click.secho(f"  — {where}, characters {source.start}–{source.end}", dim=True)
        if source.link:
            click.secho(f"  {source.link}", dim=True)


def _settings(**overrides: Any) -> Settings:
    return load_settings(**{key: value for key, value in overrides.items() if value is not None})
