"""The numbers that Salus computed for every live cell, for viewers that don't compute formulas."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells
from salus.kernel.chunk import to_expression_values
from salus.kernel.values import MeasureValues
from salus.model.expressions import evaluation
from salus.model.model import FurtherScore, Model
from salus.scoring.change import take
from salus.scoring.dead_zone import DeadZone
from salus.scoring.score import score
from salus.scoring.scored import Floats, Scored, Weighing
from salus.scoring.smoothing import smooth
from salus.scoring.weights import nominal_weights, weighted_means

NO_CEILING = 1e300


@dataclass(frozen=True)
class ScoreStep:
    """The steps of a score, by cell."""

    nominal: dict[str, Floats]  # dimension -> weight
    plain: Floats  # the mean
    lasting: Floats  # the mean with last values
    final: Floats
    coverage: Floats
    band: NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class TemplateResults:
    """Arrays by cell. NaN is an empty result."""

    own: dict[str, Floats]  # measure -> points of its own value
    counted: dict[str, Floats]  # measure -> points that count, also for a missing value
    lasting: dict[str, Floats]  # measure -> points, with the last value for a missing one
    covered: dict[str, Floats]  # dimension -> the share of its weight that has a value
    dimensions: dict[str, Floats]
    dimensions_lasting: dict[str, Floats]
    steps: dict[str, ScoreStep]  # score -> its steps; the main score is ""
    #: ("is", segment) or ("cap of", cap) -> whether its condition is true
    holds: dict[tuple[str, str], NDArray[np.bool_]]
    uncapped: Floats  # the main score with the guard and the earlier days
    kept: Floats  # the position of its band by the dead zone, from 1
    ceiling: Floats  # what the lowest active cap limits it to; NO_CEILING without a cap


def first_cells(scored: Scored, rows: NDArray[np.int64]) -> Scored:
    """The scores of these cells only, computed again."""
    return score(scored.model, take(scored.cells, rows))


def compute_results(scored: Scored) -> TemplateResults:
    """The results of all live cells."""
    model = scored.model
    own = {
        name: np.where(scored.reason[name] == 0, points, np.nan)
        for name, points in scored.points.items()
    }
    lasting = dict(score(model, _with_last(scored, own)).points)
    everywhere = {dimension.name: np.ones(len(scored)) for dimension in model.dimensions}
    steps = {"": _step(scored, None, scored.main, lasting, scored.score, scored.band)}
    for headline in model.scores:
        weighing = scored.further[headline.name]
        steps[headline.name] = _step(
            scored,
            headline,
            weighing,
            lasting,
            weighing.guarded,
            scored.further_band[headline.name],
        )
    uncapped, kept = _kept(scored)
    return TemplateResults(
        own=own,
        counted=dict(scored.points),
        lasting=lasting,
        covered=_covered(model, own),
        dimensions=weighted_means(model, everywhere, scored.points)[1],
        dimensions_lasting=weighted_means(model, everywhere, lasting)[1],
        steps=steps,
        holds=_holds(scored),
        uncapped=uncapped,
        kept=kept,
        ceiling=_ceiling(scored),
    )


def _kept(scored: Scored) -> tuple[Floats, Floats]:
    """The main score before caps, and the position of its band by the dead zone."""
    uncapped, past = scored.main.guarded, scored.cells.past
    if past is None:
        return uncapped, np.full(len(scored), np.nan)
    if scored.model.smooth:
        uncapped = smooth(uncapped, past.total, past.weight)
    bands = DeadZone.of(scored.model).step(past.band, uncapped)
    return uncapped, np.where(np.isnan(uncapped), np.nan, bands + 1.0)


def _with_last(scored: Scored, own: dict[str, Floats]) -> Cells:
    """The cells as if each measure without a value had its last value."""
    cells = scored.cells
    values = dict(cells.values)
    for name, last in cells.last.items():
        standing = np.isnan(own[name]) & ~np.isnan(last.data)
        known = values[name]
        values[name] = MeasureValues(
            np.where(standing, last.data, known.data),
            np.where(standing, np.uint8(0), known.reason).astype(np.uint8),
            known.kind,
            known.words,
        )
    return replace(cells, values=values)


def _covered(model: Model, own: dict[str, Floats]) -> dict[str, Floats]:
    return {
        dimension.name: np.asarray(
            sum(~np.isnan(own[measure.name]) * measure.weight for measure in dimension.measures)
        )
        / sum(measure.weight for measure in dimension.measures)
        for dimension in model.dimensions
    }


def _step(
    scored: Scored,
    headline: FurtherScore | None,
    weighing: Weighing,
    lasting: dict[str, Floats],
    final: Floats,
    band: NDArray[np.int8],
) -> ScoreStep:
    nominal = nominal_weights(scored.model, headline, scored.cells)
    return ScoreStep(
        nominal,
        weighing.score,
        weighted_means(scored.model, nominal, lasting)[0],
        final,
        weighing.coverage,
        band,
    )


def _holds(scored: Scored) -> dict[tuple[str, str], NDArray[np.bool_]]:
    """The results of all conditions. The cells only know the first segment that matches."""
    cells, model = scored.cells, scored.model
    environment = {name: to_expression_values(values) for name, values in cells.values.items()}
    environment["as_of"] = evaluation.Values(
        "date", cells.day.astype(np.float64), np.zeros(len(cells), dtype=bool)
    )
    segments = {
        ("is", segment.name): evaluation.true_where(
            evaluation.evaluate(segment.when, environment, len(cells))
        )
        for segment in model.segments
    }
    return {**segments, **{("cap of", cap.name): cells.capped[cap.name] for cap in model.caps}}


def _ceiling(scored: Scored) -> Floats:
    ceiling = np.full(len(scored), NO_CEILING)
    for cap in scored.model.caps:
        ceiling = np.where(scored.cells.capped[cap.name], np.minimum(ceiling, cap.at_most), ceiling)
    return ceiling
