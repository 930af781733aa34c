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
    r"\b([A-Z][\w.]{1,11}),? (?:(?:which )?stands for|(?:is )?short for) "
    r"[\"“‘']?([A-Z](?:[^\"”’.,;()\n]|, (?=[A-Z])){3,80})"
)
_LAST_WORD = re.compile(r"(?<!\S)\S+\Z")
_MAX_SHORT_FORM = 12
_MAX_LONG_FORM = 300  # characters before a bracket in which a long form is looked for


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
        end = _end_before(text, match.start())
        if _is_short_form(inner):
            start = _long_form_start(inner, text, end)
            if start is not None:
                yield Mention(Kind.EXPANSION, start, end, inner_start, inner_end)
            continue
        # A long form in brackets; further short forms may stand beside it there.
        word = _LAST_WORD.search(text, max(0, end - _MAX_SHORT_FORM - 1), end)
        if word and _is_short_form(word.group()):
            start = _long_form_start(word.group(), inner, len(inner))
            if start == 0:
                yield Mention(Kind.EXPANSION, inner_start, inner_end, *word.span())


def _end_before(text: str, position: int) -> int:
    """Return where the text before a position ends, white space left out."""
    while position and text[position - 1].isspace():
        position -= 1
    return position


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


def _long_form_start(short: str, text: str, end: int) -> int | None:
    """Return where the long form of ``short`` that ends at ``end`` starts; None if none does.

    Goes from right to left: each letter of the short form must occur in order, its
    first one at the beginning of a word. The long form has at most min(|A| + 5, 2|A|)
    words, |A| the short form's letters, as in the paper.
    """
    letters = [c.lower() for c in short if c.isalnum()]
    words = list(re.finditer(r"\S+", text[max(0, end - _MAX_LONG_FORM) : end]))
    longest = min(len(letters) + 5, len(letters) * 2)
    floor = max(0, end - _MAX_LONG_FORM)
    if len(words) > longest:
        floor += words[-longest].start()
    position = end
    for i, letter in enumerate(reversed(letters)):
        first = i == len(letters) - 1
        position -= 1
        while position >= floor and (
            text[position].lower() != letter or (first and not _opens_word(text, position))
        ):
            position -= 1
        if position < floor:
            return None
    long_form = text[position:end]
    return position if len(long_form) > len(short) and short not in long_form.split() else None
