"""The line in which questions wait for their turn to be answered."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Result = TypeVar("_Result")

# The longest that the event loop may be kept from the network, in seconds.
_LONGEST_SLICE = 0.02
# Questions that a search engine over a network is asked at a time.
_THREADS = 16


class WaitingLine:
    """Computes answers on the event loop, in order, in slices, and knows how many wait.

    An answer takes about a millisecond of the processor and awaits nothing. A thread for
    it would bring no speed, since only one thread runs Python at a time, and costs some:
    measured with 64 connections, a few percent fewer answers, and the slowest hundredth
    took half as long again. But without a line the loop would answer all that it has read
    before it looked at the network again: /healthz would wait for all of them, and nothing
    would ever see how many there are.

    Who waits for a search engine over a network is another matter: that is done in threads,
    of which only so many as keep such an engine busy.
    """

    def __init__(self, length: int) -> None:
        """Let at most ``length`` wait."""
        self._length = length
        self._waiting: deque[tuple[Callable[[], object], asyncio.Future[object]]] = deque()
        self._busy = False
        self._paused = 0.0  # when it last stopped computing
        self._away = 0  # those that wait for a search engine, or for a thread to do so
        self._threads: ThreadPoolExecutor | None = None

    @property
    def full(self) -> bool:
        """Whether one more would be too many."""
        return len(self._waiting) + max(0, self._away - _THREADS) >= self._length

    async def run(self, function: Callable[[], _Result], remote: bool = False) -> _Result:
        """Return the function's result, when it is its turn.

        ``remote``: it waits for others more than it computes.
        """
        if remote:
            return await self._run_apart(function)
        if not self._busy:
            self._busy = True
            try:
                return function()
            finally:
                self._pause()
        result: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((function, result))  # type: ignore[arg-type]  # it is its own
        return await result

    async def _run_apart(self, function: Callable[[], _Result]) -> _Result:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, "answer")
        self._away += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, function)
        finally:
            self._away -= 1

    def _pause(self) -> None:
        """Let the event loop look at the network before the next slice."""
        self._paused = time.perf_counter()
        asyncio.get_running_loop().call_soon(self._go_on)

    def _go_on(self) -> None:
        """Compute for as long as the loop did other things, and at least one answer.

        So answering keeps half of the processor however much there is to turn away, and
        yet new connections, of which the loop takes one a round, come in swiftly.
        """
        if not self._waiting:
            self._busy = False
            return
        now = time.perf_counter()
        end = now + min(now - self._paused, _LONGEST_SLICE)
        while self._waiting:
            function, result = self._waiting.popleft()
            if not result.done():  # done: cancelled while it waited
                try:
                    result.set_result(function())
                except Exception as error:
                    result.set_exception(error)
                if time.perf_counter() >= end:
                    break
        self._pause()
