import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloact_qa.answering.expectation import AnswerType, expect
from gloact_qa.schema import Kind


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who is the director of the museum?", AnswerType.PERSON),
        ("Which engineer designed it?", AnswerType.PERSON),
        ("minister of water?", AnswerType.PERSON),
        ("Who wrote the report?", AnswerType.AGENT),
        ("By whom was it signed?", AnswerType.AGENT),
        ("who funds it", AnswerType.AGENT),
        ("Who is Jane Doe?", AnswerType.ROLE),
        ("What is her position?", AnswerType.ROLE),
        ("Which organisation pays for the road?", AnswerType.ORGANISATION),
        ("What university did the study?", AnswerType.ORGANISATION),
        ("Where was the treaty signed?", AnswerType.PLACE),
        ("Which city hosts the fair?", AnswerType.PLACE),
        ("venue?", AnswerType.PLACE),
        ("In which country is the plant?", AnswerType.COUNTRY),
        ("Which countries take part?", AnswerType.COUNTRIES),
        ("List the partner countries", AnswerType.COUNTRIES),
        ("When did the fair open?", AnswerType.DATE),
        ("In what year was the bridge built?", AnswerType.DATE),
        ("Since when has the project run?", AnswerType.DATE),
        ("first phase years", AnswerType.DATE),
        ("When was this press release published?", AnswerType.DATELINE),
        ("release date", AnswerType.DATELINE),
        ("What is this press release about?", AnswerType.LEAD),
        ("summarise the article", AnswerType.LEAD),
        ("What is the project about?", AnswerType.DEFINITION),
        ("I'm in a hurry - who wrote the report?", AnswerType.AGENT),
        ("Our deadline is near: where was it signed?", AnswerType.PLACE),
        ("What is the name of the lady who won?", AnswerType.PERSON),
        ("What is the mayor of Tarnstead called?", AnswerType.PERSON),
        ("Norway rep name", AnswerType.PERSON),
        ("What is Ada Fenwick's full name?", AnswerType.PERSON),
        ("What posts does she hold?", AnswerType.ROLE),
        ("What is Owen Castell's portfolio?", AnswerType.ROLE),
        ("Ada Fenwick is minister of what?", AnswerType.ROLE),
        ("What does Ms. Fenwick do?", AnswerType.ROLE),
        ("What did Ms. Fenwick state?", AnswerType.QUOTATION),
        ("The mayor's remark, word for word", AnswerType.QUOTATION),
        ("How do I get hold of the team?", AnswerType.CONTACT),
        ("Who should I contact?", AnswerType.CONTACT),
        ("What is the name of the ship?", AnswerType.NAME),
        ("What is the name of the anti-doping coordinator?", AnswerType.PERSON),
        ("Where does the money come from?", AnswerType.AGENT),
        ("Who is the partner of the museum?", AnswerType.AGENT),
        ("On the margins of which congress did they meet?", AnswerType.NAME),
        ("Alongside which congress did it take place?", AnswerType.NAME),
        ("What are the names of the ships?", AnswerType.NAME),
        ("Why did Lincoln send a letter to Grant?", AnswerType.OPEN),
        ("How will the food reach them?", AnswerType.OPEN),
        ("Which city was it reported to have left?", AnswerType.PLACE),
        ("How large is the grant?", AnswerType.MONEY),
        ("How high is the mountain that won the prize?", AnswerType.MEASURE),
        ("Who pays for the budget?", AnswerType.AGENT),
        ("What does the price include?", AnswerType.OPEN),
        ("With whom was it built, according to Ms. Doe?", AnswerType.AGENT),
        ("According to Ms. Doe, what is needed?", AnswerType.STATEMENT),
        ("Where do I send a question?", AnswerType.CONTACT),
        ("How does the aid reach the people there?", AnswerType.OPEN),
        ("At which web address can one read more?", AnswerType.CONTACT),
        ("Who is the press officer that I can e-mail?", AnswerType.PERSON),
        ("who's the director of the museum?", AnswerType.PERSON),
        ("Could you spell out THT?", AnswerType.EXPANSION),
        ("Did she say anything else?", AnswerType.QUOTATION),
        ("What did Ms. Fenwick stress?", AnswerType.STATEMENT),
        ("What office does Ms. Fenwick hold?", AnswerType.ROLE),
        ("Where is Ms. Fenwick from?", AnswerType.COUNTRY),
        ("What nationality is Ms. Fenwick?", AnswerType.COUNTRY),
        ("Who presided over the council that year?", AnswerType.PERSON),
        ("Can I read the mayor's speech?", AnswerType.OPEN),
        ("When was this put out?", AnswerType.DATELINE),
        ("From which city was the news reported?", AnswerType.DATELINE),
        ("Where can I read the mayor's whole speech?", AnswerType.OPEN),
        ("How long does the course last?", AnswerType.DURATION),
        ("How many years will it take?", AnswerType.DURATION),
        ("How often does the ferry run?", AnswerType.DURATION),
        ("How many visitors came?", AnswerType.QUANTITY),
        ("How tall is the tower?", AnswerType.MEASURE),
        ("What is the length of the bridge?", AnswerType.MEASURE),
        ("How long is the bridge?", AnswerType.LENGTH),
        ("How long is the fair going to last?", AnswerType.DURATION),
        ("What percentage of farmers joined?", AnswerType.PERCENT),
        ("How much does the ticket cost?", AnswerType.MONEY),
        ("What is the budget?", AnswerType.MONEY),
        ("How much water is lost?", AnswerType.AMOUNT),
        ("What does WASH stand for?", AnswerType.EXPANSION),
        ("What is the full name of IOM?", AnswerType.EXPANSION),
        ("What is the Water Pact?", AnswerType.DEFINITION),
        ("what does water pact mean", AnswerType.DEFINITION),
        ("What is the Water Pact based on?", AnswerType.OPEN),
        ("What is being done for the farmers?", AnswerType.OPEN),
        ("What did the minister say?", AnswerType.QUOTATION),
        ("What did Mr. Alder say about the floods?", AnswerType.QUOTATION),
        ("What is the e-mail address?", AnswerType.CONTACT),
        ("What's their Twitter handle?", AnswerType.CONTACT),
        ("Where can I read more?", AnswerType.CONTACT),
        ("Is the museum open on Sundays?", AnswerType.YESNO),
        ("Did the minister sign the treaty?", AnswerType.YESNO),
        ("What kinds of help are offered?", AnswerType.LIST),
        ("Why was the plan changed?", AnswerType.OPEN),
        ("How does the pump work?", AnswerType.OPEN),
        ("", AnswerType.OPEN),
    ],
)
def test_what_a_question_asks_for(question: str, expected: AnswerType) -> None:
    assert expect(question).type is expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who is the director of the museum?", Kind.PERSON),
        ("Who is Jane Doe?", Kind.ROLE),
        ("Which countries take part?", Kind.COUNTRIES),
        ("When did the fair open?", Kind.DATE),
        ("How long does the course last?", Kind.DURATION),
        ("How much does the ticket cost?", Kind.MONEY),
        ("What does WASH stand for?", Kind.EXPANSION),
        ("What did the minister say?", Kind.QUOTATION),
        ("What is the e-mail address?", Kind.EMAIL),
        ("What is the website?", Kind.URL),
        ("What is the phone number?", Kind.PHONE),
        ("What is the Twitter handle?", Kind.HANDLE),
    ],
)
def test_which_mention_fits_best(question: str, kind: Kind) -> None:
    fit = expect(question).fit
    assert max(fit, key=lambda k: fit[k]) is kind
    assert expect(question).typed


