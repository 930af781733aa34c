"""The report as one HTML file that needs nothing else. Needs the `evaluate` extra."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from gloact_qa.evaluation.plots import Plot, plots
from gloact_qa.evaluation.questions import Question
from gloact_qa.evaluation.report import Metrics, Outcome, Report
from gloact_qa.evaluation.summary import plain_summary
from gloact_qa.evaluation.wording import (
    MEASURES,
    count,
    expected_of,
    failures_of,
    measure_named,
    problem_of,
)

_TITLE = "What the bot gets right"
_COLUMNS = ("accuracy", "short_right", "f1", "recall_at_1", "recall_at_3", "recall_at_5")
# Nothing may be loaded or run, whatever a question or a release contains.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(report: Report) -> str:
    """Return the report as an HTML document, opening with a summary in plain words."""
    failures = failures_of(report)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{_TITLE}</title>
<style>
{files(__package__).joinpath("report.css").read_text("utf-8")}</style>
</head>
<body>
<header>
<h1>{_TITLE}</h1>
<p class="quiet">{report.date:%d %B %Y, %H:%M %Z}. gloact-qa {escape(report.version)},
{count(len(report.documents), "release")}.</p>
</header>
<main>
<section class="lead" aria-label="Summary">
{_lines(f"<p>{escape(sentence)}</p>" for sentence in plain_summary(report))}
</section>
<section aria-labelledby="kinds">
<h2 id="kinds">By kind of question</h2>
{_table_of_kinds(report)}
</section>
<section aria-labelledby="plots">
<h2 id="plots">In pictures</h2>
<div class="figures">
{_lines(_figure(plot) for plot in plots(report))}
</div>
</section>
<section aria-labelledby="measures">
<h2 id="measures">All measures</h2>
{_table_of_measures(report.overall)}
</section>
<section aria-labelledby="failures">
<h2 id="failures">What went wrong: {count(len(failures), "question")}</h2>
{_lines(map(_failure, failures)) or "<p>Nothing.</p>"}
</section>
<section aria-labelledby="releases">
<h2 id="releases">The releases</h2>
<details>
<summary>{count(len(report.documents), "release")}</summary>
<ul>
{_lines(f'<li dir="auto">{escape(document.title)}</li>' for document in report.documents)}
</ul>
</details>
</section>
</main>
</body>
</html>
"""


def _table_of_kinds(report: Report) -> str:
    headings = ["Questions", *(measure_named(field).label for field in _COLUMNS)]
    return f"""<div class="scroll" tabindex="0" role="region" aria-labelledby="kinds">
<table>
<caption>Recall@k: a source among the first k contains an expected answer.</caption>
<thead><tr><th scope="col">Kind</th>{
        "".join(f'<th scope="col" class="number">{heading}</th>' for heading in headings)
    }</tr></thead>
<tbody>
{_lines(_row(kind, metrics) for kind, metrics in report.by_kind.items())}
</tbody>
<tfoot>
{_row("all", report.overall)}
</tfoot>
</table>
</div>"""


def _row(kind: str, metrics: Metrics) -> str:
    cells = [f"{metrics.questions:,}", *(measure_named(f).show(metrics) for f in _COLUMNS)]
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(kind)}</th>{numbers}</tr>'


def _table_of_measures(metrics: Metrics) -> str:
    rows = (
        f'<tr><th scope="row">{escape(measure.label)}</th>'
        f'<td class="number">{measure.show(metrics)}</td>'
        f"<td>{escape(measure.explanation)}</td></tr>"
        for measure in MEASURES
    )
    return f"""<div class="scroll" tabindex="0" role="region" aria-labelledby="measures">
<table>
<thead><tr><th scope="col">Measure</th><th scope="col" class="number">Value</th>
<th scope="col">What it is</th></tr></thead>
<tbody>
{_lines(rows)}
</tbody>
</table>
</div>"""


def _figure(plot: Plot) -> str:
    return f"""<figure>
<h3>{escape(plot.title)}</h3>
<div role="img" aria-label="{escape(plot.alt)}">
{plot.svg}</div>
<figcaption>{escape(plot.caption)}</figcaption>
</figure>"""


def _failure(outcome: Outcome) -> str:
    question, said = outcome.question, outcome.said
    expected = "".join(f'<li dir="auto">{escape(answer)}</li>' for answer in expected_of(outcome))
    rows = {"Asked before": _conversation(question)} if question.history else {}
    if said.interpreted_as != question.question:
        rows["Read as"] = escape(said.interpreted_as)
    rows["Said"] = escape(said.answer)
    if said.short_answer:
        rows["In short"] = escape(said.short_answer)
    rows["Expected"] = f"<ul>{expected}</ul>"
    rows["Confidence"] = f"{said.confidence:.2f}"
    if question.answerable:
        rank = outcome.judgement.rank
        rows["Found"] = f"in source {rank}" if rank else "in no source"
    return f"""<article>
<h3 dir="auto">{escape(question.question)}</h3>
<p>{escape(problem_of(outcome) or "")} <span class="quiet">{escape(question.id)}, {
        escape(question.kind)
    }</span></p>
<dl>
{_lines(f'<dt>{name}</dt><dd dir="auto">{value}</dd>' for name, value in rows.items())}
</dl>
</article>"""


def _conversation(question: Question) -> str:
    turns = (f'<li dir="auto">{escape(turn.question)}</li>' for turn in question.history)
    return f"<ul>{''.join(turns)}</ul>"


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)
