"""Warnings about conditions that no row meets and about words without points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.errors import Problem
from salus.facts.partials.requirements import metric_columns
from salus.facts.roles import (
    CheckedExpression,
    entity_expressions,
    measure_path,
    measure_title,
    source_expressions,
)
from salus.facts.sql.occurrences import (
    all_facts,
    contains_any,
    count_matches,
    count_table_values,
    count_values,
)
from salus.facts.sql.relation import Relation
from salus.model.contracts import VALUE
from salus.model.curve import WordScale
from salus.model.expressions import expression as ex
from salus.model.measure import Measure
from salus.model.model import Model
from salus.model.source import Source
from salus.model.suggest import nearest
from salus.model.yaml.findings import shorten
from salus.model.yaml.places import ModelLocations
from salus.sources.connection import Connection
from salus.verbs.check.comparisons import TextComparison, text_comparisons


def check_source_conditions(
    model: Model, connection: Connection, source: Source
) -> Iterator[Problem]:
    """Warnings about the conditions of a source and its measures, and the words of its measures."""
    checks = ConditionChecks(model, connection, ModelLocations(model))
    conditions = [
        *source_expressions(model, source),
        *(
            CheckedExpression(("metrics", name, "of"), f"`of` of metric `{name}`", quantity.of)
            for name, quantity in model.metrics.declared.items()
            if quantity.source == source.name and quantity.of is not None
        ),
    ]
    columns = metric_columns(model, source)
    own = [condition for condition in conditions if condition.expression is source.where]
    others = [condition for condition in conditions if condition not in own]
    every_fact = all_facts(model, connection, source.name, columns, filtered=False)
    yield from checks.conditions(own, every_fact, source)
    facts = all_facts(model, connection, source.name, columns, filtered=True)
    yield from checks.conditions(others, facts, source)
    for measure in model.everything:
        if measure.source == source.name and measure.kind == "latest":
            yield from checks.words(measure, lambda column: count_values(connection, facts, column))


def check_entity_conditions(model: Model, connection: Connection) -> Iterator[Problem]:
    """Warnings about conditions and formulas of attributes, and attributes whose words have points."""
    entity = model.entity
    if entity.table is None:
        return
    checks = ConditionChecks(model, connection, ModelLocations(model))
    tables = [*filter(None, [entity.wide_history]), entity.table]
    texts = {
        column.name
        for table in tables
        for column in connection.columns(table)
        if column.type == "text"
    }
    columns = connection.names(entity.table)
    if entity.where is not None:
        kept = CheckedExpression(("entity", "where"), "`where` of the entity", entity.where)
        yield from checks.without_column(kept, columns)
        for comparison in text_comparisons(entity.where):
            if comparison.name in texts and not contains_any(
                connection, entity.table, comparison.name, comparison.texts
            ):
                values = count_table_values(connection, entity.table, comparison.name)
                yield from checks.unmet(kept, comparison, values, columns)
    for condition in entity_expressions(model):
        yield from checks.without_column(condition, columns)
        for comparison in text_comparisons(condition.expression):
            name = comparison.name
            if name in texts & set(entity.readable):
                table = checks.table_with(tables, name)
                if not contains_any(connection, table, name, comparison.texts):
                    values = count_table_values(connection, table, name)
                    yield from checks.unmet(condition, comparison, values, columns)
    for measure in model.everything:
        computed = measure.column == VALUE and entity.valued_by_contracts
        if measure.kind == "value" and not computed:
            yield from checks.words(
                measure,
                lambda column: count_table_values(
                    connection, checks.table_with(tables, column), column
                ),
            )


@dataclass(frozen=True)
class ConditionChecks:
    """Compares the conditions and words of a model with the data."""

    model: Model
    connection: Connection
    places: ModelLocations

    def conditions(
        self, conditions: list[CheckedExpression], facts: Relation, source: Source
    ) -> Iterator[Problem]:
        """Warnings about conditions without a column, conditions that no fact meets, and comparisons
        with a text that the column never contains.
        """
        if not conditions:
            return
        columns = [*self.connection.names(source.table), *source.columns]
        if source.lookup is not None:
            columns += self.connection.names(source.lookup.table)
        texts = {name for name, kind in facts.columns.types.items() if kind == "text"}
        comparisons = [
            [each for each in text_comparisons(condition.expression) if each.name in texts]
            for condition in conditions
        ]
        expressions = [
            node
            for condition, own in zip(conditions, comparisons, strict=True)
            for node in (condition.expression, *(each.condition for each in own))
        ]
        total, *counts = count_matches(self.connection, facts, expressions)
        remaining = iter(counts)
        for condition, own in zip(conditions, comparisons, strict=True):
            matches = next(remaining)
            unmet = [each for each in own if not next(remaining) and total]
            yield from self.without_column(condition, columns)
            for comparison in unmet:
                values = count_values(self.connection, facts, comparison.name)
                yield from self.unmet(condition, comparison, values, columns)
            if total and not matches and not unmet and ex.find_names(condition.expression):
                yield self.places.problem(
                    condition.path,
                    f"no row meets {condition.title}",
                    "check its values and its columns",
                    "warning",
                )

    def without_column(
        self, condition: CheckedExpression, columns: Iterable[str]
    ) -> Iterator[Problem]:
        """A warning about a comparison without a column, often a column's name in quotes."""
        nodes: list[ex.Expression] = [
            node
            for node in ex.walk(condition.expression)
            if isinstance(node, ex.Compare | ex.In | ex.Like)
        ]
        if condition.truth:
            nodes.append(condition.expression)
        if all(ex.find_names(node) for node in nodes):
            return
        texts = {
            str(node.value).casefold()
            for node in ex.walk(condition.expression)
            if isinstance(node, ex.Constant)
        }
        column = next((name for name in columns if name.casefold() in texts), None)
        fix = (
            f"write the column in backticks: `{column}`"
            if column
            else "name a column, in backticks if its name has blanks"
        )
        yield self.places.problem(
            condition.path, f"{condition.title} compares a text, not a column", fix, "warning"
        )

    def unmet(
        self,
        condition: CheckedExpression,
        comparison: TextComparison,
        values: Mapping[Any, int],
        columns: Iterable[str],
    ) -> Iterator[Problem]:
        """A warning about a comparison with a text that the column never contains.

        It is fine if there is nothing to exclude.
        """
        texts = {text.casefold() for text in comparison.texts}
        column = next((name for name in columns if name.casefold() in texts), None)
        if comparison.excludes and column is None and not comparison.occurs_differently(values):
            return
        candidates = (nearest(text, map(str, values)) for text in comparison.texts)
        near = next(filter(None, candidates), None)
        if near is not None:
            fix = f"did you mean '{shorten(near)}'?"
        elif column is not None:
            fix = f"write a column in backticks: `{column}`"
        elif values:
            examples = ", ".join(repr(shorten(str(value))) for value in list(values)[:5])
            fix = f"the column contains {examples}"
        else:
            fix = "the column is empty"
        what = f"no row has {comparison}, so {condition.title} never finds it"
        yield self.places.problem(condition.path, what, fix, "warning", name=comparison.name)

    def table_with(self, tables: Iterable[str], name: str) -> str:
        """The first of the tables that has the column: the history, if it records the attribute."""
        return next(
            table
            for table in tables
            if name in {column.name for column in self.connection.columns(table)}
        )

    def words(
        self, measure: Measure, count: Callable[[str], Mapping[Any, int]]
    ) -> Iterator[Problem]:
        """A warning about words without points. `count`: the values of a column with their rows."""
        scale = measure.scale
        if not isinstance(scale, WordScale):
            return
        counts = count(str(measure.column))
        lost = [value for value in counts if not _has_points(scale, value)]
        if not lost:
            return
        listed = ", ".join(
            f"'{shorten(str(value))}' ({counts[value]:,} {'row' if counts[value] == 1 else 'rows'})"
            for value in lost[:5]
        )
        near = nearest(str(lost[0]), scale.points)
        yield self.places.problem(
            measure_path(measure, "points"),
            f"{measure_title(measure)} has no points for {listed}{' …' if len(lost) > 5 else ''},"
            " so it is missing there",
            f"did you mean '{near}'? Add the others to `points`"
            if near is not None
            else "add them to `points`",
            "warning",
        )


def _has_points(scale: WordScale, value: Any) -> bool:
    if isinstance(value, bool):
        return str(value).lower() in scale.points
    if isinstance(value, str):
        return value in scale.points
    return not bool(np.isnan(scale.of_numbers(np.array([float(value)])))[0])
