"""What each part of the reader brings: the share of right first sentences without it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from benchmarks.datasets import (
    Collection,
    development_collections,
    held_out_collections,
    press_release,
    release_collections,
    squad,
)
from benchmarks.fit import fit_sentences, fitted_on, sentence_samples
from gloact_qa.answering.bot import Bot
from gloact_qa.answering.features import FEATURES
from gloact_qa.text.spelling import Correction, Speller
from gloact_qa.text.synonyms import Synonyms

Samples = list[tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]]

# Features that belong together; without them the others are learned anew.
_GROUPS: dict[str, frozenset[str]] = {
    "what the question asks for": frozenset(
        ("hit", "miss", "weak_hit", "weak_miss", "soft_hit", "closeness", "definition")
    ),
    "sentences around it": frozenset(
        ("context_coverage", "anaphora", "topic_coverage", "next_coverage", "passage_coverage")
    ),
    "closeness and order of words": frozenset(("order", "run", "closeness")),
    "score of the passage": frozenset(("passage_score",)),
    "words as they are written": frozenset(("surface",)),
}


def print_ablation() -> None:
    """Print the share of right first sentences with everything, and without each part."""
    xquad = squad("xquad.en.json")
    learned = replace(xquad, cases=tuple(c for c in xquad.cases if fitted_on(c.group)))
    training = [
        *((x, y, 2.0) for c in _releases() for x, y in sentence_samples(c)),
        *((x, y, 1.0) for x, y in sentence_samples(learned)),
    ]
    tested = {
        "question set": press_release(),
        **held_out_collections(),
        "XQuAD, not learned on": replace(
            xquad, cases=tuple(c for c in xquad.cases if not fitted_on(c.group))
        ),
    }
    samples = {name: list(sentence_samples(c)) for name, c in tested.items()}
    asked = {name: sum(bool(c.answers) for c in t.cases) for name, t in tested.items()}
    everything = fit_sentences(training)
    print("\nRight sentence first, without a part" + "".join(f"{name:>24}" for name in tested))
    _line("everything", [_share(samples[n], everything, asked[n]) for n in tested])
    for name, group in _GROUPS.items():
        kept = np.array([feature not in group for feature in FEATURES])
        weights = fit_sentences([(x * kept, y, w) for x, y, w in training])
        _line(f"without {name}", [_share(samples[n], weights * kept, asked[n]) for n in tested])
    for name, conversation, change in (
        ("synonyms", True, _without_synonyms),
        ("spelling", True, _without_spelling),
        ("the conversation", False, _unchanged),
    ):
        changed = {
            n: list(sentence_samples(t, change(t.bot()), conversation)) for n, t in tested.items()
        }
        _line(f"without {name}", [_share(changed[n], everything, asked[n]) for n in tested])


class _NoSpeller(Speller):
    def corrections(self, text: str) -> tuple[Correction, ...]:
        return ()


def _without_synonyms(bot: Bot) -> Bot:
    bot._synonyms = Synonyms()
    return bot


def _without_spelling(bot: Bot) -> Bot:
    bot._speller = _NoSpeller({}, {})
    return bot


def _unchanged(bot: Bot) -> Bot:
    return bot


def _releases() -> list[Collection]:
    return [*release_collections(), *development_collections()]


def _share(samples: Samples, weights: npt.NDArray[np.float64], asked: int) -> float:
    return sum(bool(right[int(np.argmax(x @ weights))]) for x, right in samples) / asked


def _line(name: str, shares: Sequence[float]) -> None:
    print(f"  {name:<35}" + "".join(f"{share:>24.3f}" for share in shares), flush=True)
