"""Every kind of measure for one entity at one date, as the page of the language describes it, fact
by fact.

A value is a number, a truth value, a word or a moment; where it is missing there is a reason
instead. Days are ordinals. The code isn't fast; it is meant to be read beside the specification.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from . import conditions
from .contracts import Contract, is_customer, read_contracts, read_rates
from .contracts import value as value_of
from .facts import (
    Fact,
    Facts,
    Reader,
    comparable,
    day,
    instant,
    is_odd,
    key_text,
    kind_of,
    measures_of,
    source_of,
)
from .fields import field_value
from .reading import days, is_number, number
from .table import Row, Table

COUNTS = ("count", "count_distinct", "active_days", "sum", "oldest_open")  # 0 without facts


class Value(NamedTuple):
    """A value, or the reason why it is missing."""

    value: Any
    missing: str | None = None


def missing(reason: str) -> Value:
    return Value(None, reason)


# ---------------------------------------------------------------- numbers


def millionths(value: float) -> int:
    """A number in millionths, rounded to six decimals, half away from zero.

    >>> millionths(2.5), millionths(0.0000005), millionths(-0.0000005)
    (2500000, 1, -1)
    """
    exact = abs(Fraction(value * 1e6))
    whole = math.floor(exact + Fraction(1, 2))
    return whole if value >= 0 else -whole


def counted(value: Any) -> Fraction:
    """A value as sums count it; a truth value is 1 or 0."""
    return Fraction(millionths(float(value)), 10**6)


def middle(numbers: list) -> Any:
    """The median: the middle value, or the mean of the two middle values."""
    numbers = sorted(numbers)
    half = len(numbers) // 2
    return numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2


# ---------------------------------------------------------------- one model over its tables


class Measures:
    """Values of measures, inputs and attributes of every entity at any date."""

    def __init__(
        self, model: dict, tables: dict[str, Table], holidays: frozenset[dt.date] = frozenset()
    ) -> None:
        self.model, self.tables, self.holidays = model, tables, holidays
        self.reader = Reader(model, tables)
        self.zone = self.reader.zone
        self.named = measures_of(model)
        self.sources: dict[str, Facts] = {
            name: self.reader.read(name) for name in model.get("sources") or {}
        }
        self.remembered: dict[tuple, Value] = {}
        self.truths: dict[tuple, bool] = {}
        self.parsed: dict[str, conditions.Node] = {}
        self.deaths: dict[tuple[str, int], str | None] = {}

    # ------------------------------------------------------------ who is scored

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The entity's own table by key."""
        entity = self.model["entity"]
        if not entity.get("table"):
            return {}
        kept = conditions.parse(entity["where"]) if entity.get("where") else None
        return {
            key_text(row[entity["key"]]): row
            for row in self.tables[entity["table"]].rows
            if conditions.holds(
                kept,
                lambda name, row=row: conditions.seen(row.get(name), self.zone),
                lambda name, row=row: is_odd(row.get(name)),
            )
        }

    @cached_property
    def contracts(self) -> dict[str, list[Contract]]:
        return read_contracts(self.model["entity"]["contracts"], self.tables, self.zone)

    def worth(self, entity: str, at: int) -> float | None:
        """The value of the entity's contracts."""
        settings, target = self.model["entity"]["contracts"], self.model["entity"].get("currency")
        rates = read_rates(settings, self.tables, self.zone)
        return value_of(self.contracts.get(entity, []), settings, target or "", rates, at)

    def entities(self) -> list[str]:
        if self.model["entity"].get("table"):
            return sorted(self.rows)
        return sorted({fact.entity for facts in self.sources.values() for fact in facts.every})

    def scored(self, entity: str, at: int) -> bool:
        """Whether an entity is part of the population at `at`."""
        settings = self.model["entity"]
        if settings.get("active") and not self.active(entity, at):
            return False
        if settings.get("contracts"):
            own, gap = self.contracts.get(entity, []), settings["contracts"].get("gap", "30d")
            if not is_customer(own, days(gap), at):
                return False
        if not settings.get("table"):
            return any(
                fact.known < at
                for facts in self.sources.values()
                for fact in facts.by_entity.get(entity, [])
            )
        if settings.get("starts"):
            starts = self.attribute(settings["starts"], entity, at, ago=False).value
            if starts is None or starts.toordinal() >= at:
                return False
        if settings.get("ends"):
            ends = self.attribute(settings["ends"], entity, at, ago=False).value
            return ends is None or ends.toordinal() >= at
        return True

    def active(self, entity: str, at: int) -> bool:
        """Whether the newest fact known at `at` is recent enough."""
        settings = self.model["entity"]["active"]
        known = [
            fact.begun
            for fact in self.sources[settings["of"]].by_entity.get(entity, [])
            if fact.known < at
        ]
        return bool(known) and at - max(known) <= days(settings["within"])

    # ------------------------------------------------------------ attributes

    def attribute(self, name: str, entity: str, at: int, *, ago: bool) -> Value:
        """An attribute as it was known at `at` if its history is kept; else as it is today, and
        without `ago` only.
        """
        if name == "value" and "amount" in (self.model["entity"].get("contracts") or {}):
            worth = self.worth(entity, at)
            return missing("no facts") if worth is None else Value(worth)
        if name in self.fields:
            raw = self.field(name, entity, at)
        elif name in self.changing:
            row = self.last_row(entity, at)
            raw = None if row is None else row[name]
        elif ago:
            return missing("no facts")
        else:
            raw = self.rows[entity].get(name)
        value = conditions.seen(raw, self.zone)
        return (
            missing("not finite" if is_odd(raw) else "no facts") if value is None else Value(value)
        )

    @cached_property
    def changing(self) -> list[str]:
        """The attributes that the table of history has."""
        entity = self.model["entity"]
        history = entity.get("history")
        if not history or "fields" in history:
            return []
        attributes = list(entity.get("attributes") or [])
        readable = [
            *attributes,
            *(entity[part] for part in ("label", "owner", "value", "starts") if entity.get(part)),
        ]
        own = (entity["key"], history["time"], history.get("recorded"))
        return sorted(
            {
                name
                for name in readable
                if name in self.tables[history["table"]].columns and name not in own
            }
        )

    @cached_property
    def history(self) -> dict[str, list[Row]]:
        entity = self.model["entity"]
        result: dict[str, list[Row]] = {}
        for row in self.tables[entity["history"]["table"]].rows:
            if row[entity["history"]["time"]] is not None:
                result.setdefault(key_text(row[entity["key"]]), []).append(row)
        return result

    def last_row(self, entity: str, at: int) -> Row | None:
        """The last row known before `at`: by time, then the later recorded, then the larger values."""
        history = self.model["entity"]["history"]
        known = [
            row
            for row in self.history.get(entity, [])
            if day(row[history["time"]], self.zone) < at and self.told(row, history) < at
        ]
        return max(known, key=lambda row: self.history_order(row, history), default=None)

    @property
    def fields(self) -> dict[str, str]:
        """The attributes whose history has a row per change of a field, with the fields' names."""
        history = self.model["entity"].get("history") or {}
        return history.get("fields") or {}

    def field(self, name: str, entity: str, at: int) -> Any:
        """An attribute after the last change known before `at`; else, with old values, before its
        first change, or today's value of one that never changed.
        """
        history = self.model["entity"]["history"]
        table = self.tables[history["table"]].columns
        kind = self.tables[self.model["entity"]["table"]].columns[name]

        def order(row: Row) -> tuple:
            recorded = row.get(history["recorded"]) if history.get("recorded") else None
            times = [row[history["time"]], row[history["time"]] if recorded is None else recorded]
            kinds = {table[history[part]] for part in ("time", "recorded") if history.get(part)}
            if "instant" in kinds and len(kinds) > 1:
                times[1] = instant(times[1], self.zone)
            texts = [row[history["value"]], row.get(history.get("before"))]
            return (
                *(comparable([time], self.zone)[0] for time in times),
                [(0,) if text is None else (1, text) for text in texts],
            )

        rows = sorted(
            (
                row
                for row in self.history.get(entity, [])
                if row[history["field"]] == self.fields[name]
            ),
            key=order,
        )
        known = [
            row
            for row in rows
            if day(row[history["time"]], self.zone) < at and self.told(row, history) < at
        ]
        if known:
            return field_value(known[-1][history["value"]], kind, self.zone)
        if "before" not in history:
            return None
        if rows:
            return field_value(rows[0][history["before"]], kind, self.zone)
        return self.rows[entity].get(name)

    def told(self, row: Row, history: dict) -> int:
        recorded = row.get(history["recorded"]) if history.get("recorded") else None
        return day(row[history["time"]] if recorded is None else recorded, self.zone)

    def history_order(self, row: Row, history: dict) -> tuple:
        recorded = row.get(history["recorded"]) if history.get("recorded") else None
        times = [row[history["time"]], row[history["time"]] if recorded is None else recorded]
        columns = self.tables[history["table"]].columns
        if history.get("recorded") and (columns[history["time"]] == "instant") != (
            columns[history["recorded"]] == "instant"
        ):
            times = [times[0], instant(times[1], self.zone)]
        values = [conditions.seen(row[name], self.zone) for name in self.changing]
        return (
            *(comparable([time], self.zone)[0] for time in times),
            [(0,) if value is None else (1, value) for value in values],
        )

    # ------------------------------------------------------------ any name

    def value(self, name: str, entity: str, at: int, ago: bool = False) -> Value:
        """A measure, input, attribute or `as_of`, as it was `ago` days before."""
        options = (name, entity, at, ago)
        if options not in self.remembered:
            self.remembered[options] = self.find(name, entity, at, ago)
        return self.remembered[options]

    def find(self, name: str, entity: str, at: int, ago: bool) -> Value:
        if name == "as_of":
            return Value(dt.datetime.fromordinal(at))
        if name not in self.named:
            return self.attribute(name, entity, at, ago=ago)
        measure = self.named[name]
        back = days(measure.get("ago"))
        at, ago = at - back, ago or back > 0
        return self.divided(
            self.plain(name, measure, entity, at, ago), measure.get("per"), entity, at, ago
        )

    def divided(self, result: Value, per: Any, entity: str, at: int, ago: bool) -> Value:
        """`per`: division by 0 or by null is missing."""
        if per is None or result.missing:
            return result
        by, why = (number(per), None) if is_number(per) else self.value(per, entity, at, ago)
        if why == "not finite":
            return missing(why)
        if by is None or float(by) == 0:
            return missing("divided by nothing")
        return finite(result.value / float(by))

    def plain(self, name: str, measure: dict, entity: str, at: int, ago: bool) -> Value:
        """A measure before `per`."""
        kind = kind_of(measure)
        if kind == "value":
            return self.value(measure["value"], entity, at, ago)
        if kind == "formula":
            return self.formula(measure["formula"], entity, at, ago)
        return self.aggregate(name, measure, entity, at)

    def formula(self, text: str, entity: str, at: int, ago: bool) -> Value:
        evaluation = conditions.Evaluation(
            lambda name: self.value(name, entity, at, ago).value,
            lambda name: self.value(name, entity, at, ago).missing == "not finite",
        )
        result = evaluation.whole(self.node(text))
        if evaluation.not_finite:
            return missing("not finite")
        if result is None:
            return missing(
                "divided by nothing"
                if evaluation.divided_by_zero
                else self.first_reason(text, entity, at, ago)
            )
        return result if isinstance(result, Value) else finite(result)

    def first_reason(self, text: str, entity: str, at: int, ago: bool) -> str:
        """Why the first missing value that a formula reads is missing."""
        for name in conditions.names_in_order(self.node(text)):
            if result := self.value(name, entity, at, ago).missing:
                return result
        return "no facts"

    def holds(self, text: str, entity: str, at: int) -> bool:
        """Whether a condition of a cap or segment is true."""
        return conditions.holds(
            self.node(text),
            lambda name: self.value(name, entity, at).value,
            lambda name: self.value(name, entity, at).missing == "not finite",
        )

    def node(self, text: str) -> conditions.Node:
        if text not in self.parsed:
            self.parsed[text] = conditions.parse(text)
        return self.parsed[text]

    # ------------------------------------------------------------ facts of a measure

    def aggregate(self, name: str, measure: dict, entity: str, at: int) -> Value:
        """A measure over facts: whether the source is alive, whether there are enough facts, and
        then the kind's own rule.
        """
        source, _ = source_of(measure)
        dead = self.dead(source, at)
        if dead:
            return missing(dead)
        question = Question(self, name, measure, entity, at)
        kind, number_of_facts = kind_of(measure), question.number_of_facts()
        if number_of_facts < question.at_least():
            return missing("too few" if number_of_facts or kind in COUNTS else "no facts")
        result = getattr(question, kind)()
        if result is None:
            return missing("no facts" if number_of_facts == 0 else "divided by nothing")
        return finite(result)

    def dead(self, source: str, at: int) -> str | None:
        """Why no measure of a source has a value: nothing is known yet of any entity, or the newest
        fact is too old.
        """
        if (source, at) not in self.deaths:
            self.deaths[source, at] = self.cause(source, at)
        return self.deaths[source, at]

    def cause(self, source: str, at: int) -> str | None:
        known = [fact.begun for fact in self.sources[source].every if fact.known < at]
        if not known:
            return "no data"
        fresh = self.model["sources"][source].get("fresh")
        return "stale" if fresh is not None and at - max(known) > days(fresh) else None

    def true_of(self, text: str | None, fact: Fact) -> bool:
        """Whether a fact meets a condition on its columns."""
        if text is None:
            return True
        options = (text, id(fact))
        if options not in self.truths:
            self.truths[options] = conditions.holds(self.node(text), fact.row.get, fact.odd)
        return self.truths[options]

    def days_between(self, earlier: int, later: int, working: bool) -> int:
        """Days from one to the other; working ones are Monday to Friday without the holidays, of
        [earlier, later).
        """
        if not working:
            return later - earlier
        if later < earlier:
            return -self.days_between(later, earlier, working)
        return self.working_before(later) - self.working_before(earlier)

    def working_before(self, at: int) -> int:
        """Working days since a day long ago, counted one by one."""
        if not self.counted_days:
            self.counted_days[729_000] = 0
        last = max(self.counted_days)
        while last < at:
            date = dt.date.fromordinal(last)
            works = date.weekday() < 5 and date not in self.holidays
            self.counted_days[last + 1] = self.counted_days[last] + works
            last += 1
        return self.counted_days[at]

    @cached_property
    def counted_days(self) -> dict[int, int]:
        return {}


