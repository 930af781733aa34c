"""Words that a question's words may mean: which of them tell, and how much."""

from gloact_qa.answering.relatives import find_relatives
from newsroom import BRIDGE, make_bot


def test_the_rarer_related_word_tells_more() -> None:
    bot = make_bot(BRIDGE)
    question = bot.parse("Who was the architect of the crossing?")
    sentences = [s for hit in bot.search(question, 10) for s in hit.passage.sentences]
    relatives = find_relatives(question.concepts, sentences)
    having = {term: sum(term in s.places for s in sentences) for term in relatives.rarity}
    assert {"design", "bridg"} <= set(having)
    assert having["design"] < having["bridg"]
    assert 0 <= relatives.rarity["bridg"] < relatives.rarity["design"] <= 1


def test_a_sentence_with_a_related_word_has_something_of_the_question() -> None:
    bot = make_bot(BRIDGE)
    question = bot.parse("Who was the architect?")
    sentences = [s for hit in bot.search(bot.parse("bridge"), 10) for s in hit.passage.sentences]
    relatives = find_relatives(question.concepts, sentences)
    covered = {
        "designed" in s.text: relatives.coverage([2.0], [None], s)
        for s in sentences
        if "designed" in s.text or "day" in s.text
    }
    assert 0 < covered[True] <= 2
    assert covered[False] == 0


def test_what_no_related_word_is_in_counts_nothing() -> None:
    bot = make_bot(BRIDGE)
    question = bot.parse("Who was the architect of the crossing?")
    contact = bot.search(bot.parse("contact email"), 1)[0].passage.sentences[-1]
    relatives = find_relatives(question.concepts, [contact])
    weights = [concept.weight for concept in question.concepts]
    assert relatives.coverage(weights, [None] * len(weights), contact) == 0
