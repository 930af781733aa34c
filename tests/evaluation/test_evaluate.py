import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from evaluation_fakes import FakeBot, make_answer, make_question

from gloact_qa.answering.bot import load_bot
from gloact_qa.errors import MissingExtraError
from gloact_qa.evaluation.questions import Question, load_questions
from gloact_qa.evaluation.run import TOP_K, evaluate
from gloact_qa.knowledge.documents import load_documents
from gloact_qa.schema import DEFAULT_TOP_K, DocumentSummary, Turn
from gloact_qa.settings import Settings

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
WHO = make_question("who", "Alena Kupchyna", kind="direct", short=True)
WHERE = make_question(
    "where", "Vienna", kind="followup", history=[{"question": "Who?", "answer": "She."}]
)
WEATHER = make_question("weather", kind="offtopic")
ANSWERS = {
    "who?": make_answer("The event was moderated by H.E. Alena Kupchyna.", "Alena Kupchyna"),
    "where?": make_answer(None, confidence=0.2),
    "weather?": make_answer(None, confidence=0.1),
}


def test_each_question_is_asked_once_with_its_conversation() -> None:
    bot = FakeBot(ANSWERS)
    evaluate(bot, [WHO, WHERE, WEATHER])
    assert bot.asked == [
        ("who?", (), TOP_K),
        ("where?", (Turn(question="Who?", answer="She."),), TOP_K),
        ("weather?", (), TOP_K),
    ]


def test_the_report_has_every_outcome_and_a_summary_by_kind() -> None:
    report = evaluate(FakeBot(ANSWERS), [WHO, WHERE, WEATHER])
    assert [o.question.id for o in report.outcomes] == ["who", "where", "weather"]
    assert [o.judgement.right for o in report.outcomes] == [True, False, True]
    assert report.outcomes[0].said.short_answer == "Alena Kupchyna"
    assert report.overall.accuracy == pytest.approx(2 / 3)
    assert list(report.by_kind) == ["direct", "followup", "offtopic"]
    assert [m.accuracy for m in report.by_kind.values()] == [1, 0, 1]
    assert report.documents == (DocumentSummary(document_id="release", title="A release"),)
    assert report.date.tzinfo is not None


def test_a_question_that_no_release_can_answer_is_pointed_out() -> None:
    elsewhere = make_question("elsewhere", "Alena Kupchina", "Kupchina")
    bot = FakeBot({**ANSWERS, "elsewhere?": make_answer(None)})
    report = evaluate(bot, [WHO, WHERE, WEATHER, elsewhere])
    assert report.not_in_releases == ("elsewhere",)


def test_progress_sees_the_questions_go_by() -> None:
    seen: list[str] = []

    def progress(questions: Sequence[Question]) -> Iterator[Question]:
        for question in questions:
            seen.append(question.id)
            yield question

    evaluate(FakeBot(ANSWERS), [WHO, WEATHER], progress)
    assert seen == ["who", "weather"]


@pytest.mark.parametrize("module", ["ir_measures", "sklearn.metrics"])
def test_without_the_extra_it_says_what_to_install_before_asking(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.delitem(sys.modules, "gloact_qa.evaluation.metrics", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    bot = FakeBot(ANSWERS)
    with pytest.raises(MissingExtraError, match=r"pip install 'gloact-qa\[evaluate\]'"):
        evaluate(bot, [WHO])
    assert bot.asked == []


@pytest.mark.parametrize(
    ("module", "library"),
    [("text_report", "rich.table"), ("html_report", "matplotlib")],
)
def test_the_reports_say_it_too(monkeypatch: pytest.MonkeyPatch, module: str, library: str) -> None:
    for name in list(sys.modules):
        if name.startswith("gloact_qa.evaluation."):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'gloact-qa\[evaluate\]'"):
        __import__(f"gloact_qa.evaluation.{module}")


def test_the_question_set_that_comes_with_the_program_fits_its_release() -> None:
    questions = load_questions(KNOWLEDGE / "questions.jsonl")
    bot = FakeBot({question.question: make_answer(None) for question in questions})
    bot.documents = load_documents(KNOWLEDGE)
    assert evaluate(bot, questions).not_in_releases == ()


def test_asking_for_more_sources_does_not_change_the_answer() -> None:
    bot = load_bot(Settings(knowledge=KNOWLEDGE))
    for question in load_questions(KNOWLEDGE / "questions.jsonl"):
        few = bot.ask(question.question, history=question.history, top_k=DEFAULT_TOP_K)
        many = bot.ask(question.question, history=question.history, top_k=TOP_K)
        assert few == many.model_copy(
            update={"sources": many.sources[:DEFAULT_TOP_K], "elapsed_ms": few.elapsed_ms}
        )
