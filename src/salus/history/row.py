"""Converts scored cells to the rows of history, and back.

A row holds what was known on its date: score, band, coverage, segment, the attributes used, and for
each measure its value, the reason if it is missing, and the earlier value used instead. Points and
contributions aren't kept: the scoring code computes them again from the row and the model.

Columns: `entity`, `as_of`, `score`, `band`, `coverage`, `segment`; `score:NAME` and `band:NAME` of
each further score; `value:NAME`, `missing:NAME`, `held:NAME`, `held_on:NAME`, `last:NAME` and
`last_on:NAME` of measures; `cap:NAME`. Files hold the reasons packed, as `reasons:0` and so on, instead
of `missing:NAME`; older files have the words. Models that smooth add `past:total` and `past:weight`,
models with a dead zone `past:band`. The store adds `shown` on dates on which two models scored
entities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.history.packed_reasons import measures_of, pack_codes, unpack_codes
from salus.kernel.cells import Cells, LastValue, SmoothingState
from salus.kernel.values import REASONS, MeasureValues
from salus.model.model import Model
from salus.scoring.scored import Scored

Rows = NDArray[np.integer]


def to_table(
    scored: Scored, ids: Sequence[str], rows: Rows | None = None, *, packed: bool = False
) -> pa.Table:
    """One row per cell, or per cell of `rows` in that order. `ids` are the keys of the entities
    that the cells refer to. `packed`: with the reasons as files hold them.
    """
    cells, model = scored.cells, scored.model

    def at(array: NDArray[Any]) -> NDArray[Any]:
        return array if rows is None else array[rows]

    columns: dict[str, pa.Array] = {
        "entity": pa.DictionaryArray.from_arrays(
            pa.array(at(cells.entity).astype(np.int32)), pa.array(ids, pa.string())
        ),
        "as_of": pa.array(at(cells.day), pa.int32()).cast(pa.date32()),
        "score": _numbers(at(scored.score)),
        "band": _names([name for name, _ in model.bands], at(scored.band), "unknown"),
        "coverage": _numbers(at(scored.main.coverage)),
        "segment": _names([segment.name for segment in model.segments], at(cells.segment), None),
    }
    for headline in model.scores:
        columns[f"score:{headline.name}"] = _numbers(at(scored.further[headline.name].guarded))
        columns[f"band:{headline.name}"] = _names(
            [name for name, _ in headline.bands], at(scored.further_band[headline.name]), "unknown"
        )
    reasons = {
        name: scored.reason.get(name, values.reason) for name, values in cells.values.items()
    }
    for name, values in cells.values.items():
        columns[f"value:{name}"] = _value(at(values.data), values)
        if not packed:
            columns[f"missing:{name}"] = _names(list(REASONS), at(reasons[name]), None)
    if packed:
        columns |= pack_codes({name: at(codes) for name, codes in reasons.items()})
    for kind, stand_ins in (("held", cells.held), ("last", cells.last)):
        for name, last in stand_ins.items():
            data = at(last.data)
            columns[f"{kind}:{name}"] = _value(data, cells.values[name])
            columns[f"{kind}_on:{name}"] = pa.array(
                at(last.day), pa.int32(), mask=np.isnan(data)
            ).cast(pa.date32())
    columns.update({f"cap:{name}": pa.array(at(holds)) for name, holds in cells.capped.items()})
    columns.update(_past_columns(scored, at))
    return pa.table(columns)


def _past_columns(
    scored: Scored, at: Callable[[NDArray[Any]], NDArray[Any]]
) -> dict[str, pa.Array]:
    """The columns that carry over the scores of the days before."""
    past, model = scored.cells.past, scored.model
    columns: dict[str, pa.Array] = {}
    if past is not None and model.smooth:
        columns |= {
            "past:total": pa.array(at(past.total), pa.float64()),
            "past:weight": pa.array(at(past.weight), pa.float64()),
        }
    if past is not None and model.dead_zone:
        columns["past:band"] = _names([name for name, _ in model.bands], at(past.band), None)
    return columns


def _numbers(data: NDArray[np.float64]) -> pa.Array:
    none = np.isnan(data)
    return pa.array(data, pa.float64(), mask=none if none.any() else None)


def _names(names: list[str | None], codes: NDArray[np.integer], otherwise: str | None) -> pa.Array:
    """Codes as words; -1 stands for `otherwise`. The dictionary lists every word, used or not, so
    that equal rows give equal bytes.
    """
    by_code = [*names, otherwise]  # -1 is the last position
    words = list(dict.fromkeys(word for word in by_code if word is not None))
    # A shortcut for the most frequent case: no value of a measure is missing.
    if len(codes) and by_code[codes[0]] is None and (codes == codes[0]).all():
        return pa.DictionaryArray.from_arrays(
            pa.nulls(len(codes), pa.int32()), pa.array(words, pa.string())
        )
    positions = np.array(
        [words.index(word) if word is not None else -1 for word in by_code], dtype=np.int32
    )
    return _coded(positions[codes], words)


def _coded(codes: NDArray[np.int32], words: Sequence[str]) -> pa.DictionaryArray:
    """Words by their position in `words`; -1 is null."""
    none = codes < 0
    indices = pa.array(codes, pa.int32(), mask=none if none.any() else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def _value(data: NDArray[np.float64], values: MeasureValues) -> pa.Array:
    """A column of numbers, texts, truth values or dates, as the kind of `values` says."""
    none = np.isnan(data)
    if values.kind == "text":
        return _coded(np.where(none, -1, data).astype(np.int32), values.words)
    if values.kind == "bool":
        return pa.array(np.where(none, 0, data) != 0, mask=none)
    if values.kind == "date":
        micros = np.round(np.where(none, 0, data) * 86400e6).astype(np.int64)
        return pa.array(micros, pa.int64(), mask=none).cast(pa.timestamp("us"))
    return pa.array(data, pa.float64(), mask=none if none.any() else None)


def to_cells(table: pa.Table, model: Model) -> Cells:
    """The cells that the rows were made from. `entity` are positions in the table."""

    def stand_in(kind: str) -> dict[str, LastValue]:
        return {
            name[len(kind) + 1 :]: LastValue(
                _read(table[name]).data, _days(table[f"{kind}_on:{name[len(kind) + 1 :]}"])
            )
            for name in table.column_names
            if name.startswith(f"{kind}:")
        }

    values, measures = {}, measures_of(table.column_names)
    for name in measures:
        read = _read(table[f"value:{name}"])
        reason = (
            _codes(table[f"missing:{name}"], list(REASONS))
            if f"missing:{name}" in table.column_names  # files of before have words
            else unpack_codes(table, name, measures)
        )
        values[name] = MeasureValues(read.data, reason.astype(np.uint8), read.kind, read.words)
    segment = _codes(table["segment"], [segment.name for segment in model.segments]).astype(
        np.int16
    )
    capped = {
        name[4:]: table[name].combine_chunks().to_numpy(zero_copy_only=False).astype(bool)
        for name in table.column_names
        if name.startswith("cap:")
    }
    held, last = (
        _share_words(values, stand_in("held"), table, "held"),
        _share_words(values, stand_in("last"), table, "last"),
    )
    return Cells(
        entity=np.arange(len(table)),
        day=_days(table["as_of"]),
        values=values,
        held=held,
        last=last,
        segment=segment,
        capped=capped,
        past=_read_past(table, model) if model.remembers else None,
    )


def _read_past(table: pa.Table, model: Model) -> SmoothingState:
    nothing = np.zeros(len(table))
    total, weight = (
        (_read(table[f"past:{name}"]).data if model.smooth else nothing)
        for name in ("total", "weight")
    )
    band = (
        _codes(table["past:band"], [name for name, _ in model.bands])
        if model.dead_zone
        else nothing - 1
    )
    return SmoothingState(total, weight, band.astype(np.int8))


def _share_words(
    values: dict[str, MeasureValues],
    stand_ins: dict[str, LastValue],
    table: pa.Table,
    kind: str,
) -> dict[str, LastValue]:
    """Give a text measure and its earlier values the same list of words. Changes both mappings."""
    for name, last in stand_ins.items():
        if values[name].kind == "text":
            own, other = values[name], _read(table[f"{kind}:{name}"])
            words = tuple(sorted({*own.words, *other.words}))
            values[name] = MeasureValues(_recoded(own, words), own.reason, "text", words)
            stand_ins[name] = LastValue(_recoded(other, words), last.day)
    return stand_ins


def _recoded(values: MeasureValues, words: tuple[str, ...]) -> NDArray[np.float64]:
    table = np.array([words.index(word) for word in values.words] + [0], dtype=np.float64)
    none = np.isnan(values.data)
    return np.where(none, np.nan, table[np.where(none, -1, values.data).astype(np.int64)])


def _read(column: pa.ChunkedArray) -> MeasureValues:
    from salus.kernel.chunk import to_floats

    whole = column.combine_chunks()
    if pa.types.is_dictionary(whole.type):
        whole = whole.cast(pa.string())
    data, kind, words = to_floats(whole)
    return MeasureValues(data, np.zeros(len(data), np.uint8), kind, words)


def _codes(column: pa.ChunkedArray, names: list[str | None]) -> NDArray[np.int64]:
    where = {name: position for position, name in enumerate(names)}
    whole = column.combine_chunks()
    if not pa.types.is_dictionary(whole.type):
        whole = whole.cast(pa.string()).dictionary_encode()
    by_word = [where.get(word, -1) for word in whole.dictionary.to_pylist()]
    by_code = np.array([*by_word, where.get(None, -1)], dtype=np.int64)
    places = whole.indices.fill_null(len(by_word)).to_numpy(zero_copy_only=False)
    codes: NDArray[np.int64] = by_code[places]
    return codes


def _days(column: pa.ChunkedArray) -> NDArray[np.int32]:
    days: NDArray[np.int32] = (
        column.combine_chunks().cast(pa.int32()).fill_null(-(2**30)).to_numpy(zero_copy_only=False)
    )
    return days
