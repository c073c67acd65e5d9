"""Do the columns hold what the model needs of them? Asked before anything is scored, and by
`check`: one answer.

Only types are looked at, which every connection knows; no row is read, unless to show what is
wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

from salus.errors import DataError, Problem, ResourceError, SalusError
from salus.facts.partials.requirements import OPEN_DAYS, required_partials
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
from salus.facts.sql.relation import column
from salus.model.expressions.expression import Expression, names
from salus.model.expressions.kinds import NAMES, NUMBER, Kind, Mismatch, kind_of, require_truth
from salus.model.measure import Measure
from salus.model.model import Model, Outcome
from salus.model.source import Source
from salus.model.suggest import did_you_mean
from salus.model.yaml.findings import shown
from salus.model.yaml.places import Path, Places
from salus.sources.connection import Connection
from salus.sources.table import Type

KINDS: Mapping[Type, Kind] = {
    "text": "text",
    "integer": "number",
    "number": "number",
    "bool": "bool",
    "date": "date",
    "moment": "date",
    "instant": "date",
}
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


@dataclass(frozen=True)
class _Table:
    """Names of all columns, and the kinds of those that can be read."""

    name: str
    names: tuple[str, ...]
    kinds: Mapping[str, Kind]


@dataclass
class Gate:
    """Asks each part of a model; what is missing is reported once, where the file first names
    it.
    """

    model: Model
    connection: Connection
    lost: set[tuple[str, ...]] = field(default_factory=set)
    _tables: dict[str, _Table | None] = field(default_factory=dict)

    @cached_property
    def places(self) -> Places:
        return Places(self.model)

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
            tables = dict.fromkeys(_tables_of(quiet), ("sources", quiet.name))
        yield from self._roles(outcome_roles(self.model, outcome), tables)
        if outcome.where is not None and all(self._tables[name] for name in tables):
            kinds = self._kinds(tables) if quiet is None else self.source_kinds(quiet)
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
        if any(self._tables[name] is None for name in tables):
            return
        kinds = self._kinds(tables)
        for name, expression in source.columns.items():
            asked = CheckedExpression(
                (*path, "columns", name),
                f"column `{name}` of source `{source.name}`",
                expression,
                truth=False,
            )
            yield from self._expression(asked, kinds, tables)
            kinds[name] = _kind(expression, kinds)
        roles = [*source_roles(source), *measured_roles(self.model, source)]
        yield from self._fitting(
            (role for role in roles if role.column not in source.columns), tables
        )
        yield from self._computed((role for role in roles if role.column in source.columns), kinds)
        for asked in source_expressions(self.model, source):
            yield from self._expression(asked, kinds, tables)

    def metrics(self, source: Source) -> Iterator[Problem]:
        """What `metrics:` reads of a source whose own columns fit."""
        tables, kinds = _tables_of(source), self.source_kinds(source)
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
                asked, {name: self.kind(name) for name in names(asked.expression)}, self._own
            )

    def source_kinds(self, source: Source) -> dict[str, Kind]:
        """The kinds of all columns of a source, computed ones among them; empty where its tables
        can't be read.
        """
        kinds = self._kinds(_tables_of(source))
        for name, expression in source.columns.items():
            kinds[name] = _kind(expression, kinds)
        return kinds

    def kind(self, name: str) -> Kind:
        """The kind of a measure, an attribute or `as_of`."""
        if name == "as_of":
            return "date"
        measure = next((one for one in self.model.everything if one.name == name), None)
        if measure is None:
            return self._attributes.get(name, "null")
        if measure.per is not None or measure.column == OPEN_DAYS:
            return "number"
        if measure.kind == "formula" and measure.formula is not None:
            return _kind(
                measure.formula, {name: self.kind(name) for name in names(measure.formula)}
            )
        if measure.kind == "value":
            return self._attributes.get(measure.column or "", "null")
        if measure.kind in ("min", "max", "latest") and measure.source:
            return self.source_kinds(self.model.sources[measure.source]).get(
                measure.column or "", "null"
            )
        return "number"

    @cached_property
    def _attributes(self) -> Mapping[str, Kind]:
        """Of what the entity has: where its history is kept, as it is there."""
        return self._kinds(self._own)

    @property
    def _own(self) -> tuple[str, ...]:
        """The entity's tables, its history first."""
        entity = self.model.entity
        return tuple(
            name
            for name in (entity.history.table if entity.history else None, entity.table)
            if name
        )

    def _value(self, measure: Measure) -> Iterator[Problem]:
        title = measure_title(measure)
        if measure.kind == "value" and measure.column:
            role = Role(
                measure_path(measure, "value"),
                title,
                self._own,
                measure.column,
                value_needs(self.model, measure),
            )
            yield from self._fitting([role], self._own)
        if measure.formula is not None:
            path = measure_path(measure, "formula")
            kind, needs = (
                self.kind(measure.name),
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
            and self.kind(measure.per) not in (*NUMBER, "null")
            and not any(self._empty(name, measure.per) for name in self._own)
        ):
            yield self._wrong(
                measure_path(measure, "per"), f"`per` of {title}", measure.per, NUMBER
            )

    def _wrong(self, path: Path, title: str, name: str, needs: Needs) -> Problem:
        """An attribute or measure of the wrong kind."""
        for there in map(self._tables.get, self._own):
            if there is not None and name in there.kinds:
                return self._unfit(Role(path, title, (there.name,), name, needs), there)
        return self.places.problem(
            path,
            f"`{shown(name)}` is {NAMES[self.kind(name)]}, but {title} needs {NAMES[needs[0]]}",
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
            if name in self._tables:
                continue
            self._tables[name] = None
            try:
                kinds = {one.name: KINDS[one.type] for one in self.connection.columns(name)}
                self._tables[name] = _Table(name, self.connection.names(name), kinds)
            except ResourceError:
                raise
            except SalusError as error:
                for problem in error.problems:
                    yield (
                        problem
                        if problem.file != "salus"
                        else self.places.problem(path, problem.what, problem.fix)
                    )

    def _kinds(self, tables: Iterable[str]) -> dict[str, Kind]:
        """Columns of several tables; where two have one of a name, the first counts."""
        found: dict[str, Kind] = {}
        for table in filter(None, (self._tables.get(name) for name in tables)):
            found = {**table.kinds, **found}
        return found

    def _fitting(self, roles: Iterable[Role], among: Iterable[str]) -> Iterator[Problem]:
        for role in roles:
            tables = [self._tables.get(name) for name in role.tables]
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
                if table.kinds[role.column] not in role.needs and not self._empty(
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
        for name in sorted(names(asked.expression) - set(kinds)):
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
                    if (table := self._tables.get(name)) and found.name in table.kinds
                ),
                None,
            )
            if where and self._empty(where, str(found.name)):
                return
            seen = self._example(where, found.name) if where and found.name else ""
            fix = (
                "compare texts with texts ('10'), numbers with numbers (10), dates with"
                " '2026-01-31'"
            )
            place = f" (table `{shown(where)}`)" if where else ""
            yield self.places.problem(
                asked.path, f"{asked.title}{place}: {found}{seen}", fix, name=found.name
            )

    def _missing(self, path: Path, name: str, tables: list[str]) -> Iterator[Problem]:
        """A column that none of the tables has, said once."""
        known = {
            column_
            for table in tables
            if (there := self._tables.get(table))
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
                f"column `{shown(name)}` of table {title} is of a type that can't be read",
                "name a column of text, numbers, dates or true/false values",
                name=name,
            )
            return
        fix = (
            did_you_mean(name, known)
            or f"its columns are {', '.join(sorted(map(shown, known))[:12])}"
        )
        yield self.places.problem(
            path, f"table {title} has no column `{shown(name)}`", fix, name=name
        )

    def _unfit(self, role: Role, table: _Table) -> Problem:
        kind, needed = table.kinds[role.column], role.needs[0]
        seen = self._example(table.name, role.column) if kind == "text" else ""
        words = "a key" if "text" in role.needs and "bool" not in role.needs else f"{NAMES[needed]}"
        what = (
            f"`{shown(table.name)}.{shown(role.column)}` is {NAMES[kind]}, but {role.title} needs"
            f" {words}{seen}"
        )
        return self.places.problem(role.path, what, _FIXES.get(needed))

    def _empty(self, table: str, name: str) -> bool:
        """Whether an attribute has no value at all: then its type, which nobody chose, says
        nothing.
        """
        there = self._tables.get(table)
        if table not in self._own or there is None or name not in there.kinds:
            return False
        return not self._first(table, name)

    def _first(self, table: str, name: str) -> list[object]:
        """A value of a column, if it has any."""
        there = exp.not_(exp.Is(this=column(name), expression=exp.null()))
        select = exp.select(column(name)).from_(self.connection.table(table)).where(there).limit(1)
        found: list[object] = self.connection.query(select).column(0).to_pylist()
        return found

    def _example(self, table: str, name: str) -> str:
        """A value of the column as people may see it, with its line where the file was read by
        rows.
        """
        reading = getattr(self.connection, "readings", {}).get(table)
        for row in reading.preview if reading is not None else ():
            if row.before.get(name, "").strip():
                return f" (`{shown(row.before[name])}` in line {row.line})"
        rows = self._first(table, name)
        return f" (such as `{shown(str(rows[0]))}`)" if rows else ""


def _tables_of(source: Source) -> tuple[str, ...]:
    return (source.table,) if source.lookup is None else (source.table, source.lookup.table)


def _kind(expression: Expression, kinds: Mapping[str, Kind]) -> Kind:
    """The kind of an expression; `null` where its parts don't fit one another."""
    try:
        return kind_of(expression, kinds)
    except Mismatch:
        return "null"
