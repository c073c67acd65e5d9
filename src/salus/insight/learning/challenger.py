"""Learned weights beside the score: learned on the earlier dates, judged on the later ones, as the
score is there.

And the same learner judged in two ways that flatter: with folds of random rows, where it has seen
other months of the same entity and the months to come, and with folds of whole entities, where it
has seen only the months to come. All three predict the same later rows, from as many rows. A gap
says how much of a good figure elsewhere would not be true tomorrow. Some of it is no fault of the
data: neighbouring rows of an entity share the event in their overlapping horizons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.learning.risks import Risks, fit_of
from salus.insight.learning.trial import split_by_date, split_parts
from salus.insight.learning.weights import fit_weights
from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import Interval, each_of
from salus.insight.statistics.rates import design_effect
from salus.insight.validation.comparison import MeasureComparison
from salus.insight.validation.panel import Panel, join_panels
from salus.model.model import Model
from salus.scoring.scored import Floats

NAME, ACROSS = "learned weights, on later dates", "learned weights, on others"
FOLDS, SEED, TAU = 5, 5, 0.4
MOST = 30_000  # rows to learn on: more would move weights by less than anybody could see
TIMES = 4  # that folds are drawn: what one draw does by chance is averaged out
GAP = 0.02  # of AUC, beyond which a gap certainly lies where it is told


@dataclass(frozen=True)
class Splits:
    """AUCs of one learner on the same later rows, with the gaps of random rows to the two honest
    ways.
    """

    rows: int
    forward: Interval
    random: Interval
    grouped: Interval
    to_forward: Interval
    to_grouped: Interval

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        names = ("forward", "random", "grouped", "to_forward", "to_grouped")
        told = {name: getattr(self, name) for name in names}
        return {
            "rows": self.rows,
            **{name: one.value for name, one in told.items()},
            **{f"{name}_ci": one.ends for name, one in told.items()},
        }


def learned_comparison(model: Model, panel: Panel, horizon: int | None) -> MeasureComparison | None:
    """Of a score whose low values are a risk. None where there is too little to learn from."""
    parts = split_parts(panel, horizon)
    found = [_challenged(model, earlier, later) for earlier, later in parts]
    odds = [each for each in found if each is not None]
    if not parts or len(odds) < len(parts):
        return None
    held_out = join_panels([later for _, later in parts])
    told = auc(np.concatenate(odds), held_out.had_outcome, held_out.entity)
    score = auc(-held_out.score, held_out.had_outcome, held_out.entity)
    return MeasureComparison(
        ACROSS if horizon is None else NAME,
        1.0,
        told.interval,
        score.against(told),
        "learned",
        len(held_out),
    )


def _challenged(model: Model, earlier: Panel, later: Panel) -> Floats | None:
    """The log odds of the later rows; None where nothing in the earlier ones is a sign of the
    outcome.
    """
    earlier = _some(earlier, np.arange(len(earlier)), MOST, np.random.default_rng(SEED))
    risks = Risks.of(model, earlier)
    fit = fit_of(risks, earlier) if risks.names else None
    return (
        None
        if fit is None or not fit.beta.any()
        else fit.intercept + risks.values(later) @ fit.beta
    )


def compare_splits(model: Model, panel: Panel, horizon: int) -> Splits | None:
    """The three ways to judge; None where the earlier dates hold too little to learn from."""
    parts = split_by_date(panel, horizon)
    if parts is None:
        return None
    earlier, later = parts
    draw = np.random.default_rng(SEED)
    size, cut = min(len(earlier), MOST), int(later.day.min())
    odds = _odds(model, _some(earlier, np.arange(len(earlier)), size, draw), later)
    found = {"forward": auc(odds, later.had_outcome, later.entity)}
    for name, unit in (
        ("random", np.arange(len(panel))),
        ("grouped", np.unique(panel.entity, return_inverse=True)[1]),
    ):
        several = [
            _folded(
                model, panel, (draw.permutation(int(unit.max()) + 1) % FOLDS)[unit], cut, size, draw
            )
            for _ in range(TIMES)
        ]
        found[name] = auc(np.mean(several, axis=0), later.had_outcome, later.entity)
    level = each_of(2)
    return Splits(
        len(later),
        found["forward"].interval,
        found["random"].interval,
        found["grouped"].interval,
        found["random"].against(found["forward"], level),
        found["random"].against(found["grouped"], level),
    )


def find_split_gaps(found: Splits | None) -> Iterator[DataWarning]:
    """What a random split would flatter by."""
    if found is None:
        return
    if found.to_forward.low > GAP:
        yield DataWarning(
            "warning.random_split", random=found.random.value, forward=found.forward.value
        )
    if found.to_grouped.low > GAP:
        yield DataWarning(
            "warning.fingerprint", random=found.random.value, grouped=found.grouped.value
        )


def _folded(
    model: Model,
    panel: Panel,
    fold: NDArray[np.integer],
    cut: int,
    size: int,
    draw: np.random.Generator,
) -> Floats:
    """The log odds of the rows from `cut` on, each from `size` rows of the other folds."""
    later = panel.day >= cut
    odds = np.full(len(panel), np.nan)
    for one in range(FOLDS):
        some = _some(panel, np.flatnonzero(fold != one), size, draw)
        now = np.flatnonzero(later & (fold == one))
        odds[now] = _odds(model, some, panel.at(now))
    return odds[later]


def _some(panel: Panel, rows: NDArray[np.integer], size: int, draw: np.random.Generator) -> Panel:
    """At most so many of the rows, drawn."""
    return panel.at(rows if len(rows) <= size else np.sort(draw.choice(rows, size, replace=False)))


def _odds(model: Model, learned_on: Panel, of: Panel) -> Floats:
    """By one fit of the mixture's (the rest would cost ten times as much and change the gaps
    little).
    """
    risks = Risks.of(model, learned_on)
    if not risks.names or not learned_on.had_outcome.any():
        return np.zeros(len(of))
    values = risks.values(learned_on)
    fit = fit_weights(
        values,
        learned_on.had_outcome,
        risks.priors(values)[0],
        TAU,
        1 / design_effect(learned_on.had_outcome, learned_on.entity),
    )
    return fit.intercept + risks.values(of) @ fit.beta
