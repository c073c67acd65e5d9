"""Finds columns of a database that hold times as texts, or as numbers since 1970."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from salus.draft.column_uses import FIRST, LAST, is_named_time
from salus.draft.kinds.entity_table import list_names
from salus.facts.sql.dialect import SQL, call, text
from salus.facts.sql.time_forms import whole_pattern, with_times
from salus.sources.connection import Connection
from salus.sources.table import TableColumn
from salus.sources.time_forms import FORMS, UNITS, TimeForm, Times, read_form

ENOUGH = 0.99  # share of values that must be times
_NUMBERS = ("integer", "number")
_TEXT_FORMS = tuple(
    form for form in map(read_form, FORMS) if form is not None and form.unit is None
)


@dataclass(frozen=True)
class DatabaseTimes:
    """The columns that are read as times, and notes: on them, and on texts that could be two days."""

    times: Times
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def settings(self) -> dict[str, dict[str, str]]:
        """The section `[times]` of `salus.toml`."""
        return {
            table: {column: form.text for column, form in forms.items()}
            for table, forms in self.times.items()
        }


def find_times(connection: Connection) -> DatabaseTimes:
    """Every column whose values are times in one form. A date such as 03/04/2025 is read only if the
    column shows whether the day or the month comes first.
    """
    times: dict[str, dict[str, TimeForm]] = {}
    guessed: list[str] = []
    left_out: list[str] = []
    for table in connection.tables():
        columns = _Columns(connection, table)
        for name, forms in columns.candidates():
            whole = [form for form in forms if columns.share(name, form) >= ENOUGH]
            if len({form.order for form in whole}) > 1:
                left_out.append(
                    f"table {table}: in `{name}` the day or the month may come first; write"
                    f' [times.{table}] and "{name}" = "dmy" or "mdy" into salus.toml'
                )
            elif whole:
                times.setdefault(table, {})[name] = whole[0]
        if table in times:
            read = times[table]
            guessed.append(
                f"table {table}: {list_names(list(read))} {'is' if len(read) == 1 else 'are'} read as"
                " times; see [times] in salus.toml"
            )
    return DatabaseTimes(times, tuple(guessed), tuple(left_out))


@dataclass(frozen=True)
class _Columns:
    """The columns of one table that may hold times."""

    connection: Connection
    table: str

    def candidates(self) -> Iterator[tuple[str, list[TimeForm]]]:
        """Columns with the forms that their least and greatest value have, the plainest first."""
        columns = [
            column
            for column in self.connection.columns(self.table)
            if column.type == "text" or (column.type in _NUMBERS and is_named_time(column.name))
        ]
        if not columns:
            return
        selects: list[SQL] = []
        for place, column in enumerate(columns):
            value = _filled(column)
            selects += [
                exp.Min(this=value).as_(f"low_{place}"),
                exp.Max(this=value.copy()).as_(f"high_{place}"),
            ]
        query = exp.select(*selects).from_(self.connection.table(self.table))
        row = self.connection.query(query).to_pylist()[0]
        for place, column in enumerate(columns):
            low, high = row[f"low_{place}"], row[f"high_{place}"]
            forms = [] if low is None else _possible(column, low, high)
            if forms:
                yield column.name, forms

    def share(self, name: str, form: TimeForm) -> float:
        """The share of values that are times of this form."""
        timed = with_times(self.connection, {self.table: {name: form}}, lambda _: {name})
        column = next(c for c in self.connection.columns(self.table) if c.name == name)
        rows = self.connection.table(self.table)
        filled = exp.select(exp.Count(this=_filled(column)).as_("n")).from_(rows)
        value = exp.Count(this=exp.column(name, quoted=True)).as_("n")
        times = exp.select(value).from_(timed.table(self.table))
        counts = [self.connection.query(each)["n"][0].as_py() for each in (filled, times)]
        return float(counts[1] / counts[0]) if counts[0] else 0.0


def _filled(column: TableColumn) -> SQL:
    """The values of a column, null if they are blank."""
    value = exp.column(column.name, quoted=True)
    return call("nullif", call("trim", value), text("")) if column.type == "text" else value


def _possible(column: TableColumn, low: Any, high: Any) -> list[TimeForm]:
    """The forms that both values have."""
    if column.type == "text":
        return [
            form
            for form in _TEXT_FORMS
            if all(re.search(whole_pattern(form), str(value)) for value in (low, high))
        ]
    units: Mapping[str, int] = {"seconds": 1, "milliseconds": 1_000, "microseconds": 1_000_000}
    return [
        TimeForm(unit=unit)
        for unit in UNITS
        if FIRST * units[unit] <= low <= high < LAST * units[unit]
    ]
