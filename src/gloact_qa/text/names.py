"""Names of persons, organisations and places, by how they are written and introduced."""

import re
from collections.abc import Iterator
from functools import cache

from gloact_qa.schema import Kind, Mention
from gloact_qa.text.lexicon import is_common_word
from gloact_qa.text.spans import Spans
from gloact_qa.text.terms import STOP_WORDS, fold

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"  # a letter that is not lower-case
_WORD = rf"{_CAPITAL}(?:[^\W_]|['’-](?=[^\W_])|\.(?=[^\W\d_]{{2}}))*"
_INITIAL = rf"{_CAPITAL}\.(?:\s?{_CAPITAL}\.)*"
_LOWER_PARTICLE = r"(?:de|der|den|van|von|del|della|da|dos|du|la|le|al|bin|ibn|y|e)"
_PERSON_NAME = rf"{_WORD}(?: (?:{_INITIAL} )?(?:{_LOWER_PARTICLE} ){{0,2}}{_WORD}){{0,4}}"
_TITLE = (
    r"(?:H\.\s?E\.|Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Hon|Amb|Ambassador"
    r"|President|Minister|Secretary|Chancellor|Governor|Senator|Mayor|Councillor|Judge|Justice"
    r"|King|Queen|Prince|Princess|Emperor|Empress|Pope|Saint|Duke|Count|Earl|Bishop|Archbishop"
    r"|Cardinal|General|Colonel|Captain|Major|Commander|Inspector|Sergeant|Nurse|Doctor)\.?"
)
_TITLED = re.compile(rf"(?<!\w)(?:{_TITLE}\s+){{1,4}}(?P<name>{_PERSON_NAME})")
_TITLES_BEFORE = re.compile(rf"(?<!\w)(?:{_TITLE}\s+){{1,4}}\Z")
_TITLES_LENGTH = 60  # characters before a name in which its titles stand
_JOINER = r"(?:(?:of|for|on|in|against|to|at) (?:the )?|the |and the |& )"
_NAME = re.compile(
    rf"(?<![\w@.’'/-]){_WORD}"
    rf"(?: (?:{_INITIAL} )?(?:{_JOINER}|(?:{_LOWER_PARTICLE} ){{1,2}})?{_WORD}){{0,11}}"
)
_ORGANISATION_WORD = re.compile(
    r"\b(?:Organi[sz]ations?|Commission|Office|Union|University|College|School|Institute"
    r"|Ministry|Delegation|Committee|Bank|Council|Agency|Authority|Group|Compan(?:y|ies)|Party"
    r"|Court|Association|Foundation|Fund|Department|Club|Corporation|Inc|Ltd|Museum|Library"
    r"|Parliament|Senate|Congress|Assembly|Government|Secretariat|Federation|Society|Trust"
    r"|Services?|Centre|Center|Network|Alliance|Facility|Programme|Church|Press|Nations"
    r"|Chamber|Board|League|Laborator(?:y|ies)|Hospital|Partners?|Railways?|Airlines?|Consortium)\b"
)
_PLACE_WORD = re.compile(
    r"\b(?:Rivers?|Mountains?|City|County|Street|Road|Avenue|Square|Islands?|Lake|Sea|Ocean|Valley"
    r"|Park|Bay|Beach|Coast|Province|Region|District|East|Peninsula|Basin|Gulf|Airport|Station"
    r"|Bridge|Palace|Stadium|Hall|Harbou?r|Port|Hills?|Desert|Forest)\b"
)
# How people call some countries beside the names of ISO 3166, and places that are no countries.
_OTHER_COUNTRIES = frozenset(
    """
    england scotland wales britain russia vietnam bolivia venezuela tanzania syria laos taiwan
    palestine kosovo iran moldova brunei burma usa uk turkey
    """.split()
)
_OTHER_PLACES = frozenset(
    """
    africa america asia europe oceania balkans caribbean scandinavia london paris berlin vienna rome
    madrid brussels geneva moscow beijing tokyo washington california texas florida
    """.split()
)
ROLE_WORD = re.compile(
    r"\b(?:ambassador|envoy|minister|president|chair(?:man|woman|person)?|chief|director|secretary"
    r"|co-?ordinator|representative|commissioner|prosecutor|officer|head|manager|mayor|governor"
    r"|spokes(?:man|woman|person)|professor|researcher|scientist|economist|curator|judge|lawyer"
    r"|leader|moderator|(?:co-)?founder|chancellor|lecturer|ceo|cfo|coo|cto|author|editor|engineer|architect"
    r"|councillor|senator|member|specialist|advis[eo]r|analyst|inspector|general|commander|doctor"
    r"|nurse|teacher|artist|king|queen|emperor|duke|bishop|pope|treasurer|owner|executive|\w+ologist"
    r"|\w+ographer|ranger|farmer|keeper|conservator|convener|partner|deputy|resident|student)s?\b",
    re.IGNORECASE,
)
_LEADING_ROLE = re.compile(
    rf"(?<![\w@.’'/-])(?P<role>(?:{_WORD} ){{0,3}}(?i:{ROLE_WORD.pattern}))(?: |\Z)"
)
_OF = re.compile(r"(?:of|for|to|from) (?:the )?")
_PREPOSITION = re.compile(r" (?:for|to|in|at|on|against) (?:the )?")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|across|throughout|into|around)(?: the)? \Z")
_SPEECH_AFTER = re.compile(
    r"(?<![,\s])[,\s]*+(?:(?:who|also|then) )?"
    r"(?:said|says|stated|told|added|explained|announced|noted"
    r"|warned|recalled|stressed|argued|wrote|declared|commented|urged|welcomed|thanked)\b"
)
_COUNTRY_SEPARATOR = re.compile(r",? (?:and )?(?:the )?\Z|,\Z|, \Z")


