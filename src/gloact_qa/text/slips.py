"""Slips of the pen in questions that no word list tells: real words, and what phones make."""

import re

# Words of questions as people mistype them, though some are rare English words.
WORDS = {
    "wen": "when",
    "whn": "when",
    "wat": "what",
    "wht": "what",
    "wot": "what",
    "waht": "what",
    "wich": "which",
    "whch": "which",
    "witch": "which",
    "dose": "does",
    "wher": "where",
    "whre": "where",
    "hwo": "who",
    "hoo": "who",
    "hw": "how",
    "hou": "how",
    "wy": "why",
    "wjo": "who",
    "teh": "the",
    "hte": "the",
    "adn": "and",
    "taht": "that",
    "dos": "does",
    "dus": "does",
    "wer": "where",
    # As people type on phones.
    "n": "and",
    "r": "are",
    "u": "you",
    "ur": "your",
    "w": "with",
    "abt": "about",
    "bc": "because",
    "cos": "because",
    "giv": "give",
    "govt": "government",
    "intl": "international",
    "kinda": "kind of",
    "mideast": "Middle East",
    "ppl": "people",
    "thier": "their",
    "thru": "through",
    "wanna": "want to",
}

# "were is the office", "is she form Spain": words that are right, each alone.
PHRASES = (
    (re.compile(r"\bhow(?=(?:many|much|long|big)\b)", re.IGNORECASE), "how "),
    (re.compile(r"(?<=\w )4(?= (?:an?|the|it|us|me|more|what|her|his|this|that)\b)"), "for"),
    (re.compile(r"(?<=\w )2(?= (?:the|it|be|do|get|go|see|help|what)\b)"), "to"),
    (re.compile(r"\b(?:sand|stan|stad)(s?)(?= for\b)", re.IGNORECASE), r"stand\1"),
    (
        re.compile(
            r"^(\W*)(?:were|wear|ware)(?= (?:is|are|was|were|can|could|do|does|did|will)\b)",
            re.IGNORECASE,
        ),
        r"\1where",
    ),
    (re.compile(r"\bform(?= (?:which|what|where|whom)\b)", re.IGNORECASE), "from"),
    (re.compile(r"^(\W*where\b.*)\bform(?=\s*\?*$)", re.IGNORECASE), r"\1from"),
    (re.compile(r"^(\W*)(wh(?:o|at|ere|en)|how)s(?= )", re.IGNORECASE), r"\1\2 is"),
)
