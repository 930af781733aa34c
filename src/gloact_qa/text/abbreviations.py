"""Abbreviations with their long forms, where a text introduces them.

After A. Schwartz and M. Hearst, A simple algorithm for identifying abbreviation
definitions in biomedical text (Pacific Symposium on Biocomputing 2003).
"""

import re
from collections.abc import Iterator

from gloact_qa.schema import Kind, Mention

_BRACKETED = re.compile(r"\(([^()\n]{2,80})\)")
# "SF stands for long form", "SF, short for long form"
_SPELT_OUT = re.compile(
    r"\b([A-Z][\w.]{1,11}),? (?:(?:which )?stands for|(?:is )?short for) [\"“‘']?([A-Z][^\"”’.,;()\n]{3,80})"
)
_MAX_SHORT_FORM = 12


def abbreviation_mentions(text: str) -> Iterator[Mention]:
    """Yield the long form of every abbreviation that the sentence introduces.

    "long form (SF)" and "SF (long form)" are read; the owner of the mention is the
    short form's stretch.
    """
    for match in _SPELT_OUT.finditer(text):
        yield Mention(Kind.EXPANSION, *match.span(2), *match.span(1))
    for match in _BRACKETED.finditer(text):
        inner_start, inner_end = match.span(1)
        inner = match.group(1).strip()
        before = text[: match.start()].rstrip()
        if _is_short_form(inner):
            start = _long_form_start(inner, before)
            if start is not None:
                yield Mention(Kind.EXPANSION, start, len(before), inner_start, inner_end)
            continue
        # A long form in brackets; further short forms may stand beside it there.
        word = re.search(r"\S+\Z", before)
        if word and _is_short_form(word.group()):
            start = _long_form_start(word.group(), inner)
            if start == 0:
                yield Mention(Kind.EXPANSION, inner_start, inner_end, *word.span())


def _is_short_form(text: str) -> bool:
    return (
        1 < len(text) <= _MAX_SHORT_FORM
        and " " not in text
        and text[0].isalnum()
        and sum(c.isupper() for c in text) > 1
    )


def _opens_word(text: str, position: int) -> bool:
    """Tell whether a word begins at a position; in "28 thCommission" one does at the C."""
    if position == 0 or not text[position - 1].isalnum():
        return True
    return text[position].isupper() and text[position - 1].islower()


def _long_form_start(short: str, before: str) -> int | None:
    """Return where the long form of ``short`` starts at the end of ``before``.

    Goes from right to left: each letter of the short form must occur in order, its
    first one at the beginning of a word. The long form has at most min(|A| + 5, 2|A|)
    words, |A| the short form's letters, as in the paper.
    """
    letters = [c.lower() for c in short if c.isalnum()]
    words = list(re.finditer(r"\S+", before))
    longest = min(len(letters) + 5, len(letters) * 2)
    floor = words[-longest].start() if len(words) > longest else 0
    position = len(before)
    for i, letter in enumerate(reversed(letters)):
        first = i == len(letters) - 1
        position -= 1
        while position >= floor and (
            before[position].lower() != letter or (first and not _opens_word(before, position))
        ):
            position -= 1
        if position < floor:
            return None
    long_form = before[position:]
    return position if len(long_form) > len(short) and short not in long_form.split() else None
