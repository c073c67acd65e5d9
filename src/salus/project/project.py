"""The Python API of one project folder. Each method delegates to the folder of its verb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from salus.errors import Problem, UsageError, translate_errors, translate_method_errors
from salus.workspace.clock import Date, date, now
from salus.workspace.workspace import Workspace

if TYPE_CHECKING:
    from salus.scores.rollout_scores import RolloutScores
    from salus.scores.scores import Scores
    from salus.verbs.adopt.result import AdoptionResult
    from salus.verbs.check.result import Inspection
    from salus.verbs.compare.result import Comparison
    from salus.verbs.explain.result import ScoreExplanation
    from salus.verbs.forecast.result import Forecast
    from salus.verbs.history.result import ScoreHistory
    from salus.verbs.learn.result import Proposal
    from salus.verbs.metrics.result import PortfolioMetrics
    from salus.verbs.plan.result import Plan
    from salus.verbs.replay.replay import Progress
    from salus.verbs.replay.result import ReplayResult
    from salus.verbs.report.result import ReportFile
    from salus.verbs.validate.result import ValidationResult


@translate_method_errors
class Project(Workspace):
    """One project folder and its verbs.

    The folder holds `salus.yaml` (the model), `salus.toml` (connections), and what Salus keeps:
    `history/`, `models/`, `partials/` and `rejected/`. Open it with `open_project`.

    A project may stay open: each method looks whether the model, the settings, the facts or the kept
    scores changed.

    Dates are `datetime.date`, or text such as `2026-01-31`. Where `as_of` is None, the date is today, or
    the day after the last fact of an export that ends earlier. A date after today is a
    `UsageError`. Results are immutable. `str(result)` is the text of the terminal, and
    `result.as_dict()` the JSON document of the verb. Each verb raises `ModelError` if the model
    can't be used as written, `DataError` if the tables don't hold what it needs, `UsageError` if
    the question has no answer, and `ResourceError` if the disk or the memory refuses.
    """

    def check(self) -> list[Problem]:
        """Every problem of the model and the data; an empty list is good.

        Each `Problem` has the file, the line, the column, what is wrong and what to do next.

        Example:

            for problem in project.check():
                print(problem)
        """
        return list(self.inspect().problems)

    def inspect(self) -> Inspection:
        """The problems of `check`, and how each file was read.

        Example:

            inspection = project.inspect()
            print(len(inspection.problems))
        """
        self._renew()
        from salus.verbs.check.check import inspect

        return inspect(self)

    @property
    def draws(self) -> bool:
        """Whether charts can be drawn: the extra `pictures` is installed."""
        from salus.channels.pictures import is_missing

        return not is_missing()

    def require_pictures(self) -> None:
        """Raise `UsageError` if charts can't be drawn, before any work is done."""
        from salus.channels.pictures import require_extra

        require_extra()

    def score(
        self, as_of: Date | None = None, *, keep: bool = True, out: Path | None = None
    ) -> Scores | RolloutScores:
        """Score every entity on one date.

        `keep` writes the scores to history. `out` also writes a file: `.xlsx`, `.csv` or
        `.parquet`. Scores are 0 to 100, and 100 is healthy. While a second model is used for a part
        of the entities, the result says which model scored each one.

        Example:

            scores = project.score()
            print(scores.bands())
            for row in scores:
                print(row.label, row.score, row.band)
        """
        self._renew()
        from salus.verbs.score.score import score

        return score(self, self.parse_past_date(as_of), keep=keep, out=out)

    def scores(self, as_of: Date | None = None) -> Scores | RolloutScores:
        """The scores of one date as history keeps them; without kept scores they are computed.

        Nothing is written. The scores stay in memory until a file of facts or of kept scores
        changes, so the next call takes milliseconds. `listing` of the result filters, sorts and
        pages.

        Example:

            accounts = project.scores().listing.where(name="a").sort("value", descending=True)
            print(len(accounts), accounts.page(0, 50, ["id", "label", "score"]).to_pylist())
        """
        self._renew()
        from salus.scores.shown_scores import load_shown

        return load_shown(self, self.parse_past_date(as_of))

    def replay(
        self,
        first: Date,
        last: Date | None = None,
        every: str = "day",
        *,
        fresh: bool = False,
        processes: int = 1,
        progress: Progress | None = None,
    ) -> ReplayResult:
        """Score every day, week or month from `first` to `last`, from what was known on each date.

        `every` is `"day"`, `"week"` or `"month"`. Results that are kept for the same model and data
        aren't computed again, unless `fresh`. `processes` share the work. `progress(done, total)`
        is called with the number of entities times dates.

        Example:

            replay = project.replay("2026-05-01", every="month")
            print(replay.dates)
        """
        self._renew()
        from salus.verbs.replay.replay import ReplayOptions, replay

        options = ReplayOptions(every, fresh, processes, progress)
        return replay(
            self,
            _require_date(self.parse_past_date(first)),
            self.parse_past_date(last),
            options,
        )

    def explain(
        self, entity: str, as_of: Date | None = None, *, since: Date | None = None
    ) -> ScoreExplanation:
        """Explain the score of one entity, by its key or its label.

        The contributions, the held values, the smoothing and the caps add up to the score, in
        points. `since` adds what changed from an earlier date. Raises `UsageError` if no entity, or
        more than one, has this name.

        Example:

            lowest = project.score().rows[0]
            print(project.explain(lowest.id, since="2026-05-01"))
        """
        self._renew()
        from salus.verbs.explain.explain import explain

        return explain(self, entity, self.parse_past_date(as_of), self.parse_past_date(since))

    def history(self, entity: str) -> ScoreHistory:
        """The scores of one entity on all dates that were scored or replayed, oldest first.

        Raises `UsageError` if nothing is kept for the entity.

        Example:

            lowest = project.score().rows[0]
            for point in project.history(lowest.id):
                print(point.as_of, point.score, point.band)
        """
        self._renew()
        from salus.verbs.history.history import history

        return history(self, entity)

    def compare(self, first: Date, second: Date) -> Comparison:
        """Which entities moved between two dates, and why; the largest fall comes first.

        Example:

            for move in project.compare("2026-05-01", "2026-06-30"):
                print(move.label, move.score_from, move.score_to)
        """
        self._renew()
        from salus.verbs.compare.compare import compare

        return compare(
            self,
            _require_date(self.parse_past_date(first)),
            _require_date(self.parse_past_date(second)),
        )

    def plan(
        self,
        model: str | Path,
        as_of: Date | None = None,
        *,
        outcome: str | None = None,
        horizon: str | int = "90d",
    ) -> Plan:
        """What the model in another file would change on a date.

        `model` is a file in the project's folder or the current one. With an `outcome` both models
        are also compared with what happened within the `horizon` after past dates; `horizon` is a
        number of days, or text such as `90d` or `12w`.

        Example:

            text = project.model.text.replace("weight: 35", "weight: 25", 1)
            (project.folder / "edited.yaml").write_text(text)
            plan = project.plan("edited.yaml")
            for move in plan.moves:
                print(move.band_from, move.band_to, move.entities)
        """
        self._renew()
        from salus.datasets.backtest import parse_horizon
        from salus.verbs.plan.plan import plan

        return plan(
            self,
            self.with_model(model),
            self.parse_past_date(as_of),
            outcome,
            parse_horizon(horizon),
        )

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
    ) -> AdoptionResult:
        """Use the model in another file from the next score on.

        Without an option it is used for all entities, and its text becomes `salus.yaml`. `shadow`
        scores with it without showing the scores. `share` (0 to 1, or text such as `20%`) or `segment`
        use it for a part. `at` is the time of the decision; None: now. A model that `learn`
        proposes needs `accept_proposal` where its evidence is weak, and `accept_cross_sectional`
        where it was learned across entities only. Raises `ModelError` if the model can't be used.

        Example:

            result = project.adopt("edited.yaml", share="20%")
            print(result.decision.stage)
        """
        self._renew()
        from salus.verbs.adopt.adopt import Acceptance, adopt, parse_scope

        return adopt(
            self,
            self.model_file(model),
            at or now(),
            parse_scope(shadow=shadow, share=share, segment=segment),
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
        """What `adopt` with the same options would change, without doing it.

        Example:

            print(len(project.preview("edited.yaml", share="20%")))
        """
        self._renew()
        from salus.verbs.adopt.adopt import Acceptance, parse_scope, preview

        return preview(
            self,
            self.model_file(model),
            self.parse_past_date(as_of),
            parse_scope(shadow=shadow, share=share, segment=segment),
            Acceptance(accept_proposal, accept_cross_sectional),
        )

    def rollback(self, at: dt.datetime | None = None) -> AdoptionResult:
        """Undo the last `adopt`: end a trial, or restore the previous text of `salus.yaml`.

        Raises `UsageError` if there is nothing to undo.

        Example:

            print(project.rollback())
        """
        self._renew()
        from salus.verbs.rollback.rollback import rollback

        return rollback(self, at or now())

    def validate(
        self,
        outcome: str,
        horizon: str | int = "90d",
        first: Date | None = None,
        last: Date | None = None,
        every: str = "month",
        capacity: float = 0.1,
    ) -> ValidationResult:
        """Compare the score on past dates with what happened within the `horizon` after them.

        Each past score uses what was known then, as far as your tables have dates; Salus says
        where they don't. `outcome` is an outcome of the model.
        `horizon` is a number of days, or text such as `90d` or `12w`. `every` is `"week"` or `"month"`.
        `capacity` is the share of entities that a team can look after, 0 to 1. Raises `UsageError`
        if no past date has a complete horizon.

        Example:

            validation = project.validate("churned")
            print(validation.as_dict()["auc"])
        """
        self._renew()
        from salus.datasets.backtest import DateRange, parse_horizon
        from salus.verbs.validate.validate import validate

        return validate(
            self,
            outcome,
            parse_horizon(horizon),
            DateRange(self.parse_past_date(first), self.parse_past_date(last), every),
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
        """Learn weights that predict the outcome better, and propose them as a model.

        The proposal is written to `out` (None: `proposed.yaml` in the project's folder), with its
        evidence. Nothing is adopted. The other parameters are those of `validate`.

        Example:

            proposal = project.learn("churned")
            print(proposal.reason)
        """
        self._renew()
        from salus.datasets.backtest import DateRange, parse_horizon
        from salus.verbs.learn.learn import learn

        return learn(
            self,
            outcome,
            parse_horizon(horizon),
            DateRange(self.parse_past_date(first), self.parse_past_date(last), every),
            out,
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
        """Predict which contracts will be renewed within the `horizon`, where scores go, and what
        contracts are still worth.

        Amounts are in the model's currency, with 95 % intervals. `outcome` is the outcome that means
        a lost renewal (None: the outcome of the main score). `changes` suppose other values, such
        as `"active_users=-30%"`. Unless `keep` is false, the forecast is kept, and later forecasts
        compare it with what happened.

        Example:

            forecast = project.forecast()
            print(forecast.as_dict()["total"])
        """
        self._renew()
        from salus.datasets.backtest import parse_horizon
        from salus.verbs.forecast.forecast import forecast

        return forecast(
            self, self.parse_past_date(as_of), parse_horizon(horizon), outcome, changes, keep=keep
        )

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
        """Portfolio metrics, such as churn, retention and NPS, each with its 95 % interval.

        The period goes from `first` (None: a year before its end) to the midnight of `last`.
        `variant` of churn is `"start"`, `"stripe"` or `"daily"`. `recognise` says when a loss
        counts: `"end_of_service"`, `"on_cancel"` or `"when_scheduled"`. `step` of the cohorts is
        `"month"`, `"quarter"` or `"year"`. `quick` leaves out what scores past dates: patterns and
        predictors.

        Example:

            metrics = project.metrics(quick=True)
            print(metrics.as_dict()["logo_churn_rate"]["value"])
        """
        self._renew()
        from salus.datasets.backtest import parse_horizon
        from salus.verbs.metrics.metrics import metrics
        from salus.verbs.metrics.settings import check_settings

        settings = check_settings(variant, recognise, outcome, parse_horizon(horizon), step, quick)
        return metrics(self, self.parse_past_date(first), self.parse_past_date(last), settings)

    def freeze(self) -> Path:
        """Write the numbers of the model's percentiles into its `frozen:` block; returns the
        file.
        """
        self._renew()
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
    ) -> ReportFile:
        """Write one self-contained HTML page to share; `path` of the result is the file.

        `out` is the file (None: `report.html` in the project's folder). `language` is `en`, `de` or
        `da`. With an `outcome` the page also shows whether the score predicts it. `progress(step)`
        is called at the start of each step.

        Example:

            page = project.report(language="de")
            print(page.path)
        """
        self._renew()
        from salus.datasets.backtest import parse_horizon
        from salus.verbs.report.prediction import OutcomeHorizon
        from salus.verbs.report.report import report

        validation = None if outcome is None else OutcomeHorizon(outcome, parse_horizon(horizon))
        return report(
            self,
            out or self.folder / "report.html",
            self.parse_past_date(as_of),
            language,
            validation,
            progress,
        )


@translate_errors()
def open_project(folder: str | Path = ".", today: Date | None = None) -> Project:
    """Open the project in a folder.

    `today` None: by the clock, in the model's time zone. Raises `UsageError` if there is no such
    folder; the model is read when a verb needs it.

    Example:

        project = salus.open_project("salus-demo")
    """
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(
            f"{path} is not a folder", "create one with `salus init DIR` or `salus demo`"
        )
    return Project(path, today=date(today))


def _require_date(value: dt.date | None) -> dt.date:
    assert value is not None
    return value
