"""A project folder and its verbs. This file only delegates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from salus.errors import Problem, UsageError, translated, typed_errors
from salus.workspace.clock import Date, date, now
from salus.workspace.workspace import Workspace

if TYPE_CHECKING:
    from salus.scores.active_models import Spoken
    from salus.scores.scores import Scores
    from salus.verbs.adopt.adopt import Decided
    from salus.verbs.check.check import Inspection
    from salus.verbs.explain.explain import Explained
    from salus.verbs.forecast.result import Forecast
    from salus.verbs.history.history import Comparison, Line
    from salus.verbs.learn.learn import Proposal
    from salus.verbs.metrics.metrics import PortfolioMetrics
    from salus.verbs.plan.plan import Plan
    from salus.verbs.replay.replay import Progress, Replayed
    from salus.verbs.validate.validate import Validated


@typed_errors
class Project(Workspace):
    """One folder: `salus.yaml`, `salus.toml`, and what Salus keeps (`history/`, `models/`,
    `partials/`, `rejected/`).

    Results are immutable. `as_of` None means: today, or where an old export ends
    (facts/data_end.py). `today` None: by the clock, which is read here and nowhere else.
    """

    def check(self) -> list[Problem]:
        """Every problem of model and data; empty is good."""
        return list(self.inspect().problems)

    def inspect(self) -> Inspection:
        """The problems, and how each file was read."""
        from salus.verbs.check.check import inspect

        return inspect(self)

    @property
    def draws(self) -> bool:
        """Whether pictures can be drawn here: the extra `pictures` is installed."""
        from salus.channels.pictures import missing

        return not missing()

    def require_pictures(self) -> None:
        """Refuse before the work where pictures can't be drawn."""
        from salus.channels.pictures import require

        require()

    def score(
        self, as_of: Date | None = None, *, keep: bool = True, out: Path | None = None
    ) -> Scores | Spoken:
        """Score one date and keep it in history; `out` also writes a .xlsx, .csv or .parquet file.

        While another model is rolled out to a part, the result tells of each entity which model
        spoke.
        """
        from salus.verbs.score.score import score

        return score(self, self.past(as_of), keep=keep, out=out)

    def replay(
        self,
        first: Date,
        last: Date | None = None,
        every: str = "day",
        *,
        fresh: bool = False,
        processes: int = 1,
        progress: Progress | None = None,
    ) -> Replayed:
        """The model at every day, week or month from `first` to `last`, as it would have been known
        then.

        What is kept for the same model and data isn't computed again, unless `fresh`.
        `progress(done, of)` is told how many entities times dates are done.
        """
        from salus.verbs.replay.replay import replay

        return replay(
            self,
            needed(self.past(first)),
            self.past(last),
            every,
            fresh=fresh,
            processes=processes,
            progress=progress,
        )

    def explain(
        self, entity: str, as_of: Date | None = None, *, since: Date | None = None
    ) -> Explained:
        """Why an entity has its score; with `since` also what changed."""
        from salus.verbs.explain.explain import explain

        return explain(self, entity, self.past(as_of), self.past(since))

    def history(self, entity: str) -> Line:
        """One entity's line through the dates that were scored."""
        from salus.verbs.history.history import history

        return history(self, entity)

    def compare(self, first: Date, second: Date) -> Comparison:
        """Who moved between two dates, and why."""
        from salus.verbs.history.history import compare

        return compare(self, needed(self.past(first)), needed(self.past(second)))

    def plan(
        self,
        model: str | Path,
        as_of: Date | None = None,
        *,
        outcome: str | None = None,
        horizon: str | int = "90d",
    ) -> Plan:
        """What the model in another file would change on a date; with an outcome, also both against
        what came.
        """
        from salus.datasets.backtest import days_of
        from salus.verbs.plan.plan import plan

        return plan(self, self.with_model(model), self.past(as_of), outcome, days_of(horizon))

    def adopt(
        self,
        model: str | Path,
        at: dt.datetime | None = None,
        *,
        shadow: bool = False,
        share: float | str | None = None,
        segment: str | None = None,
        accept_proposal: bool = False,
        accept_cross_sectional: bool = False,
    ) -> Decided:
        """Let the model in another file speak: in the shadow, for a share or a segment of the
        entities, or for all.

        `at`: when (None: now). For all, the file's text becomes salus.yaml. From the next score on.
        """
        from salus.verbs.adopt.adopt import Acceptance, adopt, reach

        return adopt(
            self,
            self.model_file(model),
            at or now(),
            reach(shadow=shadow, share=share, segment=segment),
            Acceptance(accept_proposal, accept_cross_sectional),
        )

    def preview(
        self,
        model: str | Path,
        as_of: Date | None = None,
        *,
        shadow: bool = False,
        share: float | str | None = None,
        segment: str | None = None,
        accept_proposal: bool = False,
        accept_cross_sectional: bool = False,
    ) -> Plan:
        """What `adopt` would refuse, or change on a date for those whom the model is to speak
        for.
        """
        from salus.verbs.adopt.adopt import Acceptance, preview, reach

        return preview(
            self,
            self.model_file(model),
            self.past(as_of),
            reach(shadow=shadow, share=share, segment=segment),
            Acceptance(accept_proposal, accept_cross_sectional),
        )

    def rollback(self, at: dt.datetime | None = None) -> Decided:
        """Take the last `adopt` back: end a trial, or put the former text of salus.yaml back, byte
        for byte.
        """
        from salus.verbs.adopt.adopt import rollback

        return rollback(self, at or now())

    def validate(
        self,
        outcome: str,
        horizon: str | int = "90d",
        first: Date | None = None,
        last: Date | None = None,
        every: str = "month",
        capacity: float = 0.1,
    ) -> Validated:
        """The score on past dates, each with what was known then, against what came within the
        horizon after.

        `horizon` in days, or as `90d` or `12w`. `capacity`: the share of entities that a team can
        look after.
        """
        from salus.datasets.backtest import Asked, days_of
        from salus.verbs.validate.validate import validate

        return validate(
            self,
            outcome,
            days_of(horizon),
            Asked(self.past(first), self.past(last), every),
            capacity,
        )

    def learn(
        self,
        outcome: str,
        horizon: str | int = "90d",
        first: Date | None = None,
        last: Date | None = None,
        every: str = "month",
        out: Path | None = None,
    ) -> Proposal:
        """Weights that foretell the outcome better, as a proposed model with the evidence for it;
        nothing is adopted.
        """
        from salus.datasets.backtest import Asked, days_of
        from salus.verbs.learn.learn import learn

        return learn(
            self, outcome, days_of(horizon), Asked(self.past(first), self.past(last), every), out
        )

    def forecast(
        self,
        as_of: Date | None = None,
        horizon: str | int = "90d",
        *,
        outcome: str | None = None,
        changes: Sequence[str] = (),
        keep: bool = True,
    ) -> Forecast:
        """What will be renewed within the horizon, with intervals; where scores go; what contracts
        are still worth.

        `outcome`: what a lost renewal is called (None: the outcome that judges the main score).
        `changes` suppose other values, as `"active_users=-30%"`. What was told is kept, to be
        compared with what comes, unless `keep` is false.
        """
        from salus.datasets.backtest import days_of
        from salus.verbs.forecast.forecast import forecast

        return forecast(self, self.past(as_of), days_of(horizon), outcome, changes, keep=keep)

    def metrics(
        self,
        first: Date | None = None,
        last: Date | None = None,
        *,
        variant: str = "start",
        recognise: str = "end_of_service",
        outcome: str | None = None,
        horizon: str | int = "90d",
        step: str = "month",
        quick: bool = False,
    ) -> PortfolioMetrics:
        """The numbers of the whole book from `first` (default: a year earlier) to the midnight of
        `last`.

        `variant` of churn: start, stripe, daily. `recognise` a loss: end_of_service, on_cancel,
        when_scheduled. `step` of cohorts: month, quarter, year. `quick` leaves out what scores past
        dates: patterns and the comparison of predictors.
        """
        from salus.datasets.backtest import days_of
        from salus.verbs.metrics.metrics import check_settings, metrics

        asked = check_settings(variant, recognise, outcome, days_of(horizon), step, quick)
        return metrics(self, self.past(first), self.past(last), asked)

    def freeze(self) -> Path:
        """Write the numbers of the model's percentiles into its `frozen:` block."""
        from salus.verbs.check.freeze import freeze

        return freeze(self)

    def report(
        self,
        out: Path | None = None,
        as_of: Date | None = None,
        *,
        language: str = "en",
        outcome: str | None = None,
        horizon: str | int = "90d",
        progress: Callable[[str], None] | None = None,
    ) -> Path:
        """One self-contained HTML page for people who were not there; with an outcome also whether
        the score foretells it.
        """
        from salus.datasets.backtest import days_of
        from salus.verbs.report.report import report

        asked = None if outcome is None else (outcome, days_of(horizon))
        return report(
            self, out or self.folder / "report.html", self.past(as_of), language, asked, progress
        )


@translated()
def open_project(folder: str | Path = ".", today: Date | None = None) -> Project:
    """The project in a folder. `today` None: by the clock, in the model's time zone."""
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(
            f"{path} is not a folder", "start one with `salus init DIR` or `salus demo`"
        )
    return Project(path, today=date(today))


def needed(value: dt.date | None) -> dt.date:
    assert value is not None
    return value
