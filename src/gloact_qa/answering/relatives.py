"""Words that a question's words may mean, or not: the rarer such a word, the more it tells.

"Who footed the bill?" has no word of "It is funded by the Union.", but a payer and a fund have
to do with each other. In the manner of an inverse document frequency (K. Sparck Jones, 1972)
over the sentences at hand: of a word that nearly all of them have, nothing follows.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gloact_qa.answering.matching import Matches
from gloact_qa.answering.question import Concept
from gloact_qa.schema import Sentence


@dataclass(frozen=True, slots=True)
class Relatives:
    """The terms that are related to concepts of a question, of some sentences."""

    of: Mapping[str, tuple[int, ...]]  # for a term, the places of the concepts
    rarity: Mapping[str, float]  # for a term that a sentence has, 0 to 1

    def coverage(self, weights: Sequence[float], matches: Matches, sentence: Sentence) -> float:
        """Return the weight of the concepts that are not here while words that may mean them are.

        The weight of each counts times the rarity of the rarest such word.
        """
        best = [0.0] * len(weights)
        for term in self.rarity.keys() & sentence.places.keys():
            for i in self.of[term]:
                if not matches[i] and self.rarity[term] > best[i]:
                    best[i] = self.rarity[term]
        return sum(weight * rarity for weight, rarity in zip(weights, best, strict=True))


def find_relatives(concepts: Sequence[Concept], sentences: Sequence[Sentence]) -> Relatives:
    """Return the relatives of concepts in the sentences."""
    of: dict[str, list[int]] = {}
    for i, concept in enumerate(concepts):
        for term in concept.related:
            of.setdefault(term, []).append(i)
    having = Counter(term for s in sentences for term in of.keys() & s.places.keys())
    rarest = math.log(1 + len(sentences)) or 1.0
    return Relatives(
        {term: tuple(of[term]) for term in having},
        {term: 1 - math.log(n) / rarest for term, n in having.items()},
    )
