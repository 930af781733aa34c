"""Which words are English: the list that comes with symspellpy."""

import zlib
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files

import numpy as np

_MARK = b"\xef\xbb\xbf"  # a byte order mark: the file begins with one


@cache
def _checksums() -> "array[int]":
    """Return the CRC-32 of each of some 80,000 English words, in order.

    As strings in a set they take ten megabytes, as numbers in an array a third of one. One
    in 50,000 other words has the checksum of one of them.
    """
    listed = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    with listed.open("rb") as lines:  # "word count"; one by one, as all of them are much memory
        checksums = (zlib.crc32(line.removeprefix(_MARK).split(b" ", 1)[0]) for line in lines)
        return array("I", np.sort(np.fromiter(checksums, np.uint32)).tobytes())


def is_common_word(word: str) -> bool:
    """Tell whether a lower-case word is in the list."""
    checksums = _checksums()
    checksum = zlib.crc32(word.encode("utf-8", "surrogatepass"))
    place = bisect_left(checksums, checksum)
    return place < len(checksums) and checksums[place] == checksum
