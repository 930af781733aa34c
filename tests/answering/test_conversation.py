import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloact_qa.answering.conversation import standalone
from gloact_qa.schema import Turn

Said = tuple[str, str]
FENWICK = (
    "Who designed the bridge?",
    "The bridge was designed by Ms. Ada Fenwick, chief engineer of the Tarnstead Harbour Trust.",
)
MAYOR = ("Who opened the bridge?", "It was opened by Mr. Owen Castell, Mayor of Tarnstead.")
FUND = ("What is the Northern Ports Fund?", "The Northern Ports Fund is a fund of three states.")


def understood(question: str, *said: Said) -> str:
    """Return the standalone form of a question after what was said before."""
    return standalone(question, [Turn(question=q, answer=a) for q, a in said]).text


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("What is her position?", FENWICK, "What is Ada Fenwick's position?"),
        ("And what did she say?", FENWICK, "what did Ada Fenwick say?"),
        ("When did he speak?", MAYOR, "When did Owen Castell speak?"),
        ("Since when does it exist?", FUND, "Since when does Northern Ports Fund exist?"),
        ("Who are its members?", FUND, "Who are Northern Ports Fund's members?"),
        ("What about Ada Fenwick?", ("Who is Owen Castell?", "The mayor."), "Who is Ada Fenwick?"),
        (
            "Did they mention problems?",
            ("What did the engineers of the new port talk about?", "Storms."),
            "Did the engineers mention problems?",
        ),
        (
            "Who designed it?",
            ("When did the mayor open the bridge?", "In 2023."),
            "Who designed the bridge?",
        ),
        (
            "Did many come to it?",
            ("What event took place in Bergen?", "A fair took place in Bergen."),
            "Did many come to the event?",
        ),
        ("Did anyone give her an answer?", FENWICK, "Did anyone give Ada Fenwick an answer?"),
        (
            "Who is the ambassador of that country?",
            ("Which minister of Norway came?", "Ms. Ada Fenwick, Minister of Fish of Norway."),
            "Who is the ambassador of Norway?",
        ),
        ("And in Norway?", ("How many came in Iceland?", "Ten."), "How many came in Norway?"),
        (
            "And the second one?",
            ("When did the first phase end?", "In 2019."),
            "When did the second phase end?",
        ),
        (
            "And the one before that?",
            ("When did the second phase end?", "In 2022."),
            "When did the previous phase end?",
        ),
        (
            "Which ones?",
            ("How many states pay for the bridge?", "Three states pay for it."),
            "Which states pay for the bridge?",
        ),
        (
            "How many is that?",
            ("Which states pay for the bridge?", "Norway, Denmark and Iceland."),
            "How many states pay for the bridge?",
        ),
        (
            "How does it do that?",
            ("Does the fund help the ports?", "The fund helps the ports."),
            "how does the fund help the ports?",
        ),
        ("What did the woman say?", FENWICK, "What did Ada Fenwick say?"),
        (
            "Did she say anything else?",
            ("What did the mayor of Oslo say?", "“The bridge is old.”"),
            "Did the mayor say anything else?",
        ),
        (
            "Back to the bridge: where is it?",
            ("What is the fund?", "A fund of three states."),
            "where is the bridge?",
        ),
        (
            "Who designed it?",
            ("Is the Gull Bridge popular?", "The Gull Bridge is popular."),
            "Who designed the Gull Bridge?",
        ),
        (
            "Why just these?",
            ("Which countries does the fund cover?", "Norway and Denmark."),
            "Why just the countries?",
        ),
        (
            "When did they start?",
            ("Which organisations built it?", "The trust and the fund."),
            "When did the organisations start?",
        ),
        (
            "Does it help fishermen?",
            ("What will the second phase do for NGOs?", "It will train them."),
            "Does the second phase help fishermen?",
        ),
        (
            "When was it founded?",
            ("What does the United Nations do?", "It works for peace."),
            "When was United Nations founded?",
        ),
        (
            "Who designed it?",
            ("Where is the headquarters?", "It is in Rome."),
            "Who designed the headquarters?",
        ),
        (
            "How did Norway react to her speech?",
            FENWICK,
            "How did Norway react to Ada Fenwick's speech?",
        ),
        (
            "How much did Norway pay for its construction?",
            ("Who designed the Gull Bridge?", "Ms. Ada Fenwick."),
            "How much did Norway pay for the Gull Bridge's construction?",
        ),
        (
            "How do I phone them?",
            ("What is the website of the Tarnstead Trust?", "tht.example"),
            "How do I phone Tarnstead Trust?",
        ),
        (
            "Whom will it help?",
            ("What does the Asia and Middle East phase build on?", "On trust."),
            "Whom will the Asia and Middle East phase help?",
        ),
        (
            "What does that abbreviation mean?",
            ("Who runs the bridge?", "It is run by the trust (THT)."),
            "What does THT mean?",
        ),
    ],
)
def test_what_a_follow_up_leaves_out_is_put_in(question: str, said: Said, expected: str) -> None:
    assert understood(question, said).lower().replace("the northern", "northern") == (
        expected.lower()
    )