def titled_from(text: str, start: int) -> int:
    """Return where a name that begins at ``start`` begins with its titles."""
    titles = _TITLES_BEFORE.search(text, max(0, start - _TITLES_LENGTH), start)
    return titles.start() if titles else start


@cache
def country_names() -> frozenset[str]:
    """Return the folded names of the world's countries (ISO 3166, by pycountry)."""
    import pycountry

    names = {
        getattr(country, key)
        for country in pycountry.countries
        for key in ("name", "common_name", "official_name")
        if hasattr(country, key)
    }
    names |= {name.split(",")[0] for name in names}
    return frozenset(fold(name) for name in names) | _OTHER_COUNTRIES


def named_mentions(text: str) -> Iterator[Mention]:
    """Yield the names in a sentence with their kinds; NAME where the kind is not told.

    A role that stands before a person's name ("Director Jane Doe") is yielded too,
    the person as its owner.
    """
    titled = list(_TITLED.finditer(text))
    taken = Spans(match.span() for match in titled)
    for match in titled:
        yield Mention(Kind.PERSON, *_bare(text, *match.span("name")))
    countries: list[Mention] = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        if taken.overlap(start, end):
            continue
        for mention in _classified(text, _skip_opening(text, start, end), end):
            if mention.kind is Kind.COUNTRY:
                countries.append(mention)
            yield mention
    yield from _country_lists(text, countries)


def _classified(text: str, start: int, end: int) -> Iterator[Mention]:
    """Yield what a capitalised stretch names, once a role before it is taken off."""
    start, end = _bare(text, start, end)
    joint = _PREPOSITION.search(text, start, end)
    if joint and _is_country_or_place(text[start : joint.start()]):
        yield from _classified(text, start, joint.start())  # "Norway for Iceland"
        yield from _classified(text, joint.end(), end)
        return
    role = _LEADING_ROLE.match(text, start, end)
    if role is None:
        if start < end:
            yield Mention(_kind(text, start, end), start, end)
        return
    rest = role.end()
    of = _OF.match(text, rest, end)
    if of:  # "Ambassador of Belarus" is no name; "Belarus" is
        yield from _classified(text, of.end(), end)
    elif rest < end:  # "Director Jane Doe"
        yield Mention(Kind.PERSON, rest, end)
        yield Mention(Kind.ROLE, start, role.end("role"), rest, end)


def _is_country_or_place(name: str) -> bool:
    folded = fold(name)
    return folded in country_names() or folded in _OTHER_PLACES


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without a genitive's ending."""
    return start, end - 2 if text[max(start, end - 2) : end] in ("'s", "’s") else end


def _skip_opening(text: str, start: int, end: int) -> int:
    """Skip words that have a capital only because they open a sentence or a quotation."""
    while start < end:
        word = text[start:end].split(maxsplit=1)[0]
        opens = start == 0 or _last_visible(text, start) in "\"“‘'.!?:"
        last = start + len(word) == end
        if word.isupper() and len(word) > 1:  # an abbreviation: "US"
            return start
        asks = re.split("['’]", word)[0]  # "Where's Jane Doe from?"
        common = fold(asks) in STOP_WORDS or (opens and last and is_common_word(fold(word)))
        if not common:
            return start
        start += len(word) + 1
    return end


def _last_visible(text: str, end: int) -> str:
    """Return the last character before ``end`` that is no white space; empty if there is none."""
    while end and text[end - 1].isspace():
        end -= 1
    return text[end - 1 : end] if end else ""


def _kind(text: str, start: int, end: int) -> Kind:
    name = text[start:end]
    folded = fold(name)
    if folded in country_names():
        return Kind.COUNTRY
    if _ORGANISATION_WORD.search(name):
        return Kind.ORGANISATION
    if folded in _OTHER_PLACES:
        return Kind.PLACE
    if folded.rsplit(" of ", 1)[-1] in country_names() and " of " in folded:
        return Kind.COUNTRY
    words = name.split()
    if _PLACE_WORD.search(name) and not words[0].isupper():
        return Kind.PLACE
    if len(words) == 1 and name.isupper() and len(name) > 1:
        return Kind.ORGANISATION
    introduced = _SPEECH_AFTER.match(text, end) or (
        text.startswith(",", end) and ROLE_WORD.search(text, end, end + 40)
    )
    if introduced or (len(words) > 1 and ROLE_WORD.search(text, max(0, start - 25), start)):
        return Kind.PERSON
    if _PLACE_BEFORE.search(text, max(0, start - 20), start):
        return Kind.PLACE
    return Kind.NAME


def _country_lists(text: str, countries: list[Mention]) -> Iterator[Mention]:
    """Yield the runs of two countries or more that only commas and "and" part."""
    run: list[Mention] = []
    for country in countries:
        if run and _COUNTRY_SEPARATOR.match(text, run[-1].end, country.start):
            run.append(country)
            continue
        if len(run) > 1:
            yield Mention(Kind.COUNTRIES, run[0].start, run[-1].end)
        run = [country]
    if len(run) > 1:
        yield Mention(Kind.COUNTRIES, run[0].start, run[-1].end)


def looks_like_person(name: str) -> bool:
    """Tell whether a name of unknown kind may be a person's: two to four words, one uncommon."""
    words = name.split()
    return (
        1 < len(words) <= 4
        and not any(fold(word) in STOP_WORDS for word in words)
        and not any(c.isdigit() or c == "." for c in name)
        and not all(is_common_word(fold(word)) for word in words)
    )
