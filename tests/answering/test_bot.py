import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloact_qa.answering.bot import Bot, build_bot, load_bot
from gloact_qa.errors import KnowledgeError
from gloact_qa.evaluation.questions import load_questions
from gloact_qa.knowledge.documents import load_document
from gloact_qa.schema import MAX_TOP_K, Document, Turn
from gloact_qa.settings import Settings
from newsroom import BRIDGE, ORCHARD, check_answer, converse, make_bot

ROOT = Path(__file__).parents[2]
QUESTION_SETS = [
    ROOT / "knowledge" / "questions.jsonl",
    *sorted((ROOT / "benchmarks" / "data").rglob("*.jsonl")),
]
REFUSAL = "The releases do not say."


@pytest.fixture(scope="module")
def bot() -> Bot:
    """Return the bot over the knowledge that comes with the program."""
    return load_bot(Settings(knowledge=ROOT / "knowledge"))


@pytest.fixture(scope="module")
def newsroom() -> Bot:
    """Return a bot over two releases of other newsrooms."""
    return make_bot(BRIDGE, ORCHARD)


def test_who_moderated_the_event(bot: Bot) -> None:
    answer = check_answer(bot, "Who moderated the event?")
    assert answer.answered
    assert answer.short_answer == "Alena Kupchyna"
    assert answer.answer.startswith("The event, moderated by H.E. Alena Kupchyna, Ambassador")
    assert answer.interpreted_as == "Who moderated the event?"
    assert answer.sources[0].document_id == "2019-05-29-eu-unodc-cooperation"


@pytest.mark.parametrize("path", QUESTION_SETS, ids=lambda path: path.stem)
def test_every_question_there_is_gets_a_verbatim_answer(bot: Bot, path: Path) -> None:
    release = path.with_suffix(".md")
    asked = build_bot([load_document(release)], Settings()) if release.exists() else bot
    answers = [check_answer(asked, q.question, q.history) for q in load_questions(path)]
    assert any(answer.answered for answer in answers)
    assert not all(answer.answered for answer in answers)


def test_the_stutter_is_not_quoted(bot: Bot) -> None:
    answer = check_answer(bot, "What did Mr. Yuri Fedotov say?")
    assert "Fedotov" in answer.answer
    assert answer.answer.count("Addressing the participants") <= 1


def test_top_k_does_not_change_the_answer(bot: Bot) -> None:
    for question in load_questions(QUESTION_SETS[0])[::4]:
        few, *more = (
            check_answer(bot, question.question, question.history, top_k)
            for top_k in (1, 3, MAX_TOP_K)
        )
        for many in more:
            same = {"sources", "elapsed_ms"}
            assert few.model_dump(exclude=same) == many.model_dump(exclude=same)
            assert few.sources == many.sources[: len(few.sources)]


@pytest.mark.parametrize("top_k", [1, 2, 5])
def test_there_are_as_many_sources_as_asked_for(bot: Bot, top_k: int) -> None:
    answer = check_answer(
        bot, "What is said about cooperation between UNODC and the EU?", (), top_k
    )
    assert len(answer.sources) == top_k


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who designed the bridge?", "Ada Fenwick"),
        ("How much did the bridge cost?", "£38 million"),
        ("What does THT stand for?", "Tarnstead Harbour Trust"),
        ("Who is Owen Castell?", "Mayor of Tarnstead"),
        ("Who is the Mayor of Tarnstead?", "Owen Castell"),
        ("What is the email address?", "press@tht.example"),
        ("What is their Twitter handle?", "@tarnsteadtrust"),
        ("What is the website?", "www.tht.example/bridge"),
        ("Which countries pay for the work?", "Norway, Denmark and Iceland"),
        ("How many people will cross the bridge each day?", "12,000"),
        ("How long did the study of apple trees last?", "six years"),
        ("Which trust opened the Gull Bridge?", "Tarnstead Harbour Trust"),
        ("In which countries did they measure the trees?", "Sweden, Latvia and Poland"),
        ("What share of carbon did old trees store more?", "31%"),
    ],
)
def test_releases_of_other_newsrooms(newsroom: Bot, question: str, short: str) -> None:
    answer = check_answer(newsroom, question)
    assert answer.answered
    assert short in (answer.short_answer or "")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did the mayor say?", "a way to work that no storm can close"),
        ("What did Ms. Fenwick say?", "We listened to the ferry crews"),
        ("What did Dr. Rask say?", "An old orchard is a bank that nobody robs"),
    ],
)
def test_quotations_are_those_of_their_speakers(newsroom: Bot, question: str, said: str) -> None:
    answer = check_answer(newsroom, question)
    assert answer.answered
    assert said in answer.answer


