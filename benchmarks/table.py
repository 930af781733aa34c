"""How figures are summed up and printed: spreads, slopes, and whether a target is met."""

import math
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

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


def machine() -> str:
    """Return in a line what measures, and how busy it is with other things."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = f"Python {platform.python_version()}, {platform.system()}"
    return f"{system}, {os.cpu_count()} processors{load}"


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


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope by least squares, with the bounds of its 95 % confidence interval."""

    slope: float
    low: float
    high: float

    @classmethod
    def of(cls, x: Sequence[float], y: Sequence[float]) -> "Slope":
        """Fit y over x, of at least ten points in order.

        What memory takes goes up in steps, so that a point tells of the next: the interval
        is by Newey and West's error, over the square root of the number of points.
        """
        xs = np.asarray(x, np.float64) - np.mean(x)
        ys = np.asarray(y, np.float64) - np.mean(y)
        slope = float(xs @ ys / (xs @ xs))
        scores = xs * (ys - slope * xs)
        lags = math.isqrt(len(xs))
        variance = float(scores @ scores)
        for lag in range(1, lags + 1):
            weight = 1 - lag / (lags + 1)
            variance += 2 * weight * float(scores[lag:] @ scores[:-lag])
        error = 1.96 * math.sqrt(max(variance, 0.0)) / float(xs @ xs)
        return cls(slope, slope - error, slope + error)
