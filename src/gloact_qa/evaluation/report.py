"""What an evaluation found: outcomes, metrics, and the JSON that keeps them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from gloact_qa.errors import GloactQAError
from gloact_qa.evaluation.judge import Judgement
from gloact_qa.evaluation.questions import Question
from gloact_qa.schema import Answer, DocumentSummary


class ReportError(GloactQAError):
    """A report that was kept as JSON cannot be read."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(_Value):
    """What the bot said: of an Answer, all but its sources."""

    interpreted_as: str
    answered: bool
    answer: str
    short_answer: str | None
    confidence: float = Field(ge=0, le=1)
    elapsed_ms: float = Field(ge=0)

    @classmethod
    def from_answer(cls, answer: Answer) -> "Said":
        """Take over what the answer says."""
        return cls.model_validate({name: getattr(answer, name) for name in cls.model_fields})


class Outcome(_Value):
    """A question, what the bot said to it, and how that did."""

    question: Question
    said: Said
    judgement: Judgement


class Metrics(_Value):
    """The measures of some outcomes; None where one is not defined for them.

    Shares, scores and areas are from 0 to 1. `metrics.measure` says how each is got.
    """

    questions: int
    answerable: int
    unanswerable: int
    accuracy: float | None = Field(description="Right, of all questions.")
    answered_right: float | None = Field(description="Right, of the answerable.")
    refusal_recall: float | None = Field(description="Refused, of the unanswerable.")
    refusal_precision: float | None = Field(
        description="Unanswerable, of the refused; null without questions of both sorts."
    )
    short_right: float | None = Field(description="Right short answer, where one is expected.")
    exact_match: float | None = Field(description="SQuAD's exact match of the short answer.")
    f1: float | None = Field(description="SQuAD's token F1 of the short answer.")
    recall_at_1: float | None = Field(description="A gold answer in the first source.")
    recall_at_3: float | None = Field(description="A gold answer in the first 3 sources.")
    recall_at_5: float | None = Field(description="A gold answer in the first 5 sources.")
    mrr_at_10: float | None = Field(description="Mean of 1 / rank of the first such source.")
    ndcg_at_5: float | None = Field(description="nDCG of the first 5 sources.")
    auroc_answerable: float | None = Field(
        description="Confidence, telling answerable from unanswerable questions."
    )
    auroc_right: float | None = Field(
        description="Confidence, telling right answers from wrong ones and unanswerable questions."
    )
    brier: float | None = Field(
        description="Mean squared difference of confidence and rightness; 0 is best."
    )
    latency_p50_ms: float | None = Field(description="Median time to answer, milliseconds.")
    latency_p95_ms: float | None = Field(description="95th percentile, milliseconds.")


class Report(_Value):
    """One evaluation: every outcome, and the metrics overall and by kind of question."""

    schema_version: Literal[1] = 1
    version: str = Field(description="The version of gloact-qa that was evaluated.")
    date: AwareDatetime
    documents: tuple[DocumentSummary, ...]
    overall: Metrics
    by_kind: Mapping[str, Metrics] = Field(description="In the order of the question set.")
    not_in_releases: tuple[str, ...] = Field(
        description="Ids of questions none of whose gold answers stands in any release."
    )
    outcomes: tuple[Outcome, ...]

    def to_json(self) -> str:
        """Return the report as JSON that `from_json` reads."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Report":
        """Read what `to_json` wrote.

        Raises ReportError, naming the field, when the text is no such report.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            problem = error.errors()[0]
            field = ".".join(map(str, problem["loc"]))
            where = f"{field}: " if field else ""
            raise ReportError(f"not a report of this version: {where}{problem['msg']}") from error


def load_report(path: Path) -> Report:
    """Read a report that was kept as JSON.

    Raises ReportError, naming the file, when it cannot be read or is no report.
    """
    try:
        return Report.from_json(path.read_bytes().decode())
    except FileNotFoundError as error:
        raise ReportError(f"{path}: there is no such report") from error
    except OSError as error:
        raise ReportError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ReportError(f"{path}: not UTF-8: byte {error.start}") from error
    except ReportError as error:
        raise ReportError(f"{path}: {error}") from error