def test_an_open_question_takes_any_sentence() -> None:
    assert not expect("Why was the plan changed?").typed


def test_what_is_counted() -> None:
    assert expect("How many visitors came?").counted == "visitors"
    assert expect("What is the number of ships?").counted == "ships"
    assert expect("How many states is it open in?").counted == "states"
    assert expect("Who came?").counted == ""


@pytest.mark.parametrize(
    ("question", "fits", "fits_not"),
    [
        ("In what year did it open?", "29 May 2019", "29 May"),
        ("On which day did it open?", "29 May", "2019"),
        ("What is the Twitter handle?", "Twitter: @a", "Facebook: @a"),
        ("Exactly how many visitors came?", "3,000", "a large number"),
    ],
)
def test_what_form_the_answer_must_have(question: str, fits: str, fits_not: str) -> None:
    form = expect(question).form
    assert form is not None
    assert form.search(fits)
    assert not form.search(fits_not)


@pytest.mark.parametrize(
    ("question", "belongs"),
    [
        ("Which UNESCO official spoke?", "UNESCO"),
        ("Which judge from Peru spoke?", "Peru"),
        ("Who spoke for Peru?", "Peru"),
        ("Which official spoke?", ""),
        ("Which Prime Minister spoke?", ""),
    ],
)
def test_of_whom_somebody_is_asked_for(question: str, belongs: str) -> None:
    assert expect(question).belongs == belongs


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from("who what how many when is the of Twitter said ? years".split()) | st.text()
    ).map(" ".join)
)
def test_any_text_asks_for_something(text: str) -> None:
    expectation = expect(text)
    assert expectation == expect(f" {text}\n")
    assert all(0 < fit <= 1 for fit in expectation.fit.values())
