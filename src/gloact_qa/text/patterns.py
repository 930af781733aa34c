"""Mentions that their form alone tells: dates, sums, numbers, contacts."""

import re
from collections.abc import Iterator

from gloact_qa.schema import Kind, Mention
from gloact_qa.text.spans import Spans

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?"
_SEASON = r"(?:spring|summer|autumn|fall|winter|year|month|week|quarter)"
_YEAR = r"(?:1\d|20|21)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# From its first digit to its last one, or "1,1,1,…" takes long.
_NUMBER = r"(?<!\d[.,])\d++(?:[.,]\d++)*+"
_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|half|several)"
)
_NUMERAL = rf"(?:{_NUMBER}|{_NUMBER_WORD}(?:[\s-]{_NUMBER_WORD}\b){{0,3}}+)"
_SCALE = r"(?:\s?(?:thousand|million|billion|trillion|bn|mn|m|k)\b)?"
_TIME_UNIT = r"(?:second|minute|hour|day|night|week|month|quarter|year|decade|centurie|century)s?"
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)|[a-z]{3,9}(?:th|st|nd|rd))"
_CURRENCY_CODE = r"(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|US\$|A\$|C\$)"
_CURRENCY_NAME = r"(?:euros?|dollars?|pounds?|francs?|yen|rupees?|cents?|crowns?)"

# The word boundary stands once before all alternatives: most places fail at it, and at once.
_DATE = r"\b(?:{})".format(
    "|".join(
        (
            # 29 May 2019; 12 to 14 March; 29th of May
            rf"{_DAY}(?:\s?(?:[-–]|to|and)\s?{_DAY})?(?: of)? {_MONTH}(?:,? {_YEAR})?",
            # May 29, 2019
            rf"{_MONTH} {_DAY}(?:\s?[-–]\s?{_DAY})?(?:,? {_YEAR})?(?!\d)",
            # (early) May 2019
            rf"(?:(?:early|mid|late)[ -])?{_MONTH} {_YEAR}",
            r"\d{4}-\d{2}-\d{2}\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
            # 2018-2022; from 2018 to 2022; the 1960s
            rf"{_YEAR}\s?[-–—/]\s?(?:{_YEAR}|\d\d)\b",
            rf"(?:from |between )?{_YEAR} (?:to|and|until) {_YEAR}\b",
            rf"(?:(?:early|mid|late)[ -])?{_YEAR}s\b",
            # the 15th century
            rf"(?:(?:early|mid|late)[ -])?{_ORDINAL}(?: and {_ORDINAL})?[ -]centur(?:y|ies)\b"
            r"(?: BCE?| AD)?",
            # (spring) 2019, unless a number goes on
            r"(?:(?:early|mid|late|spring|summer|autumn|fall|winter)[ -](?:of |in )?)?"
            rf"(?<![\d.,€$£]){_YEAR}(?![\d%]|[.,]\d|\s?(?:million|billion|km|kg))\b"
            r"(?:\s?(?:BCE?|AD)\b)?",
            rf"(?:next|this|last) (?:{_SEASON}|{_MONTH}|{_WEEKDAY})\b|{_WEEKDAY}\b",
            r"(?:today|tomorrow|yesterday)\b",
            rf"{_NUMERAL}{_SCALE} {_TIME_UNIT} ago\b",
            rf"(?<=[a-z] ){_MONTH}(?= [a-z(]|[.,;)])",
        )
    )
)
_DURATION = r"\b(?:{})".format(
    "|".join(
        (
            rf"{_NUMERAL}{_SCALE}[\s-]{_TIME_UNIT}\b",
            rf"(?:every|each) (?:{_NUMERAL} )?{_TIME_UNIT}\b",
            r"(?:once|twice|(?:three|four) times) (?:a|an|per) \w+",
            rf"{_YEAR}\s?[-–—]\s?{_YEAR}\b|from {_YEAR} (?:to|until) {_YEAR}\b",
            r"(?:hourly|daily|weekly|monthly|quarterly|yearly|annually)\b",
        )
    )
)
_MONEY = "|".join(
    (
        rf"[€$£¥₹]\s?{_NUMBER}{_SCALE}",
        rf"\b(?:{_CURRENCY_CODE}\s?{_NUMBER}{_SCALE}"
        rf"|{_NUMBER}{_SCALE}\s?(?:[€£]|{_CURRENCY_CODE}\b|{_CURRENCY_NAME}\b)"
        rf"|{_NUMBER_WORD}{_SCALE} {_CURRENCY_NAME}\b)",
    )
)
_UNIT = (
    r"(?:(?:square|cubic) )?(?:km|cm|mm|m|kilomet(?:re|er)|centimet(?:re|er)|millimet(?:re|er)"
    r"|met(?:re|er)|mile|foot|feet|ft|inch|inches|yard|hectare|acre|ha|tonne|ton|kg|kilogram(?:me)?"
    r"|kilo|gram|g|lit(?:re|er)|degree|lux|decibel|watt|kilowatt|megawatt|gigawatt|kW|MW|GW|kWh"
    r"|MWh|GWh|terabyte|gigabyte|megabyte|GB|TB|mph|knot|kilomet(?:re|er)s? (?:an|per) hour|km/h"
    r"|stor(?:ey|y|eys|ies)|page)s?"
)
# Where a number may begin that is no part of a word, another number, a sum or an address.
_APART = r"\b(?<![.,€$£/@-])"
_MEASURE = (
    rf"{_APART}{_NUMERAL}{_SCALE}[\s-]?(?:to|and|[-–])?\s?(?:{_NUMERAL}{_SCALE}[\s-]?)?"
    rf"(?:{_UNIT}\b|°\s?[CF]\b)"
)
_QUANTITY = re.compile(
    rf"{_APART}{_NUMERAL}{_SCALE}(?![\w])"
    r"|\ba (?:very )?(?:large|small|great|record|growing) number\b",
    re.IGNORECASE,
)

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    (Kind.URL, re.compile(r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]'’]")),
    (Kind.HANDLE, re.compile(r"(?<![\w@.])[@#]\w+")),
    (Kind.PHONE, re.compile(r"(?<![\w+])(?:\+\d|\(?0\d)[\d() /-]{6,18}\d(?!\w)")),
    (Kind.MONEY, re.compile(_MONEY, re.IGNORECASE)),
    (Kind.PERCENT, re.compile(rf"\b{_NUMERAL}\s?(?:%|per\s?cent\b)", re.IGNORECASE)),
    (Kind.DATE, re.compile(_DATE)),
    (Kind.DURATION, re.compile(_DURATION, re.IGNORECASE)),
    (Kind.MEASURE, re.compile(_MEASURE, re.IGNORECASE)),
)
# What these cover is no bare number.
_NOT_QUANTITIES = frozenset((Kind.DATE, Kind.MONEY, Kind.PHONE, Kind.EMAIL, Kind.URL, Kind.HANDLE))


def patterned_mentions(text: str) -> Iterator[Mention]:
    """Yield the mentions that patterns find; a stretch may have two kinds.

    "2018-2022" is a date and a duration; a number in a date or a sum is no quantity.
    """
    found = [
        Mention(kind, *match.span())
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(text)
    ]
    yield from found
    covered = Spans((m.start, m.end) for m in found if m.kind in _NOT_QUANTITIES)
    for match in _QUANTITY.finditer(text):
        if not covered.overlap(match.start(), match.start() + 1):
            yield Mention(Kind.QUANTITY, *match.span())
