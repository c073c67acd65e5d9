"""Points, dimensions, score, guard, caps, bands: the same lines for one cell or a hundred million.

dimension = Σ w·p ÷ Σ w over the measures with points; score = Σ W·D ÷ Σ W over the dimensions with
a score; then the guard, then smoothing, then the lowest cap that holds, then the band by inclusive
lower bound or by the dead zone.
"""

from __future__ import annotations

from collections.abc import Mapping

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
from salus.scoring.smoothing import smoothed

ASSUMED = {"bad": 0.0, "neutral": 50.0, "good": 100.0}


def score(model: Model, cells: Cells) -> Scored:
    """Score every cell. Raises ModelError while percentiles aren't frozen.

    Cells of a model that smooths or has a dead zone bring their past; `scoring.timeline` finds it.
    """
    _refuse_unfrozen(model)
    real, reason = {}, {}
    for measure in model.measures:
        real[measure.name], reason[measure.name] = _real(model, measure, cells)
    taking = {
        measure.name: _assumed(measure, real[measure.name], model, cells)
        for measure in model.measures
    }
    last = {
        measure.name: _points(model, measure, cells, cells.last[measure.name].data)
        for measure in model.measures
        if measure.name in cells.last
    }
    main = _weigh(model, cells, None, taking, real, last)
    further = {one.name: _weigh(model, cells, one, taking, real, last) for one in model.scores}
    through = _smoothed(model, cells, main.guarded)
    total, cap, effect = _capped(model, cells, through)
    return Scored(
        model,
        cells,
        taking,
        reason,
        main,
        further,
        total,
        _band(model, cells, main, through, total, cap),
        cap,
        effect,
        np.where(np.isnan(through), 0.0, through - main.guarded),
        {
            one.name: band_of(
                further[one.name].guarded, further[one.name].coverage, one.bands, model.min_coverage
            )
            for one in model.scores
        },
    )


def uncapped(model: Model, cells: Cells) -> Floats:
    """The guarded main score of each cell and nothing else, for days that only enter the scores of
    later ones.

    The same as `score(…).main.guarded`, but that the guard's lines aren't added one by one: the
    last bits may differ.
    """
    _refuse_unfrozen(model)
    nominal = nominal_weights(model, None, cells)
    points, standing = {}, {}
    some = np.zeros(len(cells), dtype=bool)
    for measure in model.measures:
        real = _points(model, measure, cells, cells.values[measure.name].data)
        points[measure.name] = _assumed(measure, real, model, cells)
        if measure.name in cells.last:
            standing[measure.name] = np.isnan(real) & ~np.isnan(cells.last[measure.name].data)
            some |= standing[measure.name]
    plain = _mean(model, nominal, points)
    rows = np.flatnonzero(some & ~np.isnan(plain))
    if len(rows):
        plain[rows] = np.fmin(
            plain[rows], _with_last(model, cells, nominal, points, standing, rows)
        )
    return plain


def _with_last(
    model: Model,
    cells: Cells,
    nominal: Mapping[str, Floats],
    points: Mapping[str, Floats],
    standing: Mapping[str, NDArray[np.bool_]],
    rows: NDArray[np.int64],
) -> Floats:
    """The mean of these cells with the last values of what went missing."""
    part = cells.at(rows)
    now = {name: value[rows] for name, value in points.items()}
    for measure in model.measures:
        if measure.name in standing and standing[measure.name][rows].any():
            last = _points(model, measure, part, part.last[measure.name].data)
            now[measure.name] = np.where(
                standing[measure.name][rows] & ~np.isnan(last), last, now[measure.name]
            )
    return _mean(model, {name: weight[rows] for name, weight in nominal.items()}, now)


def _smoothed(model: Model, cells: Cells, today: Floats) -> Floats:
    if model.smooth is None:
        return today
    assert cells.past is not None
    return smoothed(today, cells.past.total, cells.past.weight)


