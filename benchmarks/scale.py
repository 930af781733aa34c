"""How time and memory grow with the collection: ``make bench-scale``.

Prints, for each engine and size, the time to build, p50 and p99 of a whole answer in this
process (of bm25s: of the search alone) by the clock and by the processor's time, which other
programs on the machine disturb less, and the memory; and draws them into a file.

No public collection of a million press releases is at hand. So the passages are made: the
sentences of the public paragraphs in ``../shared/data`` (XQuAD, SQuAD 2.0, MTRAG-UN) are
put together anew, two to eight to a passage and ten passages to a document, by a random
generator with a fixed seed. A million passages have only these sentences' words, each of
them often: no word is as rare as in a real archive, which makes the searches heavier than
there. Sentences are analysed once and moved to where they stand, for else a million would
take an hour; how fast ``gloact-qa index`` analyses texts is printed by itself.

The releases of this project and their questions are planted in it. Of the questions that are
answered right in the smallest collection that has them all, the share that still is shows
whether they are found: of all of them, and of those that have a word which nothing but a
planted release has, for "Who moderated the event?" may be about any event.

Timed are some of those questions and of XQuAD's, each asked once: rank-bm25 keeps the scores
of a term, so that a question is quick the second time.
"""

import argparse
import gc
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.datasets import DATA, Case, mtrag, press_release, release_collections, squad
from benchmarks.judging import mentions_answer
from gloact_qa.answering.bot import Bot
from gloact_qa.knowledge.passages import _TAGGED, split_passages, tag
from gloact_qa.retrieval.base import OpenedIndex
from gloact_qa.retrieval.bm25 import BM25Index
from gloact_qa.retrieval.collecting import Collector, survey
from gloact_qa.schema import Document, Passage, Sentence, Term
from gloact_qa.settings import Settings
from gloact_qa.text.synonyms import thesaurus_targets
from gloact_qa.text.terms import Analyzer

SEED = 20190529
SIZES = (25, 1_000, 10_000, 100_000, 1_000_000)
# Past these an engine is left out: it takes too long, or all memory.
MOST = {"rank-bm25": 100_000, "bm25s": 1_000_000, "tantivy": 10_000_000}
ALL_PLANTED = 500  # passages of the collection with which the larger ones are compared
PER_DOCUMENT = 10
QUESTIONS = 400
WARMING = 50  # of them not timed
SECONDS = 60  # for which questions are timed, at most


class Collection:
    """The made collection: the planted releases first, then as many passages as are wanted."""

    def __init__(self) -> None:
        """Analyse the sentences that passages are made of."""
        sources = (squad("xquad.en.json"), squad("squad2_normans.json"))
        paragraphs = [document for source in sources for document in source.documents]
        paragraphs += mtrag()[0]
        planted = [press_release(), *release_collections()]
        self.planted = [document for collection in planted for document in collection.documents]
        self.cases = [case for collection in planted for case in collection.cases if case.answers]
        self.others = list(sources[0].cases)
        self.found = survey([d.text for d in (*paragraphs, *self.planted)])
        self.analyzer = Analyzer(self.found.compounds)
        size = Settings().passage_size
        started = time.perf_counter()
        passages = list(split_passages(paragraphs, self.analyzer, size))
        self.analysed_per_second = len(passages) / (time.perf_counter() - started)
        self.topics = [passage.topic for passage in passages]
        self.sentences = [sentence for passage in passages for sentence in passage.sentences]
        self.common = frozenset(term.text for s in self.sentences for term in s.terms)

    def documents(self, size: int) -> Iterator[tuple[Document, list[Passage]]]:
        """Yield documents with their passages, ``size`` passages or a few more."""
        made = 0
        for document in self.planted:
            if made < size:
                passages = list(split_passages([document], self.analyzer, Settings().passage_size))
                made += len(passages)
                yield document, passages
        chance = random.Random(SEED)  # noqa: S311
        number = 0
        while made < size:
            passages = self._document(f"made-{number:07}", chance)[: size - made]
            text = "\n\n".join(passage.text for passage in passages)
            yield Document(document_id=passages[0].document_id, title="Made", text=text), passages
            made += len(passages)
            number += 1

    def _document(self, document_id: str, chance: random.Random) -> list[Passage]:
        topic = chance.choice(self.topics)
        passages: list[Passage] = []
        start = 0
        for number in range(PER_DOCUMENT):
            chosen = chance.choices(self.sentences, k=chance.randint(2, 8))
            moved: list[Sentence] = []
            position = start
            for sentence in chosen:
                moved.append(_moved(sentence, position))
                position += len(sentence.text) + 1
            kinds = {mention.kind for sentence in moved for mention in sentence.mentions}
            passages.append(
                Passage(
                    f"{document_id}#{number}",
                    document_id,
                    start,
                    position - 1,
                    " ".join(sentence.text for sentence in moved),
                    tuple(moved),
                    topic,
                    tuple(tag(kind) for kind in _TAGGED if kind in kinds),
                )
            )
            start = position + 1
        return passages


