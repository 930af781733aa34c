"""Which words are English: the list that comes with symspellpy."""

import zlib
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files

import numpy as np

_MARK = b"\xef\xbb\xbf"  # a byte order mark: the file begins with one


_RARE = 600_000  # a word that was counted more seldom, in as many pages, is rare: two thirds are


@cache
def _checksums() -> "tuple[array[int], array[int]]":
    """Return the CRC-32 of each of some 80,000 English words, in order, the rare ones apart.

    As strings in a set they take ten megabytes, as numbers in an array a third of one. One
    in 50,000 other words has the checksum of one of them.
    """
    listed = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    words = array("I"), array("I")
    with listed.open("rb") as lines:  # "word count"; one by one, as all of them are much memory
        for line in lines:
            word, _, count = line.removeprefix(_MARK).partition(b" ")
            words[int(count) < _RARE].append(zlib.crc32(word))
    frequent, rare = (
        array("I", np.sort(np.frombuffer(found, np.uint32)).tobytes()) for found in words
    )
    return frequent, rare


def is_common_word(word: str) -> bool:
    """Tell whether a lower-case word is in the list."""
    frequent, rare = _checksums()
    return _has(frequent, word) or _has(rare, word)


def is_frequent_word(word: str) -> bool:
    """Tell whether a lower-case word is in the list, and not among the rare ones.

    A slip of the pen often makes a rare word: "minster", "titter".
    """
    return _has(_checksums()[0], word)


def _has(checksums: "array[int]", word: str) -> bool:
    checksum = zlib.crc32(word.encode("utf-8", "surrogatepass"))
    place = bisect_left(checksums, checksum)
    return place < len(checksums) and checksums[place] == checksum
