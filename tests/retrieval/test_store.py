import datetime

import pytest

from gloact_qa.answering.bot import build_bot
from gloact_qa.errors import UnusableIndexError
from gloact_qa.knowledge.documents import load_documents
from gloact_qa.knowledge.passages import split_passages
from gloact_qa.retrieval import catalogue as catalogues
from gloact_qa.retrieval.catalogue import Catalogue, decode_catalogue, encode_catalogue
from gloact_qa.retrieval.collecting import Collector, survey
from gloact_qa.retrieval.store import decode_passage, encode_passage
from gloact_qa.schema import Document, Passage
from gloact_qa.settings import Settings, data_folder
from gloact_qa.text.terms import Analyzer

SETTINGS = Settings()
DOCUMENTS = (
    *load_documents(data_folder("knowledge")),
    Document(
        document_id="odd%ly n\u00e4med",
        title="A side-event of the World Health Organization (WHO)",
        date=datetime.date(2020, 2, 29),
        text="The World Health Organization (WHO) held a side-event 😀. “It’s so,” said Ms. Roe.",
    ),
)


def passages() -> list[Passage]:
    return list(split_passages(DOCUMENTS, Analyzer(), SETTINGS.passage_size))


def catalogue() -> Catalogue:
    collector = Collector(SETTINGS)
    collector.survey(survey([document.text for document in DOCUMENTS]))
    for document in DOCUMENTS:
        own = list(split_passages([document], Analyzer(), SETTINGS.passage_size))
        collector.add(document, own, "hash")
    return collector.catalogue()


def test_passages_come_back_as_they_were() -> None:
    assert [decode_passage(encode_passage(passage)) for passage in passages()] == passages()


def test_the_same_passage_gives_the_same_bytes() -> None:
    assert list(map(encode_passage, passages())) == list(map(encode_passage, passages()))


@pytest.mark.parametrize("damaged", [b"", b"\x00", encode_passage(passages()[0])[:-9]])
def test_what_is_no_passage_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # its words are msgspec's
        decode_passage(damaged)


def test_a_catalogue_comes_back_as_it_was() -> None:
    one = catalogue()
    assert one.splits["sideevent"] == ("side", "event")
    assert any(long[:2] == ("world", "health") for _, long in one.abbreviations)
    assert one.words["who"].count == 1
    assert one.passages == len(passages())
    assert decode_catalogue(encode_catalogue(one), SETTINGS) == one


def test_a_catalogue_of_other_settings_is_refused() -> None:
    stored = encode_catalogue(catalogue())
    for other in ({"k1": 1.2}, {"b": 0.75}, {"passage_size": 500}):
        with pytest.raises(UnusableIndexError, match=r"GLOACT_QA_\w+=.* run `gloact-qa index`"):
            decode_catalogue(stored, Settings(**other))


def test_a_catalogue_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = encode_catalogue(catalogue())
    monkeypatch.setattr(catalogues, "ANALYSER_VERSION", catalogues.ANALYSER_VERSION + 1)
    with pytest.raises(UnusableIndexError, match=r"another version.*run `gloact-qa index`"):
        decode_catalogue(stored, SETTINGS)


@pytest.mark.parametrize("damaged", [b"", b"\x00", b"nonsense", encode_catalogue(catalogue())[:99]])
def test_a_damaged_catalogue_is_refused(damaged: bytes) -> None:
    with pytest.raises(UnusableIndexError, match=r"damaged|another version"):
        decode_catalogue(damaged, SETTINGS)


def test_what_is_taken_away_is_forgotten() -> None:
    collector = Collector(SETTINGS)
    collector.survey(survey([document.text for document in DOCUMENTS]))
    split = {d.document_id: list(split_passages([d], Analyzer(), 1000)) for d in DOCUMENTS}
    for document in DOCUMENTS:
        collector.add(document, split[document.document_id])
    odd = DOCUMENTS[-1]
    collector.take_away(odd, split[odd.document_id])
    left = Collector(SETTINGS)
    left.survey(survey([document.text for document in DOCUMENTS[:-1]]))
    left.add(DOCUMENTS[0], split[DOCUMENTS[0].document_id])
    found, wanted = collector.catalogue(), left.catalogue()
    assert found.documents == wanted.documents
    assert found.abbreviations == wanted.abbreviations
    assert {w: k.count for w, k in found.words.items()} == {
        w: k.count for w, k in wanted.words.items()
    }


def test_the_words_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gloact_qa.retrieval.collecting.MAX_WORDS", 2)
    monkeypatch.setattr("gloact_qa.answering.bot.MAX_WORDS", 2)
    text = "The zorbex and the zorbex met a quillon. A zorbex is no quillon, but a flarn is rare."
    bot = build_bot([Document(document_id="d", title="", text=text)], SETTINGS)
    assert len(bot._catalogue.words) == 2
    assert bot.ask("What is a zorbux?").interpreted_as == "What is a zorbex?"
    # Too rare to be kept, but known to the index.
    assert bot.ask("What is a flarn?").interpreted_as == "What is a flarn?"
