"""How the facts of a source came in: how many rows and keys, how late they were recorded, how many
were changed later.
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

LATE = 31  # days after which a recording is no mere delay


@dataclass(frozen=True)
class RecordingStats:
    """Counts of a whole source. `late` and `ids`, `changed` are 0 where the model doesn't say
    `recorded`, or no `id`.
    """

    source: str
    facts: int
    entities: int
    late: int = 0  # facts recorded more than LATE days after they happened
    ids: int = 0
    changed: int = 0  # ids of which a later row says something else than an earlier one


def count_recordings(model: Model, connection: Connection, name: str) -> RecordingStats:
    """One or two grouped queries, where the data lie."""
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
        counts.append(_times(late))
    names = ("facts", "entities", "late")
    row = connection.query(
        exp.select(*(_whole(one, names[i]) for i, one in enumerate(counts))).from_(facts)
    ).to_pylist()[0]
    ids, changed = _changes(origin) if source.recorded and source.id else (0, 0)
    return RecordingStats(name, row["facts"], row["entities"], row.get("late") or 0, ids, changed)


def _changes(origin: Origin) -> tuple[int, int]:
    """Ids in the table, and those whose rows differ in the key, the time or a column that is read,
    apart from `recorded`.
    """
    source, types = origin.facts.source, origin.facts.own.types
    columns = Columns(types, origin.facts.dialect, origin.facts.zone)
    said = [columns.value(one).sql for one in sorted(set(types) - {source.id, source.recorded})]
    assert source.id is not None
    same = column(source.id)
    there = exp.not_(exp.Is(this=same.copy(), expression=exp.null()))
    differ = exp.or_(*(_differs(one) for one in said))
    own = origin.facts.own.reference.copy()
    each = (
        exp.select(_times(differ, sums=False).as_("differs")).from_(own).where(there).group_by(same)
    )
    total = exp.select(
        _whole(exp.Count(this=exp.Star()), "ids"),
        _whole(exp.Sum(this=column("differs")), "changed"),
    )
    row = origin.connection.query(total.from_(each.subquery("each", copy=False))).to_pylist()[0]
    return row["ids"], row["changed"] or 0


def _differs(value: SQL) -> SQL:
    """Over the rows of an id: several values, or one that isn't in all rows."""
    counted = exp.Count(this=value)
    several = exp.GT(
        this=exp.Count(this=exp.Distinct(expressions=[value.copy()])),
        expression=exp.Literal.number(1),
    )
    there = exp.GT(this=counted.copy(), expression=exp.Literal.number(0))
    return exp.or_(
        several, exp.and_(there, exp.LT(this=counted, expression=exp.Count(this=exp.Star())))
    )


def _times(condition: SQL, *, sums: bool = True) -> SQL:
    """1 where it holds, else 0; as a sum over rows."""
    one: SQL = exp.case().when(condition, exp.Literal.number(1)).else_(exp.Literal.number(0))
    return exp.Sum(this=one) if sums else one


def _whole(value: SQL, name: str) -> SQL:
    return cast(value, "bigint").as_(name)
