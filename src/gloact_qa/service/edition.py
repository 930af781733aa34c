"""What is served at one time, all made from the same files of the knowledge folder."""

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from gloact_qa.answering.bot import Bot, load_bot
from gloact_qa.errors import QuestionSetError
from gloact_qa.schema import DocumentSummary
from gloact_qa.service.examples import find_examples
from gloact_qa.service.fingerprint import Fingerprint, state_of
from gloact_qa.service.recall import Recall
from gloact_qa.settings import Settings

_SUMMARIES = TypeAdapter(tuple[DocumentSummary, ...])

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edition:
    """A bot, and what else is said about its releases; only replaced as a whole.

    A request takes one edition when it begins and uses no other, so that its answer, too,
    is of one piece.
    """

    bot: Bot
    examples: tuple[str, ...]
    recall: Recall
    _list: Callable[[], bytes] = field(repr=False)

    @property
    def listing(self) -> bytes:
        """The JSON of GET /documents."""
        return self._list()

    @property
    def passages(self) -> int:
        """How many passages it has."""
        return self.bot.passages

    @property
    def size(self) -> str:
        """How much it holds, in words."""
        count = self.bot.size
        return "1 release" if count == 1 else f"{count} releases"


def build_edition(settings: Settings) -> Edition:
    """Read the knowledge folder and build all that is served from it.

    Raises KnowledgeError or QuestionSetError, naming the file, when the folder or a file
    in it cannot be used: an edition is whole, or there is none.
    """
    bot = load_bot(settings)
    bot.warm_up()
    return _edition(bot, find_examples(bot, _question_set(settings)), settings)


def open_newsroom(settings: Settings) -> "Newsroom":
    """Build the edition to begin with, and the newsroom that serves it.

    There is no earlier one to go on with, and a question set only gives the examples: so
    a malformed one costs no more than these. Raises KnowledgeError like build_edition.
    """
    read = state_of(settings)
    bot = load_bot(settings)
    bot.warm_up()
    try:
        examples = find_examples(bot, _question_set(settings))
    except QuestionSetError as error:
        _log.warning("no example questions: %s", error)
        return Newsroom(_edition(bot, (), settings), read, str(error))
    return Newsroom(_edition(bot, examples, settings), read)


def _question_set(settings: Settings) -> Path:
    return settings.knowledge / "questions.jsonl"


def _edition(bot: Bot, examples: tuple[str, ...], settings: Settings) -> Edition:
    return Edition(
        bot=bot,
        examples=examples,
        recall=Recall(settings.remembered_answers),
        # An archive's list is long, and few ask for it.
        _list=lru_cache(1)(lambda: _SUMMARIES.dump_json(bot.summaries)),
    )


def settle_memory() -> None:
    """Take what is in memory now for lasting, after freeing what nobody has any more.

    Python's garbage collector goes through all objects that live, again and again. An
    edition's many never change: left out, an answer that is remembered costs a quarter
    less, and no question waits 50 ms for a collection. To be called when an edition has
    come or gone; takes about 0.1 s.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Newsroom:
    """Holds the edition that is served now."""

    def __init__(
        self, edition: Edition, read: Fingerprint | None, refused: str | None = None
    ) -> None:
        """Begin with an edition, made when the knowledge folder was as ``read`` says.

        ``refused`` is what was wrong with the folder all the same, if anything.
        """
        self.current = edition
        self.read = read
        self.refused = refused

    def publish(self, edition: Edition) -> None:
        """Serve another edition from the next request on."""
        self.current = edition
        self.refused = None

    def refuse(self, reason: str) -> None:
        """Keep to the present edition, since the folder as it is now makes none."""
        self.refused = reason
