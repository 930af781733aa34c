"""Paragraphs and sentences, as offsets into a text."""

import re
from collections.abc import Iterator

import sentencex

Offsets = tuple[int, int]

# After one of these a full stop does not end a sentence, whatever follows it.
_TITLE_AT_END = re.compile(
    r"(?<!\w)(?:H\.\s?E|Mr|Mrs|Ms|Mx|Messrs|Dr|Prof|Amb|Gov|Sen|Rep|Rev|Hon|Gen|Col|Capt|Lt"
    r"|Sgt|St|No|vs|cf|approx|ca|[A-Z])\.\s*\Z"
)
# Marks that open a Markdown block and do not belong to its sentence.
_BLOCK_MARK = re.compile(r"(?:#{1,6}|[-*+•]|>|\d{1,2}[.)])[ \t]+")
_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
# What sentencex cannot read: white space of more than a byte before a full stop ends it in a
# panic ("plan A\xa0."), and half a surrogate pair is no UTF-8. Replaced one for one.
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PIECE = 4000  # characters that sentencex is given at once
_STUTTER_WORDS = 4  # a repetition of fewer words in a row is no stutter
_SHORT_LINE = 80
_SHORTEST_WRAP, _LONGEST_WRAP = 40, 120  # widths that texts are wrapped at


def paragraphs(text: str) -> Iterator[Offsets]:
    """Yield the offsets of the text's paragraphs, trimmed and in order.

    A paragraph is a line; or, in a text that was wrapped at a fixed width, the
    lines up to a blank one. Nothing but white space and block marks lies between
    paragraphs.
    """
    lines = [m for m in _LINE.finditer(text) if m.group().strip()]
    longest = max((len(m.group()) for m in lines), default=0)
    open_start: int | None = None
    for i, line in enumerate(lines):
        start = line.start() if open_start is None else open_start
        following = lines[i + 1] if i + 1 < len(lines) else None
        if following is not None and _is_soft_break(text, line, following, longest):
            open_start = start
            continue
        open_start = None
        trimmed = _trim(text, start, line.end())
        mark = _BLOCK_MARK.match(text, trimmed[0], trimmed[1])
        if mark and mark.end() < trimmed[1]:
            trimmed = _trim(text, mark.end(), trimmed[1])
        yield trimmed


def sentences(text: str) -> Iterator[Offsets]:
    """Yield the offsets of the sentences of one paragraph, trimmed and in order.

    Boundaries are sentencex's (https://github.com/wikimedia/sentencex), less those
    inside a word ("GLO.ACT") and those after a title ("Ms. Peña").
    """
    start = 0
    for end in _boundaries(text):
        if end < len(text) and not _is_sentence_end(text, start, end):
            continue
        trimmed = _trim(text, start, end)
        if trimmed[0] < trimmed[1]:
            yield trimmed
        start = end
    trimmed = _trim(text, start, len(text))
    if trimmed[0] < trimmed[1]:
        yield trimmed


def _boundaries(text: str) -> Iterator[int]:
    """Yield where sentencex ends a sentence, in order, the end of the text included.

    A text that is longer than a paragraph is read piece by piece: the time that sentencex
    takes grows with the square of the length where quotations stay open.
    """
    text = _SURROGATE.sub("\ufffd", _WIDE_SPACE.sub(" ", text))
    first = 0
    while len(text) - first > _PIECE:
        *ends, _ = _boundaries_within(text, first, first + _PIECE)
        # A quotation that the piece cuts may hide its last boundaries, or bring false ones.
        half = first + _PIECE // 2
        kept = [end for end in ends if end <= half] or ends
        yield from kept
        # The next piece begins with a sentence, unless that is longer than a piece.
        first = kept[-1] if kept and kept[-1] - first > _PIECE // 4 else half
    yield from _boundaries_within(text, first, len(text))


def _boundaries_within(text: str, start: int, end: int) -> list[int]:
    found = sentencex.get_sentence_boundaries("en", text[start:end])
    return [start + boundary["end_index"] for boundary in found]


def after_stutter(text: str) -> int:
    """Return where a sentence that begins anew in its middle does so, in characters; else 0.

    "He said He said hello" begins at its second "He": a slip of copying, not of speech.
    """
    words = list(re.finditer(r"\S+", text))
    spoken = [word.group() for word in words]
    opening = spoken[:_STUTTER_WORDS]
    for i in range(_STUTTER_WORDS, len(spoken) // 2 + 1):
        if spoken[i : i + _STUTTER_WORDS] == opening and all(
            spoken[k] == spoken[i + k] for k in range(i)
        ):
            return words[i].start()
    return 0


def is_short_line(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph is a short line, as of an address, a heading or a list."""
    return end - start < _SHORT_LINE


def _is_sentence_end(text: str, start: int, end: int) -> bool:
    between_words = text[end - 1].isspace() or text[end].isspace()
    return between_words and not _TITLE_AT_END.search(text, max(start, end - 12), end)


def _is_soft_break(text: str, line: re.Match[str], following: re.Match[str], longest: int) -> bool:
    """Tell whether the break after a line only wraps it."""
    if (
        not _SHORTEST_WRAP <= longest <= _LONGEST_WRAP
        or text.count("\n", line.end(), following.start()) > 1
    ):
        return False
    words = line.group().rstrip()
    first_word = len(following.group().split(maxsplit=1)[0])
    # A line was wrapped if the next word would not have fitted in it.
    return (
        words[-1] not in '.!?:;"”'
        and len(words) + 1 + first_word > longest
        and not _BLOCK_MARK.match(following.group().lstrip())
    )


def _trim(text: str, start: int, end: int) -> Offsets:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
