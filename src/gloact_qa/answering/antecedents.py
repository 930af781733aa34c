"""What a turn of a conversation speaks of: whom or what a pronoun after it may stand for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from gloact_qa.answering.expectation import AnswerType, asked_noun, expect
from gloact_qa.answering.wording import content_words
from gloact_qa.schema import Kind, Mention
from gloact_qa.text.mentions import find_mentions
from gloact_qa.text.names import ROLE_WORD, looks_like_person
from gloact_qa.text.terms import STOP_WORDS, fold

_NO_HEAD = r"\w+(?:ing|ed|ly)\b"  # words that are no noun by their ending
# An article, up to five words and a noun; what follows shows that the phrase ends there.
_NOUN_PHRASE = re.compile(
    rf"\b(?:the|this|an?) (?:(?!already|also|(?:the|an?)\b|{_NO_HEAD})[\w.'’-]+ ){{0,5}}?"
    rf"(?!(?:the|an?)\b|{_NO_HEAD})(?P<head>[\w.'’-]+)"
    r"(?=\s*(?:\?|$|[,.]|\b(?:is|are|was|were|will|has|have|had|did|does|do|can|be|being"
    r"|in|on|at|by|for|of|to|from|with|about|that|who|which|and(?! (?-i:[A-Z]))"
    r"|take|cost|last|start|begin|end|run|cover|focus|build|support|include|held|funded|going|set"
    r"|already|also|\w+(?:ing|ed|ly)|give|get|make|do|provide|offer|help|work|aim|try|want|need|plan"
    r"|bring|deal|address|happen|come|say|mean|pay|spend|use|serve|involve|affect|look|seek|operate"
    r"|belong|reach|receive|protect|create|produce|allow|ask|call|consist|contain|go|add|expect"
    r"|hope|stress|emphasi[sz]e|mention|think|believe)\b))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?:several|many|most|some|all|both|other|the) (?:of the )?(?:(?!\w+s\b)\w+ )?\w+(?<!s)s\b",
    re.IGNORECASE,
)
# "NGOs", "projects"; not "United Nations", "basis", "campus", "press"
_PLURAL = re.compile(r"\b(?:[A-Z]{2,}|[a-z]+[b-hj-rtv-z])s\Z")
_DO_SUPPORT = re.compile(
    r"(?:when|where|how|why|what|who|which|since when)\b.{0,20}?"
    r"\b(?:did|does|do|will|can|could|would)\b",
    re.IGNORECASE,
)
_IS_IT = re.compile(r"(?:and )?(?:is|are|was|were) the\b", re.IGNORECASE)
_OFFICE = re.compile(
    rf"{ROLE_WORD.pattern}|\b(?:boss|speaker|official|lady|gentleman|woman|man|host)\b",
    re.IGNORECASE,
)
_NOTHING_MORE = re.compile(r"(?: (?:about|for|of|in|on|with|to|at|from))?[\s?]*")
_CONTACT_WORD = re.compile(
    r"\b(?:address|e-?mail|website|page|phone|number|handle)\b", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"\b[A-Z][\w.]*[A-Z]\w*\b")
_MALE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|Father|chairman|spokesman)\.? *\Z", re.IGNORECASE)
_FEMALE = re.compile(
    r"\b(?:Ms|Mrs|Miss|Dame|Lady|Queen|Princess|Sister|chairwoman|spokeswoman)\.? *\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)  # the last questions and answers are looked at again and again
def mentions_said(text: str) -> tuple[Mention, ...]:
    """Return the mentions of a turn's question or answer."""
    return find_mentions(text)


def person_meant(previous: str, answer: str, female: bool) -> str | None:
    """Return the person whom a pronoun after this question and answer stands for."""
    in_question = persons_in(previous, female)
    if in_question:
        return in_question[-1]
    expected = expect(previous)
    mentions = mentions_said(answer)
    persons = [m for m in mentions if m.kind is Kind.PERSON] or [
        m for m in mentions if m.kind is Kind.NAME and looks_like_person(answer[m.start : m.end])
    ]
    fitting = [m for m in persons if _gender_fits(answer, m, female)]
    if not fitting:
        return _office(previous)
    if len(fitting) > 1 and expected.type is not AnswerType.LIST:
        # The one whose role, or whose neighbourhood, the question asked about.
        asked = {fold(word).rstrip("s") for word in content_words(previous)}
        fitting.sort(key=lambda m: -_shared(asked, _surroundings(answer, m, mentions)))
    return answer[fitting[0].start : fitting[0].end]