def _moved(sentence: Sentence, start: int) -> Sentence:
    """Return the sentence as it stands at another offset; places follow where they are read."""
    by = start - sentence.start
    terms = tuple(Term(t.text, t.start + by, t.end + by, t.position) for t in sentence.terms)
    places: dict[str, tuple[Term, ...]] = {}
    for term in terms:
        places[term.text] = (*places.get(term.text, ()), term)
    return replace(
        sentence,
        start=start,
        end=sentence.end + by,
        terms=terms,
        mentions=tuple(mention.moved(by) for mention in sentence.mentions),
        places=places,
    )


class _NoTexts:
    def text(self, document_id: str) -> str | None:
        """Return None: no answer needs a text."""
        return None


def _in_memory(collection: Collection, size: int) -> OpenedIndex:
    settings = Settings()
    collector = Collector(settings)
    collector.survey(collection.found)
    passages: list[Passage] = []
    for document, own in collection.documents(size):
        collector.add(document, own)
        passages += own
    index = BM25Index(passages, settings.k1, settings.b)
    return OpenedIndex(index, collector.catalogue(), _NoTexts())


def _on_disk(collection: Collection, size: int, folder: Path) -> None:
    from gloact_qa.retrieval.tantivy_index import open_writer

    settings = Settings(engine="tantivy", index=folder)
    collector = Collector(settings, thesaurus_targets())
    collector.survey(collection.found)
    writer = open_writer(settings, fresh=True)
    for document, own in collection.documents(size):
        writer.add(own)
        writer.keep([document])
        collector.add(document, own)
    writer.commit(collector.catalogue())


