"""Learned weights tested on rows they weren't learned from, compared with the model's own weights.

An outcome with dates is tested forward in time: learned on the earlier dates, tested on the later
ones. A flag has no dates. Then each fifth of the entities is tested with weights learned from the
other four.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from salus.finding import Finding
from salus.insight.learning.curves import fit_card
from salus.insight.learning.risks import Risks, fit_priors
from salus.insight.learning.weights import Fit, fit_weights
from salus.insight.statistics.auc import Auc, auc
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import design_effect
from salus.insight.validation.panel import Panel, join_panels, per_entity
from salus.model.model import Model
from salus.periods.day import date_of
from salus.scoring.scored import Floats

FEWEST = 10  # entities with the outcome to learn from
EARLIER = 2 / 3  # of the dates are for learning
FOLDS, SEED = 5, 5
SURE = 0.99  # the level of the intervals that adoption needs
NORMAL_90 = 1.6448536269514722
Parts = tuple[tuple[Panel, Panel], ...]  # rows to learn on, and rows to test on


@dataclass(frozen=True)
class CurveGain:
    """Fitted curves compared with the learned weights, on the same rows."""

    gain: float  # of log loss
    gain_ci: tuple[float, float]  # 90 %
    auc: Interval
    auc_gain: Interval
    auc_99: Interval  # 99 %

    @property
    def wins(self) -> bool:
        """Whether the curves are proven better on these rows; otherwise only weights are proposed."""
        return self.gain_ci[0] > 0


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Learned weights on the rows to test on."""

    rows: int
    events: int
    gain: float  # of log loss, compared with the model's own weights
    gain_ci: tuple[float, float]  # 90 %
    auc_own: Interval
    auc_learned: Interval
    auc_gain: Interval
    own_99: Interval  # 99 % intervals of the two AUCs
    learned_99: Interval
    bend: CurveGain | None = None  # where there are enough outcomes to fit curves
    unseen: str = "later dates"  # what it was tested on

    @property
    def proposed_99(self) -> Interval:
        """The 99 % interval of the proposal's AUC, with curves where they are better."""
        return self.bend.auc_99 if self.bend is not None and self.bend.wins else self.learned_99


def run_trial(
    model: Model, panel: Panel, horizon: int | None, *, with_curves: bool
) -> Trial | None:
    """The trial; None where the rows can't be divided (`split_obstacle` says why). The horizon is
    None for a flag.
    """
    parts = split_parts(panel, horizon)
    if not parts:
        return None
    held_out = join_panels([later for _, later in parts])
    pairs = [_odds(model, *part) for part in parts]
    learned, own = (np.concatenate(odds) for odds in zip(*pairs, strict=True))
    ours, theirs = (auc(odds, held_out.had_outcome, held_out.entity) for odds in (learned, own))
    gain, gain_ci = _gain(learned, own, held_out)
    bend = _test_curves(model, parts, held_out, learned) if with_curves else None
    return Trial(
        rows=len(held_out),
        events=held_out.events,
        gain=gain,
        gain_ci=gain_ci,
        auc_own=theirs.interval,
        auc_learned=ours.interval,
        auc_gain=ours.against(theirs),
        own_99=theirs.at(SURE),
        learned_99=ours.at(SURE),
        bend=bend,
        unseen="others" if horizon is None else "later dates",
    )


def split_by_date(panel: Panel, horizon: int) -> tuple[Panel, Panel] | None:
    """Rows to learn on, whose horizons end before the rows to test on. None where either hold too
    few outcomes.
    """
    dates = np.unique(panel.day)
    if not len(dates):
        return None
    cut = dates[int(len(dates) * EARLIER)]
    earlier, later = (
        panel.at(np.flatnonzero(rows)) for rows in (panel.day + horizon <= cut, panel.day >= cut)
    )
    return (
        None
        if earlier.events < FEWEST or not later.had_outcome.any() or later.had_outcome.all()
        else (earlier, later)
    )


