"""Every figure on quality, beside plain BM25 on the same data: ``make quality``.

What each figure means is said in the README of the data; which data the weights were
learned on, in ``benchmarks.fit``. "Held out" are questions that were not read while the bot
was built.
"""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import ir_measures
import numpy as np
from ir_measures import Qrel, R, ScoredDoc, nDCG
from sklearn.metrics import brier_score_loss, roc_auc_score

from benchmarks.ablation import print_ablation
from benchmarks.baseline import PlainBM25
from benchmarks.datasets import (
    DATA,
    Case,
    Collection,
    development_collections,
    held_out_collections,
    mtrag,
    press_release,
    release_collections,
    squad,
    without_group,
)
from benchmarks.fit import fit_sentences, fitted_on, sentence_samples
from benchmarks.judging import is_right, mentions_answer
from gloact_qa.answering.bot import build_bot
from gloact_qa.evaluation.judge import judge
from gloact_qa.evaluation.questions import Question
from gloact_qa.evaluation.squad_metrics import token_f1
from gloact_qa.schema import Answer, Passage
from gloact_qa.settings import Settings

_ALWAYS = Settings(min_confidence=0.0)
_HITS = 20
# The passages of MTRAG-UN are the units of its relevance, and of uneven length, for which
# BM25's usual k1 and b were made.
_WHOLE_PASSAGES = Settings(passage_size=20_000, k1=1.2, b=0.75)


def _row(name: str, ours: float, plain: float | None = None, target: float | None = None) -> None:
    columns = [f"  {name:<58}{ours:>7.3f}"]
    columns.append(f"{plain:>12.3f}" if plain is not None else " " * 12)
    columns.append(f"{target:>9}" if target is not None else "")
    print("".join(columns), flush=True)


def _heading(text: str) -> None:
    print(f"\n{text}\n  {'':<58}{'here':>7}{'plain BM25':>12}{'target':>9}")


def report_press_release(name: str, collection: Collection) -> None:
    """Print what the bot gets right of a question set on the press release."""
    bot, forced = collection.bot(), collection.bot(_ALWAYS)
    plain = PlainBM25(collection.documents, Settings().passage_size)
    said = [(c, _question(c), bot.ask(c.question, c.history)) for c in collection.cases]
    judged = [(c, a, judge(q, a)) for c, q, a in said]
    answerable = [(c, a, j) for c, a, j in judged if c.answers]
    unanswerable = [a for c, a, _ in judged if not c.answers]
    _heading(f"The press release: {name} ({len(collection.cases)} questions)")
    ours = _mean(j.right for _, _, j in answerable)
    baseline = _mean(
        mentions_answer(plain.answer(c.question)[1], c.answers) for c, _, _ in answerable
    )
    _row("answered right, of those the release answers", ours, baseline, 0.90)
    best = [forced.ask(c.question, c.history) for c, _, _ in answerable]
    _row(
        "right sentence first, had it never refused",
        _mean(judge(_question(c), a).right for (c, _, _), a in zip(answerable, best, strict=True)),
        baseline,
    )
    _row(
        "refused, of those it does not answer",
        _mean(not a.answered for a in unanswerable),
        0.0,
        0.85,
    )
    _row(
        "short answer right, of those that ask for one and were answered right",
        _mean(bool(j.short_right) for c, _, j in answerable if c.short and j.right),
        None,
        0.80,
    )
    _row(
        "short answer right, of all that ask for one",
        _mean(bool(j.short_right) for c, _, j in answerable if c.short),
    )
    confidences = [a.confidence for _, a, _ in judged]
    scores = [plain.search(c.question, 1)[0][1] for c in collection.cases]
    answers = [bool(c.answers) for c in collection.cases]
    _row(
        "AUROC of confidence, answerable or not",
        roc_auc_score(answers, confidences),
        roc_auc_score(answers, scores),
        0.90,
    )
    right = [
        bool(c.answers) and judge(_question(c), forced.ask(c.question, c.history)).right
        for c in collection.cases
    ]
    _row(
        "Brier score of confidence, answer right or not",
        brier_score_loss(right, confidences),
        None,
        0.12,
    )
    for kind in dict.fromkeys(c.kind for c in collection.cases):
        _row(f"  {kind}: right", _mean(j.right for c, _, j in judged if c.kind == kind))


