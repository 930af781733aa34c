"""Descriptions that a text gives of what it has just named: "Alder … This second phase …".

A demonstrative at the beginning of a sentence goes back to the subject of the sentence before
it (B. Grosz, A. Joshi and S. Weinstein, Centering, Computational Linguistics 21, 1995). Only
a stage of something is looked for, since readers ask by that as if it were a name.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gloact_qa.schema import Kind, Sentence
from gloact_qa.text.synonyms import Phrase
from gloact_qa.text.terms import stem

_LATER = ("second", "third", "fourth", "fifth", "new", "next", "current", "latest")
_STAGES = ("phase", "stage", "round", "edition")
_DESCRIBED = re.compile(rf"\AThis ({'|'.join(_LATER)}) ({'|'.join(_STAGES)})\b")
# How else people call a stage that is not the first.
_ALSO = ("new", "next", "current", "latest")
_NUMBERS = {"second": ("two", "2"), "third": ("three", "3"), "fourth": ("four", "4")}
_OPENING = re.compile(r"The ")
_CAPITALISED = re.compile(r"(?:[A-Z][\w.’'-]{0,40} ){0,3}")
_NAMES = frozenset((Kind.NAME, Kind.ORGANISATION))


def descriptions(sentences: Sequence[Sentence]) -> Iterator[tuple[Phrase, Phrase]]:
    """Yield the terms of each such description, with the terms of the name it stands for.

    ``sentences`` are those of a passage, in order.
    """
    for before, sentence in pairwise(sentences):
        found = _DESCRIBED.match(sentence.text)
        name = _subject(before) if found else ()
        if found and name:
            ordinal, stage = found.groups()
            described = stem(ordinal), stem(stage)
            yield described, name
            for word in _ALSO:
                if word != ordinal:
                    yield (stem(word), stem(stage)), name
                    yield (stem(word), stem(stage)), described
            for number in _NUMBERS.get(ordinal, ()):
                yield (stem(stage), number), name


def _subject(sentence: Sentence) -> Phrase:
    """Return the terms of the name that a sentence begins with; none when it does not."""
    opening = _OPENING.match(sentence.text)
    start = sentence.start + (opening.end() if opening else 0)
    named = [m for m in sentence.mentions if m.kind in _NAMES]
    # A first word that is English, and not always a name, may have been left out of it.
    ends = [
        m.end
        for m in named
        if _CAPITALISED.fullmatch(sentence.text[start - sentence.start : m.start - sentence.start])
    ]
    return tuple(t.text for t in sentence.terms_in(start, max(ends))) if ends else ()
