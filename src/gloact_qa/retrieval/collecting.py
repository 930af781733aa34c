"""Gathers a catalogue, document by document."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gloact_qa.retrieval.catalogue import (
    MAX_ABBREVIATIONS,
    MAX_LONG_FORMS,
    MAX_WORDS,
    Catalogue,
    Entry,
    Word,
)
from gloact_qa.schema import Document, Kind, Passage
from gloact_qa.settings import Settings
from gloact_qa.text.descriptions import descriptions
from gloact_qa.text.spelling import WordCounts
from gloact_qa.text.terms import Compounds, Phrase, find_compounds
from gloact_qa.text.variants import name_variants


@dataclass(frozen=True, slots=True)
class Survey:
    """What the texts of some documents tell before their passages can be made."""

    compounds: Compounds
    words: WordCounts


def survey(texts: Sequence[str]) -> Survey:
    """Look through texts for compounds and words."""
    words = WordCounts()
    for text in texts:
        words.add(text)
    return Survey(find_compounds(texts), words)


@dataclass(slots=True)
class Collector:
    """Gathers a catalogue; documents are added one by one, and may be taken away again."""

    settings: Settings
    # Of the terms, those that are kept for the thesaurus; None: all.
    wanted_terms: frozenset[str] | None = None
    _documents: dict[str, Entry] = field(default_factory=dict)
    _joins: dict[tuple[str, str], str] = field(default_factory=dict)
    _splits: dict[str, tuple[str, str]] = field(default_factory=dict)
    _abbreviations: Counter[tuple[Phrase, Phrase]] = field(default_factory=Counter)
    _words: WordCounts = field(default_factory=WordCounts)
    _terms: set[str] = field(default_factory=set)

    def resume(self, catalogue: Catalogue) -> None:
        """Go on from a catalogue."""
        self._documents.update(catalogue.documents)
        self._joins.update(catalogue.joins)
        self._splits.update(catalogue.splits)
        self._abbreviations.update(catalogue.abbreviations)
        self._words.update(
            {word: known.count for word, known in catalogue.words.items()},
            {word: known.surface or word for word, known in catalogue.words.items()},
        )
        self._terms.update(catalogue.thesaurus_terms)

    @property
    def compounds(self) -> Compounds:
        """The compounds of all that was surveyed, of what was taken away too."""
        return Compounds(self._joins, self._splits)

    def survey(self, found: Survey) -> None:
        """Add what the texts of documents tell."""
        self._joins.update(found.compounds.joins)
        self._splits.update(found.compounds.splits)
        self._words.update(found.words.counts, found.words.surfaces)

    def add(self, document: Document, passages: Sequence[Passage], content_hash: str = "") -> None:
        """Add a document, whose text was surveyed, with its passages."""
        self._documents[document.document_id] = Entry(
            document_id=document.document_id,
            title=document.title,
            url=document.url,
            date=document.date,
            language=document.language,
            content_hash=content_hash,
            passages=len(passages),
            terms=sum(len(p.tags) + sum(len(s.terms) for s in p.sentences) for p in passages),
        )
        self._abbreviations.update(abbreviations(passages))
        terms = (term for p in passages for s in p.sentences for term in s.places)
        wanted = self.wanted_terms
        self._terms.update(terms if wanted is None else (t for t in terms if t in wanted))

    def take_away(self, document: Document, passages: Sequence[Passage]) -> None:
        """Forget a document; its compounds stay, since others may have them too."""
        self._documents.pop(document.document_id, None)
        self._words.add(document.text, sign=-1)
        self._abbreviations.subtract(abbreviations(passages))

    def catalogue(self, order: Iterable[str] | None = None) -> Catalogue:
        """Return the catalogue, the documents in that order; by default as they were added."""
        ids = self._documents if order is None else order
        counts = {word: count for word, count in self._words.counts.items() if count > 0}
        if len(counts) > MAX_WORDS:
            frequent = sorted(counts, key=lambda word: (-counts[word], word))
            counts = {word: counts[word] for word in frequent[:MAX_WORDS]}
        surfaces = self._words.surfaces
        return Catalogue(
            passage_size=self.settings.passage_size,
            k1=self.settings.k1,
            b=self.settings.b,
            documents={document_id: self._documents[document_id] for document_id in ids},
            joins=self._joins,
            splits=self._splits,
            abbreviations=dict(_bounded(self._abbreviations)),
            words={
                word: Word(count, surface if (surface := surfaces.get(word)) != word else None)
                for word, count in counts.items()
            },
            thesaurus_terms=frozenset(self._terms),
        )


def _bounded(
    found: Counter[tuple[Phrase, Phrase]],
) -> Iterator[tuple[tuple[Phrase, Phrase], int]]:
    """Yield what is kept of the abbreviations, in the order in which they were found."""
    ranked = [pair for pair, count in found.most_common() if count > 0]
    long_forms: Counter[Phrase] = Counter()
    kept = set()
    for pair in ranked:
        long_forms[pair[0]] += 1
        if long_forms[pair[0]] <= MAX_LONG_FORMS:
            kept.add(pair)
            if len(kept) == MAX_ABBREVIATIONS:
                break
    return ((pair, count) for pair, count in found.items() if pair in kept)


def abbreviations(passages: Sequence[Passage]) -> Iterator[tuple[Phrase, Phrase]]:
    """Yield the terms of every abbreviation that the passages introduce, with its long form's.

    What a name is described as, and how else it is spelt, stands for it like an abbreviation.
    """
    for passage in passages:
        for sentence in passage.sentences:
            for mention in sentence.mentions:
                if mention.kind is Kind.EXPANSION:
                    short, long = (
                        tuple(term.text for term in sentence.terms_in(start, end))
                        for start, end in (
                            (mention.owner_start, mention.owner_end),
                            (mention.start, mention.end),
                        )
                    )
                    if short and long:
                        yield short, long
        yield from descriptions(passage.sentences)
    yield from name_variants(s for passage in passages for s in passage.sentences)
