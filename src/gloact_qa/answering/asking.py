"""How people ask for each type of answer: a pattern for each way.

Data of ``expectation.py``, which tells in which order the patterns are tried. Each
argument of ``any_of`` is one way to ask, so that one can be added or taken off alone.
"""

from gloact_qa.answering.regexes import AUXILIARY, any_of, then
from gloact_qa.text.names import ROLE_WORD

_SAY = (
    r"(?:say|said|saying|tell|told|comment|remark|declare|think|thinks|react|add|have to say|state"
    r"|argue|claim|stress|emphasi[sz]e|observe|point out)"
)
_DID = r"(?:did|does|do|has|had)"
_SIZES = r"(?:big|large|old|few)"
_MEASURES = r"(?:tall|high|far|deep|wide|heavy|fast|hot|cold|warm|thick|dim|bright|powerful|loud)"
_BODIES = (
    r"(?:organi[sz]ations?|agenc(?:y|ies)|compan(?:y|ies)|bod(?:y|ies)|institutions?|group"
    r"|universit(?:y|ies)|team|party|partners?|meeting|commission|donors?|ministry|firm|department"
    r"|newspaper|office|union|publication|journal|manufacturer|school|museum|bank)"
)
_PERSONS = (
    r"(?:person|man|woman|official|diplomat|politician|leader|speaker|scientist|author|artist"
    r"|player|king|queen|president|minister|ambassador|director|envoy|boss|expert|actor|researcher"
    r"|philosopher|explorer|singer|economist|archaeologist|moderator|spokes\w+|representative"
    r"|chair\w*|lady|gentleman|guy|member|delegate|host)"
)
_PLACES = (
    r"(?:city|cities|town|place|location|region|regions|area|areas|venue|island|islands|continent"
    r"|province|county|village"
    r"|(?:parts?|corners?) of the (?:world|globe)|airports?|river|street|district)"
)
_POSITION = r"(?:position|role|job|post|title|function|occupation|profession|rank|portfolio)s?"
_UNITS = r"(?:years|months|days|weeks|hours|minutes)"
_SUMS = (
    r"(?:allocation|amount|bill|budget|contribution|donation|envelope|fine|financing|fund(?:ing)?"
    r"|grant|investment|loan|pot|prize|purse|subsidy|sum)"
)
_CURRENCIES = r"(?:euros?|dollars?|pounds?)"
# "which" and up to two words before what is asked for: "which new member states"
_WHICH = (
    r"\b(?:which|what|wich) "
    r"(?:(?!(?:did|do|does|is|are|was|were|the|has|have|will|can|a|an)\b)\w+ ){0,2}?"
)
_LEADS = (
    r"(?:heads?|headed|leads?|led|chairs?|chaired|moderat\w+|represent\w+|spoke|speaks|addressed"
    r"|presid\w+|directs?|presented|opened|steered|facilitated|runs)"
)
# What one does with money; after "how much" it makes the question one of money.
_PAY = (
    r"(?:cost|pay|paid|paying|worth|spend|spent|give|giving|gave|given|contribut\w+|fund\w*|financ\w*"
    r"|donat\w+|pledge\w*|invest\w*|charge\w*|earn\w*|raise[ds]?|receive[ds]?|insured|borrow|save"
    r"|euros?|dollars?|pounds?)"
)

