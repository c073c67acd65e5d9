"""Compares every value, reason, point, weight, contribution, held value, cap, score and band of the
product with the oracle's.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from salus.kernel.values import REASONS
from salus.periods.day import date_of
from salus.scoring.explanation import display_value
from salus.scoring.scored import Weighing
from tests.engine.product import Result
from tests.oracle.measures import Value
from tests.oracle.scoring import Cell, Weighed


def differences(result: Result | None, expected: dict[tuple[str, dt.date], Cell]) -> list[str]:
    """The differences, one line each; empty if there are none."""
    cells = {} if result is None else places(result)
    lines = [
        f"{entity} {date}: {'missing from' if key not in cells else 'only in'} the product"
        for key in sorted(set(cells) ^ set(expected))
        for entity, date in [key]
    ]
    for key in sorted(set(cells) & set(expected)):
        assert result is not None
        lines += [
            f"{key[0]} {key[1]} {line}"
            for line in cell_differences(result, cells[key], expected[key])
        ]
    return lines


def places(result: Result) -> dict[tuple[str, dt.date], int]:
    cells = result.scored.cells
    return {
        (result.ids[entity], date_of(int(day))): row
        for row, (entity, day) in enumerate(
            zip(cells.entity.tolist(), cells.day.tolist(), strict=True)
        )
    }


def same(product: Any, oracle: Any) -> bool:
    """Whether two values are equal; numbers within 1e-9, relative beyond 1."""
    if isinstance(product, np.generic):
        product = product.item()
    if isinstance(product, float) and math.isnan(product):
        product = None
    if any(value is None or isinstance(value, str | dt.datetime) for value in (product, oracle)):
        return product == oracle
    return math.isclose(float(product), float(oracle), rel_tol=1e-9, abs_tol=1e-9)


def cell_differences(result: Result, row: int, cell: Cell) -> Iterator[str]:
    scored = result.scored
    for name, value in cell.values.items():
        yield from value_differences(result, row, name, value)
    for name, reason in cell.reasons.items():
        product = REASONS[scored.reason[name][row]]
        if product != reason:
            yield f"{name}: reason {product} instead of {reason}"
        if not same(scored.points[name][row], cell.points[name]):
            yield f"{name}: {scored.points[name][row]} points instead of {cell.points[name]}"
    segment = scored.cells.segment[row]
    named = scored.model.segments[segment].name if segment >= 0 else None
    if named != cell.segment:
        yield f"segment {named} instead of {cell.segment}"
    yield from weighed_differences("main", scored.main, row, cell.main)
    for name, further in cell.further.items():
        yield from weighed_differences(name, scored.further[name], row, further)
        bands = next(score.bands for score in scored.model.scores if score.name == name)
        position = scored.further_band[name][row]
        band = "unknown" if position < 0 else bands[position][0]
        if band != cell.further_bands[name]:
            yield f"{name}: band {band} instead of {cell.further_bands[name]}"
    yield from end_differences(result, row, cell)


def value_differences(result: Result, row: int, name: str, value: Value) -> Iterator[str]:
    values = result.scored.cells.values[name]
    product, reason = display_value(values, row), REASONS[values.reason[row]]
    if not same(product, value.value):
        yield f"{name}: {product!r} instead of {value.value!r} ({reason}, {value.missing})"
    elif reason != value.missing:
        yield f"{name}: missing because {reason} instead of {value.missing}"


def weighed_differences(of: str, product: Weighing, row: int, oracle: Weighed) -> Iterator[str]:
    for what, ours, theirs in (
        ("score", product.score, oracle.plain),
        ("guarded", product.guarded, oracle.guarded),
        ("coverage", product.coverage, oracle.coverage),
    ):
        if not same(ours[row], theirs):
            yield f"{of}: {what} {ours[row]} instead of {theirs}"
    for name in product.weights:
        if not same(product.weights[name][row], oracle.weights.get(name, 0.0)):
            yield f"{of}: weight of {name} {product.weights[name][row]} instead of {oracle.weights.get(name)}"
        if not same(product.contributions[name][row], oracle.contributions.get(name, 0.0)):
            yield f"{of}: contribution of {name} {product.contributions[name][row]} instead of {oracle.contributions.get(name)}"
    for name, effect in product.held.items():
        if not same(effect[row], oracle.held.get(name, 0.0)):
            yield f"{of}: held {name} {effect[row]} instead of {oracle.held.get(name)}"
    for name, (score, share) in oracle.dimensions.items():
        if not same(product.dimensions[name][row], score) or not same(
            product.shares[name][row], share
        ):
            yield f"{of}: dimension {name} {product.dimensions[name][row]} instead of {score}, share {share}"


def end_differences(result: Result, row: int, cell: Cell) -> Iterator[str]:
    scored = result.scored
    for name, day in cell.last_seen.items():
        if (
            cell.main.held.get(name)
            and date_of(int(scored.cells.last[name].day[row])).toordinal() != day
        ):
            yield f"{name}: last seen {date_of(int(scored.cells.last[name].day[row]))}"
    cap = scored.cap[row]
    named = (scored.model.caps[cap].name, float(scored.cap_effect[row])) if cap >= 0 else None
    if (named is None) != (cell.cap is None) or (
        named and cell.cap and not (named[0] == cell.cap[0] and same(named[1], cell.cap[1]))
    ):
        yield f"cap {named} instead of {cell.cap}"
    if not same(scored.smoothing[row], cell.smoothing):
        yield f"smoothing {scored.smoothing[row]} instead of {cell.smoothing}"
    if not same(scored.score[row], cell.score):
        yield f"score {scored.score[row]} instead of {cell.score}"
    if scored.band_name(int(scored.band[row])) != cell.band:
        yield f"band {scored.band_name(int(scored.band[row]))} instead of {cell.band}"