def test_the_link_opens_the_release_at_the_answer(newsroom: Bot) -> None:
    answer = check_answer(newsroom, "What is the email address?")
    assert answer.sources[0].link == (
        "https://tht.example/news/bridge#:~:text=Email%3A%20press%40tht.example"
    )
    without_url = check_answer(newsroom, "Who led the study of apple trees?")
    assert without_url.answered
    assert without_url.sources[0].link is None


def test_the_matched_words_of_other_sources_are_highlighted(newsroom: Bot) -> None:
    answer = check_answer(newsroom, "Who designed the bridge?")
    others = [
        source.snippet[h.start : h.end].lower()
        for source in answer.sources[1:]
        for h in source.highlights
    ]
    assert others
    assert set(others) <= {"bridge", "designed", "drew", "line", "build", "plan"}


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Peru?",
        "Who won the football match?",
        "How do I bake bread?",
        "qwrtp zxcvb",
        "Ποιος μίλησε;",
        "🙂",
    ],
)
def test_what_no_release_says_is_refused(newsroom: Bot, question: str) -> None:
    answer = check_answer(newsroom, question)
    assert not answer.answered
    assert answer.answer == REFUSAL
    assert answer.confidence < 0.5


@pytest.mark.parametrize(
    "question",
    [
        "Who is the Mayor of Skerry Island?",
        "Who is the chief engineer of the Lindmark Institute?",
        "How much of the £38 million did Iceland pay?",
        "What did the Mayor of Holm Island say?",
        "In what year was Owen Castell born?",
    ],
)
def test_what_is_nearly_said_is_refused(newsroom: Bot, question: str) -> None:
    assert not check_answer(newsroom, question).answered


@pytest.mark.parametrize(
    "question", ["What is this press release about?", "what's the news?", "Summarise it, please."]
)
def test_a_release_is_about_what_it_begins_with(question: str) -> None:
    answer = check_answer(make_bot(BRIDGE), question)
    assert answer.answered
    assert answer.answer == BRIDGE.text.split("\n")[0].split(" The bridge")[0]


def test_a_word_that_may_be_meant_chooses_among_equals() -> None:
    festival = Document(
        document_id="festival",
        title="The summer festival",
        text="The festival opens in June. Fifty inspectors check the tents of the festival. "
        "Ninety musicians play at the festival.",
    )
    asked = make_bot(festival, min_confidence=0.0)
    assert "inspectors" in check_answer(asked, "Which controllers come to the festival?").answer


def test_the_threshold_decides_what_is_answered() -> None:
    question = "Who designed the bridge?"
    never, always = (make_bot(BRIDGE, min_confidence=c) for c in (1.0, 0.0))
    refused, answered = never.ask(question), always.ask(question)
    assert (refused.answered, refused.answer) == (False, REFUSAL)
    assert answered.answered
    assert refused.confidence == answered.confidence
    # What is refused still shows the nearest passages.
    assert {s.passage_id for s in refused.sources} == {s.passage_id for s in answered.sources}


@pytest.mark.parametrize("question", ["Hello", "hi!", "Good morning", "hey there", "HELLO."])
def test_a_greeting_is_returned(bot: Bot, question: str) -> None:
    answer = check_answer(bot, question)
    assert not answer.answered
    assert answer.answer.startswith("Hello")
    assert answer.sources == ()


