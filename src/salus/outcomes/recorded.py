"""Outcomes that a table records, one row each."""

from __future__ import annotations

import pyarrow as pa
from sqlglot import exp

from salus.facts.kind_checks import require_outcome
from salus.facts.sql.dialect import dialect
from salus.facts.sql.expressions import Columns, condition
from salus.facts.sql.links import KeyedTable, keyed_table
from salus.facts.sql.relation import column
from salus.facts.sql.sql_helpers import open_end
from salus.model.model import Model, Outcome
from salus.sources.connection import Connection


def load_recorded(model: Model, connection: Connection, outcome: Outcome) -> pa.Table:
    """The rows of the outcome's table as columns `entity`, `day` and `effect`.

    `effect` is the model's `time`; `day` is its `decided` if that is declared and earlier, else
    `time`. Rows without a key or a day are left out.
    """
    assert outcome.table is not None and outcome.key is not None and outcome.time is not None
    rules = dialect(connection.dialect)
    require_outcome(model, connection, outcome)
    rows, types = keyed_table(
        model, connection, KeyedTable(outcome.table, outcome.keys, outcome.time)
    )
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
    select = exp.select(*columns).from_(rows)
    if outcome.where is not None:
        select = select.where(condition(outcome.where, Columns(types, rules, model.timezone)))
    events = select.subquery("o", copy=False)
    present = [
        exp.not_(exp.Is(this=column(name), expression=exp.null())) for name in ("entity", "day")
    ]
    return connection.query(
        exp.select(*map(column, ("entity", "day", "effect"))).from_(events).where(*present)
    )
