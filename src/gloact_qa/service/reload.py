"""Takes up what changes in the knowledge folder, while the service goes on."""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import aclosing, suppress
from pathlib import Path
from typing import TypeVar

from watchfiles import Change, awatch

from gloact_qa.errors import EngineUnavailableError, GloactQAError
from gloact_qa.retrieval.engines import is_stored
from gloact_qa.service.edition import Edition, Newsroom, build_edition, settle_memory
from gloact_qa.service.fingerprint import Fingerprint, matters, state_of
from gloact_qa.service.metrics import Metrics
from gloact_qa.settings import Settings

# A change is taken up when nothing more came for _QUIET_MS, or _LONGEST_MS after the first:
# many files are copied, and an editor writes one in several steps.
_QUIET_MS = 150
_LONGEST_MS = 600
# How often to look whether the folder itself is still the same: what watches it stays with
# a folder that was renamed, and hears nothing of the one that came into its place.
_LOOK_MS = 500

_Result = TypeVar("_Result")
_Settled = TypeVar("_Settled")
_log = logging.getLogger(__name__)


class Reloader:
    """Watches the knowledge folder and gives the newsroom a new edition on every change."""

    def __init__(self, newsroom: Newsroom, settings: Settings, metrics: Metrics) -> None:
        """Serve ``newsroom`` with what the knowledge folder of ``settings`` has."""
        self._newsroom = newsroom
        self._settings = settings
        self._metrics = metrics
        self._complaint: str | None = None

    async def run(self) -> None:
        """Watch until cancelled."""
        folder = self._settings.knowledge
        while is_stored(self._settings):  # the index may be anywhere, so there is only to look
            await self._take_up()
            await asyncio.sleep(_LOOK_MS / 1000)
        while True:
            await self._take_up()
            watched = _identity(folder)
            if watched is None:
                await asyncio.sleep(_LOOK_MS / 1000)
                continue
            try:
                await self._watch(folder, watched)
            except OSError as error:
                # Gone between two looks, or the system has no more watches to give: then
                # the loop still looks by itself.
                if str(error) != self._complaint:
                    self._complaint = str(error)
                    _log.warning("%s: cannot be watched: %s", folder, error)
                await asyncio.sleep(_LOOK_MS / 1000)

    async def _watch(self, folder: Path, watched: tuple[int, int]) -> None:
        """Take up changes as long as ``folder`` is the one whose identity is ``watched``."""
        changes = awatch(
            folder,
            watch_filter=_is_change,
            debounce=_LONGEST_MS,
            step=_QUIET_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            recursive=False,
        )
        # What came after the last look and before the watch began was told to nobody.
        missed = True
        async with aclosing(changes):
            async for changed in changes:
                if changed or missed:
                    missed = False
                    await self._take_up()
                if _identity(folder) != watched:
                    return

    async def _take_up(self) -> None:
        """Serve the folder as it is now, unless it was read already; or say why not."""
        while True:
            outcome = await _in_thread(self._attempt)
            if outcome is None:
                return
            now, edition = outcome
            if isinstance(edition, Edition):
                self._newsroom.read = now
                self._newsroom.publish(edition)
                self._metrics.reloads_served.inc()
                await _in_thread(settle_memory)
                _log.info("now serving %s", self._newsroom.current.size)
                continue  # it may have changed while it was read
            await asyncio.sleep(_QUIET_MS / 1000)
            if now != await _in_thread(self._state):
                continue  # a file was still being written, or the cluster is away
            self._newsroom.read = now
            self._newsroom.refuse(edition)
            self._metrics.reloads_refused.inc()
            _log.warning("the change is refused, and what was served before goes on: %s", edition)

    def _state(self) -> Fingerprint | None:
        with suppress(EngineUnavailableError):
            return state_of(self._settings)
        return None

    def _attempt(self) -> tuple[Fingerprint | None, Edition | str] | None:
        """Return the state that was read and its edition, or why there is none.

        None when the folder is as it was. Runs in a thread of its own.
        """
        try:
            now = state_of(self._settings)
            if now == self._newsroom.read:
                self._complaint = None
                return None
            return now, build_edition(self._settings)
        except EngineUnavailableError as error:  # it may come back by itself
            if str(error) != self._complaint:
                self._complaint = str(error)
                _log.warning("what is served goes on: %s", error)
            return None
        except GloactQAError as error:
            return now, str(error)
        except Exception as error:
            # Whatever a file brings about, the service goes on.
            _log.exception("unexpected error in reading the knowledge folder")
            return now, f"unexpected {type(error).__name__}; the log has more"


def _is_change(_: Change, path: str) -> bool:
    # A ConfigMap's files are links into ..data, and only that changes.
    name = Path(path).name
    return matters(name) or name == "..data"


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells the folder from another of its name, or None without a folder."""
    try:
        about = folder.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


async def _in_thread(function: Callable[[], _Result]) -> _Result:
    """Run a function in a thread that the process doesn't wait for when it ends.

    The event loop's own threads are waited for, and a large folder takes its time.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_Result] = loop.create_future()

    def run() -> None:
        with suppress(RuntimeError):  # the loop has ended
            try:
                result = function()
            except Exception as error:
                loop.call_soon_threadsafe(settle, future.set_exception, error)
            else:
                loop.call_soon_threadsafe(settle, future.set_result, result)

    def settle(how: Callable[[_Settled], None], value: _Settled) -> None:
        if not future.done():  # done: cancelled
            how(value)

    threading.Thread(target=run, name="reload", daemon=True).start()
    return await future
