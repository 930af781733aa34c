"""What the patterns of questions are made of."""

import re
from itertools import groupby


def any_of(*alternatives: str) -> re.Pattern[str]:
    """Return the pattern that finds any of the alternatives, in either case."""
    groups = [
        # The word boundary once before all that begin with it: most places fail there, at once.
        r"\b(?:" + "|".join(way.removeprefix(r"\b") for way in ways) + ")"
        if at_word
        else "|".join(ways)
        for at_word, ways in groupby(alternatives, lambda way: way.startswith(r"\b"))
    ]
    return re.compile("|".join(groups), re.IGNORECASE)


def then(*parts: str) -> str:
    """Return the pattern of a text that has the parts one after the other, far apart or not.

    ``a.*b.*c`` finds the same, but in a time that grows with the square of the text's length
    where ``a`` stands often; here only the first place of each part but the last is tried.
    """
    *before, last = parts
    return r"\A" + "".join(rf"(?>(?s:.*?){part})" for part in before) + rf"(?s:.*?){last}"


AUXILIARY = (
    r"(?:is|are|was|were|did|do|does|will|has|have|had|can|could|would|should|may|might|must)"
)
WH = r"(?:who|what|when|where|which|why|how)"
