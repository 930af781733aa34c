"""What people call an organisation whose long name they do not remember.

"The UN crime body", "the migration agency": a word of its name with what it is, or with what
such bodies are called.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise

from gloact_qa.text.terms import Phrase, stem

# What an organisation calls itself, and what others call any of them.
_HEADS = frozenset(
    map(
        stem,
        "office organization organisation agency fund programme program commission committee"
        " council institute institution centre center association authority ministry department"
        " foundation service board bureau".split(),
    )
)
_CALLED = tuple(map(stem, ("agency", "body", "office", "organisation")))
_UNITED_NATIONS = stem("united"), stem("nations")
_UN = "un"
_OFFICE = stem("office")
# Words of names that tell no organisation from another.
_COMMON = frozenset(
    map(
        stem,
        "united nations international european national world global general high human public"
        " standards foreign executive".split(),
    )
)
_MOST = 1000  # abbreviations; where there are more, many bodies are called alike


def informal_names(abbreviations: Iterable[tuple[Phrase, Phrase]]) -> Iterator[tuple[Phrase, str]]:
    """Yield the terms of what each organisation may be called, with its abbreviation.

    ``abbreviations`` have the terms of the short and of the long form.
    """
    for short, long in islice(abbreviations, _MOST):
        is_un = long[: len(_UNITED_NATIONS)] == _UNITED_NATIONS
        # "Office of …": an officer has the same stem, at the end of his title.
        heads = [t for t in long if t in _HEADS and (t != _OFFICE or is_un or t == long[0])]
        if len(short) != 1 or not (heads or is_un):
            continue
        fields = [term for term in long if term not in _HEADS and term not in _COMMON]
        for called in dict.fromkeys((*heads, *_CALLED)):
            for told in chain(zip(fields), pairwise(fields)):
                yield (*told, called), short[0]
                if is_un:
                    yield (_UN, *told, called), short[0]
            if is_un:
                yield (_UN, called), short[0]
