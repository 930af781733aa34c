"""From text to the terms of the index: the same for releases and for questions.

A term is a token that is Unicode-normalised (NFKC), accent-folded, lower-cased
and Snowball-stemmed (Porter2 English), and no stop word. E-mail addresses, URLs,
@handles, sums, years and ranges of years are terms as they stand.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import NamedTuple

import Stemmer

from gloact_qa.schema import Term

Phrase = tuple[str, ...]  # terms in their order

# Function words. Question words are among them: what they ask for is the reader's affair.
STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing done down during each either else
    ever every few for from further get gets getting give given gives got had has have having he
    her here hers herself him himself his how i if in into is it its itself just let lot many may
    me might more most much must my myself no nor not now of off on once only or other our ours
    out over own per please quite rather really said same say saying says shall she should so some
    such tell than that the their theirs them themselves then there these they this those through
    till to too
    under until up upon us very via was we were what whatever when where whether which while who
    whom whose why will with within without would yes yet you your yours
    im ive id youre theyre whod itd thatd theyd youd weve theyve whove wholl itll thatll theyll
    whos thats theres whats wheres hows dont doesnt didnt isnt arent wasnt cant
    shouldnt wouldnt couldnt hasnt havent hadnt werent wont mustnt neednt ie eg
    s t re ve ll d m
    """.split()
)

# Letters, and the accents that a decomposed text has after them.
_LETTERS_OF = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"
_SCALE = r"(?:thousand|million|billion|trillion|mn|bn|m|k)"
_TOKEN = re.compile(
    rf"""
      (?P<email>   (?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}} )
    | (?P<url>     (?:https?://|www\.)[^\s<>"“”]+[^\s<>"“”.,;:!?)\]'’] )
    | (?P<handle>  (?<!\w)[@#]\w+ )
    | (?P<range>   (?<![\w.,])\d{{4}}\s?[-–—/]\s?(?:\d{{4}}|\d{{2}})(?![\w]|[.,]\d) )
    | (?P<scaled>  \d[\d.,]{{0,40}}\s?{_SCALE}(?!\w) )
    | (?P<number>  \d+(?:[.,]\d+)*(?:\s?(?:st|nd|rd|th)(?-i:(?![a-z])))? )
    | (?P<currency> [€$£¥₹] )
    | (?P<percent> % )
    | (?P<word>    {_LETTERS_OF}(?:(?:['’.]|&(?=\w)){_LETTERS_OF})*\d* )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CURRENCIES = {"€": "euro", "$": "dollar", "£": "pound", "¥": "yen", "₹": "rupe"}
_SCALES = {"m": "million", "mn": "million", "bn": "billion", "k": "thousand"}
# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)

# Words are looked up again and again. Only short ones are kept, or a client that sends ever
# new ones of a thousand letters would fill the memory.
_KEPT = 65_536
_LONGEST_KEPT = 40

_stem = Stemmer.Stemmer("english", 0).stemWord


class Token(NamedTuple):
    """A token of a text, with its kind (a group of the token pattern)."""

    text: str
    kind: str
    start: int
    end: int


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a text with their offsets, in order."""
    for match in _TOKEN.finditer(text):
        yield Token(match.group(), match.lastgroup or "word", match.start(), match.end())


def fold(word: str) -> str:
    """Return a word Unicode-normalised, without accents and case ("Peña" → "pena")."""
    return _known_fold(word) if len(word) <= _LONGEST_KEPT else _fold(word)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()  # the same, sooner
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_LETTERS)


_known_fold = lru_cache(maxsize=_KEPT)(_fold)


# British and American spellings meet: organisation, colour, centre, programme, travelled.
_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)"), "iz"),
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|er|ers|al|ful|able)?$)"), "or"),
    (re.compile(r"(?<=\w{2}[bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=gram)me(?=s?$)"), ""),
    (re.compile(r"(?<=\w{2}[aeiou]l)l(?=(?:ed|ing|er|ers)$)"), ""),
    (re.compile(r"(?<=\w{3})yse(?=(?:s|d)?$)"), "yze"),
    (re.compile(r"(?<=\w{2})ence$"), "ense"),
)
# What all of these have is found quicker than they are.
_BRITISH_LETTERS = re.compile("is|our|[bt]re|mme|ll|yse|ence")
_MAY_BE_BRITISH = re.compile("|".join(pattern.pattern for pattern, _ in _SPELLINGS))


@cache
def _irregular_forms() -> Mapping[str, str]:
    """Return irregular inflections with their base forms ("built" → "build")."""
    listed = files(__package__).joinpath("data", "irregular_forms.txt").read_text("utf-8")
    lines = (line for line in listed.splitlines() if line and not line.startswith("#"))
    return dict(line.split(maxsplit=1) for line in lines)


def stem(folded: str) -> str:
    """Return the Snowball stem of a folded word, of its base form where that is irregular."""
    return _known_stem(folded) if len(folded) <= _LONGEST_KEPT else _stem_anew(folded)


def _stem_anew(folded: str) -> str:
    base = _irregular_forms().get(folded, folded)
    if _BRITISH_LETTERS.search(base) and _MAY_BE_BRITISH.search(base):
        for pattern, american in _SPELLINGS:
            base = pattern.sub(american, base)
    return str(_stem(base))