@pytest.mark.parametrize("question", ["thanks", "Thank you very much!", "Great, thanks a lot."])
def test_thanks_are_returned(bot: Bot, question: str) -> None:
    history = [Turn(question="Who moderated the event?", answer="Alena Kupchyna")]
    answer = check_answer(bot, question, history)
    assert not answer.answered
    assert "welcome" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Hello, who designed the bridge?",
        "Good morning! Could you please tell me who designed the bridge? Thanks!",
        "who desinged the brige",
        "WHO DESIGNED THE BRIDGE",
        "who designed the bridge",
    ],
)
def test_how_a_question_is_put_does_not_matter(newsroom: Bot, question: str) -> None:
    answer = check_answer(newsroom, question)
    assert answer.short_answer == "Ada Fenwick"


@pytest.mark.parametrize(
    ("conversation", "short"),
    [
        (("Who designed the bridge?", "What is her position?"), "chief engineer of the"),
        (("Who is the Mayor of Tarnstead?", "And what did he say?"), "no storm can close"),
        (("How much did the Gull Bridge cost?", "And who designed it?"), "Ada Fenwick"),
        (("Who is Owen Castell?", "What about Ada Fenwick?"), "chief engineer of the"),
        # A new topic drops the old one.
        (("Who designed the bridge?", "What is the email address?"), "press@tht.example"),
        # Courtesies between the questions do not matter.
        (("Hello", "Who designed the bridge?", "And her position please?"), "chief engineer"),
    ],
)
def test_follow_ups(newsroom: Bot, conversation: tuple[str, ...], short: str) -> None:
    answer = converse(newsroom, *conversation)
    assert answer.answered
    assert short in (answer.short_answer or "")


def test_a_follow_up_shows_how_it_was_understood(newsroom: Bot) -> None:
    answer = converse(newsroom, "Who designed the bridge?", "What is her position?")
    assert answer.question == "What is her position?"
    assert answer.interpreted_as == "What is Ada Fenwick's position?"


def test_the_bot_keeps_no_conversation(newsroom: Bot) -> None:
    before = newsroom.ask("And who designed it?")
    converse(newsroom, "How much did the Gull Bridge cost?", "And who designed it?")
    after = newsroom.ask("And who designed it?")
    assert before.model_dump(exclude={"elapsed_ms"}) == after.model_dump(exclude={"elapsed_ms"})


def test_the_documents_are_known(newsroom: Bot) -> None:
    assert newsroom.documents == (BRIDGE, ORCHARD)
    assert newsroom.document("orchard") == ORCHARD
    assert newsroom.document("other") is None


WORDS = st.sampled_from(
    """
    who what when where which why how did does is was say said moderated designed cost bridge event
    it he she her his they there GLO.ACT UNODC EU Afghanistan Fenwick Peña Pen\u0303a 2019
    €12 million £38 thanks hello please and but about the of in for 2018-2022 5% a@b.org www.un.org
    @glo_act stand else more Mr. Ms. H.E. ? ! " “ ” ( ) [ \\ * + . , : ; - – ' ’ # \x00 \u2028
    \u202e 😀 नमस्ते
    """.split()
)
QUESTIONS = st.one_of(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.lists(WORDS | st.text(max_size=5), max_size=14).map("".join),
)
TURNS = st.lists(
    st.builds(Turn, question=QUESTIONS.filter(str.strip), answer=QUESTIONS), max_size=3
)


@settings(deadline=None, max_examples=150)
@given(question=QUESTIONS, history=TURNS, top_k=st.integers(1, 20))
def test_no_question_breaks_the_bot(
    bot: Bot, newsroom: Bot, question: str, history: list[Turn], top_k: int
) -> None:
    check_answer(bot, question, history, top_k)
    check_answer(newsroom, question, history, top_k)


TEXTS = st.lists(WORDS | st.sampled_from(["\n", "\n\n", "\r\n", "- "]), min_size=1, max_size=60)


@settings(deadline=None, max_examples=25)
@given(text=TEXTS.map(" ".join).map("Ms. Roe designed it. {}".format), question=QUESTIONS)
def test_no_release_breaks_the_bot(text: str, question: str) -> None:
    bot = make_bot(Document(document_id="any", title="Any", text=text), min_confidence=0)
    check_answer(bot, question)
    check_answer(bot, "Who designed it?")
    check_answer(bot, text[:1000])


