"""What a question asks for: its expected answer type.

Rules over the words of the question, in the manner of X. Li and D. Roth, Learning
question classifiers (COLING 2002), for the types that releases answer. The patterns
are in ``asking.py``, ``asking_about.py`` and ``asking_release.py``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from gloact_qa.answering import asking, asking_about, asking_release
from gloact_qa.schema import Kind
from gloact_qa.text.names import ROLE_WORD
from gloact_qa.text.terms import STOP_WORDS, fold


class AnswerType(StrEnum):
    """The expected answer type."""

    PERSON = "person"
    AGENT = "agent"  # who: a person or an organisation
    ORGANISATION = "organisation"
    PLACE = "place"
    COUNTRY = "country"
    COUNTRIES = "countries"
    DATE = "date"
    DATELINE = "dateline"  # when the release itself came out
    LEAD = "lead"  # what the release is about: its first sentence
    DURATION = "duration"
    LENGTH = "length"  # how long is it: of time, or of a thing
    QUANTITY = "quantity"
    MEASURE = "measure"
    AMOUNT = "amount"
    PERCENT = "percent"
    MONEY = "money"
    EXPANSION = "expansion"
    DEFINITION = "definition"
    ROLE = "role"
    QUOTATION = "quotation"
    STATEMENT = "statement"  # somebody's view, in quotation marks or not
    CONTACT = "contact"
    YESNO = "yesno"
    LIST = "list"
    NAME = "name"
    OPEN = "open"


# How well each kind of mention fits a type, 0 to 1.
_FIT: Mapping[AnswerType, Mapping[Kind, float]] = {
    AnswerType.PERSON: {Kind.PERSON: 1.0, Kind.NAME: 0.6},
    AnswerType.AGENT: {
        Kind.PERSON: 1.0,
        Kind.ORGANISATION: 0.8,
        Kind.NAME: 0.7,
        Kind.COUNTRY: 0.5,
        Kind.COUNTRIES: 0.5,
    },
    AnswerType.ORGANISATION: {Kind.ORGANISATION: 1.0, Kind.NAME: 0.6, Kind.EXPANSION: 0.9},
    AnswerType.PLACE: {
        Kind.PLACE: 1.0,
        Kind.COUNTRY: 0.9,
        Kind.COUNTRIES: 0.9,
        Kind.NAME: 0.6,
        Kind.ORGANISATION: 0.3,
    },
    AnswerType.COUNTRY: {Kind.COUNTRY: 1.0, Kind.COUNTRIES: 0.8, Kind.NAME: 0.3},
    AnswerType.COUNTRIES: {Kind.COUNTRIES: 1.0, Kind.COUNTRY: 0.5},
    AnswerType.DATE: {Kind.DATE: 1.0},
    AnswerType.DATELINE: {Kind.DATE: 1.0},
    AnswerType.DURATION: {Kind.DURATION: 1.0},
    AnswerType.LENGTH: {Kind.DURATION: 1.0, Kind.MEASURE: 1.0},
    AnswerType.QUANTITY: {Kind.QUANTITY: 1.0, Kind.PERCENT: 0.6},
    AnswerType.MEASURE: {Kind.MEASURE: 1.0, Kind.QUANTITY: 0.5},
    # "how much": of a sum or a share rather than a count
    AnswerType.AMOUNT: {Kind.MONEY: 1.0, Kind.PERCENT: 1.0, Kind.QUANTITY: 0.2},
    AnswerType.PERCENT: {Kind.PERCENT: 1.0, Kind.QUANTITY: 0.2},
    AnswerType.MONEY: {Kind.MONEY: 1.0},
    AnswerType.EXPANSION: {Kind.EXPANSION: 1.0},
    AnswerType.ROLE: {Kind.ROLE: 1.0},
    AnswerType.QUOTATION: {Kind.QUOTATION: 1.0},
    AnswerType.STATEMENT: {Kind.QUOTATION: 1.0},
    AnswerType.NAME: {Kind.NAME: 1.0, Kind.ORGANISATION: 0.8, Kind.EXPANSION: 0.6, Kind.PLACE: 0.5},
}
_IN_A_COUNTRY = {Kind.PLACE: 1.0, Kind.NAME: 0.5, Kind.ORGANISATION: 0.3}
# In the order in which they are tried: a type before those whose patterns are wider.
_RULES: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    (AnswerType.QUOTATION, asking.SAID_ANYTHING),
    (AnswerType.EXPANSION, asking.EXPANSION),
    (AnswerType.YESNO, asking.YES_OR_NO),
    (AnswerType.PERCENT, asking.PERCENT),
    (AnswerType.MONEY, asking.MONEY),
    (AnswerType.LENGTH, asking.LENGTH),
    (AnswerType.DURATION, asking.DURATION),
    (AnswerType.MEASURE, asking.MEASURE),
    (AnswerType.AMOUNT, asking.AMOUNT),
    (AnswerType.QUANTITY, asking.QUANTITY),
    (AnswerType.DATE, asking.DATE),
    (AnswerType.COUNTRIES, asking.COUNTRIES),
    (AnswerType.COUNTRY, asking.COUNTRY),
    (AnswerType.AGENT, asking.FUNDER),
    (AnswerType.PLACE, asking.PLACE),
    (AnswerType.QUOTATION, asking.QUOTATION),
    (AnswerType.STATEMENT, asking.STATEMENT),
    (AnswerType.ROLE, asking.ROLE),
    (AnswerType.ORGANISATION, asking.ORGANISATION),
    (AnswerType.PERSON, asking.PERSON),
    (AnswerType.AGENT, asking.AGENT),
    (AnswerType.STATEMENT, asking.ACCORDING_TO),
    (AnswerType.DEFINITION, asking.DEFINITION),
    (AnswerType.NAME, asking.NAME),
    (AnswerType.LIST, asking.LIST),
)
_PERSONS = (AnswerType.PERSON, AnswerType.AGENT)
_CONTACTS = (
    (asking_release.EMAIL, Kind.EMAIL),
    (asking_release.URL, Kind.URL),
    (asking_release.HANDLE, Kind.HANDLE),
    (asking_release.PHONE, Kind.PHONE),
)
_ANY_CONTACT = {Kind.EMAIL: 1.0, Kind.PHONE: 0.9, Kind.URL: 0.8, Kind.HANDLE: 0.7}
# What a date or a duration must have, where the question asks for so much.
_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(form))
    for asked, form in (
        (
            r"\b(?:what|which)(?: exact)? (?:month|day|date|weekday)\b|\bexact (?:day|date)\b",
            r"[A-Z][a-z]{2}|\d{1,2}[./]\d",
        ),
        (r"\b(?:what|which) (?:\w+ )?years?\b|\byears?\s*\??$", r"\d{4}"),
        (
            r"\b(?:exact|precise)(?:ly)?\b.{0,60}\bhow (?:many|much)\b"
            r"|\bhow (?:many|much)\b.{0,60}\b(?:exact|precise)ly\b|\b(?:exact|precise) number\b",
            r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen"
            r"|hundred|thousand)\b",
        ),
        (r"\b(?:what|which) centur", r"centur|\d{3,4}"),
        (r"\b(?:what|which) (?:exact )?time\b", r"\d[:.]\d\d|\d ?[ap]\.?m|noon|midnight|o.clock"),
        *(
            (rf"\bhow many {unit}s?\b", rf"{unit}|{years}")
            for unit, years in (
                ("year", r"\d{4}"),
                ("month", "month"),
                ("week", "week"),
                ("day", "day"),
                ("hour", "hour"),
                ("minute", "minute"),
            )
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expected answer type, and the kinds of mention that fit it (0 to 1)."""

    type: AnswerType
    fit: Mapping[Kind, float] = field(default_factory=dict)
    counted: str = ""  # of a quantity: what is counted ("how many countries")
    # What a date must have where a year, a month or a day is asked for, and a number where an
    # exact one is; what must stand beside a handle where that of one network is.
    form: re.Pattern[str] | None = None
    # Whether somebody is asked for by an office: the names in the question belong to it.
    office: bool = False
    # Whether the country or place is asked for that somebody belongs to.
    origin: bool = False
    # The country or body that somebody is asked for of: "Which judge from Peru …?"
    belongs: str = ""
    # Whether the question may say the answer itself, or a part: "What is Doe's full name?"
    repeated: bool = False

    @property
    def typed(self) -> bool:
        """Tell whether only certain mentions can be the answer."""
        return bool(self.fit)


