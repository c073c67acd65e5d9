"""`salus plan`: what an edited model would change, before it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from salus.datasets.backtest import BacktestRequest, DateRange, build_panel
from salus.insight.learning.risks import nominal
from salus.insight.statistics.auc import auc
from salus.model.model import UNKNOWN, Model
from salus.periods.day import NEVER
from salus.scores.compute import compute_project_scores
from salus.scores.scores import Scores
from salus.scoring.explanation import explain, number
from salus.verbs.plan import text as _text  # noqa: F401 (registers the text of the result)
from salus.verbs.plan.result import NEW, ModelComparison, Move, Mover, Plan
from salus.workspace.workspace import Workspace

SMALL = 1e-9


def plan(
    workspace: Workspace,
    edited: Workspace,
    as_of: dt.date | None,
    outcome: str | None,
    horizon: int,
) -> Plan:
    """Both models on the same date; with an outcome also both against what followed past
    dates.
    """
    before, after = score_both(workspace, edited.model, as_of)
    judgement = None if outcome is None else _judgement(workspace, edited, outcome, horizon)
    return replace(compare_models(before, after), outcome=outcome, judgement=judgement)


def score_both(workspace: Workspace, edited: Model, as_of: dt.date | None) -> tuple[Scores, Scores]:
    """Everybody by the model of salus.yaml and by another one."""
    before = compute_project_scores(workspace, workspace.model, as_of)
    return before, compute_project_scores(workspace, edited, before.as_of)


def compare_models(before: Scores, after: Scores, part: str | None = None) -> Plan:
    """What differs between the scores of two models on one date."""
    both = tuple(_both(before, after))
    movers = tuple(
        sorted(
            (
                one
                for one in both
                if one.band_from != one.band_to or not _alike(one.score_from, one.score_to)
            ),
            key=lambda one: (_change(one), one.id),
        )
    )
    return Plan(
        own=before.model,
        edited=after.model,
        as_of=before.as_of,
        entities=len(both),
        weights=tuple(_weights(before.model, after.model)),
        flows=tuple(_flows(before, after, both)),
        movers=movers,
        outcome=None,
        judgement=None,
        part=part,
    )


def _change(one: Mover) -> float:
    return (one.score_to or 0.0) - (one.score_from or 0.0)


def _both(before: Scores, after: Scores) -> Iterator[Mover]:
    """Everybody, moved or not; a reason only for those who did."""
    then, now = ({one: row for row, one in enumerate(scores.ids)} for scores in (before, after))
    for one in sorted({*then, *now}):
        old, new = then.get(one), now.get(one)
        scores = [
            None if row is None else number(which.scored.score[row])
            for which, row in ((before, old), (after, new))
        ]
        bands = [
            NEW if row is None else which.scored.band_name(int(which.scored.band[row]))
            for which, row in ((before, old), (after, new))
        ]
        which, row = (after, new) if new is not None else (before, old)
        assert row is not None
        if old is None or new is None:
            reason: tuple[str, float] | None = ("another population", 0.0)
        elif bands[0] == bands[1] and _alike(*scores):
            reason = None
        else:
            reason = _reason(before, old, after, new)
        yield Mover(
            id=one,
            label=which.labels[row],
            band_from=bands[0],
            band_to=bands[1],
            score_from=scores[0],
            score_to=scores[1],
            value=which.money[row],
            reason=reason,
        )


def _alike(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) < SMALL


def _reason(before: Scores, old: int, after: Scores, new: int) -> tuple[str, float]:
    """The largest single effect that goes the way of the change; where nothing has one, what else
    makes the difference.
    """
    bands = {
        which.scored.band_name(int(which.scored.band[row]))
        for which, row in ((before, old), (after, new))
    }
    change = float(after.scored.score[new] - before.scored.score[old])
    if UNKNOWN in bands or np.isnan(change):
        return ("what is known", 0.0)
    if abs(change) < SMALL:
        return ("other limits of bands", 0.0)
    found = effects(before, old, after, new)
    name = max(found, key=lambda one: (found[one] if change > 0 else -found[one], one))
    return name, found[name]


def effects(before: Scores, old: int, after: Scores, new: int) -> dict[str, float]:
    """What each line of the explanation adds to the difference of an entity's scores; together they
    are the difference.

    A measure counts by how far its points lie from the weighted mean of before: weight that goes to
    points above it lifts the score, weight that goes to points below it lowers it. Weights sum to 1
    in both, so the mean itself drops out.
    """
    mean = float(before.scored.main.score[old])
    then, now = _lines(before, old, mean), _lines(after, new, mean)
    return {name: now.get(name, 0.0) - then.get(name, 0.0) for name in {**then, **now}}


def _lines(scores: Scores, row: int, mean: float) -> dict[str, float]:
    why = explain(scores.scored, row)
    found = {line.name: line.contribution - line.weight * mean for line in why.measures}
    found |= {f"held {line.measure}": line.effect for line in why.held} | {
        f"cap {line.name}": line.effect for line in why.caps
    }
    return found | ({} if not why.smoothing else {"smoothing": why.smoothing})


def _weights(own: Model, edited: Model) -> Iterator[tuple[str, float | None, float | None]]:
    before, after = nominal(own), nominal(edited)
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old is None or new is None or abs(old - new) > SMALL:
            yield name, old, new


def _flows(before: Scores, after: Scores, both: tuple[Mover, ...]) -> Iterator[Move]:
    """By band, best first."""
    names = [*before.bands(), *after.bands(), NEW]
    order = {name: place for place, name in reversed(list(enumerate(names)))}
    groups: dict[tuple[str, str], list[Mover]] = {}
    for one in both:
        groups.setdefault((one.band_from, one.band_to), []).append(one)
    for pair in sorted(groups, key=lambda pair: (order[pair[0]], order[pair[1]])):
        some = groups[pair]
        money = [one.value for one in some if one.value is not None]
        yield Move(*pair, len(some), sum(money) if money else None)


def _judgement(
    workspace: Workspace, edited: Workspace, outcome: str, horizon: int
) -> ModelComparison | None:
    """None where the rows hold only one kind of ending."""
    asked = DateRange(None, None, "month")
    one, other = (
        build_panel(each, BacktestRequest(outcome, horizon, asked), with_warnings=False)
        for each in (workspace, edited)
    )
    keys = [each.panel.entity * (2 * NEVER) + each.panel.day for each in (one, other)]
    _, mine, its = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    ours, theirs = one.panel.at(mine), other.panel.at(its)
    scored = np.flatnonzero(~np.isnan(ours.score) & ~np.isnan(theirs.score))
    ours, theirs = ours.at(scored), theirs.at(scored)
    if not ours.had_outcome.any() or ours.had_outcome.all():
        return None
    told = [
        auc(each.question.sign * panel.score, ours.had_outcome, ours.entity)
        for each, panel in ((one, ours), (other, theirs))
    ]
    return ModelComparison(
        outcome,
        one.question.horizon,
        len(ours),
        told[0].interval,
        told[1].interval,
        told[1].against(told[0]),
    )
