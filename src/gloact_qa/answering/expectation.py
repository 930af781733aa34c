"""What a question asks for: its expected answer type.

Rules over the words of the question, in the manner of X. Li and D. Roth, Learning
question classifiers (COLING 2002), for the types that releases answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

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
    DURATION = "duration"
    QUANTITY = "quantity"
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


_NAMES = {Kind.NAME: 0.8}
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
    AnswerType.QUANTITY: {Kind.QUANTITY: 1.0, Kind.PERCENT: 0.6},
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
_CONTACTS: tuple[tuple[str, Kind], ...] = (
    (r"\be-?mails?\b|\bmail\b", Kind.EMAIL),
    (
        r"\bweb ?sites?\b|\burl\b|\bweb\b|\bhome ?page\b|\bonline\b|\binternet\b|\blinks?\b",
        Kind.URL,
    ),
    (r"\bhandle\b|\bhashtag\b|\btweets?\b|\bsocial media\b", Kind.HANDLE),
    (r"\bphone\b|\btelephone\b|\bcall\b|\bnumber to (?:call|ring)\b|\bfax\b", Kind.PHONE),
)
_NETWORK = re.compile(
    r"\b(?:twitter|facebook|instagram|linkedin|youtube|tiktok|telegram|whatsapp|mastodon|bluesky|threads|flickr)\b",
    re.IGNORECASE,
)
_ANY_CONTACT = {Kind.EMAIL: 1.0, Kind.PHONE: 0.9, Kind.URL: 0.8, Kind.HANDLE: 0.7}


@dataclass(frozen=True, slots=True)
class Expectation:
    """The expected answer type, and the kinds of mention that fit it (0 to 1)."""

    type: AnswerType
    fit: Mapping[Kind, float] = field(default_factory=dict)
    counted: str = ""  # of a quantity: what is counted ("how many countries")
    # Whether somebody is asked for by an office: the names in the question belong to it.
    office: bool = False
    # What a date must have where a year, a month or a day is asked for; what must stand beside
    # a handle where that of one network is.
    form: re.Pattern[str] | None = None

    @property
    def typed(self) -> bool:
        """Tell whether only certain mentions can be the answer."""
        return bool(self.fit)


_AUXILIARY = (
    r"(?:is|are|was|were|did|do|does|will|has|have|had|can|could|would|should|may|might|must)"
)
_SAY = r"(?:say|said|saying|tell|told|comment|remark|declare|think|thinks|react|add|have to say)"
_MEASURES = r"(?:big|large|tall|high|far|deep|wide|old|heavy|fast|hot|cold|few|dim|bright|strong)"
_BODIES = (
    r"(?:organi[sz]ations?|agenc(?:y|ies)|compan(?:y|ies)|bod(?:y|ies)|institutions?|group"
    r"|universit(?:y|ies)|team|party|partners?|meeting|commission|donors?|ministry|firm|department"
    r"|newspaper|office|union|publication|journal|manufacturer|school|museum|bank)"
)
_PERSONS = (
    r"(?:person|man|woman|official|diplomat|politician|leader|speaker|scientist|author|artist"
    r"|player|king|queen|president|minister|ambassador|director|envoy|boss|expert|actor|researcher"
    r"|philosopher|explorer|singer|economist|archaeologist|moderator|spokes\w+|representative|chair\w*)"
)
_PLACES = (
    r"(?:city|cities|town|place|location|region|regions|area|areas|venue|island|islands|continent"
    r"|province|county|village|part of the world|airports?|river|street|district)"
)
_UNITS = r"(?:years|months|days|weeks|hours|minutes)"
# "which" and up to two words before what is asked for: "which new member states"
_WHICH = r"\b(?:which|what|wich) (?:(?!(?:did|do|does|is|are|was|were|the|has|have|will|can|a|an)\b)\w+ ){0,2}?"
_LEADS = (
    r"(?:heads?|headed|leads?|led|chairs?|chaired|moderat\w+|represent\w+|spoke|speaks|addressed"
    r"|presid\w+|directs?|presented|opened|steered|facilitated|runs)"
)
# In the order in which they are tried.
_RULES: tuple[tuple[AnswerType, re.Pattern[str]], ...] = tuple(
    (answer_type, re.compile("|".join(patterns), re.IGNORECASE))
    for answer_type, *patterns in (
        (
            AnswerType.YESNO,
            r"^(?:and |so |but |also )?(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|isn't|aren't|didn't|doesn't)\b",
        ),
        (
            AnswerType.EXPANSION,
            r"\bstands? for\b|\bacronym\b|\babbreviat(?:ion|ed)\b(?! as)|\bfull (?:name|form)\b",
            r"\bspell(?:ed|t)? out\b|\b(?-i:[A-Z]{2}\w*)\b.* in full\b|\bshort for\b|\bwritten out\b|\binitials\b",
            r"\b(?-i:(?:\w+\.)?[A-Z]{2}\w*) mean(?:s|ing)?\b|\bmeaning of (?-i:[A-Z]{2})",
        ),
        (
            AnswerType.PERCENT,
            r"\b(?:what|which) (?:percent|percentage|share|proportion|fraction|portion)\b|\bhow many percent\b|\bpercentage of\b",
        ),
        (
            AnswerType.MONEY,
            r"\bhow much (?:money|funding|cash)\b|\b(?:budget|cost|costs|price|priced|fee|revenue|turnover|salary|net loss|profit)\b(?! of living)",
            r"\bhow much\b.*\b(?:cost|pay|paid|paying|worth|spend|spent|give|giving|gave|given|contribut\w+|fund\w*|donat\w+|pledge\w*|invest\w*|charge\w*|earn\w*|raise[ds]?|receive[ds]?|insured|borrow|save|euros?|dollars?|pounds?)\b",
            r"\bhow many (?:million|billion)?s?\s?(?:euros?|dollars?|pounds?)\b|\bhow expensive\b|\bhow many (?:m|b)illions?\b|\bhow much is\b.*\b(?:worth|it|ticket|tickets)\b|\b(?:amount|sum) of (?:money|funding)\b|\bworth\s*\??$",
        ),
        (
            AnswerType.DURATION,
            rf"^(?:and |so )?(?:for )?how (?:long|often|frequently|soon)\b(?! ago)|\bhow many {_UNITS}\b",
            r"\bhow far ahead\b|\bduration\b|\bfor how long\b",
        ),
        (AnswerType.AMOUNT, r"\bhow much\b"),
        (
            AnswerType.QUANTITY,
            rf"\bhow (?:many|{_MEASURES})\b|\b(?:total )?number of\b|\bwhat (?:number|size|amount|distance|temperature|age)\b",
            r"\bwhat (?:is|was|are|were) the (?:\w+ ){0,2}(?:speed|rate|length|width|height|weight|size|population|amount|distance|temperature)\b|\b(?:length|height|amount|attendance)\s*\??$|^number\b",
        ),
        (
            AnswerType.DATE,
            rf"^(?:\W*(?:and|so|but|since|until|till|by|from) )?when(?:'s|\s+{_AUXILIARY}|\s+exactly|\s*\?|\s*$)|\bwhen\s*\?$|^when \w+\s*\??$",
            r"\b(?:what|which) (?:exact )?(?:years?|dates?|days?|months?|centur(?:y|ies)|decades?|time|season|period|weekday|evening)\b",
            r"\bhow long ago\b|\b(?:since|until|till|by) when\b|\b(?:date|years?|dates|when)\s*\??\s*$|^(?:date|year|years|dates)\b|\bdeadline\b",
        ),
        (
            AnswerType.COUNTRIES,
            rf"{_WHICH}(?:countries|nations|member states|(?<!united )states)\b(?!')|\b(?:list|name)\b.* (?:countries|nations)\b",
            rf"{_WHICH}(?:country|nation) (?:are|were)\b|^countries\b",
            r"^(?:\w+ ){0,3}(?:countries|nations)\s*\??$|\bcountries (?:covered|involved|list)\b",
        ),
        (AnswerType.COUNTRY, r"\b(?:which|what) (?:\w+ )?(?:country|nation)\b"),
        (
            AnswerType.AGENT,
            r"\bwhere (?:does|do|did|is) .*\b(?:money|funding|funds|cash)\b.*\bcom(?:e|ing)\b",
        ),
        (
            AnswerType.PLACE,
            r"\bwhere\b(?! (?:can|could|do|should) (?:i|we|one|people) (?:read|find|get|learn|see|contact|write|reach|look))",
            rf"\b(?:what|which) (?:\w+ )?{_PLACES}\b|\b(?:location|venue|place|city)\s*\??$|\bvenue\b",
        ),
        (
            AnswerType.QUOTATION,
            rf"\bwhat (?:else )?(?:did|does|do|has|had) (?!(?:that|this|it|they|people|anyone)\b|(?:the |some |other )?(?-i:[a-z]+s) ).{{2,90}}? {_SAY}\b|\bwhat (?:the|mr|ms|mrs|dr)\b.{{2,60}} said\b",
            r"^(?:\S+ ){1,3}(?:quote|said|statement)\s*\??$|\bquotes? (?:by|of|from)\b|(?:'s|s') quote\b|\b(?:exact|actual) words\b|\bwhat were the words of\b",
            r"\bwhat (?:was|is|were) .{2,60}?(?:'s|s') (?:comment|message|reaction|opinion|statement|words|quote|take|remarks?|view)\b",
            r"\bwhat .{2,60} (?:proud of|think of)\b",
        ),
        (
            AnswerType.STATEMENT,
            rf"\bwhat (?:else )?(?:did|does|do|has|had) .{{2,90}}? {_SAY}\b",
            r"\bhow (?:does|did|do|would) .*\b(?:see|view|describe|feel|characteri[sz]e|regard|judge|assess)\b",
            r"\bin .{3,50}(?:'s|s') (?:view|opinion|words|eyes)\b|\baccording to (?-i:Mr|Ms|Mrs|Dr|the \w+(?: \w+)?,|[A-Z])",
            r"\b(?:why|what) (?:does|did|do) .*\b(?:think|believe)\b",
        ),
        (
            AnswerType.ROLE,
            r"\bfor a living\b|\bin (?:what|which) capacity\b|\b(?:position|role|job|post|title|function|occupation|rank)\b(?:.*\b(?:of|does|is|hold|held|has|have)\b|\s*\??$)",
            r"^(?:and |so )?who (?:is|was|'s|will be|would be|became|becomes|has been) (?P<whom>[^?]+)\??$|^who exactly is\b|\bwhat does (?:he|she) do\b",
        ),
        (
            AnswerType.ORGANISATION,
            rf"{_WHICH}{_BODIES}\b|\bname of the (?:\w+ ){{0,2}}?{_BODIES}\b|\borgani[sz]ers?\b|\bpartners?\s*\??$|\b(?:donor|sponsor|funder)s?\b",
        ),
        (
            AnswerType.PERSON,
            rf"{_WHICH}(?:{_PERSONS}|{ROLE_WORD.pattern})s?\b|^(?:and |so |but )?who (?:\w+ )?{_LEADS}\b|\bname of (?:the |its |their |your )?(?:\w+ ){{0,3}}{_PERSONS}\b|^(?:\w+ ){{0,2}}moderator\s*\??$",
        ),
        (
            AnswerType.AGENT,
            r"^(?:\w+,? )?(?:and |so |but )?(?:(?:to|by|for|with|from|of|on|under|against) )?who(?:m|se|'s|s)?\b",
            r"\b(?:by|to|with|from) whom\b|[,:] ?who\b|\bwho(?:m| else)?\s*\??$",
        ),
        (
            AnswerType.DEFINITION,
            r"^(?:so |and )?what(?: exactly)? ?(?:is|are|was|were|'s|s) (?:an? |the )?[^?]{2,60}\??$",
            r"\bdefin(?:e|ition)\b|\bmeaning of\b|\bwhat does [\"'“]?[\w.-]+[\"'”]? mean\b|\btell me (?:more )?about\b",
        ),
        (
            AnswerType.NAME,
            r"\bwhat (?:\w+ ){0,3}(?:called|named)\b|\bname of\b|\bwhat name\b|\bunder (?:what|which) (?:name|title|theme)\b|^(?:\w+ ){0,2}which (?!of|is|are|was|were)\w+\b",
        ),
        (AnswerType.LIST, r"\blist\b|\bwhat (?:kinds?|types?|sorts?) of\b"),
    )
)


_CONTACT = re.compile(
    r"\bcontact(?! group)|\be-?mails?\b|\bweb ?sites?\b|\burl\b|\bhome ?page\b|\bweb page\b|\bhandle\b|\bhashtag\b"
    r"|\b(?:twitter|facebook|instagram|linkedin|youtube|tiktok|telegram|whatsapp|mastodon|bluesky|flickr)\b"
    r"|\b(?:tele)?phone\b|\bwhere (?:\w+ ){0,3}(?:can|could|do|should) (?:i|we|one|people)\b.*\b(?:read|find|get|learn|see|contact|write|reach|look|inform\w*|more)\b"
    r"|\b(?:web|project(?:'s)?|own|official) page\b|\bthe link\b|\blink to\b|\b(?:get|be) in touch\b|\breach (?:them|you|the)\b|\bfollow (?:them|you|the \w+|it) on\b|\bsocial media\b|\bmore information\b|\bfind out more\b|\bon the web\b|\blearn more\b|\bwrite to\b",
    re.IGNORECASE,
)
_HOLDS_OFFICE = re.compile(
    r"^(?:\w+ )?who (?:\w+ )?(?:heads?|headed|leads?|chairs?|chaired|represent\w*|directs?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    rf"\b(?:who|whom|what|when|where|which|why|how|{_AUXILIARY})\b|(?:\S+ ){{6}}", re.IGNORECASE
)
_OFFICE = re.compile(
    rf"(?:the |our |its |their |your |an? |[A-Z]\S*'s )?(?:\S+ ){{0,4}}?{ROLE_WORD.pattern}",
    re.IGNORECASE,
)


_RELEASE = r"(?:press ?release|(?:this|the) (?:release|article|news|announcement|text|statement|piece|story))"
_OUT = r"(?:come out|came out|published|issued|released|go out|went out|put out|sent out|dated|out)"
_DATELINE = re.compile(
    rf"^(?:when|what (?:is|was)|what (?:date|day)|on (?:what|which) \w+|date|in (?:what|which) \w+)\b.*\b{_RELEASE}\b"
    rf"(?! (?:say|mention))|\b(?:when|what (?:date|day))\b.*\b(?:release|article|announcement)\b.*\b{_OUT}\b"
    rf"|^{_RELEASE} (?:date|day|publi\w+)|^(?:date of )?publi(?:cation|shing|shed)\b.{{0,12}}$"
    rf"|^how (?:old|recent) is {_RELEASE}|\bdate\b.*\b(?:top|printed)\b",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    rf"^(?:where|(?:from |in )?(?:what|which) (?:city|place|town))\b.*\b{_RELEASE}\b.*\b(?:from|{_OUT})\b",
    re.IGNORECASE,
)


def expect(question: str) -> Expectation:
    """Return what a standalone question asks for."""
    text = question.strip()
    if _SENT_FROM.search(text):
        return Expectation(AnswerType.DATELINE, {Kind.PLACE: 1.0, Kind.COUNTRY: 0.8})
    if _DATELINE.search(text) and re.search(
        r"\b(?:when|date|day|year|publi|old|recent)", text, re.I
    ):
        return Expectation(AnswerType.DATELINE, _FIT[AnswerType.DATELINE])
    if _CONTACT.search(text):
        return _contact(text)
    for answer_type, pattern in _RULES:
        match = pattern.search(text)
        if not match:
            continue
        if answer_type is AnswerType.ROLE and match.lastgroup == "whom":
            whom = match.group("whom")
            # "Who is the director of …?" asks for a person, "Who is Jane Doe?" for a role.
            if _OFFICE.match(whom):
                return Expectation(AnswerType.PERSON, _FIT[AnswerType.PERSON], office=True)
            if not _is_name(whom):
                return Expectation(AnswerType.AGENT, _FIT[AnswerType.AGENT])
        return Expectation(
            answer_type,
            _FIT.get(answer_type, {}),
            _counted(text),
            office=answer_type is AnswerType.PERSON and bool(_HOLDS_OFFICE.search(text)),
            form=_granularity(text),
        )
    if ROLE_WORD.search(text) and not _SENTENCE.search(text):  # "Iraq permanent representative?"
        return Expectation(AnswerType.PERSON, _FIT[AnswerType.PERSON])
    return Expectation(AnswerType.OPEN)


_COUNTED = re.compile(
    r"\b(?:how many|number of|what number of) (?:of the |the |of )?(?:\w+ (?=\w+s\b))?(\w+)",
    re.IGNORECASE,
)
_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(form))
    for asked, form in (
        (
            r"\b(?:what|which)(?: exact)? (?:month|day|date|weekday)\b|\bexact (?:day|date)\b",
            r"[A-Z][a-z]{2}|\d{1,2}[./]\d",
        ),
        (r"\b(?:what|which) (?:\w+ )?years?\b|\byears?\s*\??$", r"\d{4}"),
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


def _counted(text: str) -> str:
    match = _COUNTED.search(text)
    return match.group(1) if match else ""


def _granularity(text: str) -> re.Pattern[str] | None:
    return next((form for asked, form in _FORMS if asked.search(text)), None)


def _contact(text: str) -> Expectation:
    fit = {kind: 1.0 for pattern, kind in _CONTACTS if re.search(pattern, text, re.IGNORECASE)}
    if not fit:
        fit = dict(_ANY_CONTACT)
        if re.search(r"\b(?:read|learn|see|look|more)\b", text, re.IGNORECASE):
            fit[Kind.URL] = 1.0
    network = _NETWORK.search(text)
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
