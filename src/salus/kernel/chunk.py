"""All measures of a model for some entities and a grid of dates.

``EntityChunk.values(name)`` computes a measure, input or attribute once, together with everything
it is built on. `ago` moves the whole calculation: the measure, its `per` and its formula are
computed for the same grid, that many days earlier.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.errors import DataError
from salus.facts.build import FactSet
from salus.facts.contract_values import ContractValues
from salus.facts.partials.partial import Partial
from salus.facts.partials.requirements import (
    MeasureColumns,
    PartialSpec,
    count_columns,
    required_columns,
    required_partials,
)
from salus.facts.partials.row_order import find_rows
from salus.facts.spells import find_membership
from salus.kernel.alive import Alive, Array, FactDays, find_alive
from salus.kernel.contract_value import values_by_date
from salus.kernel.measure_input import MeasureInput
from salus.kernel.measures import KINDS
from salus.kernel.newest import NOTHING, newest
from salus.kernel.sums import sum_alive
from salus.kernel.values import (
    DIVIDED,
    NO_DATA,
    NO_FACTS,
    NOT_FINITE,
    STALE,
    TOO_FEW,
    MeasureValues,
)
from salus.model.contracts import VALUE
from salus.model.expressions import evaluation
from salus.model.expressions.expression import Expression, Name, find_names, walk
from salus.model.measure import ZERO_WITHOUT_FACTS, Measure
from salus.model.model import Model
from salus.periods.grid import Grid
from salus.periods.working_days import WorkingDays


class EntityChunk:
    """The entities [first, stop) of `facts`."""

    def __init__(self, model: Model, facts: FactSet, grid: Grid, first: int, stop: int) -> None:
        self.model, self.facts, self.grid = model, facts, grid
        self.first, self.stop, self.entities = first, stop, stop - first
        self._requirements = required_partials(model)
        self._working = WorkingDays(model.holidays)
        self._measures = {measure.name: measure for measure in model.everything}
        self._values: dict[tuple[str, int], MeasureValues] = {}
        self._partials: dict[PartialSpec, Partial] = {}
        self._alive: dict[object, Alive] = {}

    def values(self, name: str, ago: int = 0) -> MeasureValues:
        """The values of a measure, input or attribute on the grid, `ago` days earlier."""
        if (name, ago) not in self._values:
            self._values[name, ago] = self._compute(name, ago)
        return self._values[name, ago]

    def _compute(self, name: str, ago: int) -> MeasureValues:
        if name == "as_of":
            days = self.grid.shifted(ago).days.astype(np.float64)
            return MeasureValues.of(
                np.broadcast_to(days, (self.entities, len(days))).copy(), NO_FACTS, "date"
            )
        if name not in self._measures:
            return self.attribute(name, ago)
        return self._measured(self._measures[name], ago + self._measures[name].ago)

    def _measured(self, measure: Measure, ago: int) -> MeasureValues:
        if measure.kind == "value":
            assert measure.column is not None
            values = self.attribute(measure.column, ago)
        elif measure.kind == "formula":
            assert measure.formula is not None
            values = self.formula(measure.formula, ago)
        else:
            values = self._aggregated(measure, ago)
        return self._per(values, measure.per, ago)

    def _per(self, values: MeasureValues, per: float | str | None, ago: int) -> MeasureValues:
        if per is None:
            return values
        other = self.values(per, ago) if isinstance(per, str) else None
        by = np.broadcast_to(np.float64(per) if other is None else other.data, values.data.shape)
        usable = ~np.isnan(by) & (by != 0)
        with np.errstate(over="ignore"):  # what becomes infinite is missing as "not finite"
            data = np.divide(values.data, by, out=np.full(values.data.shape, np.nan), where=usable)
        nothing = (
            DIVIDED
            if other is None
            else np.where(other.reason == NOT_FINITE, np.uint8(NOT_FINITE), np.uint8(DIVIDED))
        )
        return MeasureValues.of(data, np.where(np.isnan(values.data), values.reason, nothing))

    def _aggregated(self, measure: Measure, ago: int) -> MeasureValues:
        inputs = self._input(measure, required_columns(measure), ago)
        values, number = KINDS[measure.kind](inputs)
        values = self._enough(measure, values, number, ago)
        assert measure.source is not None
        return self._alive_source(values, measure.source, ago)

    @property
    def active(self) -> NDArray[np.bool_] | None:
        """Whether an entity has the facts that make it part of the population, by date; None where
        the model doesn't require any.
        """
        measure = self.model.activity
        if measure is None:
            return None
        inputs = self._input(measure, required_columns(measure), 0)
        return inputs.sums(inputs.alive(measure.within), "count") > 0

    @property
    def contracted(self) -> NDArray[np.bool_] | None:
        """Whether a contract of an entity runs, by date; None where the model has no contracts."""
        contracts, rows = self.model.entity.contracts, self.facts.attributes.contracts
        if contracts is None or rows is None:
            return None
        part = rows.part(self.first, self.stop)
        first, last = find_membership(part, contracts.gap)
        return (
            sum_alive(
                find_alive(FactDays(part.entity, first, first, last), self.grid, self.entities)
            )
            > 0
        )

    def _input(self, measure: Measure, columns: MeasureColumns, ago: int) -> MeasureInput:
        aliases = {
            role: self._requirements[columns.spec].alias(cell)
            for role, cell in columns.cells.items()
        }
        return MeasureInput(
            measure=measure,
            need=columns,
            partial=self._partial(columns.spec),
            aliases=aliases,
            grid=self.grid.shifted(ago),
            entities=self.entities,
            working=self._working,
            cached=self._alive,
        )

    def _partial(self, spec: PartialSpec) -> Partial:
        if spec not in self._partials:
            self._partials[spec] = self.facts.partials[spec].part(self.first, self.stop)
        return self._partials[spec]

    def _enough(
        self, measure: Measure, values: MeasureValues, number: NDArray[np.int64] | None, ago: int
    ) -> MeasureValues:
        """The values, missing where fewer than `at_least` facts were used."""
        columns = count_columns(measure)
        if columns is not None:
            inputs = self._input(measure, columns, ago)
            number = inputs.sums(inputs.alive(measure.within), "count")
        elif number is None:
            number = (~np.isnan(values.data)).astype(np.int64)
        few = number < measure.at_least
        if measure.kind in ZERO_WITHOUT_FACTS:
            return values.missing_where(few, TOO_FEW)
        return values.missing_where(few & (number > 0), TOO_FEW).missing_where(
            few & (number == 0), NO_FACTS
        )

    def _alive_source(self, values: MeasureValues, source: str, ago: int) -> MeasureValues:
        """The values, missing on dates before the source's first fact, or when its newest fact is
        older than `fresh`.
        """
        known, begun = self.facts.newest[source]
        grid = self.grid.shifted(ago)
        days = FactDays(np.zeros(len(known), dtype=np.int32), begun, known)
        last = newest(find_alive(days, grid, 1), begun)[0]
        values = values.missing_where(np.broadcast_to(last == NOTHING, values.data.shape), NO_DATA)
        fresh = self.model.sources[source].fresh
        if fresh is None:
            return values
        stale = (last != NOTHING) & (grid.days - last > fresh)
        return values.missing_where(np.broadcast_to(stale, values.data.shape), STALE)

    def attribute(self, name: str, ago: int = 0) -> MeasureValues:
        """An attribute as it was at each date if its history is kept, else as it is today."""
        changing = self.facts.attributes.changing
        if name == VALUE and self.model.entity.valued_by_contracts:
            return self._value(ago)
        if name not in changing:
            if ago:  # its earlier value is not known
                return MeasureValues.of(np.full((self.entities, len(self.grid)), np.nan), NO_FACTS)
            data, kind, words = to_floats(
                self.facts.attributes.columns[name].slice(self.first, self.entities)
            )
            reason = _reason(self.facts.attributes.odd, name, self.first, self.entities)
            return MeasureValues.of(
                np.repeat(data[:, None], len(self.grid), axis=1), reason[:, None], kind, words
            )
        history = self.facts.attributes.history
        assert history is not None
        low, high = find_rows(history.entity, [self.first, self.stop])
        part, data_of = (
            history.part(self.first, self.stop),
            changing[name].slice(int(low), int(high - low)),
        )
        reason = _reason(self.facts.attributes.changing_odd, name, int(low), int(high - low))
        facts = find_alive(
            FactDays(part.entity, part["begun"], part["known"]),
            self.grid.shifted(ago),
            self.entities,
        )
        row = newest(facts, np.arange(len(part), dtype=np.int64))
        data, kind, words = to_floats(data_of)
        row = np.where(row == NOTHING, len(part), row)
        return MeasureValues.of(
            np.append(data, np.nan)[row], np.append(reason, np.uint8(NO_FACTS))[row], kind, words
        )

    def _value(self, ago: int) -> MeasureValues:
        """The value of the contracts that run on each date, as they were known then."""
        attributes, contracts = self.facts.attributes, self.model.entity.contracts
        assert contracts is not None and attributes.contracts is not None
        assert attributes.rates is not None
        rows = attributes.contracts.part(self.first, self.stop)
        values = ContractValues.of(rows, contracts.gap, attributes.rates)
        return values_by_date(values, self.grid.shifted(ago), self.entities)

    def condition(self, expression: Expression) -> NDArray[np.bool_]:
        """Whether the condition is true, (entities, dates)."""
        result = evaluation.evaluate(
            expression, self._environment(expression, 0), self.entities * len(self.grid)
        )
        return evaluation.true_where(result).reshape(self.entities, len(self.grid))

    def formula(self, expression: Expression, ago: int) -> MeasureValues:
        """The value of a formula; missing where a value it needs is missing, or where it divides by
        0.
        """
        result = evaluation.evaluate(
            expression, self._environment(expression, ago), self.entities * len(self.grid)
        )
        if result.kind == "text" and not result.null.all():
            raise DataError(
                "a formula gives text; a number is needed here",
                "read the attribute with `value`",
            )
        values = formula_values(result, self._first_reason(expression, ago).ravel())
        shape = (self.entities, len(self.grid))
        return MeasureValues(values.data.reshape(shape), values.reason.reshape(shape), values.kind)

    def _first_reason(self, expression: Expression, ago: int) -> NDArray[np.uint8]:
        """Why the first missing value that the expression reads is missing; 0 where none is
        missing.
        """
        reason = np.zeros((self.entities, len(self.grid)), dtype=np.uint8)
        for node in walk(expression):
            if isinstance(node, Name):
                reason = np.where(reason == 0, self.values(node.name, ago).reason, reason)
        return reason

    def _environment(self, expression: Expression, ago: int) -> dict[str, evaluation.Values]:
        return {
            name: to_expression_values(self.values(name, ago)) for name in find_names(expression)
        }


def _reason(odd: Mapping[str, Any], name: str, first: int, count: int) -> NDArray[np.uint8]:
    """Why a missing attribute is missing: it is NaN or infinite, or there is no value."""
    if name not in odd:
        return np.full(count, NO_FACTS, dtype=np.uint8)
    not_finite = odd[name].slice(first, count).to_numpy(zero_copy_only=False)
    return np.where(not_finite, np.uint8(NOT_FINITE), np.uint8(NO_FACTS))


def formula_values(result: evaluation.Values, first_reason: NDArray[np.uint8]) -> MeasureValues:
    """The result of a formula, and why it is missing: a step wasn't finite or divided by 0, else a
    value it reads is missing.
    """
    number = (
        np.full(result.null.shape, np.nan)
        if result.kind == "text"
        else result.data.astype(np.float64)
    )
    reason = np.where(first_reason == 0, np.uint8(NO_FACTS), first_reason)
    reason = np.where(
        result.overflow, np.uint8(NOT_FINITE), np.where(result.divided, np.uint8(DIVIDED), reason)
    )
    return MeasureValues.of(
        np.where(result.null, np.nan, number), reason, "date" if result.kind == "date" else "number"
    )


def to_expression_values(values: MeasureValues) -> evaluation.Values:
    """The kernel's values in the form that conditions read."""
    data, null = values.data.ravel(), np.isnan(values.data.ravel())
    odd = values.reason.ravel() == NOT_FINITE
    if odd.any():
        return evaluation.Values("date" if values.kind == "date" else "number", data, null, odd=odd)
    if values.kind == "text":
        spelled: Array = np.array([*values.words, None], dtype=object)
        return evaluation.Values("text", spelled[np.where(null, -1, data).astype(np.int64)], null)
    if values.kind == "bool":
        return evaluation.Values("bool", np.where(null, 0, data) != 0, null)
    return evaluation.Values("date" if values.kind == "date" else "number", data, null)


def to_floats(column: pa.Array) -> tuple[NDArray[np.float64], str, tuple[str, ...]]:
    """An Arrow column as floats (NaN: null), its kind, and the words of a text column."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        coded = column.cast(pa.string()).dictionary_encode()
        codes = coded.indices.cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)
        return codes, "text", tuple(coded.dictionary.to_pylist())
    if pa.types.is_date(kind):
        return _floats(column.cast(pa.date32()).cast(pa.int32())), "date", ()
    if pa.types.is_timestamp(kind):
        micros = column.cast(pa.timestamp("us")).cast(pa.int64())
        return _floats(micros) / 86400e6, "date", ()
    if pa.types.is_boolean(kind):
        return _floats(column.cast(pa.int8())), "bool", ()
    return _floats(column), "number", ()


def _floats(column: pa.Array) -> NDArray[np.float64]:
    data: Any = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return np.where(np.isfinite(data), data, np.nan)
