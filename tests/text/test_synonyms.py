from pathlib import Path

import pytest

from gloact_qa.errors import KnowledgeError
from gloact_qa.text.synonyms import Synonyms, load_synonyms, parse_synonyms
from gloact_qa.text.terms import Analyzer, Phrase

ANALYZER = Analyzer()


def parse(*lines: str) -> Synonyms:
    return parse_synonyms([("words.txt", lines, 1.0)], ANALYZER)


def phrase(text: str) -> Phrase:
    return tuple(term.text for term in ANALYZER.terms(text))


def phrases(*texts: str) -> set[Phrase]:
    return {phrase(text) for text in texts}


def found(synonyms: Synonyms, text: str) -> set[Phrase]:
    return {alternative.phrase for alternative in synonyms.alternatives.get(phrase(text), ())}


def test_words_of_a_line_stand_for_each_other() -> None:
    synonyms = parse("boat, ship, sailing vessel")
    assert found(synonyms, "boat") == phrases("ship", "sailing vessel")
    assert found(synonyms, "ship") == phrases("boat", "sailing vessel")
    assert found(synonyms, "sailing vessel") == phrases("boat", "ship")


def test_an_arrow_goes_one_way() -> None:
    synonyms = parse("Brussels, the Commission => European Union, EU")
    assert found(synonyms, "Brussels") == phrases("European Union", "EU")
    assert found(synonyms, "Commission") == phrases("European Union", "EU")
    assert not found(synonyms, "EU")
    assert not found(synonyms, "European Union")


def test_lines_about_one_word_add_up() -> None:
    assert found(parse("car, automobile", "car => vehicle"), "car") == phrases(
        "automobile", "vehicle"
    )


def test_what_is_worth_more_comes_first() -> None:
    lines = [
        ("loose.txt", ["cash, budget", "cash, money"], 0.5),
        ("good.txt", ["cash, money"], 1.0),
    ]
    synonyms = parse_synonyms(lines, ANALYZER)
    assert synonyms.at(phrase("cash"), 0)[1] == ((phrase("money"), 1.0), (phrase("budget"), 0.5))


def test_comments_and_blank_lines_are_skipped() -> None:
    synonyms = parse("# boat, plane", "", "   ", "  # boat, train", "boat, ship")
    assert found(synonyms, "boat") == phrases("ship")


@pytest.mark.parametrize(
    ("line", "word", "other"),
    [
        (r"Smith\, Jones and Sons, the firm", "Smith Jones and Sons", "firm"),
        (r"input\=>output, throughput", "input output", "throughput"),
        (r"GLO\.ACT, the action", "gloact", "action"),
        (r"bed \\ breakfast, guesthouse", "bed breakfast", "guesthouse"),
    ],
)
def test_a_backslash_takes_the_next_character_as_it_is(line: str, word: str, other: str) -> None:
    synonyms = parse(line)
    assert found(synonyms, word) == phrases(other)
    assert found(synonyms, other) == phrases(word)


def test_case_accents_and_endings_do_not_matter() -> None:
    assert found(parse("CAFÉS, Coffee Houses"), "cafe") == phrases("coffee house")


def test_the_longest_phrase_wins() -> None:
    synonyms = parse("human trafficking, TIP", "human, person")
    terms = phrase("counter human trafficking")
    assert synonyms.at(terms, 1) == (2, ((phrase("TIP"), 1.0),))
    assert synonyms.at(terms, 0) == (0, ())
    assert synonyms.at(phrase("human rights"), 0) == (1, ((phrase("person"), 1.0),))


def test_pairs_found_in_the_text_are_added_both_ways() -> None:
    long, short = ("tarnstead", "harbour", "trust"), ("tht",)
    synonyms = parse_synonyms([("words.txt", ["boat, ship"], 1.0)], ANALYZER, [(short, long)])
    assert synonyms.at(long, 0) == (3, ((short, 1.0),))
    assert synonyms.at(short, 0) == (1, ((long, 1.0),))
    assert found(synonyms, "boat") == phrases("ship")


@pytest.mark.parametrize(
    "line", ["alone", "a boat,", ", ,", "boat =>", "=> boat", "boat => ship => car", "the, of"]
)
def test_a_malformed_line_is_named(line: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        parse("# first", "boat, ship", line)
    assert str(caught.value).startswith("words.txt, line 3: ")
    assert line.strip() in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_file_of_a_newsroom_adds_to_general_english(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_bytes(b"\xef\xbb\xbfquay, jetty\r\nzzyzx, terminus\r\n")
    general, both = load_synonyms(None, ANALYZER), load_synonyms(path, ANALYZER)
    assert found(both, "zzyzx") == phrases("terminus")
    assert phrases("jetty") <= found(both, "quay")
    assert not found(general, "zzyzx")
    assert general.alternatives
    assert set(general.alternatives) < set(both.alternatives)


def test_a_newsroom_need_not_have_the_file(tmp_path: Path) -> None:
    missing = load_synonyms(tmp_path / "synonyms.txt", ANALYZER)
    assert missing == load_synonyms(None, ANALYZER)


@pytest.mark.parametrize(
    "line",
    [", ".join(f"w{i}" for i in range(301)), "boat => " + " ".join(f"w{i}" for i in range(31))],
)
def test_a_line_has_a_limit(line: str) -> None:
    with pytest.raises(KnowledgeError, match="line 1: more than 300 phrases, or than 30 words"):
        parse_synonyms([("synonyms.txt", [line], 1.0)], ANALYZER)


def test_a_malformed_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_text("# words\nboat, ship\n\nalone\n", "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_synonyms(path, ANALYZER)
    assert str(caught.value).startswith(f"{path}, line 4: ")


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_bytes("café, bar".encode("latin-1"))
    with pytest.raises(KnowledgeError, match=r"not UTF-8: byte 3") as caught:
        load_synonyms(path, ANALYZER)
    assert str(path) in str(caught.value)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.mkdir()
    with pytest.raises(KnowledgeError, match="cannot be read") as caught:
        load_synonyms(path, ANALYZER)
    assert str(path) in str(caught.value)


def test_the_thesaurus_is_read_for_the_words_of_a_collection() -> None:
    everything = load_synonyms(None, ANALYZER)
    ours = load_synonyms(None, ANALYZER, (), {phrase("demolish")[0]})
    assert phrase("demolish") in found(everything, "destroy")
    assert phrase("demolish") in found(ours, "destroy")
    assert len(ours.alternatives) < len(everything.alternatives)


def test_related_words_are_kept_apart_from_those_that_mean_the_same() -> None:
    supervise = phrase("supervise")
    synonyms = load_synonyms(None, ANALYZER, (), {supervise[0]})
    assert supervise[0] in synonyms.related[phrase("boss")[0]]
    assert supervise not in found(synonyms, "boss")
    assert all(terms == {supervise[0]} for terms in synonyms.related.values())


def test_the_synonyms_that_come_with_the_program_are_well_formed() -> None:
    path = Path(__file__).parents[2] / "knowledge" / "synonyms.txt"
    synonyms = load_synonyms(path, ANALYZER)
    assert phrases("European Union") <= found(synonyms, "Brussels")
    assert phrase("Brussels") not in found(synonyms, "European Union")
