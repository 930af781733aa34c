import pytest
from hypothesis import given, settings

from any_text import ANY_TEXT
from gloact_qa.schema import Kind
from gloact_qa.text.abbreviations import abbreviation_mentions


def abbreviations(text: str) -> list[tuple[str, str]]:
    """Return the abbreviations that a sentence introduces, each with its long form."""
    found = list(abbreviation_mentions(text))
    assert all(m.kind is Kind.EXPANSION for m in found)
    return [(text[m.owner_start : m.owner_end], text[m.start : m.end]) for m in found]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        # Of the paper by Schwartz and Hearst
        (
            "Methods for inactivation of heat shock transcription factor (HSF) are known.",
            "HSF",
            "heat shock transcription factor",
        ),
        ("HSF (heat shock transcription factor) binds.", "HSF", "heat shock transcription factor"),
        (
            "The Gcn5-related N-acetyltransferase (GNAT) superfamily is large.",
            "GNAT",
            "Gcn5-related N-acetyltransferase",
        ),
        # Of press releases
        (
            "Global Action against Trafficking in Persons and the Smuggling of Migrants (GLO.ACT)",
            "GLO.ACT",
            "Global Action against Trafficking in Persons and the Smuggling of Migrants",
        ),
        (
            "the 28 thCommission on Crime Prevention and Criminal Justice (CCPCJ).",
            "CCPCJ",
            "Commission on Crime Prevention and Criminal Justice",
        ),
        (
            "the United Nations Children’s Fund (UNICEF)",
            "UNICEF",
            "United Nations Children’s Fund",
        ),
        ("WHO stands for World Health Organization.", "WHO", "World Health Organization"),
        ("THT, short for Tarnstead Harbour Trust, ...", "THT", "Tarnstead Harbour Trust"),
    ],
)
def test_a_long_form_is_found(text: str, short: str, long: str) -> None:
    assert abbreviations(text) == [(short, long)]


def test_several_in_one_sentence() -> None:
    text = "The World Health Organization (WHO) and the African Union (AU) met."
    assert abbreviations(text) == [
        ("WHO", "World Health Organization"),
        ("AU", "African Union"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Pain relief (Table 1) was measured.",
        "The mayor (Ms. Roe) spoke.",
        "alpha beta gamma delta (XYZ)",
        "In the spring (Vienna)",
        "the project (2018-2022)",
        "a budget of a large size (EU)",
        "UN (UN)",
        "() ( ) (A) (",
        # The words are too far: at most min(|A| + 5, 2|A|) of them, as in the paper.
        "Adam saw no reason to be unhappy (AU)",
    ],
)
def test_what_is_no_abbreviation(text: str) -> None:
    assert abbreviations(text) == []


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_text_can_be_read(text: str) -> None:
    for mention in abbreviation_mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 <= mention.owner_start < mention.owner_end <= len(text)
