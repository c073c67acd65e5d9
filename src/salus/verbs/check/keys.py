"""Problems with keys: unclear rows of the entity table, and rows that belong to no entity."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from operator import gt

import pyarrow as pa
from sqlglot import exp

from salus.errors import Problem
from salus.facts.population import select_current
from salus.facts.sql.dialect import cast
from salus.facts.sql.keys import (
    AmbiguousKeys,
    KeyColumn,
    KeyCounts,
    NearName,
    count_keys,
    load_key_column,
    load_left_out_keys,
)
from salus.facts.sql.linked_keys import count_linked
from salus.facts.sql.total_row import FIX, find_total_row
from salus.model.link import columns_of
from salus.model.model import Model
from salus.model.yaml.findings import shorten
from salus.model.yaml.places import ModelLocations
from salus.sources.connection import Connection
from salus.sources.folder import Folder
from salus.sources.key import plain_key
from salus.verbs.check.joins import describe_ways
from salus.verbs.check.result import TableUse

SHOWN_LINES, SHOWN_NAMES = 8, 3


@dataclass(kw_only=True)
class KeyChecks:
    """Checks the keys of all tables. `counts` and `uses` grow with each table checked."""

    model: Model
    connection: Connection
    places: ModelLocations
    entity_keys: pa.ChunkedArray | None = None  # None without an entity table
    known: frozenset[str] | None = None
    entity_rows: tuple[int, int] | None = None  # of the entity's table: those of entities, all
    left_out: frozenset[str] = frozenset()  # keys of rows that `entity.where` leaves out
    counts: list[KeyCounts] = field(default_factory=list)
    uses: list[TableUse] = field(default_factory=list)
    _reported: dict[object, tuple[int, ...]] = field(default_factory=dict)

    def load(self) -> None:
        """Read the keys of the entity table."""
        self.entity_keys = load_key_column(self.model, self.connection)
        if self.entity_keys is not None:
            self.known = frozenset(filter(None, self.entity_keys.to_pylist()))
            self.left_out = load_left_out_keys(self.model, self.connection) - self.known
            entities = len(self.entity_keys)
            self.entity_rows = (entities, self._table_rows(entities))

    def _table_rows(self, entities: int) -> int:
        """The number of rows of the entity's table."""
        entity = self.model.entity
        if entity.where is None:
            return entities
        number = cast(exp.Count(this=exp.Star()), "bigint").as_("n")
        counted = exp.select(number).from_(self.connection.table(str(entity.table)))
        return int(self.connection.query(counted)["n"][0].as_py())

    def entity_table(self) -> Iterator[Problem]:
        """Rows of the entity table without a key, or with the key of another row."""
        if self.entity_keys is None:
            return
        key = self.model.entity.key
        rows = AmbiguousKeys.of(self.entity_keys, str(self.model.entity.table), key)
        if rows:
            lines = self._lines(rows.table, rows.key, rows.keys)
            more = " …" if len(lines) > SHOWN_LINES else ""
            word = "line" if len(lines) == 1 else "lines"
            numbers = ", ".join(map(str, lines[:SHOWN_LINES]))
            where = f", in {word} {numbers}{more}" if lines else ""
            yield self.places.problem(
                ("entity", "key"), f"{rows}{where}", "keep one row per key, each with a key"
            )

    def total_row(self) -> Iterator[Problem]:
        """A row of the entity table that is the sum of the others."""
        if self.model.entity.table is None:
            return
        rows = self.connection.query(select_current(self.model, self.connection))
        total = find_total_row(self.model, rows)
        if total is not None:
            lines = self._lines(total.table, self.model.entity.key, frozenset({total.key}))
            where = f", in line {lines[0]}" if lines else ""
            yield self.places.problem(("entity", "table"), f"{total}{where}", FIX)

    def facts(self, path: tuple[str, ...], column: KeyColumn) -> Iterator[Problem]:
        """Rows of a source, a history or an outcome without a key or with an unknown one."""
        count = (
            count_linked(self.model, self.connection, column)
            if column.paths
            else count_keys(self.connection, column, self.known, self.left_out)
        )
        ways = describe_ways(self.model, column)
        self.uses.append(
            TableUse(
                table=column.table,
                title=column.title,
                ways=ways,
                counts=count,
                narrowed=path[0] == "sources" and self.model.sources[path[1]].where is not None,
            )
        )
        if count is None:
            return
        self.counts.append(count)
        if count.facts == 0:
            facts = "facts, so its measures are missing" if path[0] == "sources" else "rows"
            yield self.places.problem(
                path,
                f"{count.of} has no {facts}",
                "check its `where`, and whether the table is empty",
                "warning",
            )
        if not (path[0] == "sources" and self._is_reported(column, count)):
            yield from self._rows_without_entity(path, column, count)

    def _is_reported(self, column: KeyColumn, count: KeyCounts) -> bool:
        """Whether another source has the same key of the same table, and no fewer of its rows without
        an entity are among the problems.
        """
        rows = (count.without, count.unknown, count.ambiguous, count.different)
        key = (column.table, column.key, column.paths)
        before = self._reported.setdefault(key, rows)
        if before is rows or any(map(gt, rows, before)):
            self._reported[key] = tuple(map(max, rows, before))
            return False
        return True

    def _rows_without_entity(
        self, path: tuple[str, ...], column: KeyColumn, count: KeyCounts
    ) -> Iterator[Problem]:
        if count.without:
            verb = "has no key and isn't" if count.without == 1 else "have no key and aren't"
            yield self.places.problem(
                path,
                f"{_rows(count.without)} of {_place(path, column)} {verb} counted",
                f"fill in {_columns(column)} in these rows, or ignore this if they don't matter",
                "warning",
            )
        yield from self._linked(path, column, count)
        if count.unknown and self.known:  # an entity table without rows is a problem of its own
            yield self._unknown(path, column, count)
            yield from self._near(path, column, count)

    def _linked(
        self, path: tuple[str, ...], column: KeyColumn, count: KeyCounts
    ) -> Iterator[Problem]:
        """Rows whose names lead to several entities."""
        names = self.model.entity.names
        if count.ambiguous:
            has = "has a name that leads" if count.ambiguous == 1 else "have names that lead"
            yield self.places.problem(
                (*path, "key"),
                f"{_rows(count.ambiguous)} of {_place(path, column)} {has} to several {names},"
                f" such as {_quoted(count.ambiguous_names)}; not counted",
                "use a name that only one of them has, or assign these names in the link's"
                " `corrections`",
                "warning",
            )
        if count.different:
            has = "has keys that lead" if count.different == 1 else "have keys that lead"
            yield self.places.problem(
                (*path, "key"),
                f"{_rows(count.different)} of {_place(path, column)} {has} to different {names};"
                " the first key in the list decides",
                "put the more reliable key first, or correct these rows",
                "warning",
            )

    def _near(
        self, path: tuple[str, ...], column: KeyColumn, count: KeyCounts
    ) -> Iterator[Problem]:
        """Unknown names that look like known ones. Only a person can say that they are the same."""
        near = count.near_names
        if not near:
            return
        some = ", ".join(
            f"'{shorten(each.name)}' ({_rows(each.rows)}) ~ '{shorten(each.like)}'"
            for each in near[:SHOWN_NAMES]
        )
        more = f" … and {len(near) - SHOWN_NAMES} more" if len(near) > SHOWN_NAMES else ""
        looks = "name looks like a known one" if len(near) == 1 else "names look like known ones"
        yield self.places.problem(
            (*path, "key"),
            f"{len(near)} unknown {looks} in {_place(path, column)}: {some}{more}",
            f"if that is right, add the line {_correction(near[0])} to"
            f" {self._corrections_file(near[0].link)}",
            "warning",
        )

    def _corrections_file(self, link: str) -> str:
        """The file for corrections of a link."""
        file = self.model.links[link].corrections
        return file or f"a file, and name it in the link: corrections: links/{link}.csv"

    def corrections(self) -> Iterator[Problem]:
        """Corrections of links that lead to unknown keys."""
        if self.known is None:
            return
        for link in self.model.links.values():
            lost = [key for _, key in link.corrected if plain_key(key) not in self.known]
            lost = [key for key in lost if plain_key(key) not in self.left_out]
            if lost:
                examples = ", ".join(f"'{shorten(key)}'" for key in lost[:3])
                more = " …" if len(lost) > 3 else ""
                yield self.places.problem(
                    ("links", link.name, "corrections"),
                    f"the file {link.corrections} leads to keys that aren't in table"
                    f" `{self.model.entity.table}`: {examples}{more}",
                    "correct the second column of the file",
                )

    def _unknown_name(self, path: tuple[str, ...], column: KeyColumn, count: KeyCounts) -> Problem:
        """Rows whose names no link knows. It is an error if this is so in all of them."""
        examples = _quoted(count.examples)
        nothing = count.unknown == count.facts - count.without
        verb = "has a name" if count.unknown == 1 else "have names"
        return self.places.problem(
            (*path, "key"),
            f"{_rows(count.unknown)} of {_place(path, column)} {verb} that no link knows, such as"
            f" {examples}; not counted",
            "check the columns of the key and of its links"
            if nothing
            else "assign these names in the link's `corrections`, or ignore this if they"
            f" aren't {self.model.entity.names}",
            "error" if nothing and path[0] == "outcomes" else "warning",
        )

    def _unknown(self, path: tuple[str, ...], column: KeyColumn, count: KeyCounts) -> Problem:
        """An outcome without a single known key is an error: it names the wrong column."""
        if column.paths:
            return self._unknown_name(path, column, count)
        entity, examples = self.model.entity, ", ".join(map(repr, count.examples))
        owner = (
            f"belongs to {examples}, which isn't in table `{entity.table}`; it isn't counted"
            if count.unknown == 1
            else f"belong to {entity.names} that aren't in table `{entity.table}`, such as"
            f" {examples}; they aren't counted"
        )
        wrong_column = path[0] == "outcomes" and count.unknown == count.facts - count.without
        return self.places.problem(
            path,
            f"{_rows(count.unknown)} of {_place(path, column)} {owner}",
            f"check `key: {column.key}`"
            if wrong_column
            else f"add missing {entity.names} to table `{entity.table}`",
            "error" if wrong_column else "warning",
        )

    def _lines(self, table: str, key: str, names: frozenset[str | None]) -> list[int]:
        """The lines of a file with these keys; none for a database."""
        if not isinstance(self.connection, Folder):
            return []
        return self.connection.lines_of(table, key, names)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{shorten(name)}'" for name in names)


def _correction(near: NearName) -> str:
    """A line of a file of corrections."""
    line = StringIO()
    csv.writer(line, lineterminator="").writerow((near.name, near.key))
    return shorten(line.getvalue())


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _columns(column: KeyColumn) -> str:
    """The columns that a key is made from."""
    names = columns_of(column.paths) if column.paths else (column.key,)
    return " or ".join(f"`{shorten(name)}`" for name in names)


def _place(path: tuple[str, ...], column: KeyColumn) -> str:
    """The table, and what the model uses it for."""
    section, name = path[0], path[-1]
    use = {"sources": f"source `{name}`", "outcomes": f"outcome `{name}`"}.get(section, str(name))
    return f"table `{column.table}` ({use})"
