"""Proposes lines for contracts: seats that are paid for, and how they grow.

When a contract renews is known as of the export only, so it isn't used.
"""

from __future__ import annotations

from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    UniqueNames,
)
from salus.draft.roles.columns import find_number, reference
from salus.draft.table import DatedTable

GROWTH = {"curve": [[-0.3, 0], [-0.1, 40], [0, 70], [0.1, 85], [0.25, 100]]}


def draft_seats(
    table: DatedTable, names: UniqueNames, where: str | None
) -> tuple[DraftLines, str | None]:
    """The lines for a table of contracts, and the input with the seats. `where`: the contracts that
    make a customer.
    """
    where = None if where == table.where else where
    quantity = find_number(table, "quantity", "seats")
    if quantity is None or quantity.fractional or quantity.negative or quantity.distinct < 3:
        note = f"table {table.profile.name}: says who is a customer; no column holds seats"
        return DraftLines(guessed=(note,)), None
    source, seats = names.new("contracts", table.name), names.new("seats", table.name)
    before = names.new("seats_before", table.name)
    most: Body = {"max": reference(source, quantity.name), "open": True}
    measure = MeasureDraft(
        names.new("seat_growth", table.name),
        "commercial",
        {"formula": f"{seats} / {before} - 1"},
        FixedPoints(GROWTH),
        "growth of the seats in half a year",
    )
    body = table.source(where=where, until=table.until)
    lines = DraftLines(
        sources=(SourceDraft(source, body, f"{table.profile.rows:,} contracts"),),
        inputs=(
            InputDraft(
                seats,
                most,
                "of the largest running contract, because add-ons repeat the seats",
            ),
            InputDraft(before, {**most, "ago": "182d"}),
        ),
        measures=(measure,),
        guessed=(
            f"table {table.profile.name} holds contracts: seats in `{quantity.name}` (called"
            f" `{source}` in the model)",
        ),
    )
    return lines, seats
