"""The engine's own numbers behind every live cell, for viewers that show a file without computing it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from salus.kernel.cells import Cells, Last
from salus.kernel.values import Values
from salus.model.model import Headline, Model
from salus.scoring.score import nominal_weights, score, weighted_means
from salus.scoring.scored import Floats, Scored, Weighing


@dataclass(frozen=True)
class Step:
    """A score on its way, by cell: nominal weights of dimensions, the mean, and the mean with last values."""

    nominal: dict[str, Floats]
    plain: Floats
    lasting: Floats
    final: Floats
    coverage: Floats
    band: NDArray[np.int8]


@dataclass(frozen=True)
class Results:
    """Arrays by cell; NaN is an empty result."""

    own: dict[str, Floats]                   # points of the measures' own values
    counted: dict[str, Floats]               # … with what `if_missing` assumes or holds
    lasting: dict[str, Floats]               # … and with the last values of what went missing
    covered: dict[str, Floats]               # by dimension: the share of weight that has a value
    dimensions: dict[str, Floats]
    dimensions_lasting: dict[str, Floats]
    steps: dict[str | None, Step]
    ceiling: Floats                          # the lowest cap that holds; infinite without


def first_cells(scored: Scored, rows: NDArray[np.int64]) -> Scored:
    """Only these cells, scored anew by the same code."""
    cells = scored.cells

    def last(known: Last) -> Last:
        return Last(known.data[rows], known.day[rows])

    values = {name: Values(one.data[rows], one.reason[rows], one.kind, one.words)
              for name, one in cells.values.items()}
    part = Cells(np.arange(len(rows)), cells.day[rows], values, {name: last(one) for name, one in cells.held.items()},
                 {name: last(one) for name, one in cells.last.items()}, cells.segment[rows],
                 {name: holds[rows] for name, holds in cells.capped.items()})
    return score(scored.model, part)


def results(scored: Scored) -> Results:
    """All steps of a template's cells."""
    model = scored.model
    own = {name: np.where(scored.reason[name] == 0, points, np.nan) for name, points in scored.points.items()}
    lasting = dict(score(model, _with_last(scored, own)).points)
    everywhere = {dimension.name: np.ones(len(scored)) for dimension in model.dimensions}
    steps: dict[str | None, Step] = {None: _step(scored, None, scored.main, lasting, scored.score, scored.band)}
    for headline in model.scores:
        weighing = scored.further[headline.name]
        steps[headline.name] = _step(scored, headline, weighing, lasting, weighing.guarded,
                                     scored.further_band[headline.name])
    return Results(own, dict(scored.points), lasting, _covered(model, own),
                   weighted_means(model, everywhere, scored.points)[1], weighted_means(model, everywhere, lasting)[1],
                   steps, _ceiling(scored))


def _with_last(scored: Scored, own: dict[str, Floats]) -> Cells:
    """The cells as if each measure without a value had its last one."""
    cells = scored.cells
    values = dict(cells.values)
    for name, last in cells.last.items():
        standing = np.isnan(own[name]) & ~np.isnan(last.data)
        known = values[name]
        values[name] = Values(np.where(standing, last.data, known.data),
                              np.where(standing, np.uint8(0), known.reason).astype(np.uint8), known.kind, known.words)
    return replace(cells, values=values)


def _covered(model: Model, own: dict[str, Floats]) -> dict[str, Floats]:
    return {dimension.name: np.asarray(sum(~np.isnan(own[measure.name]) * measure.weight
                                           for measure in dimension.measures))
            / sum(measure.weight for measure in dimension.measures) for dimension in model.dimensions}


def _step(scored: Scored, headline: Headline | None, weighing: Weighing, lasting: dict[str, Floats], final: Floats,
          band: NDArray[np.int8]) -> Step:
    nominal = nominal_weights(scored.model, headline, scored.cells)
    return Step(nominal, weighing.score, weighted_means(scored.model, nominal, lasting)[0], final, weighing.coverage,
                band)


def _ceiling(scored: Scored) -> Floats:
    ceiling = np.full(len(scored), np.inf)
    for cap in scored.model.caps:
        ceiling = np.where(scored.cells.capped[cap.name], np.minimum(ceiling, cap.at_most), ceiling)
    return ceiling
