import math
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloact_qa.retrieval.bm25 import BM25Index
from gloact_qa.schema import Passage, Sentence, Term

K1, B = 0.9, 0.4


def make_passage(number: int, terms: Sequence[str], tags: tuple[str, ...] = ()) -> Passage:
    listed = tuple(Term(term, i, i + 1, i) for i, term in enumerate(terms))
    text = "x" * max(1, len(terms))
    sentence = Sentence(0, len(text), text, listed, (), {})
    return Passage(f"d#{number}", "d", 0, len(text), text, (sentence,), tags=tags)


def make_index(*passages: str, k1: float = K1, b: float = B) -> BM25Index:
    return BM25Index([make_passage(i, p.split()) for i, p in enumerate(passages)], k1, b)


def textbook(
    corpus: Sequence[Sequence[str]], query: Mapping[str, float], k1: float, b: float
) -> list[float]:
    """Robertson and Zaragoza (2009), formula 3.15 with Lucene's IDF."""
    average = sum(map(len, corpus)) / len(corpus)
    scores = []
    for passage in corpus:
        counts, score = Counter(passage), 0.0
        for term, weight in query.items():
            n = sum(term in other for other in corpus)
            idf = math.log(1 + (len(corpus) - n + 0.5) / (n + 0.5))
            frequency = counts[term]
            norm = k1 * (1 - b + b * len(passage) / average)
            if frequency:
                score += weight * idf * frequency * (k1 + 1) / (frequency + norm)
        scores.append(score)
    return scores


def numbers(index: BM25Index, query: Mapping[str, float], limit: int = 100) -> list[int]:
    return [int(h.passage.passage_id.split("#")[1]) for h in index.search(query, limit)]


def test_a_score_worked_out_by_hand() -> None:
    index = make_index("a b", "b c", k1=1.0, b=0.5)
    (hit,) = index.search({"a": 1.0}, 10)
    # Both have the average length, so the norm is k1: idf · 1 · 2 / (1 + 1).
    assert hit.score == pytest.approx(math.log(2))
    assert hit.passage.passage_id == "d#0"


@settings(deadline=None)
@given(
    corpus=st.lists(st.lists(st.sampled_from("abcde"), max_size=8), min_size=1, max_size=8).filter(
        any
    ),
    query=st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 3), max_size=4),
    k1=st.floats(0.1, 3),
    b=st.floats(0, 0.99),
)
def test_every_score_is_the_textbooks(
    corpus: list[list[str]], query: dict[str, float], k1: float, b: float
) -> None:
    index = BM25Index([make_passage(i, terms) for i, terms in enumerate(corpus)], k1, b)
    expected = textbook(corpus, query, k1, b)
    hits = index.search(query, len(corpus))
    found = {int(h.passage.passage_id.split("#")[1]): h.score for h in hits}
    assert found == pytest.approx({i: score for i, score in enumerate(expected) if score})
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len(index) == len(corpus)


def test_tags_are_terms_too() -> None:
    passages = [make_passage(0, ["a"]), make_passage(1, ["b"], ("#email",))]
    index = BM25Index(passages, K1, B)
    (hit,) = index.search({"#email": 1.0}, 10)
    assert hit.passage is passages[1]
    corpus = [["a"], ["b", "#email"]]
    assert hit.score == pytest.approx(textbook(corpus, {"#email": 1.0}, K1, B)[1])


def test_weights_decide() -> None:
    index = make_index("a", "b")
    assert numbers(index, {"a": 1.0, "b": 0.5}) == [0, 1]
    assert numbers(index, {"a": 0.5, "b": 1.0}) == [1, 0]


def test_of_equal_passages_the_earlier_stands_first() -> None:
    assert numbers(make_index(*["x y", "x z", "z y"] * 8), {"x": 1.0, "y": 1.0})[:8] == [
        *range(0, 24, 3)
    ]
    assert numbers(make_index(*["same"] * 40), {"same": 1.0}) == list(range(40))


def test_a_term_that_most_passages_have_still_counts() -> None:
    index = make_index("a b", "a", "a c", "a d")
    assert index.idf("a") > 0
    assert numbers(index, {"a": 1.0})[0] == 1  # the shortest
    assert len(index.search({"a": 1.0}, 10)) == 4
    assert len(make_index("a").search({"a": 1.0}, 10)) == 1


def test_rarer_terms_have_the_higher_idf() -> None:
    index = make_index("a b", "a", "a c", "d")
    assert index.idf("unknown") > index.idf("b") > index.idf("a") > 0
    assert index.idf("b") == index.idf("d")
    assert index.idf("b") == pytest.approx(math.log(1 + 3.5 / 1.5))
    assert index.idf("unknown") == pytest.approx(math.log(1 + 4.5 / 0.5))


@pytest.mark.parametrize("query", [{}, {"unknown": 1.0}, {"b": 0.0}])
def test_nothing_matches(query: dict[str, float]) -> None:
    assert list(make_index("a", "b").search(query, 10)) == []


def test_unknown_terms_change_nothing() -> None:
    index = make_index("a b", "b", "c")
    assert index.search({"b": 1.0, "unknown": 9.0}, 10) == index.search({"b": 1.0}, 10)


@pytest.mark.parametrize(("limit", "found"), [(0, 0), (-1, 0), (1, 1), (2, 2), (99, 3)])
def test_the_limit(limit: int, found: int) -> None:
    assert len(make_index("a", "a b", "a c").search({"a": 1.0}, limit)) == found


def test_a_smaller_limit_gives_the_beginning() -> None:
    index = make_index(*["a b c", "a a", "b", "c a b", "a"] * 3)
    query = {"a": 1.0, "b": 0.7}
    all_of_them = index.search(query, 100)
    assert [index.search(query, n) for n in range(5)] == [all_of_them[:n] for n in range(5)]


def test_asking_again_gives_the_same() -> None:
    index, again = (make_index("a b", "b c a", "c", "b b") for _ in range(2))
    for query in ({"a": 1.0, "b": 1.0}, {"b": 1.0, "c": 0.5}):
        expected = [(h.passage.passage_id, h.score) for h in again.search(query, 10)]
        for _ in range(2):
            assert [(h.passage.passage_id, h.score) for h in index.search(query, 10)] == expected


@pytest.mark.parametrize("passages", [[], [make_passage(0, [])]])
def test_there_must_be_a_term(passages: list[Passage]) -> None:
    with pytest.raises(ValueError, match="no passage has a term"):
        BM25Index(passages, K1, B)


@pytest.mark.parametrize(("k1", "b"), [(0.0, 0.4), (0.9, 1.0)])
def test_extreme_parameters_lose_no_passage(k1: float, b: float) -> None:
    index = make_index("bridge opens", "bridge closes", "ferry opens", k1=k1, b=b)
    found = {hit.passage.passage_id for hit in index.search({"bridge": 1.0, "opens": 1.0}, 5)}
    assert found == {"d#0", "d#1", "d#2"}


def test_tags_alone_are_no_terms() -> None:
    with pytest.raises(ValueError, match="term"):
        BM25Index([make_passage(0, [], tags=("#dateline",))], K1, B)
