"""Entities and value by band, and the distribution of the scores."""

from __future__ import annotations

import numpy as np

from salus.channels.report.content import BandSummary, ScoreSpread
from salus.model.model import UNKNOWN
from salus.scores.scores import Scores
from salus.scoring.scored import Floats

STEPS = 20  # of five points


def summarize_bands(scores: Scores, before: Scores | None) -> tuple[BandSummary, ...]:
    """Each band with its entities and their value; the best band first, unknown last.

    `before`: the scores of an earlier date, to compare with.
    """
    model, band = scores.model, scores.scored.band
    money = np.array([amount or 0.0 for amount in scores.money])
    earlier = None if before is None else before.scored.band
    limits = [float(limit) for _, limit in model.bands if isinstance(limit, float)]
    summaries = []
    for position, name in [*enumerate(name for name, _ in model.bands), (-1, UNKNOWN)]:
        inside = band == position
        summaries.append(
            BandSummary(
                name,
                limits[position] if position >= 0 else None,
                limits[position - 1] if position > 0 else None,
                int(inside.sum()),
                float(money[inside].sum()) if model.entity.value else None,
                None if earlier is None else int((earlier == position).sum()),
            )
        )
    return tuple(summaries)


def summarize_scores(score: Floats) -> ScoreSpread:
    """The distribution of scores between 0 and 100.

    >>> summarize_scores(np.array([10.0, 50.0, 52.0, 100.0, np.nan])).steps[9:12]
    (0, 2, 0)
    """
    known = score[~np.isnan(score)]
    steps = np.histogram(np.clip(known, 0, 100), bins=STEPS, range=(0, 100))[0]
    if not len(known):
        return ScoreSpread(tuple(steps.tolist()), None, None, None, None)
    low, median, high = (float(value) for value in np.percentile(known, [25, 50, 75]))
    return ScoreSpread(tuple(steps.tolist()), low, median, high, float(known.mean()))
