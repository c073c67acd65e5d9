"""A table of facts: its key, its time, how dense it is, and what kind of rows it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from salus.draft.dictionary import Role
from salus.draft.headers import is_plain, normalise, to_snake_case
from salus.draft.lines import Body, KeyBody
from salus.draft.picture import TableRole
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
class DatedTables:
    """All tables of a folder whose key and time are known."""

    tables: tuple[DatedTable, ...] = ()

    def with_role(self, *roles: TableRole) -> tuple[DatedTable, ...]:
        """The tables with one of the roles, in the order of the folder."""
        return tuple(table for table in self.tables if table.role in roles)


@dataclass(frozen=True, kw_only=True)
class DatedTable:
    """A table of facts whose key and time are known.

    `where` says which rows count, `row_id` names the id with which a row counts once, and `until`
    the time at which a row ends. `leaks` are columns that no measure may read. `folder` holds all
    dated tables, this one too; there their own `folder` is empty.
    """

    profile: TableProfile
    key: KeyBody
    times: TimeColumns
    pace: Pace
    lookup: Body | None = None  # if the key is a column of another table
    role: TableRole = "unknown"
    where: str | None = None
    row_id: str | None = None
    until: str | None = None
    leaks: tuple[str, ...] = ()
    folder: DatedTables = DatedTables()

    @property
    def name(self) -> str:
        """The table's name as a name for the model."""
        return to_snake_case(self.profile.name)

    def source(
        self, time: str | None = None, where: str | None = None, **more: object
    ) -> dict[str, object]:
        """The body of a source that reads this table, dated by `time` or by the table's own time.

        `where` narrows the rows that count further.
        """
        body: dict[str, object] = {"table": self.profile.name}
        if self.lookup:
            body["lookup"] = self.lookup
        body |= {"key": self.key, "time": time or self.times.time}
        if self.times.recorded and time is None:
            body["recorded"] = self.times.recorded
        if self.row_id is not None:
            body["id"] = self.row_id
        conditions = [condition for condition in (self.where, where) if condition]
        if conditions:
            body["where"] = (
                conditions[0]
                if len(conditions) == 1
                else " and ".join(f"({condition})" for condition in conditions)
            )
        return body | {key: value for key, value in more.items() if value is not None}

    def first(self, *roles: Role) -> ColumnProfile | None:
        """The first column with one of the roles whose values differ."""
        return next((column for column in self._with_role(*roles) if not column.constant), None)

    def number(self, *roles: Role) -> ColumnProfile | None:
        """The first column of numbers with one of the roles, preferably with different values.

        A constant amount will do: 50 for each of three orders still adds up to 150.
        """
        numbers = [
            column for column in self._with_role(*roles) if column.is_number and column.filled
        ]
        return next(
            (column for column in numbers if not column.constant), numbers[0] if numbers else None
        )

    def boolean(self, role: Role) -> ColumnProfile | None:
        """The first column of yes and no with the role that a condition can name."""
        return next(
            (
                c
                for c in self._with_role(role)
                if c.type == "bool" and not c.constant and is_plain(c.name)
            ),
            None,
        )

    def date(self, role: Role) -> str | None:
        """The name of the date column with the role."""
        return date_column(self.profile, role)

    def id_column(self, role: Role) -> str | None:
        """The name of a column of ids that hardly ever repeat; with it a row counts once."""
        if self.row_id is not None:
            return self.row_id
        ids = (
            column
            for column in self.profile.with_role(role)
            if column.can_be_key
            and column.distinct >= 0.8 * column.filled > 0
            and column.share_filled > 0.99
        )
        return next((column.name for column in ids), None)

    def _with_role(self, *roles: Role) -> tuple[ColumnProfile, ...]:
        """The columns with one of the roles that measures may read."""
        return tuple(c for c in self.profile.with_role(*roles) if c.name not in self.leaks)


def classify_table(table: TableProfile, key: str | None) -> Kind:
    """What kind of rows a table holds."""
    words = normalise(table.name).split()
    has_time = bool(table.times)
    if not has_time:
        return "entity"
    if any(word in words for word in _ENDINGS):
        return "endings"
    if date_column(table, "due") and table.with_role("amount", "recurring"):
        return "invoices"
    if date_column(table, "closed") or (
        table.with_role("priority", "ticket_id") and date_column(table, "opened", "time")
    ):
        return "tickets"
    unique = key is not None and table.has(key) and table.column(key).unique
    if unique and not table.with_role("quantity", "document", "event_id"):
        return "entity"
    if table.with_role("recurring") and date_column(table, "started"):
        return "contracts"
    if _has_numbers(table, "amount") or (
        _has_numbers(table, "quantity")
        and (_has_numbers(table, "price") or table.with_role("document"))
    ):
        return "orders"
    if _has_numbers(table, "price") and table.with_role("document"):
        return "orders"
    return "answers" if _has_numbers(table, "score") else "usage"


def _has_numbers(table: TableProfile, role: Role) -> bool:
    return any(column.is_number and column.filled for column in table.with_role(role))
