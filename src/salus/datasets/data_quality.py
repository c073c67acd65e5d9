"""Warnings about the facts themselves, independent of the score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from salus.datasets.past_cells import PastCells
from salus.datasets.row_collector import RowCollector
from salus.datasets.table_news import load_table_news
from salus.facts.data_end import DataEnd
from salus.insight.quality.data_warning import DataWarning
from salus.insight.quality.drift import find_drift
from salus.insight.quality.integrity import SHARE
from salus.insight.quality.recordings import check_recordings
from salus.insight.quality.size_proxy import find_size_proxies, size_attributes
from salus.insight.quality.staleness import find_stale_sources, find_stopped_outcome
from salus.model.expressions.expression import find_names
from salus.model.model import Model, Outcome
from salus.outcomes.events import OutcomeEvents
from salus.scoring.scored import Floats
from salus.sources.connection import Connection


def check_data(
    past: PastCells, outcome: Outcome, events: OutcomeEvents, rows: RowCollector
) -> Iterator[DataWarning]:
    """Everything about the facts that makes the rows of a backtest less certain."""
    model, connection = past.model, past.connection
    end, panel = rows.window.end, rows.panel
    yield from past.integrity.warnings
    yield from _unknown_keys(outcome, events)
    if outcome.quiet is None:
        yield from find_stopped_outcome(outcome.name, events.day, end)
    newest = {name: days for name, (days, _) in past.newest.items()}
    yield from find_stale_sources(
        model, newest, end, lambda name: load_table_news(model, connection, newest, name)
    )
    counts = past.workspace.recordings
    for name in past.newest:
        yield from check_recordings(model, len(past), counts.load(model, connection, name))
        yield from _undeclared_recording(model, connection, name)
    columns = {
        name: numeric_column(past.attributes.columns, name) for name in size_attributes(model)
    }
    size = {name: values for name, values in columns.items() if values is not None}
    yield from find_size_proxies(model, panel, size)
    yield from find_drift(model, panel, rows.today)
    yield from find_outcome_names(model)


def find_doubtful_days(end: DataEnd) -> Iterator[DataWarning]:
    """Facts dated long after all others, which don't count for the end of the data."""
    for days in end.doubtful:
        yield DataWarning(
            "warning.doubtful_day",
            source=days.source,
            facts=days.facts,
            first=days.first,
            days=(days.first - days.before).days,
        )


def numeric_column(columns: Mapping[str, Any], name: str) -> Floats | None:
    """A numeric column of the entities as it is today, NaN where a value is missing. None where the
    column is missing or not numeric.
    """
    column: pa.Array | None = columns.get(name)
    if column is None or not (
        pa.types.is_floating(column.type) or pa.types.is_integer(column.type)
    ):
        return None
    return np.asarray(
        column.cast(pa.float64()).fill_null(float("nan")).to_numpy(zero_copy_only=False)
    )


def _unknown_keys(outcome: Outcome, events: OutcomeEvents) -> Iterator[DataWarning]:
    """Rows of the outcome whose key belongs to no entity."""
    number = events.unknown_keys + events.rows
    share = events.unknown_keys / number if number else 0.0
    if share > SHARE:
        yield DataWarning("warning.unknown_keys", outcome=outcome.name, share=share)


def find_outcome_names(model: Model) -> Iterator[DataWarning]:
    """Measures of columns that are named like an outcome: `churn_score`, `cancellation reason`."""
    from salus.draft.dictionary import find_roles

    for measure in model.measures:
        for header in sorted(
            {*find_names(measure.formula), *find_names(measure.of), *filter(None, [measure.column])}
        ):
            if "label_of_outcome" in find_roles(header):
                yield DataWarning("warning.named", measure=measure.name, column=header)


def _undeclared_recording(model: Model, connection: Connection, name: str) -> Iterator[DataWarning]:
    """A table with a column for the recording of its rows that the source doesn't declare."""
    from salus.draft.dictionary import find_roles

    source = model.sources[name]
    declared = {source.time, source.recorded, source.until, source.until_recorded}
    if source.recorded is None:
        for header in connection.names(source.table):
            if header not in declared and "recorded" in find_roles(header):
                yield DataWarning(
                    "warning.recorded_unsaid", source=name, table=source.table, column=header
                )
                return
