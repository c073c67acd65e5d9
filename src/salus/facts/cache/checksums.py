"""The number of facts and a checksum per file and day known: they show on which days a source has
changed.

Files of a table that haven't changed aren't read: their checksums stay valid. For a table without
files the checksums are computed from its facts, as the source declares them. So they include the
effect of rows on one another (`id`, `until: next`, `lookup`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlglot import exp

from salus.facts.cache.partial_file import write_or_skip
from salus.facts.sql.columns import BEGUN, CLOSED, ENDED, ENTITY, KNOWN, RECORDED, STOP, TIME
from salus.facts.sql.dialect import SQL, cast
from salus.facts.sql.origin import Origin
from salus.facts.sql.relation import FAR, Facts, Relation, Span, Table, column
from salus.sources.connection import FILE

SCHEMA = pa.schema(
    [("piece", pa.string()), ("day", pa.date32()), ("rows", pa.int64()), ("sum", pa.int64())]
)


@dataclass(frozen=True)
class Checksums:
    """Rows of SCHEMA for the days known from `since` on (None: all). `files`: each file with its
    state when it was read.
    """

    since: dt.date | None
    files: Mapping[str, str]
    table: pa.Table

    def covers(self, day: dt.date | None) -> bool:
        """Whether these include the days from `day` on (None: all)."""
        return self.since is None or (day is not None and day >= self.since)

    @property
    def newest(self) -> dt.date | None:
        """The last day on which any fact became known."""
        day: dt.date | None = pc.max(self.table["day"]).as_py()
        return day

    def files_between(self, first: dt.date | None, stop: dt.date) -> list[str]:
        """The files with facts known from `first` on and before `stop`."""
        return sorted(pc.unique(self._rows_between(first, stop)["piece"]).to_pylist())

    def count_facts(self, first: dt.date | None, stop: dt.date) -> int:
        """The number of facts known from `first` on and before `stop`."""
        return pc.sum(self._rows_between(first, stop)["rows"]).as_py() or 0

    def _rows_between(self, first: dt.date | None, stop: dt.date) -> pa.Table:
        inside = pc.less(self.table["day"], pa.scalar(stop, pa.date32()))
        if first is not None:
            inside = pc.and_(
                inside, pc.greater_equal(self.table["day"], pa.scalar(first, pa.date32()))
            )
        return self.table.filter(inside)

    def write(self, path: Path) -> None:
        metadata = {
            "since": self.since.isoformat() if self.since else "",
            **{f"piece:{k}": v for k, v in self.files.items()},
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_or_skip(path) as draft:
            pq.write_table(self.table.replace_schema_metadata(metadata), draft, compression="zstd")

    @classmethod
    def read(cls, path: Path) -> Checksums | None:
        """The checksums of a file; None if it doesn't exist or can't be read."""
        try:
            with pq.ParquetFile(path) as file:
                table = file.read()
        except (OSError, pa.ArrowException):
            return None
        metadata = {
            key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()
        }
        if "since" not in metadata or not table.schema.equals(SCHEMA):
            return None
        files = {
            name.removeprefix("piece:"): state
            for name, state in metadata.items()
            if name.startswith("piece:")
        }
        return cls(
            dt.date.fromisoformat(metadata["since"]) if metadata["since"] else None,
            files,
            table.replace_schema_metadata(),
        )


def compute_checksums(
    origin: Origin, since: dt.date | None, *, moving: bool, before: Checksums | None = None
) -> Checksums:
    """The checksums of the source as it is now. Files unchanged since `before` keep theirs."""
    if not origin.files:
        return Checksums(since, {}, _sum_checksums(origin, since, moving))
    unchanged = {
        name
        for name, state in origin.files.items()
        if before is not None and before.covers(since) and before.files.get(name) == state
    }
    tables = [
        _count_by_file(origin, since, [name for name in origin.files if name not in unchanged])
    ]
    if before is not None and unchanged:
        tables.append(
            before.table.filter(
                pc.is_in(before.table["piece"], pa.array(sorted(unchanged), pa.string()))
            )
        )
    return Checksums(since, dict(origin.files), pa.concat_tables(tables))


def changed_days(before: Checksums, now: Checksums) -> frozenset[dt.date]:
    """The days known on which anything has changed."""
    return frozenset(day for _, day, *_ in _states(before) ^ _states(now))


def _states(checksums: Checksums) -> set[tuple[str, dt.date, int, int]]:
    """The rows with the state of each file in the place of its name, so that a rewritten file
    counts as another one.
    """
    columns = (checksums.table[name].to_pylist() for name in ("piece", "day", "rows", "sum"))
    return {
        (checksums.files.get(file, file), *counts) for file, *counts in zip(*columns, strict=True)
    }


def _count_by_file(origin: Origin, since: dt.date | None, files: Sequence[str]) -> pa.Table:
    """The number of facts per file and day. This is enough, because a file with the same state
    holds the same facts.
    """
    if not files:
        return SCHEMA.empty_table()
    facts = origin.within(files).facts
    own = Table(facts.own.reference, {**facts.own.types, FILE: "text"})
    relation = Facts(facts.source, own, None, facts.dialect, facts.zone).relation(
        Span(None, FAR, since), ends=False
    )
    file = column(FILE) if len(files) > 1 else exp.Literal.string(files[0])
    return _query_days(origin, relation, file, cast(exp.Literal.number(0), "bigint"))


def _sum_checksums(origin: Origin, since: dt.date | None, moving: bool) -> pa.Table:
    source = origin.facts.source
    ending = source.ends
    relation = origin.facts.relation(Span(None, FAR, since), ends=ending, moving=moving)
    names = [
        ENTITY,
        BEGUN,
        TIME,
        RECORDED,
        *([CLOSED, ENDED] if ending else []),
        *([STOP] if relation.stops else []),
        *sorted(relation.columns.types),
    ]
    checksum = exp.Sum(this=origin.facts.dialect.checksum([column(name) for name in names]))
    return _query_days(origin, relation, exp.Literal.string(""), cast(checksum, "bigint"))


def _query_days(origin: Origin, relation: Relation, file: SQL, checksum: SQL) -> pa.Table:
    by = (
        [exp.Literal.number(1), exp.Literal.number(2)]
        if isinstance(file, exp.Column)
        else [exp.Literal.number(2)]
    )
    select = (
        exp.select(
            file.as_("piece"),
            column(KNOWN).as_("day"),
            cast(exp.Count(this=exp.Star()), "bigint").as_("rows"),
            checksum.as_("sum"),
        )
        .from_(relation.select.subquery("facts", copy=False))
        .group_by(*by)
    )
    return origin.connection.query(select).cast(SCHEMA)
