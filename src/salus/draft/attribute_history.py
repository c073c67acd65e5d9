"""Proposes `entity.history` from a history of the customers' fields, as a CRM exports it, or from dated
copies of their list.

A field is an attribute if both have the same name, or the same meaning for the tool, and if the last
change of most customers gives today's value. Other fields are left out, and named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pyarrow as pa

from salus.draft.dated_copies import copied_attributes
from salus.draft.exports import recognise
from salus.draft.headers import fold, normalise
from salus.draft.kinds.entity_table import list_names
from salus.draft.lines import Body, KeyBody
from salus.draft.links import plain_name
from salus.draft.picture import CustomersPicture, TablePicture
from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.roles.columns import column_meanings
from salus.draft.roles.concepts import says
from salus.facts.data_end import find_data_end, load_days
from salus.facts.field_changes import AttributesToday, ChangeTimeline, sort_changes
from salus.facts.population import select_changes, select_current
from salus.facts.sql.columns import ENTITY
from salus.facts.sql.relation import FAR
from salus.model.expressions.conditions import parse
from salus.model.expressions.expression import find_names
from salus.model.model import Model
from salus.model.source import AttributeHistory, Entity, FieldChanges
from salus.periods.day import day_number
from salus.sources.connection import Connection

AGREE = 0.8  # the share of customers whose last change gives today's value
_ENDINGS = ("id", "c")  # of a field's name: OwnerId, Plan__c


@dataclass(frozen=True)
class HistoryDraft:
    """The body of `history` and its comment, and notes on fields that are left out."""

    body: Body | None = None
    why: str = ""
    left_out: tuple[str, ...] = ()


NO_HISTORY = HistoryDraft()


@dataclass(frozen=True)
class FieldTable:
    """A history of the customers' fields: its picture and its columns."""

    table: TablePicture
    field: ColumnProfile
    value: ColumnProfile
    before: ColumnProfile | None

    @classmethod
    def of(cls, table: TablePicture) -> FieldTable | None:
        """The columns of a history; None if one that is needed is missing."""
        field, value, before = (
            _column(table.profile, meaning) for meaning in ("field", "new_value", "old_value")
        )
        return None if field is None or value is None else cls(table, field, value, before)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that changed."""
        return tuple(sorted(self.field.frequent_values))


@dataclass(frozen=True)
class HistoryProposals:
    """Compares histories of fields with the attributes of a model.

    `probe`: a model that has each table as a source, so that its rows lead to customers.
    """

    connection: Connection
    probe: Model
    profile: TableProfile  # of the customers' table
    customers: CustomersPicture
    attributes: Sequence[str]
    today: dt.date

    def draft(self, tables: Sequence[TablePicture], keys: Mapping[str, KeyBody]) -> HistoryDraft:
        """The history with the most attributes, and notes on the fields of all histories."""
        best, notes = HistoryDraft(), []
        for table in tables:
            history = FieldTable.of(table) if self._is_of_customers(table, keys) else None
            if history is None or table.time is None:
                continue
            names, reasons = self._fields(history)
            notes += [f"table {table.name}, {reason}" for reason in reasons]
            if len(names) > len(_fields_of(best.body)):
                body = _body(history, keys[table.name], names)
                best = HistoryDraft(body, _describe(names, history))
        for table in tables:
            if table.role != "copies" or table.name not in keys or table.time is None:
                continue
            reason = self._refuse_copies(table, best)
            if reason is not None:
                notes.append(
                    f"table {table.name} holds dated copies of {self.profile.name}: {reason}"
                )
                continue
            copied = copied_attributes(table.profile, self.profile, self.attributes)
            body = {"table": table.name, "key": keys[table.name], "time": table.time}
            best = HistoryDraft(body, _describe_copies(copied))
        return replace(best, left_out=tuple(notes))

    def _refuse_copies(self, table: TablePicture, best: HistoryDraft) -> str | None:
        """Why copies are no history of the attributes; None if they are."""
        if best.body is not None:
            return f"the history of attributes is in {best.body['table']}"
        customers = self.customers
        deciding = find_names(parse(customers.where)) if customers.where else set()
        deciding |= {name for name in (customers.starts, customers.ends) if name is not None}
        copied = sorted(name for name in deciding if table.profile.has(name))
        if copied:
            return f"{list_names(copied)} says who is a customer, also before the first copy"
        if not copied_attributes(table.profile, self.profile, self.attributes):
            return "no column is an attribute of the model, of the same kind"
        return self._stopped(table)

    def _stopped(self, table: TablePicture) -> str | None:
        """That the copies stopped, so that the newest one isn't how things are today."""
        sources = load_days(self.probe, self.connection)
        end = find_data_end(sources, self.today).midnight
        tables = {name: source.table for name, source in self.probe.sources.items()}
        days = next((each.days for each in sources if tables[each.source] == table.name), [])
        known = [day for day in days if end is not None and day < end]
        if end is None or len(known) < 2:
            return None
        longest = max(after - before for before, after in pairwise(known))
        if end - known[-1] <= 2 * longest:
            return None
        return f"the newest copy is of {known[-1]}, too old for values of {end}"

    def _is_of_customers(self, table: TablePicture, keys: Mapping[str, KeyBody]) -> bool:
        if table.role != "field_history" or table.name not in keys or not table.ways:
            return False
        steps = table.ways[0].steps
        return not steps or steps[0].target_table == self.customers.table

    def _fields(self, history: FieldTable) -> tuple[dict[str, str], list[str]]:
        """The attributes with the names of their fields, and why other fields are left out."""
        names = {
            attribute: field
            for field in history.fields
            for attribute in self.attributes
            if self._is_same(field, attribute)
        }
        others = sorted(set(history.fields) - set(names.values()))
        reasons = (
            [f"changes of {list_names(others)}: the model reads none of these fields"]
            if others
            else []
        )
        if history.table.where is not None and names:
            return {}, [
                *reasons,
                f"{list_names(list(names.values()))}: some of its rows don't count",
            ]
        kept: dict[str, str] = {}
        for attribute, same, total in self._agreement(history, names) if names else ():
            if total and same >= AGREE * total:
                kept[attribute] = names[attribute]
            else:
                reasons.append(
                    f"`{names[attribute]}`: the last change gives today's `{attribute}` for only"
                    f" {same} of {total} {self.probe.entity.names}"
                )
        return kept, reasons

    def _is_same(self, field: str, attribute: str) -> bool:
        if _plain(field) == _plain(attribute):
            return True
        if attribute == self.customers.owner and says(field, "owner"):
            return True
        export = recognise(self.profile)
        return export is not None and bool(
            set(export.meanings(field)) & set(export.meanings(attribute))
        )

    def _agreement(
        self, history: FieldTable, names: Mapping[str, str]
    ) -> Iterator[tuple[str, int, int]]:
        """For each attribute the customers with the value of the last change, and all with a change."""
        source = next(
            each for each in self.probe.sources.values() if each.table == history.table.name
        )
        changes = FieldChanges(
            history.field.name, history.value.name, tuple(sorted(names.items())), None
        )
        own = self.probe.entity
        kept = AttributeHistory(source.table, source.time, None, source.key, source.keys, changes)
        entity = Entity(
            name=own.name, key=own.key, table=own.table, where=own.where, history=kept,
            attributes=tuple(names),
        )  # fmt: skip
        model = replace(self.probe, entity=entity)
        rows = select_changes(model, self.connection, day_number(FAR))
        today = self.connection.query(select_current(model, self.connection))
        ids = tuple(today[ENTITY].cast(pa.string()).to_pylist())
        assert rows is not None
        changed = sort_changes(self.connection.query(rows), ids)
        timeline = ChangeTimeline(changed, AttributesToday(ids, today, model.timezone))
        for attribute, field in names.items():
            yield attribute, *timeline.agreement(attribute, field)


