"""Scores cells: points, dimensions, score, guard, smoothing, caps and bands, for any number of
cells.

dimension = Σ w·p ÷ Σ w over the measures with points; score = Σ W·D ÷ Σ W over the dimensions with
a score. Then come the guard, smoothing and the lowest cap whose condition is true. The band is the
first whose lower bound the score reaches; with a dead zone the band of the day before counts too.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from salus.errors import ModelError
from salus.kernel.cells import Cells
from salus.model.curve import Percentile, WordScale
from salus.model.model import Model
from salus.scoring.bands import assign_bands, find_bands
from salus.scoring.points import assume_points, find_points, scale_points
from salus.scoring.scored import Floats, Scored
from salus.scoring.smoothing import smooth
from salus.scoring.weighing import weigh
from salus.scoring.weights import mean_score, nominal_weights


def score(model: Model, cells: Cells) -> Scored:
    """Score every cell. Raises ModelError if percentiles of the model have no numbers yet.

    If the model smooths or has a dead zone, the cells must have their past (`scoring.timeline`).
    """
    _refuse_unfrozen(model)
    real, reason = {}, {}
    for measure in model.measures:
        real[measure.name], reason[measure.name] = find_points(model, measure, cells)
    points = {
        measure.name: assume_points(measure, real[measure.name], model, cells)
        for measure in model.measures
    }
    last = {
        measure.name: scale_points(model, measure, cells, cells.last[measure.name].data)
        for measure in model.measures
        if measure.name in cells.last
    }
    main = weigh(model, cells, None, points, real, last)
    further = {
        headline.name: weigh(model, cells, headline, points, real, last)
        for headline in model.scores
    }
    smoothed = _smoothed(model, cells, main.guarded)
    total, cap, effect = _apply_caps(model, cells, smoothed)
    return Scored(
        model=model,
        cells=cells,
        points=points,
        reason=reason,
        main=main,
        further=further,
        score=total,
        band=assign_bands(model, cells, main.coverage, smoothed, total, cap),
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
        real = scale_points(model, measure, cells, cells.values[measure.name].data)
        points[measure.name] = assume_points(measure, real, model, cells)
        if measure.name in cells.last:
            replaced[measure.name] = np.isnan(real) & ~np.isnan(cells.last[measure.name].data)
            some |= replaced[measure.name]
    plain = mean_score(model, nominal, points)
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
            last = scale_points(model, measure, part, part.last[measure.name].data)
            current[measure.name] = np.where(
                replaced[measure.name][rows] & ~np.isnan(last), last, current[measure.name]
            )
    return mean_score(model, {name: weight[rows] for name, weight in nominal.items()}, current)


def _smoothed(model: Model, cells: Cells, today: Floats) -> Floats:
    if model.smooth is None:
        return today
    assert cells.past is not None
    return smooth(today, cells.past.total, cells.past.weight)


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


def _apply_caps(
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
