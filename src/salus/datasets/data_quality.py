"""What is wrong with the facts themselves, whatever the score makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from salus.facts.build import FactReader
from salus.facts.cache.recording_stats import count_recordings
from salus.insight.quality.data_warning import DataWarning
from salus.insight.quality.drift import find_drift
from salus.insight.quality.integrity import SHARE, Integrity
from salus.insight.quality.recordings import check_recordings
from salus.insight.quality.size_proxy import find_size_proxies, sizes
from salus.insight.quality.staleness import find_stale_sources, find_stopped_outcome
from salus.insight.validation.panel import Panel
from salus.model.expressions.expression import find_names
from salus.model.model import Model, Outcome
from salus.outcomes.events import OutcomeEvents
from salus.scoring.scored import Floats
from salus.sources.connection import Connection


def check_data(
    connection: Connection,
    facts: FactReader,
    integrity: Integrity,
    outcome: Outcome,
    found: OutcomeEvents,
    panel: Panel,
    now: Panel,
    end: int,
) -> Iterator[DataWarning]:
    """`now`: the rows of the day `end` on which the facts end; no outcome is known of them yet."""
    model = facts.model
    yield from integrity.warnings
    yield from _unknown_keys(model, outcome, found)
    if outcome.quiet is None:
        yield from find_stopped_outcome(outcome.name, found.day, end)
    yield from find_stale_sources(
        model, {name: days for name, (days, _) in facts.newest.items()}, end
    )
    for name in facts.newest:
        yield from check_recordings(model, len(facts), count_recordings(model, connection, name))
        yield from _undeclared_recording(model, connection, name)
    yield from find_size_proxies(
        model,
        panel,
        {
            name: values
            for name in sizes(model)
            if (values := numeric_column(facts.attributes.columns, name)) is not None
        },
    )
    yield from find_drift(model, panel, now)
    yield from find_outcome_names(model)


def numeric_column(columns: Mapping[str, Any], name: str) -> Floats | None:
    """A column of the entities as numbers, as it is today; NaN without one. None where it isn't of
    numbers, or not there.
    """
    column: pa.Array | None = columns.get(name)
    if column is None or not (
        pa.types.is_floating(column.type) or pa.types.is_integer(column.type)
    ):
        return None
    return np.asarray(
        column.cast(pa.float64()).fill_null(float("nan")).to_numpy(zero_copy_only=False)
    )


def _unknown_keys(model: Model, outcome: Outcome, found: OutcomeEvents) -> Iterator[DataWarning]:
    number = found.unknown_keys + found.rows
    share = found.unknown_keys / number if number else 0.0
    if share > SHARE:
        yield DataWarning("warning.unknown_keys", outcome=outcome.name, share=share)


def find_outcome_names(model: Model) -> Iterator[DataWarning]:
    """Measures of columns whose very name is the outcome's: `churn_score`, `cancellation
    reason`.
    """
    from salus.draft.dictionary import find_roles

    for measure in model.measures:
        for header in sorted(
            {*find_names(measure.formula), *find_names(measure.of), *filter(None, [measure.column])}
        ):
            if "label_of_outcome" in find_roles(header):
                yield DataWarning("warning.named", measure=measure.name, column=header)


def _undeclared_recording(model: Model, connection: Connection, name: str) -> Iterator[DataWarning]:
    """A table that says when its rows were recorded, and a source that doesn't ask."""
    from salus.draft.dictionary import find_roles

    source = model.sources[name]
    said = {source.time, source.recorded, source.until, source.until_recorded}
    if source.recorded is None:
        for header in connection.names(source.table):
            if header not in said and "recorded" in find_roles(header):
                yield DataWarning(
                    "warning.recorded_unsaid", source=name, table=source.table, column=header
                )
                return
