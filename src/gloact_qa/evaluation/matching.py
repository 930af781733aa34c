"""Whether a text contains an answer, but for case, white space and typography."""

import re
import unicodedata
from functools import lru_cache

_TYPOGRAPHY = str.maketrans(
    {**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—", "-")}
)
# A superscript that lost the space after it on its way from a web page: "28 thCommission".
_GLUED_ORDINAL = re.compile(r"(\d\s?(?:st|nd|rd|th))(?=[A-Z])")


@lru_cache(maxsize=4096)
def normalize(text: str) -> str:
    """Return a text case-folded, with single spaces, straight quotes and plain hyphens."""
    parted = _GLUED_ORDINAL.sub(r"\1 ", text).translate(_TYPOGRAPHY)
    return " ".join(unicodedata.normalize("NFC", parted.casefold()).split())


def contains(text: str, answer: str) -> bool:
    """Tell whether a text contains an answer as whole words and whole numbers.

    "four" is not in "fourteen", nor "118,000" in "5,118,000".
    """
    haystack, needle = normalize(text), normalize(answer)
    # The plain search settles nearly all cases, and much faster.
    return bool(needle) and needle in haystack and bool(_pattern(needle).search(haystack))


@lru_cache(maxsize=4096)
def _pattern(needle: str) -> re.Pattern[str]:
    before = after = ""
    if re.match(r"\w", needle):
        before = r"(?<!\w)" + (r"(?<!\d[.,])" if needle[0].isdigit() else "")
    if re.search(r"\w\Z", needle):
        after = r"(?!\w)" + (r"(?![.,]\d)" if needle[-1].isdigit() else "")
    return re.compile(before + re.escape(needle) + after)
