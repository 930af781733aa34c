"""What the package does without: the libraries of the `evaluate` extra."""

from collections.abc import Iterator
from contextlib import contextmanager

from gloact_qa.errors import MissingExtraError


@contextmanager
def evaluate_extra() -> Iterator[None]:
    """Guard the imports of the extra.

    Raises MissingExtraError, saying how to install it, for a module that is absent.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"evaluating needs {error.name}, which is not installed: "
            "pip install 'gloact-qa[evaluate]'"
        ) from error
