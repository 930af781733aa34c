"""Whether what was found is of the very one that the question names, or of another.

"Who is the Ambassador of Peru?" is not answered by the Ambassador of Chile, nor "What did
Ms. Doe say?" by the words of somebody else. Features of the confidence.
"""

from collections.abc import Sequence

from gloact_qa.answering.candidates import belonging, person_windows, share_within
from gloact_qa.answering.expectation import AnswerType
from gloact_qa.answering.features import Evidence
from gloact_qa.answering.matching import SOLID, Match, Matches, first_from
from gloact_qa.answering.question import ParsedQuestion
from gloact_qa.schema import Kind
from gloact_qa.text.sentences import Offsets

_PERSONS = frozenset((AnswerType.PERSON, AnswerType.AGENT))


def office(question: ParsedQuestion, best: Evidence, matches: Matches) -> tuple[float, float]:
    """Return other_office and other_holder."""
    candidate = best.candidate
    if candidate is None or question.expectation.type not in _PERSONS:
        return 0.0, 0.0
    window = candidate.window
    belongs = question.expectation.office or bool(question.belongs)
    others = [w for w in person_windows(best.sentence).values() if w != window]
    return (
        float(belongs and share_within(belonging(question), matches, window) < 1),
        float(
            any(
                _stands_in_one(m, others) and not _stands_in_one(m, [window])
                for c, m in zip(question.concepts, matches, strict=True)
                if c.office
            )
        ),
    )


def other_speaker(question: ParsedQuestion, best: Evidence, matches: Matches) -> float:
    """Tell whether no name of the question stands where the speaker does."""
    if best.candidate is None or best.candidate.mention.kind is not Kind.QUOTATION:
        return 0.0
    said = best.candidate.mention
    around = (said.owner_start, said.start), (said.end, said.owner_end)
    pairs = zip(question.concepts, matches, strict=True)
    names = [match for concept, match in pairs if concept.name and not concept.number]
    return float(bool(names) and not any(_stands_in_one(match, around) for match in names))


def other_contact(question: ParsedQuestion, around: Sequence[float], total: float) -> float:
    """Return the share of the heaviest name that is not around, where a contact is asked for."""
    if question.expectation.type is not AnswerType.CONTACT:
        return 0.0
    pairs = zip(question.concepts, around, strict=True)
    return max((c.weight for c, q in pairs if c.name and q < SOLID), default=0.0) / total


def _stands_in_one(match: Match | None, windows: Sequence[Offsets]) -> bool:
    """Tell whether a concept stands in one of the stretches."""
    return match is not None and any(
        (place := first_from(match.places, start)) is not None and place.start < end
        for start, end in windows
    )
