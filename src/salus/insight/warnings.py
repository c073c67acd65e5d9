"""What makes a validation less than it seems: leaks, and measures that tell nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from salus.insight.auc import Auc, auc
from salus.insight.comparison import NEUTRAL, Beside
from salus.insight.panel import Panel
from salus.model.model import Model
from salus.periods.day import NEVER

TOO_GOOD, TELLS_ABSENCE = 0.90, 0.60
FEWEST = 10                                  # entities with the outcome


@dataclass(frozen=True)
class Caution:
    """One finding. `kind` is a fixed word for programs."""

    kind: str
    measure: str | None
    what: str
    fix: str

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"kind": self.kind, "measure": self.measure, "what": self.what, "fix": self.fix}

    def __str__(self) -> str:
        return f"{self.what}\n    -> {self.fix}"


def warnings(model: Model, panel: Panel, sign: float, score: Auc | None, beside: tuple[Beside, ...]) -> tuple[Caution, ...]:
    """All findings. Those about single measures need enough outcomes to be more than chance."""
    found = [*_constant(model, panel)]
    if score is not None and score.clusters >= FEWEST:
        found += [*_too_good(beside), *_early(model, panel, sign), *_absent(model, panel), *_backwards(beside)]
    return tuple(found)


def _constant(model: Model, panel: Panel) -> Iterator[Caution]:
    for measure in model.measures:
        points = panel.points[measure.name]
        known = points[~np.isnan(points)]
        if not len(known):
            yield Caution("dead", measure.name, f"measure {measure.name} has no value on any row", "check its source")
        elif known.min() == known.max():
            yield Caution("constant", measure.name, f"measure {measure.name} gives {known[0]:g} points to every row",
                          "change its scale, or leave it out")


def _too_good(beside: tuple[Beside, ...]) -> Iterator[Caution]:
    for one in beside:
        if one.auc.value > TOO_GOOD and not one.name.startswith("dimension "):
            yield Caution("too good", one.name, f"measure {one.name} alone tells who leaves in {one.auc.value:.0%} of pairs: "
                          "it may know the outcome", "check that its facts are known before the decision, with `recorded:`")


def _early(model: Model, panel: Panel, sign: float) -> Iterator[Caution]:
    """What tells who will leave one day, and not only soon, was written when that was known."""
    later = panel.at(np.flatnonzero(~panel.came))
    will = later.when < NEVER
    if min(len(np.unique(later.entity[will])), len(np.unique(later.entity[~will]))) < FEWEST:
        return
    for measure in model.measures:
        points = later.points[measure.name]
        told = auc(sign * np.where(np.isnan(points), NEUTRAL, points), will, later.entity)
        if told.value > TOO_GOOD:
            yield Caution("knows early", measure.name, f"measure {measure.name} tells in {told.value:.0%} of pairs who will "
                          "leave after the horizon: it may have been written when that was known",
                          "check when its facts are recorded, and declare that with `recorded:`")


def _absent(model: Model, panel: Panel) -> Iterator[Caution]:
    """Where the mere absence of a value tells the outcome, the value was filled in, or removed, afterwards."""
    for measure in model.measures:
        real = panel.real[measure.name]
        if not real.all() and real.any():
            told = auc((~real).astype(np.float64), panel.came, panel.entity)
            side = max(told.value, 1 - told.value)
            if side > TELLS_ABSENCE and 0.5 not in told.interval:
                yield Caution("absence", measure.name, f"whether {measure.name} has a value tells the outcome in {side:.0%} of "
                              "pairs", "find out when the value is written: it may be filled in or removed afterwards")


def _backwards(beside: tuple[Beside, ...]) -> Iterator[Caution]:
    for one in beside:
        if one.auc.high < 0.5 and not one.name.startswith("dimension "):
            what = f"measure {one.name} is better where the outcome comes (AUC {one.auc.value:.2f})"
            yield Caution("backwards", one.name, what, "turn its scale round, or leave it out")
