import pytest
from hypothesis import given, settings

from any_text import ANY_TEXT
from gloact_qa.schema import Kind
from gloact_qa.text.mentions import find_mentions


def mentions(text: str, kind: Kind) -> list[str]:
    return [text[m.start : m.end] for m in find_mentions(text) if m.kind is kind]


def owned(text: str, kind: Kind) -> list[tuple[str, str]]:
    """Return the mentions of a kind, each with its owner."""
    return [
        (text[m.start : m.end], text[m.owner_start : m.owner_end])
        for m in find_mentions(text)
        if m.kind is kind
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened on 29 May 2019 in Oslo.", ["29 May 2019"]),
        ("It opened on May 29, 2019 in Oslo.", ["May 29, 2019"]),
        ("It runs from 12 to 14 March 2024.", ["12 to 14 March 2024"]),
        ("The phase (2018-2022) goes on.", ["2018-2022"]),
        ("It runs from 2018 to 2022.", ["from 2018 to 2022"]),
        ("Founded in 1998, it grew.", ["1998"]),
        ("A map of the 15th century was found.", ["15th century"]),
        ("Songs of the 1960s were played.", ["1960s"]),
        ("It closes next month.", ["next month"]),
        ("It cost €2019 and weighs 2000 kg.", []),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert mentions(text, Kind.DATE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A €12 million joint initiative.", ["€12 million"]),
        ("It cost $3.5bn to build.", ["$3.5bn"]),
        ("Some 5,000 euros were given.", ["5,000 euros"]),
        ("They gave USD 20 million and £40.", ["USD 20 million", "£40"]),
        ("They gave two million dollars.", ["two million dollars"]),
        ("Some 5,000 people came.", []),
    ],
)
def test_sums(text: str, expected: list[str]) -> None:
    assert mentions(text, Kind.MONEY) == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.DURATION, "A four-year project of three weeks.", ["four-year", "three weeks"]),
        (Kind.DURATION, "The project (2018-2022) goes on.", ["2018-2022"]),
        (Kind.PERCENT, "About 40% or ten per cent came.", ["40%", "ten per cent"]),
        (Kind.QUANTITY, "Some 1,200 farmers in 14 villages.", ["1,200", "14"]),
        (Kind.QUANTITY, "On 29 May 2019 for €12 million.", []),
        (Kind.MEASURE, "The 11.4-kilometre line, 30 metres up.", ["11.4-kilometre", "30 metres"]),
        (Kind.MEASURE, "Kept at 2 to 8 °C, at 50 lux.", ["2 to 8 °C", "50 lux"]),
        (Kind.MEASURE, "It cost €5 m for five villages.", []),
        (Kind.EMAIL, "Email: unodc-glo.act@un.org.", ["unodc-glo.act@un.org"]),
        (Kind.URL, "See www.un.org/a/b/ or https://x.org.", ["www.un.org/a/b/", "https://x.org"]),
        (Kind.HANDLE, "Twitter: @glo_act, a@b.org", ["@glo_act"]),
        (Kind.PHONE, "Call +43 1 26060-0 today.", ["+43 1 26060-0"]),
        (Kind.COUNTRIES, "It covers Ghana, Togo and Benin.", ["Ghana, Togo and Benin"]),
        (Kind.COUNTRY, "It left Norway and saw the coast of Iceland.", ["Norway", "Iceland"]),
        (Kind.ORGANISATION, "The Harbour Commission met.", ["Harbour Commission"]),
        (Kind.PLACE, "They met in Tarnstead.", ["Tarnstead"]),
        (Kind.PERSON, "Then H.E. Ms. Ana de la Peña spoke.", ["Ana de la Peña"]),
        (Kind.PERSON, "Then Director Jane Doe spoke.", ["Jane Doe"]),
    ],
)
def test_other_kinds(kind: Kind, text: str, expected: list[str]) -> None:
    assert mentions(text, kind) == expected


