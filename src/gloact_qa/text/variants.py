"""Two spellings of one person's name in a text: "Fedotov" and, by a slip, "Fedetov"."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from gloact_qa.schema import Kind, Sentence
from gloact_qa.text.terms import Phrase

_SHORTEST = 6  # letters; shorter names that differ by one are two names too often


def name_variants(sentences: Iterable[Sentence]) -> Iterator[tuple[Phrase, Phrase]]:
    """Yield the terms of a person's name that differ by one letter within, or by two swapped.

    The rest of the name must be the same: who shares no first name is somebody else.
    """
    names = {
        frozenset(term.text for term in sentence.terms_in(mention.start, mention.end))
        for sentence in sentences
        for mention in sentence.mentions
        if mention.kind is Kind.PERSON
    }
    for one, other in combinations(sorted(names, key=sorted), 2):
        if len(one - other) == len(other - one) == 1 and one & other:
            (first,), (second,) = one - other, other - one
            if len(first) >= _SHORTEST and _differ_by_a_slip(first, second):
                yield (first,), (second,)


def _differ_by_a_slip(one: str, other: str) -> bool:
    if len(one) != len(other) or one[0] != other[0]:
        return False
    differing = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differing) == 1:
        return True
    swapped = len(differing) == 2 and differing[1] == differing[0] + 1
    return swapped and one[differing[0]] == other[differing[1]]
