"""Stages of one undertaking: its first phase, the present one, the next.

A release on the second phase says little of the first, in the same words.
"""

from gloact_qa.answering.candidates import Candidate
from gloact_qa.answering.patterns import any_of
from gloact_qa.schema import Sentence
from gloact_qa.text.terms import stem

_STAGE = r"(?:phase|stage|round|edition|part|cycle|project|programme|program|one)"
_EARLIER = any_of(
    rf"\b(?:first|initial|previous|earlier|original|former|preceding|last) {_STAGE}\b",
    r"\b(?:phase|stage|part|round) (?:one|1|i)\b",
)
_LATER = any_of(
    r"\b(?:second|third|fourth|new|next|current|present|latest|follow-?(?:on|up)|upcoming|ongoing) "
    rf"{_STAGE}\b",
    r"\b(?:phase|stage|part|round) (?:two|three|2|3|ii|iii)\b",
)
# One of these is in whatever _EARLIER finds.
_EARLIER_TERMS = frozenset(
    map(
        stem,
        "first initial previous earlier original former preceding last phase stage part round"
        " edition".split(),
    )
)
_WITHIN = 100  # characters before a mention in which the stage is named that it is of


def names_earlier(text: str) -> bool:
    """Tell whether a text names an earlier stage."""
    return bool(_EARLIER.search(text))


def is_of_other_stage(
    asks_for_earlier: bool, sentence: Sentence, candidate: Candidate | None
) -> bool:
    """Tell whether the last stage named before the candidate, or at all, is another one.

    Where a question names none, the present one is meant.
    """
    if not asks_for_earlier and _EARLIER_TERMS.isdisjoint(sentence.places):
        return False  # the same, sooner
    stop = candidate.mention.end - sentence.start if candidate else len(sentence.text)
    start = max(0, stop - _WITHIN) if candidate else 0
    earlier = [m.end() for m in _EARLIER.finditer(sentence.text, start, stop)]
    if not asks_for_earlier and not earlier:
        return False
    later = [m.end() for m in _LATER.finditer(sentence.text, start, stop)]
    is_earlier = max(earlier, default=0) > max(later, default=0)
    return is_earlier != asks_for_earlier and bool(earlier or later)
