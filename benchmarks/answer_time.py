"""How long a whole answer takes beside retrieval alone by others, all in one process.

All have the same passages and questions. In each round the contenders take turns, another
one first each time; a turn asks the whole question set, and again until about as much time
has passed as for the others. The time is the processor's: all of them compute and wait for
nothing, so that other processes do not count. Garbage is collected before a turn, and what
lives by then is left out of later collections.

``make bench`` runs this by the Python of the peers' own environment, and reads what it
prints last, a line of JSON. A peer that cannot be imported is named there with the reason.
"""

import argparse
import gc
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

from rank_bm25 import BM25Okapi

from benchmarks.datasets import Case, press_release
from gloact_qa.knowledge.passages import split_passages
from gloact_qa.schema import DEFAULT_TOP_K
from gloact_qa.settings import Settings
from gloact_qa.text.terms import Analyzer

HERE, HAYSTACK = "gloact-qa", "Haystack"
_RANKED = "gloact-qa, ranked"
_TURN_MS = 250

Ask = Callable[[Case], object]


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Milliseconds a question, of each contender in each round; and who could not take part."""

    passages: int
    questions: int
    rounds: dict[str, list[float]] = field(default_factory=dict)
    described: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def measure(rounds: int) -> AnswerTimes:
    """Time every contender that can be imported, in that many rounds."""
    collection = press_release()
    analyzer = Analyzer()
    texts = [
        passage.text
        for passage in split_passages(collection.documents, analyzer, Settings().passage_size)
    ]
    times = AnswerTimes(len(texts), len(collection.cases))
    bot = collection.bot()
    contenders: dict[str, Ask] = {
        HERE: lambda case: bot.ask(case.question, case.history),
        _RANKED: lambda case: bot.search(bot.parse(case.question, case.history), DEFAULT_TOP_K),
    }
    times.described[HERE] = "gloact-qa: a whole answer"
    times.described[_RANKED] = "gloact-qa: question read, passages ranked"
    for name, build, described in (
        (HAYSTACK, _haystack, "Haystack {haystack-ai} InMemoryBM25Retriever"),
        ("Pipeline", _haystack_pipeline, "Haystack {haystack-ai}, it in a Pipeline"),
        ("LangChain", _langchain, "LangChain {langchain-community} BM25Retriever"),
        ("rank-bm25", _rank_bm25, "rank-bm25 {rank-bm25} BM25Okapi, lower().split()"),
    ):
        try:
            contenders[name] = build(texts)
        except ImportError as error:
            times.missing[name] = str(error)
            continue
        package = described.partition("{")[2].partition("}")[0]
        times.described[name] = described.replace(f"{{{package}}}", version(package))
    times.rounds.update({name: [] for name in contenders})
    cases = collection.cases
    passes = {name: _passes(ask, cases) for name, ask in contenders.items()}  # warms up, too
    names = list(contenders)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            times.rounds[name].append(_turn(contenders[name], cases, passes[name]))
    return times


def _passes(ask: Ask, cases: Sequence[Case]) -> int:
    """Return how often to ask the question set in a turn."""
    _turn(ask, cases, 1)
    return max(1, round(_TURN_MS / (_turn(ask, cases, 1) * len(cases))))


def _turn(ask: Ask, cases: Sequence[Case], passes: int) -> float:
    """Return the processor's milliseconds a question."""
    gc.collect()
    gc.freeze()
    started = time.process_time()
    for _ in range(passes):
        for case in cases:
            ask(case)
    return (time.process_time() - started) * 1000 / (len(cases) * passes)


def _haystack(texts: Sequence[str]) -> Ask:
    retriever = _haystack_retriever(texts)
    return lambda case: retriever.run(query=case.question)


def _haystack_pipeline(texts: Sequence[str]) -> Ask:
    from haystack import Pipeline

    pipeline = Pipeline()
    pipeline.add_component("retriever", _haystack_retriever(texts))
    return lambda case: pipeline.run({"retriever": {"query": case.question}})


def _haystack_retriever(texts: Sequence[str]) -> Any:
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(content=text) for text in texts])
    return InMemoryBM25Retriever(store, top_k=DEFAULT_TOP_K)


def _langchain(texts: Sequence[str]) -> Ask:
    from langchain_community.retrievers import BM25Retriever

    retriever = BM25Retriever.from_texts(list(texts), k=DEFAULT_TOP_K)
    return lambda case: retriever.invoke(case.question)


def _rank_bm25(texts: Sequence[str]) -> Ask:
    index = BM25Okapi([text.lower().split() for text in texts])
    return lambda case: index.get_top_n(case.question.lower().split(), texts, n=DEFAULT_TOP_K)


def main() -> None:
    """Measure, and print the times as a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    print(json.dumps(asdict(measure(parser.parse_args().rounds))))


if __name__ == "__main__":
    main()