def _band(
    model: Model,
    cells: Cells,
    main: Weighing,
    through: Floats,
    total: Floats,
    cap: NDArray[np.int8],
) -> NDArray[np.int8]:
    """The band; with a dead zone a cap still acts at once, and too little coverage stays
    unknown.
    """
    plain = band_of(total, main.coverage, model.bands, model.min_coverage)
    if not model.dead_zone:
        return plain
    assert cells.past is not None
    folded = DeadZone.of(model).step(cells.past.band, through)
    return np.where((plain < 0) | ((cap >= 0) & (plain > folded)), plain, folded).astype(np.int8)


def _refuse_unfrozen(model: Model) -> None:
    scales = [measure.scale for measure in model.measures]
    scales += [scale for segment in model.segments for scale in segment.scales.values()]
    loose = any(
        scale.percentiles
        for scale in scales
        if scale is not None and not isinstance(scale, WordScale)
    )
    bands = [limit for _, limit in model.bands] + [
        limit for one in model.scores for _, limit in one.bands
    ]
    if loose or any(isinstance(limit, Percentile) for limit in bands):
        raise ModelError(
            "the model's percentiles have no numbers yet", "run `salus check --freeze`"
        )


def _real(model: Model, measure: Measure, cells: Cells) -> tuple[Floats, NDArray[np.uint8]]:
    """Points of the values at the date, and the reasons where there are none."""
    values = cells.values[measure.name]
    points = _points(model, measure, cells, values.data)
    unknown = np.isnan(points) & ~np.isnan(values.data)
    return points, np.where(unknown, np.uint8(UNKNOWN_WORD), values.reason).astype(np.uint8)


def _points(model: Model, measure: Measure, cells: Cells, data: Floats) -> Floats:
    assert measure.scale is not None
    values = cells.values[measure.name]
    points = _scaled(measure.scale, data, values)
    for position, segment in enumerate(model.segments):
        if measure.name in segment.scales:
            here = cells.segment == position
            points[here] = _scaled(segment.scales[measure.name], data[here], values)
    return points


def _scaled(scale: Scale, data: Floats, values: MeasureValues) -> Floats:
    return values.points(scale, data) if isinstance(scale, WordScale) else scale.points(data)


def _assumed(measure: Measure, real: Floats, model: Model, cells: Cells) -> Floats:
    """Points that take part: real ones, else what the measure's `if_missing` says."""
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
    """Nominal weight of each dimension for a score (None: the main one) in a segment (-1: none), in
    file order.
    """
    own = headline.weights if headline else {d.name: d.weight for d in model.dimensions}
    found = {d.name: own[d.name] for d in model.dimensions if d.name in own}
    if segment >= 0:
        part = model.segments[segment]
        found = {name: weight for name, weight in found.items() if name not in part.without}
        if headline is None:
            found = {name: part.weights.get(name, weight) for name, weight in found.items()}
    return found


def nominal_weights(model: Model, headline: FurtherScore | None, cells: Cells) -> dict[str, Floats]:
    """Nominal dimension weights by cell; 0 where a segment does without."""
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
        np.where(np.isnan(value), np.nan, total),
        _coverage(model, nominal, real),
        dimensions,
        shares,
        weights,
        contributions,
        held,
    )


def _sum(arrays: object, size: int) -> Floats:
    result = np.zeros(size)
    for array in arrays:  # type: ignore[attr-defined]
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
    """The points, 0 where there are none."""
    none = np.isnan(points)
    return np.where(none, 0.0, points) if none.any() else points


def _where_known(points: Floats, weight: float) -> Floats | float:
    """The weight where there are points, else 0."""
    none = np.isnan(points)
    return np.where(none, 0.0, weight) if none.any() else weight


def _mean(model: Model, nominal: Mapping[str, Floats], points: Mapping[str, Floats]) -> Floats:
    """The weighted mean alone."""
    size = len(next(iter(nominal.values())))
    above, below = np.zeros(size), np.zeros(size)
    for dimension in model.dimensions:
        total, weight = _sums(dimension, points, size)
        there = weight > 0
        above += np.where(there, nominal[dimension.name] * _divided(total, weight, 0.0), 0.0)
        below += np.where(there, nominal[dimension.name], 0.0)
    return _divided(above, below)


