"""The data that quality is measured on and weights are learned from.

The data of others (XQuAD, SQuAD 2.0, MTRAG-UN) is read from the folder that
GLOACT_QA_DATA names, by default ``../shared/data`` beside the checkout.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gloact_qa.answering.bot import Bot, build_bot
from gloact_qa.knowledge.documents import load_document
from gloact_qa.schema import Document, Turn
from gloact_qa.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("GLOACT_QA_DATA", ROOT.parent / "shared" / "data"))
RELEASES = Path(__file__).parent / "data" / "releases"
PRESS_RELEASE = Path(__file__).parent / "data" / "press_release"


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its acceptable answers; none when the collection does not answer."""

    id: str
    question: str
    answers: tuple[str, ...]
    history: tuple[Turn, ...] = ()
    kind: str = "question"
    short: bool = False
    document_id: str | None = None  # the document that answers, where only one does
    group: str = ""  # article or release, for splitting


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents and the questions that are asked of them."""

    name: str
    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
    synonyms: Path | None = None

    def bot(self, settings: Settings | None = None) -> Bot:
        """Return a bot over the documents."""
        return build_bot(self.documents, settings or Settings(), self.synonyms)


def release_collections() -> list[Collection]:
    """Return the invented releases in this folder, each a collection of its own."""
    return [
        Collection(path.stem, (load_document(path),), _cases(path.with_suffix(".jsonl")))
        for path in sorted(RELEASES.glob("*.md"))
    ]


def press_release(questions: Path | None = None) -> Collection:
    """Return the press release with a question set, by default its own."""
    knowledge = ROOT / "knowledge"
    documents = tuple(load_document(path) for path in sorted(knowledge.glob("*.md")))
    return Collection(
        "press release",
        documents,
        _cases(questions or knowledge / "questions.jsonl"),
        knowledge / "synonyms.txt",
    )


def development_collections() -> list[Collection]:
    """Return the press release with the question sets that are learned on."""
    return [press_release(path) for path in sorted(PRESS_RELEASE.glob("development-*.jsonl"))]


def held_out_collections() -> dict[str, Collection]:
    """Return the press release with the question sets that nobody reads, by their names."""
    return {
        path.stem.replace("held-out-", "writer "): press_release(path)
        for path in sorted(PRESS_RELEASE.glob("held-out-*.jsonl"))
    }


def _cases(path: Path) -> tuple[Case, ...]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return tuple(
        Case(
            id=line["id"],
            question=line["question"],
            answers=tuple(line["answers"]),
            history=tuple(Turn(**turn) for turn in line.get("history", ())),
            kind=line["kind"],
            short=line["short"],
            group=path.stem,
        )
        for line in lines
    )


def squad(name: str) -> Collection:
    """Return a file of SQuAD's format as one collection, a document a paragraph."""
    data = json.loads((DATA / name).read_text("utf-8"))["data"]
    documents: list[Document] = []
    cases: list[Case] = []
    for a, article in enumerate(data):
        title = str(article.get("title", f"article {a}"))
        for p, paragraph in enumerate(article["paragraphs"]):
            document_id = f"{a:02}-{p:02}"
            documents.append(
                Document(document_id=document_id, title=title, text=paragraph["context"])
            )
            cases += [_squad_case(qa, document_id, f"{a:02}") for qa in paragraph["qas"]]
    return Collection(name, tuple(documents), tuple(cases))


def _squad_case(qa: dict[str, Any], document_id: str, group: str) -> Case:
    answers = () if qa.get("is_impossible") else tuple({a["text"]: 0 for a in qa["answers"]})
    return Case(
        id=qa["id"],
        question=qa["question"].strip(),
        answers=answers,
        short=True,
        document_id=document_id,
        group=group,
    )


def without_group(collection: Collection, group: str) -> Collection:
    """Return the collection without one article, asked only that article's questions."""
    return Collection(
        f"{collection.name} without {group}",
        tuple(d for d in collection.documents if not d.document_id.startswith(f"{group}-")),
        tuple(case for case in collection.cases if case.group == group),
    )


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """A turn of MTRAG-UN: the last question, what was said before, and what answers it."""

    id: str
    question: str
    history: tuple[Turn, ...]
    relevant: frozenset[str]


def mtrag() -> tuple[tuple[Document, ...], Sequence[ConversationTurn]]:
    """Return the passages, as documents, and the turns of MTRAG-UN."""
    passages = [json.loads(x) for x in (DATA / "mtrag_un_passages.jsonl").open(encoding="utf-8")]
    turns = [json.loads(x) for x in (DATA / "mtrag_un_turns.jsonl").open(encoding="utf-8")]
    return (
        tuple(Document(document_id=p["id"], title="", text=p["text"]) for p in passages),
        [_conversation_turn(turn) for turn in turns],
    )


def _conversation_turn(turn: dict[str, Any]) -> ConversationTurn:
    said = [message["text"].strip() for message in turn["conversation"]]
    pairs = [
        Turn(question=question[:1000] or "?", answer=answer[:20_000])
        for question, answer in zip(said[::2], said[1::2], strict=True)
    ]
    return ConversationTurn(
        turn["id"], turn["question"].strip(), tuple(pairs), frozenset(turn["relevant"])
    )
