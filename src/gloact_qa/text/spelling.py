"""Spelling, repaired against what the collection writes.

A word is touched only if neither the collection nor the English word list has it.
Candidates come from SymSpell (W. Garbe, https://github.com/wolfgarbe/SymSpell), the
nearest by Damerau-Levenshtein distance first, of equal ones the more frequent.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from symspellpy import SymSpell, Verbosity

from gloact_qa.text.lexicon import is_common_word
from gloact_qa.text.terms import STOP_WORDS, fold, tokenize

_MAX_DISTANCE = 2
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHORTEST = 4  # letters; a shorter word has too many neighbours


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a text and what it was taken for."""

    start: int
    end: int
    word: str


# Question words as people mistype them, though some are rare English words.
_QUESTION_WORDS = {
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
}


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
    def _symspell(self) -> SymSpell:
        symspell = SymSpell(max_dictionary_edit_distance=_MAX_DISTANCE, prefix_length=5)
        for word, count in self._vocabulary.items():
            symspell.create_dictionary_entry(word, count)
        return symspell

    def warm_up(self) -> None:
        """Build now what the first misspelt word needs."""
        _ = self._symspell

    def corrections(self, text: str) -> tuple[Correction, ...]:
        """Return the words of ``text`` that are misspelt, with what they were meant to be."""
        found = (
            (token, self._correct(fold(token.text)))
            for token in tokenize(text)
            if token.kind == "word"
        )
        return tuple(
            Correction(token.start, token.end, self._surfaces.get(word, word))
            for token, word in found
            if word
        )

    def _correct(self, word: str) -> str | None:
        if word in _QUESTION_WORDS and word not in self._vocabulary:
            return _QUESTION_WORDS[word]
        base = word.removesuffix("'s")
        if len(base) < 3 or not base.isalpha():
            return None
        if (
            base in self._counts
            or base in STOP_WORDS
            or is_common_word(base)
            or self._knows(base)
            or base in self._vocabulary
        ):
            return None
        # Two errors need a word long enough to be told by the rest of it.
        distance = 1 if len(base) < 6 else _MAX_DISTANCE
        nearest = self._symspell.lookup(base, Verbosity.ALL, distance)
        if len(base) < _SHORTEST:
            nearest = [n for n in nearest if n.term in STOP_WORDS]
        if not nearest:
            return None
        # The nearest, the likeliest slip, the more frequent; what the collection writes; then
        # by the alphabet, so that nothing depends on the order of a set.
        best = min(
            nearest,
            key=lambda n: (
                n.distance,
                _unlikeness(base, n.term),
                -n.count,
                n.term not in self._surfaces,
                n.term,
            ),
        )
        return str(best.term)


def _unlikeness(word: str, candidate: str) -> int:
    """Return how unlike a slip of the pen a candidate is: people seldom miss the first letter.

    They drop letters more often than they take others.
    """
    letters = iter(candidate)
    dropped_only = all(letter in letters for letter in word)
    return 2 * (word[0] != candidate[0]) + (not dropped_only)


class WordCounts:
    """The words that texts are written in, with their counts."""

    def __init__(self) -> None:
        """Begin without a word."""
        self.counts: dict[str, int] = {}  # by the folded word
        self.surfaces: dict[str, str] = {}  # with capitals only if always so

    def add(self, text: str, sign: int = 1) -> None:
        """Count the words of a text; with ``sign`` -1 no longer."""
        for written in _WORD.findall(text):
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