def weighted_means(
    model: Model,
    nominal: Mapping[str, Floats],
    points: Mapping[str, Floats],
) -> tuple[Floats, dict[str, Floats], dict[str, Floats], dict[str, Floats]]:
    """The score, each dimension's score and share, and each measure's effective weight."""
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
    """The quotient; `nothing` where there is nothing to divide by."""
    there = below > 0
    if there.all():
        return np.asarray(above / below)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, nothing), where=there))


def _coverage(model: Model, nominal: Mapping[str, Floats], real: Mapping[str, Floats]) -> Floats:
    """Share of nominal weight that has a value of its own date."""
    size = len(next(iter(nominal.values())))
    there, all_ = np.zeros(size), np.zeros(size)
    for dimension in model.dimensions:
        whole = sum(measure.weight for measure in dimension.measures)
        for measure in dimension.measures:
            part = nominal[dimension.name] * (measure.weight / whole)
            none = np.isnan(real[measure.name])
            there += np.where(none, 0.0, part) if none.any() else part
            all_ += part
    return _divided(there, all_, 0.0)


def _guard(
    model: Model,
    nominal: Mapping[str, Floats],
    points: Mapping[str, Floats],
    real: Mapping[str, Floats],
    last: Mapping[str, Floats],
    plain: Floats,
) -> dict[str, Floats]:
    """Effects of the last values of measures that went missing, where together they lower the
    score.
    """
    standing = {name: np.isnan(real[name]) & ~np.isnan(last[name]) for name in last}
    some = np.zeros(len(plain), dtype=bool)
    for mask in standing.values():
        some |= mask
    rows = np.flatnonzero(some & ~np.isnan(plain))
    effects = {name: np.zeros(len(plain)) for name in last}
    if not len(rows):
        return effects
    weights = {name: weight[rows] for name, weight in nominal.items()}
    now = {name: value[rows] for name, value in points.items()}
    before = plain[rows]
    steps = {}
    for name in last:
        mask = standing[name][rows]
        if mask.any():
            now = {**now, name: np.where(mask, last[name][rows], now[name])}
            after = weighted_means(model, weights, now)[0]
            steps[name] = after - before
            before = after
    lower = before < plain[rows]
    for name, step in steps.items():
        effects[name][rows] = np.where(lower, step, 0.0)
    return effects


def _capped(
    model: Model, cells: Cells, uncapped: Floats
) -> tuple[Floats, NDArray[np.int8], Floats]:
    """The score under the lowest cap that holds; which one, and its effect."""
    ceiling, which = np.full(len(cells), np.inf), np.full(len(cells), -1, dtype=np.int8)
    for position, cap in enumerate(model.caps):
        lower = cells.capped[cap.name] & (cap.at_most < ceiling)
        ceiling[lower], which[lower] = cap.at_most, position
    bites = ceiling < uncapped  # NaN: no score, no effect
    effect = np.where(bites, np.where(bites, ceiling, 0.0) - np.where(bites, uncapped, 0.0), 0.0)
    return (
        np.where(bites, ceiling, uncapped),
        np.where(bites, which, np.int8(-1)).astype(np.int8),
        effect,
    )


def reached(value: Floats, limit: float) -> NDArray[np.bool_]:
    """Whether a weighted mean reaches a limit; to nine decimals, so that a mean of 75s reaches
    75.
    """
    return np.asarray(np.round(value, 9) >= round(limit, 9))


def band_of(
    score: Floats, coverage: Floats, bands: tuple[tuple[str, Anchor], ...], least: float
) -> NDArray[np.int8]:
    """Position of the first band whose lower bound the score reaches; -1 below `least` coverage or
    without a score.
    """
    found = np.full(len(score), -1, dtype=np.int8)
    for position in range(len(bands) - 1, -1, -1):
        limit = bands[position][1]
        assert not isinstance(limit, Percentile)
        found[reached(score, limit)] = position
    found[~reached(coverage, least) | np.isnan(score)] = -1
    return found