@lru_cache(maxsize=64)  # that of a conversation's turns is asked for again and again
def expect(question: str) -> Expectation:
    """Return what a standalone question asks for."""
    text = asking_about.LEAD_IN.sub("", question.strip())
    if asking_release.SENT_FROM.search(text):
        return Expectation(AnswerType.DATELINE, {Kind.PLACE: 1.0, Kind.COUNTRY: 0.8})
    if asking_release.DATELINE.search(text) and asking_release.DATE_WORD.search(text):
        return _expectation(AnswerType.DATELINE)
    if asking_release.ABOUT.search(text):
        return Expectation(AnswerType.LEAD)
    if asking_release.DOCUMENT.search(text):
        return Expectation(AnswerType.OPEN)
    if asking_release.CONTACT.search(text):
        if asking_about.NAMED_CONTACT.search(text):
            return _expectation(AnswerType.PERSON)
        return _contact(text)
    if asking_about.ORIGIN.search(text) and not asking.FUNDER.search(text):
        return Expectation(AnswerType.COUNTRY, _FIT[AnswerType.COUNTRY], origin=True)
    if asking.NAME_OF.search(text):
        return Expectation(AnswerType.PERSON, _FIT[AnswerType.PERSON], repeated=True)
    for answer_type, pattern in _RULES:
        match = pattern.search(text)
        if not match:
            continue
        if answer_type is AnswerType.ROLE and match.lastgroup == "whom":
            whom = match.group("whom")
            # "Who is the director of …?" asks for a person, "Who is Jane Doe?" for a role.
            office = asking_about.OFFICE.match(whom)
            if office and not office.group().lower().endswith(("partner", "partners")):
                return Expectation(AnswerType.PERSON, _FIT[AnswerType.PERSON], office=True)
            if not _is_name(whom):
                return _expectation(AnswerType.AGENT)
        fit = _FIT.get(answer_type, {})
        if answer_type is AnswerType.PLACE and asking_about.IN_A_COUNTRY.search(text):
            fit = _IN_A_COUNTRY
        return Expectation(
            answer_type,
            fit,
            _counted(text),
            _form(question),
            office=answer_type is AnswerType.PERSON
            and bool(asking_about.HOLDS_OFFICE.search(text)),
            belongs=_belongs(text) if answer_type in _PERSONS else "",
        )
    # "Iraq permanent representative?"
    if ROLE_WORD.search(text) and not asking_about.SENTENCE.search(text):
        return _expectation(AnswerType.PERSON)
    return Expectation(AnswerType.OPEN)


