"""Which engine: the one place that knows them all.

A stored engine is a module with ``open_index(settings) -> OpenedIndex``,
``open_writer(settings, fresh) -> IndexWriter`` (``fresh``: begin with nothing) and
``index_state(settings) -> str | None``, which is cheap, never the same for two indexes, and
None without one.
"""

from importlib import import_module
from typing import Protocol, cast

from gloact_qa.errors import MissingExtraError
from gloact_qa.retrieval.base import IndexWriter, OpenedIndex
from gloact_qa.settings import IN_MEMORY, Settings

_MODULES = {"tantivy": "tantivy_index", "opensearch": "opensearch_index"}
# What is imported from an extra's library, by the engine.
_LIBRARIES = {"tantivy": "tantivy", "opensearch": "opensearchpy"}


class _Engine(Protocol):
    def open_index(self, settings: Settings) -> OpenedIndex: ...

    def open_writer(self, settings: Settings, fresh: bool = False) -> IndexWriter: ...

    def index_state(self, settings: Settings) -> str | None: ...


def is_stored(settings: Settings) -> bool:
    """Tell whether the engine opens an index that `gloact-qa index` made."""
    return settings.engine != IN_MEMORY


def open_index(settings: Settings) -> OpenedIndex:
    """Open the index that `gloact-qa index` made.

    Raises UnusableIndexError when there is none that could be used, MissingExtraError when
    the engine is not installed.
    """
    return _engine(settings).open_index(settings)


def open_writer(settings: Settings, fresh: bool = False) -> IndexWriter:
    """Begin the next state of the index, from the present one unless ``fresh``.

    Raises MissingExtraError when the engine is not installed, and UnusableIndexError when
    the index cannot be written or another writer is at it.
    """
    return _engine(settings).open_writer(settings, fresh)


def index_state(settings: Settings) -> str | None:
    """Return what tells the index that is in use from another; None without one."""
    return _engine(settings).index_state(settings)


def _engine(settings: Settings) -> _Engine:
    try:
        import_module(_LIBRARIES[settings.engine])
    except ImportError as error:
        raise MissingExtraError(
            f"GLOACT_QA_ENGINE={settings.engine}: the engine is not installed; "
            f"pip install 'gloact-qa[{settings.engine}]'"
        ) from error
    return cast(_Engine, import_module(f"gloact_qa.retrieval.{_MODULES[settings.engine]}"))
