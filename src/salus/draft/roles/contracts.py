"""Proposes lines for contracts: seats that are paid for, how they grow, and notice that was given.

When a contract renews is known as of the export only, so no measure uses it: forecasts list it.
"""

from __future__ import annotations

from dataclasses import replace

from salus.draft.entity_block import contracts_body
from salus.draft.lines import (
    Body,
    DraftLines,
    GrowthPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    UniqueNames,
)
from salus.draft.picture import ContractsPicture
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_number, reference
from salus.draft.table import DatedTable

GROWTH = {"curve": [[-0.3, 0], [-0.1, 40], [0, 70], [0.1, 85], [0.25, 100]]}
NOTICE = 40  # points at most, as in the pack


def draft_main_contracts(
    table: DatedTable, names: UniqueNames, contracts: ContractsPicture
) -> tuple[DraftLines, str | None]:
    """The lines for the contracts that make a customer, and the input with the seats."""
    if contracts.where is not None:
        table = replace(table, where=contracts.where)
    source = names.new("contracts", table.name)
    body = table.source(until=contracts.ends)
    lines = DraftLines(
        sources=(
            SourceDraft(source, body, f"contracts, from {table.profile.rows:,} rows", paced=False),
        ),
        guessed=(
            f"table {table.profile.name} holds contracts: it says who is a customer (called"
            f" `{source}` in the model)",
        ),
    )
    if contracts.decided is not None and contracts.ends is not None:
        lines = _with_notice(lines, table, names, contracts)
    if "amount" in contracts_body(contracts, table.key):
        lines = _with_value(lines, names, contracts)
    lines = _with_renewal(lines, table, names)
    quantity = find_number(table, "quantity", "seats")
    if quantity is None or quantity.fractional or quantity.negative or quantity.distinct < 3:
        return lines, None
    return _with_seats(lines, table, names, quantity)


def _with_seats(
    lines: DraftLines, table: DatedTable, names: UniqueNames, quantity: ColumnProfile
) -> tuple[DraftLines, str]:
    seats, before = names.new("seats", table.name), names.new("seats_before", table.name)
    most: Body = {
        "max": reference(lines.sources[0].name, quantity.name),
        **_open(lines.sources[0]),
    }
    growth = MeasureDraft(
        names.new("seat_growth", table.name), "growth", {"formula": f"{seats} / {before} - 1"}, GrowthPoints(GROWTH), "growth of the seats in half a year"
    )  # fmt: skip
    why = "of the largest running contract, because add-ons repeat the seats"
    inputs = (InputDraft(seats, most, why), InputDraft(before, {**most, "ago": "182d"}))
    return replace(
        lines,
        inputs=(*lines.inputs, *inputs),
        measures=(*lines.measures, growth),
        guessed=(*lines.guessed, f"table {table.profile.name}: seats in `{quantity.name}`"),
    ), seats


def _with_renewal(lines: DraftLines, table: DatedTable, names: UniqueNames) -> DraftLines:
    """The end of the term that ends first among the running contracts: then it is renewed."""
    source = lines.sources[0]
    ends = (source.body.get("until"), source.body.get("time"))
    terms = [
        column
        for column in table.profile.columns
        if "term_end" in column.meanings and column.is_time and column.name not in ends
    ]
    if not terms:
        return lines
    term = names.new("term_end", table.name)
    body: Body = {"min": reference(source.name, max(terms, key=lambda c: c.filled).name)}
    return replace(
        lines,
        inputs=(*lines.inputs, InputDraft(term, {**body, **_open(source)}, "read by `renewal`")),
        entity={**lines.entity, "renewal": {"term_end": str(term)}},
    )


def _open(source: SourceDraft) -> Body:
    """Only the contracts that run on the day, where one says when it ends."""
    return {"open": True} if "until" in source.body else {}


def _with_value(lines: DraftLines, names: UniqueNames, contracts: ContractsPicture) -> DraftLines:
    """The growth of the value of a customer's running contracts."""
    before = names.new("arr_before", "contracts")
    inputs = [InputDraft(before, {"value": "value", "ago": "365d"})]
    currency = None
    if contracts.rates is not None and contracts.currency is not None:
        currency, running = names.new("contract_currency", "contracts"), lines.sources[0]
        body: Body = {"max": reference(running.name, contracts.currency)}
        inputs.append(InputDraft(currency, {**body, **_open(running)}))
    growth = MeasureDraft(
        names.new("arr_growth", "contracts"), "growth", {"formula": f"value / {before} - 1"}, GrowthPoints(GROWTH, currency), "growth of the value of the running contracts in a year", 2
    )  # fmt: skip
    return replace(
        lines,
        inputs=(*lines.inputs, *inputs),
        measures=(growth,),
    )


def _with_notice(
    lines: DraftLines, table: DatedTable, names: UniqueNames, contracts: ContractsPicture
) -> DraftLines:
    """A limit of the score for those who have given notice for all their running contracts."""
    source, given = names.new("notices", table.name), names.new("notice_given", table.name)
    running = names.new("running_contracts", table.name)
    body = table.source(contracts.decided, until=contracts.ends)
    return replace(
        lines,
        sources=(
            *lines.sources,
            SourceDraft(
                source, body, "the same contracts from their notice until their end", paced=False
            ),
        ),
        inputs=(
            InputDraft(given, {"count": source, "open": True}, "read by the cap below"),
            InputDraft(running, {"count": lines.sources[0].name, "open": True}),
        ),
        caps=(
            {
                "name": "notice received",
                "when": f"{given} > 0 and {given} >= {running}",
                "at_most": NOTICE,
            },
        ),
    )
