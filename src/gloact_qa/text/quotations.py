"""What a sentence has in quotation marks."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

_SHORTEST, _LONGEST = 2, 2000  # characters between the marks
_OPENING = re.compile(r"[“\"]|(?<!\w)‘")
# What ends the search for the mark that closes: that mark, or a line break. An apostrophe in
# a word closes nothing.
_ENDS = {
    "“": re.compile(r"[”\n]"),
    '"': re.compile(r"[\"\n]"),
    "‘": re.compile(r"’(?!\w)|\n"),
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks (``start`` to ``end``), and its words between them."""

    start: int
    end: int
    words_start: int
    words_end: int


def quotations(text: str) -> Iterator[Quotation]:
    """Yield the quotations of a sentence in order; none is within another.

    One in curly double marks may end with the sentence, unclosed. The time that this takes
    grows with the text's length only, however many marks there are.
    """
    # Where each kind of quotation may end, found once: not anew from each mark that opens.
    ends: dict[str, list[int]] = {}
    reached = 0
    for opening in _OPENING.finditer(text):
        start, mark = opening.start(), opening.group()
        if start < reached:
            continue
        if mark not in ends:
            ends[mark] = [match.start() for match in _ENDS[mark].finditer(text, start + 1)]
        place = bisect_left(ends[mark], start + 1)
        closed = place < len(ends[mark])
        end = ends[mark][place] if closed else len(text)
        if not _SHORTEST <= end - start - 1 <= _LONGEST:
            continue
        if (closed and text[end] == "\n") or (not closed and mark != "“"):
            continue
        reached = end + closed
        yield Quotation(start, reached, start + 1, end)
