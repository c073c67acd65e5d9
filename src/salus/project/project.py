"""A project folder and its verbs. This file only delegates."""

from __future__ import annotations

import copy
import datetime as dt
import filecmp
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from salus.errors import ModelError, OptionError, Problem, UsageError, translated
from salus.model.model import Model
from salus.model.read import read_model
from salus.sources.connection import Connection
from salus.workspace import settings as toml
from salus.workspace.connect import connect

if TYPE_CHECKING:
    from salus.facts.cache.partial_cache import Keep
    from salus.facts.data_end import DataEnd
    from salus.history.decisions import Decision, Decisions
    from salus.history.store import Store
    from salus.scores.rollout import Rollout

T = TypeVar("T")
Date = dt.date | str
KEPT_FROM = 2_000_000                        # rows of a table from which on its grouped facts are kept


def _typed(cls: type[T]) -> type[T]:
    """What the machine refuses in a method of the class is a ResourceError, as everything that Salus refuses is typed."""
    for name, member in list(vars(cls).items()):
        if isinstance(member, FunctionType):
            setattr(cls, name, translated()(member))
        elif isinstance(member, property) and member.fget is not None:
            setattr(cls, name, property(translated()(member.fget)))
        elif isinstance(member, cached_property):
            member.func = translated()(member.func)
    return cls


