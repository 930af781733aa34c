"""What organisations are called by who does not remember their names."""

from gloact_qa.text.organisations import informal_names
from gloact_qa.text.terms import stem


def stems(text: str) -> tuple[str, ...]:
    return tuple(map(stem, text.split()))


def test_an_organisation_is_called_by_what_it_does() -> None:
    names = set(informal_names([(("unodc",), stems("united nations office drugs crime"))]))
    for informal in (
        "un crime body",
        "un drugs office",
        "drugs agency",
        "un office",
        "drugs crime agency",
    ):
        assert (stems(informal), "unodc") in names
    assert (("bodi",), "unodc") not in names


def test_what_is_no_organisation_has_no_such_names() -> None:
    assert not list(informal_names([(("som",), ("smuggl", "migrant"))]))


def test_an_officer_is_no_office() -> None:
    names = set(informal_names([(("pio",), stems("public information officer"))]))
    assert not names
