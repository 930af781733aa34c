"""What a sentence offers to a question, found once when the index is built."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from gloact_qa.schema import Kind, Mention
from gloact_qa.text.abbreviations import abbreviation_mentions
from gloact_qa.text.names import ROLE_WORD, named_mentions
from gloact_qa.text.patterns import patterned_mentions
from gloact_qa.text.quotations import quotations
from gloact_qa.text.sentences import Offsets
from gloact_qa.text.spans import Spans

_SPEECH = re.compile(
    r"\b(?:said|says|say|stated|states|told|tells|added|adds|explained|explains|announced|noted"
    r"|warned|recalled|stressed|argued|wrote|declared|commented|urged|cautioned|concluded|asked"
    r"|promised|joked|insisted|according to|put it|words of|(?<!-)called)\b"
)
# What parts two statements in one sentence after a quotation.
_CLAUSE_BREAK = re.compile(r"(?<=[\"”’])[,;]? (?:while|whereas|and|but) ")
# "…, EU Trade Coordinator, Ms. " before a name; "… finance chief " too.
_ROLE_BEFORE = re.compile(
    r"(?:(?<=[,;:\"”] )|(?<=\bwhile )|(?<=\band )|(?<=\bby )|(?<=\bthe )|(?<![^\n]))"
    r"((?:(?!(?:while|and|by|the|as|[Tt]o) )[^\W_][\w'’.&-]*[ ]){0,6}[^\W_][\w'’-]*)"
    r"(?<! of)(?<! for)(?<! from),?\s"
    r"(?:(?:H\.E\.|Mr|Ms|Mrs|Dr|Prof)\.?\s)*\Z"
)
_APPOSITION_END = re.compile(
    r"[;:(\"“”]|,? (?:said|stated|told|added|announced|who|which|and H\.E|featured|spoke|presented"
    r"|has|have|had|is|was|were|will|called|moderated|opened|welcomed)\b"
    r"|, (?:and |H\.\s?E|Mr|Ms|Mrs|Dr|Prof)"
)
_SPOKEN_WORDS = 5  # a quotation of more words needs no word of speech beside it
_ROLE_WORD_WITHIN = 60  # characters after a name in which a word of its role stands
_MAX_ROLE = 1000  # characters after a name in which its role ends
_NO_NAMES = frozenset((Kind.DATE, Kind.EMAIL, Kind.URL, Kind.HANDLE))


def find_mentions(text: str, offset: int = 0) -> tuple[Mention, ...]:
    """Return the mentions of one sentence in order, their offsets moved by ``offset``."""
    expansions = list(abbreviation_mentions(text))
    patterned = list(patterned_mentions(text))
    no_names = Spans((p.start, p.end) for p in patterned if p.kind in _NO_NAMES)
    by_start: dict[int, list[Mention]] = {}
    for expansion in expansions:
        by_start.setdefault(expansion.start, []).append(expansion)
    names = [
        _completed(name, by_start.get(name.start, []))
        for name in named_mentions(text)
        if not no_names.overlap(name.start, name.end)
    ]
    found = [
        *names,
        *patterned,
        *expansions,
        *_roles(text, [m for m in names if m.kind in (Kind.PERSON, Kind.NAME)]),
        *_quotations(text),
    ]
    return tuple(sorted(mention.moved(offset) for mention in found))


def _completed(name: Mention, expansions: list[Mention]) -> Mention:
    """Return a name as long as the expansion, of those that begin where it does."""
    for expansion in expansions:
        if name.end < expansion.end:
            return name._replace(end=expansion.end)
    return name


def _roles(text: str, persons: list[Mention]) -> Iterator[Mention]:
    """Yield the roles in apposition: "Name, Role of Place," and "Role, Mr. Name"."""
    text_end = len(text.rstrip(".!? \n"))
    for person in persons:
        if text.startswith(", ", person.end):
            end = _apposition_end(text, person.end + 2, text_end)
            if end is not None:
                yield Mention(Kind.ROLE, person.end + 2, end, person.start, person.end)
                continue
        before = _ROLE_BEFORE.search(text, max(0, person.start - 90), person.start)
        if before and ROLE_WORD.search(before.group(1)):
            start, end = before.span(1)
            yield Mention(Kind.ROLE, start, end, person.start, person.end)


def _apposition_end(text: str, start: int, text_end: int) -> int | None:
    """Return where the role that begins at ``start`` ends; None if no role does."""
    # Most names have no role: that is told by a few characters, and before its end is sought.
    if not ROLE_WORD.search(text, start, start + _ROLE_WORD_WITHIN):
        return None
    stop = _APPOSITION_END.search(text, start, start + _MAX_ROLE)
    end = stop.start() if stop else min(text_end, start + _MAX_ROLE)
    return end if ROLE_WORD.search(text, start, min(end, start + _ROLE_WORD_WITHIN)) else None


def _quotations(text: str) -> Iterator[Mention]:
    """Yield what stands in quotation marks, the stretch that names its speaker as owner.

    The speaker's stretch is the rest of the statement that the quotation stands in.
    """
    breaks = list(_CLAUSE_BREAK.finditer(text))
    starts = [0, *(m.end() for m in breaks)]
    ends = [*(m.start() for m in breaks), len(text)]
    speech = [match.span() for match in _SPEECH.finditer(text)]
    for quotation in quotations(text):
        first = starts[bisect_right(starts, quotation.start) - 1]
        last = ends[bisect_left(ends, quotation.end)]
        spoken = _any_within(speech, first, quotation.start) or _any_within(
            speech, quotation.end, last
        )
        if spoken or len(text[quotation.start : quotation.end].split()) > _SPOKEN_WORDS:
            yield Mention(Kind.QUOTATION, quotation.words_start, quotation.words_end, first, last)


def _any_within(spans: list[Offsets], start: int, end: int) -> bool:
    """Tell whether the first of the spans that begins at ``start`` or later ends by ``end``."""
    place = bisect_left(spans, (start, start))
    return place < len(spans) and spans[place][1] <= end
