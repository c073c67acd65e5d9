"""Scores cells: points, dimensions, score, guard, smoothing, caps and bands, for any number of
cells.

dimension = Σ w·p ÷ Σ w over the measures with points; score = Σ W·D ÷ Σ W over the dimensions with
a score. Then come the guard, smoothing and the lowest cap whose condition is true. The band is the
first whose lower bound the score reaches; with a dead zone the band of the day before counts too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from salus.errors import ModelError
from salus.kernel.cells import Cells
from salus.kernel.values import UNKNOWN_WORD, MeasureValues
from salus.model.curve import Anchor, Percentile, Scale, WordScale
from salus.model.measure import Measure
from salus.model.model import Dimension, FurtherScore, Model
from salus.scoring.dead_zone import DeadZone
from salus.scoring.scored import Floats, Scored, Weighing
from salus.scoring.smoothing import smooth

ASSUMED = {"bad": 0.0, "neutral": 50.0, "good": 100.0}


def score(model: Model, cells: Cells) -> Scored:
    """Score every cell. Raises ModelError if percentiles of the model have no numbers yet.

    If the model smooths or has a dead zone, the cells must have their past (`scoring.timeline`).
    """
    _refuse_unfrozen(model)
    real, reason = {}, {}
    for measure in model.measures:
        real[measure.name], reason[measure.name] = _real(model, measure, cells)
    points = {
        measure.name: _assumed(measure, real[measure.name], model, cells)
        for measure in model.measures
    }
    last = {
        measure.name: _points(model, measure, cells, cells.last[measure.name].data)
        for measure in model.measures
        if measure.name in cells.last
    }
    main = _weigh(model, cells, None, points, real, last)
    further = {
        headline.name: _weigh(model, cells, headline, points, real, last)
        for headline in model.scores
    }
    smoothed = _smoothed(model, cells, main.guarded)
    total, cap, effect = _capped(model, cells, smoothed)
    return Scored(
        model=model,
        cells=cells,
        points=points,
        reason=reason,
        main=main,
        further=further,
        score=total,
        band=_band(model, cells, main.coverage, smoothed, total, cap),
        cap=cap,
        cap_effect=effect,
        smoothing=np.where(np.isnan(smoothed), 0.0, smoothed - main.guarded),
        further_band={
            headline.name: find_bands(
                further[headline.name].guarded,
                further[headline.name].coverage,
                headline.bands,
                model.min_coverage,
            )
            for headline in model.scores
        },
    )


def score_uncapped(model: Model, cells: Cells) -> Floats:
    """Only the guarded main score of each cell: for days that only enter the scores of later days.

    Equals `score(…).main.guarded` except for the last bits: the effects of the guard aren't added
    one by one.
    """
    _refuse_unfrozen(model)
    nominal = nominal_weights(model, None, cells)
    points, replaced = {}, {}
    some = np.zeros(len(cells), dtype=bool)
    for measure in model.measures:
        real = _points(model, measure, cells, cells.values[measure.name].data)
        points[measure.name] = _assumed(measure, real, model, cells)
        if measure.name in cells.last:
            replaced[measure.name] = np.isnan(real) & ~np.isnan(cells.last[measure.name].data)
            some |= replaced[measure.name]
    plain = _mean(model, nominal, points)
    rows = np.flatnonzero(some & ~np.isnan(plain))
    if len(rows):
        plain[rows] = np.fmin(
            plain[rows], _with_last(model, cells, nominal, points, replaced, rows)
        )
    return plain


def _with_last(
    model: Model,
    cells: Cells,
    nominal: Mapping[str, Floats],
    points: Mapping[str, Floats],
    replaced: Mapping[str, NDArray[np.bool_]],
    rows: NDArray[np.int64],
) -> Floats:
    """The mean of the cells `rows` with the last values of missing measures. `replaced`: in which
    cells a measure has only a last value.
    """
    part = cells.at(rows)
    current = {name: value[rows] for name, value in points.items()}
    for measure in model.measures:
        if measure.name in replaced and replaced[measure.name][rows].any():
            last = _points(model, measure, part, part.last[measure.name].data)
            current[measure.name] = np.where(
                replaced[measure.name][rows] & ~np.isnan(last), last, current[measure.name]
            )
    return _mean(model, {name: weight[rows] for name, weight in nominal.items()}, current)


def _smoothed(model: Model, cells: Cells, today: Floats) -> Floats:
    if model.smooth is None:
        return today
    assert cells.past is not None
    return smooth(today, cells.past.total, cells.past.weight)


def _band(
    model: Model,
    cells: Cells,
    coverage: Floats,
    smoothed: Floats,
    total: Floats,
    cap: NDArray[np.int8],
) -> NDArray[np.int8]:
    """The band of each cell. With a dead zone, a cap still lowers the band at once, and cells with
    too little coverage have none.
    """
    plain = find_bands(total, coverage, model.bands, model.min_coverage)
    if not model.dead_zone:
        return plain
    assert cells.past is not None
    steady = DeadZone.of(model).step(cells.past.band, smoothed)
    return np.where((plain < 0) | ((cap >= 0) & (plain > steady)), plain, steady).astype(np.int8)


def _refuse_unfrozen(model: Model) -> None:
    scales = [measure.scale for measure in model.measures]
    scales += [scale for segment in model.segments for scale in segment.scales.values()]
    unfrozen = any(
        scale.percentiles
        for scale in scales
        if scale is not None and not isinstance(scale, WordScale)
    )
    bands = [limit for _, limit in model.bands] + [
        limit for headline in model.scores for _, limit in headline.bands
    ]
    if unfrozen or any(isinstance(limit, Percentile) for limit in bands):
        raise ModelError(
            "the model uses percentiles that have no numbers yet",
            "run `salus check --freeze`, which writes the numbers into the model",
        )


def _real(model: Model, measure: Measure, cells: Cells) -> tuple[Floats, NDArray[np.uint8]]:
    """The points of the values at the date, and for missing values the reason."""
    values = cells.values[measure.name]
    points = _points(model, measure, cells, values.data)
    unknown = np.isnan(points) & ~np.isnan(values.data)
    return points, np.where(unknown, np.uint8(UNKNOWN_WORD), values.reason).astype(np.uint8)


def _points(model: Model, measure: Measure, cells: Cells, data: Floats) -> Floats:
    """The points of `data` on the curve of each cell's segment."""
    assert measure.scale is not None
    values = cells.values[measure.name]
    points = _scaled(measure.scale, data, values)
    for position, segment in enumerate(model.segments):
        if measure.name in segment.scales:
            members = cells.segment == position
            points[members] = _scaled(segment.scales[measure.name], data[members], values)
    return points


