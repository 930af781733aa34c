"""SVG by matplotlib that lives within a page and takes its colours. Needs the `evaluate` extra."""

import io
import re
from collections.abc import Callable
from typing import Any

from gloact_qa.evaluation.extras import evaluate_extra

with evaluate_extra():
    from matplotlib import rc_context
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# matplotlib knows no CSS variables: it draws in colours that stand for them.
ACCENT, QUIET, _TEXT = "#0a0b01", "#0a0b02", "#0a0b03"
_VARIABLES = {ACCENT: "var(--accent)", QUIET: "var(--quiet)", _TEXT: "var(--text)"}
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be searched, and has the page's font
    "svg.hashsalt": "gloact-qa",  # the same plot has the same ids
    "font.size": 11,
    **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), _TEXT),
    "axes.edgecolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "savefig.transparent": True,
}


def draw(name: str, paint: Callable[[Axes], object]) -> str:
    """Return an <svg> element of what ``paint`` draws.

    ``name`` sets its ids apart from those of the page's other plots. It is hidden from
    assistive technology, for which the page says the same in words.
    """
    with rc_context(_STYLE):
        figure = Figure(figsize=(5, 3.2), layout="constrained")
        paint(figure.add_subplot())
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg")
    return _inline(buffer.getvalue(), name)


def _inline(svg: str, name: str) -> str:
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s(?:xmlns(?::\w+)?|version)="[^"]*"', "", svg)
    svg = svg.replace("xlink:href", "href")
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", svg)
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, variable)
    return svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
