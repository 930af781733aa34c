"""Spelling, repaired against what the collection writes.

A word is touched only if neither the collection nor the English word list has it, or if it
is rare and the collection has another that differs by a letter.
Candidates come from SymSpell (W. Garbe, https://github.com/wolfgarbe/SymSpell), the
nearest by Damerau-Levenshtein distance first, of equal ones the more frequent.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from symspellpy import SymSpell, Verbosity
from symspellpy.suggest_item import SuggestItem

from gloact_qa.text import slips
from gloact_qa.text.lexicon import is_common_word, is_frequent_word
from gloact_qa.text.names import country_names
from gloact_qa.text.terms import STOP_WORDS, fold, stem, tokenize

_MAX_DISTANCE = 2
# With one full stop inside it is one word too: "GLO.ACT".
_WORD = re.compile(r"[^\W\d_]{2,}\.[^\W\d_]{2,}|[^\W\d_]{3,}")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ADDRESS = re.compile(r"@|://|\Awww\.", re.IGNORECASE)
_LONG = 6  # letters of a word that tells enough by itself
_SHORTEST = 4  # letters; a shorter word has too many neighbours
# How one sound is written, and how else it might be.
_BY_EAR = (
    ("f", "ph"),
    ("k", "c"),
    ("k", "ch"),
    ("c", "k"),
    ("c", "s"),
    ("s", "c"),
    ("z", "s"),
    ("i", "y"),
    ("y", "i"),
)
_TITLES = {"mr": "Mr", "mrs": "Mrs", "ms": "Ms", "dr": "Dr"}  # "ms. doe" ends no sentence


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a text and what it was taken for."""

    start: int
    end: int
    word: str


