"""From raw rows to facts: which rows count, when they became known, when they ended.

The order of decisions: rows without a time aren't facts; the lookup is joined; columns are
computed; of rows with the same id the first recorded stays; the source's `where`; rows without a
key belong to no entity. Days are ordinals (`datetime.date.toordinal`) in the model's zone.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from . import conditions
from .table import Row, Table

SOURCE_KINDS = (
    "count",
    "count_distinct",
    "active_days",
    "sum",
    "mean",
    "median",
    "min",
    "max",
    "latest",
    "share",
    "days_since",
    "oldest_open",
    "median_gap",
    "trend",
)
UTC = dt.UTC


def day(value: dt.date, zone: ZoneInfo) -> int:
    """The local day of a date, a local time or an instant."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(zone)
    return value.toordinal()


def instant(value: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The point in time of a date (its local midnight), a local time or an instant.

    A local time that clocks show twice, or never, is taken as the later of its two readings.
    """
    if not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day)
    if value.tzinfo is not None:
        return value.astimezone(UTC)
    return max(value.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def comparable(values: list[Any], zone: ZoneInfo) -> list[Any]:
    """Times in one form that can be ordered: as written, unless only some of them have an offset."""
    whole = [
        value
        if value is None or isinstance(value, dt.datetime)
        else dt.datetime(value.year, value.month, value.day)
        for value in values
    ]
    aware = {value.tzinfo is not None for value in whole if value is not None}
    return (
        whole
        if len(aware) < 2
        else [None if value is None else instant(value, zone) for value in whole]
    )


def key_text(value: Any) -> str | None:
    """A key as text, so that the same key matches whatever its type: 17, 17.0 and '17' are equal.

    >>> key_text(17.0), key_text("17"), key_text(float("nan"))
    ('17', '17', None)
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def rank(row: Row, columns: list[str], zone: ZoneInfo) -> tuple:
    """What rows are ordered by: their values in order of column name, nulls last."""
    return tuple(rank_of(row.get(name), zone) for name in columns)


def rank_of(value: Any, zone: ZoneInfo) -> tuple:
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return (0, value.astimezone(UTC))
    value = conditions.seen(value, zone)
    return (1,) if value is None else (0, value)


# ---------------------------------------------------------------- which columns the model names


def measures_of(model: dict) -> dict[str, dict]:
    """Every input and measure by name, in file order."""
    result = dict(model.get("inputs") or {})
    for dimension in model["dimensions"].values():
        result.update(dimension["measures"])
    return result


def kind_of(measure: dict) -> str:
    return next(kind for kind in (*SOURCE_KINDS, "value", "formula") if kind in measure)


def source_of(measure: dict) -> tuple[str | None, str | None]:
    """The source and the column a measure reads.

    >>> source_of({"sum": "invoices.amount"})
    ('invoices', 'amount')
    """
    kind = kind_of(measure)
    if kind not in SOURCE_KINDS:
        return None, None
    source, _, column = measure[kind].partition(".")
    return source, column or None


def group_of(source: dict) -> str | None:
    words = str(source.get("until") or "").split()
    return words[1] if len(words) == 2 and words[0] == "next" else None


def names_of(source: dict, name: str, model: dict) -> set[str]:
    """Every raw column the model names for a source: in its own settings and in everything that
    reads it.
    """
    result = {
        source[part]
        for part in ("key", "time", "id", "recorded", "until_recorded")
        if source.get(part)
    }
    until = source.get("until")
    result |= (
        {group_of(source)} - {None} if until and until.split()[0] == "next" else {until} - {None}
    )
    texts = [source.get("where"), *(source.get("columns") or {}).values()]
    for measure in measures_of(model).values():
        of, column = source_of(measure)
        if of == name:
            result |= {column, measure.get("weighted_by")} - {None}
            texts += [measure.get("where"), measure.get("of")]
    for text in texts:
        result |= conditions.names(conditions.parse(text)) if text else set()
    return result - set(source.get("columns") or {}) - {"open_days"}


def named_columns(model: dict, tables: dict[str, Table], name: str) -> tuple[list[str], list[str]]:
    """The raw columns that a source reads of its own table and of its lookup's, sorted."""
    source = model["sources"][name]
    lookup = source.get("lookup")
    read = names_of(source, name, model)
    if not lookup:
        return sorted(read & set(tables[source["table"]].columns)), []
    read |= {lookup["on"]} | ({lookup["time"]} if lookup.get("time") else set())
    return (
        sorted(read & set(tables[source["table"]].columns)),
        sorted(read & set(tables[lookup["table"]].columns)),
    )


# ---------------------------------------------------------------- facts


@dataclass
class Fact:
    """One row that counts. `row` is as conditions read it, `raw` as it is in the table."""

    entity: str | None
    begun: int
    known: int
    order: tuple[Any, Any]  # time, recorded: what comes later
    row: Row
    raw: Row
    ended: int | None = None  # of an `until` column
    end_known: int | None = None  # the day on which the end became known
    group: Any = None  # of `until: next GROUP`

    def odd(self, name: str) -> bool:
        return is_odd(self.raw.get(name))


def is_odd(value: Any) -> bool:
    """A number that isn't finite."""
    return isinstance(value, float) and not math.isfinite(value)


@dataclass
class Facts:
    """The facts of one source."""

    source: dict
    every: list[Fact]
    by_entity: dict[Any, list[Fact]] = field(default_factory=dict)

    @property
    def next_ends(self) -> bool:
        return str(self.source.get("until") or "").split()[:1] == ["next"]

    def end(self, fact: Fact, at: int) -> int | None:
        """The day on which a fact ended, as far as known on day `at`; None while it is open."""
        if self.next_ends:
            return self.end_by_next(fact, at)
        if fact.ended is None or fact.ended >= at:
            return None
        return fact.ended if fact.end_known is None or fact.end_known < at else None

    def end_by_next(self, fact: Fact, at: int) -> int | None:
        grouped = group_of(self.source) is not None
        if grouped and fact.group is None:
            return None
        later = [
            other
            for other in self.by_entity[fact.entity]
            if other.known < at
            and other.order > fact.order
            and (not grouped or other.group == fact.group)
        ]
        return min(later, key=lambda other: other.order).begun if later else None


def looked_up(
    row: Row, lookup: dict, candidates: list[Row], columns: list[str], time: Any, zone: ZoneInfo
) -> Row:
    """The row of the other table that belongs to a row, or None."""
    if lookup.get("time"):
        since = lookup["time"]
        pairs = [
            (comparable([other[since], time], zone), other)
            for other in candidates
            if other[since] is not None
        ]
        stood = [(began, other) for (began, now), other in pairs if began <= now]
        newest = max((began for began, _ in stood), default=None)
        candidates = [other for began, other in stood if began == newest]
    return min(candidates, key=lambda other: rank(other, columns, zone), default={})


class Reader:
    """Reads the sources of one model from raw tables."""

    def __init__(self, model: dict, tables: dict[str, Table]) -> None:
        self.model, self.tables = model, tables
        self.zone = ZoneInfo(model.get("timezone", "UTC"))

    def read(self, name: str) -> Facts:
        source = self.model["sources"][name]
        own, other = named_columns(self.model, self.tables, name)
        rows = [row for row in self.tables[source["table"]].rows if row[source["time"]] is not None]
        whole = [self.complete(row, source, other) for row in rows]
        facts = [
            self.fact(raw, observed, source)
            for raw, observed in self.first_of_each_id(whole, source, own)
        ]
        kept = conditions.parse(source["where"]) if source.get("where") else None
        facts = [
            fact
            for fact in facts
            if conditions.holds(kept, fact.row.get, fact.odd) and fact.entity is not None
        ]
        result = Facts(source, facts)
        for fact in facts:
            result.by_entity.setdefault(fact.entity, []).append(fact)
        return result

    def complete(self, row: Row, source: dict, columns: list[str]) -> tuple[Row, Row]:
        """The row with its looked-up columns as they are, and the same as conditions read it, with
        computed ones.
        """
        raw = dict(row)
        if lookup := source.get("lookup"):
            on = key_text(row.get(lookup["on"]))
            matching = [] if on is None else self.partners(lookup).get(on, [])
            result = looked_up(row, lookup, matching, columns, row[source["time"]], self.zone)
            own = self.tables[source["table"]].columns
            raw.update({name: result.get(name) for name in columns if name not in own})
        observed = {name: conditions.seen(value, self.zone) for name, value in raw.items()}
        for name, text in (source.get("columns") or {}).items():
            evaluation = conditions.Evaluation(observed.get, lambda other: is_odd(raw.get(other)))
            observed[name] = conditions.seen(evaluation.whole(conditions.parse(text)), self.zone)
            raw[name] = math.nan if evaluation.not_finite else observed[name]
        return raw, observed

    def partners(self, lookup: dict) -> dict[str, list[Row]]:
        result: dict[str, list[Row]] = {}
        for other in self.tables[lookup["table"]].rows:
            on = key_text(other.get(lookup["on"]))
            if on is not None:
                result.setdefault(on, []).append(other)
        return result

    def first_of_each_id(
        self,
        whole: list[tuple[Row, Row]],
        source: dict,
        columns: list[str],
    ) -> list[tuple[Row, Row]]:
        """The row of each id that was known first. A row recorded before its time is known at its
        time.
        """
        if not source.get("id"):
            return whole
        kept, groups = [], {}
        for raw, observed in whole:
            identity = key_text(raw.get(source["id"]))
            if identity is None:
                kept.append((raw, observed))
            else:
                groups.setdefault(identity, []).append((raw, observed))

        def early(pair: tuple[Row, Row]) -> tuple:
            return (
                self.known(pair[0], source),
                self.order(pair[0], source)[0],
                rank(pair[0], columns, self.zone),
            )

        return kept + [min(same, key=early) for same in groups.values()]

    def recorded(self, raw: Row, source: dict) -> Any:
        """When a row was recorded; a row without that is taken as recorded at its time."""
        value = raw.get(source["recorded"]) if source.get("recorded") else None
        return raw[source["time"]] if value is None else value

    def known(self, raw: Row, source: dict) -> Any:
        time, recorded = self.order(raw, source)
        return max(
            comparable([raw[source["time"]] if self.mixed(source) else time, recorded], self.zone)
        )

    def order(self, raw: Row, source: dict) -> tuple[Any, Any]:
        """Time and recorded in forms that can be compared with those of other rows."""
        time, recorded = raw[source["time"]], self.recorded(raw, source)
        if self.mixed(source):
            recorded = instant(recorded, self.zone)
        return comparable([time], self.zone)[0], comparable([recorded], self.zone)[0]

    def mixed(self, source: dict) -> bool:
        """Whether only one of time and recorded has an offset."""
        columns = self.tables[source["table"]].columns
        kinds = {
            columns[name] == "instant" for name in (source["time"], source.get("recorded")) if name
        }
        return len(kinds) > 1

    def fact(self, raw: Row, observed: Row, source: dict) -> Fact:
        begun = day(raw[source["time"]], self.zone)
        recorded = raw.get(source["recorded"]) if source.get("recorded") else None
        known = begun if recorded is None else max(begun, day(recorded, self.zone))
        fact = Fact(
            key_text(raw.get(source["key"])), begun, known, self.order(raw, source), observed, raw
        )
        until = source.get("until")
        if until and until.split()[0] != "next":
            end = raw.get(until)
            document = raw.get(source["until_recorded"]) if source.get("until_recorded") else None
            fact.ended = None if end is None else day(end, self.zone)
            fact.end_known = None if document is None else day(document, self.zone)
        elif until:
            fact.group = key_text(raw.get(group_of(source))) if group_of(source) else None
        return fact
