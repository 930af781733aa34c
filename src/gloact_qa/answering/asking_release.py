"""How people ask about the release itself: whom to contact, and its date and place.

Data of ``expectation.py``.
"""

from gloact_qa.answering.regexes import any_of, then

_NETWORKS = (
    r"(?:twitter|facebook|instagram|linkedin|youtube|tiktok|telegram|whatsapp|mastodon|bluesky"
    r"|flickr)"
)
# "threads" alone does not make a question one of contact, as it is a common word too.
NETWORK = any_of(rf"\b(?:{_NETWORKS}|threads)\b")
CONTACT = any_of(
    r"\bcontact(?! group)",
    r"\be-?mails?\b",
    r"\bweb ?sites?\b",
    r"\bweb ?address",
    r"\burl\b",
    r"\bhome ?page\b",
    r"\bweb page\b",
    r"\bhandle\b",
    r"\bhashtag\b",
    rf"\b{_NETWORKS}\b",
    r"\b(?:tele)?phone\b",
    then(
        r"\bwhere (?:\w+ ){0,3}(?:can|could|do|should) (?:i|we|one|people)\b",
        r"\b(?:read|find|get|learn|see|contact|write|reach|look|inform\w*|more)\b",
    ),
    r"\bwhere (?:i|we|one|people) can (?:read|find|get|learn|look|see)\b",
    r"^where (?:to )?(?:find|read|get|learn) (?:out )?(?:more|further)\b",
    r"\b(?:web|project(?:'s)?|own|official) page\b",
    r"\b(?:the|an?|any) link\b",
    r"\blink to\b",
    r"\b(?:get|be) in touch\b",
    r"\breach (?:you|the (?:press|project|office|team|organi[sz]\w+|newsroom|authors?))\b",
    r"\bfollow (?:them|you|the \w+|it) on\b",
    r"\bsocial media\b",
    r"\bmore information\b",
    r"\bfind out more\b",
    r"\bon the web\b",
    r"\blearn more\b",
    r"\bwrite to\b",
    r"\b(?:where|how|whom?) (?:can|could|do|should|may) (?:i|we|you|one|people) send\b",
    r"\binternet (?:address|site|page)\b",
    r"\b(?:page|site|address) on the (?:net|internet)\b",
    r"\bget (?:a )?hold of\b",
    r"\bhow (?:else )?(?:can|could|do|does|should|would|might)"
    r" (?:i|we|you|one|people|somebody|someone|a \w+)"
    r" (?:best )?(?:reach|contact|call|phone|ring|mail|message|follow)\b",
)
# "Where can I read her speech?": no address, but where it is said to be
_PUBLISHED = (
    r"(?:speech|remarks|address|statement|report|study|paper|text|transcript|video|recording"
    r"|document|publication|book|photos?|pictures?)"
)
_READ = r"(?:read|find|get|get hold of|see|watch|hear|download)"
DOCUMENT = any_of(
    rf"^(?:and |so )?(?:can|could|may) (?:i|we|one|people|you) (?:\w+ )?{_READ} (?:\S+ ){{1,6}}?"
    rf"{_PUBLISHED}\b",
    r"\bwhere (?:\w+ ){0,3}(?:can|could|do|should) (?:i|we|one|people) (?:\w+ )?"
    rf"{_READ} (?:\S+ ){{1,6}}?{_PUBLISHED}\b",
    r"\b(?:speech|remarks|report|study|transcript|video|recording|document|publication)s?"
    r" where to (?:read|find|get|see|watch|hear|download)\b",
)
# Which contact is asked for.
EMAIL = any_of(r"\be-?mails?\b", r"\bmail\b")
URL = any_of(
    r"\bweb ?sites?\b",
    r"\burl\b",
    r"\bweb\b",
    r"\bhome ?page\b",
    r"\bweb ?address",
    r"\bonline\b",
    r"\binternet\b",
    r"\blinks?\b",
)
HANDLE = any_of(r"\bhandle\b", r"\bhashtag\b", r"\btweets?\b", r"\bsocial media\b")
PHONE = any_of(
    r"\bphone\b", r"\btelephone\b", r"\bcall\b", r"\bnumber to (?:call|ring)\b", r"\bfax\b"
)
READ_ON = any_of(r"\b(?:read|learn|see|look|more)\b")

_RELEASE = (
    r"(?:press ?release"
    r"|(?:this|the) (?:release|article|news(?: item| story)?|announcement|text|statement|piece"
    r"|story|report|page))"
)
_OUT = r"(?:come out|came out|published|issued|released|go out|went out|put out|sent out|dated|out)"
DATELINE = any_of(
    r"^(?:when|what (?:is|was)|what (?:date|day)|on (?:what|which) \w+|date|in (?:what|which) \w+)"
    rf"\b.*\b{_RELEASE}\b(?! (?:say|mention))",
    then(
        r"\b(?:when|what (?:date|day))\b",
        r"\b(?:release|article|announcement)\b",
        rf"\b{_OUT}\b",
    ),
    r"^(?:when|(?:on )?(?:what|which) (?:exact )?(?:day|date)) (?:was|did|is|has) "
    rf"(?:this|it|that|all this) (?:been )?{_OUT}\s*\??$",
    rf"^(?:{_RELEASE}|release) (?:date|day|publi\w+)",
    r"^(?:date of )?publi(?:cation|shing|shed)\b.{0,12}$",
    rf"^how (?:old|recent) is {_RELEASE}",
    then(r"\bdate\b", r"\b(?:top|printed)\b"),
)
# A question about the release is one of its date only if it says so.
DATE_WORD = any_of(r"\b(?:when|date|day|year|publi|old|recent)")
# "What is this press release about?", "Summarise it for me."
ABOUT = any_of(
    rf"^what(?:'s| is| was)? (?:this |the )?{_RELEASE} (?:all )?about\b",
    rf"\bwhat does {_RELEASE} (?:say|tell)\b\s*(?:us)?\s*\??$",
    rf"\b(?:topic|subject|gist|summary|main (?:point|message|news)) of (?:this |the )?{_RELEASE}",
    rf"\bsumm(?:ary|ari[sz]e)\b.{{0,16}}(?:{_RELEASE}|\bit\b|\bthis\b|\s*[?.]?$)",
    r"^what(?:'s| is) (?:it|this|that|all this) (?:all )?about\s*\??$",
    r"^what(?:'s| is) the (?:news|story)\s*\??$",
)
SENT_FROM = any_of(
    then(
        r"^(?:where|(?:from |in )?(?:what|which) (?:city|place|town))\b",
        rf"\b{_RELEASE}\b",
        rf"\b(?:from|{_OUT})\b",
    ),
    rf"^from (?:what|which) (?:city|place|town) (?:is|was|are|were) (?:{_RELEASE}|you|it|this)"
    r"(?: being)? (?:report(?:ed|ing)|writ(?:ten|ing)|sen[dt](?:ing)?|fil(?:ed|ing))\b",
)