class Speller:
    """Repairs a question's words against a vocabulary."""

    def __init__(
        self,
        counts: Mapping[str, int],
        surfaces: Mapping[str, str],
        other_words: Iterable[str] = (),
        knows: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Know the folded words of a collection, with their counts, and ``other_words``.

        ``surfaces`` gives for a folded word how the collection writes it, where that is
        otherwise; ``knows`` tells whether the collection has a word that was not counted.
        """
        self._counts = counts
        self._surfaces = surfaces
        self._other_words = other_words
        self._knows = knows

    # What only a misspelt word needs takes longer to build than a question takes to answer.

    @cached_property
    def _vocabulary(self) -> Mapping[str, int]:
        vocabulary = {
            inflected: 1
            for word in map(fold, self._other_words)
            for inflected in (
                word,
                f"{word}s",
                f"{word}ed",
                f"{word}d",
                f"{word}ing",
                f"{word[:-1]}ing",
            )
            if inflected == word or is_common_word(inflected)
        }
        vocabulary |= dict.fromkeys((word for word in STOP_WORDS if len(word) > 2), 2)
        for word, count in self._counts.items():
            vocabulary[word] = vocabulary.get(word, 2) + count
        return vocabulary

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self._counts))

    @cached_property
    def _symspell(self) -> SymSpell:
        symspell = SymSpell(max_dictionary_edit_distance=_MAX_DISTANCE, prefix_length=5)
        for word, count in self._vocabulary.items():
            symspell.create_dictionary_entry(word, count)
        return symspell

    def warm_up(self) -> None:
        """Build now what the first misspelt word needs."""
        _ = self._symspell

    def corrections(self, text: str) -> tuple[Correction, ...]:
        """Return the words of ``text`` that are misspelt, with what they were meant to be.

        A name in small letters is: much in a question depends on what is a name.
        """
        corrections: list[Correction] = []
        for token in tokenize(text):
            written = _POSSESSIVE.sub("", token.text)
            if token.kind != "word":
                continue
            if token.text in _TITLES:
                corrections.append(Correction(token.start, token.end, _TITLES[token.text]))
                continue
            if word := self._correct(fold(token.text)):
                end = token.end
            elif word := self._name(written):
                end = token.start + len(written)
            else:
                continue
            surface = self._surfaces.get(word, word) if self._only_names(word) else word
            corrections.append(Correction(token.start, end, surface))
        return tuple(corrections)

    def _name(self, written: str) -> str | None:
        """Return a word that is a name, and is written like none ("who spoke for iraq?")."""
        if not written.islower() or self._surfaces.get(written, written) == written:
            return None
        return written if self._only_names(written) else None

    def _only_names(self, word: str) -> bool:
        """Tell whether a word that the collection writes with a capital is always a name."""
        return word in country_names() or not is_common_word(word)

    def _correct(self, word: str) -> str | None:
        if word in slips.WORDS and word not in self._vocabulary:
            return slips.WORDS[word]
        base = word.removesuffix("'s")
        if len(base) < 3 or not base.replace(".", "").isalpha():
            return None
        if (
            base in self._counts
            or base in STOP_WORDS
            or is_frequent_word(base)
            or self._knows(base)
            or base in self._vocabulary
        ):
            return None
        plural = f"{base[:-2]}ies"
        if base.endswith("ys") and is_common_word(plural):  # "countrys"
            return plural
        # Two errors need a word long enough to be told by the rest of it.
        rare = is_common_word(base)
        distance = 1 if len(base) < 6 or rare or "." in base else _MAX_DISTANCE
        nearest = self._nearest(base, distance, rare)
        if not nearest and len(base) >= _SHORTEST:
            nearest = [
                n
                for heard, written in _BY_EAR
                if heard in base
                for n in self._nearest(base.replace(heard, written), 1, rare)
            ]
        if not nearest and len(base) > _LONG and base[-1] == "s" != base[-2]:  # of "Doe's"
            return self._correct(base[:-1])
        if not nearest:
            return None
        # The nearest, the likeliest slip, the more frequent; what the collection writes; then
        # by the alphabet, so that nothing depends on the order of a set.
        best = min(
            nearest,
            key=lambda n: (
                n.distance,
                _unlikeness(base, n.term),
                stem(n.term) not in self._stems,
                -n.count,
                n.term not in self._surfaces,
                n.term,
            ),
        )
        return str(best.term)

    def _nearest(self, word: str, distance: int, rare: bool) -> list[SuggestItem]:
        """Return the words within a distance that may be meant; few where it is one itself."""
        found: list[SuggestItem] = self._symspell.lookup(word, Verbosity.ALL, distance)
        if len(word) < _SHORTEST:
            found = [n for n in found if n.term in STOP_WORDS] or [
                n for n in found if _lacks_letters(word, n.term)
            ]
        if rare:
            found = [
                n
                for n in found
                if n.term[0] == word[0] and (n.term in self._counts or _lacks_letters(word, n.term))
            ]
        return found


def _unlikeness(word: str, candidate: str) -> int:
    """Return how unlike a slip of the pen a candidate is: people seldom miss the first letter.

    They drop letters more often than they take others.
    """
    return 2 * (word[0] != candidate[0]) + (not _lacks_letters(word, candidate))


def _lacks_letters(word: str, candidate: str) -> bool:
    """Tell whether a word is a candidate with letters dropped."""
    letters = iter(candidate)
    return all(letter in letters for letter in word)


class WordCounts:
    """The words that texts are written in, with their counts."""

    def __init__(self) -> None:
        """Begin without a word."""
        self.counts: dict[str, int] = {}  # by the folded word
        self.surfaces: dict[str, str] = {}  # with capitals only if always so

    def add(self, text: str, sign: int = 1) -> None:
        """Count the words of a text; with ``sign`` -1 no longer."""
        # An address says nothing of how its words are written.
        prose = (part for part in text.split() if not _ADDRESS.search(part))
        for written in _WORD.findall(" ".join(prose)):
            word = fold(written)
            self.counts[word] = self.counts.get(word, 0) + sign
            if sign > 0:
                self._note(word, written)

    def update(self, counts: Mapping[str, int], surfaces: Mapping[str, str]) -> None:
        """Add what was counted elsewhere."""
        for word, count in counts.items():
            self.counts[word] = self.counts.get(word, 0) + count
        for word, written in surfaces.items():
            self._note(word, written)

    def _note(self, word: str, written: str) -> None:
        known = self.surfaces.get(word)
        if known is None or known[0].isupper() or not written[0].isupper():
            self.surfaces[word] = written
