"""From raw rows to facts: which rows count, when they became known, when they ended.

The order of decision: rows without a time are no facts; the lookup is joined; columns are computed; of rows with the
same id the first recorded stays; the source's `where`; rows without a key belong to nobody. Days are ordinals
(`datetime.date.toordinal`) of the model's zone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from . import conditions
from .table import Row, Table

SOURCE_KINDS = ("count", "count_distinct", "active_days", "sum", "mean", "median", "min", "max", "latest", "share",
                "days_since", "oldest_open", "median_gap", "trend")
UTC = dt.timezone.utc


def day(value: dt.date, zone: ZoneInfo) -> int:
    """The local day of a date, a local time or an instant."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(zone)
    return value.toordinal()


def instant(value: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The point in time of a date (its local midnight), a local time or an instant: what times are ordered by."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day)
    return (value if value.tzinfo is not None else value.replace(tzinfo=zone)).astimezone(UTC)


def rank(row: Row, columns: list[str], zone: ZoneInfo) -> tuple:
    """What makes one row smaller than another: its values in order of column name, nulls last."""
    return tuple(rank_of(row.get(name), zone) for name in columns)


def rank_of(value: Any, zone: ZoneInfo) -> tuple:
    value = instant(value, zone) if isinstance(value, dt.date) else conditions.seen(value, zone)
    return (1,) if value is None else (0, value)


# ---------------------------------------------------------------- which columns the model names


def measures_of(model: dict) -> dict[str, dict]:
    """Every input and measure by name, in file order."""
    found = dict(model.get("inputs") or {})
    for dimension in model["dimensions"].values():
        found.update(dimension["measures"])
    return found


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
    """Every raw column the model names for a source: its own settings and whatever reads it."""
    found = {source[part] for part in ("key", "time", "id", "recorded", "until_recorded") if source.get(part)}
    until = source.get("until")
    found |= {group_of(source)} - {None} if until and until.split()[0] == "next" else {until} - {None}
    texts = [source.get("where"), *(source.get("columns") or {}).values()]
    for measure in measures_of(model).values():
        of, column = source_of(measure)
        if of == name:
            found |= {column, measure.get("weighted_by")} - {None}
            texts += [measure.get("where"), measure.get("of")]
    for text in texts:
        found |= conditions.names(conditions.parse(text)) if text else set()
    return found - set(source.get("columns") or {}) - {"open_days"}


def named_columns(model: dict, tables: dict[str, Table]) -> dict[str, list[str]]:
    """Per table the raw columns the model names anywhere, sorted."""
    found: dict[str, set[str]] = {name: set() for name in tables}
    for name, source in (model.get("sources") or {}).items():
        named, own = names_of(source, name, model), tables[source["table"]].columns
        found[source["table"]] |= {column for column in named if column in own}
        if lookup := source.get("lookup"):
            other = tables[lookup["table"]].columns
            found[source["table"]] |= {lookup["on"]}
            found[lookup["table"]] |= {column for column in named if column in other and column not in own}
            found[lookup["table"]] |= {lookup["on"], *filter(None, [lookup.get("time")])}
    entity = model["entity"]
    attributes = set(entity.get("attributes") or [])
    if entity.get("table"):
        parts = ("key", "label", "owner", "value", "starts", "ends")
        found[entity["table"]] |= {entity[part] for part in parts if entity.get(part)} | attributes
    if history := entity.get("history"):
        found[history["table"]] |= {entity["key"], history["time"], *filter(None, [history.get("recorded")])}
        found[history["table"]] |= attributes & set(tables[history["table"]].columns)
    return {name: sorted(columns) for name, columns in found.items()}


# ---------------------------------------------------------------- facts


@dataclass
class Fact:
    """One row that counts. `row` is as conditions see it, `raw` as it stands in the table."""

    entity: Any
    begun: int
    known: int
    order: tuple[dt.datetime, dt.datetime]           # time, recorded: what comes later
    row: Row
    raw: Row
    ended: int | None = None                         # of an `until` column
    end_known: int | None = None                     # the day on which the end became known
    group: Any = None                                # of `until: next GROUP`


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
        """The day on which a fact ended, as far as known at day `at`; None while it is open."""
        if self.next_ends:
            return self.end_by_next(fact, at)
        if fact.ended is None or fact.ended >= at:
            return None
        return fact.ended if fact.end_known is None or fact.end_known < at else None

    def end_by_next(self, fact: Fact, at: int) -> int | None:
        grouped = group_of(self.source) is not None
        if grouped and fact.group is None:
            return None
        later = [other for other in self.by_entity[fact.entity]
                 if other.known < at and other.order > fact.order and (not grouped or other.group == fact.group)]
        return min(later, key=lambda other: other.order).begun if later else None


def looked_up(row: Row, lookup: dict, candidates: list[Row], columns: list[str], time: Any, zone: ZoneInfo) -> Row:
    """The one row of the other table that belongs to a row, or nothing."""
    if lookup.get("time"):
        stood = [other for other in candidates
                 if other[lookup["time"]] is not None
                 and instant(other[lookup["time"]], zone) <= instant(time, zone)]
        newest = max((instant(other[lookup["time"]], zone) for other in stood), default=None)
        candidates = [other for other in stood if instant(other[lookup["time"]], zone) == newest]
    return min(candidates, key=lambda other: rank(other, columns, zone), default={})


class Reader:
    """Reads the sources of one model from raw tables."""

    def __init__(self, model: dict, tables: dict[str, Table]) -> None:
        self.model, self.tables = model, tables
        self.zone = ZoneInfo(model.get("timezone", "UTC"))
        self.named = named_columns(model, tables)

    def read(self, name: str) -> Facts:
        source = self.model["sources"][name]
        rows = [row for row in self.tables[source["table"]].rows if row[source["time"]] is not None]
        whole = [self.complete(row, source) for row in rows]
        facts = [self.fact(raw, seen, source) for raw, seen in self.first_of_each_id(whole, source)]
        kept = conditions.parse(source["where"]) if source.get("where") else None
        facts = [fact for fact in facts if conditions.holds(kept, fact.row.get) and fact.entity is not None]
        found = Facts(source, facts)
        for fact in facts:
            found.by_entity.setdefault(fact.entity, []).append(fact)
        return found

    def complete(self, row: Row, source: dict) -> tuple[Row, Row]:
        """The row with its looked-up columns as they stand, and the same as conditions see it, with computed ones."""
        raw = dict(row)
        if lookup := source.get("lookup"):
            on = conditions.seen(row.get(lookup["on"]), self.zone)
            matching = [other for other in self.tables[lookup["table"]].rows
                        if on is not None and conditions.seen(other.get(lookup["on"]), self.zone) == on]
            columns = self.named[lookup["table"]]
            found = looked_up(row, lookup, matching, columns, row[source["time"]], self.zone)
            own = self.tables[source["table"]].columns
            raw.update({name: value for name, value in found.items() if name not in own})
        seen = {name: conditions.seen(value, self.zone) for name, value in raw.items()}
        for name, text in (source.get("columns") or {}).items():
            value = conditions.seen(conditions.evaluate(conditions.parse(text), seen.get), self.zone)
            seen[name] = raw[name] = value
        return raw, seen

    def first_of_each_id(self, whole: list[tuple[Row, Row]], source: dict) -> list[tuple[Row, Row]]:
        if not source.get("id"):
            return whole
        kept, groups = [], {}
        for raw, seen in whole:
            identity = seen.get(source["id"])
            if identity is None:
                kept.append((raw, seen))
            else:
                groups.setdefault(identity, []).append((raw, seen))
        columns = self.named[source["table"]]
        return kept + [min(same, key=lambda pair: (self.recorded(pair[0], source),
                                                   instant(pair[0][source["time"]], self.zone),
                                                   rank(pair[0], columns, self.zone)))
                       for same in groups.values()]

    def recorded(self, raw: Row, source: dict) -> dt.datetime:
        """When a row was recorded; one without is taken as recorded at its time."""
        value = raw.get(source["recorded"]) if source.get("recorded") else None
        return instant(raw[source["time"]] if value is None else value, self.zone)

    def fact(self, raw: Row, seen: Row, source: dict) -> Fact:
        begun = day(raw[source["time"]], self.zone)
        recorded = raw.get(source["recorded"]) if source.get("recorded") else None
        known = begun if recorded is None else max(begun, day(recorded, self.zone))
        order = (instant(raw[source["time"]], self.zone), self.recorded(raw, source))
        fact = Fact(seen.get(source["key"]), begun, known, order, seen, raw)
        until = source.get("until")
        if until and until.split()[0] != "next":
            end = raw.get(until)
            told = raw.get(source["until_recorded"]) if source.get("until_recorded") else None
            fact.ended = None if end is None else day(end, self.zone)
            fact.end_known = None if told is None else day(told, self.zone)
        elif until:
            fact.group = seen.get(group_of(source)) if group_of(source) else None
        return fact
