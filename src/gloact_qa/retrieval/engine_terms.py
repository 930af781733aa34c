"""Terms as an engine takes them: whole words, parted by spaces."""

import hashlib
import re
from collections.abc import Iterator

from gloact_qa.schema import Passage

_ODD = re.compile(r"[\s%\x00-\x1f\x7f\ud800-\udfff]")
# Characters; Lucene takes 32,766 bytes of a term, and a character is six bytes at most here.
_LONGEST = 1000


def engine_term(term: str) -> str:
    """Return the term without white space and what is no text, another for every other term.

    A percent sign stands before the six hexadecimal digits of an odd character's code point,
    and before the hash of a term that is too long for an engine.
    """
    if term.isalnum():
        safe = term
    else:
        safe = _ODD.sub(lambda match: f"%{ord(match.group()):06x}", term) or "%"
    if len(safe) > _LONGEST:
        return f"%sha256-{hashlib.sha256(safe.encode()).hexdigest()}"
    return safe


def engine_terms(passage: Passage) -> Iterator[str]:
    """Yield the terms that a passage is indexed under, its tags too."""
    for sentence in passage.sentences:
        for term in sentence.terms:
            yield engine_term(term.text)
    for tag in passage.tags:
        yield engine_term(tag)


def passage_order(passage_id: str) -> tuple[str, int]:
    """Return what sorts passages as they stand in the collection: by document, by number."""
    document_id, _, number = passage_id.rpartition("#")
    return document_id, int(number)