def _scaled(scale: Scale, data: Floats, values: MeasureValues) -> Floats:
    return values.points(scale, data) if isinstance(scale, WordScale) else scale.points(data)


def _assumed(measure: Measure, real: Floats, model: Model, cells: Cells) -> Floats:
    """The points that count: those of the value, else those that `if_missing` asks for."""
    if measure.if_missing in ASSUMED:
        return np.where(np.isnan(real), ASSUMED[measure.if_missing], real)
    if measure.if_missing == "hold":
        return np.where(
            np.isnan(real), _points(model, measure, cells, cells.held[measure.name].data), real
        )
    return real


def dimension_weights(
    model: Model, headline: FurtherScore | None, segment: int
) -> dict[str, float]:
    """The weight that the model gives each dimension, in file order.

    `headline`: a further score; None is the main score. `segment`: its position; -1 is no segment.
    """
    own = headline.weights if headline else {d.name: d.weight for d in model.dimensions}
    weights = {d.name: own[d.name] for d in model.dimensions if d.name in own}
    if segment >= 0:
        part = model.segments[segment]
        weights = {name: weight for name, weight in weights.items() if name not in part.without}
        if headline is None:
            weights = {name: part.weights.get(name, weight) for name, weight in weights.items()}
    return weights


def nominal_weights(model: Model, headline: FurtherScore | None, cells: Cells) -> dict[str, Floats]:
    """The weight of each dimension by cell; 0 if the cell's segment leaves the dimension out."""
    table = {d.name: np.zeros(len(model.segments) + 1) for d in model.dimensions}
    for segment in range(-1, len(model.segments)):
        for name, weight in dimension_weights(model, headline, segment).items():
            table[name][segment] = weight
    return {name: weights[cells.segment] for name, weights in table.items()}


