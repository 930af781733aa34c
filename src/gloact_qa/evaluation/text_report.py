"""The report on a terminal. Needs the `evaluate` extra; import it where it is used."""

from collections.abc import Iterable, Sequence

from gloact_qa.evaluation.comparison import Change, Comparison
from gloact_qa.evaluation.extras import evaluate_extra
from gloact_qa.evaluation.questions import Question
from gloact_qa.evaluation.report import Metrics, Outcome, Report
from gloact_qa.evaluation.run import Progress
from gloact_qa.evaluation.summary import plain_summary
from gloact_qa.evaluation.wording import (
    MEASURES,
    count,
    expected_of,
    failures_of,
    measure_named,
    problem_of,
)

with evaluate_extra():
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.padding import Padding
    from rich.progress import track
    from rich.table import Table
    from rich.text import Text

# Fewer take less time than it takes to read a progress bar.
_MANY_QUESTIONS = 500
# The columns of the table of kinds; eighty characters have room for no more. R: recall.
_COLUMNS = {
    "accuracy": "Right",
    "short_right": "Short",
    "f1": "F1",
    "recall_at_1": "R@1",
    "recall_at_3": "R@3",
    "recall_at_5": "R@5",
}


def progress_bar(console: "Console") -> Progress:
    """Return a progress for `evaluate`: a bar, if there are many questions and a terminal."""

    def progress(questions: Sequence[Question]) -> Iterable[Question]:
        if len(questions) < _MANY_QUESTIONS or not console.is_terminal:
            return questions
        return track(questions, description="Asking", console=console, transient=True)

    return progress


def print_report(report: Report, console: "Console", max_failures: int = 50) -> None:
    """Print a table with a row for each kind, the metrics, and the first failures."""
    console.print(_table_of_kinds(report))
    console.print()
    console.print(_table_of_measures(report.overall))
    for sentence in plain_summary(report):
        console.print()
        console.print(_plain(sentence))
    failures = failures_of(report)
    for outcome in failures[:max_failures]:
        _print_failure(outcome, console)
    if len(failures) > max_failures:
        console.print()
        console.print(_plain(f"… and {len(failures) - max_failures:,} more failures."))


def print_comparison(comparison: Comparison, console: "Console") -> None:
    """Print what got better, what got worse, and how the metrics moved."""
    shared = count(comparison.new.questions, "question")
    table = Table(
        title=f"Old and new on the {shared} of both", title_justify="left", box=SIMPLE_HEAD
    )
    table.add_column("Measure")
    for name in ("Old", "New", "Change"):
        table.add_column(name, justify="right")
    for measure in MEASURES:
        old, new = measure.value(comparison.old), measure.value(comparison.new)
        change = Text("")
        if old is not None and new is not None and old != new:
            good = (new > old) == measure.higher_is_better
            change = Text(measure.format(new - old, "+"), style="green" if good else "red")
        table.add_row(
            measure.label, measure.show(comparison.old), measure.show(comparison.new), change
        )
    console.print(table)
    for title, changes, style in (
        ("Better", comparison.better, "green"),
        ("Worse", comparison.worse, "red"),
    ):
        console.print()
        console.print(_plain(f"{title}: {len(changes):,}", style))
        for pair in changes:
            _print_change(pair, console)
    for title, ids in (
        ("Only in the old report", comparison.only_old),
        ("Only in the new report", comparison.only_new),
    ):
        if ids:
            console.print()
            console.print(_plain(f"{title}, or changed: {', '.join(ids)}"))


def _table_of_kinds(report: Report) -> "Table":
    table = Table(title="Questions by kind", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("Kind", overflow="fold", min_width=12)
    table.add_column("Questions", justify="right", no_wrap=True)
    for heading in _COLUMNS.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for kind, metrics in report.by_kind.items():
        table.add_row(_plain(kind), *_cells(metrics))
    table.add_section()
    table.add_row("all", *_cells(report.overall), style="bold")
    return table


def _cells(metrics: Metrics) -> list[str]:
    return [f"{metrics.questions:,}", *(measure_named(f).show(metrics) for f in _COLUMNS)]


def _table_of_measures(metrics: Metrics) -> "Table":
    table = Table(title="All questions", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("Measure")
    table.add_column("Value", justify="right")
    table.add_column("What it is")
    for measure in MEASURES:
        table.add_row(measure.label, measure.show(metrics), measure.explanation)
    return table


def _print_failure(outcome: Outcome, console: "Console") -> None:
    question, said, rank = outcome.question, outcome.said, outcome.judgement.rank
    rows = {"Said": said.answer, "Expected": " | ".join(expected_of(outcome))}
    if said.short_answer:
        rows["In short"] = said.short_answer
    if said.interpreted_as != question.question:
        rows["Read as"] = said.interpreted_as
    rows["Confidence"] = f"{said.confidence:.2f}"
    if question.answerable:
        rows["Found"] = f"in source {rank}" if rank else "in no source"
    _print_block(f"{question.id}: {question.question}", problem_of(outcome) or "", rows, console)


def _print_change(change: Change, console: "Console") -> None:
    rows = {
        when: f"{outcome.said.answer} [{outcome.said.short_answer or 'no short answer'}]"
        for when, outcome in (("Was", change.old), ("Is", change.new))
    }
    question = change.new.question
    _print_block(f"{question.id}: {question.question}", "", rows, console)


def _print_block(title: str, lead: str, rows: dict[str, str], console: "Console") -> None:
    console.print()
    console.print(_plain(title, "bold"))
    if lead:
        console.print(Padding(_plain(lead), (0, 0, 0, 2), expand=False))
    grid = Table.grid(padding=(0, 1))
    for name, value in rows.items():
        grid.add_row(_plain(name, "dim"), _plain(value))
    console.print(Padding(grid, (0, 0, 0, 2), expand=False))


def _plain(text: str, style: str = "") -> "Text":
    """Return a text without markup and without what could command the terminal."""
    return Text("".join(c if c.isprintable() else " " for c in text), style=style)