def finite(value: Any) -> Value:
    """A result that isn't finite is missing."""
    if isinstance(value, dt.datetime | str | bool):
        return Value(value)
    value = float(value)
    return Value(value) if math.isfinite(value) else missing("not finite")


class Question:
    """One measure of one entity at one date: the facts that count, and each kind's rule for them."""

    def __init__(self, measures: Measures, name: str, measure: dict, entity: str, at: int) -> None:
        self.measures, self.measure, self.at = measures, measure, at
        source, self.column = source_of(measure)
        self.source = measures.sources[source]
        self.kind = kind_of(measure)
        self.weight_column = measure.get("weighted_by")
        self.working = measure.get("days") == "working"
        self.known = [
            fact
            for fact in self.source.by_entity.get(entity, [])
            if fact.known < at and self.has_what_counts(fact)
        ]
        within = measure.get("within")
        self.facts = self.known if within is None else self.between(at - days(within), at)

    def has_what_counts(self, fact: Fact) -> bool:
        """Whether a fact meets `where`, is open if that is required, and has a value and a weight."""
        if not self.measures.true_of(self.measure.get("where"), fact):
            return False
        if (self.measure.get("open") or self.kind == "oldest_open") and self.source.end(
            fact, self.at
        ) is not None:
            return False
        if self.weight_column and fact.row.get(self.weight_column) is None:
            return False
        return self.column in (None, "open_days") or fact.row.get(self.column) is not None

    def between(self, first: int, stop: int) -> list[Fact]:
        return [fact for fact in self.known if first <= fact.begun < stop]

    def at_least(self) -> int:
        return int(self.measure.get("at_least", 1 if self.kind in ("trend", "median_gap") else 0))

    def number_of_facts(self) -> int:
        if self.kind == "trend":
            return len(self.baseline())
        return len(self.gaps()) if self.kind == "median_gap" else len(self.facts)

    # ------------------------------------------------------------ what one fact says

    def of(self, fact: Fact) -> Any:
        if self.column == "open_days":
            end = self.source.end(fact, self.at)
            return max(self.days(fact.begun, self.at if end is None else end), 0)
        return fact.row[self.column]

    def days(self, earlier: int, later: int) -> int:
        return self.measures.days_between(earlier, later, self.working)

    def fading(self, fact: Fact) -> float:
        """The weight of a fact, halved for every half-life of its age; 1 without a half-life."""
        half_life = self.measure.get("half_life")
        return 1 if half_life is None else 0.5 ** ((self.at - fact.begun) / days(half_life))

    def amount(self, fact: Fact) -> Fraction:
        """Value times weight, rounded to six decimals as one number."""
        value = float(self.of(fact))
        if not self.weight_column:
            return counted(value)
        if self.column == "open_days":
            return Fraction(self.of(fact)) * self.weight(fact)
        return counted(value * float(fact.row[self.weight_column]))

    def weight(self, fact: Fact) -> Fraction:
        return counted(fact.row[self.weight_column]) if self.weight_column else Fraction(1)

    def total(self, of: Callable[[Fact], Fraction]) -> Any:
        """The sum over the facts: exact, or as exact as doubles are if weights decay."""
        if self.measure.get("half_life") is None:
            return sum((of(fact) for fact in self.facts), Fraction(0))
        return math.fsum(float(of(fact)) * self.fading(fact) for fact in self.facts)

    # ------------------------------------------------------------ kinds; None: there is nothing to
    # tell

    def count(self) -> Any:
        return self.total(lambda fact: Fraction(1))

    def sum(self) -> Any:
        return self.total(self.amount)

    def mean(self) -> Any:
        weight = self.total(self.weight)
        return None if weight == 0 else self.total(self.amount) / weight

    def count_distinct(self) -> Any:
        return len({fact.row[self.column] for fact in self.facts})

    def active_days(self) -> Any:
        return len(
            {(fact.begun, fact.row[self.column] if self.column else None) for fact in self.facts}
        )

    def median(self) -> Any:
        return middle([counted(self.of(fact)) for fact in self.facts]) if self.facts else None

    def min(self) -> Any:
        return min((self.kept(fact) for fact in self.facts), default=None)

    def max(self) -> Any:
        return max((self.kept(fact) for fact in self.facts), default=None)

    def kept(self, fact: Fact) -> Any:
        """A value as a result: numbers to six decimals, words, moments and truths unchanged."""
        value = self.of(fact)
        return (
            counted(value)
            if isinstance(value, int | float) and not isinstance(value, bool)
            else value
        )

    def latest(self) -> Any:
        """The last by time, then the later recorded, then the larger value."""
        last = max(self.facts, key=lambda fact: (*fact.order, self.of(fact)), default=None)
        return None if last is None else self.kept(last)

    def share(self) -> Any:
        if not self.facts:
            return None
        meeting = [fact for fact in self.facts if self.measures.true_of(self.measure["of"], fact)]
        return Fraction(len(meeting), len(self.facts))

    def days_since(self) -> Any:
        return self.days(max(fact.begun for fact in self.facts), self.at) if self.facts else None

    def oldest_open(self) -> Any:
        return self.days(min(fact.begun for fact in self.facts), self.at) if self.facts else 0

    def gaps(self) -> list[int]:
        active = sorted({fact.begun for fact in self.facts})
        return [self.days(each, other) for each, other in zip(active, active[1:], strict=False)]

    def median_gap(self) -> Any:
        return middle([Fraction(gap) for gap in self.gaps()]) if self.gaps() else None

    def baseline(self) -> list[Fact]:
        first = self.at - days(self.measure["within"])
        return self.between(first - days(self.measure["baseline"]), first)

    def trend(self) -> Any:
        """Rate per day now ÷ rate per day in the baseline before it, − 1."""

        def rate(facts: list[Fact], span: str) -> Fraction:
            amounts = [counted(self.of(fact)) if self.column else Fraction(1) for fact in facts]
            return sum(amounts, Fraction(0)) / days(span)

        before = rate(self.baseline(), self.measure["baseline"])
        return None if before <= 0 else rate(self.facts, self.measure["within"]) / before - 1