def report_releases() -> None:
    """Print the right first sentences on invented releases, each left out of the learning."""
    xquad = squad("xquad.en.json")
    learned = replace(xquad, cases=tuple(c for c in xquad.cases if fitted_on(c.group)))
    releases = release_collections()
    samples = {c.name: list(sentence_samples(c)) for c in releases}
    others = [(x, y, 1.0) for x, y in sentence_samples(learned)]
    others += [(x, y, 2.0) for c in development_collections() for x, y in sentence_samples(c)]
    ours: list[float] = []
    plain: list[float] = []
    for release in releases:
        rest = [(x, y, 2.0) for name, s in samples.items() if name != release.name for x, y in s]
        weights = fit_sentences([*others, *rest])
        asked = [case for case in release.cases if case.answers]
        right = [bool(y[int(np.argmax(x @ weights))]) for x, y in samples[release.name]]
        ours += [*right, *[False] * (len(asked) - len(right))]
        bm25 = PlainBM25(release.documents, Settings().passage_size)
        plain += [mentions_answer(bm25.answer(c.question)[1], c.answers) for c in asked]
    _heading(f"Invented releases, each left out of the learning ({len(ours)} questions)")
    _row("right sentence first, had it never refused", _mean(ours), _mean(plain))


def report_xquad() -> None:
    """Print XQuAD open and removed."""
    xquad = squad("xquad.en.json")
    bot = xquad.bot(_ALWAYS)
    plain = PlainBM25(xquad.documents, Settings().passage_size)
    answers = [(c, bot.ask(c.question)) for c in xquad.cases]
    new = [(c, a) for c, a in answers if not fitted_on(c.group)]
    _heading("XQuAD, open (1,190 questions; weights learned on half of its articles)")
    _row(
        "answer sentence@1",
        _mean(_is_right_answer(c, a) for c, a in answers),
        _mean(is_right(c, *plain.answer(c.question)) for c in xquad.cases),
        0.82,
    )
    _row(
        "answer sentence@1, articles not learned on",
        _mean(_is_right_answer(c, a) for c, a in new),
        _mean(is_right(c, *plain.answer(c.question)) for c, _ in new),
    )
    _row(
        "passage R@1",
        _mean(bool(a.sources) and a.sources[0].document_id == c.document_id for c, a in answers),
        _mean(plain.search(c.question, 1)[0][0].document_id == c.document_id for c in xquad.cases),
        0.94,
    )
    _row("short-answer F1", _mean(token_f1(a.short_answer or "", c.answers) for c, a in answers))
    removed = [x for group in _groups(xquad) for x in _confidences(without_group(xquad, group))]
    opened = list(_confidences(xquad))
    _heading("XQuAD, removed")
    for name, kept in (
        ("AUROC of confidence", lambda case: True),
        ("AUROC of confidence, articles not learned on", lambda case: not fitted_on(case.group)),
    ):
        _row(name, *_auroc(opened, removed, kept), target=0.975)


def report_near_misses() -> None:
    """Print SQuAD 2.0's near misses."""
    collection = squad("squad2_normans.json")
    found = list(_confidences(collection))
    answerable = [x for x in found if x[0].answers]
    near = [x for x in found if not x[0].answers]
    _heading(f"SQuAD 2.0, near misses ({len(found)} questions)")
    _row("AUROC of confidence", *_auroc(answerable, near, lambda case: True), target=0.65)


