"""Fuzzes all that reads text, guided by what runs: ``make fuzz``. Linux, with atheris.

Whatever texts there are: sentences, terms, mentions and abbreviations lie where they say, a
bot can be built on them and keeps what it promises of every answer, and nothing takes long.
Arguments are libFuzzer's. What fails is written to build/fuzz/, to be given as an argument.
"""

import re
import sys
import time
from itertools import pairwise
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

# What reads the long lists of English words is left as it is, or each bot would take a second.
LISTS = ["gloact_qa.text.synonyms", "gloact_qa.text.spelling", "gloact_qa.text.lexicon"]

with atheris.instrument_imports(include=["gloact_qa"], exclude=LISTS):
    from gloact_qa.answering.bot import build_bot
    from gloact_qa.answering.conversation import standalone
    from gloact_qa.answering.expectation import expect
    from gloact_qa.errors import KnowledgeError
    from gloact_qa.knowledge.documents import parse_document
    from gloact_qa.schema import MAX_QUESTION_LENGTH, Document, Kind, Turn
    from gloact_qa.settings import Settings
    from gloact_qa.text.mentions import find_mentions
    from gloact_qa.text.sentences import after_stutter, paragraphs, sentences
    from gloact_qa.text.terms import Analyzer, find_compounds

from newsroom import BRIDGE, check_answer, make_bot  # noqa: E402

LONGEST = 2.0  # seconds of the processor's time, for one input
OUT = ROOT / "build" / "fuzz"
# What tempts the rules; a byte of the input stands for one of them, or for a character.
FRAGMENTS = """
    who what when where which how much many long did does is was he she it they her there that
    about and or the of in for by to from Mr. Ms. H.E. Dr. President director chief of Ada Fenwick
    Jane Doe UNODC GLO.ACT U.S. THT (THT) (AB) stands for short said says according to called
    “ ” ‘ ’ " ' ( ) [ ] , . ; : ? ! … - – — / @ # & % € $ £ 1 12 2019 2018-2022 29 May 2019
    1,000 3.5bn €12 million four years per cent km a@b.org www.un.org/a https://x.org @glo_act
    +43 1 26060 Norway Iceland and Denmark Islamic Republic of Iran Commission Bank Harbour Street
    1st 15th century next month Pen\u0303a İstanbul ß ﬃ ſ 😀 \u200d \u202e \ufeff \u0301 \x00 \ud800
    İ 中文。 । ؟ ١٢ Ⅷ \u212a \xad hello thanks please else more besides that first one aa bb Aa Bb
    """.split()
SPACES = [" ", " ", " ", "", "\n", "\n\n", "\r\n", "\t", "\xa0", "\x85", "\u2028", "\u3000", ". "]
PIECES = [*FRAGMENTS, *SPACES, *map(chr, range(32, 127))]
NEWSROOM = make_bot(BRIDGE, min_confidence=0)
NEWSROOM.warm_up()


def text_of(data: bytes) -> str:
    """Return the text that bytes stand for: fragments, most of them with a space after."""
    parts: list[str] = []
    for byte, then in zip(data[::2], data[1::2], strict=False):
        parts.append(PIECES[(byte + 256 * (then >> 7)) % len(PIECES)])
        parts.append(SPACES[then % 16] if then % 16 < len(SPACES) else "")
    return "".join(parts)


def check_text(text: str) -> None:
    """Hold what sentences, terms and mentions promise."""
    analyzer = Analyzer(find_compounds([text]))
    reached = 0
    for start, end in paragraphs(text):
        assert reached <= start < end <= len(text)
        reached = end
        found = [(0, 0), *sentences(text[start:end]), (end - start, end - start)]
        for (_, before), (first, last) in pairwise(found):
            assert before <= first <= last
            assert not text[start + before : start + first].strip()
            check_sentence(text[start + first : start + last], analyzer)


def check_sentence(sentence: str, analyzer: Analyzer) -> None:
    """Hold what terms and mentions of a sentence promise."""
    assert 0 <= after_stutter(sentence) <= len(sentence)
    reached = 0
    for term in analyzer.terms(sentence):
        assert term.text
        assert reached <= term.start < term.end <= len(sentence)
        reached = term.start
    for mention in find_mentions(sentence):
        assert 0 <= mention.start < mention.end <= len(sentence)
        assert mention.owner_start == mention.owner_end == -1 or (
            0 <= mention.owner_start <= mention.owner_end <= len(sentence)
        )
        if mention.kind is Kind.QUOTATION:
            assert sentence[mention.start - 1] in '“"‘'


def check_conversation(text: str) -> None:
    """Hold what an answer promises, for the parts of a text as a conversation."""
    asked = [part[:MAX_QUESTION_LENGTH] for part in text.split("\n\n")[:6]]
    *before, question = asked or [""]
    history = [
        Turn.model_construct(question=part.strip(), answer=text) for part in before if part.strip()
    ]
    standalone(question, history)
    expect(question)
    check_answer(NEWSROOM, question, history)


def check_release(text: str) -> None:
    """Hold what answers about a text promise."""
    text = text.replace("\ud800", "\ufffd")
    try:
        document = parse_document(Path("any.md"), text.encode())
        bot = build_bot([document, BRIDGE], Settings(min_confidence=0))
    except KnowledgeError as error:
        assert str(error).isprintable()  # noqa: PT017
        bot = make_bot(Document(document_id="any", title="Any", text=f"{text} Zorg."), BRIDGE)
    for question in (text[:MAX_QUESTION_LENGTH], "Who is Zorg?", "What did she say?"):
        check_answer(bot, question)


def one_input(data: bytes) -> None:
    """Check what some bytes stand for; the first one says how."""
    started = time.process_time()
    text = text_of(data[1:])
    check_text(text)
    check_conversation(text)
    if data[:1] and data[0] % 32 == 0:  # takes most of the time
        check_release(text)
    taken = time.process_time() - started
    assert taken < LONGEST, f"{taken:.1f} s"


def seeds() -> list[bytes]:
    """Return inputs that stand for the sentences of a release."""
    known = {piece: i for i, piece in reversed(list(enumerate(PIECES)))}
    found: list[bytes] = []
    for start, end in paragraphs(BRIDGE.text):
        data = bytearray([1])
        for piece in re.findall(r"\w+|[^\w\s]", BRIDGE.text[start:end]):
            for part in [piece] if piece in known else list(piece):
                place = known.get(part, 0)
                data += bytes([place % 256, 128 * (place // 256) + (0 if part == piece else 3)])
        found.append(bytes(data))
    return found


def main() -> None:
    """Run libFuzzer, on a corpus that is kept from run to run."""
    corpus = OUT / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for i, seed in enumerate(seeds()):
        (corpus / f"seed-{i}").write_bytes(seed)
    arguments = [a for a in sys.argv[1:] if a.startswith("-")]
    inputs = [a for a in sys.argv[1:] if not a.startswith("-")] or [str(corpus)]
    defaults = [
        "-max_total_time=30",
        "-max_len=400",
        "-len_control=0",
        "-timeout=20",
        "-seed=1",
        f"-artifact_prefix={OUT}/",
    ]
    atheris.Setup([sys.argv[0], *defaults, *arguments, *inputs], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
