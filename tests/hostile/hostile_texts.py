"""Texts that nobody means well with, for every door: questions, conversations, releases."""

MEGABYTE = 1_000_000

# Each is repeated up to any length.
PUMPS = {
    "a letter": "a",
    "a capital": "A",
    "a digit": "7",
    "digits and commas": "1,",
    "numbers": "5 aa ",
    "number words": "one ",
    "sums": "€5 ",
    "years": "2018-2022 ",
    "capitalised": "Aa ",
    "names": "Aa, ",
    "names and roles": "Aa Bb, chief ",
    "names in a row": "Aa Bb and ",
    "titles": "Mr. Aa ",
    "abbreviations": "Aa Bb (AB) ",
    "countries": "Norway, ",
    "appositions": "Aa, a bb ",
    "definitions": "aa is a bb ",
    "sentences": "Aa bb. ",
    "questions": "Who is it? ",
    "question words": "who what ",
    "pronouns": "she it ",
    "courtesies": "please thanks ",
    "said": "“Aa bb cc dd ee ff.” said ",
    "a word": "bridge ",
    "hyphens": "aa-bb ",
    "dotted words": "aa.bb ",
    "addresses": "a@b.org ",
    "links": "www.a.org/ ",
    "opening marks": "“",
    "single opening marks": "‘",
    "straight marks": '"',
    "quotations": '"a b" ',
    "brackets": "(",
    "full stops": ".",
    "signs": "?!",
    "spaces": " ",
    "wide spaces": "A\xa0. ",
    "line ends": "a\r\n",
    "carriage returns": "a\r",
    "separators": "a\u2028\u2029b\x85",
    "controls": "a\x00\x1b\x7f",
    "marks": "a" + "\u0301" * 999,
    "joined emoji": "👩\u200d👩\u200d👧 ",
    "right to left": "هل قالت ",
    "bidi controls": "a\u202eb\u2066c ",
    "byte order marks": "\ufeffa ",
    "private": "\ue000\uffff ",
    "letters that fold to more": "ßİﬃ",
    "digits of other scripts": "١٢٣ ",
    "half a pair": "a\ud800b ",
    "stop words": "the of and ",
    "stutters": "a a a a b ",
}


def filled(pump: str, length: int) -> str:
    """Return a text of that many characters, the pump again and again."""
    return (pump * (length // len(pump) + 1))[:length]
