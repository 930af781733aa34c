"""Stages that a text names: "Alder … This second phase …", "the second phase (Alder II)".

A demonstrative at the beginning of a sentence goes back to the subject of the sentence before
it (B. Grosz, A. Joshi and S. Weinstein, Centering, Computational Linguistics 21, 1995). Only
stages of something are looked for, since readers ask by "the second phase" as if it were a name.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from gloact_qa.schema import Kind, Sentence
from gloact_qa.text.terms import Phrase, stem

_STAGE = (
    r"(?P<ordinal>first|second|third|fourth|fifth|new|next|current|latest)"
    r" (?P<stage>phase|stage|round|edition)"
)
_DESCRIBED = re.compile(rf"\AThis {_STAGE}\b")
_NAME = r"[A-Z][\w.’'+-]{0,40}(?: (?:[A-Z][\w.’'+-]{0,40}|\d{1,2}\b)){0,5}"
_NAMED = re.compile(
    rf"\b{_STAGE}(?: of [^.;:()\n]{{2,80}})?"
    rf"(?: \([\"“]?(?P<bracketed>{_NAME})[\"”]?\)"
    rf"|,? (?:\w+ )?(?:called|named|dubbed|known as) [\"“]?(?P<name>{_NAME}))"
)
_LATER = ("second", "third", "fourth", "fifth", "new")
# How else people call one of these.
_ALSO = ("new", "next", "current", "latest")
_NUMBERS = {
    "first": ("one", "1"),
    "second": ("two", "2"),
    "third": ("three", "3"),
    "fourth": ("four", "4"),
}
_LIKE = {"phase": ("stage", "part"), "stage": ("phase", "part")}
_OPENING = re.compile(r"The ")
_CAPITALISED = re.compile(r"(?:[A-Z][\w.’'-]{0,40} ){0,3}")
_NAMES = frozenset((Kind.NAME, Kind.ORGANISATION))


def descriptions(sentences: Sequence[Sentence]) -> Iterator[tuple[Phrase, Phrase]]:
    """Yield the terms of each such description, with the terms of the name it stands for.

    ``sentences`` are those of a passage, in order.
    """
    for found, name in chain(_described(sentences), _named(sentences)):
        yield from _called(found["ordinal"], found["stage"], name)


def _described(sentences: Sequence[Sentence]) -> Iterator[tuple[re.Match[str], Phrase]]:
    for before, sentence in pairwise(sentences):
        found = _DESCRIBED.match(sentence.text)
        name = _subject(before) if found else ()
        if found and name:
            yield found, name


def _named(sentences: Sequence[Sentence]) -> Iterator[tuple[re.Match[str], Phrase]]:
    for sentence in sentences:
        for found in _NAMED.finditer(sentence.text):
            span = found.span("name" if found["name"] else "bracketed")
            start, end = (sentence.start + place for place in span)
            # Not "the first stage (January)", nor "the second phase (London)".
            if any(m.kind in _NAMES and start <= m.start < end for m in sentence.mentions):
                yield found, tuple(term.text for term in sentence.terms_in(start, end))


def _called(ordinal: str, stage: str, name: Phrase) -> Iterator[tuple[Phrase, Phrase]]:
    described = stem(ordinal), stem(stage)
    yield described, name
    for number in _NUMBERS.get(ordinal, ()):
        for called in (stage, *_LIKE.get(stage, ())):
            yield (stem(called), number), name
    for word in _ALSO if ordinal in _LATER else ():
        yield (stem(word), stem(stage)), name
        if described != (stem(word), stem(stage)):
            yield (stem(word), stem(stage)), described


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