def _weigh(
    model: Model,
    cells: Cells,
    headline: FurtherScore | None,
    points: Mapping[str, Floats],
    real: Mapping[str, Floats],
    last: Mapping[str, Floats],
) -> Weighing:
    nominal = nominal_weights(model, headline, cells)
    value, dimensions, shares, weights = weighted_means(model, nominal, points)
    contributions = {name: weights[name] * _known(points[name]) for name in weights}
    total = _sum(contributions.values(), len(cells))
    held = _guard(model, nominal, points, real, last, value)
    return Weighing(
        score=np.where(np.isnan(value), np.nan, total),
        coverage=_coverage(model, nominal, real),
        dimensions=dimensions,
        shares=shares,
        weights=weights,
        contributions=contributions,
        held=held,
    )


def _sum(arrays: Iterable[Floats], size: int) -> Floats:
    result = np.zeros(size)
    for array in arrays:
        result += array
    return result


def _sums(dimension: Dimension, points: Mapping[str, Floats], size: int) -> tuple[Floats, Floats]:
    """Σ w·p and Σ w over the measures of a dimension that have points."""
    total, weight = np.zeros(size), np.zeros(size)
    for measure in dimension.measures:
        total += measure.weight * _known(points[measure.name])
        weight += _where_known(points[measure.name], measure.weight)
    return total, weight


def _known(points: Floats) -> Floats:
    """The points; 0 for NaN."""
    none = np.isnan(points)
    return np.where(none, 0.0, points) if none.any() else points


def _where_known(points: Floats, weight: float) -> Floats | float:
    """The weight; 0 where the points are NaN."""
    none = np.isnan(points)
    return np.where(none, 0.0, weight) if none.any() else weight


def _mean(model: Model, nominal: Mapping[str, Floats], points: Mapping[str, Floats]) -> Floats:
    """The score of `weighted_means` without its parts."""
    size = len(next(iter(nominal.values())))
    above, below = np.zeros(size), np.zeros(size)
    for dimension in model.dimensions:
        total, weight = _sums(dimension, points, size)
        exists = weight > 0
        above += np.where(exists, nominal[dimension.name] * _divided(total, weight, 0.0), 0.0)
        below += np.where(exists, nominal[dimension.name], 0.0)
    return _divided(above, below)


def weighted_means(
    model: Model,
    nominal: Mapping[str, Floats],
    points: Mapping[str, Floats],
) -> tuple[Floats, dict[str, Floats], dict[str, Floats], dict[str, Floats]]:
    """The score, the score and share of each dimension, and the effective weight of each measure."""
    size = len(next(iter(nominal.values())))
    scores, present, weights = {}, {}, {}
    above, below = np.zeros(size), np.zeros(size)
    for dimension in model.dimensions:
        total, weight = _sums(dimension, points, size)
        scores[dimension.name] = _divided(total, weight)
        present[dimension.name] = np.where(weight > 0, nominal[dimension.name], 0.0)
        for measure in dimension.measures:
            own = _where_known(points[measure.name], measure.weight)
            weights[measure.name] = _divided(np.broadcast_to(own, size), weight, 0.0)
        above += present[dimension.name] * _known(scores[dimension.name])
        below += present[dimension.name]
    shares = {name: _divided(weight, below, 0.0) for name, weight in present.items()}
    effective = {
        measure.name: weights[measure.name] * shares[dimension.name]
        for dimension in model.dimensions
        for measure in dimension.measures
    }
    used = {name: np.where(nominal[name] > 0, value, np.nan) for name, value in scores.items()}
    return _divided(above, below), used, shares, effective


