"""Problems with the population: an entity table without rows, first days, or active entities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from salus.datasets.population_summary import PopulationSummary
from salus.errors import Problem
from salus.facts.population import select_current
from salus.facts.spells import build_contracts, find_membership
from salus.facts.sql.contract_rows import select_contracts
from salus.facts.sql.keys import load_key_column
from salus.model.model import Model
from salus.model.yaml.places import ModelLocations
from salus.periods.day import day_number
from salus.sources.connection import Connection


def check_population(
    model: Model,
    connection: Connection,
    places: ModelLocations,
    as_of: dt.date,
) -> Iterator[Problem]:
    """An error if no date has anybody to score; a warning if only `as_of`, the default date, has
    nobody.
    """
    entity = model.entity
    if entity.table is None:
        return
    rows = connection.query(select_current(model, connection))
    changing = (
        set()
        if entity.history is None
        else entity.history.attributes(
            column.name for column in connection.columns(entity.history.table)
        )
    )
    starts, ends = (None if name in changing else name for name in (entity.starts, entity.ends))
    if not rows.num_rows and entity.where is not None:
        yield places.problem(
            ("entity", "where"),
            f"no row of table `{entity.table}` meets `where` of the entity, so there is no"
            f" {entity.name} to score",
            "check its values and its columns",
        )
    elif not rows.num_rows:
        yield places.problem(
            ("entity", "table"),
            f"table `{entity.table}` has no rows, so there is no {entity.name} to score",
            "export it again, or name another table",
        )
    elif starts is not None and rows[starts].null_count == rows.num_rows:
        yield places.problem(
            ("entity", "starts"),
            f"`{starts}` is empty in every row, so no {entity.name} can be scored",
            "name a column with first days, or leave out `starts`",
        )
    elif not _any_active(rows, starts, ends, as_of) or not _any_contract(model, connection, as_of):
        yield places.problem(
            ("entity", "contracts" if entity.contracts else "ends" if ends else "starts"),
            f"no {entity.name} is active on {as_of}, the date that is scored by default",
            "check the first and last days, or score another date with --as-of",
            "warning",
        )


def count_returned(model: Model, summary: PopulationSummary | None) -> dict[str, int]:
    """For each outcome that is the end of contracts: how many of those in the last 18 months are
    followed by the return of the customer. Who left and isn't back had one more end than returns.
    """
    if summary is None or summary.left is None:
        return {}
    ends = {outcome.name for outcome in model.outcomes if outcome.contracts}
    return {each.name: each.recent - summary.left for each in summary.outcomes if each.name in ends}


def _any_contract(model: Model, connection: Connection, as_of: dt.date) -> bool:
    """Whether a contract runs on the date; true if the model has no contracts."""
    contracts, select = model.entity.contracts, select_contracts(model, connection)
    if contracts is None or select is None:
        return True
    keys = load_key_column(model, connection)
    assert keys is not None
    rows = build_contracts(connection.query(select), keys.unique().drop_null().to_pylist())
    first, last = find_membership(rows, contracts.gap)
    day = day_number(as_of)
    return bool(((first < day) & (day <= last)).any())


def _any_active(rows: pa.Table, starts: str | None, ends: str | None, as_of: dt.date) -> bool:
    """Whether a row is in the population: after its first day and not after its last day."""
    day, active = pa.scalar(as_of), pa.array([True] * rows.num_rows)
    if starts is not None:
        begun = pc.less(rows[starts].cast(pa.date32()), day)
        active = pc.and_(active, pc.fill_null(begun, False))
    if ends is not None and rows[ends].null_count < rows.num_rows:  # an empty column has no type
        not_ended = pc.greater_equal(rows[ends].cast(pa.date32()), day)
        active = pc.and_(active, pc.fill_null(not_ended, True))
    return bool(pc.any(active).as_py())
