"""`salus forecast`: renewals, scores ahead, and the value of contracts and purchases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import salus.verbs.forecast.text  # noqa: F401  registers the text
from salus.datasets.backtest import find_dated_outcome
from salus.errors import OptionError, UsageError
from salus.finding import Finding
from salus.model.model import Model, Outcome
from salus.periods.day import day_number
from salus.verbs.forecast.data import load_forecast_data
from salus.verbs.forecast.log import ForecastLog
from salus.verbs.forecast.predict import predict
from salus.verbs.forecast.result import Forecast
from salus.verbs.forecast.scenario import ValueChange
from salus.verbs.forecast.track_record import compare_with_outcome
from salus.workspace.workspace import Workspace

SHORTEST = 14  # days of a horizon
KNOWN = 7  # days of facts after a date, from which on it is no longer in the future


def forecast(
    workspace: Workspace,
    as_of: dt.date | None,
    horizon: int,
    outcome: str | None,
    changes: Sequence[str],
    *,
    keep: bool,
) -> Forecast:
    """A forecast from a date on (None: the default date). With `keep` its renewals are saved, to be
    compared with the outcome later.
    """
    if horizon < SHORTEST:
        raise OptionError(
            f"a horizon of {horizon} days is too short", f"choose a horizon of {SHORTEST}d or more"
        )
    model = workspace.model
    target = _target(model, outcome)
    scenario = tuple(map(ValueChange.of, changes))
    with workspace.connected() as connection:
        end = workspace.find_data_end(model, connection)
        if end.day is None:
            raise UsageError(
                "the tables hold no fact, so there is nothing to forecast from", "check [data] url"
            )
        today = day_number(as_of or end.as_of)
        data = load_forecast_data(workspace, connection, target, end, (today, horizon))
        result = predict(data, connection, scenario)
    log = ForecastLog(workspace.store.forecasts)
    positions = {key: position for position, key in enumerate(data.ids)}
    track_record = compare_with_outcome(
        log.all(), target.name, data.events, positions, data.window.end
    )
    result = replace(result, track_record=track_record)
    saved = result.saved()
    if not keep or saved is None:
        return result
    if day_number(end.day) >= today + KNOWN:
        note = Finding("forecast.not_saved", day=end.day)
        return replace(result, notes=(*result.notes, note))
    log.save(saved)
    return result


def _target(model: Model, name: str | None) -> Outcome:
    """The outcome with this name. None: the first that no further score has as its goal."""
    if name is not None:
        return find_dated_outcome(model, name)
    goals = {score.goal for score in model.scores}
    target = next(
        (
            outcome
            for outcome in model.outcomes
            if outcome.name not in goals and outcome.flag is None
        ),
        None,
    )
    if target is None:
        raise UsageError(
            "the model declares no outcome that says who left",
            "declare one under `outcomes:` in salus.yaml",
        )
    return target
