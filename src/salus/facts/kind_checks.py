"""Whether the columns have the kinds that the model needs: asked before anything is scored, and by
`check`, with the same answer.

Only types are looked at, which every connection knows. Rows are read only to show an example of
what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from salus.errors import DataError, Problem
from salus.facts.column_kinds import ColumnKinds, find_kind, tables_of
from salus.facts.kind_problems import KindProblems
from salus.facts.partials.requirements import required_partials
from salus.facts.rate_columns import find_rate_columns
from salus.facts.roles import (
    NO_TEXT,
    CheckedExpression,
    Role,
    contract_expressions,
    contract_roles,
    currency_roles,
    entity_expressions,
    entity_roles,
    link_roles,
    measure_path,
    measure_title,
    measured_roles,
    metric_roles,
    outcome_roles,
    rate_roles,
    source_expressions,
    source_roles,
    value_needs,
)
from salus.model.contracts import VALUE, RateTable
from salus.model.expressions.expression import find_names
from salus.model.expressions.kinds import NAMES, NUMBER
from salus.model.measure import Measure
from salus.model.model import Model, Outcome
from salus.model.source import Source
from salus.model.yaml.places import Path
from salus.sources.connection import Connection


def require_kinds(model: Model, connection: Connection) -> None:
    """Raises DataError with every column that scoring reads and that is missing or of a kind that
    doesn't fit.
    """
    problems = tuple(KindChecks(model, connection).scoring())
    if problems:
        raise DataError(problems)


def require_outcome(model: Model, connection: Connection, outcome: Outcome) -> None:
    """The same for the table of an outcome."""
    checks = KindChecks(model, connection)
    contracts = model.entity.contracts if outcome.contracts else None
    linked = outcome.keys or (contracts is not None and contracts.keys)
    problems = (*checks.outcome(outcome), *(checks.links() if linked else ()))
    if problems:
        raise DataError(problems)


@dataclass
class KindChecks:
    """Checks each part of a model against the tables, and yields a problem for each column that
    doesn't fit.
    """

    model: Model
    connection: Connection

    @cached_property
    def problems(self) -> KindProblems:
        return KindProblems(self.model, self.connection)

    @property
    def columns(self) -> ColumnKinds:
        return self.problems.columns

    def scoring(self) -> Iterator[Problem]:
        """Everything that a score reads."""
        yield from self.entity()
        yield from self.links()
        for name in dict.fromkeys(spec.source for spec in required_partials(self.model)):
            yield from self.source(self.model.sources[name])
        yield from self.values()

    def entity(self) -> Iterator[Problem]:
        entity, history = self.model.entity, self.model.entity.history
        if entity.table is not None:
            tables = {entity.table: ("entity", "table")} | (
                {history.table: ("entity", "history", "table")} if history else {}
            )
            yield from self._table_roles(entity_roles(self.model), tables)
            kinds = self.columns.of_tables([entity.table])
            if entity.where is not None and self.columns.tables[entity.table] is not None:
                condition = CheckedExpression(
                    ("entity", "where"), "`where` of the entity", entity.where
                )
                yield from self.problems.check_expression(condition, kinds, [entity.table])
        yield from self._contracts()

    def links(self) -> Iterator[Problem]:
        """The tables of links."""
        for link in self.model.links.values():
            tables: dict[str, Path] = {link.table: ("links", link.name, "table")}
            yield from self._table_roles(link_roles(link), tables)

    def _contracts(self) -> Iterator[Problem]:
        contracts = self.model.entity.contracts
        if contracts is None:
            return
        tables: dict[str, Path] = {contracts.table: ("entity", "contracts", "table")}
        roles = [*contract_roles(contracts), *currency_roles(contracts)]
        yield from self._table_roles(roles, tables)
        if self.columns.tables[contracts.table]:
            kinds = self.columns.of_tables(tables)
            for checked in contract_expressions(contracts):
                yield from self.problems.check_expression(checked, kinds, tables)
        if contracts.rates is not None:
            yield from self._rates(contracts.rates)

    def _rates(self, declared: RateTable) -> Iterator[Problem]:
        """The table of exchange rates."""
        path: Path = ("entity", "contracts", "rates")
        tables: dict[str, Path] = {declared.table: (*path, "table")}
        yield from self.problems.open_tables(tables)
        table = self.columns.tables[declared.table]
        if table is None:
            return
        rates, missing = find_rate_columns(declared, table.names)
        for each in missing:
            yield self.problems.places.problem(path, str(each), each.fix)
        yield from self._table_roles(rate_roles(rates), tables)

    def outcome(self, outcome: Outcome) -> Iterator[Problem]:
        """The table of an outcome, or the one with its flag or its contracts, and its condition."""
        path, quiet = (
            ("outcomes", outcome.name),
            self.model.sources[outcome.quiet] if outcome.quiet else None,
        )
        tables: dict[str, Path] = {outcome.table: (*path, "table")} if outcome.table else {}
        if outcome.flag is not None and self.model.entity.table is not None:
            tables = {self.model.entity.table: ("entity", "table")}
        elif quiet is not None:
            tables = dict.fromkeys(tables_of(quiet), ("sources", quiet.name))
        if outcome.contracts:
            yield from self._contracts()
        yield from self._table_roles(outcome_roles(self.model, outcome), tables)
        if outcome.where is not None and all(self.columns.tables[name] for name in tables):
            kinds = (
                self.columns.of_tables(tables)
                if quiet is None
                else self.columns.source_kinds(quiet)
            )
            condition = CheckedExpression(
                (*path, "where"), f"`where` of outcome `{outcome.name}`", outcome.where
            )
            yield from self.problems.check_expression(condition, kinds, tables)

    def source(self, source: Source) -> Iterator[Problem]:
        """The columns of a source, its conditions, and the measures that read it."""
        path = ("sources", source.name)
        tables = {source.table: (*path, "table")} | (
            {source.lookup.table: (*path, "lookup", "table")} if source.lookup else {}
        )
        yield from self.problems.open_tables(tables)
        if any(self.columns.tables[name] is None for name in tables):
            return
        kinds = self.columns.of_tables(tables)
        for name, expression in source.columns.items():
            checked = CheckedExpression(
                (*path, "columns", name),
                f"column `{name}` of source `{source.name}`",
                expression,
                truth=False,
            )
            yield from self.problems.check_expression(checked, kinds, tables)
            kinds[name] = find_kind(expression, kinds)
        roles = [*source_roles(self.model, source), *measured_roles(self.model, source)]
        yield from self.problems.check_roles(
            (role for role in roles if role.column not in source.columns), tables
        )
        yield from self.problems.check_computed(
            (role for role in roles if role.column in source.columns), kinds
        )
        for checked in source_expressions(self.model, source):
            yield from self.problems.check_expression(checked, kinds, tables)

    def metrics(self, source: Source) -> Iterator[Problem]:
        """What `metrics:` reads of a source whose own columns fit."""
        tables, kinds = tables_of(source), self.columns.source_kinds(source)
        roles = list(metric_roles(self.model, source))
        yield from self.problems.check_roles(
            (role for role in roles if role.column not in source.columns), tables
        )
        yield from self.problems.check_computed(
            (role for role in roles if role.column in source.columns), kinds
        )
        for name, quantity in self.model.metrics.declared.items():
            if quantity.source == source.name and quantity.of is not None:
                condition = CheckedExpression(
                    ("metrics", name, "of"), f"`of` of metric `{name}`", quantity.of
                )
                yield from self.problems.check_expression(condition, kinds, tables)

    def values(self) -> Iterator[Problem]:
        """Attributes, formulas, divisors, segments and caps: everything computed per entity."""
        for measure in self.model.everything:
            yield from self._value(measure)
        for checked in entity_expressions(self.model):
            yield from self.problems.check_kinds(
                checked,
                {name: self.columns.kind(name) for name in find_names(checked.expression)},
                self.columns.entity_tables,
            )

    def _value(self, measure: Measure) -> Iterator[Problem]:
        title = measure_title(measure)
        computed = measure.column == VALUE and self.model.entity.valued_by_contracts
        if measure.kind == "value" and measure.column and not computed:
            role = Role(
                measure_path(measure, "value"),
                title,
                self.columns.entity_tables,
                measure.column,
                value_needs(self.model, measure),
            )
            yield from self.problems.check_roles([role], self.columns.entity_tables)
        if measure.formula is not None:
            path = measure_path(measure, "formula")
            kind, needs = (
                self.columns.kind(measure.name),
                tuple(need for need in value_needs(self.model, measure) if need in NO_TEXT),
            )
            if kind not in (*needs, "null"):
                yield self.problems.places.problem(
                    path,
                    f"the formula of {title} gives {NAMES[kind]}; {NAMES[needs[0]]} is needed",
                    "read text with `value`; subtract one date from another to get days",
                )
        if (
            isinstance(measure.per, str)
            and self.columns.kind(measure.per) not in (*NUMBER, "null")
            and not any(
                self.columns.is_empty(name, measure.per) for name in self.columns.entity_tables
            )
        ):
            yield self.problems.wrong_kind(
                measure_path(measure, "per"), f"`per` of {title}", measure.per, NUMBER
            )

    def _table_roles(self, roles: Iterable[Role], tables: Mapping[str, Path]) -> Iterator[Problem]:
        yield from self.problems.open_tables(tables)
        yield from self.problems.check_roles(roles, tables)