@pytest.mark.parametrize("question", ["And when?", "Where?", "Since when?", "But why?"])
def test_a_bare_question_word_takes_the_rest_of_the_question_before(question: str) -> None:
    text = understood(question, ("Who opened the Gull Bridge?", "The mayor."))
    assert "Gull Bridge" in text
    assert question.split()[-1].strip("?").lower() in text.lower()


def test_a_name_goes_on_through_the_conversation() -> None:
    text = understood("And when was she born?", FENWICK, ("What is her position?", "Engineer."))
    assert text == "when was Ada Fenwick born?"


def test_a_pronoun_takes_the_person_it_fits() -> None:
    said = ("Who spoke?", "Mr. Owen Castell and Ms. Ada Fenwick spoke.")
    assert understood("What did she say?", said) == "What did Ada Fenwick say?"
    assert understood("What did he say?", said) == "What did Owen Castell say?"


@pytest.mark.parametrize(
    "question",
    [
        "Who is the Mayor of Tarnstead?",
        "How much did the Gull Bridge cost?",
        "What is the email address of the press office?",
        "Is it true that the ferry stops?",
        "What did Ada Fenwick put in her report?",
        "What do Norway and Denmark get for their money?",
    ],
)
def test_a_complete_question_drops_the_old_topic(question: str) -> None:
    assert understood(question, FUND) == question


def test_whom_to_reach_is_not_what_one_was_reached_by() -> None:
    said = ("Is there a Twitter account?", "Twitter: @tarnsteadtrust")
    assert understood("How else can I reach them?", said) == "How else can I reach them?"


@pytest.mark.parametrize("question", ["And what did she say?", "Where?", "What about Norway?"])
def test_without_a_conversation_a_question_stays_as_it_is(question: str) -> None:
    assert understood(question) == question


def test_courtesies_are_no_part_of_the_question() -> None:
    assert understood("Thanks! And could you tell me what she said?", FENWICK) == (
        "what Ada Fenwick said?"
    )
    assert understood("Thank you.", FENWICK) == ""
    assert "Gull Bridge" in understood("And when?", ("Hi, who opened the Gull Bridge?", "He."))


@pytest.mark.parametrize(
    ("question", "goes_on"),
    [
        ("Who designed it?", True),
        ("And besides that, what did the mayor open?", True),
        ("What else did the mayor open?", True),
        ("Who leads the Lindmark Institute in Sweden?", False),
    ],
)
def test_a_follow_up_goes_on_from_the_answer_before(question: str, goes_on: bool) -> None:
    said = Turn(question="When did the mayor open the bridge?", answer="It opened in 2023.")
    assert standalone(question, [said]).after == (said.answer if goes_on else "")


def test_what_was_said_is_not_wanted_again() -> None:
    more = standalone("Anyone else?", [Turn(question=FENWICK[0], answer=FENWICK[1])])
    assert more.seen == (FENWICK[1],)
    assert "bridge" in more.text
    other = standalone("And what did she say?", [Turn(question=FENWICK[0], answer=FENWICK[1])])
    assert other.seen == ()


TEXTS = st.lists(
    st.sampled_from("who what about and he her it there Ms. Roe Oslo ? , the first else".split())
    | st.text(max_size=5),
    max_size=10,
).map(" ".join)
TURNS = st.builds(Turn, question=TEXTS.filter(str.strip), answer=TEXTS)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.lists(TURNS, max_size=20))
def test_any_conversation_can_be_followed(question: str, history: list[Turn]) -> None:
    alone, followed = standalone(question, []), standalone(question, history)
    assert alone.text == "" or followed.text
    assert alone.seen == ()
    assert set(followed.seen) <= {turn.answer for turn in history}


def test_a_courtesy_between_keeps_the_topic() -> None:
    assert understood("What is her position?", FENWICK, ("Thanks!", "You are welcome.")) == (
        "What is Ada Fenwick's position?"
    )


def test_the_verb_of_the_last_question_is_no_part_of_its_topic() -> None:
    said = ("When did the Gull Bridge open?", "The Gull Bridge opened on 14 March.")
    assert understood("And how many people cross it?", said) == (
        "how many people cross the Gull Bridge?"
    )


def test_a_lone_conjunction_asks_nothing() -> None:
    assert not understood("and", FENWICK).startswith(" –")


def test_a_person_is_found_further_back() -> None:
    said = [FENWICK, ("How much did the bridge cost?", "It cost £38 million.")]
    assert understood("What is her position?", *said) == "What is Ada Fenwick's position?"


def test_who_said_it_asks_for_the_words_of_the_answer() -> None:
    quoted = ("Is the bridge old?", "“The bridge is as old as the port”")
    assert "as old as the port" in understood("And who said that?", quoted)