def test_four_countries_by_their_long_names_are_one_list() -> None:
    listed = (
        "Islamic Republic of Afghanistan, Islamic Republic of Iran, Republic of Iraq and "
        "Islamic Republic of Pakistan"
    )
    assert mentions(f"It works in four countries: {listed}.", Kind.COUNTRIES) == [listed]


@pytest.mark.parametrize(
    ("text", "role", "person"),
    [
        (
            "It was opened by Ms. Ada Fenwick, chief engineer of the trust, and others.",
            "chief engineer of the trust",
            "Ada Fenwick",
        ),
        (
            "The event, moderated by H.E. Alena Kupchyna, Ambassador of Belarus and Chairperson of "
            "the 2019 CCPCJ, featured partners.",
            "Ambassador of Belarus and Chairperson of the 2019 CCPCJ",
            "Alena Kupchyna",
        ),
        (
            'It rains, while EU Trade Coordinator, Ms. Eva Lind stated that "it pours".',
            "EU Trade Coordinator",
            "Eva Lind",
        ),
        ("Director Jane Doe spoke.", "Director", "Jane Doe"),
    ],
)
def test_roles_have_their_persons(text: str, role: str, person: str) -> None:
    assert (role, person) in owned(text, Kind.ROLE)


def test_a_question_word_is_no_part_of_a_name() -> None:
    assert mentions("Where's Jane Doe from?", Kind.NAME) == ["Jane Doe"]


def test_a_person_without_a_role_has_none() -> None:
    assert owned("Ms. Ada Fenwick, who was late, spoke.", Kind.ROLE) == []
    assert owned("The Minister of Refugees spoke.", Kind.ROLE) == []  # no owner is named


def test_a_quotation_has_its_speaker() -> None:
    text = 'Ms. Fenwick said "We listened to the crews. Then we drew a line."'
    assert owned(text, Kind.QUOTATION) == [("We listened to the crews. Then we drew a line.", text)]


def test_each_of_two_quotations_has_its_own_speaker() -> None:
    text = 'Mr. Roe said "It is a fine bridge" while Ms. Poe stated that "it is dear".'
    (first, roe), (second, poe) = owned(text, Kind.QUOTATION)
    assert (first, second) == ("It is a fine bridge", "it is dear")
    assert "Roe" in roe
    assert "Poe" not in roe
    assert "Poe" in poe
    assert "Roe" not in poe


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No storm can close it,” said the mayor.", ["No storm can close it,"]),
        ("The mayor added: ‘No storm can’t be met.’", ["No storm can’t be met."]),
        ('The old "mole" leaks.', []),
    ],
)
def test_quotation_marks(text: str, expected: list[str]) -> None:
    assert mentions(text, Kind.QUOTATION) == expected


def test_offsets_can_be_moved() -> None:
    text = "Ms. Ada Fenwick, chief engineer of the trust, met the Harbour Trust (HT)."
    here, moved = find_mentions(text), find_mentions(text, 100)
    assert moved == tuple(m.moved(100) for m in here)
    assert any(m.owner_start >= 0 for m in here)
    for before, after in zip(here, moved, strict=True):
        assert (after.start, after.end) == (before.start + 100, before.end + 100)
        assert after.owner_start == (before.owner_start + 100 if before.owner_start >= 0 else -1)


@settings(deadline=None)
@given(ANY_TEXT)
def test_mentions_of_any_text_lie_in_it(text: str) -> None:
    found = find_mentions(text)
    assert list(found) == sorted(found)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        if mention.owner_start >= 0:
            assert mention.owner_start <= mention.owner_end <= len(text)
        else:
            assert mention.owner_end == -1


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("She said “we go", ["we go"]),  # the release forgot the mark that closes
        ("She said “we go” or “they stay”.", ["we go", "they stay"]),
        ("She said “we “all” go”.", ["we “all"]),
        ("She said ‘it’s the dog’s’.", ["it’s the dog’s"]),
        ('She said "we\ngo".', []),
        ("She said “a”.", []),
        (f"She said “{'we go ' * 400}”.", []),
    ],
)
def test_what_stands_in_quotation_marks(text: str, quoted: list[str]) -> None:
    assert mentions(text, Kind.QUOTATION) == quoted
