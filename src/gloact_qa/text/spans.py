"""Stretches of a text, and whether another one overlaps them."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """Stretches of one text; asking takes a time that grows with the logarithm of their number.

    One sentence of a badly copied release can have thousands of them.
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Keep the stretches, pairs of ``start`` inclusive and ``end`` exclusive, in any order."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reached = list(accumulate((end for _, end in ordered), max))

    def overlap(self, start: int, end: int) -> bool:
        """Tell whether one of the stretches has a character of this one."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reached[before - 1] > start
