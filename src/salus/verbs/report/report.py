"""`salus report`: one page of HTML about a date, with the change over 30 days and the trend over
twelve months.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import salus.verbs.report.text  # noqa: F401  registers the text of the result
from salus.atomic import atomic_write
from salus.channels.export import require_folder
from salus.channels.report.page import render_page
from salus.channels.words.labels import words_for
from salus.datasets.backtest import find_dated_outcome
from salus.sanitize import one_line
from salus.verbs.report.content import collect_content
from salus.verbs.report.prediction import OutcomeHorizon, forecast_value, validate_score
from salus.verbs.report.result import ReportFile
from salus.workspace.workspace import Workspace


def report(
    workspace: Workspace,
    out: Path,
    as_of: dt.date | None,
    language: str = "en",
    prediction: OutcomeHorizon | None = None,
    progress: Callable[[str], None] | None = None,
) -> ReportFile:
    """Write the page of `as_of` (None: the date where the data end) to `out`, in en, de or da.

    With a `prediction`, the page also shows whether the score predicts this outcome.
    `progress(step)` is called at the start of each step.
    """
    require_folder(out)
    step = progress or (lambda text: None)
    step("scoring the last months")
    model, words = workspace.model, words_for(workspace.model, language)
    outcome = None if prediction is None else find_dated_outcome(model, prediction.outcome)
    with workspace.connected() as connection:
        date = as_of or workspace.find_data_end(model, connection).as_of
        content = collect_content(workspace, connection, date, outcome)
    if prediction is not None:
        step(f"comparing past scores with {one_line(prediction.outcome)}")
        content = replace(content, proof=validate_score(workspace, prediction, date))
        step("forecasting renewals")
        content = replace(content, outlook=forecast_value(workspace, prediction, date))
    step("writing the page")
    with atomic_write(out) as draft:
        draft.write_text(render_page(content, words), encoding="utf-8", newline="\n")
    return ReportFile(out, date, language, model.fingerprint)
