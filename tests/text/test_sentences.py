import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from any_text import ANY_TEXT
from gloact_qa.knowledge.documents import load_document
from gloact_qa.text.sentences import after_stutter, paragraphs, sentences

ROOT = Path(__file__).parents[2]
# White space, and perhaps the mark that opens a Markdown block.
BETWEEN = re.compile(r"\s*(?:(?:#{1,6}|[-*+•>]|\d{1,2}[.)])[ \t]+)?\s*")


def paragraph_texts(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


def sentence_texts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.fixture(scope="module")
def release() -> list[str]:
    """Return the sentences of the press release."""
    text = load_document(ROOT / "knowledge" / "2019-05-29-eu-unodc-cooperation.md").text
    return [sentence for part in paragraph_texts(text) for sentence in sentence_texts(part)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "H.E. Mr. Owen Castell spoke. Ms. Ada Fenwick answered.",
            ["H.E. Mr. Owen Castell spoke.", "Ms. Ada Fenwick answered."],
        ),
        (
            "H.E. Ambassador Mr. J. Roe came. Dr. Poe and Prof. Lang left.",
            ["H.E. Ambassador Mr. J. Roe came.", "Dr. Poe and Prof. Lang left."],
        ),
        ("Under GLO.ACT we met. It went on.", ["Under GLO.ACT we met.", "It went on."]),
        ("The 28 thCommission met. It ended.", ["The 28 thCommission met.", "It ended."]),
        (
            "Write to a.b@un.org today. See www.un.org/a.b too.",
            ["Write to a.b@un.org today.", "See www.un.org/a.b too."],
        ),
        ("It cost €1.5 million. It was dear.", ["It cost €1.5 million.", "It was dear."]),
        (
            'She said, "It is new. It is safe." Then she left.',
            ['She said, "It is new. It is safe."', "Then she left."],
        ),
        ("What now? We wait! Then it rains.", ["What now?", "We wait!", "Then it rains."]),
        ("Partners exchanged views on:", ["Partners exchanged views on:"]),
        ("😀 We met. 𝔘𝔫 came. Peña left.", ["😀 We met.", "𝔘𝔫 came.", "Peña left."]),
        ("no full stop", ["no full stop"]),
        ("  \t ", []),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    ("opens", "ends"),
    [
        ("The event, moderated by H.E. Alena Kupchyna, Ambassador of Belarus", "exchanging on:"),
        ("Against this background", "28 thCommission on Crime Prevention and Criminal Justice"),
        ("During her remarks, H.E. Ms Khojesta", 'and migrant smuggling".'),
        ("High level speakers included H.E. Mr. Sayed", "Specialized Prosecutor from Spain."),
        ("GLO.ACT Asia and the Middle East builds", "(2015-2019)."),
        ("Email: unodc-glo.act@un.org", "un.org"),
        ("Twitter: @glo_act", "@glo_act"),
        ("www.unodc.org/unodc/en/human-trafficking/glo-act/", "glo-act/"),
        ("For more information", "please contact:"),
    ],
)
def test_the_press_release_is_split_where_a_reader_would(
    release: list[str], opens: str, ends: str
) -> None:
    (sentence,) = (s for s in release if s.startswith(opens))
    assert ends in sentence
    assert "\n" not in sentence


def test_a_quotation_of_two_sentences_stays_in_its_statement(release: list[str]) -> None:
    (statement,) = (s for s in release if "Vassiliadou" in s)
    assert "can be further fostered. Partnerships and outreach" in statement
    assert statement.count('"') == 4


def test_the_stutter_of_the_press_release_is_skipped(release: list[str]) -> None:
    (statement,) = (s for s in release if "Vassiliadou" in s)
    clean = statement[after_stutter(statement) :]
    assert clean.startswith("Addressing the participants of the high level side event, Mr. Yuri")
    assert clean.count("Addressing the participants") == 1
    assert clean.endswith('in our efforts to eradicate trafficking."')
    assert sum(after_stutter(sentence) > 0 for sentence in release) == 1


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Mr. Roe of Avon said Mr. Roe of Avon said it rains.", "Mr. Roe of Avon said it rains."),
        ("We met and we met again.", "We met and we met again."),
        ("The old port and then the old port.", "The old port and then the old port."),
        ("one two three four, one two three four", "one two three four, one two three four"),
        ("", ""),
    ],
)
def test_only_words_said_twice_at_once_are_a_stutter(text: str, clean: str) -> None:
    assert text[after_stutter(text) :] == clean


