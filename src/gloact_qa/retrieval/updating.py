"""What `gloact-qa index` does: brings a stored index to what the knowledge folder has.

A document is read again only if its file's bytes are others than those that were indexed; or
if a word that it joins or parts is now written otherwise somewhere (a new compound), so that
the index is always the one that would be built from nothing.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gloact_qa.errors import UnusableIndexError
from gloact_qa.knowledge.documents import parse_document, read_release, release_files
from gloact_qa.knowledge.passages import split_passages
from gloact_qa.retrieval.base import IndexWriter, OpenedIndex
from gloact_qa.retrieval.collecting import Collector, Survey, survey
from gloact_qa.retrieval.engines import index_state, open_index, open_writer
from gloact_qa.schema import Document, Passage
from gloact_qa.settings import Settings
from gloact_qa.text.synonyms import thesaurus_targets
from gloact_qa.text.terms import Analyzer, Compounds, stem

# Documents from which on several processes read them: one takes half a second to start.
_MANY = 200
# Passages in which a new compound is looked for, at most.
_MOST_AFFECTED = 100_000

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Run = Callable[[Callable[[Path], _Result], Sequence[Path]], Iterable[_Result]]


class Progress(Protocol):
    """Passes on what it is given, and may show how far it is."""

    def __call__(self, what: str, count: int, items: Iterable[_Item], /) -> Iterable[_Item]:
        """Pass on ``items``, of which there are ``count``."""
        ...


def _unseen(_: str, __: int, items: Iterable[_Item], /) -> Iterable[_Item]:
    return items


@dataclass(frozen=True, slots=True)
class Update:
    """What has become of the documents, by their numbers, and how many passages there are."""

    added: int
    changed: int
    removed: int
    reread: int  # of those that did not change, for a compound
    documents: int
    passages: int


def update_index(
    settings: Settings,
    fresh: bool = False,
    processes: int | None = None,
    progress: Progress = _unseen,
) -> Update:
    """Make the index what the knowledge folder has, and put it into use.

    With ``fresh``, or where the present index is another version's or has other settings,
    all is read anew. ``processes`` read, by default as many as there are processors.
    Raises KnowledgeError when the folder or a file cannot be used, and what open_writer does;
    what was in use then goes on.
    """
    files = release_files(settings.knowledge)
    present = None if fresh else _present(settings)
    writer = open_writer(settings, fresh=present is None)
    try:
        return _update(settings, files, present, writer, processes, progress)
    except BaseException:  # an interrupt too
        writer.abort()
        raise


def _present(settings: Settings) -> OpenedIndex | None:
    if index_state(settings) is None:
        return None
    try:
        return open_index(settings)
    except UnusableIndexError:
        return None


def _update(
    settings: Settings,
    files: Mapping[str, Path],
    present: OpenedIndex | None,
    writer: IndexWriter,
    processes: int | None,
    progress: Progress,
) -> Update:
    collector = Collector(settings, thesaurus_targets())
    known = present.catalogue.documents if present else {}
    if present:
        collector.resume(present.catalogue)
    hashes = {i: _hash(read_release(path)) for i, path in files.items()}
    changed = [i for i in files if i not in known or known[i].content_hash != hashes[i]]
    removed = [i for i in known if i not in files]
    with _processes(processes if len(changed) >= _MANY else 1) as run:
        found = run(_survey, [files[i] for i in changed])
        for told in progress("Looking through", len(changed), found):
            collector.survey(told)
    compounds = collector.compounds
    affected: set[str] = set()
    if present:
        affected = _affected(present, compounds).difference(changed, removed)
        again = set(changed)
        gone = [i for i in known if i in affected or i not in files or i in again]
        _take_away(gone, present, collector, settings)
        writer.remove(gone)
        for document_id in sorted(affected):
            collector.survey(_survey(files[document_id]))
    read = sorted(affected.union(changed))
    with _processes(processes if len(read) >= _MANY else 1, (Analyzer(compounds), settings)) as run:
        made = run(_read, [files[i] for i in read])
        for one in progress("Indexing", len(read), made):
            writer.add(one.passages)
            writer.keep([one.document])
            collector.add(one.document, one.passages, one.content_hash)
    catalogue = collector.catalogue(files)
    update = Update(
        added=sum(i not in known for i in changed),
        changed=sum(i in known for i in changed),
        removed=len(removed),
        reread=len(affected),
        documents=len(catalogue.documents),
        passages=catalogue.passages,
    )
    if read or removed or present is None:
        writer.commit(catalogue)
    else:
        writer.abort()
    return update


def _take_away(
    document_ids: Sequence[str], present: OpenedIndex, collector: Collector, settings: Settings
) -> None:
    """Take documents away from the collector, as they were indexed."""
    analyzer = Analyzer(present.catalogue.compounds)
    for document_id in document_ids:
        entry = present.catalogue.documents[document_id]
        text = present.texts.text(document_id)
        if text is not None:
            document = Document(document_id=document_id, title=entry.title, text=text)
            passages = list(split_passages([document], analyzer, settings.passage_size))
            collector.take_away(document, passages)


def _affected(present: OpenedIndex, compounds: Compounds) -> set[str]:
    """Return the ids of the indexed documents that have a word which is a compound only now."""
    before = present.catalogue.compounds
    queries: list[tuple[str, ...]] = [
        (stem(joined),)
        for joined, parts in compounds.splits.items()
        if before.splits.get(joined) != parts
    ]
    queries += [
        (stem(first), stem(last))
        for (first, last), joined in compounds.joins.items()
        if before.joins.get((first, last)) != joined
    ]
    highest = present.index.idf("")
    affected: set[str] = set()
    for terms in queries:
        if any(present.index.idf(term) == highest for term in terms):
            continue  # nowhere
        having = [
            {hit.passage.document_id for hit in present.index.search({term: 1.0}, _MOST_AFFECTED)}
            for term in terms
        ]
        affected |= set.intersection(*having)
    return affected


@dataclass(frozen=True, slots=True)
class _Made:
    document: Document
    passages: tuple[Passage, ...]
    content_hash: str


# What a process reads with; each has its own.
_reading: tuple[Analyzer, Settings] | None = None


def _set_reading(reading: tuple[Analyzer, Settings] | None) -> None:
    global _reading
    _reading = reading


def _survey(path: Path) -> Survey:
    return survey([parse_document(path, read_release(path)).text])


def _read(path: Path) -> _Made:
    if _reading is None:
        raise RuntimeError("a process reads before it was told how")
    analyzer, settings = _reading
    content = read_release(path)
    document = parse_document(path, content)
    passages = tuple(split_passages([document], analyzer, settings.passage_size))
    return _Made(document, passages, _hash(content))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _processes(
    count: int | None, reading: tuple[Analyzer, Settings] | None = None
) -> Iterator["_Run[Any]"]:
    """Give what applies a function to files, in order: in several processes, or in this."""
    if count == 1:
        _set_reading(reading)
        yield map
        return
    # Not forked: the threads of an engine do not come along.
    context = multiprocessing.get_context("spawn")
    with context.Pool(count or os.cpu_count(), _set_reading, (reading,)) as pool:
        yield lambda function, files: pool.imap(function, files, chunksize=16)
