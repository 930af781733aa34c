"""The answers that were given last, for requests that come again."""

import hashlib
from collections import OrderedDict

from gloact_qa.schema import Answer


class Recall:
    """Answers by the bodies of their requests, the oldest forgotten first.

    What the page suggests and what is in the news is asked again and again, and the same
    follow-ups after it. A body is known by its SHA-256, so that the turns of a conversation
    are forgotten with their request; what the question was read as stays in the answer.
    """

    def __init__(self, size: int) -> None:
        """Keep at most ``size`` answers; with 0 none."""
        self._size = size
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()

    def find(self, body: bytes) -> Answer | None:
        """Return the answer to the same request; None when it isn't kept."""
        if not self._size:
            return None
        key = _key(body)
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def keep(self, body: bytes, answer: Answer) -> None:
        """Keep the answer to a request."""
        if not self._size:
            return
        self._answers[_key(body)] = answer
        if len(self._answers) > self._size:
            self._answers.popitem(last=False)


def _key(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
