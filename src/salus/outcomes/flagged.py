"""Flags: a column of the entity's table that says who left, but not when."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from salus.errors import DataError
from salus.facts.kind_checks import require_outcome
from salus.facts.sql.dialect import Type, dialect
from salus.facts.sql.entities import entity_rows
from salus.facts.sql.expressions import Columns, condition
from salus.facts.sql.relation import column
from salus.model.model import Model, Outcome, flag_value
from salus.model.yaml.findings import shorten
from salus.sources.connection import Connection

EXAMPLES = 6  # values of the column in a message


def load_flags(
    model: Model, connection: Connection, outcome: Outcome, ids: Sequence[str]
) -> NDArray[np.bool_]:
    """Whether each of `ids` has the flag. Raises DataError if no row has one of its values."""
    table, flag = model.entity.table, outcome.flag
    assert table is not None and flag is not None
    require_outcome(model, connection, outcome)
    types = {each.name: each.type for each in connection.columns(table)}
    rules = dialect(connection.dialect)
    columns = Columns(types, rules, model.timezone)
    select = exp.select(
        rules.key(column(model.entity.key), types[model.entity.key]).as_("entity", quoted=True),
        columns.value(flag).sql.as_("flag", quoted=True),
    ).from_(entity_rows(model, connection))
    if outcome.where is not None:
        select = select.where(condition(outcome.where, columns))
    rows = connection.query(select)
    mask = np.array(
        [matches(value, outcome.values, types[flag]) for value in rows["flag"].to_pylist()],
        dtype=bool,
    )
    if not mask.any():
        raise DataError(
            _no_match(outcome, table, rows["flag"]),
            "write the values under `is` exactly as they are in the column",
        )
    flagged = set(rows["entity"].cast(pa.string()).filter(pa.array(mask)).to_pylist())
    return np.array([key in flagged for key in ids], dtype=bool)


def matches(value: object, wanted: Sequence[str], kind: Type) -> bool:
    """Whether a value of a column of the type `kind` is one of `wanted`. Texts must be the same in
    every letter.

    >>> matches("Yes", ["Yes"], "text"), matches("yes", ["Yes"], "text"), matches(1.0, ["1"], "integer")
    (True, False, True)
    >>> matches(True, ["true"], "bool"), matches(True, ["Yes"], "bool"), matches(False, ["0", "no"], "bool")
    (True, True, True)
    """
    if value is None:
        return False
    if kind == "bool":
        return value in {_to_bool(word) for word in wanted}
    if kind in ("number", "integer") and isinstance(value, int | float):
        numbers = [number for number in map(flag_value, wanted) if isinstance(number, float)]
        return math.isfinite(value) and float(value) in numbers
    return str(value) in wanted


def _to_bool(word: str) -> bool | None:
    """The truth value of a word in English, or of 1 and 0; None for other words."""
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    return words.get(word.lower())


def _no_match(outcome: Outcome, table: str, values: pa.ChunkedArray) -> str:
    """The message that no row has one of the values, with some of the values that rows do have."""
    words = [shorten(str(value)) for value in values.unique().to_pylist() if value is not None]
    examples = ", ".join(f"'{word}'" for word in words[:EXAMPLES])
    more = " …" if len(words) > EXAMPLES else ""
    wanted = " or ".join(f"'{shorten(word)}'" for word in outcome.values)
    return (
        f"no row of {table} has `{shorten(outcome.flag or '')}` = {wanted} (outcome"
        f" `{outcome.name}`); it has {examples + more if words else 'no value'}"
    )
