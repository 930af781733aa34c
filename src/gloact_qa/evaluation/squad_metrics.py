"""Exact match and token F1, as SQuAD's official script defines them.

Rajpurkar et al. 2016 (https://arxiv.org/abs/1606.05250), section 6.1; the treatment of
empty answers is that of version 2's script (Rajpurkar et al. 2018).
"""

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_WITHOUT_PUNCTUATION = str.maketrans("", "", string.punctuation)


def squad_tokens(text: str) -> list[str]:
    """Return the words of a text, lower-cased, without (ASCII) punctuation and articles."""
    return _ARTICLES.sub(" ", text.lower().translate(_WITHOUT_PUNCTUATION)).split()


def exact_match(predicted: str, golds: Sequence[str]) -> bool:
    """Tell whether the prediction has the words of a gold answer, in their order."""
    words = squad_tokens(predicted)
    return any(words == gold for gold in _gold_tokens(golds))


def token_f1(predicted: str, golds: Sequence[str]) -> float:
    """Return the best F1 (0 to 1) of the prediction's words against those of a gold answer."""
    words = squad_tokens(predicted)
    return max(_f1(words, gold) for gold in _gold_tokens(golds))


def _gold_tokens(golds: Sequence[str]) -> list[list[str]]:
    """Leave out gold answers without words; when none has any, the gold one is empty."""
    return [tokens for gold in golds if (tokens := squad_tokens(gold))] or [[]]


def _f1(predicted: list[str], gold: list[str]) -> float:
    if not predicted or not gold:
        return float(predicted == gold)
    common = (Counter(predicted) & Counter(gold)).total()
    if not common:
        return 0.0
    precision, recall = common / len(predicted), common / len(gold)
    return 2 * precision * recall / (precision + recall)
