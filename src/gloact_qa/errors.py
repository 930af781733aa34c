"""The errors that the package raises, each with one clear message for a person."""


class GloactQAError(Exception):
    """Something that the user can put right; the message says what and where."""


class KnowledgeError(GloactQAError):
    """A knowledge folder, or a file in it, cannot be used."""


class QuestionSetError(GloactQAError):
    """A question set cannot be read."""


class SettingsError(GloactQAError):
    """A setting has a value that it cannot have."""


class MissingExtraError(GloactQAError):
    """An optional part of the package is needed and not installed."""


class UnusableIndexError(GloactQAError):
    """There is no index that answers could be found in; `gloact-qa index` makes one."""

    def __init__(self, reason: str) -> None:
        """Say why, and what to do."""
        super().__init__(f"{reason}; run `gloact-qa index`")


class EngineUnavailableError(GloactQAError):
    """The search engine does not answer for now; the same may work in a moment."""