def test_a_line_is_a_paragraph() -> None:
    long = "A line that is much longer than any that was wrapped by hand or by a program " * 2
    assert paragraph_texts(f"{long}\nA second line\n\n  A third one. \n") == [
        long.strip(),
        "A second line",
        "A third one.",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_wrapped_lines_are_one_paragraph(newline: str) -> None:
    wrapped = newline.join(
        [
            "The trust opened the bridge on a Tuesday of",
            "March, when the old ferry had long been out",
            "of service.",
        ]
    )
    text = f"{wrapped}{newline}{newline}It rained all day."
    assert paragraph_texts(text) == [wrapped, "It rained all day."]
    assert sentence_texts(wrapped) == [wrapped]


def test_short_lines_that_are_not_wrapped_stay_apart() -> None:
    lines = [
        "The trust opened the bridge in the spring.",
        "Contact:",
        "Email: press@tht.example",
        "Twitter: @tht",
        "www.tht.example/bridge",
    ]
    assert paragraph_texts("\n".join(lines)) == lines


def test_marks_of_markdown_blocks_are_no_text() -> None:
    text = "# A title\n\n- first point\n* second point\n1. third point\n> quoted\n### Small title"
    assert paragraph_texts(text) == [
        "A title",
        "first point",
        "second point",
        "third point",
        "quoted",
        "Small title",
    ]


@pytest.mark.parametrize(
    "text", ["#endit is a hashtag", "-5 degrees", "2019. A year", "1.5 litres"]
)
def test_what_only_looks_like_a_mark_is_text(text: str) -> None:
    assert paragraph_texts(text) == [text]


@settings(deadline=None)
@given(ANY_TEXT)
def test_only_white_space_and_marks_lie_between_paragraphs(text: str) -> None:
    found = [(0, 0), *paragraphs(text), (len(text), len(text))]
    for (_, before), (start, end) in pairwise(found):
        assert before <= start <= end
        assert BETWEEN.fullmatch(text[before:start])
    for start, end in found[1:-1]:
        assert start < end
        assert text[start:end] == text[start:end].strip()


@settings(deadline=None)
@given(ANY_TEXT)
def test_only_white_space_lies_between_sentences(text: str) -> None:
    found = [(0, 0), *sentences(text), (len(text), len(text))]
    for (_, before), (start, end) in pairwise(found):
        assert before <= start <= end
        assert not text[before:start].strip()
    for start, end in found[1:-1]:
        assert start < end
        assert text[start:end] == text[start:end].strip()


@settings(deadline=None)
@given(ANY_TEXT)
def test_what_a_stutter_hides_is_said_again(text: str) -> None:
    start = after_stutter(text)
    hidden, left = text[:start].split(), text[start:].split()
    assert start == 0 or any(
        hidden[-n:] == left[:n] for n in range(1, min(len(hidden), len(left)) + 1)
    )


@pytest.mark.parametrize(
    "text", ["Mayor Roe cried no no no no no when asked.", "No no no no no, said the mayor."]
)
def test_a_word_that_is_repeated_is_no_stutter(text: str) -> None:
    assert after_stutter(text) == 0


# White space of more than a byte; sentencex 1.0.32 panics at it before a full stop.
@pytest.mark.parametrize("space", ["\xa0", "\x85", "\u2003", "\u2028", "\u3000"])
def test_wide_white_space_before_a_full_stop(space: str) -> None:
    assert sentence_texts(f"It is plan A{space}. It is dear.") == [
        f"It is plan A{space}.",
        "It is dear.",
    ]


def test_half_a_surrogate_pair_is_a_character_like_any_other() -> None:
    assert sentence_texts("It is \ud800. It is dear.") == ["It is \ud800.", "It is dear."]


@pytest.mark.parametrize("opening", ["", "“", "(", '"'])
def test_a_paragraph_of_any_length_is_split_alike(opening: str) -> None:
    parts = [f"Line {i} of the {'very ' * (i % 9)}long paragraph." for i in range(500)]
    found = sentence_texts(f"{opening} ".lstrip() + " ".join(parts))
    assert found[-400:] == parts[-400:]


def test_a_sentence_that_is_longer_than_any_is_one() -> None:
    long = "It goes on " + "and on " * 5000 + "and ends."
    assert sentence_texts(f"It begins. {long} It is over.") == ["It begins.", long, "It is over."]


def test_a_stutter_is_looked_for_in_linear_time() -> None:
    assert after_stutter(" ".join(f"a a a a b{i}" for i in range(20_000))) == 0
