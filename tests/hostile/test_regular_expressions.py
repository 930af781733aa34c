"""No pattern of the package backtracks badly, whatever a client or a file sends.

There is no analyser of Python's patterns that is kept and knows possessive quantifiers and
atomic groups; so each pattern is given hostile texts, and the work at two lengths is compared.
"""

import re
import time
import warnings

import pytest
from finding_patterns import find_patterns
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

# These read only what a library of ours makes.
TRUSTED = ("gloact_qa.service.docs.", "gloact_qa.evaluation.svg:")
PATTERNS = [
    pytest.param(found.pattern, id=found.where)
    for found in find_patterns()
    if not found.where.startswith(TRUSTED)
]
SHORT, LONG = 5_000, 20_000  # characters
# Seconds of the processor's time; a linear pattern takes some milliseconds at the most.
NOTICED = 0.003  # at SHORT; a quadratic one takes more
SLOW = 0.05  # at LONG; a quadratic one takes four times as much, at the least
TOO_SLOW = 1.0
GROWTH = 8  # from SHORT to LONG: linear is 4, quadratic 16

PUMPS = [
    *"aAé0_.,-'’“”‘\"()@#+/:?€%=|\\< \n\t\0\u0301\u2028😀",
    *"aA A' a@ a- a.b@ 1, 12 2019- https:// www. \r\n".split(" "),
    *("aa ", "Aa ", "Aa, ", "Aa and ", "Aa of the ", "A. ", "Mr. ", "a b, ", "“a ", "‘a’ ", "one "),
    *(
        "the ",
        "of ",
        "and ",
        "who ",
        "what ",
        "is ",
        "how much ",
        "said ",
        "May ",
        "year ",
        "(Aa) ",
    ),
]
ENDS = ["", "\x00", "!", "\n\n"]


def work(pattern: re.Pattern[str], text: str) -> float:
    """Return the processor's time for the pattern's matches from every place of a text."""
    read = text.encode() if isinstance(pattern.pattern, bytes) else text
    started = time.thread_time()
    for _ in pattern.finditer(read):
        pass
    return time.thread_time() - started


def backtracks(pattern: re.Pattern[str], before: str, pump: str, end: str) -> bool:
    """Tell whether the work grows faster than a text in which ``pump`` is repeated."""
    short, long = (before + pump * (length // len(pump)) + end for length in (SHORT, LONG))
    if work(pattern, short) < NOTICED:
        return False
    # Three times, or another process that takes the processor's time could tell against it.
    for _ in range(3):
        at_short, at_long = work(pattern, short), work(pattern, long)
        if at_long > TOO_SLOW:
            break
        if at_long < SLOW or at_long < GROWTH * at_short:
            return False
    return True


@pytest.mark.parametrize("pattern", PATTERNS)
def test_repetition_of_any_kind_takes_linear_time(pattern: re.Pattern[str]) -> None:
    assert [pump for pump in PUMPS if backtracks(pattern, "", pump, "\x00")] == []


@pytest.mark.parametrize("pattern", PATTERNS)
def test_repetition_of_what_it_matches_takes_linear_time(pattern: re.Pattern[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sets that a later Python may read otherwise
        matched = (
            st.from_regex(pattern).map(lambda found: found.decode("latin-1"))
            if isinstance(pattern.pattern, bytes)
            else st.from_regex(pattern, alphabet=st.characters(exclude_categories=()))
        )

    @settings(
        max_examples=4,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(matched, st.floats(0, 1), st.floats(0, 1), st.sampled_from(ENDS))
    def check(text: str, one: float, other: float, end: str) -> None:
        text = text[:60]
        first, last = sorted(round(part * len(text)) for part in (one, other))
        for before, pump in (
            ("", text),
            ("", f"{text} "),
            ("", text[:last]),
            ("", text[first:]),
            (text[:first], text[first:last]),
            (text[:last], " "),
            (text[:last], "a"),
        ):
            assert not (pump and backtracks(pattern, before, pump, end)), (before, pump, end)

    check()


@pytest.mark.parametrize(
    ("bad", "good", "pump"),
    [
        (r"\s+$", r"(?<!\s)\s+$", " "),
        ("“[^”]+”", "“[^“”]+”", "“"),
    ],
)
def test_what_backtracks_is_told(bad: str, good: str, pump: str) -> None:
    assert backtracks(re.compile(bad), "", pump, "\0")
    assert not backtracks(re.compile(good), "", pump, "\0")


def test_patterns_are_found_wherever_they_are() -> None:
    found = {one.where: one.pattern for one in find_patterns()}
    assert {
        "gloact_qa.text.sentences._LINE",  # a value
        "gloact_qa.text.patterns._PATTERNS",  # in a tuple of tuples
        "gloact_qa.text.terms._SPELLINGS",
    } <= set(found)
    in_place = [where for where in found if re.search(r":\d+\Z", where)]
    assert any(where.startswith("gloact_qa.text.terms:") for where in in_place)
    assert any(pattern.flags & re.DOTALL for pattern in found.values())
