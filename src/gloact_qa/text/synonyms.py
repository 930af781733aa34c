"""Synonyms in the Solr format.

https://solr.apache.org/guide/solr/latest/indexing-guide/filters.html#synonym-graph-filter
``a, b c`` are equivalent; ``a, b => c, d`` reads a or b as c or d. ``#`` starts a comment
line; a backslash takes the next character as it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gloact_qa.errors import KnowledgeError
from gloact_qa.text.terms import Analyzer

Phrase = tuple[str, ...]

_COMMA = re.compile(r"(?<!\\),")
_ARROW = re.compile(r"(?<!\\)=>")
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """For a phrase of terms, the phrases that may stand for it."""

    alternatives: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    longest: int = 0  # terms in the longest phrase

    def at(self, terms: Sequence[str], start: int) -> tuple[int, tuple[Phrase, ...]]:
        """Return the length of the longest known phrase at ``start`` and its alternatives.

        The length is 0 and the alternatives are empty when none is known.
        """
        for length in range(min(self.longest, len(terms) - start), 0, -1):
            found = self.alternatives.get(tuple(terms[start : start + length]))
            if found:
                return length, found
        return 0, ()


def parse_synonyms(lines: Iterable[str], analyzer: Analyzer, name: str) -> Synonyms:
    """Read synonyms; phrases become the terms that ``analyzer`` makes of them.

    Raises KnowledgeError, with ``name`` and the line's number, on a line that is
    neither a list of two phrases at least nor a mapping.
    """
    alternatives: dict[Phrase, dict[Phrase, None]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        sides = _ARROW.split(line)
        phrases = [_phrases(side, analyzer) for side in sides]
        if len(sides) > 2 or not all(phrases) or (len(sides) == 1 and len(phrases[0]) < 2):
            raise KnowledgeError(
                f"{name}, line {number}: expected 'word, word, …' or 'word => word', "
                f"found {line.strip()[:60]!r}"
            )
        for phrase in phrases[0]:
            others = alternatives.setdefault(phrase, {})
            others.update(dict.fromkeys(p for p in phrases[-1] if p != phrase))
    return Synonyms(
        {phrase: tuple(others) for phrase, others in alternatives.items() if others},
        max(map(len, alternatives), default=0),
    )


def _phrases(side: str, analyzer: Analyzer) -> list[Phrase]:
    texts = [_ESCAPE.sub(r"\1", part).strip() for part in _COMMA.split(side)]
    terms = [tuple(term.text for term in analyzer.terms(text)) for text in texts]
    return list(dict.fromkeys(phrase for phrase in terms if phrase))


def load_synonyms(path: Path, analyzer: Analyzer) -> Synonyms:
    """Read a synonyms file; a missing one has no synonyms.

    Raises KnowledgeError, naming the file, when it cannot be read, is not UTF-8 or malformed.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return Synonyms()
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: not UTF-8: byte {error.start}") from error
    return parse_synonyms(lines, analyzer, str(path))
