"""The ends of contracts as an outcome."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from salus.facts.kind_checks import require_outcome
from salus.facts.spells import build_contracts, find_spells
from salus.facts.sql.columns import ENTITY
from salus.facts.sql.contract_rows import select_contracts
from salus.model.model import Model, Outcome
from salus.periods.day import NEVER
from salus.sources.connection import Connection


def contract_ends(model: Model, connection: Connection, outcome: Outcome, end: int) -> pa.Table:
    """One row per end that came or was decided before the day `end`, as columns `entity`, `day` (when it was decided, else
    when it came) and `effect`. An end after which another contract follows within `gap` isn't one.
    """
    require_outcome(model, connection, outcome)
    contracts, select = model.entity.contracts, select_contracts(model, connection)
    assert contracts is not None and select is not None
    rows = connection.query(select)
    keys = pc.unique(rows[ENTITY].cast(pa.string())).to_pylist()
    spells = find_spells(build_contracts(rows, keys), contracts.gap, end)
    over = spells.ended < NEVER
    return pa.table(
        {
            "entity": pa.array(keys, pa.string()).take(pa.array(spells.entity[over])),
            "day": pa.array(spells.decided[over]).cast(pa.date32()),
            "effect": pa.array(spells.ended[over]).cast(pa.date32()),
        }
    )
