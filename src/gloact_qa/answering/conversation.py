"""From a follow-up to a standalone question.

A follow-up takes something from the turns before it: what a pronoun stands for, the
rest of an elliptical question, or the question whose subject it replaces. A question
that is complete in itself drops the old topic.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gloact_qa.answering.anaphora import resolve_pronouns
from gloact_qa.answering.antecedents import mentions_said
from gloact_qa.answering.expectation import AnswerType, expect
from gloact_qa.answering.wording import content_words, core_question, is_courtesy
from gloact_qa.schema import MAX_TURN_READ, Kind, Turn

_BESIDES = r"(?:besides|apart from|other than|in addition to) (?:that|this|those|them|it)"
_OPENING = re.compile(
    r"^(?=\w)(?:(?:and|but|so|also|then|now|or|ok|plus)\b[\s,]*(?:also\b[\s,]*)?)?"
    rf"(?:{_BESIDES}\b[\s,]*)?",
    re.IGNORECASE,
)
# "What about Spain?", "In Spain?"
_INSTEAD = re.compile(
    r"^(?:what|how) about\b\s*+(?P<new>.+?)(?<!\s)\s*+\??$"
    r"|^(?:for|in|from|of|by|at|with|to|on)? ?"
    r"(?P<bare>(?:the )?[^\s?]+(?: [^\s?]+){0,3})\s*\??$",
    re.IGNORECASE,
)
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|next|previous|initial|current|new|old)"
_ORDINAL_WORD = re.compile(rf"\b{_ORDINAL}\b")
_OTHER_ONE = re.compile(
    rf"(?:(?:in|for|during|of) )?(?:the )?(?P<ordinal>{_ORDINAL})"
    r"(?: (?:one|phase|time|round|stage))?",
    re.IGNORECASE,
)
# "And the one before?", "Before that one?"
_ONE_BEFORE = re.compile(
    r"(?:the )?(?:one |phase |round |stage )?before(?: (?:that|this|it)(?: one)?)?"
    r"(?:,? (?:when|what|how)\b.{0,30})?\s*\??",
    re.IGNORECASE,
)
# "Does it train nurses?" - "How does it do that?"
_DOES_THAT = re.compile(
    r"(?P<wh>how|why|when|where|(?:in|through|by) (?:what|which) \w+)"
    r"(?: exactly| precisely)? (?:did|does|do|will|can|would)"
    r" (?:\S+ ){1,6}?do (?:that|this|it|so)\s*\??",
    re.IGNORECASE,
)
_QUOTED = 200  # characters of an answer by which it is found again
_WHO_SAID_THAT = re.compile(
    r"(?:.{0,30}[.,] )?(?:and )?"
    r"(?:who (?:said|says|stated|told (?:us|them)) (?:that|this|so|it|those words)"
    r"|whose words (?:are|were) (?:those|these|they|that)|who (?:is|was) (?:that|it) by)\s*\??",
    re.IGNORECASE,
)
# "Which countries?" - "How many is that?"
_HOW_MANY_THEN = re.compile(
    r"how many (?:is|are|were|makes?) (?:that|they|those|these|there)"
    r"(?: in all| altogether| in total| together)?\s*\??",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:which|what)(?= \w+s\b)", re.IGNORECASE)
# "How many countries?" - "Which ones?"
_WHICH_ONES = re.compile(
    r"(?:which|what|who)(?: ones?)?"
    r"(?: exactly| precisely| (?:are|were) (?:they|those|these))?\s*\??",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_ARTICLE_AT_END = re.compile(r"\bthe $", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|did|do|does|has|have|had|will|would|can|could|should|may|must|'s)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how)\b(?! (?:else|about)\b)", re.IGNORECASE
)
# What asks for answers beside those given before.
_MORE = re.compile(
    rf"^(?:and |but )?{_BESIDES}\b"
    r"|\b(?:any ?(?:one|body|thing)|who|what|where|which) else\b"
    r"|\bothers?\b|\bmore\b|\banother\b|\bas well\b|\btoo\b",
    re.IGNORECASE,
)
_ELLIPTICAL_CONTENT = 2  # content words that a question may have and still lean on the last one
# Characters of the conversation that are read, the last turns first: more than twenty turns of
# any common length have, and few enough to be read in some milliseconds.
_READ = 10_000
_REPLACEABLE = frozenset(
    (Kind.NAME, Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.COUNTRY, Kind.DATE)
)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A standalone question.

    ``text`` is for people and has every word that matters; ``asked`` is the part that says
    what is asked for. ``seen`` are answers given before that are not wanted again; ``after`` is
    the answer that the question goes on from, empty when it stands alone.
    """

    text: str
    asked: str
    seen: tuple[str, ...] = ()
    after: str = ""


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """Return the standalone form of a question; ``history`` is oldest turn first."""
    turns = _questions_asked(history)
    previous = ""
    for i, turn in enumerate(turns):
        previous = _follow(turn.question, previous, turns[:i]).text
    return _follow(core_question(question), previous, turns)


