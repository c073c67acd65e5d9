"""What a person has answered about a folder before the model is proposed, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salus.draft.picture import DraftQuestion, FolderPicture
from salus.errors import DataError, Problem


@dataclass(frozen=True, kw_only=True)
class DraftAnswers:
    """Answers to the questions about a folder; None where the data should decide.

    An answer that the data contradict (no such table, no such column) is an OptionError.
    """

    entity: str | None = None  # the table that lists the customers
    key: str | None = None  # the column of that table that identifies a customer
    outcome: str | None = None  # who left: `TABLE.COLUMN` of dates, `TABLE.COLUMN=VALUE`, or none
    where: str | None = None  # the rows of `entity` that are customers, in the model language
    per: str | None = None  # what an amount of a contract is for: "month" or "year"
    amount: str | None = None  # what it is for, too: "contract" or one "seat"


class UnansweredError(DataError):
    """The data can't tell who is a customer. `questions` say what a person must decide."""

    def __init__(self, picture: FolderPicture, questions: Sequence[DraftQuestion] = ()) -> None:
        self.picture = picture
        self.questions = tuple(questions) or picture.questions
        problems = [
            Problem("data", None, None, question.code, ", ".join(question.options) or None)
            for question in self.questions
        ]
        super().__init__(
            problems or [Problem("data", None, None, "these tables don't say who is a customer")]
        )
