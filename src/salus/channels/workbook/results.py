"""The engine's own numbers behind every live cell, for viewers that show a file without computing
it.
"""

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
from salus.scoring.score import nominal_weights, score, weighted_means
from salus.scoring.scored import Floats, Scored, Weighing
from salus.scoring.smoothing import smooth

NO_CEILING = 1e300


@dataclass(frozen=True)
class ScoreStep:
    """A score on its way, by cell: nominal weights of dimensions, the mean, and the mean with last
    values.
    """

    nominal: dict[str, Floats]
    plain: Floats
    lasting: Floats
    final: Floats
    coverage: Floats
    band: NDArray[np.int8]


@dataclass(frozen=True)
class TemplateResults:
    """Arrays by cell; NaN is an empty result."""

    own: dict[str, Floats]  # points of the measures' own values
    counted: dict[str, Floats]  # … with what `if_missing` assumes or holds
    lasting: dict[str, Floats]  # … and with the last values of what went missing
    covered: dict[str, Floats]  # by dimension: the share of weight that has a value
    dimensions: dict[str, Floats]
    dimensions_lasting: dict[str, Floats]
    steps: dict[str, ScoreStep]  # by score, the main one ""
    holds: dict[
        tuple[str, str], NDArray[np.bool_]
    ]  # ("is", segment), ("cap of", cap): where its condition is true
    uncapped: Floats  # the main score with the guard and the days before
    kept: Floats  # position of its band by the dead zone, from 1
    ceiling: Floats  # the lowest cap that holds; NO_CEILING without


def first_cells(scored: Scored, rows: NDArray[np.int64]) -> Scored:
    """Only these cells, scored anew by the same code."""
    return score(scored.model, take(scored.cells, rows))


def compute_results(scored: Scored) -> TemplateResults:
    """All steps of a template's cells."""
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
    return TemplateResults(
        own,
        dict(scored.points),
        lasting,
        _covered(model, own),
        weighted_means(model, everywhere, scored.points)[1],
        weighted_means(model, everywhere, lasting)[1],
        steps,
        _holds(scored),
        *_kept(scored),
        _ceiling(scored),
    )


def _kept(scored: Scored) -> tuple[Floats, Floats]:
    """The main score before caps, and the position that the dead zone gives its band."""
    uncapped, past = scored.main.guarded, scored.cells.past
    if past is None:
        return uncapped, np.full(len(scored), np.nan)
    if scored.model.smooth:
        uncapped = smooth(uncapped, past.total, past.weight)
    bands = DeadZone.of(scored.model).step(past.band, uncapped)
    return uncapped, np.where(np.isnan(uncapped), np.nan, bands + 1.0)


def _with_last(scored: Scored, own: dict[str, Floats]) -> Cells:
    """The cells as if each measure without a value had its last one."""
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
    """Every condition on its own: cells only know the first segment that matches."""
    cells, model = scored.cells, scored.model
    environment = {name: to_expression_values(values) for name, values in cells.values.items()}
    environment["as_of"] = evaluation.Values(
        "date", cells.day.astype(np.float64), np.zeros(len(cells), dtype=bool)
    )
    found = {
        ("is", segment.name): evaluation.true_where(
            evaluation.evaluate(segment.when, environment, len(cells))
        )
        for segment in model.segments
    }
    return {**found, **{("cap of", cap.name): cells.capped[cap.name] for cap in model.caps}}


def _ceiling(scored: Scored) -> Floats:
    ceiling = np.full(len(scored), NO_CEILING)
    for cap in scored.model.caps:
        ceiling = np.where(scored.cells.capped[cap.name], np.minimum(ceiling, cap.at_most), ceiling)
    return ceiling
