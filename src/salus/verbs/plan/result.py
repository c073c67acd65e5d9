"""The result of `salus plan`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from salus.channels.result import RowResult
from salus.channels.text.render import render_markdown
from salus.insight.statistics.interval import Interval
from salus.model.model import UNKNOWN, Model
from salus.verbs.plan.mover import NEW, Move, Mover
from salus.verbs.plan.movers import Movers


@dataclass(frozen=True)
class ModelComparison:
    """How well both models predicted an outcome, on the same rows of past dates."""

    outcome: str
    horizon: int | None  # in days; None: the outcome is a flag
    rows: int  # entities times dates
    own: Interval  # AUC of the present model, with its 95 % interval
    edited: Interval  # AUC of the edited model
    difference: Interval  # the AUC of the edited model minus that of the present one

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


@dataclass(frozen=True, kw_only=True)
class Plan(RowResult[Mover]):
    """What an edited model would change. As rows: every entity whose score differs, the largest
    fall first.
    """

    own: Model  # the model of salus.yaml
    edited: Model
    as_of: dt.date
    entities: int  # that either model scores
    weights: tuple[
        tuple[str, float | None, float | None], ...
    ]  # measure, its share before and after
    flows: tuple[Move, ...]  # from each band to each, also to the same; the best band first
    movers: Movers  # entities whose score differs, the largest fall first
    outcome: str | None
    judgement: ModelComparison | None  # None without an outcome, and if past dates can't answer
    part: str | None = None  # which entities the edited model would score; None: all
    file: Path | None = None  # of the edited model
    dry_run: bool = False  # made by `salus adopt --dry-run`

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves from one band to another; entities that stay in their band aren't counted."""
        return tuple(move for move in self.flows if move.band_from != move.band_to)

    @property
    def bands(self) -> tuple[str, ...]:
        """The bands of both models, best first, then `unknown` and `not scored`."""
        names = [name for model in (self.own, self.edited) for name, _ in model.bands]
        return tuple(dict.fromkeys([*names, UNKNOWN, NEW]))

    @property
    def rows(self) -> Sequence[Mover]:
        """The entities whose score differs, the largest fall first."""
        return self.movers

    def _model(self) -> str:
        return f"model {self.own.fingerprint} to {self.edited.fingerprint}"

    def _values(self) -> dict[str, object]:
        return {
            "entities": self.entities,
            "another band": sum(move.entities for move in self.moves),
            **{f"{move.band_from} → {move.band_to}": f"{move.entities:,}" for move in self.moves},
        }

    def as_dict(self) -> dict[str, object]:
        """The document of `salus plan --json`."""
        return {
            "from": {"name": self.own.name, "fingerprint": self.own.fingerprint},
            "to": {"name": self.edited.name, "fingerprint": self.edited.fingerprint},
            "as_of": self.as_of.isoformat(),
            "population": self.entities,
            "part": self.part,
            "moves": {
                f"{move.band_from}→{move.band_to}": {"entities": move.entities, "value": move.value}
                for move in self.moves
            },
            "entities": [mover.as_dict() for mover in self.movers],
            "weights": [
                {"measure": name, "from": before, "to": after}
                for name, before, after in self.weights
            ],
            "auc": None if self.judgement is None else self.judgement.as_dict(),
        }

    def markdown(self) -> str:
        """The plan as Markdown, for a pull request."""
        return render_markdown(self)
