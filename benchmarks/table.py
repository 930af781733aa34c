"""How figures are printed: a spread over rounds, and whether a target is met."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NAME = 46
_CELL = 22


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some rounds, with the lowest and the highest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        """Return the spread of at least one value."""
        listed = list(values)
        return cls(statistics.median(listed), min(listed), max(listed))

    @classmethod
    def of_ratios(cls, here: Sequence[float], there: Sequence[float]) -> "Spread":
        """Return the spread of here / there, round by round."""
        return cls.of(a / b for a, b in zip(here, there, strict=True))

    def show(self, digits: int = 2) -> str:
        """Return "median (low-high)"."""
        return f"{self.median:,.{digits}f} ({self.low:,.{digits}f}-{self.high:,.{digits}f})"


def heading(title: str, *columns: str) -> None:
    """Print a blank line, a title, and the names of the columns."""
    print(f"\n{title}")
    row("", *columns)


def row(name: str, *cells: str) -> None:
    """Print one line; a name that is too long moves the cells."""
    print(f"  {name:<{_NAME}}" + "".join(f"{cell:>{_CELL}}" for cell in cells), flush=True)


def target(promise: str, met: bool) -> None:
    """Print whether a target is met."""
    print(f"  target: {promise}: {'met' if met else 'NOT MET'}", flush=True)


def note(text: str) -> None:
    """Print a remark below the rows."""
    print(f"  {text}", flush=True)
