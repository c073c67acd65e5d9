"""Learned weights compared with the score: learned on earlier dates, tested on later ones.

The same learner is also tested in two ways that flatter it. Folds of random rows let it see other
months of the same entity, and later months. Folds of whole entities let it see only later months. All
three ways predict the same later rows, from the same number of rows. A gap says how much of a good
figure won't hold in the future. Some of the gap is no fault of the data: neighbouring rows of an
entity share the event in their overlapping horizons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from salus.insight.learning.risks import Risks, fit_priors
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
MOST = 30_000  # rows to learn on; more would hardly change the weights
TIMES = 4  # that folds are drawn, so that the chance of one draw averages out
GAP = 0.02  # of AUC that a gap certainly exceeds where there is a warning


@dataclass(frozen=True)
class Splits:
    """The AUC of one learner on the same later rows, tested in three ways."""

    rows: int
    forward: Interval  # learned on earlier dates
    random: Interval  # with folds of random rows
    grouped: Interval  # with folds of whole entities
    to_forward: Interval  # random minus forward
    to_grouped: Interval  # random minus grouped

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        names = ("forward", "random", "grouped", "to_forward", "to_grouped")
        intervals = {name: getattr(self, name) for name in names}
        return {
            "rows": self.rows,
            **{name: interval.value for name, interval in intervals.items()},
            **{f"{name}_ci": interval.ends for name, interval in intervals.items()},
        }


def learned_comparison(model: Model, panel: Panel, horizon: int | None) -> MeasureComparison | None:
    """The learned weights compared with a score whose low values are a risk. None where there is too
    little to learn from.
    """
    parts = split_parts(panel, horizon)
    learned = [_learn_odds(model, earlier, later) for earlier, later in parts]
    odds = [part for part in learned if part is not None]
    if not parts or len(odds) < len(parts):
        return None
    held_out = join_panels([later for _, later in parts])
    challenger = auc(np.concatenate(odds), held_out.had_outcome, held_out.entity)
    score = auc(-held_out.score, held_out.had_outcome, held_out.entity)
    return MeasureComparison(
        ACROSS if horizon is None else NAME,
        1.0,
        challenger.interval,
        score.against(challenger),
        "learned",
        len(held_out),
    )


def _learn_odds(model: Model, earlier: Panel, later: Panel) -> Floats | None:
    """The log odds of the later rows; None where nothing in the earlier rows predicts the
    outcome.
    """
    earlier = _draw_rows(earlier, np.arange(len(earlier)), MOST, np.random.default_rng(SEED))
    risks = Risks.of(model, earlier)
    fit = fit_priors(risks, earlier) if risks.names else None
    return (
        None
        if fit is None or not fit.beta.any()
        else fit.intercept + risks.values(later) @ fit.beta
    )


def compare_splits(model: Model, panel: Panel, horizon: int) -> Splits | None:
    """The three ways to test; None where the earlier dates hold too little to learn from."""
    parts = split_by_date(panel, horizon)
    if parts is None:
        return None
    earlier, later = parts
    draw = np.random.default_rng(SEED)
    size, cut = min(len(earlier), MOST), int(later.day.min())
    odds = _fit_odds(model, _draw_rows(earlier, np.arange(len(earlier)), size, draw), later)
    aucs = {"forward": auc(odds, later.had_outcome, later.entity)}
    for name, unit in (
        ("random", np.arange(len(panel))),
        ("grouped", np.unique(panel.entity, return_inverse=True)[1]),
    ):
        folds = Folds(panel, unit, cut, size)
        draws = [_cross_validate(model, folds, draw) for _ in range(TIMES)]
        aucs[name] = auc(np.mean(draws, axis=0), later.had_outcome, later.entity)
    level = each_of(2)
    return Splits(
        len(later),
        aucs["forward"].interval,
        aucs["random"].interval,
        aucs["grouped"].interval,
        aucs["random"].against(aucs["forward"], level),
        aucs["random"].against(aucs["grouped"], level),
    )


def find_split_gaps(splits: Splits | None) -> Iterator[DataWarning]:
    """Warnings where a random split flatters the score."""
    if splits is None:
        return
    if splits.to_forward.low > GAP:
        yield DataWarning(
            "warning.random_split", random=splits.random.value, forward=splits.forward.value
        )
    if splits.to_grouped.low > GAP:
        yield DataWarning(
            "warning.fingerprint", random=splits.random.value, grouped=splits.grouped.value
        )


@dataclass(frozen=True)
class Folds:
    """Rows that are divided into folds by a unit, such as the entity."""

    panel: Panel
    unit: NDArray[np.integer]  # of each row
    cut: int  # rows from this day on are predicted
    size: int  # rows to learn on


def _cross_validate(model: Model, folds: Folds, draw: np.random.Generator) -> Floats:
    """The log odds of the later rows, each learned from rows of the other folds."""
    panel = folds.panel
    fold = (draw.permutation(int(folds.unit.max()) + 1) % FOLDS)[folds.unit]
    later = panel.day >= folds.cut
    odds = np.full(len(panel), np.nan)
    for number in range(FOLDS):
        rows = _draw_rows(panel, np.flatnonzero(fold != number), folds.size, draw)
        now = np.flatnonzero(later & (fold == number))
        odds[now] = _fit_odds(model, rows, panel.at(now))
    return odds[later]


def _draw_rows(
    panel: Panel, rows: NDArray[np.integer], size: int, draw: np.random.Generator
) -> Panel:
    """At most so many of the rows, drawn at random."""
    return panel.at(rows if len(rows) <= size else np.sort(draw.choice(rows, size, replace=False)))


def _fit_odds(model: Model, learned_on: Panel, of: Panel) -> Floats:
    """The log odds by a single fit of the mixture. All fits would take ten times as long and hardly
    change the gaps.
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