@_typed
class Project:
    """One folder: `salus.yaml`, `salus.toml`, and what Salus keeps (`history/`, `models/`, `partials/`, `rejected/`).

    Results are immutable. `as_of` None means: today, or where an old export ends (facts/data_end.py). `today` None: by
    the clock, which is read here and nowhere else.
    """

    def __init__(self, folder: Path, file: Path | None = None, today: Date | None = None) -> None:
        self.folder, self.file, self._today = folder, file or folder / "salus.yaml", date(today)

    def with_model(self, file: str | Path) -> Project:
        """The same project with another model, for instance one that was edited a minute ago."""
        return Project(self.folder, self.model_file(file), self._today)

    def model_file(self, name: str | Path) -> Path:
        """The file of another model: in the project's folder, else in the current one; ModelError if in neither."""
        path, folder = Path(name), self.folder
        found = next((place for place in (folder / path, path) if place.is_file()), None)
        if found is None:
            places = " or ".join(dict.fromkeys(str(place.absolute().parent) for place in (folder / path, path)))
            raise ModelError([Problem(path.name, None, None, f"there is no such file in {places}", "name the file of a model")])
        return found

    def unread_model_file(self, name: str | Path) -> Path | None:
        """Another file of that name in the current folder, which isn't read as the project's comes first."""
        read, other = self.model_file(name), Path(name)
        return other if other.is_file() and not filecmp.cmp(other, read, shallow=False) else None

    @property
    def today(self) -> dt.date:
        """Today in the model's time zone."""
        return self._today or today_in(self.model.timezone)

    def scoring_with(self, model: Model) -> Project:
        """The same project with a model that is in no file yet."""
        found = copy.copy(self)
        found.model = model
        return found

    @cached_property
    def settings(self) -> toml.Settings:
        return toml.read(self.folder)

    @cached_property
    def model(self) -> Model:
        """The model as written in its file; raises ModelError with every problem."""
        return read_model(self.file)

    @cached_property
    def store(self) -> Store:
        """What was shown when, and by which model."""
        from salus.history.store import Store
        path = Path(self.settings.history)
        return Store(path if path.is_absolute() else self.folder / path, self.folder / "models")

    @property
    def decisions(self) -> Decisions:
        """Which model was to speak for whom, and since when."""
        from salus.history.decisions import Decisions
        return Decisions(self.folder / "models")

    @cached_property
    def rollout(self) -> Rollout | None:
        """The model on trial beside that of salus.yaml; None where one model speaks for all, or another was asked for."""
        if self.file != self.folder / "salus.yaml" or not self.decisions.path.exists():
            return None
        from salus.scores.rollout import rollout
        return rollout(self.folder, self.decisions, self.model)

    @property
    def unfinished(self) -> Decision | None:
        """The last decision, if salus.yaml is still the text from before it."""
        from salus.history.decisions import unfinished
        return unfinished(self.decisions, self.file.read_bytes()) if self.decisions.path.exists() else None

    @property
    def partials(self) -> Keep:
        """Grouped facts kept from one score to the next."""
        from salus.facts.cache.partial_cache import Keep
        return Keep(self.folder / "partials", KEPT_FROM)

    def connect(self) -> Connection:
        """A connection to the facts; close it."""
        return connect(self.folder, self.settings, self.model)

    def check(self) -> list[Problem]:
        """Every problem of model and data; empty is good."""
        return list(self.inspect().problems)

    def inspect(self) -> Any:
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

    def data_end(self) -> DataEnd:
        """Where the data end, the date that is scored by default, and the days that are doubtful."""
        from salus.facts.data_end import data_end
        connection = self.connect()
        try:
            return data_end(self.model, connection, self.today)
        finally:
            connection.close()

    def past(self, value: Date | None) -> dt.date | None:
        """A date that may be scored or looked back on: today or earlier, else a UsageError."""
        day = date(value)
        if day is not None and day > self.today:
            raise UsageError(f"{day} is after today ({self.today}), and nothing is known of it yet",
                             "choose today or an earlier date")
        return day

    def score(self, as_of: Date | None = None, *, keep: bool = True, out: Path | None = None) -> Any:
        """Score one date and keep it in history; `out` also writes a .xlsx, .csv or .parquet file.

        While another model is rolled out to a part, the result tells of each entity which model spoke.
        """
        from salus.scores.compute import score
        return score(self, self.past(as_of), keep=keep, out=out)

    def replay(self, first: Date, last: Date | None = None, every: str = "day", *, fresh: bool = False, processes: int = 1,
               progress: Any = None) -> Any:
        """The model at every day, week or month from `first` to `last`, as it would have been known then.

        What is kept for the same model and data isn't computed again, unless `fresh`. `progress(done, of)` is told how
        many entities times dates are done.
        """
        from salus.verbs.replay.replay import replay
        return replay(self, needed(self.past(first)), self.past(last), every, fresh=fresh, processes=processes,
                      progress=progress)

    def explain(self, entity: str, as_of: Date | None = None, *, since: Date | None = None) -> Any:
        """Why an entity has its score; with `since` also what changed."""
        from salus.verbs.explain.explain import explain
        return explain(self, entity, self.past(as_of), self.past(since))

    def history(self, entity: str) -> Any:
        """One entity's line through the dates that were scored."""
        from salus.verbs.history.history import history
        return history(self, entity)

    def compare(self, first: Date, second: Date) -> Any:
        """Who moved between two dates, and why."""
        from salus.verbs.history.history import compare
        return compare(self, needed(self.past(first)), needed(self.past(second)))

    def plan(self, model: str | Path, as_of: Date | None = None, *, outcome: str | None = None,
             horizon: str | int = "90d") -> Any:
        """What the model in another file would change on a date; with an outcome, also both against what came."""
        from salus.datasets.backtest import days_of
        from salus.verbs.plan.plan import plan
        return plan(self, self.with_model(model), self.past(as_of), outcome, days_of(horizon))

    def adopt(self, model: str | Path, at: dt.datetime | None = None, *, shadow: bool = False, share: float | str | None = None,
              segment: str | None = None, accept_proposal: bool = False, accept_cross_sectional: bool = False) -> Any:
        """Let the model in another file speak: in the shadow, for a share or a segment of the entities, or for all.

        `at`: when (None: now). For all, the file's text becomes salus.yaml. From the next score on.
        """
        from salus.verbs.adopt.adopt import Acceptance, adopt, reach
        return adopt(self, self.model_file(model), at or now(), reach(shadow=shadow, share=share, segment=segment),
                     Acceptance(accept_proposal, accept_cross_sectional))

    def preview(self, model: str | Path, as_of: Date | None = None, *, shadow: bool = False, share: float | str | None = None,
                segment: str | None = None, accept_proposal: bool = False, accept_cross_sectional: bool = False) -> Any:
        """What `adopt` would refuse, or change on a date for those whom the model is to speak for."""
        from salus.verbs.adopt.adopt import Acceptance, preview, reach
        return preview(self, self.model_file(model), self.past(as_of), reach(shadow=shadow, share=share, segment=segment),
                       Acceptance(accept_proposal, accept_cross_sectional))

    def rollback(self, at: dt.datetime | None = None) -> Any:
        """Take the last `adopt` back: end a trial, or put the former text of salus.yaml back, byte for byte."""
        from salus.verbs.adopt.adopt import rollback
        return rollback(self, at or now())

    def validate(self, outcome: str, horizon: str | int = "90d", first: Date | None = None, last: Date | None = None,
                 every: str = "month", capacity: float = 0.1) -> Any:
        """The score on past dates, each with what was known then, against what came within the horizon after.

        `horizon` in days, or as `90d` or `12w`. `capacity`: the share of entities that a team can look after.
        """
        from salus.datasets.backtest import Asked, days_of
        from salus.verbs.validate.validate import validate
        return validate(self, outcome, days_of(horizon), Asked(self.past(first), self.past(last), every), capacity)

    def learn(self, outcome: str, horizon: str | int = "90d", first: Date | None = None, last: Date | None = None,
              every: str = "month", out: Path | None = None) -> Any:
        """Weights that foretell the outcome better, as a proposed model with the evidence for it; nothing is adopted."""
        from salus.datasets.backtest import Asked, days_of
        from salus.verbs.learn.learn import learn
        return learn(self, outcome, days_of(horizon), Asked(self.past(first), self.past(last), every), out)

    def forecast(self, as_of: Date | None = None, horizon: str | int = "90d", *, outcome: str | None = None,
                 changes: Sequence[str] = (), keep: bool = True) -> Any:
        """What will be renewed within the horizon, with intervals; where scores go; what contracts are still worth.

        `outcome`: what a lost renewal is called (None: the outcome that judges the main score). `changes` suppose other
        values, as `"active_users=-30%"`. What was told is kept, to be compared with what comes, unless `keep` is false.
        """
        from salus.datasets.backtest import days_of
        from salus.verbs.forecast.forecast import forecast
        return forecast(self, self.past(as_of), days_of(horizon), outcome, changes, keep=keep)

    def metrics(self, first: Date | None = None, last: Date | None = None, *, variant: str = "start",
                recognise: str = "end_of_service", outcome: str | None = None, horizon: str | int = "90d",
                step: str = "month", quick: bool = False) -> Any:
        """The numbers of the whole book from `first` (default: a year earlier) to the midnight of `last`.

        `variant` of churn: start, stripe, daily. `recognise` a loss: end_of_service, on_cancel, when_scheduled. `step` of
        cohorts: month, quarter, year. `quick` leaves out what scores past dates: patterns and the comparison of predictors.
        """
        from salus.datasets.backtest import days_of
        from salus.verbs.metrics.metrics import metrics, settings
        asked = settings(variant, recognise, outcome, days_of(horizon), step, quick)
        return metrics(self, self.past(first), self.past(last), asked)

    def freeze(self) -> Path:
        """Write the numbers of the model's percentiles into its `frozen:` block."""
        from salus.verbs.check.freeze import freeze
        return freeze(self)

    def report(self, out: Path | None = None, as_of: Date | None = None, *, language: str = "en",
               outcome: str | None = None, horizon: str | int = "90d",
               progress: Callable[[str], None] | None = None) -> Path:
        """One self-contained HTML page for people who were not there; with an outcome also whether the score foretells it."""
        from salus.datasets.backtest import days_of
        from salus.verbs.report.report import report
        asked = None if outcome is None else (outcome, days_of(horizon))
        return report(self, out or self.folder / "report.html", self.past(as_of), language, asked, progress)


@translated()
def open_project(folder: str | Path = ".", today: Date | None = None) -> Project:
    """Open the project in a folder. `today` None: by the clock, in the model's time zone."""
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(f"{path} is not a folder", "start one with `salus init DIR` or `salus demo`")
    return Project(path, today=today)


def now() -> dt.datetime:
    """The clock."""
    return dt.datetime.now(dt.UTC)


def today_in(zone: str) -> dt.date:
    """Today in a time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def date(value: Date | None) -> dt.date | None:
    """A date from its ISO form, or of a moment."""
    if isinstance(value, dt.datetime):           # a date to Python, but one that compares with no other date
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (ValueError, TypeError):
        raise OptionError(f"'{value}' is not a valid date", "write it as 2026-01-31") from None


def needed(value: dt.date | None) -> dt.date:
    assert value is not None
    return value
