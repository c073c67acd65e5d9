"""Who has a flag: a column of the entity's table that says who left, without a date."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from salus.errors import DataError
from salus.facts.gate import require_outcome
from salus.facts.sql.dialect import Type, dialect
from salus.facts.sql.expressions import Columns, condition
from salus.facts.sql.relation import column
from salus.model.model import Model, Outcome, flag_value
from salus.model.yaml.findings import shorten
from salus.sources.connection import Connection

EXAMPLES = 6  # values of the column that a message lists


def load_flags(
    model: Model, connection: Connection, outcome: Outcome, ids: Sequence[str]
) -> NDArray[np.bool_]:
    """Whether each entity has the flag. Raises DataError where no row has one of its values."""
    table, flag = model.entity.table, outcome.flag
    assert table is not None and flag is not None
    require_outcome(model, connection, outcome)
    types = {one.name: one.type for one in connection.columns(table)}
    rules = dialect(connection.dialect)
    columns = Columns(types, rules, model.timezone)
    select = exp.select(
        rules.key(column(model.entity.key), types[model.entity.key]).as_("entity", quoted=True),
        columns.value(flag).sql.as_("flag", quoted=True),
    ).from_(connection.table(table))
    if outcome.where is not None:
        select = select.where(condition(outcome.where, columns))
    rows = connection.query(select)
    mask = np.array(
        [matches(value, outcome.values, types[flag]) for value in rows["flag"].to_pylist()],
        dtype=bool,
    )
    if not mask.any():
        raise DataError(_nobody(outcome, table, rows["flag"]), "write `is` as the column has it")
    found = set(rows["entity"].cast(pa.string()).filter(pa.array(mask)).to_pylist())
    return np.array([one in found for one in ids], dtype=bool)


def matches(value: object, wanted: Sequence[str], kind: Type) -> bool:
    """Whether a value of a column of this type is one of those wanted; texts are equal letter by
    letter.

    >>> matches("Yes", ["Yes"], "text"), matches("yes", ["Yes"], "text"), matches(1.0, ["1"], "integer")
    (True, False, True)
    >>> matches(True, ["true"], "bool"), matches(True, ["Yes"], "bool"), matches(False, ["0", "no"], "bool")
    (True, True, True)
    """
    if value is None:
        return False
    if kind == "bool":
        return value in {_truth(one) for one in wanted}
    if kind in ("number", "integer") and isinstance(value, int | float):
        numbers = [one for one in map(flag_value, wanted) if isinstance(one, float)]
        return math.isfinite(value) and float(value) in numbers
    return str(value) in wanted


def _truth(word: str) -> bool | None:
    """A truth as people write it; None for other words."""
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    return words.get(word.lower())


def _nobody(outcome: Outcome, table: str, values: pa.ChunkedArray) -> str:
    there = [shorten(str(one)) for one in values.unique().to_pylist() if one is not None][
        : EXAMPLES + 1
    ]
    listed = ", ".join(f"'{one}'" for one in there[:EXAMPLES]) + (
        " …" if len(there) > EXAMPLES else ""
    )
    wanted = " or ".join(f"'{shorten(one)}'" for one in outcome.values)
    return (
        f"no row of {table} has `{shorten(outcome.flag or '')}` = {wanted} (outcome"
        f" `{outcome.name}`); it has {listed or 'no value'}"
    )