YES_OR_NO = any_of(
    r"^(?:and |so |but |also )?"
    r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should"
    r"|isn't|aren't|didn't|doesn't)\b",
)
# "Did she say anything else?" asks for the words.
SAID_ANYTHING = any_of(
    rf"^(?:and |so |but |also )?{_DID} .{{2,60}}? (?:say|mention|add|state|comment)\b"
    r"(?=.{0,12}\b(?:anything|something|more)\b)",
)
EXPANSION = any_of(
    r"\bstands? for\b",
    r"\bacronym\b",
    r"\babbreviat(?:ion|ed)\b(?! as)",
    r"\bfull? (?:name|form)\b",
    r"\bspell(?:ed|t|ing)? (?:\w+ )?out\b",
    r"\bletters (?-i:[A-Z]{2})",
    then(r"\b(?-i:[A-Z]{2}\w*)\b", r" in full\b"),
    r"\bshort for\b",
    r"\bwritten out\b",
    r"\binitials\b",
    r"\b(?-i:(?:\w+\.)?[A-Z]{2}\w*) mean(?:s|ing)?\b",
    r"\bmeaning of (?-i:[A-Z]{2})",
)
PERCENT = any_of(
    r"\b(?:what|which) (?:percent|percentage|share|proportion|fraction|portion)\b",
    r"\bhow many percent\b",
    r"\bpercentage of\b",
)
MONEY = any_of(
    r"\bhow much (?:money|funding|cash)\b",
    # Not "Who sets the price?", "What does the price include?"
    r"^(?!(?:and |so |but )?(?:who|when|where|why)).*?"
    r"\b(?:budget|cost|costs|price|priced|fee|revenue|turnover|salary|net loss|profit)\b"
    r"(?! of living| (?:buy|come|contain|cover|go|include|pay)s?\b)",
    r"\bhow (?:big|large|high) (?:is|was|are|were) "
    rf"(?:(?!(?:of|that|which|who|at|behind|in|for)\b)\S+ ){{0,4}}?{_SUMS}\b"
    r"(?=\s*\??$|,| (?:of|for|from)\b)",
    then(r"\bhow much\b", rf"\b{_PAY}\b"),
    rf"\bhow many (?:million|billion)?s?\s?{_CURRENCIES}\b",
    r"\bhow expensive\b",
    r"\bhow many (?:m|b)illions?\b",
    then(r"\bhow much is\b", r"\b(?:worth|it|ticket|tickets)\b"),
    r"\b(?:amount|sum) of (?:money|funding)\b",
    r"\bworth\s*\??$",
)
LENGTH = any_of(
    r"^(?:and |so )?how long (?:is|are|was|were|'s) "
    r"(?!it going|.*\b(?:last|run|take|go|stay|ahead|open|valid|allowed)\w*\b)",
)
DURATION = any_of(
    r"^(?:and |so )?(?:for )?how (?:long|often|frequently|soon)\b(?! ago)",
    rf"\bhow many {_UNITS}\b",
    r"\bhow far ahead\b",
    r"\bduration\b",
    r"\b(?:life ?span|time ?(?:span|frame))\b",
    r"\bfor how long\b",
)
AMOUNT = any_of(r"\bhow much\b")
MEASURE = any_of(
    rf"\bhow {_MEASURES}\b(?! ahead)",
    r"\b(?:what|which) (?:distance|temperature|speed|height|width|length|weight|depth|area)\b",
    r"\bwhat (?:is|was|are|were) the (?:\w+ ){0,2}"
    r"(?:speed|length|width|height|depth|weight|area|distance|temperature|capacity)\b",
    r"\b(?:length|height|weight|depth|width|distance|temperature|speed)\s*\??$",
)
QUANTITY = any_of(
    rf"\bhow (?:many|{_SIZES})\b",
    r"\b(?:total )?number of\b",
    r"\bwhat (?:number|size|amount|age)\b",
    r"\bwhat (?:is|was|are|were) the (?:\w+ ){0,2}"
    r"(?:rate|size|population|amount)\b",
    r"\b(?:amount|attendance)\s*\??$",
    r"^number\b",
)
DATE = any_of(
    r"^(?:\W*(?:and|so|but|since|until|till|by|from) )?"
    rf"when(?:'s|\s+{AUXILIARY}|\s+exactly|\s*\?|\s*$)",
    r"\bwhen\s*\?$",
    r"^when \w+\s*\??$",
    r"\b(?:what|which) (?:exact )?"
    r"(?:years?|dates?|days?|months?|centur(?:y|ies)|decades?|time|season|period|weekday|evening)\b",
    r"\bhow long ago\b",
    r"\b(?:since|until|till|by) when\b",
    r"(?<!\bthat )(?<!\bthis )(?<!\blast )(?<!\bnext )(?<!\ba )(?<!\bper )(?<!\beach )(?<!\bevery )"
    r"\b(?:date|years?|dates|when)\s*+(?:\?\s*+)?$",
    r"^(?:date|year|years|dates)\b",
    r"\bdeadline\b",
)
COUNTRIES = any_of(
    rf"{_WHICH}(?:countries|nations|member states|(?<!united )states)\b(?!')",
    then(r"\b(?:list|name)\b", r" (?:countries|nations)\b"),
    rf"{_WHICH}(?:country|nation) (?:are|were)\b",
    r"^countries\b",
    r"^(?:\w+ ){0,3}(?:countries|nations)\s*\??$",
    r"\bcountries (?:covered|involved|list)\b",
)
COUNTRY = any_of(r"\b(?:which|what) (?:\w+ )?(?:country|nation)\b")
# "Where does the money come from?"
FUNDER = any_of(
    then(
        r"\bwhere (?:does|do|did|is) ",
        r"\b(?:money|funding|funds|cash)\b",
        r"\bcom(?:e|ing)\b",
    )
)
PLACE = any_of(
    r"\bwhere\b(?! (?:can|could|do|should) (?:i|we|one|people) "
    r"(?:read|find|get|learn|see|contact|write|reach|look))",
    rf"\b(?:what|which) (?:\w+ )?{_PLACES}\b",
    r"(?<!\btake )(?<!\btook )(?<!\btakes )(?<!\btaking )\b(?:location|venue|place|city)\s*\??$",
    r"\bvenue\b",
)
# What is said in words that a release seldom quotes
_REPORT = r"(?:stress|emphasi[sz]e|observe|point out|argue|claim|think|thinks|add)"
QUOTATION = any_of(
    # "What did Ms. Doe say?", but not "What did they say?" or "What do critics say?"
    rf"\bwhat (?:else )?{_DID} "
    r"(?!(?:that|this|it|they|people|anyone)\b|(?:the |some |other )?(?-i:[a-z]+s) )"
    rf".{{2,90}}? (?!{_REPORT}\b){_SAY}\b",
    r"\bwhat (?:the|mr|ms|mrs|dr)\b.{2,60} said\b",
    r"^(?:\S+ ){1,3}(?:quote|said|statement)\s*\??$",
    r"\bquotes? (?:by|of|from)\b",
    r"^(?:\S+ ){1,2}quote\b",
    r"(?:'s|s') quote\b",
    r"\b(?:exact|actual) words\b",
    r"\bword for word\b",
    r"\bverbatim\b",
    r"\bsound ?bites?\b",
    r"\bwhat were the words of\b",
    r"\bwhat (?:was|is|were) .{2,60}?(?:'s|s') "
    r"(?:comment|message|reaction|opinion|statement|words|quote|take|remarks?|view)\b",
    r"\bwhat .{2,60} (?:think of|(?:afraid|ashamed|fond|proud|tired) of"
    r"|(?:concerned|excited|glad|happy|pleased|sorry|worried) about|hop(?:e|es|ing) for)\b",
)
STATEMENT = any_of(
    rf"\bwhat (?:else )?{_DID} .{{2,60}}? call\b",
    rf"\bwhat (?:else )?{_DID} .{{2,90}}? {_SAY}\b",
    then(
        r"\bhow (?:does|did|do|would) ",
        r"\b(?:see|view|describe|feel|characteri[sz]e|regard|judge|assess)\b",
    ),
    r"\bin .{3,50}(?:'s|s') (?:view|opinion|words|eyes)\b",
    then(r"\b(?:why|what) (?:does|did|do) ", r"\b(?:think|believe)\b"),
)
# The same, unless another word of the question says what is asked for
ACCORDING_TO = any_of(r"\baccording to (?-i:Mr|Ms|Mrs|Dr|the \w+(?: \w+)?,|[A-Z])")
ROLE = any_of(
    # The group is read: the role of a name is asked for, the holder of an office. It stands
    # first, so that no other alternative matches in its place.
    r"^(?:and |so )?who(?:['’]?s| is| was| will be| would be| became| becomes| has been) "
    r"(?P<whom>[^?]+)\??$",
    r"\bfor a living\b",
    r"\bin (?:what|which) capacity\b",
    then(rf"\b{_POSITION}\b", r"\b(?:of|does|is|hold|held|has|have)\b"),
    rf"\b{_POSITION}\s*\??$",
    r"^who exactly is\b",
    r"\b(?:what|which) (?:\w+ )?office (?:does|did|do|has|have)\b",
    r"\bwhat does (?:he|she|(?:mr|ms|mrs|dr)\b.{2,40}) do\b",
    rf"\b{ROLE_WORD.pattern} of what\b",
)
ORGANISATION = any_of(
    rf"{_WHICH}{_BODIES}\b",
    rf"\bnames? of the (?:\w+ ){{0,2}}?{_BODIES}\b",
    r"\borgani[sz]ers?\b",
    r"\bpartners?\s*\??$",
    r"\b(?:donor|sponsor|funder)s?\b",
)
PERSON = any_of(
    rf"{_WHICH}(?:{_PERSONS}|{ROLE_WORD.pattern})s?\b",
    rf"^(?:and |so |but )?who (?:\w+ )?{_LEADS}\b",
    rf"\bnames? of (?:the |its |their |your )?(?:\w+ ){{0,3}}{_PERSONS}\b",
    rf"\bnames? of (?:the |its |their |your )?(?:[\w-]+ ){{0,3}}{ROLE_WORD.pattern}(?!['’])",
    r"^(?:\w+ ){0,2}moderator\s*\??$",
    rf"\bwhat(?:'s| is| was| were) .{{2,60}}?{ROLE_WORD.pattern}.{{0,40}}? (?:called|name)\b",
    rf"(?:\b(?:rep|speaker)|{ROLE_WORD.pattern}) name\s*\??$",
)
AGENT = any_of(
    r"^(?:\w+,? )?(?:and |so |but )?(?:(?:to|by|for|with|from|of|on|under|against) )?"
    r"who(?:m|se|'s|s)?\b",
    r"\b(?:by|to|with|from) whom\b",
    r"[,:] ?who\b",
    r"\bwho(?:m| else)?\s*\??$",
)
# "What is it built on?", "What is being done for them?"
_DONE_TO = (
    r"(?!.{0,60}\b(?:being|\w{3,}ed|built|made|done|held|set|known|born|spent|given|shown|written)"
    r" (?:up |out )?(?:about|as|at|by|for|from|in|into|of|on|to|under|upon|with|done|made)\b)"
)
DEFINITION = any_of(
    r"^(?:so |and )?" + _DONE_TO + r"what(?: exactly)? ?(?:is|are|was|were|'s|s) "
    r"(?!(?:the |its |their )?names? of\b)(?:an? |the )?[^?]{2,60}\??$",
    r"\bdefin(?:e|ition)\b",
    r"\bmeaning of\b",
    r"\bwhat does [\"'“]?(?:[\w.-]+ ){0,2}[\w.-]+[\"'”]? mean\b",
    r"\btell me (?:more )?about\b",
)
NAME = any_of(
    r"\bwhat (?:\w+ ){0,3}(?:called|named)\b",
    r"\bnames? of\b",
    r"\bwhat name\b",
    r"\bunder (?:what|which) (?:name|title|theme)\b",
    r"^(?:\w+ ){0,4}which (?!of|is|are|was|were)\w+\b",
)
LIST = any_of(r"\blist\b", r"\bwhat (?:kinds?|types?|sorts?) of\b")

# "What is Jane Doe's full name?"
NAME_OF = any_of(
    r"\bwhat(?:'s| is| was) .{2,60}?(?-i:[A-Z]).{2,60}?(?:'s|s') "
    r"(?:full |real |first |last )?name\b"
)
