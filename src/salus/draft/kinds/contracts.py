"""Proposes lines for recurring contracts: revenue now and half a year ago."""

from __future__ import annotations

from salus.draft.lines import (
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.table import DatedTable


def draft_contracts(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of recurring contracts."""
    source = names.new("contracts", table.name)
    value, ends = table.number("recurring"), table.date("ended") or table.date("contract_end")
    started = table.date("started")
    if value is None:
        return DraftLines(
            left_out=(f"table {table.profile.name}: contracts without a recurring amount",)
        )
    now, before = names.new("recurring", table.name), names.new("recurring_before", table.name)
    open_ = {"open": True} if ends else {}
    inputs = (
        InputDraft(now, {"sum": f"{source}.{value.name}", **open_}, "recurring revenue"),
        InputDraft(before, {"sum": f"{source}.{value.name}", **open_, "ago": "182d"}),
    )
    measures = (
        MeasureDraft(
            names.new("recurring_growth", table.name),
            "commercial",
            {"formula": f"{now} / {before} - 1"},
            FixedPoints({"curve": [[-0.3, 0], [-0.1, 40], [0, 70], [0.1, 85], [0.25, 100]]}),
            "growth of the recurring revenue in half a year",
            2,
        ),
        MeasureDraft(
            names.new("running_contracts", table.name),
            "commercial",
            {"count": source, **open_},
            SpreadPoints("good"),
            "number of active contracts",
        ),
    )
    return DraftLines(
        sources=(
            SourceDraft(
                source,
                table.source(started, id=table.id_column("contract_id"), until=ends),
                f"{table.profile.rows:,} contracts",
                paced=False,
            ),
        ),
        inputs=inputs,
        measures=measures,
        guessed=(
            f"table {table.profile.name} holds contracts: recurring revenue in `{value.name}` (called"
            f" `{source}` in the model)",
        ),
    )