def split_obstacle(panel: Panel, horizon: int | None) -> Finding:
    """Why `run_trial` gives no trial."""
    if horizon is None:
        return Finding("split.small_parts", least=FEWEST)
    events, dates, days = (
        panel.events,
        np.unique(panel.day),
        np.unique(panel.when[panel.had_outcome]),
    )
    if len(days) == 1:
        return Finding("split.one_outcome_day", events=events, day=date_of(int(days[0])))
    if len(dates) == 1:
        return Finding("split.one_date", events=events, day=date_of(int(dates[0])))
    cut = dates[int(len(dates) * EARLIER)]
    early = panel.at(np.flatnonzero(panel.day + horizon <= cut)).events
    day = date_of(int(cut))
    if early < FEWEST:
        return Finding("split.few_early", events=events, early=early, day=day)
    return Finding("split.alike", day=day)


def split_parts(panel: Panel, horizon: int | None) -> Parts:
    """Rows to learn on and rows to test on: one pair forward in time, or five across entities. Empty
    where the rows can't be divided.
    """
    if horizon is None:
        return _folds(panel)
    part = split_by_date(panel, horizon)
    return () if part is None else (part,)


def _folds(panel: Panel) -> Parts:
    """Each fifth of the entities, with an equal share of those with the outcome, and the others to
    learn on.
    """
    fold = folds(panel)
    parts = tuple(
        (panel.at(np.flatnonzero(fold != number)), panel.at(np.flatnonzero(fold == number)))
        for number in range(FOLDS)
    )
    enough = all(
        min(early.events, int((~early.had_outcome).sum())) >= FEWEST and late.had_outcome.any()
        for early, late in parts
    )
    return parts if enough else ()


def folds(panel: Panel) -> NDArray[np.intp]:
    """The fold of each row; all rows of an entity are in the same fold."""
    entities, place = np.unique(panel.entity, return_inverse=True)
    had_outcome = np.zeros(len(entities), dtype=bool)
    had_outcome[place[panel.had_outcome]] = True
    order = np.random.default_rng(SEED).permutation(len(entities))
    order = order[np.argsort(had_outcome[order], kind="stable")]
    fold = np.empty(len(entities), dtype=np.intp)
    fold[order] = np.arange(len(entities)) % FOLDS
    return np.asarray(fold[place])


def _odds(model: Model, earlier: Panel, later: Panel) -> tuple[Floats, Floats]:
    """The log odds of the later rows by learned weights, and by the model's own."""
    risks = Risks.of(model, earlier)
    if not risks.names:
        return np.zeros(len(later)), np.zeros(len(later))
    before, after = risks.values(earlier), risks.values(later)
    learned, prior = fit_priors(risks, earlier), risks.priors(before)[0]
    own = _fit_own(before @ prior, earlier)
    return learned.intercept + after @ learned.beta, own.intercept + (after @ prior) * own.beta[0]


def _fit_own(score: Floats, panel: Panel) -> Fit:
    """The model's own weights with a fitted overall effect."""
    return fit_weights(
        score[:, None],
        panel.had_outcome,
        np.ones(1),
        0.0,
        1 / design_effect(panel.had_outcome, panel.entity),
    )


def _test_curves(model: Model, parts: Parts, held_out: Panel, straight: Floats) -> CurveGain | None:
    """The curves compared with the weights; None where they leave rows without a score."""
    new_curves = np.concatenate(
        [
            fit_card(model, earlier, 1 / design_effect(earlier.had_outcome, earlier.entity)).odds(
                later
            )
            for earlier, later in parts
        ]
    )
    if np.isnan(new_curves).any():
        return None
    gain, gain_ci = _gain(new_curves, straight, held_out)
    ours: Auc = auc(new_curves, held_out.had_outcome, held_out.entity)
    return CurveGain(
        gain,
        gain_ci,
        ours.interval,
        ours.against(auc(straight, held_out.had_outcome, held_out.entity)),
        ours.at(SURE),
    )


def _gain(odds: Floats, others: Floats, panel: Panel) -> tuple[float, tuple[float, float]]:
    """The log loss of the others minus the log loss, with its 90 % interval."""
    loss, loss_others = (
        -special.log_expit(np.where(panel.had_outcome, 1, -1) * each) for each in (odds, others)
    )
    gain, wide = float(np.mean(loss_others - loss)), NORMAL_90 * _error(loss_others - loss, panel)
    return gain, (gain - wide, gain + wide)


def _error(difference: Floats, panel: Panel) -> float:
    """The standard error of the mean over rows, for whole entities."""
    sums = per_entity(panel.entity, difference - difference.mean())
    number = len(sums)
    return float(np.sqrt(sums @ sums * number / max(number - 1, 1)) / len(difference))