def _office(text: str) -> str | None:
    """Return the last person that a text names by an office: "the ambassador"."""
    phrases = [m.group() for m in _NOUN_PHRASE.finditer(text) if _OFFICE.search(m["head"])]
    return phrases[-1] if phrases else None


def persons_in(text: str, female: bool) -> list[str]:
    """Return the names of the persons in a text that a woman, or a man, may have."""
    return [
        text[m.start : m.end]
        for m in mentions_said(text)
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
    return sum(fold(word).rstrip("s") in asked for word in content_words(text))


def abbreviation_in(text: str) -> str | None:
    """Return the last abbreviation in a text."""
    found = _ABBREVIATION.findall(text)
    return found[-1] if found else None


def topic_of(text: str, singular: bool = False) -> str | None:
    """Return what a question is about: its longest name, else its last noun phrase.

    What stands for several things is left out where a ``singular`` one is looked for.
    """
    mentions = [
        m
        for m in mentions_said(text)
        if not ROLE_WORD.search(text[m.start : m.end])
        and not (singular and _PLURAL.search(text[m.start : m.end]))
    ]
    phrases = [
        _without_verb(text, m)
        for m in _NOUN_PHRASE.finditer(text)
        if not _is_pronoun(m.group())
        and not _CONTACT_WORD.search(m.group())
        and not (singular and _PLURAL.search(m["head"]))
    ]
    name = longest_of(text, [m for m in mentions if m.kind in (Kind.NAME, Kind.ORGANISATION)])
    if name:  # "the Alder extension" rather than "Alder"
        return next((p for p in phrases if f" {name}" in p), name)
    if phrases:
        return phrases[-1]
    noun = asked_noun(text)
    if noun and expect(text).type in (AnswerType.OPEN, AnswerType.NAME, AnswerType.ORGANISATION):
        return f"the {noun}"
    return longest_of(text, [m for m in mentions if m.kind in (Kind.PLACE, Kind.COUNTRY)])


def things_asked(question: str) -> str | None:
    """Return the things that "which countries" asks for, "the countries"."""
    noun = asked_noun(question)
    return f"the {noun}" if noun.endswith("s") else None


def subject_of(question: str) -> str | None:
    """Return the noun phrase that follows the question's auxiliary verb."""
    auxiliary = _DO_SUPPORT.match(question)
    if auxiliary is None:
        return None
    several = _SEVERAL.match(question, auxiliary.end() + 1)
    if several:
        return several.group()
    phrase = _NOUN_PHRASE.match(question, auxiliary.end() + 1)
    return _without_verb(question, phrase) if phrase else None


def _without_verb(question: str, phrase: re.Match[str]) -> str:
    """Return a noun phrase without the verb that ends "When did the Gull Bridge open?".

    Nor the adjective that ends "Is the bridge open?".
    """
    at_end = _NOTHING_MORE.fullmatch(question, phrase.end())
    words = phrase.group().split()
    says_of_it = _DO_SUPPORT.match(question) or _IS_IT.match(question)
    if at_end and len(words) > 2 and says_of_it:
        return " ".join(words[:-1])
    return phrase.group()


def longest_of(text: str, mentions: Sequence[Mention]) -> str | None:
    """Return the longest of a text's mentions."""
    longest = max(mentions, key=lambda m: m.end - m.start, default=None)
    return text[longest.start : longest.end] if longest else None


def _is_pronoun(phrase: str) -> bool:
    return all(fold(word) in STOP_WORDS for word in phrase.split())


def place_in(text: str) -> str | None:
    """Return the last place or country in a text."""
    places = [
        m for m in mentions_said(text) if m.kind in (Kind.PLACE, Kind.COUNTRIES, Kind.COUNTRY)
    ]
    return text[places[-1].start : places[-1].end] if places else None
