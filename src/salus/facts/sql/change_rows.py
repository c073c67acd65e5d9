"""Queries for the rows of the entity's history: those with attributes as columns, and those with the
change of one field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from salus.facts.sql.columns import (
    BEFORE,
    BEGUN,
    ENTITY,
    FIELD,
    KNOWN,
    LATER,
    RECORDED,
    TIME,
    VALUE,
)
from salus.facts.sql.dialect import SQL, Dialect, Type, call, cast, day_literal, dialect, text
from salus.facts.sql.expressions import Columns
from salus.facts.sql.links import KeyedTable, keyed_table
from salus.facts.sql.relation import column
from salus.facts.sql.sql_helpers import open_end
from salus.model.model import Model
from salus.model.source import AttributeHistory, FieldChanges
from salus.periods.day import date_of
from salus.sources.connection import Connection


@dataclass(frozen=True)
class ChangeRows:
    """The rows of the entity's history, with the days from which each is known."""

    model: Model
    history: AttributeHistory
    types: Mapping[str, Type]
    rows: exp.Table | exp.Subquery
    rules: Dialect

    @classmethod
    def of(cls, model: Model, connection: Connection, history: AttributeHistory) -> ChangeRows:
        keyed = KeyedTable(history.table, history.keys, history.time)
        rows, types = keyed_table(model, connection, keyed)
        return cls(model, history, types, rows, dialect(connection.dialect))

    @property
    def columns(self) -> Columns:
        """The columns of the table."""
        return Columns({**self.types}, self.rules, self.model.timezone)

    def select(self, *values: SQL) -> exp.Select:
        """Each row that has happened: its entity, its days, its rank, and more values."""
        history, name = self.history, self.model.entity.history_key
        day = self._day(history.time)
        ranks = [self.rules.micros(cast(column(history.time), "timestamp")).as_(TIME)]
        if history.recorded:
            late = self.rules.comparable(
                [(column(each), self.types[each]) for each in (history.recorded, history.time)],
                self.model.timezone,
            )
            ranks.append(
                self.rules.micros(cast(call("coalesce", *late), "timestamp")).as_(RECORDED)
            )
        return (
            exp.select(
                self.rules.key(column(name), self.types[name]).as_(ENTITY),
                day.as_(BEGUN),
                self.known.as_(KNOWN),
                *ranks,
                *values,
            )
            .from_(self.rows)
            .where(exp.not_(exp.Is(this=column(history.time), expression=exp.null())))
        )

    @property
    def known(self) -> SQL:
        """The day on which a row is known: that of its time, or the later one of its recording."""
        day = self._day(self.history.time)
        recorded = day.copy()
        if self.history.recorded:
            recorded = call("coalesce", self._day(self.history.recorded), day.copy())
        return call("greatest", day, recorded)

    def _day(self, name: str) -> SQL:
        return self.rules.day(column(name), self.types[name], self.model.timezone)


def select_wide_changes(rows: ChangeRows, names: list[str], last: int) -> exp.Select:
    """The rows known before `last`, with the attributes that are columns."""
    ends = rows.model.entity.ends
    values = [attribute_value(name, rows.columns, ends) for name in names]
    return rows.select(*values).where(exp.LT(this=rows.known, expression=_day_of(last)))


def select_field_changes(rows: ChangeRows, changes: FieldChanges, last: int) -> exp.Select:
    """The changes of the fields that the model names.

    With old values those known on or after `last` belong to them, marked as later: the old value of
    an attribute's first change is what was known before it.
    """
    field = cast(column(changes.field), "text")
    names = sorted({name for _, name in changes.names})
    later = exp.GTE(this=rows.known, expression=_day_of(last))
    values = [field.as_(FIELD), _plain(changes.value, rows.columns).as_(VALUE)]
    if changes.before:
        values.append(_plain(changes.before, rows.columns).as_(BEFORE))
    values.append(exp.paren(later.copy()).as_(LATER))
    select = rows.select(*values).where(
        exp.In(this=field.copy(), expressions=[text(name) for name in names])
    )
    return select if changes.before else select.where(exp.not_(exp.paren(later)))


def attribute_value(name: str, columns: Columns, ends: str | None) -> exp.Expr:
    """A column under its own name: times as local moments, numbers as doubles, text or truth. A
    null in `ends` means no end.
    """
    if columns.types[name] == "number":
        return cast(column(name), "double").as_(name, quoted=True)
    value = columns.value(name)
    sql = open_end(value.sql) if name == ends and value.kind in ("date", "moment") else value.sql
    return sql.as_(name, quoted=True)


def _plain(name: str, columns: Columns) -> SQL:
    """A column as text, or as its own kind if it isn't text."""
    if columns.types[name] == "number":
        return cast(column(name), "double")
    if columns.types[name] == "text":
        return cast(column(name), "text")
    return columns.value(name).sql


def _day_of(day: int) -> SQL:
    return day_literal(date_of(day).isoformat())
