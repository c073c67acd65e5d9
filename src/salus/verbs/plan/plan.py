"""`salus plan`: what an edited model would change, before it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from salus.channels.result import RowResult
from salus.datasets.backtest import DateRange, build_panel
from salus.insight.learning.risks import nominal
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import Interval
from salus.model.model import UNKNOWN, Model
from salus.periods.day import NEVER
from salus.scores.compute import compute_project_scores
from salus.scores.scores import Scores
from salus.scoring.explanation import explain, number
from salus.workspace.workspace import Workspace

NEW = "not scored"  # by one of the models: the edited one may have another population
CAPACITY = 0.1
SMALL = 1e-9


@dataclass(frozen=True)
class Mover:
    """An entity by both models. `reason`: the largest effect that goes the way of its change; None:
    it stays as it is.
    """

    id: str
    label: str | None
    band_from: str
    band_to: str
    score_from: float | None
    score_to: float | None
    value: float | None
    reason: tuple[str, float] | None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        reason = None if self.reason is None else {"what": self.reason[0], "effect": self.reason[1]}
        return {
            "id": self.id,
            "label": self.label,
            "band_from": self.band_from,
            "band_to": self.band_to,
            "score_from": self.score_from,
            "score_to": self.score_to,
            "value": self.value,
            "reason": reason,
        }


@dataclass(frozen=True)
class Move:
    """How many go from one band to another, and what is at stake with them."""

    band_from: str
    band_to: str
    entities: int
    value: float | None


@dataclass(frozen=True)
class ModelComparison:
    """Both models against what came after past dates, on the same rows; 95 %."""

    outcome: str
    horizon: int | None  # None: the outcome is a flag
    rows: int
    own: Interval
    edited: Interval
    difference: Interval

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "outcome": self.outcome,
            "horizon_days": self.horizon,
            "rows": self.rows,
            "auc_from": self.own.value,
            "auc_to": self.edited.value,
            "difference": self.difference.value,
            "difference_ci": self.difference.ends,
        }


@dataclass(frozen=True)
class Plan(RowResult[Mover]):
    """Every entity whose score differs, biggest fall first; the moves between bands; and the
    weights that differ.
    """

    own: Model
    edited: Model
    as_of: dt.date
    entities: int
    weights: tuple[
        tuple[str, float | None, float | None], ...
    ]  # measure, share before, share after
    flows: tuple[Move, ...]  # everybody, those who stay in their band too; best band first
    movers: tuple[Mover, ...]
    outcome: str | None  # asked for
    judgement: ModelComparison | None  # None also where past dates can't tell
    part: str | None = None  # whom the edited model is to speak for, where not for all

    @property
    def moves(self) -> tuple[Move, ...]:
        """Those who change band."""
        return tuple(one for one in self.flows if one.band_from != one.band_to)

    @property
    def bands(self) -> tuple[str, ...]:
        """Of both models, best first, then those without a score."""
        return tuple(
            dict.fromkeys(
                [
                    *(name for model in (self.own, self.edited) for name, _ in model.bands),
                    UNKNOWN,
                    NEW,
                ]
            )
        )

    @property
    def rows(self) -> tuple[Mover, ...]:
        """Entities whose score differs, the largest fall first."""
        return self.movers

    def as_dict(self) -> dict[str, object]:
        """The document of `salus plan --json`."""
        return {
            "from": {"name": self.own.name, "fingerprint": self.own.fingerprint},
            "to": {"name": self.edited.name, "fingerprint": self.edited.fingerprint},
            "as_of": self.as_of.isoformat(),
            "population": self.entities,
            "part": self.part,
            "moves": {
                f"{one.band_from}→{one.band_to}": {"entities": one.entities, "value": one.value}
                for one in self.moves
            },
            "entities": [one.as_dict() for one in self.movers],
            "weights": [
                {"measure": name, "from": before, "to": after}
                for name, before, after in self.weights
            ],
            "auc": None if self.judgement is None else self.judgement.as_dict(),
        }

    def __str__(self) -> str:
        from salus.verbs.plan.text import told

        return told(self)

    def markdown(self) -> str:
        """For a pull request."""
        from salus.verbs.plan.text import markdown

        return markdown(self)


def plan(
    workspace: Workspace,
    edited: Workspace,
    as_of: dt.date | None,
    outcome: str | None,
    horizon: int,
) -> Plan:
    """Both models on the same date; with an outcome also both against what came after past
    dates.
    """
    before, after = score_both(workspace, edited.model, as_of)
    judgement = None if outcome is None else _judgement(workspace, edited, outcome, horizon)
    return replace(compare_scores(before, after), outcome=outcome, judgement=judgement)


def score_both(workspace: Workspace, edited: Model, as_of: dt.date | None) -> tuple[Scores, Scores]:
    """Everybody by the model of salus.yaml and by another one."""
    before = compute_project_scores(workspace, workspace.model, as_of)
    return before, compute_project_scores(workspace, edited, before.as_of)


def compare_scores(before: Scores, after: Scores, part: str | None = None) -> Plan:
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
        before.model,
        after.model,
        before.as_of,
        len(both),
        tuple(_weights(before.model, after.model)),
        tuple(_flows(before, after, both)),
        movers,
        None,
        None,
        part,
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
            one,
            which.labels[row],
            bands[0],
            bands[1],
            scores[0],
            scores[1],
            which.money[row],
            reason,
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
        build_panel(each, outcome, horizon, asked, CAPACITY, doubt=False)
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
