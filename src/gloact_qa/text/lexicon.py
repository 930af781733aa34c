"""Which words are English: the list that comes with symspellpy, by frequency."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def word_frequencies() -> Mapping[str, int]:
    """Return some 80,000 English words with their counts in a large body of text."""
    listed = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    pairs = (line.split() for line in listed.read_text("utf-8-sig").splitlines())
    return {word: int(count) for word, count in pairs}


def is_common_word(word: str) -> bool:
    """Tell whether a lower-case word is in the list."""
    return word in word_frequencies()