_ASK_ALL = """
import sys
from pathlib import Path
from gloact_qa.answering.bot import load_bot
from gloact_qa.evaluation.questions import load_questions
from gloact_qa.settings import Settings

folder = Path(sys.argv[1])
bot = load_bot(Settings(knowledge=folder))
for q in load_questions(folder / "questions.jsonl"):
    print(bot.ask(q.question, q.history, 5).model_dump_json(exclude={"elapsed_ms"}))
"""


def test_two_processes_answer_alike() -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _ASK_ALL, str(ROOT / "knowledge")],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )
        for seed in ("1", "2")
    ]
    one, other = (process.communicate(timeout=60)[0] for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert len(one.splitlines()) == len(load_questions(QUESTION_SETS[0]))
    assert one == other
    assert all(json.loads(line)["answer"] for line in one.splitlines())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a knowledge folder with one release."""
    (tmp_path / "bridge.md").write_text(f"---\ntitle: Bridge\n---\n{BRIDGE.text}", "utf-8")
    return tmp_path


def test_a_newsroom_has_its_own_words(folder: Path) -> None:
    question = "Who zorgled the overwater path?"
    assert not load_bot(Settings(knowledge=folder)).ask(question).answered
    (folder / "synonyms.txt").write_text("zorgled => designed\noverwater path => bridge\n", "utf-8")
    answer = check_answer(load_bot(Settings(knowledge=folder)), question)
    assert answer.short_answer == "Ada Fenwick"


def test_broken_knowledge_is_named(folder: Path) -> None:
    (folder / "synonyms.txt").write_text("alone\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"synonyms\.txt, line 1"):
        load_bot(Settings(knowledge=folder))
    (folder / "other.md").write_text("---\ntitle: a\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"other\.md: front matter"):
        load_bot(Settings(knowledge=folder))
    with pytest.raises(KnowledgeError, match="no such knowledge folder"):
        load_bot(Settings(knowledge=folder / "none"))


def test_the_passage_size_is_a_setting() -> None:
    small, large = (
        check_answer(
            build_bot([BRIDGE], Settings(passage_size=size)), "Who designed the bridge?", top_k=20
        )
        for size in (100, 20_000)
    )
    assert small.answer == large.answer
    assert small.short_answer == large.short_answer == "Ada Fenwick"
    assert small.sources[0].snippet == small.answer
    assert large.sources[0].snippet == BRIDGE.text.split("\n")[0]


def test_more_sources_do_not_bring_another_answer_into_reach() -> None:
    """The only date stands in the passage that the search ranks last."""
    short = [
        Document(document_id=f"d{i:02}", title="", text="Ferry bridge ferry bridge.")
        for i in range(12)
    ]
    padding = " ".join(f"word{i}" for i in range(20))
    dated = Document(
        document_id="last", title="", text=f"A bridge and ferry came on 3 May 2020 with {padding}."
    )
    bot = make_bot(*short, dated, min_confidence=0.0)
    answers = {bot.ask("When did the ferry bridge open?", top_k=k).answer for k in (1, MAX_TOP_K)}
    assert len(answers) == 1


@pytest.mark.parametrize("courtesy", ["Hello!", "Thanks, that helps!", "Thank you so much.", "OK"])
def test_a_courtesy_is_no_question(bot: Bot, courtesy: str) -> None:
    answer = bot.ask(courtesy)
    assert (answer.answered, answer.sources, answer.confidence) == (False, (), 0.0)
    assert answer.answer not in (REFUSAL, "")


def test_what_was_asked_before_is_not_highlighted(newsroom: Bot) -> None:
    history = [Turn(question="Does it carry trams and bicycles?", answer="It carries trams.")]
    answer = newsroom.ask("Who pays for the second bridge to Holm Island?", history, top_k=5)
    marked = {
        source.snippet[span.start : span.end].lower()
        for source in answer.sources[1:]
        for span in source.highlights
    }
    assert marked
    assert not marked & {"trams", "bicycles", "carries"}
