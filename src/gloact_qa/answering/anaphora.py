"""What the pronouns of a follow-up stand for.

Persons are looked for among the names of the previous question and its answer, things
in the previous question's topic. Rules rather than a model: a pronoun here refers to
the turn before it, or to nothing that the bot could tell.
"""

import re
from collections.abc import Sequence

from gloact_qa.answering.antecedents import (
    abbreviation_in,
    longest_of,
    mentions_said,
    person_meant,
    persons_in,
    place_in,
    subject_of,
    things_asked,
    topic_of,
)
from gloact_qa.answering.asking_release import NETWORK
from gloact_qa.answering.expectation import AnswerType, expect
from gloact_qa.schema import MAX_TURN_READ, Kind, Turn

_PERSONAL = re.compile(
    r"\b(?P<subject>he|she|him"
    r"|the (?:man|gentleman|woman|lady)(?! (?:who|from|that|with|in|of|at)\b))\b"
    r"|\b(?P<possessive>his|her|hers)\b",
    re.IGNORECASE,
)
_TURNS_BACK = 3  # before the last one, in which a person is looked for
# What a possessive may go back to within its question
_NAMED = frozenset((Kind.NAME, Kind.ORGANISATION))
_BINDING = {"its": _NAMED, "their": _NAMED | {Kind.COUNTRY, Kind.COUNTRIES}}
_HERS = frozenset(("she", "her", "hers", "the woman", "the lady"))
_NEUTRAL = re.compile(
    r"\b(?P<possessive>its|their|theirs)\b"
    r"|\b(?P<subject>it|they|them)\b"
    # "that" alone, not before a noun: "When did that start?"
    r"|\b(?P<demonstrative>(?:this|that|these|those)(?: (?:one|ones))?)\b"
    r"(?=\s*[?.!,]|$|\s+short\b"
    r"|\s+(?:\w+ly )?(?:in|for|by|on|with|about|to|from|start|begin|end|cost|run|take|happen|stand"
    r"|mean|go|work|cover|include|come|help|bring|look|show|tell|send|say|prove|is|was|are|were)\b)"
    # "that country", "in that city"
    r"|\b(?P<short>(?:this|that|the) (?:abbreviation|acronym))\b"
    r"|\b(?P<kind>(?:this|that|the same) (?:country|nation|city|town|place))\b"
    # "there", but not "is there" and not "there is"
    r"|\b(?<!was )(?<!were )(?<!be )(?P<place>there)\b(?! (?:is|are|was|were|any|an?)\b)",
    re.IGNORECASE,
)
# "it" that stands for nothing: "Is it true that …?"
_EXPLETIVE = re.compile(
    r"\b(?:is|was|does) it (?:true|possible|ok|right|correct|the case)\b"
    r"|\b(?:what|who) is it that\b",
    re.IGNORECASE,
)
# "And the director, what did she say?"
_FRONTED = re.compile(
    r"^(?:(?:what|how) about |(?:going |to come )?back to |as for |regarding |concerning )?"
    r"(?P<topic>[^,:?]{3,80})[,:] "
    r"(?P<rest>(?:(?:in|from|by|to|for|on) )?"
    r"(?:what|who|when|where|how|why|which|did|does|is|was|has)\b.*)$",
    re.IGNORECASE,
)
# What "her" possesses: not "Did anyone give her an answer?"
_POSSESSED = re.compile(
    r"\A\s+(?!(?:an?|the|any|some|this|that|in|on|to|at|for|from|by|with|about|and|or)\b)\w",
    re.IGNORECASE,
)


def resolve_pronouns(question: str, previous: str, last: Turn, earlier: Sequence[Turn] = ()) -> str:
    """Return a follow-up with its pronouns replaced by what they stand for.

    ``previous`` is the standalone form of the last turn's question; persons are also looked
    for in the ``earlier`` turns, the latest last. A question without a
    pronoun, or with one that stands for nothing known, comes back as it is.
    """
    fronted = _FRONTED.match(question)
    if fronted:
        pronoun = _PERSONAL.search(fronted["rest"]) or _NEUTRAL.search(fronted["rest"])
        if pronoun:
            return _substituted(fronted["rest"], pronoun, fronted["topic"])
    return _resolve_neutral(_resolve_persons(question, previous, last, earlier), previous, last)


def _resolve_persons(question: str, previous: str, last: Turn, earlier: Sequence[Turn]) -> str:
    match = _PERSONAL.search(question)
    if not match:
        return question
    female = match.group().lower() in _HERS
    if match["possessive"] and persons_in(question[: match.start()], female):
        return question  # "What did Jane Doe put in her report?"
    before = reversed(earlier[-_TURNS_BACK:])
    said = [
        (previous, last.answer),
        *((turn.question, turn.answer[:MAX_TURN_READ]) for turn in before),
    ]
    name = next((name for turn in said if (name := person_meant(*turn, female))), None)
    return _substituted(question, match, name) if name else question


def _is_bound(question: str, pronoun: re.Match[str]) -> bool:
    """Tell whether a possessive goes back to a name before it: "What did A do with its …?"."""
    kinds = _BINDING.get(pronoun.group().lower(), frozenset())
    return any(m.end < pronoun.start() and m.kind in kinds for m in mentions_said(question))


def _substituted(text: str, pronoun: re.Match[str], name: str) -> str:
    """Return the text with a pronoun replaced; "her" before a noun is possessive."""
    rest = text[pronoun.end() :]
    possessive = pronoun["possessive"] and _POSSESSED.match(rest)
    return text[: pronoun.start()] + name + ("'s" if possessive else "") + rest


def _resolve_neutral(question: str, previous: str, last: Turn) -> str:
    if _EXPLETIVE.search(question):
        return question
    match = _NEUTRAL.search(question)
    if not match or _is_bound(question, match):
        return question
    topic = _antecedent(question, match, previous, last.answer)
    if topic is None:
        return question
    return _substituted(question, match, f"in {topic}" if match["place"] else topic)


def _antecedent(question: str, match: re.Match[str], previous: str, answer: str) -> str | None:
    """Return what a pronoun that stands for no person goes back to; None if nothing is known."""
    pronoun = match.group().lower().split()[0]
    if pronoun == "them" and _asks_for_contact(question) and _asks_for_contact(previous):
        # Whom to reach, not by what
        body = longest_of(previous, [m for m in mentions_said(previous) if m.kind in _NAMED])
        return body if body and not NETWORK.search(body) else None
    topic = place_in(answer) if match["place"] else None
    if match["kind"]:
        topic = place_in(previous) or place_in(answer)
    if match["short"]:
        topic = abbreviation_in(answer) or abbreviation_in(previous)
    elif expect(question).type is AnswerType.EXPANSION:
        topic = abbreviation_in(previous) or abbreviation_in(answer)
    if pronoun in ("they", "them"):
        topic = topic or subject_of(previous) or things_asked(previous)
    elif pronoun in ("these", "those"):
        topic = things_asked(previous)
    singular = pronoun in ("it", "its", "this", "that")
    topic = topic or topic_of(previous, singular) or topic_of(previous)
    return topic or topic_of(answer, singular)


def _asks_for_contact(question: str) -> bool:
    return expect(question).type is AnswerType.CONTACT