def _column(profile: TableProfile, meaning: str) -> ColumnProfile | None:
    columns = (
        column
        for column in profile.columns
        if column.filled and meaning in column_meanings(profile, column.name)
    )
    return next(columns, None)


def _plain(name: str) -> str:
    """A name without signs and without the endings of a CRM.

    >>> _plain("OwnerId") == _plain("Owner"), _plain("Plan__c"), _plain("Number of Employees")
    (True, 'plan', 'numberofemployees')
    """
    words = [fold(word) for word in normalise(name).split()]
    while len(words) > 1 and words[-1] in _ENDINGS:
        words.pop()
    return "".join(words)


def _fields_of(body: Body | None) -> Mapping[str, object]:
    fields = (body or {}).get("fields")
    return fields if isinstance(fields, Mapping) else {}


def _body(history: FieldTable, key: KeyBody, names: Mapping[str, str]) -> Body:
    columns = {
        "field": history.field.name,
        "value": history.value.name,
        "before": history.before.name if history.before else None,
    }
    time = history.table.time
    body: dict[str, object] = {"table": history.table.name, "key": key, "time": time}
    body |= {name: plain_name(column) for name, column in columns.items() if column}
    return {**body, "fields": dict(sorted(names.items()))}


def _describe_copies(names: Sequence[str]) -> str:
    listed = list_names(sorted(names))
    return f"{listed} as in the newest copy on each date; without a value before the first copy"


def _describe(names: Mapping[str, str], history: FieldTable) -> str:
    listed = list_names(sorted(names))
    if history.before is None:
        return f"{listed} as known on each date; without a value before the first row"
    return f"{listed} as known on each date; where no change is recorded, today's value is used"