def measure_bot(bot: Bot, collection: Collection) -> dict[str, Any]:
    """Return the times of whole answers, and the share of planted questions answered right."""
    chance = random.Random(SEED)  # noqa: S311
    asked = chance.sample([*collection.others, *collection.cases], QUESTIONS)
    bot.warm_up()
    for case in asked[:WARMING]:
        bot.ask(case.question, case.history)
    gc.collect()
    gc.freeze()  # as the service does: what it holds for good is not looked through again
    times: list[float] = []
    processor: list[float] = []
    started = time.perf_counter()
    for case in asked[WARMING:]:
        before, before_processor = time.perf_counter(), time.process_time()
        bot.ask(case.question, case.history)
        times.append((time.perf_counter() - before) * 1000)
        processor.append((time.process_time() - before_processor) * 1000)
        if time.perf_counter() - started > SECONDS:
            break
    planted = collection.cases[:: max(1, len(collection.cases) // 150)]
    return {
        **_percentiles(times),
        "processor_p50": statistics.median(processor),
        "processor_p99": statistics.quantiles(processor, n=100)[98],
        "right": [_name(case) for case in planted if _is_right(bot, case)],
        "telling": [
            _name(case)
            for case in planted
            if bot.parse(case.question, case.history).terms - collection.common
        ],
    }


def _name(case: Case) -> str:
    return case.id + case.group


def _is_right(bot: Bot, case: Case) -> bool:
    answer = bot.ask(case.question, case.history)
    return answer.answered and mentions_answer(answer.answer, case.answers)


def _percentiles(times: Sequence[float]) -> dict[str, Any]:
    hundredths = statistics.quantiles(times, n=100)
    return {"p50": statistics.median(times), "p99": hundredths[98], "answers": len(times)}


def _memory() -> dict[str, float]:
    """Return what this process has in memory now: its own, and of files it has mapped; MB."""
    try:
        lines = Path("/proc/self/status").read_text("ascii", errors="replace").splitlines()
    except OSError:  # not Linux
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"memory": peak, "mapped": 0.0}
    status = dict(line.split(":", 1) for line in lines)
    own, mapped = (float(status[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    return {"memory": own, "mapped": mapped}


def measure(engine: str, size: int, folder: Path, step: str) -> dict[str, Any]:
    """Build, or open and ask; each is done in a process of its own."""
    started = time.perf_counter()
    collection = Collection()
    prepared = time.perf_counter() - started
    started = time.perf_counter()
    if engine == "tantivy" and step == "build":
        _on_disk(collection, size, folder)
        return {
            "build": time.perf_counter() - started,
            "disk": sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 2**20,
        }
    before = _memory()["memory"]
    found: dict[str, Any] = {
        "prepared": prepared,
        "analysed": collection.analysed_per_second,
    }
    if engine == "bm25s":
        found |= _measure_bm25s(collection, size)
    elif engine == "tantivy":
        from gloact_qa.retrieval.tantivy_index import open_index

        settings = Settings(engine="tantivy", index=folder)
        bot = Bot(open_index(settings), settings)
        found["open"] = time.perf_counter() - started
        found |= measure_bot(bot, collection)
    else:
        bot = Bot(_in_memory(collection, size), Settings())
        found["build"] = time.perf_counter() - started
        found |= measure_bot(bot, collection)
    memory = _memory()
    return found | {"memory": memory["memory"] - before, "mapped": memory["mapped"]}


def _measure_bm25s(collection: Collection, size: int) -> dict[str, Any]:
    import bm25s

    started = time.perf_counter()
    numbers: dict[str, int] = {}
    corpus = [
        [numbers.setdefault(t.text, len(numbers)) for s in p.sentences for t in s.terms]
        for _, passages in collection.documents(size)
        for p in passages
    ]
    settings = Settings()
    index = bm25s.BM25(method="lucene", k1=settings.k1, b=settings.b)
    index.index(bm25s.tokenization.Tokenized(corpus, numbers), show_progress=False)
    build = time.perf_counter() - started
    del corpus
    chance = random.Random(SEED)  # noqa: S311
    cases = chance.sample(collection.others, QUESTIONS)
    queries = [[t.text for t in collection.analyzer.terms(c.question)] for c in cases]
    known = [[t for t in query if t in numbers] for query in queries]
    times = []
    for query in [q for q in known if q] * 2:
        before = time.perf_counter()
        index.retrieve([query], k=min(10, size), show_progress=False)
        times.append((time.perf_counter() - before) * 1000)
    return {"build": build, **_percentiles(times[len(times) // 2 :])}


def _in_own_process(engine: str, size: int, folder: Path, step: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.scale", "--step", step]
    command += ["--engines", engine, "--sizes", str(size), "--folder", str(folder)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{engine} with {size} passages: failed")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def report(engines: Sequence[str], sizes: Sequence[int], plot: Path, table: Path) -> None:
    """Measure all, print a table, and write it and a plot."""
    print(
        f"{'engine':<12}{'passages':>10}{'build s':>10}{'open s':>8}{'p50 ms':>9}{'p99 ms':>9}"
        f"{'cpu p50':>9}{'cpu p99':>9}"
        f"{'memory MB':>11}{'mapped MB':>11}{'disk MB':>9}{'planted':>9}{'telling':>9}"
    )
    rows = []
    with tempfile.TemporaryDirectory(prefix="gloact-qa-scale-") as folder:
        first = set(_in_own_process("rank-bm25", ALL_PLANTED, Path(folder), "ask")["right"])
    for size in sizes:
        for engine in engines:
            if size > MOST[engine]:
                continue
            with tempfile.TemporaryDirectory(prefix="gloact-qa-scale-") as folder:
                ask = partial(_in_own_process, engine, size, Path(folder))
                found = ask("build") | ask("ask") if engine == "tantivy" else ask("ask")
            right, telling = set(found.pop("right", ())), set(found.pop("telling", ()))
            if size >= ALL_PLANTED:
                found["planted"] = _share(first, right)
                found["telling"] = _share(first & telling, right)
            rows.append({"engine": engine, "passages": size, **found})
            _print_row(rows[-1])
    for row in rows[-1:]:
        print(f"\nTexts are analysed at {row['analysed']:.0f} passages a second, in one process")
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    draw(rows, plot)
    print(f"\nWritten: {table}, {plot}")


def _share(asked: set[str], right: set[str]) -> float | None:
    """Return the share of what is asked that is right; None where nothing was asked."""
    return len(asked & right) / len(asked) if asked and right else None


def _print_row(row: dict[str, Any]) -> None:
    def cell(name: str, width: int, form: str) -> str:
        value = row.get(name)
        return f"{'–' if value is None else format(value, form):>{width}}"

    print(
        f"{row['engine']:<12}{row['passages']:>10,}{cell('build', 10, '.1f')}"
        f"{cell('open', 8, '.2f')}{cell('p50', 9, '.2f')}{cell('p99', 9, '.2f')}"
        f"{cell('processor_p50', 9, '.2f')}{cell('processor_p99', 9, '.2f')}"
        f"{cell('memory', 11, '.0f')}{cell('mapped', 11, '.0f')}{cell('disk', 9, '.0f')}"
        f"{cell('planted', 9, '.0%')}{cell('telling', 9, '.0%')}",
        flush=True,
    )


def draw(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """Draw the times of an answer and the memory against the size."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, (times, memory) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for engine in dict.fromkeys(row["engine"] for row in rows):
        own = [row for row in rows if row["engine"] == engine]
        sizes = [row["passages"] for row in own]
        name = f"{engine} (search alone)" if engine == "bm25s" else engine
        (line,) = times.plot(sizes, [row["p50"] for row in own], "o-", label=f"{name}, p50")
        times.plot(sizes, [row["p99"] for row in own], ":", color=line.get_color(), label="p99")
        memory.plot(sizes, [max(1, row["memory"]) for row in own], "o-", label=engine)
    for axes, title in ((times, "A whole answer, ms"), (memory, "Memory of its own, MB")):
        axes.set(xscale="log", yscale="log", xlabel="passages", title=title)
        axes.grid(alpha=0.3)
        axes.legend(fontsize="small")
    figure.savefig(path)


def main() -> None:
    """Read the arguments, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="passages")
    parser.add_argument("--engines", nargs="+", default=list(MOST), choices=list(MOST))
    parser.add_argument("--plot", type=Path, default=Path("scale.svg"), help="file to draw into")
    parser.add_argument("--table", type=Path, default=Path("scale.jsonl"), help="file of figures")
    parser.add_argument("--step", choices=("build", "ask"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if not DATA.is_dir():
        raise SystemExit(f"The public paragraphs are not in {DATA}; GLOACT_QA_DATA names it")
    if chosen.step:
        print(json.dumps(measure(chosen.engines[0], chosen.sizes[0], chosen.folder, chosen.step)))
        return
    report(chosen.engines, chosen.sizes, chosen.plot, chosen.table)


if __name__ == "__main__":
    main()
