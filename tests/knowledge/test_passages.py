import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloact_qa.knowledge.documents import load_document
from gloact_qa.knowledge.passages import split_passages
from gloact_qa.schema import Document, Kind, Passage
from gloact_qa.text.sentences import paragraphs, sentences
from gloact_qa.text.terms import Analyzer

RELEASE = load_document(
    Path(__file__).parents[2] / "knowledge" / "2019-05-29-eu-unodc-cooperation.md"
)
ANALYZER = Analyzer()
MARK = re.compile(r"#{1,6}|[-*+•>]|\d{1,2}[.)]")


def split(text: str, size: int = 1000) -> list[Passage]:
    document = Document(document_id="bridge", title="The bridge", text=text)
    return list(split_passages([document], ANALYZER, size))


def check(text: str, passages: list[Passage], size: int) -> None:
    """Hold what every passage promises."""
    assert [p.passage_id for p in passages] == [f"bridge#{i}" for i in range(len(passages))]
    before = 0
    for passage in passages:
        assert before <= passage.start < passage.end <= len(text)
        assert _only_marks(text[before : passage.start])
        assert text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert len(passage.text) <= size or len(passage.sentences) == 1
        assert passage.document_id == "bridge"
        _check_sentences(text, passage)
        before = passage.end
    assert not text[before:].strip()


def _check_sentences(text: str, passage: Passage) -> None:
    before = passage.start
    assert passage.sentences
    for sentence in passage.sentences:
        assert before <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        skipped = text[before : sentence.start]
        assert _only_marks(skipped) or _is_said_again(skipped, sentence.text)
        for term in sentence.terms:
            assert sentence.start <= term.start < term.end <= sentence.end
        for mention in sentence.mentions:
            assert sentence.start <= mention.start < mention.end <= sentence.end
        before = sentence.end
    assert before == passage.end


def _only_marks(text: str) -> bool:
    return not text.strip() or MARK.fullmatch(text.strip()) is not None


def _is_said_again(hidden: str, left: str) -> bool:
    said, following = hidden.split(), left.split()
    return any(said[-n:] == following[:n] for n in range(1, min(len(said), len(following)) + 1))


@pytest.mark.parametrize("size", [100, 300, 1000, 20_000])
def test_the_press_release_is_covered(size: int) -> None:
    document = RELEASE.model_copy(update={"document_id": "bridge"})
    passages = list(split_passages([document], ANALYZER, size))
    check(document.text, passages, size)
    # Every sentence is in exactly one passage, but for the stutter of one.
    ends = [
        start + last
        for start, end in paragraphs(document.text)
        for _, last in sentences(document.text[start:end])
    ]
    assert [s.end for p in passages for s in p.sentences] == ends


def test_a_passage_stays_within_its_paragraph() -> None:
    passages = list(split_passages([RELEASE], ANALYZER, 20_000))
    inside = [p for p in passages if "\n" in p.text]
    assert len(inside) == 1
    assert inside[0] is passages[-1]  # the short lines of the contact block


def test_the_contact_block_stays_together() -> None:
    *_, contact = split_passages([RELEASE], ANALYZER, 1000)
    kinds = {m.kind for s in contact.sentences for m in s.mentions}
    assert {Kind.EMAIL, Kind.URL, Kind.HANDLE} <= kinds
    assert "please contact:" in contact.text
    assert [s.text for s in contact.sentences if "@" in s.text] == [
        "Email: unodc-glo.act@un.org",
        "Twitter: @glo_act",
    ]


def test_the_stutter_is_in_no_sentence() -> None:
    (passage,) = (p for p in split_passages([RELEASE], ANALYZER, 1000) if "Fedotov" in p.text)
    (sentence,) = passage.sentences
    assert passage.text.count("Addressing the participants") == 2
    assert sentence.text.count("Addressing the participants") == 1


LINES = "The bridge is open to all. It was dear. It is long and red. " * 3


@pytest.mark.parametrize("size", [100, 101, 150, 400])
def test_sentences_are_grouped_up_to_the_size(size: int) -> None:
    passages = split(LINES, size)
    check(LINES, passages, size)
    for passage, following in pairwise(passages):  # and as many of them as fit
        assert following.sentences[0].end - passage.start > size


def test_the_size_itself_is_allowed() -> None:
    one, other = f"It {'is ' * 20}open.", f"It {'is ' * 20}red."
    text = f"{one} {other}"
    assert [p.text for p in split(text, len(text))] == [text]
    assert [p.text for p in split(text, len(text) - 1)] == [one, other]


def test_a_sentence_that_is_too_long_is_not_cut() -> None:
    long = "The bridge is " + "very " * 50 + "long."
    passages = split(f"It is open. {long} It is red.", 100)
    assert [p.text for p in passages] == ["It is open.", long, "It is red."]


def test_short_lines_stay_together_up_to_the_size() -> None:
    text = f"{'The bridge is open to all who come by. ' * 4}\n" + "\n".join(
        f"Line {i} of the address" for i in range(10)
    )
    passages = split(text, 100)
    check(text, passages, 100)
    assert "Line 0 of the address\nLine 1 of the address" in passages[2].text
    together = split(text, 1000)
    assert [p.text.count("\n") for p in together] == [0, 9]


def test_each_document_is_numbered_by_itself() -> None:
    documents = [
        Document(document_id=name, title=name, text="It is open.\n\nIt is red." * 20)
        for name in ("a", "b")
    ]
    passages = list(split_passages(documents, ANALYZER, 100))
    for name in ("a", "b"):
        own = [p.passage_id for p in passages if p.document_id == name]
        assert own == [f"{name}#{i}" for i in range(len(own))]
        assert len(own) > 1
    assert [p.document_id for p in passages] == sorted(p.document_id for p in passages)


def test_no_text_has_no_passage() -> None:
    assert split(" \n ") == []


# See tests/text/any_text.py, which has more of what tempts a splitter.
PIECES = st.sampled_from(
    [
        *(
            "H.E. Mr. Roe ",
            'said "It is. ',
            'It was." ',
            "GLO.ACT ",
            "Email: a@b.org",
            "word " * 20,
        ),
        *("# ", "- ", "1. ", "\n", "\n\n", "\r\n", "\r", "\u2028", "\x85", "\x1c", "\x00"),
        *("😀", "𝔘𝔫 ", "e\u0301", "It is open. ", "۱۲ ", "It is very long indeed, is it? "),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


@settings(deadline=None, max_examples=100)
@given(TEXTS, st.sampled_from([100, 150, 1000]))
def test_any_text_is_covered(text: str, size: int) -> None:
    check(text, split(text, size), size)