def report_conversations() -> None:
    """Print MTRAG-UN's later turns."""
    documents, turns = mtrag()
    later = [turn for turn in turns if turn.history]
    bot = build_bot(documents, _WHOLE_PASSAGES)
    plain = PlainBM25(documents, _WHOLE_PASSAGES.passage_size)

    found = {
        "here": [bot.search(bot.parse(turn.question, turn.history), _HITS) for turn in later],
        "plain": [plain.search(turn.question, _HITS) for turn in later],
    }
    qrels = [Qrel(turn.id, item, 1) for turn in later for item in turn.relevant]
    measured = {}
    for name, searches in found.items():
        run = [
            ScoredDoc(turn.id, passage.document_id, score)
            for turn, hits in zip(later, searches, strict=True)
            for passage, score in _first_of_each(hits)
        ]
        measured[name] = ir_measures.calc_aggregate([R @ 5, nDCG @ 5], qrels, run)
    _heading(f"MTRAG-UN, later turns ({len(later)})")
    _row("Recall@5", measured["here"][R @ 5], measured["plain"][R @ 5], 0.86)
    _row("nDCG@5", measured["here"][nDCG @ 5], measured["plain"][nDCG @ 5])


def _first_of_each(hits: Iterable[tuple[Passage, float]]) -> list[tuple[Passage, float]]:
    """Return the best hit of each document: the data's passages may have several paragraphs."""
    best: dict[str, tuple[Passage, float]] = {}
    for passage, score in hits:
        best.setdefault(passage.document_id, (passage, score))
    return list(best.values())


def report_speed() -> None:
    """Print how long a whole answer takes on the press release."""
    collection = press_release()
    bot = collection.bot()
    times: list[float] = []
    for _ in range(5):
        for case in collection.cases:
            started = time.perf_counter()
            bot.ask(case.question, case.history)
            times.append((time.perf_counter() - started) * 1000)
    times = times[len(collection.cases) :]  # the first round warms caches
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"\nA whole answer on the press release: median {median:.2f} ms, p95 {p95:.2f} ms")


def _question(case: Case) -> Question:
    return Question(
        id=case.id,
        question=case.question,
        answers=case.answers,
        history=case.history,
        kind=case.kind,
        short=case.short,
    )


def _is_right_answer(case: Case, answer: Answer) -> bool:
    source = answer.sources[0] if answer.sources else None
    return (
        source is not None
        and source.document_id == case.document_id
        and mentions_answer(answer.answer, case.answers)
    )


def _confidences(collection: Collection) -> Iterator[tuple[Case, float, float]]:
    """Yield each case with the bot's confidence and plain BM25's best score."""
    bot = collection.bot()
    plain = PlainBM25(collection.documents, Settings().passage_size)
    for case in collection.cases:
        confidence = bot.ask(case.question, case.history).confidence
        yield case, confidence, plain.search(case.question, 1)[0][1]


def _auroc(
    positive: Sequence[tuple[Case, float, float]],
    negative: Sequence[tuple[Case, float, float]],
    kept: Callable[[Case], bool],
) -> tuple[float, float]:
    """Return the AUROC of the bot's confidence, and of plain BM25's score."""
    rows = [(1, c, s) for case, c, s in positive if kept(case)]
    rows += [(0, c, s) for case, c, s in negative if kept(case)]
    truth = [label for label, _, _ in rows]
    return (
        float(roc_auc_score(truth, [c for _, c, _ in rows])),
        float(roc_auc_score(truth, [s for _, _, s in rows])),
    )


def _groups(collection: Collection) -> list[str]:
    return sorted({case.group for case in collection.cases})


def _mean(values: Iterable[float]) -> float:
    listed = [float(value) for value in values]
    return sum(listed) / len(listed) if listed else float("nan")


def main() -> None:
    """Print everything; what needs the shared data says so where it is missing."""
    report_press_release("the project's own question set", press_release())
    for writer, held_out in held_out_collections().items():
        report_press_release(f"held out, {writer}", held_out)
    if DATA.is_dir():
        report_releases()
        report_xquad()
        report_near_misses()
        report_conversations()
        print_ablation()
    else:
        print(
            f"\nXQuAD, SQuAD 2.0 and MTRAG-UN are not in {DATA}; GLOACT_QA_DATA names their folder."
        )
    report_speed()


if __name__ == "__main__":
    main()
