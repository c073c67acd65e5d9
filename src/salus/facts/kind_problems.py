"""Problems of columns and expressions that don't have the kind the model needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from salus.errors import Problem, ResourceError, SalusError
from salus.facts.column_kinds import ColumnKinds, TableKinds
from salus.facts.roles import CheckedExpression, Needs, Role
from salus.model.expressions.expression import find_names
from salus.model.expressions.kinds import NAMES, Kind, Mismatch, kind_of, require_truth
from salus.model.model import Model
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


@dataclass
class KindProblems:
    """Finds the problems of single columns and expressions. A missing column is reported once,
    where the file first names it.
    """

    model: Model
    connection: Connection
    reported: set[tuple[str, ...]] = field(default_factory=set)

    @cached_property
    def columns(self) -> ColumnKinds:
        return ColumnKinds(self.model, self.connection)

    @cached_property
    def places(self) -> ModelLocations:
        return ModelLocations(self.model)

    def wrong_kind(self, path: Path, title: str, name: str, needs: Needs) -> Problem:
        """An attribute or measure of the wrong kind."""
        for table in map(self.columns.tables.get, self.columns.entity_tables):
            if table is not None and name in table.kinds:
                return self._unfit(Role(path, title, (table.name,), name, needs), table)
        return self.places.problem(
            path,
            f"`{shorten(name)}` is {NAMES[self.columns.kind(name)]}, but {title} needs {NAMES[needs[0]]}",
            _FIXES.get(needs[0]),
        )

    def open_tables(self, tables: Mapping[str, Path]) -> Iterator[Problem]:
        """Look up tables that weren't looked up yet; what goes wrong is reported where the model
        names them.
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

    def check_roles(self, roles: Iterable[Role], among: Iterable[str]) -> Iterator[Problem]:
        for role in roles:
            tables = [self.columns.tables.get(name) for name in role.tables]
            if any(table is None for table in tables):
                continue  # already reported
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

    def check_computed(self, roles: Iterable[Role], kinds: Mapping[str, Kind]) -> Iterator[Problem]:
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

    def check_expression(
        self, checked: CheckedExpression, kinds: Mapping[str, Kind], tables: Iterable[str]
    ) -> Iterator[Problem]:
        """A condition or formula of a source: columns that don't exist, and kinds that don't fit."""
        for name in sorted(find_names(checked.expression) - set(kinds)):
            yield from self._missing(checked.path, name, list(tables))
        yield from self.check_kinds(checked, kinds, tables)

    def check_kinds(
        self, checked: CheckedExpression, kinds: Mapping[str, Kind], tables: Iterable[str]
    ) -> Iterator[Problem]:
        try:
            if checked.truth:
                require_truth(checked.expression, kinds)
            else:
                kind_of(checked.expression, kinds)
        except Mismatch as mismatch:
            table_name = next(
                (
                    name
                    for name in tables
                    if (table := self.columns.tables.get(name)) and mismatch.name in table.kinds
                ),
                None,
            )
            if table_name and self.columns.is_empty(table_name, str(mismatch.name)):
                return
            example = (
                self.columns.example(table_name, mismatch.name)
                if table_name and mismatch.name
                else ""
            )
            fix = (
                "compare texts with texts ('10'), numbers with numbers (10), dates with"
                " '2026-01-31'"
            )
            place = f" (table `{shorten(table_name)}`)" if table_name else ""
            yield self.places.problem(
                checked.path,
                f"{checked.title}{place}: {mismatch}{example}",
                fix,
                name=mismatch.name,
            )

    def _missing(self, path: Path, name: str, tables: list[str]) -> Iterator[Problem]:
        """A column that none of the tables has, reported once."""
        known = {
            column_
            for table in tables
            if (kinds := self.columns.tables.get(table))
            for column_ in kinds.names
        }
        key = (*sorted(tables), name)
        if key in self.reported:
            return
        self.reported.add(key)
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
        example = self.columns.example(table.name, role.column) if kind == "text" else ""
        need = "a key" if "text" in role.needs and "bool" not in role.needs else f"{NAMES[needed]}"
        what = (
            f"`{shorten(table.name)}.{shorten(role.column)}` is {NAMES[kind]}, but {role.title} needs"
            f" {need}{example}"
        )
        return self.places.problem(role.path, what, _FIXES.get(needed))
