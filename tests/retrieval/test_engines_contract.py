"""What holds for every engine: the same passages, in the same order, with the same scores."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from benchmarks.datasets import DATA, squad
from benchmarks.judging import mentions_answer
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from stored import ENGINES, Opener, alone, in_cluster, in_memory, make_passage, split

from gloact_qa.answering.bot import Bot
from gloact_qa.retrieval.base import Hit, PassageIndex
from gloact_qa.schema import Passage
from gloact_qa.settings import Settings

Open = Callable[..., PassageIndex]


@pytest.fixture(params=[*ENGINES, "opensearch"], scope="module")
def opener(request: pytest.FixtureRequest) -> Opener:
    if request.param == "opensearch":
        return in_cluster(request.getfixturevalue("opensearch_cluster").hosts)
    return ENGINES[request.param]


@pytest.fixture(scope="module")
def open_index(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Open:
    def open_them(*passages: str | Passage, k1: float = 0.9, b: float = 0.4) -> PassageIndex:
        made = [
            p if isinstance(p, Passage) else make_passage(i, p.split(" "))
            for i, p in enumerate(passages)
        ]
        settings = Settings(k1=k1, b=b)
        return opener(alone(made), settings, tmp_path_factory.mktemp("engine")).index

    return open_them


def numbers(hits: Sequence[Hit]) -> list[int]:
    return [int(hit.passage.document_id[1:]) for hit in hits]


def test_a_score_worked_out_by_hand(open_index: Open) -> None:
    index = open_index("a b", "b c", k1=1.0, b=0.5)
    (hit,) = index.search({"a": 1.0}, 10)
    # Both have the average length, so the norm is k1: idf · 1 · 2 / (1 + 1).
    assert hit.score == pytest.approx(math.log(2))
    assert numbers([hit]) == [0]
    assert len(index) == 2


def test_the_idf(open_index: Open) -> None:
    index = open_index("a b", "a", "a c", "d")
    assert index.idf("b") == pytest.approx(math.log(1 + 3.5 / 1.5))
    assert index.idf("unknown") == index.idf("") == pytest.approx(math.log(1 + 4.5 / 0.5))
    assert index.idf("unknown") > index.idf("b") > index.idf("a") > 0


def test_what_is_found_is_the_passage_itself(open_index: Open) -> None:
    passage = make_passage(0, ["one", "two", "one"], ("#email",))
    (hit,) = open_index(passage).search({"two": 1.0}, 3)
    assert hit.passage == passage


def test_tags_are_terms_too(open_index: Open) -> None:
    index = open_index(make_passage(0, ["a"]), make_passage(1, ["b"], ("#email",)))
    assert numbers(index.search({"#email": 1.0}, 10)) == [1]


def test_weights_decide(open_index: Open) -> None:
    index = open_index("a", "b")
    assert numbers(index.search({"a": 1.0, "b": 0.5}, 2)) == [0, 1]
    assert numbers(index.search({"a": 0.5, "b": 1.0}, 2)) == [1, 0]


def test_of_equal_passages_the_earlier_stands_first(open_index: Open) -> None:
    index = open_index(*["x y", "x z", "z y"] * 8)
    assert numbers(index.search({"x": 1.0, "y": 1.0}, 8)) == [*range(0, 24, 3)]
    assert numbers(open_index(*["same"] * 40).search({"same": 1.0}, 40)) == list(range(40))


@pytest.mark.parametrize("query", [{}, {"unknown": 1.0}, {"b": 0.0}])
def test_nothing_matches(open_index: Open, query: dict[str, float]) -> None:
    assert list(open_index("a", "b").search(query, 10)) == []


@pytest.mark.parametrize(("limit", "found"), [(0, 0), (-1, 0), (1, 1), (2, 2), (99, 3)])
def test_the_limit(open_index: Open, limit: int, found: int) -> None:
    assert len(open_index("a", "a b", "a c").search({"a": 1.0}, limit)) == found


@pytest.mark.parametrize(("k1", "b"), [(0.0, 0.4), (0.9, 1.0), (10.0, 0.0)])
def test_extreme_parameters_lose_no_passage(open_index: Open, k1: float, b: float) -> None:
    index = open_index("bridge opens", "bridge closes", "ferry opens", k1=k1, b=b)
    assert sorted(numbers(index.search({"bridge": 1.0, "opens": 1.0}, 5))) == [0, 1, 2]


ODD = [
    "%", "%25", "a%b", "a b", "a\tb", "a\u00a0b", "a\u2028b", "a\x1fb", "€", "“", "http://a.b/?c=d",
    "AND", "+a", "-a", "a*", '"', "\\", "ß", "日本", "😀", "a" * 70_000, "b" * 70_000,
    "\x00", "a\x00b",
]  # fmt: skip


def test_odd_terms_are_whole_and_apart(open_index: Open) -> None:
    index = open_index(*(make_passage(i, [term]) for i, term in enumerate(ODD)))
    for number, term in enumerate(ODD):
        assert numbers(index.search({term: 1.0}, 10)) == [number], term[:20]
    assert list(index.search({"a\ud800": 1.0}, 10)) == []


@hypothesis_settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    corpus=st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=8), min_size=1),
    query=st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([0.3, 0.5, 1.0]), max_size=4),
    k1=st.floats(0.1, 3),
    b=st.floats(0, 0.99),
)
def test_all_rank_as_the_one_in_memory(
    opener: Opener,
    tmp_path_factory: pytest.TempPathFactory,
    corpus: list[list[str]],
    query: dict[str, float],
    k1: float,
    b: float,
) -> None:
    if opener not in ENGINES.values():
        pytest.skip("an index takes it a second; tests/opensearch has a test of random passages")
    made = alone(make_passage(i, terms) for i, terms in enumerate(corpus))
    settings, folder = Settings(k1=k1, b=b), tmp_path_factory.mktemp("engine")
    wanted = in_memory(made, settings, folder).index.search(query, 20)
    found = opener(made, settings, folder).index.search(query, 20)
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in wanted])
    # What differs by the rounding of a sum may stand in either order.
    assert {round(h.score, 6): 0 for h in found} == {round(h.score, 6): 0 for h in wanted}


def test_xquad_is_answered_alike(opener: Opener, tmp_path: Path) -> None:
    if not (DATA / "xquad.en.json").is_file():
        pytest.skip(f"no xquad.en.json in {DATA}; GLOACT_QA_DATA names its folder")
    if opener is in_memory:
        pytest.skip("it is what the others are compared to")
    xquad, settings = squad("xquad.en.json"), Settings(min_confidence=0.0)
    made = split(xquad.documents, settings)
    one = Bot(in_memory(made, settings, tmp_path), settings)
    other = Bot(opener(made, settings, tmp_path), settings)
    cases = xquad.cases[::8]
    same_top = 0
    right = [0, 0]
    for case in cases:
        tops = [
            [hit.passage.passage_id for hit in bot.search(bot.parse(case.question), 1)]
            for bot in (one, other)
        ]
        same_top += tops[0] == tops[1]
        for i, bot in enumerate((one, other)):
            right[i] += mentions_answer(bot.ask(case.question).answer, case.answers)
    assert same_top / len(cases) >= 0.98
    # Half a point, or one question where that is more.
    assert abs(right[0] - right[1]) <= max(1, 0.005 * len(cases))
