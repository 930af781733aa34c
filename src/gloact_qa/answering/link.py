"""Links that open a page at a quotation (https://wicg.github.io/scroll-to-text-fragment/)."""

from functools import lru_cache
from urllib.parse import quote

_WHOLE_WORDS = 8
_EDGE_WORDS = 4


@lru_cache(maxsize=256)  # most sources are those of other questions too
def text_fragment_link(url: str | None, quotation: str) -> str | None:
    """Return the URL with a text fragment for the quotation; None without a URL.

    A long quotation is given by its first and last words, as the specification advises.
    """
    words = quotation.split()
    if not url or not words:
        return None
    if len(words) <= _WHOLE_WORDS:
        directive = _encode(" ".join(words))
    else:
        directive = ",".join(
            _encode(" ".join(edge)) for edge in (words[:_EDGE_WORDS], words[-_EDGE_WORDS:])
        )
    separator = "" if "#" in url else "#"
    return f"{url}{separator}:~:text={directive}"


def _encode(text: str) -> str:
    # A hyphen has a meaning of its own in a text fragment.
    return quote(text, safe="").replace("-", "%2D")
