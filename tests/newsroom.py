"""Invented releases of other newsrooms, and what every answer promises."""

import datetime
from collections.abc import Sequence

from gloact_qa.answering.bot import Bot, build_bot
from gloact_qa.answering.link import text_fragment_link
from gloact_qa.schema import Answer, Document, Turn
from gloact_qa.settings import Settings

MOST_WORDS = 15

BRIDGE = Document(
    document_id="bridge",
    title="Tarnstead opens the Gull Bridge",
    url="https://tht.example/news/bridge",
    date=datetime.date(2023, 3, 14),
    text="""\
Tarnstead, 14 March 2023 - The Tarnstead Harbour Trust (THT) opened the Gull Bridge on Tuesday. \
The bridge was designed by Ms. Ada Fenwick, chief engineer of the Tarnstead Harbour Trust, and \
cost £38 million. It links the old port with Skerry Island and carries trams and bicycles.

"The bridge gives the islanders a way to work that no storm can close," said Mr. Owen Castell, \
Mayor of Tarnstead. Ms. Fenwick said "We listened to the ferry crews before we drew a line."

The trust will build a second bridge to Holm Island between 2024 and 2027. The work is paid for \
by the Northern Ports Fund and the governments of Norway, Denmark and Iceland. Some 12,000 people \
are expected to cross the Gull Bridge each day.

Contact:
Email: press@tht.example
Twitter: @tarnsteadtrust
www.tht.example/bridge
""",
)
ORCHARD = Document(
    document_id="orchard",
    title="Old apple trees store more carbon",
    text="""\
# Old apple trees store more carbon

Researchers of the Lindmark Institute measured 640 apple trees in Sweden, Latvia and Poland.

- Trees older than 80 years stored 31% more carbon than young ones.
- The study lasted six years and was led by Dr. Hedda Rask, a botanist at the Lindmark Institute.

“An old orchard is a bank that nobody robs,” said Dr. Rask.
""",
)


def make_bot(*documents: Document, min_confidence: float = 0.5) -> Bot:
    return build_bot(documents, Settings(min_confidence=min_confidence))


def converse(bot: Bot, *questions: str) -> Answer:
    """Ask one question after the other; return the answer to the last one."""
    history: list[Turn] = []
    for question in questions:
        answer = bot.ask(question, history)
        history.append(Turn(question=question, answer=answer.answer))
    return answer


def check_answer(bot: Bot, question: str, history: Sequence[Turn] = (), top_k: int = 3) -> Answer:
    """Ask, and hold what the contract promises of every answer; return it."""
    answer = bot.ask(question, history, top_k)
    assert answer.question == question
    assert 0 <= answer.confidence <= 1
    assert len(answer.sources) <= top_k
    assert len({s.passage_id for s in answer.sources}) == len(answer.sources)
    for source in answer.sources:
        document = bot.document(source.document_id)
        assert document is not None
        assert document.text[source.start : source.end] == source.snippet != ""
        assert (source.title, source.url, source.date) == (
            document.title,
            document.url,
            document.date,
        )
        for highlight in source.highlights:
            assert 0 <= highlight.start < highlight.end <= len(source.snippet)
        assert (source.link is None) == (document.url is None)
    listed = [s.score for s in answer.sources[1 if answer.answered else 0 :]]
    assert listed == sorted(listed, reverse=True)
    if answer.answered:
        _check_answered(answer)
    else:
        assert answer.short_answer is None
        assert answer.answer.strip()
        assert not any(answer.answer in source.snippet for source in answer.sources)
    return answer


def _check_answered(answer: Answer) -> None:
    first = answer.sources[0]
    assert answer.answer in first.snippet
    assert answer.answer.strip() == answer.answer != ""
    (highlight,) = first.highlights
    marked = first.snippet[highlight.start : highlight.end]
    assert marked == (answer.short_answer or answer.answer)
    assert first.link == text_fragment_link(first.url, answer.answer)
    if answer.short_answer is not None:
        assert answer.short_answer in answer.answer
        assert 1 <= len(answer.short_answer.split()) <= MOST_WORDS
