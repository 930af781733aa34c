"""The question within what a person writes: courtesies off, spelling repaired."""

import re

from gloact_qa.text import slips
from gloact_qa.text.sentences import sentences
from gloact_qa.text.spelling import Speller
from gloact_qa.text.terms import STOP_WORDS, fold, tokenize

_COURTESY = re.compile(
    r"^\s*+(?:"
    r"(?:hi|hello|hey|dear \w+|good (?:morning|afternoon|evening|day)|greetings|ok|okay"
    r"|thanks|thank you|great|cool|perfect|right|well|sorry|excuse me|alright|fine|cheers|so"
    r"|hmm+|um+|ah|oh)"
    r"(?: (?:there|all|everyone|team|so much|very much|a lot|again|for (?:that|this|your help)))*"
    r"[\s,.!;:–-]+)+",
    re.IGNORECASE,
)
_POLITE_FRAME = re.compile(
    r"^\s*+(?:(?:and|but|also|then) )?(?:please[, ]+)?(?:"
    # "Could you please tell me …", "Would someone let us know …"
    r"(?:could|can|would|will) (?:you|someone|anyone)(?: also| please| kindly| maybe)*"
    r" (?:tell|inform|remind|explain to|give|help|let)(?: (?:me|us))?"
    r"(?: know| with| understand)?(?: please)?"
    r"|(?:could|can|would|will) you(?: also| please| kindly| maybe| just)*"
    r"(?= (?:list|name|quote|describe|summari[sz]e|identify|specify|confirm)\b)"
    r"|(?:please )?tell me|do you (?:happen to )?know|any idea"
    r"|i(?:'d| would) (?:like|love) to know|i want(?:ed)? to know"
    r"|i(?:'m| am) (?:trying to find out|wondering|looking for|interested in)"
    r"|i wonder|i need(?: to know)?|what i want to know is"
    r"|(?:changing|to change) the subject|by the way"
    r"|on (?:another|a different) (?:note|subject|topic)"
    r"|in (?:a nutshell|short|brief|practice|other words|a few words|one (?:word|sentence)"
    r"|(?:broad|concrete|general|plain|practical|simple) (?:english|terms|words))"
    r"(?=,? (?:who|what|when|where|which|why|how)\b)"
    r"|explain(?: to)?(?: me)?(?: briefly)?(?= what)"
    r"|quick question|another question|(?:a )?different question|one more (?:thing|question)"
    r")[\s,:–-]+(?:if |whether |about (?=wh|how))?",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|its|that|this|they|their|he|she|his|her)\b", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?<![\s,–-])[\s,–-]+"
    r"(?:please|pls|plz|thanks|thank you|thx|cheers|if you (?:don't mind|can|know)|by any chance"
    r"|in (?:short|brief|a nutshell|plain english|(?:a|one) (?:line|word|sentence)|a few words))"
    r"(?: (?:so|very) much| a lot| in advance)?\s*+(?P<end>[?.!]*+)\s*+$",
    re.IGNORECASE,
)

_FRAMES = 8  # courtesies around a question that are taken off; nobody writes more


def core_question(text: str) -> str:
    """Return the question in ``text`` without greetings, thanks and polite frames.

    Of several sentences the last question is taken. What is all courtesy comes back empty.
    """
    asked = [(start, text[start:end]) for start, end in sentences(text) if text[:end].endswith("?")]
    for start, question in reversed(asked):
        core = _unframed(question)
        if len(core.split()) < 2 and start:
            continue  # "… Who?" asks again what the sentence before it asked
        # What a pronoun stands for may be in the sentences before the question.
        return _unframed(text) if start and _PRONOUN.search(core) else core
    return _unframed(text)


def _unframed(text: str) -> str:
    for _ in range(_FRAMES):
        before = text
        text = _COURTESY.sub("", text + " ").strip()
        text = _POLITE_FRAME.sub("", text).strip()
        text = _TRAILING.sub(lambda m: m.group("end"), text).strip()
        if text == before:
            break
    return text


def content_words(question: str) -> list[str]:
    """Return the tokens of a question that are no function words, in order."""
    return [
        token.text
        for token in tokenize(question)
        if not (token.kind == "word" and fold(token.text) in STOP_WORDS)
    ]


def respell(text: str, speller: Speller) -> str:
    """Return the text with its misspelt words repaired."""
    for slip, meant in slips.PHRASES:
        text = slip.sub(meant, text)
    parts: list[str] = []
    position = 0
    for correction in speller.corrections(text):
        parts += (text[position : correction.start], correction.word)
        position = correction.end
    return "".join((*parts, text[position:]))


NOT_ANSWERED = "The releases do not say."
_GREETING = (
    "Hello. Ask me about the releases: who took part, when, where, how much, or what was said."
)
_THANKS = "You are welcome. Ask on: who took part, when, where, how much, or what was said."
_THANKED = re.compile(r"\b(?:thanks?|thx|cheers|ta)\b|\bthank you\b", re.IGNORECASE)
_SMALL_TALK = re.compile(
    r"(?:that(?:'s| is| was)? |this (?:is|was) |it (?:is|was) )?(?:very |really |so )?"
    r"(?:helps?|helped|helpful|great|good|nice|perfect|useful|all|it|bye|goodbye|see you|yes|no|ok"
    r"|how are you)?[\s.!?]*",
    re.IGNORECASE,
)


def is_small_talk(question: str) -> bool:
    """Tell whether there is no question, only a greeting, thanks or a farewell."""
    return is_courtesy(core_question(question))


def is_courtesy(core: str) -> bool:
    """Tell whether what is left of a question without its courtesies is one itself."""
    return bool(_SMALL_TALK.fullmatch(core))


def refusal(question: str) -> str:
    """Return the plain sentence for a question that is not answered."""
    if not is_small_talk(question):
        return NOT_ANSWERED
    return _THANKS if _THANKED.search(question) else _GREETING
