"""Outcomes that a table tells: a row each."""

from __future__ import annotations

import pyarrow as pa
from sqlglot import exp

from salus.facts.kind_checks import require_outcome
from salus.facts.sql.dialect import dialect
from salus.facts.sql.expressions import Columns, condition
from salus.facts.sql.relation import column
from salus.facts.sql.sql_helpers import open_end
from salus.model.model import Model, Outcome
from salus.sources.connection import Connection


def load_recorded(model: Model, connection: Connection, outcome: Outcome) -> pa.Table:
    """Columns entity, day (decided, where that is declared and earlier, else time), effect
    (time).
    """
    assert outcome.table is not None and outcome.key is not None and outcome.time is not None
    rules = dialect(connection.dialect)
    require_outcome(model, connection, outcome)
    types = {one.name: one.type for one in connection.columns(outcome.table)}
    time = open_end(rules.day(column(outcome.time), types[outcome.time], model.timezone))
    day = time.copy()
    if outcome.decided is not None:
        decided = open_end(
            rules.day(column(outcome.decided), types[outcome.decided], model.timezone)
        )
        day = rules.extreme("least", [decided, time.copy()])
    key = rules.key(column(outcome.key), types[outcome.key])
    columns = [
        key.as_("entity", quoted=True),
        day.as_("day", quoted=True),
        time.as_("effect", quoted=True),
    ]
    chosen = exp.select(*columns).from_(connection.table(outcome.table))
    if outcome.where is not None:
        chosen = chosen.where(condition(outcome.where, Columns(types, rules, model.timezone)))
    rows = chosen.subquery("o", copy=False)
    there = [
        exp.not_(exp.Is(this=column(name), expression=exp.null())) for name in ("entity", "day")
    ]
    return connection.query(
        exp.select(*map(column, ("entity", "day", "effect"))).from_(rows).where(*there)
    )
