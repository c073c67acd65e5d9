"""One table of a tool, as its exports write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Literal

from salus.draft.headers import fold
from salus.draft.picture import TableRole

ColumnMeaning = Literal[
    "row_id",  # one value for each record
    "key",  # leads to the customer, or to the table in `leads_to`
    "name",
    "website",
    "email",
    "user",  # a person or device of the customer
    "anonymous",  # a device of nobody known
    "time",
    "until",
    "closed",
    "recorded",
    "modified",
    "due",
    "paid",
    "replied",
    "starts",
    "ends",
    "decided",
    "term_end",
    "trial_end",
    "amount",
    "cents",  # an amount in the smallest unit of its currency
    "quantity",
    "unit",
    "count",  # units of one price, as in 3 months
    "currency",
    "rate",
    "owner",
    "merged_into",  # names the surviving record
    "merged_from",  # lists the records that were merged into this one
    "parent",
    "deleted",
    "test",
    "status",
    "type",
    "priority",
    "subject",
    "score",
    "words",
    "comment",
    "duration",
    "event",
    "field",
    "old_value",
    "new_value",
    "attribute",
    "leak",  # known only afterwards, or as of the day of the export
]
Trap = Literal[
    "cents",
    "zero_decimal_currencies",
    "credit_notes_are_positive",
    "gross",
    "gross_and_net",
    "price_per_seat",
    "due_ahead",
    "ends_ahead",
    "plan_move_is_not_churn",
    "lost_deal_is_not_churn",
    "status_is_stale",
    "offered_is_no_answer",
    "scale_by_survey_type",
    "questions_are_headers",
    "epoch",
    "epoch_seconds",
    "local_times",
    "time_of_the_sender_is_unsafe",
    "repeated_rows",
    "header_below",
    "totals_row",
    "snapshot",
    "short_ids",
    "survivor_lists_merged",
    "translated_labels",
    "history_begins_when_switched_on",
]
LeftOutReason = Literal[
    "anonymous",
    "deleted",
    "failed",
    "future",
    "never_paid",
    "not_answered",
    "own_staff",
    "spam",
    "test",
    "trial",
    "voided",
]


@dataclass(frozen=True)
class LeftOutRows:
    """Rows that don't count, by the values of a column. `*` in a value stands for any text."""

    column: str
    values: tuple[str, ...]
    reason: LeftOutReason


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """A table of a tool. Headers are compared folded, so `customer_id` is also `Customer Id`.

    `must`: groups of headers; a table has at least one header of each. `custom`: patterns of
    headers that each company adds. `open`: any other header may occur, as in the answers of a form.
    """

    tool: str
    table: str
    role: TableRole
    must: tuple[tuple[str, ...], ...]
    columns: Mapping[ColumnMeaning, tuple[str, ...]]
    other: tuple[str, ...] = ()
    custom: tuple[str, ...] = ()
    leads_to: Mapping[str, str] | None = None  # header: another table of the tool
    left_out: tuple[LeftOutRows, ...] = ()
    traps: tuple[Trap, ...] = ()
    open: bool = False
    fewest: int = 4  # known headers

    @cached_property
    def known(self) -> frozenset[str]:
        """All headers of the table, folded."""
        headers = [
            *(header for group in self.must for header in group),
            *(header for group in self.columns.values() for header in group),
            *self.other,
        ]
        return frozenset(map(fold, headers))

    def is_custom(self, header: str) -> bool:
        """Whether a company added the column itself."""
        return fold(header) not in self.known and any(
            fnmatchcase(header, pattern) for pattern in self.custom
        )

    def meanings(self, header: str) -> tuple[ColumnMeaning, ...]:
        """What a column means; empty for an unknown one."""
        return tuple(
            meaning
            for meaning, headers in self.columns.items()
            if fold(header) in map(fold, headers)
        )

    def headers(self, meaning: ColumnMeaning) -> tuple[str, ...]:
        """The headers that have a meaning, the most telling first."""
        return self.columns.get(meaning, ())
