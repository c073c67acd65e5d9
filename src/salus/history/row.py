"""Scored cells as a table, and back.

A row holds what was known: score, band, coverage, segment, attributes used, and per measure the value, why it is
missing, and what stands in for it. Points and contributions are not kept: they follow from these and the model, by the
same code that scored them. Columns: `entity`, `score`, `band`, `coverage`, `segment`, `score:NAME` and `band:NAME` of
further scores, `value:NAME`, `missing:NAME`, `held:NAME`, `held_on:NAME`, `last:NAME`, `last_on:NAME`, `cap:NAME`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.kernel.cells import Cells, Last
from salus.kernel.values import REASONS, Values
from salus.model.model import Model
from salus.scoring.scored import Scored

TEXT = pa.dictionary(pa.int32(), pa.string())


def to_table(scored: Scored, ids: Sequence[str]) -> pa.Table:
    """Rows sorted by entity."""
    cells, model = scored.cells, scored.model
    columns: dict[str, pa.Array] = {
        "entity": pa.array(ids, pa.string()).take(pa.array(cells.entity)),
        "as_of": pa.array(cells.day, pa.int32()).cast(pa.date32()),
        "score": _numbers(scored.score), "band": _names([name for name, _ in model.bands], scored.band, "unknown"),
        "coverage": _numbers(scored.main.coverage),
        "segment": _names([segment.name for segment in model.segments], cells.segment, None)}
    for headline in model.scores:
        weighing = scored.further[headline.name]
        columns[f"score:{headline.name}"] = _numbers(weighing.guarded)
        columns[f"band:{headline.name}"] = _names([name for name, _ in headline.bands],
                                                  scored.further_band[headline.name], "unknown")
    for name, values in cells.values.items():
        columns[f"value:{name}"] = _value(values)
        columns[f"missing:{name}"] = _names(list(REASONS), scored.reason.get(name, values.reason), None)
    for kind, stand_ins in (("held", cells.held), ("last", cells.last)):
        for name, last in stand_ins.items():
            columns[f"{kind}:{name}"] = _value(Values(last.data, np.zeros(0, np.uint8), cells.values[name].kind,
                                                      cells.values[name].words))
            columns[f"{kind}_on:{name}"] = pa.array(last.day, pa.int32(), mask=np.isnan(last.data)).cast(pa.date32())
    columns.update({f"cap:{name}": pa.array(holds) for name, holds in cells.capped.items()})
    return pa.table(columns)


def _numbers(data: NDArray[np.float64]) -> pa.Array:
    return pa.array(data, pa.float64(), mask=np.isnan(data))


def _names(names: list[str | None], codes: NDArray[np.integer], otherwise: str | None) -> pa.Array:
    """Codes as words; -1 is `otherwise`."""
    words = pa.array([*names, otherwise], pa.string())
    return words.take(pa.array(np.where(codes < 0, len(names), codes).astype(np.int64))).cast(TEXT)


def _value(values: Values) -> pa.Array:
    none = np.isnan(values.data)
    if values.kind == "text":
        codes = np.where(none, 0, values.data).astype(np.int64)
        return pa.array([*values.words, ""], pa.string()).take(pa.array(codes, mask=none)).cast(TEXT)
    if values.kind == "bool":
        return pa.array(np.where(none, 0, values.data) != 0, mask=none)
    if values.kind == "date":
        micros = np.round(np.where(none, 0, values.data) * 86400e6).astype(np.int64)
        return pa.array(micros, pa.int64(), mask=none).cast(pa.timestamp("us"))
    return pa.array(values.data, pa.float64(), mask=none)


def to_cells(table: pa.Table, model: Model) -> Cells:
    """The cells that a table of rows was made from; `entity` are positions in the table."""
    def stand_in(kind: str) -> dict[str, Last]:
        return {name[len(kind) + 1:]: Last(_read(table[name]).data, _days(table[f"{kind}_on:{name[len(kind) + 1:]}"]))
                for name in table.column_names if name.startswith(f"{kind}:")}
    values = {}
    for name in table.column_names:
        if name.startswith("value:"):
            read = _read(table[name])
            reason = _codes(table[f"missing:{name[6:]}"], list(REASONS))
            values[name[6:]] = Values(read.data, reason.astype(np.uint8), read.kind, read.words)
    segment = _codes(table["segment"], [one.name for one in model.segments]).astype(np.int16)
    capped = {name[4:]: table[name].combine_chunks().to_numpy(zero_copy_only=False).astype(bool)
              for name in table.column_names if name.startswith("cap:")}
    held, last = _one_vocabulary(values, stand_in("held"), table, "held"), _one_vocabulary(
        values, stand_in("last"), table, "last")
    return Cells(np.arange(len(table)), _days(table["as_of"]), values, held, last, segment, capped)


def _one_vocabulary(values: dict[str, Values], stand_ins: dict[str, Last], table: pa.Table, kind: str,
                    ) -> dict[str, Last]:
    """Words of a value and of what stands in for it are told by one list."""
    for name, last in stand_ins.items():
        if values[name].kind == "text":
            own, other = values[name], _read(table[f"{kind}:{name}"])
            words = tuple(sorted({*own.words, *other.words}))
            values[name] = Values(_recoded(own, words), own.reason, "text", words)
            stand_ins[name] = Last(_recoded(other, words), last.day)
    return stand_ins


def _recoded(values: Values, words: tuple[str, ...]) -> NDArray[np.float64]:
    table = np.array([words.index(word) for word in values.words] + [0], dtype=np.float64)
    none = np.isnan(values.data)
    return np.where(none, np.nan, table[np.where(none, -1, values.data).astype(np.int64)])


def _read(column: pa.ChunkedArray) -> Values:
    from salus.kernel.chunk import plain
    whole = column.combine_chunks()
    if pa.types.is_dictionary(whole.type):
        whole = whole.cast(pa.string())
    data, kind, words = plain(whole)
    return Values(data, np.zeros(len(data), np.uint8), kind, words)


def _codes(column: pa.ChunkedArray, names: list[str | None]) -> NDArray[np.int64]:
    where = {name: position for position, name in enumerate(names)}
    nothing = where.get(None, -1)
    return np.array([where.get(word, -1) if word is not None else nothing for word in column.to_pylist()],
                    dtype=np.int64)


def _days(column: pa.ChunkedArray) -> NDArray[np.int32]:
    days: NDArray[np.int32] = column.combine_chunks().cast(pa.int32()).fill_null(-(2**30)).to_numpy(zero_copy_only=False)
    return days
