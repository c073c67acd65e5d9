"""A table with what is known of it by now: whose rows, when, how dense, and what kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salus.draft.dictionary import Role
from salus.draft.headers import is_plain, normalise, to_snake_case
from salus.draft.lines import Body
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.time_columns import Pace, TimeColumns, date_column

Kind = Literal[
    "entity", "endings", "invoices", "tickets", "answers", "contracts", "orders", "usage"
]
_ENDINGS = (
    "churn",
    "cancellation",
    "cancellations",
    "kundigungen",
    "kundigung",
    "abwanderung",
    "frafald",
    "opsigelser",
)


@dataclass(frozen=True)
class DatedTable:
    """A table of facts."""

    profile: TableProfile
    key: str
    moments: TimeColumns
    pace: Pace
    lookup: Body | None = None  # where the key stands in another table

    @property
    def name(self) -> str:
        return to_snake_case(self.profile.name)

    def source(self, time: str | None = None, **more: object) -> dict[str, object]:
        """The body of a source over this table, at the table's time or another one."""
        body: dict[str, object] = {"table": self.profile.name}
        if self.lookup:
            body["lookup"] = self.lookup
        body |= {"key": self.key, "time": time or self.moments.time}
        if self.moments.recorded and time is None:
            body["recorded"] = self.moments.recorded
        if self.pace.dense and time is None:
            body["fresh"] = "31d"
        return body | {key: value for key, value in more.items() if value is not None}

    def first(self, *roles: Role) -> ColumnProfile | None:
        """The first column that plays one of the roles and isn't constant."""
        return next(
            (column for column in self.profile.playing(*roles) if not column.constant), None
        )

    def number(self, *roles: Role) -> ColumnProfile | None:
        """The first column of numbers that plays one of the roles, better one that isn't constant.

        A constant amount still adds up: 50 for each of three orders is 150.
        """
        found = [
            column for column in self.profile.playing(*roles) if column.is_number and column.filled
        ]
        return next(
            (column for column in found if not column.constant), found[0] if found else None
        )

    def truth(self, role: Role) -> ColumnProfile | None:
        """The first column of yes and no that plays the role and that a condition can name."""
        return next(
            (
                c
                for c in self.profile.playing(role)
                if c.type == "bool" and not c.constant and is_plain(c.name)
            ),
            None,
        )

    def when(self, role: Role) -> str | None:
        return date_column(self.profile, role)

    def id(self, role: Role) -> str | None:
        """A column of ids under which a row is told once; repeats are few."""
        found = (
            column
            for column in self.profile.playing(role)
            if column.whole
            and column.distinct >= 0.8 * column.filled > 0
            and column.share_filled > 0.99
        )
        return next((column.name for column in found), None)


def classify_table(table: TableProfile, key: str | None) -> Kind:
    """What the rows of a table are."""
    words = normalise(table.name).split()
    has_time = bool(table.times)
    if not has_time:
        return "entity"
    if any(word in words for word in _ENDINGS):
        return "endings"
    if date_column(table, "due") and table.playing("amount", "recurring"):
        return "invoices"
    if date_column(table, "closed") or (
        table.playing("priority", "ticket_id") and date_column(table, "opened", "time")
    ):
        return "tickets"
    unique = key is not None and table.has(key) and table.column(key).unique
    if unique and not table.playing("quantity", "document", "event_id"):
        return "entity"
    if table.playing("recurring") and date_column(table, "started"):
        return "contracts"
    if _numbers(table, "amount") or (
        _numbers(table, "quantity") and (_numbers(table, "price") or table.playing("document"))
    ):
        return "orders"
    if _numbers(table, "price") and table.playing("document"):
        return "orders"
    return "answers" if _numbers(table, "score") else "usage"


def _numbers(table: TableProfile, role: Role) -> bool:
    return any(column.is_number and column.filled for column in table.playing(role))
