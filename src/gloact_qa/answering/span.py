"""The words to quote: the shortest clean stretch of a sentence, and the short answer in it."""

import re

from gloact_qa.answering.candidates import Candidate, asked_expansion
from gloact_qa.answering.expectation import AnswerType
from gloact_qa.answering.features import Evidence
from gloact_qa.answering.question import ParsedQuestion
from gloact_qa.schema import Kind, Mention, Sentence
from gloact_qa.text.sentences import Offsets, sentences

MAX_SHORT_ANSWER_WORDS = 15
_COPULA = re.compile(r"\b(?:is|are|was|were) (?=(?:an? |the |one of ))")
_PREDICATE_END = re.compile(
    r"[.;:]|, (?:which|who|where|and)\b| (?:which|that|who|being|by|for|to) "
)
_CLAUSE_END = re.compile(r"[,;:] | (?:which|while|but|because) ")
_AND = re.compile(r"(?: \([^()\s]{2,15}\))?,? and (?:the )?\Z")
_MERGEABLE = frozenset((Kind.PERSON, Kind.ORGANISATION, Kind.NAME, Kind.COUNTRY, Kind.PLACE))
_TRIM = " \t\n,;:\"“”‘’'"


def answer_offsets(evidence: Evidence) -> Offsets:
    """Return the stretch of the sentence to quote as the answer, in the document.

    Of a sentence with several people's statements, the one with the best mention.
    """
    sentence = evidence.sentence
    start, end = sentence.start, sentence.end
    mention = evidence.candidate.mention if evidence.candidate else None
    if mention is not None:
        statements = [m for m in sentence.mentions if m.kind is Kind.QUOTATION]
        for statement in statements if len(statements) > 1 else ():
            if statement.owner_start <= mention.start and mention.end <= statement.owner_end:
                start = max(start, statement.owner_start)
                end = statement.owner_end
    text = sentence.text[start - sentence.start : end - sentence.start]
    connective = re.match(r"(?:while|whereas|and|but) ", text)
    return start + (connective.end() if connective else 0), start + len(text.rstrip())


def short_answer_offsets(
    question: ParsedQuestion, evidence: Evidence, answer: Offsets
) -> Offsets | None:
    """Return where the short answer stands in the document; None when there is none."""
    sentence = evidence.sentence
    if question.expectation.type is AnswerType.DEFINITION:
        expansion = asked_expansion(question, sentence)
        found = (expansion.start, expansion.end) if expansion else _predicate(sentence)
    elif evidence.candidate is None:
        return None
    elif evidence.candidate.mention.kind is Kind.QUOTATION:
        found = _quoted(question, sentence, evidence.candidate.mention)
    else:
        found = _merged(question, sentence, evidence.candidate)
    if found is None:
        return None
    start, end = _trimmed(sentence, *found)
    words = sentence.text[start - sentence.start : end - sentence.start].split()
    inside = answer[0] <= start < end <= answer[1]
    return (start, end) if inside and len(words) <= MAX_SHORT_ANSWER_WORDS else None


def _trimmed(sentence: Sentence, start: int, end: int) -> Offsets:
    text = sentence.text[start - sentence.start : end - sentence.start]
    return start + len(text) - len(text.lstrip(_TRIM)), end - len(text) + len(text.rstrip(_TRIM))


def _predicate(sentence: Sentence) -> Offsets | None:
    """Return what a defining sentence says that its subject is."""
    copula = _COPULA.search(sentence.text)
    if copula is None:
        return None
    stop = _PREDICATE_END.search(sentence.text, copula.end() + 8)
    end = stop.start() if stop else len(sentence.text)
    return sentence.start + copula.end(), sentence.start + end


def _quoted(question: ParsedQuestion, sentence: Sentence, quotation: Mention) -> Offsets:
    """Return the part of a quotation to give as the short answer.

    Of its sentences that are short enough the one that has most of the question; when none
    is, the longest beginning of the first that ends where a clause does.
    """
    text = sentence.text[quotation.start - sentence.start : quotation.end - sentence.start]
    parts = list(sentences(text)) or [(0, len(text))]
    asked = question.terms

    def shared(part: Offsets) -> int:
        start, end = quotation.start + part[0], quotation.start + part[1]
        return len({term.text for term in sentence.terms_in(start, end)} & asked)

    short = [p for p in parts if len(text[slice(*p)].split()) <= MAX_SHORT_ANSWER_WORDS]
    if short:
        start, end = max(short, key=shared)
    else:
        start, end = parts[0]
        ends = [start + m.start() for m in _CLAUSE_END.finditer(text[start:end])]
        fitting = [e for e in ends if 3 < len(text[start:e].split()) <= MAX_SHORT_ANSWER_WORDS]
        end = fitting[-1] if fitting else end
    return quotation.start + start, quotation.start + end


def _merged(question: ParsedQuestion, sentence: Sentence, candidate: Candidate) -> Offsets:
    """Return the best mention with those of its kind that "and" joins to it."""
    mention = candidate.mention
    start, end = mention.start, mention.end
    if mention.kind is Kind.COUNTRIES:
        return _short_list(sentence, start, end)
    if mention.kind not in _MERGEABLE:
        return start, end
    asked = question.terms
    for other in sentence.mentions:
        if other.kind not in _MERGEABLE or any(
            term.text in asked for term in sentence.terms_in(other.start, other.end)
        ):
            continue
        apart = other.end <= start or end <= other.start
        between = (
            min(end, other.end) - sentence.start,
            max(start, other.start) - sentence.start,
        )
        if apart and _AND.match(sentence.text, *between):
            start, end = min(start, other.start), max(end, other.end)
    return start, end


def _short_list(sentence: Sentence, start: int, end: int) -> Offsets:
    """Return a list of countries; one that is too long, from the first one's short name."""
    text = sentence.text[start - sentence.start : end - sentence.start]
    if len(text.split()) > MAX_SHORT_ANSWER_WORDS:
        official = re.match(r"\A(?>[^,]*? of (?:the )?)(?=[^,]*+,)", text)
        start += official.end() if official else 0
    return start, end
