"""Synonyms in the Solr format.

https://solr.apache.org/guide/solr/latest/indexing-guide/filters.html#synonym-graph-filter
``a, b c`` are equivalent; ``a, b => c, d`` reads a or b as c or d. ``#`` starts a comment
line; a backslash takes the next character as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from gloact_qa.errors import KnowledgeError
from gloact_qa.text.organisations import informal_names
from gloact_qa.text.terms import Analyzer, Phrase, stem

# On a line, and in a phrase, at most: each phrase is kept with each other, and what a question
# has is looked up by phrases of every length.
_MAX_PHRASES, _MAX_WORDS = 300, 30
_COMMA = re.compile(r"(?<!\\),")
_ARROW = re.compile(r"(?<!\\)=>")
_ESCAPE = re.compile(r"\\(.)")
# What the thesaurus's alternatives are worth beside those that were chosen with care.
_THESAURUS_WORTH = 0.6
_BEGINNING = 3  # characters that a word and its stem share


class Alternative(NamedTuple):
    """A phrase that may stand for another, and what it is worth (0 to 1)."""

    phrase: Phrase
    worth: float


@dataclass(frozen=True, slots=True)
class Synonyms:
    """For a phrase of terms, the phrases that may stand for it, the worthiest first."""

    alternatives: Mapping[Phrase, tuple[Alternative, ...]] = field(default_factory=dict)
    longest: int = 0  # terms in the longest phrase
    words: frozenset[str] = frozenset()  # of those worth most, as the files write them
    # For a term, the terms that it may mean, or not.
    related: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def at(self, terms: Sequence[str], start: int) -> tuple[int, tuple[Alternative, ...]]:
        """Return the length of the longest known phrase at ``start`` and its alternatives.

        The length is 0 and the alternatives are empty when none is known.
        """
        for length in range(min(self.longest, len(terms) - start), 0, -1):
            found = self.alternatives.get(tuple(terms[start : start + length]))
            if found:
                return length, found
        return 0, ()


def parse_synonyms(
    sources: Iterable[tuple[str, Iterable[str], float]],
    analyzer: Analyzer,
    pairs: Iterable[tuple[Phrase, Phrase]] = (),
) -> Synonyms:
    """Read synonyms from lines; ``sources`` have a name, its lines, and what they are worth.

    Phrases become the terms that ``analyzer`` makes of them; ``pairs`` are more phrases that
    stand for each other: abbreviations, to which informal names of organisations lead too.
    Raises KnowledgeError, with the name and the line's number, on a line that is neither a
    list of two phrases at least nor a mapping, or is too long.
    """
    alternatives: dict[Phrase, dict[Phrase, float]] = {}
    words: set[str] = set()

    def add(phrase: Phrase, other: Phrase, worth: float) -> None:
        if phrase != other:
            known = alternatives.setdefault(phrase, {})
            known[other] = max(known.get(other, 0.0), worth)

    for name, lines, worth in sources:
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
            if max(map(len, phrases)) > _MAX_PHRASES or max(map(len, chain(*phrases))) > _MAX_WORDS:
                raise KnowledgeError(
                    f"{name}, line {number}: more than {_MAX_PHRASES} phrases, or than "
                    f"{_MAX_WORDS} words in one; found {line.strip()[:60]!r}"
                )
            if worth == 1:
                words.update(re.findall(r"[^\W\d_]{4,}", line))
            for phrase in phrases[0]:
                for other in phrases[-1]:
                    add(phrase, other, worth)
    pairs = tuple(pairs)
    for one, other in pairs:
        add(one, other, 1.0)
        add(other, one, 1.0)
    for informal, short in informal_names(pairs):
        add(informal, (short,), 1.0)
    return Synonyms(
        {
            phrase: tuple(
                Alternative(other, worth)
                for other, worth in sorted(others.items(), key=lambda item: -item[1])
            )
            for phrase, others in alternatives.items()
        },
        max(map(len, alternatives), default=0),
        frozenset(words),
    )


def _phrases(side: str, analyzer: Analyzer) -> list[Phrase]:
    texts = [_ESCAPE.sub(r"\1", part).strip() for part in _COMMA.split(side)]
    return [phrase for phrase in map(analyzer.phrase, texts) if phrase]


def load_synonyms(
    path: Path | None,
    analyzer: Analyzer,
    pairs: Iterable[tuple[Phrase, Phrase]] = (),
    vocabulary: Iterable[str] | None = None,
) -> Synonyms:
    """Read the general English synonyms, and those of a file where there is one.

    ``pairs`` are more phrases that stand for each other. Of the thesaurus, which is large,
    only what leads to a term of ``vocabulary`` is read; all of it without one. Raises
    KnowledgeError, naming the file, when it cannot be read, is not UTF-8 or malformed.
    """
    sources: list[tuple[str, Iterable[str], float]] = [
        ("english_synonyms.txt", _packaged("english_synonyms.txt"), 1.0),
        (
            "english_thesaurus.txt",
            _leading_to(vocabulary, _packaged("english_thesaurus.txt")),
            _THESAURUS_WORTH,
        ),
    ]
    if path is not None:
        try:
            sources.append((str(path), path.read_text("utf-8-sig").splitlines(), 1.0))
        except FileNotFoundError:
            pass  # a newsroom need not have synonyms of its own
        except OSError as error:
            raise KnowledgeError(f"{path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise KnowledgeError(f"{path}: not UTF-8: byte {error.start}") from error
    return replace(
        parse_synonyms(sources, analyzer, pairs),
        related=_related(_leading_to(vocabulary, _packaged("english_related.txt"))),
    )


def _related(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    related: dict[str, set[str]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            asked, _, found = line.rpartition(" => ")
            for word in asked.split(", "):
                related.setdefault(stem(word), set()).add(stem(found))
    return {term: frozenset(terms) for term, terms in related.items()}


def _packaged(name: str) -> Iterator[str]:
    """Yield the lines of a data file of the package, which all together are much memory."""
    with files(__package__).joinpath("data", name).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def thesaurus_targets() -> frozenset[str]:
    """Return the terms that the thesaurus leads to: of a vocabulary, no other matters to it."""
    lines = chain(_packaged("english_thesaurus.txt"), _packaged("english_related.txt"))
    return frozenset(stem(line.rpartition("=> ")[2].split(" ")[0]) for line in lines if line)


def _leading_to(vocabulary: Iterable[str] | None, lines: Iterable[str]) -> Iterable[str]:
    """Return the mappings to a phrase whose first word is in the vocabulary."""
    if vocabulary is None:
        return lines
    terms = frozenset(vocabulary)
    beginnings = {term[:_BEGINNING] for term in terms}  # most words need no stemming to be told
    return [
        line
        for line in lines
        if (word := line.rpartition("=> ")[2].split(" ")[0])[:_BEGINNING] in beginnings
        and stem(word) in terms
    ]
