"""`salus plan`: what an edited model would change, before it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from salus.insight.auc import auc
from salus.insight.interval import Interval
from salus.insight.learning import nominal
from salus.model.model import Model
from salus.periods.day import NEVER
from salus.project.judged import Asked, judged
from salus.project.project import Project
from salus.project.snapshot import Scores
from salus.scoring.explanation import explain, number

NEW = "not scored"                           # by one of the models: the edited one may have another population
CAPACITY = 0.1
SMALL = 1e-9


@dataclass(frozen=True)
class Mover:
    """An entity whose score or band is another by the edited model. `reason`: what differs most, and by how much."""

    id: str
    label: str | None
    band_from: str
    band_to: str
    score_from: float | None
    score_to: float | None
    value: float | None
    reason: tuple[str, float] | None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        reason = None if self.reason is None else {"what": self.reason[0], "effect": self.reason[1]}
        return {"id": self.id, "label": self.label, "band_from": self.band_from, "band_to": self.band_to,
                "score_from": self.score_from, "score_to": self.score_to, "value": self.value, "reason": reason}


@dataclass(frozen=True)
class Move:
    """How many go from one band to another, and what is at stake with them."""

    band_from: str
    band_to: str
    entities: int
    value: float | None


@dataclass(frozen=True)
class Judgement:
    """Both models against what came after past dates, on the same rows; 95 %."""

    outcome: str
    horizon: int
    rows: int
    own: Interval
    edited: Interval
    difference: Interval

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"outcome": self.outcome, "horizon_days": self.horizon, "rows": self.rows, "auc_from": self.own.value,
                "auc_to": self.edited.value, "difference": self.difference.value, "difference_ci": self.difference.ends}


@dataclass(frozen=True)
class Plan:
    """Every entity whose score differs, biggest fall first; the moves between bands; and the weights that differ."""

    own: Model
    edited: Model
    as_of: dt.date
    entities: int
    weights: tuple[tuple[str, float | None, float | None], ...]      # measure, share before, share after
    moves: tuple[Move, ...]
    movers: tuple[Mover, ...]
    judgement: Judgement | None

    def as_dict(self) -> dict[str, Any]:
        """The document of `salus plan --json`."""
        return {"from": {"name": self.own.name, "fingerprint": self.own.fingerprint},
                "to": {"name": self.edited.name, "fingerprint": self.edited.fingerprint}, "as_of": self.as_of.isoformat(),
                "population": self.entities,
                "moves": {f"{one.band_from}→{one.band_to}": {"entities": one.entities, "value": one.value}
                          for one in self.moves},
                "entities": [one.as_dict() for one in self.movers],
                "weights": [{"measure": name, "from": before, "to": after} for name, before, after in self.weights],
                "auc": None if self.judgement is None else self.judgement.as_dict()}

    def __str__(self) -> str:
        from salus.project.plan_text import told
        return told(self)

    def markdown(self) -> str:
        """For a pull request."""
        from salus.project.plan_text import markdown
        return markdown(self)

    def _repr_html_(self) -> str:
        from salus.project.text import as_html
        return as_html(str(self))


def plan(project: Project, edited: Project, as_of: dt.date | None, outcome: str | None, horizon: int) -> Plan:
    """Both models on the same date; with an outcome also both against what came after past dates."""
    before = project.score(as_of, keep=False)
    after = edited.score(before.as_of, keep=False)
    movers = tuple(sorted(_movers(before, after), key=lambda one: (_change(one), one.id)))
    judgement = None if outcome is None else _judgement(project, edited, outcome, horizon)
    return Plan(project.model, edited.model, before.as_of, len({*before.ids, *after.ids}),
                tuple(_weights(project.model, edited.model)), tuple(_moves(before, after, movers)), movers, judgement)


def _change(one: Mover) -> float:
    return (one.score_to or 0.0) - (one.score_from or 0.0)


def _movers(before: Scores, after: Scores) -> Iterator[Mover]:
    then, now = ({one: row for row, one in enumerate(scores.ids)} for scores in (before, after))
    for one in sorted({*then, *now}):
        old, new = then.get(one), now.get(one)
        scores = [None if row is None else number(which.scored.score[row]) for which, row in ((before, old), (after, new))]
        bands = [NEW if row is None else which.scored.band_name(int(which.scored.band[row]))
                 for which, row in ((before, old), (after, new))]
        if bands[0] != bands[1] or not _alike(*scores):
            which, row = (after, new) if new is not None else (before, old)
            assert row is not None
            reason = None if old is None or new is None else _reason(before, old, after, new)
            yield Mover(one, which.labels[row], bands[0], bands[1], scores[0], scores[1], which.money[row], reason)


def _alike(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) < SMALL


def _reason(before: Scores, old: int, after: Scores, new: int) -> tuple[str, float] | None:
    """The line of the explanation that differs most."""
    lines = [_lines(scores, row) for scores, row in ((before, old), (after, new))]
    changes = {name: lines[1].get(name, 0.0) - lines[0].get(name, 0.0) for name in {**lines[0], **lines[1]}}
    name = max(changes, key=lambda one: (abs(changes[one]), one), default=None)
    return None if name is None or abs(changes[name]) < SMALL else (name, changes[name])


def _lines(scores: Scores, row: int) -> dict[str, float]:
    why = explain(scores.scored, row)
    found = {line.name: line.contribution for line in why.measures}
    found |= {f"held {line.measure}": line.effect for line in why.held} | {f"cap {line.name}": line.effect for line in why.caps}
    return found | ({} if not why.smoothing else {"smoothing": why.smoothing})


def _weights(own: Model, edited: Model) -> Iterator[tuple[str, float | None, float | None]]:
    before, after = nominal(own), nominal(edited)
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old is None or new is None or abs(old - new) > SMALL:
            yield name, old, new


def _moves(before: Scores, after: Scores, movers: tuple[Mover, ...]) -> Iterator[Move]:
    """By band, best first; only where somebody goes elsewhere."""
    names = [*before.bands(), *after.bands(), NEW]
    order = {name: place for place, name in reversed(list(enumerate(names)))}
    pairs = sorted({(one.band_from, one.band_to) for one in movers if one.band_from != one.band_to},
                   key=lambda pair: (order[pair[0]], order[pair[1]]))
    for pair in pairs:
        some = [one for one in movers if (one.band_from, one.band_to) == pair]
        money = [one.value for one in some if one.value is not None]
        yield Move(*pair, len(some), sum(money) if money else None)


def _judgement(project: Project, edited: Project, outcome: str, horizon: int) -> Judgement | None:
    """None where the rows hold only one kind of ending."""
    asked = Asked(None, None, "month")
    one, other = (judged(each, outcome, horizon, asked, CAPACITY, doubt=False) for each in (project, edited))
    keys = [each.panel.entity * (2 * NEVER) + each.panel.day for each in (one, other)]
    _, mine, its = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    ours, theirs = one.panel.at(mine), other.panel.at(its)
    scored = np.flatnonzero(~np.isnan(ours.score) & ~np.isnan(theirs.score))
    ours, theirs = ours.at(scored), theirs.at(scored)
    if not ours.came.any() or ours.came.all():
        return None
    told = [auc(each.question.sign * panel.score, ours.came, ours.entity) for each, panel in ((one, ours), (other, theirs))]
    return Judgement(outcome, horizon, len(ours), told[0].interval, told[1].interval, told[1].against(told[0]))