def _divided(above: Floats, below: Floats, nothing: float = np.nan) -> Floats:
    """The quotient; `nothing` where the divisor is 0."""
    exists = below > 0
    if exists.all():
        return np.asarray(above / below)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, nothing), where=exists))


def _coverage(model: Model, nominal: Mapping[str, Floats], real: Mapping[str, Floats]) -> Floats:
    """The share of the weights whose measures have a value at the date."""
    size = len(next(iter(nominal.values())))
    with_value, total = np.zeros(size), np.zeros(size)
    for dimension in model.dimensions:
        weights = sum(measure.weight for measure in dimension.measures)
        for measure in dimension.measures:
            part = nominal[dimension.name] * (measure.weight / weights)
            none = np.isnan(real[measure.name])
            with_value += np.where(none, 0.0, part) if none.any() else part
            total += part
    return _divided(with_value, total, 0.0)


def _guard(
    model: Model,
    nominal: Mapping[str, Floats],
    points: Mapping[str, Floats],
    real: Mapping[str, Floats],
    last: Mapping[str, Floats],
    plain: Floats,
) -> dict[str, Floats]:
    """What the last values of missing measures add, where together they lower the score; else 0."""
    replaced = {name: np.isnan(real[name]) & ~np.isnan(last[name]) for name in last}
    some = np.zeros(len(plain), dtype=bool)
    for mask in replaced.values():
        some |= mask
    rows = np.flatnonzero(some & ~np.isnan(plain))
    effects = {name: np.zeros(len(plain)) for name in last}
    if not len(rows):
        return effects
    weights = {name: weight[rows] for name, weight in nominal.items()}
    current = {name: value[rows] for name, value in points.items()}
    before = plain[rows]
    steps = {}
    for name in last:
        mask = replaced[name][rows]
        if mask.any():
            current = {**current, name: np.where(mask, last[name][rows], current[name])}
            after = weighted_means(model, weights, current)[0]
            steps[name] = after - before
            before = after
    lower = before < plain[rows]
    for name, step in steps.items():
        effects[name][rows] = np.where(lower, step, 0.0)
    return effects


def _capped(
    model: Model, cells: Cells, smoothed: Floats
) -> tuple[Floats, NDArray[np.int8], Floats]:
    """The score limited by the lowest cap whose condition is true, the position of the cap, and its
    effect.
    """
    ceiling, which = np.full(len(cells), np.inf), np.full(len(cells), -1, dtype=np.int8)
    for position, cap in enumerate(model.caps):
        lower = cells.capped[cap.name] & (cap.at_most < ceiling)
        ceiling[lower], which[lower] = cap.at_most, position
    limited = ceiling < smoothed  # never where the score is NaN
    effect = np.where(
        limited, np.where(limited, ceiling, 0.0) - np.where(limited, smoothed, 0.0), 0.0
    )
    return (
        np.where(limited, ceiling, smoothed),
        np.where(limited, which, np.int8(-1)).astype(np.int8),
        effect,
    )


def reaches(value: Floats, limit: float) -> NDArray[np.bool_]:
    """Whether a weighted mean reaches a limit, compared to nine decimals: a mean of values that are
    all 75 reaches 75.
    """
    return np.asarray(np.round(value, 9) >= round(limit, 9))


def find_bands(
    score: Floats, coverage: Floats, bands: tuple[tuple[str, Anchor], ...], least: float
) -> NDArray[np.int8]:
    """The position of the first band whose lower bound the score reaches; -1 without a score or
    with less coverage than `least`.
    """
    positions = np.full(len(score), -1, dtype=np.int8)
    for position in range(len(bands) - 1, -1, -1):
        limit = bands[position][1]
        assert not isinstance(limit, Percentile)
        positions[reaches(score, limit)] = position
    positions[~reaches(coverage, least) | np.isnan(score)] = -1
    return positions
