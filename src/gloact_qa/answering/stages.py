"""Stages of one undertaking: its first phase, the present one, the next; what was before.

A release on the second phase says little of the first, in the same words.
"""

from gloact_qa.answering.candidates import Candidate
from gloact_qa.answering.regexes import any_of
from gloact_qa.schema import Sentence
from gloact_qa.text.terms import stem

_STAGE = r"(?:phase|stage|round|edition|part|cycle|project|programme|program|one)"
_EARLIER = any_of(
    rf"\b(?:first|initial|previous|earlier|original|former|preceding|last) {_STAGE}\b",
    r"\b(?:phase|stage|part|round) (?:one|1|i)\b",
)
_LATER = any_of(
    r"\b(?:second|third|fourth|fifth|new|next|current|present|latest|follow-?(?:on|up)|upcoming"
    rf"|ongoing) {_STAGE}\b",
    r"\b(?:phase|stage|part|round) (?:two|three|2|3|ii|iii)\b",
)
_BEFORE = any_of(
    r"\bbefore (?:that|this|it|him|her|them|he|she|they|(?:join|becom|tak|com)ing)\b",
    r"\b(?:post|job|office|position|role|career) (?:\w+ ){0,4}?before\b",
    r"\bpredecessors?\b",
    r"\b(?:previously|formerly)\b",
    r"\bused to (?:be|work|hold|do|run|lead)\b",
    r"\b(?:phase|stage|round|job|post|one) before\b",
)
_SAYS_BEFORE = any_of(
    r"\b(?:before|former|formerly|previous|previously|predecessors?|earlier|first|until|since"
    r"|used to|originally|initial)\b"
)
_AFTER = any_of(r"\b(?:next(?! to\b)|upcoming|forthcoming|future|successors?|afterwards)\b")
_SAYS_AFTER = any_of(
    r"\b(?:next|upcoming|forthcoming|future|successors?|after|afterwards|will|would|second|new"
    r"|later|follow\w*|to be|plans?|planned)\b"
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


def is_of_other_time(question: str, sentence: str) -> bool:
    """Tell whether what was before or comes next is asked for, and the sentence speaks of neither.

    "Who held the post before her?" is not answered by who holds it.
    """
    return bool(
        (_BEFORE.search(question) and not _SAYS_BEFORE.search(sentence))
        or (_AFTER.search(question) and not _SAYS_AFTER.search(sentence))
    )


def of_other_stage(
    asks_for_earlier: bool, sentence: Sentence, candidate: Candidate | None
) -> float:
    """Return 1 where the last stage named before the candidate, or at all, is another one.

    Where a question names none, the present one is meant; -1 where the earlier one that is
    asked for is named.
    """
    if not asks_for_earlier and _EARLIER_TERMS.isdisjoint(sentence.places):
        return 0.0  # the same, sooner
    stop = candidate.mention.end - sentence.start if candidate else len(sentence.text)
    start = max(0, stop - _WITHIN) if candidate else 0
    earlier = [m.end() for m in _EARLIER.finditer(sentence.text, start, stop)]
    if not asks_for_earlier and not earlier:
        return 0.0
    later = [m.end() for m in _LATER.finditer(sentence.text, start, stop)]
    is_earlier = max(earlier, default=0) > max(later, default=0)
    if is_earlier != asks_for_earlier:
        return float(bool(earlier or later))
    return -1.0 if is_earlier else 0.0
