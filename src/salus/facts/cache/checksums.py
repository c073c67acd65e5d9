"""What tells on which days a source has changed: per file and day known, the number of facts and a
checksum.

Files of a table that are as they were need not be looked into: their marks stand. A table in one
piece is marked by checksums of its facts, as the source declares them; so what rows do to one
another (`id`, `until: next`, `lookup`) counts.
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
    """Rows of SCHEMA for the days known from `since` on (None: all); `pieces`: file -> its state
    when it was marked.
    """

    since: dt.date | None
    pieces: Mapping[str, str]
    table: pa.Table

    def cover(self, day: dt.date | None) -> bool:
        """Whether days from `day` on (None: all) are marked."""
        return self.since is None or (day is not None and day >= self.since)

    @property
    def newest(self) -> dt.date | None:
        """The last day on which anything became known."""
        day: dt.date | None = pc.max(self.table["day"]).as_py()
        return day

    def holding(self, first: dt.date | None, stop: dt.date) -> list[str]:
        """The files with facts known from `first` on and before `stop`."""
        return sorted(pc.unique(self._known(first, stop)["piece"]).to_pylist())

    def facts(self, first: dt.date | None, stop: dt.date) -> int:
        """The number of facts known from `first` on and before `stop`."""
        return pc.sum(self._known(first, stop)["rows"]).as_py() or 0

    def _known(self, first: dt.date | None, stop: dt.date) -> pa.Table:
        inside = pc.less(self.table["day"], pa.scalar(stop, pa.date32()))
        if first is not None:
            inside = pc.and_(
                inside, pc.greater_equal(self.table["day"], pa.scalar(first, pa.date32()))
            )
        return self.table.filter(inside)

    def write(self, path: Path) -> None:
        about = {
            "since": self.since.isoformat() if self.since else "",
            **{f"piece:{k}": v for k, v in self.pieces.items()},
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_or_skip(path) as draft:
            pq.write_table(self.table.replace_schema_metadata(about), draft, compression="zstd")

    @classmethod
    def read(cls, path: Path) -> Checksums | None:
        """The marks of a file; None if there are none, or they can't be read."""
        try:
            with pq.ParquetFile(path) as file:
                table = file.read()
        except (OSError, pa.ArrowException):
            return None
        about = {
            key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()
        }
        if "since" not in about or not table.schema.equals(SCHEMA):
            return None
        pieces = {
            name.removeprefix("piece:"): state
            for name, state in about.items()
            if name.startswith("piece:")
        }
        return cls(
            dt.date.fromisoformat(about["since"]) if about["since"] else None,
            pieces,
            table.replace_schema_metadata(),
        )


def compute_checksums(
    origin: Origin, since: dt.date | None, *, moving: bool, before: Checksums | None = None
) -> Checksums:
    """The marks of the source as it is now; files that are as they were `before` keep theirs."""
    if not origin.pieces:
        return Checksums(since, {}, _checked(origin, since, moving))
    same = {
        name
        for name, state in origin.pieces.items()
        if before is not None and before.cover(since) and before.pieces.get(name) == state
    }
    tables = [_counted(origin, since, [name for name in origin.pieces if name not in same])]
    if before is not None and same:
        tables.append(
            before.table.filter(
                pc.is_in(before.table["piece"], pa.array(sorted(same), pa.string()))
            )
        )
    return Checksums(since, dict(origin.pieces), pa.concat_tables(tables))


def changed_days(before: Checksums, now: Checksums) -> frozenset[dt.date]:
    """The days known on which something is other than before."""
    return frozenset(day for _, day, *_ in _states(before) ^ _states(now))


def _states(one: Checksums) -> set[tuple[str, dt.date, int, int]]:
    """The marks with the state of each file in the place of its name: a file rewritten is another
    one.
    """
    columns = (one.table[name].to_pylist() for name in ("piece", "day", "rows", "sum"))
    return {(one.pieces.get(piece, piece), *mark) for piece, *mark in zip(*columns, strict=True)}


def _counted(origin: Origin, since: dt.date | None, pieces: Sequence[str]) -> pa.Table:
    """How many facts each file holds per day: a file whose state is the same holds the same."""
    if not pieces:
        return SCHEMA.empty_table()
    facts = origin.within(pieces).facts
    own = Table(facts.own.reference, {**facts.own.types, FILE: "text"})
    relation = Facts(facts.source, own, None, facts.dialect, facts.zone).relation(
        Span(None, FAR, since), ends=False
    )
    piece = column(FILE) if len(pieces) > 1 else exp.Literal.string(pieces[0])
    return _marked(origin, relation, piece, cast(exp.Literal.number(0), "bigint"))


def _checked(origin: Origin, since: dt.date | None, moving: bool) -> pa.Table:
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
    total = exp.Sum(this=origin.facts.dialect.checksum([column(name) for name in names]))
    return _marked(origin, relation, exp.Literal.string(""), cast(total, "bigint"))


def _marked(origin: Origin, relation: Relation, piece: SQL, checksum: SQL) -> pa.Table:
    by = (
        [exp.Literal.number(1), exp.Literal.number(2)]
        if isinstance(piece, exp.Column)
        else [exp.Literal.number(2)]
    )
    select = (
        exp.select(
            piece.as_("piece"),
            column(KNOWN).as_("day"),
            cast(exp.Count(this=exp.Star()), "bigint").as_("rows"),
            checksum.as_("sum"),
        )
        .from_(relation.select.subquery("facts", copy=False))
        .group_by(*by)
    )
    return origin.connection.query(select).cast(SCHEMA)
