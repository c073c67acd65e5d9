"""Do the columns hold what the model needs of them? Asked before anything is scored, and by
`check`: one answer.

Only types are looked at, which every connection knows; no row is read, unless to show what is
wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from salus.errors import DataError, Problem, ResourceError, SalusError
from salus.facts.column_kinds import ColumnKinds, TableKinds, find_kind, tables_of
from salus.facts.partials.requirements import required_partials
from salus.facts.roles import (
    NO_TEXT,
    CheckedExpression,
    Needs,
    Role,
    entity_expressions,
    entity_roles,
    measure_path,
    measure_title,
    measured_roles,
    metric_roles,
    outcome_roles,
    source_expressions,
    source_roles,
    value_needs,
)
from salus.model.expressions.expression import find_names
from salus.model.expressions.kinds import NAMES, NUMBER, Kind, Mismatch, kind_of, require_truth
from salus.model.measure import Measure
from salus.model.model import Model, Outcome
from salus.model.source import Source
from salus.model.suggest import did_you_mean
from salus.model.yaml.findings import shorten
from salus.model.yaml.places import ModelLocations, Path
from salus.sources.connection import Connection

_FIXES = {
    "number": "remove words and units from the column, or name a column of numbers",
    "date": (
        "write the days as 2026-01-31, set the file's `dates` in salus.toml, or name a column of"
        " dates"
    ),
    "text": "name a column of text or whole numbers",
}


def require_kinds(model: Model, connection: Connection) -> None:
    """Raises DataError with every column that scoring reads and that isn't there or isn't of the
    kind it needs.
    """
    problems = tuple(Gate(model, connection).scoring())
    if problems:
        raise DataError(problems)


def require_outcome(model: Model, connection: Connection, outcome: Outcome) -> None:
    """The same of the table of an outcome."""
    problems = tuple(Gate(model, connection).outcome(outcome))
    if problems:
        raise DataError(problems)


@dataclass
class Gate:
    """Asks each part of a model; what is missing is reported once, where the file first names
    it.
    """

    model: Model
    connection: Connection
    lost: set[tuple[str, ...]] = field(default_factory=set)

    @cached_property
    def columns(self) -> ColumnKinds:
        return ColumnKinds(self.model, self.connection)

    @cached_property
    def places(self) -> ModelLocations:
        return ModelLocations(self.model)

    def scoring(self) -> Iterator[Problem]:
        """All that a score reads."""
        yield from self.entity()
        for name in dict.fromkeys(shape.source for shape in required_partials(self.model)):
            yield from self.source(self.model.sources[name])
        yield from self.values()

    def entity(self) -> Iterator[Problem]:
        entity, history = self.model.entity, self.model.entity.history
        if entity.table is not None:
            tables = {entity.table: ("entity", "table")} | (
                {history.table: ("entity", "history", "table")} if history else {}
            )
            yield from self._roles(entity_roles(self.model), tables)

    def outcome(self, outcome: Outcome) -> Iterator[Problem]:
        """The table of an outcome, or the one that has its flag, and its condition."""
        path, quiet = (
            ("outcomes", outcome.name),
            self.model.sources[outcome.quiet] if outcome.quiet else None,
        )
        tables: dict[str, Path] = {outcome.table: (*path, "table")} if outcome.table else {}
        if outcome.flag is not None and self.model.entity.table is not None:
            tables = {self.model.entity.table: ("entity", "table")}
        elif quiet is not None:
            tables = dict.fromkeys(tables_of(quiet), ("sources", quiet.name))
        yield from self._roles(outcome_roles(self.model, outcome), tables)
        if outcome.where is not None and all(self.columns.tables[name] for name in tables):
            kinds = (
                self.columns.of_tables(tables)
                if quiet is None
                else self.columns.source_kinds(quiet)
            )
            asked = CheckedExpression(
                (*path, "where"), f"`where` of outcome `{outcome.name}`", outcome.where
            )
            yield from self._expression(asked, kinds, tables)

    def source(self, source: Source) -> Iterator[Problem]:
        """The columns of a source, its conditions, and the measures that read it."""
        path = ("sources", source.name)
        tables = {source.table: (*path, "table")} | (
            {source.lookup.table: (*path, "lookup", "table")} if source.lookup else {}
        )
        yield from self._open(tables)
        if any(self.columns.tables[name] is None for name in tables):
            return
        kinds = self.columns.of_tables(tables)
        for name, expression in source.columns.items():
            asked = CheckedExpression(
                (*path, "columns", name),
                f"column `{name}` of source `{source.name}`",
                expression,
                truth=False,
            )
            yield from self._expression(asked, kinds, tables)
            kinds[name] = find_kind(expression, kinds)
        roles = [*source_roles(source), *measured_roles(self.model, source)]
        yield from self._fitting(
            (role for role in roles if role.column not in source.columns), tables
        )
        yield from self._computed((role for role in roles if role.column in source.columns), kinds)
        for asked in source_expressions(self.model, source):
            yield from self._expression(asked, kinds, tables)

    def metrics(self, source: Source) -> Iterator[Problem]:
        """What `metrics:` reads of a source whose own columns fit."""
        tables, kinds = tables_of(source), self.columns.source_kinds(source)
        roles = list(metric_roles(self.model, source))
        yield from self._fitting(
            (role for role in roles if role.column not in source.columns), tables
        )
        yield from self._computed((role for role in roles if role.column in source.columns), kinds)
        for name, quantity in self.model.metrics.declared.items():
            if quantity.source == source.name and quantity.of is not None:
                asked = CheckedExpression(
                    ("metrics", name, "of"), f"`of` of metric `{name}`", quantity.of
                )
                yield from self._expression(asked, kinds, tables)

    def values(self) -> Iterator[Problem]:
        """Attributes, formulas, divisors, segments and caps: what is computed of entities."""
        for measure in self.model.everything:
            yield from self._value(measure)
        for asked in entity_expressions(self.model):
            yield from self._mismatched(
                asked,
                {name: self.columns.kind(name) for name in find_names(asked.expression)},
                self.columns.entity_tables,
            )

    def _value(self, measure: Measure) -> Iterator[Problem]:
        title = measure_title(measure)
        if measure.kind == "value" and measure.column:
            role = Role(
                measure_path(measure, "value"),
                title,
                self.columns.entity_tables,
                measure.column,
                value_needs(self.model, measure),
            )
            yield from self._fitting([role], self.columns.entity_tables)
        if measure.formula is not None:
            path = measure_path(measure, "formula")
            kind, needs = (
                self.columns.kind(measure.name),
                tuple(one for one in value_needs(self.model, measure) if one in NO_TEXT),
            )
            if kind not in (*needs, "null"):
                yield self.places.problem(
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
            yield self._wrong(
                measure_path(measure, "per"), f"`per` of {title}", measure.per, NUMBER
            )

    def _wrong(self, path: Path, title: str, name: str, needs: Needs) -> Problem:
        """An attribute or measure of the wrong kind."""
        for there in map(self.columns.tables.get, self.columns.entity_tables):
            if there is not None and name in there.kinds:
                return self._unfit(Role(path, title, (there.name,), name, needs), there)
        return self.places.problem(
            path,
            f"`{shorten(name)}` is {NAMES[self.columns.kind(name)]}, but {title} needs {NAMES[needs[0]]}",
            _FIXES.get(needs[0]),
        )

    def _roles(self, roles: Iterable[Role], tables: Mapping[str, Path]) -> Iterator[Problem]:
        yield from self._open(tables)
        yield from self._fitting(roles, tables)

    def _open(self, tables: Mapping[str, Path]) -> Iterator[Problem]:
        """Look at tables that weren't looked at yet; what stands in the way is said at their
        names.
        """
        for name, path in tables.items():
            if name in self.columns.tables:
                continue
            try:
                self.columns.open(name)
            except ResourceError:
                raise
            except SalusError as error:
                for problem in error.problems:
                    yield (
                        problem
                        if problem.file != "salus"
                        else self.places.problem(path, problem.what, problem.fix)
                    )

    def _fitting(self, roles: Iterable[Role], among: Iterable[str]) -> Iterator[Problem]:
        for role in roles:
            tables = [self.columns.tables.get(name) for name in role.tables]
            if any(table is None for table in tables):
                continue  # already said
            holding = [
                table for table in tables if table is not None and role.column in table.kinds
            ]
            if not holding:
                yield from self._missing(
                    role.path, role.column, [name for name in among if name in role.tables]
                )
            for table in holding:
                if table.kinds[role.column] not in role.needs and not self.columns.is_empty(
                    table.name, role.column
                ):
                    yield self._unfit(role, table)

    def _computed(self, roles: Iterable[Role], kinds: Mapping[str, Kind]) -> Iterator[Problem]:
        """Roles of columns that the model itself computes."""
        for role in roles:
            kind = kinds[role.column]
            if kind not in (*role.needs, "null"):
                yield self.places.problem(
                    role.path,
                    f"the computed column `{role.column}` is {NAMES[kind]}, but {role.title} "
                    f"needs {NAMES[role.needs[0]]}",
                    "change it under `columns:`",
                )

    def _expression(
        self, asked: CheckedExpression, kinds: Mapping[str, Kind], tables: Iterable[str]
    ) -> Iterator[Problem]:
        """A condition or row arithmetic of a source."""
        for name in sorted(find_names(asked.expression) - set(kinds)):
            yield from self._missing(asked.path, name, list(tables))
        yield from self._mismatched(asked, kinds, tables)

    def _mismatched(
        self, asked: CheckedExpression, kinds: Mapping[str, Kind], tables: Iterable[str]
    ) -> Iterator[Problem]:
        try:
            if asked.truth:
                require_truth(asked.expression, kinds)
            else:
                kind_of(asked.expression, kinds)
        except Mismatch as found:
            where = next(
                (
                    name
                    for name in tables
                    if (table := self.columns.tables.get(name)) and found.name in table.kinds
                ),
                None,
            )
            if where and self.columns.is_empty(where, str(found.name)):
                return
            seen = self.columns.example(where, found.name) if where and found.name else ""
            fix = (
                "compare texts with texts ('10'), numbers with numbers (10), dates with"
                " '2026-01-31'"
            )
            place = f" (table `{shorten(where)}`)" if where else ""
            yield self.places.problem(
                asked.path, f"{asked.title}{place}: {found}{seen}", fix, name=found.name
            )

    def _missing(self, path: Path, name: str, tables: list[str]) -> Iterator[Problem]:
        """A column that none of the tables has, said once."""
        known = {
            column_
            for table in tables
            if (there := self.columns.tables.get(table))
            for column_ in there.names
        }
        said = (*sorted(tables), name)
        if said in self.lost:
            return
        self.lost.add(said)
        title = " or ".join(f"`{table}`" for table in tables)
        if name in known:
            yield self.places.problem(
                path,
                f"column `{shorten(name)}` of table {title} is of a type that can't be read",
                "name a column of text, numbers, dates or true/false values",
                name=name,
            )
            return
        fix = (
            did_you_mean(name, known)
            or f"its columns are {', '.join(sorted(map(shorten, known))[:12])}"
        )
        yield self.places.problem(
            path, f"table {title} has no column `{shorten(name)}`", fix, name=name
        )

    def _unfit(self, role: Role, table: TableKinds) -> Problem:
        kind, needed = table.kinds[role.column], role.needs[0]
        seen = self.columns.example(table.name, role.column) if kind == "text" else ""
        words = "a key" if "text" in role.needs and "bool" not in role.needs else f"{NAMES[needed]}"
        what = (
            f"`{shorten(table.name)}.{shorten(role.column)}` is {NAMES[kind]}, but {role.title} needs"
            f" {words}{seen}"
        )
        return self.places.problem(role.path, what, _FIXES.get(needed))