def _expectation(answer_type: AnswerType) -> Expectation:
    return Expectation(answer_type, _FIT[answer_type])


def _counted(text: str) -> str:
    match = asking_about.COUNTED.search(text)
    return match.group(1) if match else ""


def _belongs(text: str) -> str:
    patterns = asking_about.BELONGS, asking_about.SPOKE_FOR, asking_about.MEMBER_OF
    return next((match["of"] for p in patterns if (match := p.search(text))), "")


def asked_noun(question: str) -> str:
    """Return the last word of what follows "what" or "which" in a question.

    It is "" without any, and where that is a function word.
    """
    match = asking_about.ASKED_NOUN.search(question)
    return match.group(1) if match and fold(match.group(1)) not in STOP_WORDS else ""


def _form(text: str) -> re.Pattern[str] | None:
    return next((form for asked, form in _FORMS if asked.search(text)), None)


def _contact(text: str) -> Expectation:
    fit = {kind: 1.0 for pattern, kind in _CONTACTS if pattern.search(text)}
    if not fit:
        fit = dict(_ANY_CONTACT)
        if asking_release.READ_ON.search(text):
            fit[Kind.URL] = 1.0
    network = asking_release.NETWORK.search(text)
    if network:
        fit = {Kind.HANDLE: 1.0, Kind.URL: 0.8}
    return Expectation(
        AnswerType.CONTACT,
        fit,
        form=re.compile(network.group(), re.IGNORECASE) if network else None,
    )


def _is_name(text: str) -> bool:
    """Tell whether a stretch is a name of a few words, capitals or not."""
    words = text.strip(" ?!.").split()
    return (
        0 < len(words) <= 5
        and not any(fold(word) in STOP_WORDS for word in words)
        and not words[0].endswith(("ing", "ed"))
        and words[0] not in ("responsible", "behind")
    )
