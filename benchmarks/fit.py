"""Learns the reader's and the confidence's weights: ``python -m benchmarks.fit``.

Learned on the invented releases of this folder, on the development questions about the press
release, and on XQuAD's articles of even number.
Nothing of that is reported on: quality is reported on XQuAD's odd articles, SQuAD 2.0,
MTRAG-UN and the held-out questions on the press release.

- Sentences: a conditional logit (D. McFadden, 1974), the right sentence of a question among
  all of its passages.
- Confidence: a logistic regression, right answer or not. Questions without an answer are the
  releases' own; those whose article is taken out of the collection; those of another paragraph
  than the only one there is; and those whose answering sentences are cut out of the
  collection, which leaves all that sounds as if it answered.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from benchmarks.datasets import (
    Case,
    Collection,
    development_collections,
    release_collections,
    squad,
    without_group,
)
from benchmarks.judging import is_right, mentions_answer
from gloact_qa.answering import reader
from gloact_qa.answering.bot import Bot
from gloact_qa.answering.confidence import CONFIDENCE_FEATURES, confidence_features
from gloact_qa.answering.features import FEATURES, collect_evidence
from gloact_qa.answering.reader import Weights, rank
from gloact_qa.text.sentences import paragraphs, sentences

WEIGHTS_FILE = Path(reader.__file__).with_name("weights.json")
PASSAGES_READ = 10
_REGULARISATION = 0.01
# Of what people ask here some three in four questions are answered by the release, and the best
# sentence is the right one for 85 in a hundred of these: 0.62. A little less is taken, since a
# wrong answer is worse than a refusal.
_RIGHT_SHARE = 0.55
_LARGE = 0.4  # what XQuAD weighs beside the releases
_OFF_TOPIC = 60  # questions of XQuAD that each release is asked

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def fitted_on(group: str) -> bool:
    """Tell whether an article of XQuAD is learned on rather than reported on."""
    return int(group) % 2 == 0


def sentence_samples(
    collection: Collection, bot: Bot | None = None, conversation: bool = True
) -> Iterator[tuple[Floats, Bools]]:
    """Yield for each answerable question the features of its sentences, and which are right.

    ``bot`` is by default the collection's own; without ``conversation`` it hears no history.
    """
    bot = bot or collection.bot()
    for case in collection.cases:
        if not case.answers:
            continue
        question = bot.parse(case.question, case.history if conversation else ())
        evidence = collect_evidence(question, bot.search(question, PASSAGES_READ))
        right = np.array([is_right(case, e.hit.passage, e.sentence.text) for e in evidence])
        if right.any():
            yield np.array([e.features for e in evidence]), right


def fit_sentences(samples: Sequence[tuple[Floats, Bools, float]]) -> Floats:
    """Return the weights of FEATURES that make the right sentences likeliest."""
    scale = np.vstack([x for x, _, _ in samples]).std(axis=0) + 1e-9
    total = sum(weight for _, _, weight in samples)

    def loss(w: Floats) -> tuple[float, Floats]:
        value, gradient = 0.0, np.zeros_like(w)
        for x, right, weight in samples:
            z = x / scale
            scores = z @ w
            p = np.exp(scores - scores.max())
            p /= p.sum()
            of_right = p[right].sum() + 1e-12
            value -= weight * np.log(of_right)
            gradient -= weight * ((p[right] / of_right) @ z[right] - p @ z)
        penalty = _REGULARISATION * w
        return value / total + float(w @ penalty), gradient / total + 2 * penalty

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


def confidence_samples(
    collections: Iterable[Collection], sentence_weights: Floats
) -> tuple[Floats, Bools]:
    """Return for each question the features of its best sentence, and whether that is right.

    Questions of which another sentence came first than those that answer are left out: that
    something is wrong with the best sentence is not what tells that there is no answer.
    """
    weights = Weights(tuple(sentence_weights), (0.0,) * len(CONFIDENCE_FEATURES), 0.0)
    features: list[tuple[float, ...]] = []
    right: list[bool] = []
    for collection in collections:
        bot = collection.bot()
        for case in collection.cases:
            question = bot.parse(case.question, case.history)
            ranked = rank(question, bot.search(question, PASSAGES_READ), weights)
            if not ranked:
                continue
            evidence, scores = [e for _, e in ranked], [score for score, _ in ranked]
            best = evidence[0]
            is_answer = is_right(case, best.hit.passage, best.sentence.text)
            if case.answers and not is_answer:
                continue  # neither a question to refuse, nor an answer to be sure of
            features.append(confidence_features(question, evidence, scores))
            right.append(is_answer)
    return np.array(features), np.array(right)


def without_answer(collection: Collection, cases: Sequence[Case]) -> Iterator[Collection]:
    """Yield the collection with the sentences that answer cut out, some cases at a time.

    The cases of one yielded collection are of different documents.
    """
    waiting = [case for case in cases if case.answers]
    while waiting:
        texts = {document.document_id: document.text for document in collection.documents}
        asked: dict[str, Case] = {}
        for case in waiting:
            document_id = case.document_id or collection.documents[0].document_id
            if document_id not in asked:
                asked[document_id] = case
                texts[document_id] = _cut(texts[document_id], case.answers)
        waiting = [case for case in waiting if case not in asked.values()]
        documents = tuple(
            document.model_copy(update={"text": texts[document.document_id]})
            for document in collection.documents
            if texts[document.document_id].strip()
        )
        unanswered = tuple(replace(case, answers=()) for case in asked.values())
        if documents:
            yield replace(collection, documents=documents, cases=unanswered)


def alone(collection: Collection) -> Iterator[Collection]:
    """Yield each document of the collection as one, asked its questions and the next one's.

    So that what a release of a few sentences says is learned too.
    """
    cases: dict[str, list[Case]] = {}
    for case in collection.cases:
        cases.setdefault(case.document_id or "", []).append(case)
    asked = [document for document in collection.documents if document.document_id in cases]
    for document, following in zip(asked, [*asked[1:], *asked[:1]], strict=True):
        foreign = [replace(case, answers=()) for case in cases[following.document_id]]
        own = cases[document.document_id]
        yield replace(collection, documents=(document,), cases=(*own, *foreign))


def off_topic(collection: Collection, other: Collection) -> Collection:
    """Return the collection, asked some of another one's questions."""
    return _unanswered(replace(collection, cases=other.cases[:: len(other.cases) // _OFF_TOPIC]))


def _unanswered(collection: Collection) -> Collection:
    cases = (replace(case, answers=(), document_id=None) for case in collection.cases)
    return replace(collection, cases=tuple(cases))


def _cut(text: str, answers: Sequence[str]) -> str:
    kept: list[str] = []
    last = 0
    for start, end in paragraphs(text):
        for first, stop in sentences(text[start:end]):
            if mentions_answer(text[start + first : start + stop], answers):
                kept.append(text[last : start + first])
                last = start + stop
    return "".join((*kept, text[last:]))


def main() -> None:
    """Learn the weights and write them where the reader finds them."""
    releases = [*release_collections(), *development_collections()]
    xquad = squad("xquad.en.json")
    learned = replace(xquad, cases=tuple(c for c in xquad.cases if fitted_on(c.group)))
    sentence_weights = fit_sentences(
        [
            *((x, y, 2.0) for c in releases for x, y in sentence_samples(c)),
            *((x, y, 1.0) for x, y in sentence_samples(learned)),
        ]
    )
    groups = sorted({case.group for case in learned.cases})
    press, invented = development_collections(), release_collections()
    # What each part weighs: of the releases most the questions on the one at hand.
    small: list[tuple[Iterable[Collection], float]] = [
        (press, 5.0),
        (invented, 4.0),
        ((cut for c in releases for cut in without_answer(c, c.cases)), 0.2),
        ([off_topic(c, learned) for c in (*invented, press[0])], 0.1),
        (alone(learned), 0.3),
    ]
    large: list[tuple[Iterable[Collection], float]] = [
        ([learned], 1.0),
        ((_unanswered(without_group(xquad, group)) for group in groups), 6.0),
        (without_answer(xquad, learned.cases), 0.3),
    ]
    sides = [
        [(*confidence_samples(part, sentence_weights), weight) for part, weight in parts]
        for parts in (small, large)
    ]
    samples = [sample for side in sides for sample in side]
    features = np.vstack([x for x, _, _ in samples])
    scale = features.std(axis=0) + 1e-9
    # Each side is balanced for itself: how many questions are answered must not be taken for
    # something that one release has and an encyclopedia has not.
    weights = [_balanced(side) for side in sides]
    weights[1] *= _LARGE * weights[0].sum() / weights[1].sum()
    regression = LogisticRegression(max_iter=5000).fit(
        features / scale,
        np.concatenate([y for _, y, _ in samples]),
        sample_weight=np.concatenate(weights),
    )
    written = {
        "learned_by": "python -m benchmarks.fit",
        "learned_on": "invented releases; development questions on the press release; "
        "XQuAD, articles of even number",
        "sentence": _named(FEATURES, sentence_weights),
        "confidence": _named(CONFIDENCE_FEATURES, regression.coef_[0] / scale),
        "intercept": round(float(regression.intercept_[0]), 4),
    }
    WEIGHTS_FILE.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    print(f"{sum(len(y) for _, y, _ in samples)} questions; wrote {WEIGHTS_FILE.name}")


def _balanced(samples: Sequence[tuple[Floats, Bools, float]]) -> Floats:
    """Return sample weights by which _RIGHT_SHARE of the questions are answered right."""
    right = np.concatenate([y for _, y, _ in samples])
    weights = np.concatenate([np.full(len(y), weight) for _, y, weight in samples])
    odds = _RIGHT_SHARE / (1 - _RIGHT_SHARE)
    weights[right] *= odds * weights[~right].sum() / weights[right].sum()
    return weights * len(weights) / weights.sum()


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


if __name__ == "__main__":
    main()