_known_stem = lru_cache(maxsize=_KEPT)(_stem_anew)


def _terms_of(text: str, kind: str) -> tuple[str, ...]:
    """Return the terms of one token; none for a stop word."""
    return _known_terms(text, kind) if len(text) <= _LONGEST_KEPT else _terms_anew(text, kind)


def _terms_anew(text: str, kind: str) -> tuple[str, ...]:
    if kind == "word":
        return _terms_of_word(text)
    folded = fold(text)
    if kind == "range":
        first, last = re.findall(r"\d+", folded)
        last = first[: 4 - len(last)] + last
        return (f"{first}-{last}", first, last)
    if kind == "scaled":
        number, scale = re.fullmatch(r"\A([\d.,]+?)[.,]?\s?([a-z]+)", folded).groups()  # type: ignore[union-attr]
        scale = _SCALES.get(scale, scale)
        return (number.replace(",", "") + scale, scale)
    if kind == "number":
        return (re.sub(r",(?=\d{3})|\s?(?:st|nd|rd|th)$", "", folded),)
    if kind == "currency":
        return (_CURRENCIES[text],)
    if kind == "percent":
        return ("percent",)
    return (folded.rstrip("/"),)


_known_terms = lru_cache(maxsize=_KEPT)(_terms_anew)


def _terms_of_word(text: str) -> tuple[str, ...]:
    word = fold(text.replace("’", "'"))
    word = word.removesuffix("'s").removesuffix("'")
    if "." in word:  # "GLO.ACT", "U.S."
        return (word.replace(".", ""),)
    word = word.replace("'", "")
    if word in STOP_WORDS and not (text.isupper() and len(text) > 1):  # "us", but not "US"
        return ()
    return (stem(word),)


@dataclass(frozen=True, slots=True)
class Compounds:
    """How the collection writes words that others part or join.

    ``joins`` maps parts that a text joins with a dot to the joined term
    ("glo", "act" → "gloact"); ``splits`` maps words that a text hyphenates, written
    as one, to their parts ("sideevent" → "side", "event").
    """

    joins: Mapping[tuple[str, str], str] = field(default_factory=dict)
    splits: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def find_compounds(texts: Iterable[str]) -> Compounds:
    """Collect the dotted and the hyphenated words of two parts in the texts."""
    joins: dict[tuple[str, str], str] = {}
    splits: dict[str, tuple[str, str]] = {}
    for text in texts:
        words = (token for token in tokenize(text) if token.kind == "word")
        for word, following in pairwise(chain(words, [Token("", "word", 0, 0)])):
            parts = fold(word.text).split(".")
            if len(parts) == 2 and min(map(len, parts)) > 1:
                joins[parts[0], parts[1]] = "".join(parts)
            if following.start == word.end + 1 and text[word.end] == "-":
                first, last = fold(word.text), fold(following.text)
                splits[first + last] = (first, last)
    return Compounds(joins, splits)


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Turns text into terms; one analyzer serves a collection and its questions."""

    compounds: Compounds = field(default_factory=Compounds)

    def terms(self, text: str, offset: int = 0) -> tuple[Term, ...]:
        """Return the terms of a text in order, their offsets moved by ``offset`` characters."""
        if text.isupper() and len(text) == len(text.lower()):
            text = text.lower()  # all capitals tell nothing
        tokens = self._joined(tokenize(text))
        return tuple(
            Term(term, offset + token.start, offset + token.end, position)
            for position, token in enumerate(tokens)
            for term in self._terms(token)
        )

    def phrase(self, text: str) -> Phrase:
        """Return the terms of a phrase without their places; quicker than ``terms``."""
        words = text.split(" ")
        plain = text.isascii() and text.islower() and all(map(str.isalpha, words))
        if (
            not plain
            or any(pair in self.compounds.joins for pair in pairwise(words))
            or any(word in self.compounds.splits for word in words)
        ):
            return tuple(term.text for term in self.terms(text))
        return tuple(term for word in words for term in _terms_of_word(word))

    def _terms(self, token: Token) -> tuple[str, ...]:
        if token.kind == "joined":
            return (token.text,)
        parts = self.compounds.splits.get(fold(token.text)) if token.kind == "word" else None
        if parts:
            return tuple(term for part in parts for term in _terms_of(part, "word"))
        return _terms_of(token.text, token.kind)

    def _joined(self, tokens: Iterable[Token]) -> list[Token]:
        """Join neighbouring words that the collection writes as one dotted word."""
        listed = list(tokens)
        if not self.compounds.joins:
            return listed
        pairs = list(pairwise(listed))
        joined: list[Token] = []
        skip = False
        for i, token in enumerate(listed):
            if skip:
                skip = False
                continue
            following = pairs[i][1] if i < len(pairs) else None
            term = (
                self.compounds.joins.get((fold(token.text), fold(following.text)))
                if following and token.kind == following.kind == "word"
                else None
            )
            if term and following:
                joined.append(Token(term, "joined", token.start, following.end))
                skip = True
            else:
                joined.append(token)
        return joined