def _questions_asked(history: Sequence[Turn]) -> list[Turn]:
    """Return the last turns, courtesies left out, each with the core of its question."""
    turns: list[Turn] = []
    left = _READ
    for turn in reversed(history):
        left -= len(turn.question) + min(len(turn.answer), MAX_TURN_READ)
        if left < 0:
            break
        core = core_question(turn.question)
        if not is_courtesy(core):
            turns.append(turn.model_copy(update={"question": core}))
    return turns[::-1]


def _follow(core: str, previous: str, history: Sequence[Turn]) -> Standalone:
    """Return the standalone form of a question that is nothing but its core.

    ``previous`` is that of the last turn's question.
    """
    if not history or not core:
        return Standalone(core, core)
    last = history[-1].model_copy(update={"answer": history[-1].answer[:MAX_TURN_READ]})
    opening = _OPENING.match(core)
    opened = opening is not None and opening.end() > 0
    bare = (core[opening.end() :] if opening else core) or core
    seen = tuple(turn.answer for turn in history if turn.answer) if _MORE.search(core) else ()

    idiom = _idiom(bare, previous, last.answer)
    if idiom:
        return Standalone(*idiom, seen, last.answer)
    if _ONE_BEFORE.fullmatch(bare) and _ORDINAL_WORD.search(previous):
        earlier = _ORDINAL_WORD.sub("previous", previous, count=1)
        return Standalone(earlier, earlier, seen)
    resolved = resolve_pronouns(bare, previous, last, history[:-1])
    if resolved != bare:
        return Standalone(resolved, resolved, seen, last.answer)
    replaced = _replace_subject(bare, previous)
    if replaced:
        # Of another phase something else is said than of the one before.
        other = _OTHER_ONE.search(bare)
        return Standalone(replaced, replaced, seen, "" if other else last.answer)
    if _is_elliptical(bare, opened):
        asked = bare if _ASKING.search(bare) or expect(bare).typed else previous
        if expect(asked).type is AnswerType.AMOUNT:  # of what is said before
            asked = f"{bare.rstrip(' ?')} {previous}"
        return Standalone(
            f"{_capitalised(bare.rstrip(' ?'))} – {previous}", asked, seen, last.answer
        )
    return Standalone(core, core, seen, last.answer if seen else "")


def _idiom(question: str, previous: str, answer: str) -> tuple[str, str] | None:
    """Return what a stock question after another means, and the part that says what is asked."""
    if _WHO_SAID_THAT.fullmatch(question) and answer:
        return f"Who said “{answer[:_QUOTED]}”?", "Who said it?"
    meant = ""
    does_that = _DOES_THAT.fullmatch(question)
    if does_that and expect(previous).type is AnswerType.YESNO:
        meant = f"{does_that['wh']} {previous[:1].lower()}{previous[1:]}"
    elif _HOW_MANY_THEN.fullmatch(question) and _WHICH.search(previous):
        meant = _capitalised(_WHICH.sub("how many", previous, count=1))
    elif _WHICH_ONES.fullmatch(question) and _HOW_MANY.search(previous):
        meant = _capitalised(_HOW_MANY.sub("which", previous, count=1))
    return (meant, meant) if meant else None


def _is_elliptical(question: str, opened: bool) -> bool:
    content = content_words(question)
    if _AUXILIARY.search(question) and content:
        return False
    if any(word[0].isupper() for word in content[1:]) and len(content) > 1:
        return False
    return len(content) <= (_ELLIPTICAL_CONTENT if opened else 1)


def _replace_subject(question: str, previous: str) -> str | None:
    """Return the previous question with its subject replaced: "What about Spain?"."""
    match = _INSTEAD.match(question)
    if not match:
        return None
    new = (match.group("new") or match.group("bare") or "").strip()
    ordinal = _OTHER_ONE.fullmatch(new) or (
        _OTHER_ONE.match(new) if new.lower().startswith("the ") else None
    )
    if ordinal:
        swapped = _ORDINAL_WORD.sub(ordinal.group("ordinal"), previous, count=1)
        return swapped if swapped != previous else None
    if expect(new).type is not AnswerType.OPEN or not content_words(new):
        return None
    mentions = [m for m in mentions_said(previous) if m.kind in _REPLACEABLE]
    kinds = {m.kind for m in mentions_said(f"in {new}")}
    same = [m for m in mentions if m.kind in kinds] or (mentions if match.group("new") else [])
    if not same:
        return None
    before = previous[: same[-1].start]
    before = _ARTICLE_AT_END.sub("", before)
    return before + new + previous[same[-1].end :]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
