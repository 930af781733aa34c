"""From a follow-up to a standalone question.

A follow-up takes something from the turns before it: what a pronoun stands for, the
rest of an elliptical question, or the question whose subject it replaces. A question
that is complete in itself drops the old topic.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gloact_qa.answering.expectation import AnswerType, expect
from gloact_qa.answering.wording import core_question
from gloact_qa.schema import Kind, Mention, Turn
from gloact_qa.text.mentions import find_mentions
from gloact_qa.text.names import ROLE_WORD, looks_like_person
from gloact_qa.text.terms import STOP_WORDS, fold, tokenize

_OPENING = re.compile(
    r"^(?:and|but|so|also|then|now|or|ok|plus)\b[\s,]*(?:also\b[\s,]*)?", re.IGNORECASE
)
_PERSONAL = re.compile(
    r"\b(?P<subject>he|she|him)\b|\b(?P<possessive>his|her|hers)\b", re.IGNORECASE
)
_NEUTRAL = re.compile(
    r"\b(?P<possessive>its|their|theirs)\b|\b(?P<subject>it|they|them)\b"
    r"|\b(?P<demonstrative>(?:this|that|these|those)(?: (?:one|ones))?)\b(?=\s*[?.!,]|\s+(?:in|for|by|on|with|about|to|from|start|begin|end|cost|run|take|happen|stand|mean|go|work|cover|include|is|was|are|were)\b|$)"
    r"|\b(?<!was )(?<!were )(?<!be )(?P<place>there)\b(?! (?:is|are|was|were|any|an?)\b)",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|does) it (?:true|possible|ok|right|correct|the case)\b|\b(?:what|who) is it that\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"^(?:what|how) about\b\s*(?P<new>.+?)\s*\??$|^(?:for|in|from|of|by|at|with|to|on)? ?(?P<bare>(?:the )?[^\s?]+(?: [^\s?]+){0,3})\s*\??$",
    re.IGNORECASE,
)
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|next|previous|initial|current|new|old)"
_OTHER_ONE = re.compile(
    rf"(?:(?:in|for|during|of) )?(?:the )?(?P<ordinal>{_ORDINAL})(?: (?:one|phase|time|round|stage))?",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|did|do|does|has|have|had|will|would|can|could|should|may|must|'s)\b",
    re.IGNORECASE,
)
# "And the director, what did she say?"
_FRONTED = re.compile(
    r"^(?:(?:what|how) about )?(?P<topic>[^,?]{3,80}), (?P<rest>(?:what|who|when|where|how|why|which|did|does|is|was|has)\b.*)$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how)\b(?! (?:else|about)\b)", re.IGNORECASE
)
_MORE = re.compile(
    r"\b(?:any ?(?:one|body|thing)|who|what|where|which) else\b|\bothers?\b|\bmore\b|\banother\b|\bas well\b|\btoo\b",
    re.IGNORECASE,
)
_NOUN_PHRASE = re.compile(
    r"\b(?:the|this|an?) (?:(?!already|also|\w+(?:ing|ed|ly)\b)[\w.'’-]+ ){0,3}?(?!\w+(?:ing|ed|ly)\b)(?P<head>[\w.'’-]+)(?=\s*(?:\?|$|[,.]|\b(?:is|are|was|were|will|has|have|had|did|does|do|can|be|being|in|on|at|by|for|of|to|from|with|about|that|who|which|and|take|cost|last|start|begin|end|run|cover|focus|build|support|include|held|funded|going|set|already|also|\w+(?:ing|ed|ly))\b))",
    re.IGNORECASE,
)
_CONTACT_WORD = re.compile(
    r"\b(?:address|e-?mail|website|page|phone|number|handle)\b", re.IGNORECASE
)
_MALE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|Father|chairman|spokesman)\.? *\Z", re.IGNORECASE)
_FEMALE = re.compile(
    r"\b(?:Ms|Mrs|Miss|Dame|Lady|Queen|Princess|Sister|chairwoman|spokeswoman)\.? *\Z",
    re.IGNORECASE,
)
_ELLIPTICAL_CONTENT = 2  # content words that a question may have and still lean on the last one


@dataclass(frozen=True, slots=True)
class Standalone:
    """A standalone question.

    ``text`` is for people and has every word that matters; ``asked`` is the part that says
    what is asked for. ``seen`` are answers given before that are not wanted again.
    """

    text: str
    asked: str
    seen: tuple[str, ...] = ()


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """Return the standalone form of a question; ``history`` is oldest turn first."""
    core = core_question(question)
    if not history or not core:
        return Standalone(core, core)
    last = history[-1]
    previous = standalone(last.question, history[:-1]).text
    opened = _OPENING.match(core)
    bare = core[opened.end() :] if opened else core
    seen = tuple(turn.answer for turn in history if turn.answer) if _MORE.search(bare) else ()

    fronted = _FRONTED.match(bare)
    if fronted and (_PERSONAL.search(fronted["rest"]) or _NEUTRAL.search(fronted["rest"])):
        pronoun = _PERSONAL.search(fronted["rest"]) or _NEUTRAL.search(fronted["rest"])
        resolved = _substituted(fronted["rest"], pronoun, fronted["topic"])
    else:
        resolved = _resolve_neutral(_resolve_persons(bare, previous, last), previous, last)
    if resolved != bare:
        return Standalone(resolved, resolved, seen)
    replaced = _replace_subject(bare, previous)
    if replaced:
        return Standalone(replaced, replaced, seen)
    if _is_elliptical(bare, bool(opened)):
        asked = bare if _ASKING.search(bare) or expect(bare).typed else previous
        return Standalone(f"{_capitalised(bare.rstrip(' ?'))} – {previous}", asked, seen)
    return Standalone(core, core, seen)


def _content(text: str) -> list[str]:
    """Return the content words of a question."""
    return [t.text for t in tokenize(text) if not (t.kind == "word" and fold(t.text) in STOP_WORDS)]


def _is_elliptical(question: str, opened: bool) -> bool:
    content = _content(question)
    if _AUXILIARY.search(question) and content:
        return False
    if any(word[0].isupper() for word in content[1:]) and len(content) > 1:
        return False
    return len(content) <= (_ELLIPTICAL_CONTENT if opened else 1)


def _resolve_persons(question: str, previous: str, last: Turn) -> str:
    match = _PERSONAL.search(question)
    if not match:
        return question
    name = _person(previous, last.answer, match.group().lower() in ("she", "her", "hers"))
    return _substituted(question, match, name) if name else question


def _substituted(text: str, pronoun: re.Match[str] | None, name: str) -> str:
    """Return the text with a pronoun replaced; "her" before a noun is possessive."""
    if pronoun is None:
        return text
    rest = text[pronoun.end() :]
    possessive = pronoun["possessive"] and re.match(r"\s+\w", rest)
    return text[: pronoun.start()] + name + ("'s" if possessive else "") + rest


def _person(previous: str, answer: str, female: bool) -> str | None:
    """Return the person whom a pronoun after this question and answer stands for."""
    in_question = _persons(previous, female)
    if in_question:
        return in_question[-1]
    expected = expect(previous)
    mentions = find_mentions(answer)
    persons = [m for m in mentions if m.kind is Kind.PERSON] or [
        m for m in mentions if m.kind is Kind.NAME and looks_like_person(answer[m.start : m.end])
    ]
    fitting = [m for m in persons if _gender_fits(answer, m, female)]
    if not fitting:
        return None
    if len(fitting) > 1 and expected.type is not AnswerType.LIST:
        # The one whose role, or whose neighbourhood, the question asked about.
        asked = {fold(word).rstrip("s") for word in _content(previous)}
        fitting.sort(key=lambda m: -_shared(asked, _surroundings(answer, m, mentions)))
    return answer[fitting[0].start : fitting[0].end]


def _persons(text: str, female: bool) -> list[str]:
    return [
        text[m.start : m.end]
        for m in find_mentions(text)
        if m.kind in (Kind.PERSON, Kind.NAME)
        and _gender_fits(text, m, female)
        and (m.kind is Kind.PERSON or looks_like_person(text[m.start : m.end]))
    ]


def _gender_fits(text: str, mention: Mention, female: bool) -> bool:
    before = text[max(0, mention.start - 25) : mention.start]
    return not (_MALE if female else _FEMALE).search(before)


def _surroundings(text: str, mention: Mention, mentions: Sequence[Mention]) -> str:
    roles = [m for m in mentions if m.kind is Kind.ROLE and m.owner_start == mention.start]
    if roles:
        return " ".join(text[m.start : m.end] for m in roles)
    return text[max(0, mention.start - 60) : mention.end + 60]


def _shared(asked: set[str], text: str) -> int:
    return sum(fold(word).rstrip("s") in asked for word in _content(text))


def _resolve_neutral(question: str, previous: str, last: Turn) -> str:
    if _EXPLETIVE.search(question):
        return question
    match = _NEUTRAL.search(question)
    if not match:
        return question
    topic = _place(last.answer) if match.group("place") else None
    if expect(question).type is AnswerType.EXPANSION:
        topic = _abbreviation(previous) or _abbreviation(last.answer)
    topic = topic or _topic(previous) or _topic(last.answer)
    if topic is None:
        return question
    if match.group("place"):
        topic = f"in {topic}"
    return _substituted(question, match, topic)


def _abbreviation(text: str) -> str | None:
    """Return the last abbreviation in a text."""
    found = re.findall(r"\b[A-Z][\w.]*[A-Z]\w*\b", text)
    return found[-1] if found else None


def _topic(text: str) -> str | None:
    """Return what a question is about: its longest name, else its last noun phrase."""
    mentions = [m for m in find_mentions(text) if not ROLE_WORD.search(text[m.start : m.end])]
    phrases = [
        m.group()
        for m in _NOUN_PHRASE.finditer(text)
        if not _is_pronoun(m.group()) and not _CONTACT_WORD.search(m.group())
    ]
    name = _longest(text, [m for m in mentions if m.kind in (Kind.NAME, Kind.ORGANISATION)])
    if name:  # "the Alder extension" rather than "Alder"
        return next((p for p in phrases if f" {name} " in p), name)
    if phrases:
        return phrases[-1]
    return _longest(text, [m for m in mentions if m.kind in (Kind.PLACE, Kind.COUNTRY)])


def _longest(text: str, mentions: Sequence[Mention]) -> str | None:
    longest = max(mentions, key=lambda m: m.end - m.start, default=None)
    return text[longest.start : longest.end] if longest else None


def _is_pronoun(phrase: str) -> bool:
    return all(fold(word) in STOP_WORDS for word in phrase.split())


def _place(text: str) -> str | None:
    places = [
        m for m in find_mentions(text) if m.kind in (Kind.PLACE, Kind.COUNTRIES, Kind.COUNTRY)
    ]
    return text[places[-1].start : places[-1].end] if places else None


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
        swapped = re.sub(rf"\b{_ORDINAL}\b", ordinal.group("ordinal"), previous, count=1)
        return swapped if swapped != previous else None
    if expect(new).type not in (AnswerType.OPEN,) or not _content(new):
        return None
    mentions = [
        m
        for m in find_mentions(previous)
        if m.kind
        in (Kind.NAME, Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.COUNTRY, Kind.DATE)
    ]
    kinds = {m.kind for m in find_mentions(f"in {new}")}
    same = [m for m in mentions if m.kind in kinds] or (mentions if match.group("new") else [])
    if not same:
        return None
    before = previous[: same[-1].start]
    before = re.sub(r"\bthe $", "", before, flags=re.IGNORECASE)
    return before + new + previous[same[-1].end :]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
