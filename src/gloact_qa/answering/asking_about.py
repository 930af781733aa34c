"""What a question tells besides the type of its answer: what is counted, whose, of where.

Data of ``expectation.py`` and of the evidence.
"""

import re

from gloact_qa.answering.regexes import AUXILIARY, WH, any_of
from gloact_qa.text.names import ROLE_WORD

# "what nationality is …?", "in which room …?", "what event took place …?"
_DID_IT = (
    r"(?:\w+ed|took|takes?|came|comes?|went|made|gave|held|ran|led|won|sent|built|began|wrote)"
)
# What stands before a noun too: "which pay rise"
_DOES_IT = r"(?:paid|put|saw|spoke|said|got|met|runs?|helps?|gets?|pays?)"
ASKED_NOUN = any_of(
    rf"\b(?:what|which) (?!{AUXILIARY}\b)(?:(?!(?:{AUXILIARY}|{_DID_IT})\b)\w+ ){{0,3}}?(\w+)"
    rf"(?= (?:{AUXILIARY}|{_DID_IT}|{_DOES_IT}|of|for|from|to|in|on|with|that|who)\b|\s*\??$)",
)
# "how many" and what is counted
COUNTED = any_of(
    r"\b(?:how many|number of|what number of) (?:of the |the |of )?"
    r"(?:\w+ (?=(?!(?:is|was|does|has)\b)\w+s\b))?(\w+)",
)
# What asks for more than one thing, which a list tells
SEVERAL = any_of(
    r"\blist\b",
    r"\bwho (?:all |else )?(?:were|are)\b",
    r"\ball (?:the |of )",
    r"\b(?:speakers|guests|panell?ists|attendees|delegates|participants|people|names|members"
    r"|partners|countries|nations|ones)\s*\??$",
    r"\b(?:which|what) (?:\w+ ){0,2}(?:speakers|guests|panell?ists|attendees|delegates|people|names"
    r"|members|partners|officials|diplomats|organi[sz]ations|agencies|countries|nations)\b",
)
# Places that no country is
IN_A_COUNTRY = any_of(
    r"\b(?:what|which) (?:\w+ )?"
    r"(?:city|cities|town|village|building|room|hotel|venue|street|hall)\b"
)
# "Where is she from?", "What nationality is …?"
ORIGIN = any_of(
    r"\bnationality\b",
    r"\bwhere (?:is|are|was|were|does|do|did) .{2,60}? from\s*\??$",
    r"\b(?:what|which) (?:country|nation|state) (?:is|are|was|were|does|do|did) .{2,60}? "
    r"(?:from|represent|represents|speak for|stand for|belong to)\b",
    r"\bfrom (?:what|which) (?:country|nation|state|place) (?:is|are|was|were|does|do|did)\b",
)
# "Which judge from Peru …?", "Who spoke for Peru?": the group is whom somebody belongs to.
_BELONGS = r"(?P<of>(?-i:[A-Z])[\w.'’-]*(?: (?:(?:of|and|the) )*(?-i:[A-Z])[\w.'’-]*)*)"
BELONGS = any_of(
    rf"\b(?:which|what|who is the|who was the) (?:[\w-]+ ){{0,3}}?{ROLE_WORD.pattern}.{{0,20}}?"
    rf" (?:from|of|for|representing|sent by) (?:the )?{_BELONGS}",
)
# "Which UNESCO expert …?"
MEMBER_OF = any_of(
    r"\b(?:which|what) (?P<of>(?-i:[A-Z]{2})\w*+) (?:[a-z-]+ )?"
    rf"(?:official|person|{ROLE_WORD.pattern})\b",
)
SPOKE_FOR = any_of(
    r"\bwho (?:\w+ )?(?:spoke|speaks|talked|stood in|appeared|was there|came|attended|represent\w*)"
    rf" (?:(?:on behalf of|for|from) )?(?:the )?{_BELONGS}",
)
# Contact words in a question that asks who somebody is
NAMED_CONTACT = any_of(
    r"^(?:and |so )?who(?:['’]?s| is| was) ",
    r"\bname of the (?:\w+ ){0,3}(?:person|officer|contact|manager|spokes\w+)\b",
    r"\bby name\b",
)
# "How much of the 12 million …?", "Peru's share of the money", "How is it divided …?"
PART = any_of(
    r"\bhow (?:much|many) of (?:the|its|their|this|these|those|that)\b",
    r"(?:['’]s|s['’]) (?:share|portion|slice|cut) of\b",
    r"\b(?:what|which|whose|how (?:big|large) (?:is|was|a)|the) "
    r"(?:share|portion|fraction|slice|proportion|percentage|cut) of (?:the|its|this|that)\b",
    r"\b(?:what|which) part of (?:the|its) (?:money|budget|sum|fund\w*|[€$£]|\d)",
    r"\b(?:divided|split|broken down|distributed|allocated|shared out) "
    r"(?:up |out )?(?:among|between)\b",
)
# A holder of an office, named by the office: "the director of the fund"
OFFICE = any_of(
    r"\A(?!(?:in|at|on|with|from) )(?:the |our |its |their |your |an? |[A-Z]\S*'s )?"
    rf"(?:\S++ ){{0,4}}?{ROLE_WORD.pattern}"
)
# The same, named by what the holder does
HOLDS_OFFICE = any_of(
    r"^(?:\w+ )?who (?:\w+ )?(?:heads?|headed|leads?|chairs?|chaired|represent\w*|directs?)\b"
)
# "I'm on deadline - how do I …?": what is said before the question
LEAD_IN = re.compile(
    rf"\A(?:(?!\b{WH}\b)[^?]){{1,200}}?(?: [-–—]|[:;]) (?=(?:and |so )?{WH}\b)",
    re.IGNORECASE,
)
# What makes a few words a sentence rather than a heading.
SENTENCE = any_of(rf"\b(?:{WH}|whom|{AUXILIARY})\b", r"(?<!\S)(?:\S+ ){6}")
