import io

from evaluation_fakes import FakeBot, make_answer, make_question
from rich.console import Console

from gloact_qa.evaluation.comparison import compare
from gloact_qa.evaluation.run import evaluate
from gloact_qa.evaluation.text_report import print_comparison, print_report, progress_bar
from gloact_qa.schema import Answer

WHO = make_question("who", "Alena Kupchyna", "H.E. Alena Kupchyna", kind="direct", short=True)
WHERE = make_question("where", "Vienna", kind="direct")
WHY = make_question("why", kind="unanswerable")
SENTENCE = "The event was moderated by H.E. Alena Kupchyna."
GOOD = {
    "who?": make_answer(SENTENCE, "Alena Kupchyna"),
    "where?": make_answer("It was held in Vienna."),
    "why?": make_answer(None),
}


def make_console(terminal: bool = False, width: int = 80) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=terminal)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def report_of(answers: dict[str, Answer], max_failures: int = 50, width: int = 80) -> str:
    console = make_console(width=width)
    print_report(evaluate(FakeBot(answers), [WHO, WHERE, WHY]), console, max_failures)
    return printed(console)


def rows_of(text: str) -> dict[str, list[str]]:
    return {cells[0]: cells[1:] for line in text.splitlines() if (cells := line.split())}


def test_each_kind_has_a_row_and_all_have_one() -> None:
    rows = rows_of(report_of({**GOOD, "where?": make_answer(None)}))
    assert rows["direct"] == ["2", "50.0%", "100.0%", "0.500", "50.0%", "50.0%", "50.0%"]
    assert rows["unanswerable"] == ["1", "100.0%", "–", "–", "–", "–", "–"]
    assert rows["all"] == ["3", "66.7%", "100.0%", "0.500", "50.0%", "50.0%", "50.0%"]


def test_a_failure_shows_what_was_asked_said_and_expected() -> None:
    text = report_of({**GOOD, "where?": make_answer("It was held in Geneva.", "Geneva")})
    assert "where: where?" in text
    rows = rows_of(text[text.index("where: where?") :])
    assert rows["Said"] == ["It", "was", "held", "in", "Geneva."]
    assert rows["In"] == ["short", "Geneva"]
    assert rows["Expected"] == ["Vienna"]
    assert "why: why?" not in text


def test_an_answer_to_the_unanswerable_is_a_failure() -> None:
    text = report_of({**GOOD, "why?": make_answer("Because.")})
    assert "why: why?" in text
    assert "It answered, and the releases do not say." in text
    assert "That the releases do not say." in text


def test_a_wrong_short_answer_comes_after_the_wrong_sentences() -> None:
    answers = {"who?": make_answer(SENTENCE, "The event"), "where?": make_answer(None)}
    text = report_of({**GOOD, **answers}, width=200)
    assert text.index("where: where?") < text.index("who: who?")
    assert "The sentence is right, the short answer is not." in text


def test_no_more_failures_are_shown_than_wanted() -> None:
    text = report_of({**GOOD, "who?": make_answer(None), "where?": make_answer(None)}, 1)
    assert "who: who?" in text
    assert "where: where?" not in text
    assert "… and 1 more failures." in text


def test_the_summary_is_in_plain_words() -> None:
    text = " ".join(report_of({**GOOD, "where?": make_answer(None)}).split())
    assert (
        "Of 2 questions that the releases answer, the bot answered 1 right (50%). It answered 0 "
        "wrong, and to 1 it said that the releases do not say." in text
    )
    assert (
        "Of 1 question that the releases do not answer, it said so to 1 (100%), and answered 0 "
        "although it should not have." in text
    )


def test_a_question_set_that_does_not_fit_is_pointed_out() -> None:
    console = make_console()
    question = make_question("elsewhere", "Nowhere Land")
    print_report(evaluate(FakeBot({"elsewhere?": make_answer(None)}), [question]), console)
    text = " ".join(printed(console).split())
    assert "no release contains any expected answer to elsewhere." in text


def test_texts_are_shown_as_they_are_and_command_nothing() -> None:
    console = make_console(terminal=True)
    hostile = "[bold]X[/bold] \x1b]0;owned\x07 [/nothing]"
    question = make_question("[red]id", hostile, kind="[link=x]k")
    print_report(evaluate(FakeBot({"[red]id?": make_answer(hostile)}), [question]), console)
    print_report(evaluate(FakeBot({"[red]id?": make_answer(None)}), [question]), console)
    text = printed(console)
    assert "[red]id: [red]id?" in text
    assert "[link=x]k" in text
    assert "[bold]X[/bold]  ]0;owned  [/nothing]" in text
    assert "\x1b]0;" not in text


def test_a_comparison_says_what_got_better_and_what_worse() -> None:
    old = evaluate(FakeBot({**GOOD, "where?": make_answer(None)}), [WHO, WHERE, WHY])
    new = evaluate(
        FakeBot(
            {**GOOD, "who?": make_answer(SENTENCE, "The event"), "why?": make_answer("Because.")}
        ),
        [WHO, WHERE, WHY],
    )
    comparison = compare(old, new)
    assert [change.new.question.id for change in comparison.better] == ["where"]
    assert [change.new.question.id for change in comparison.worse] == ["who", "why"]
    console = make_console()
    print_comparison(comparison, console)
    text = printed(console)
    better, worse = (
        text[text.index("Better: 1") : text.index("Worse: 2")],
        text.split("Worse: 2")[1],
    )
    assert "where?" in better
    assert "who?" in worse
    assert "why?" in worse
    assert "Because." in worse
    rows = rows_of(text)
    assert rows["Answered"] == ["right", "50.0%", "100.0%", "+50.0%"]
    assert rows["Rightly"] == ["refused", "100.0%", "0.0%", "-100.0%"]


def test_a_comparison_is_over_the_questions_of_both() -> None:
    changed = make_question("where", "Geneva", kind="direct")
    old = evaluate(FakeBot(GOOD), [WHO, WHERE])
    new = evaluate(FakeBot(GOOD), [WHO, changed, WHY])
    comparison = compare(old, new)
    assert (comparison.better, comparison.worse) == ((), ())
    assert (comparison.only_old, comparison.only_new) == (("where",), ("where", "why"))
    assert comparison.old.questions == comparison.new.questions == 1
    console = make_console()
    print_comparison(comparison, console)
    assert "Only in the new report, or changed: where, why" in printed(console)


def test_a_bar_is_shown_on_a_terminal_when_there_are_many_questions() -> None:
    few, many = [WHO] * 3, [WHO] * 2000
    for terminal, questions, shown in (
        (True, many, True),
        (True, few, False),
        (False, many, False),
    ):
        console = make_console(terminal)
        assert list(progress_bar(console)(questions)) == questions
        text = printed(console)
        assert "Asking" in text if shown else text == ""
