"""How the facts of a source were recorded: how many rows and keys, how late, and how many were
changed later.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from salus.facts.sql.columns import BEGUN, ENTITY, KNOWN
from salus.facts.sql.dialect import SQL, cast
from salus.facts.sql.expressions import Columns
from salus.facts.sql.origin import Origin
from salus.facts.sql.relation import FAR, Span, column
from salus.model.model import Model
from salus.sources.connection import Connection

LATE = 31  # days after which a recording counts as late


@dataclass(frozen=True)
class RecordingStats:
    """Counts over a whole source. `late`, `ids` and `changed` are 0 where the model declares no
    `recorded` or no `id`.
    """

    source: str
    facts: int
    entities: int
    late: int = 0  # facts recorded more than LATE days after they happened
    ids: int = 0
    changed: int = 0  # ids whose later rows differ from the first


def count_recordings(model: Model, connection: Connection, name: str) -> RecordingStats:
    """The counts of a source, by one or two grouped queries."""
    origin, source = Origin.of(model, connection, name), model.sources[name]
    facts = origin.facts.relation(Span(None, FAR), ends=False).select.subquery("facts", copy=False)
    counts: list[SQL] = [
        exp.Count(this=exp.Star()),
        exp.Count(this=exp.Distinct(expressions=[column(ENTITY)])),
    ]
    if source.recorded:
        late = exp.GT(
            this=origin.facts.dialect.days_between(column(KNOWN), column(BEGUN)),
            expression=exp.Literal.number(LATE),
        )
        counts.append(_as_number(late))
    names = ("facts", "entities", "late")
    row = connection.query(
        exp.select(*(_as_bigint(count, names[i]) for i, count in enumerate(counts))).from_(facts)
    ).to_pylist()[0]
    ids, changed = _changes(origin) if source.recorded and source.id else (0, 0)
    return RecordingStats(name, row["facts"], row["entities"], row.get("late") or 0, ids, changed)


def _changes(origin: Origin) -> tuple[int, int]:
    """The number of ids, and of those whose rows differ in the key, the time or a column that is
    read, apart from `recorded`.
    """
    source, types = origin.facts.source, origin.facts.own.types
    columns = Columns(types, origin.facts.dialect, origin.facts.zone)
    values = [columns.value(name).sql for name in sorted(set(types) - {source.id, source.recorded})]
    assert source.id is not None
    id_column = column(source.id)
    has_id = exp.not_(exp.Is(this=id_column.copy(), expression=exp.null()))
    differ = exp.or_(*(_differs(value) for value in values))
    own = origin.facts.own.reference.copy()
    ids = (
        exp.select(_as_number(differ, sums=False).as_("differs"))
        .from_(own)
        .where(has_id)
        .group_by(id_column)
    )
    select = exp.select(
        _as_bigint(exp.Count(this=exp.Star()), "ids"),
        _as_bigint(exp.Sum(this=column("differs")), "changed"),
    )
    row = origin.connection.query(select.from_(ids.subquery("each", copy=False))).to_pylist()[0]
    return row["ids"], row["changed"] or 0


def _differs(value: SQL) -> SQL:
    """Over the rows of an id: whether there are several values, or one that isn't in all rows."""
    counted = exp.Count(this=value)
    different = exp.GT(
        this=exp.Count(this=exp.Distinct(expressions=[value.copy()])),
        expression=exp.Literal.number(1),
    )
    any_value = exp.GT(this=counted.copy(), expression=exp.Literal.number(0))
    return exp.or_(
        different, exp.and_(any_value, exp.LT(this=counted, expression=exp.Count(this=exp.Star())))
    )


def _as_number(condition: SQL, *, sums: bool = True) -> SQL:
    """1 where the condition holds, else 0; as a sum over rows with `sums`."""
    flag: SQL = exp.case().when(condition, exp.Literal.number(1)).else_(exp.Literal.number(0))
    return exp.Sum(this=flag) if sums else flag


def _as_bigint(value: SQL, name: str) -> SQL:
    return cast(value, "bigint").as_(name)
