"""Proposes lines for orders: rhythm, repeat purchases, value, and returns."""

from __future__ import annotations

from dataclasses import dataclass

from salus.draft.currencies import explain_several, several_currencies
from salus.draft.headers import is_plain
from salus.draft.lines import (
    RHYTHM,
    TREND,
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    SpreadPoints,
    UniqueNames,
)
from salus.draft.table import DatedTable


@dataclass(frozen=True)
class OrderValue:
    """The value of an order line, and conditions that tell purchases from returns.

    Without prices the quantity is the value.
    """

    column: str  # of the source
    formula: str | None  # of the column, if it must be computed
    purchases: str | None  # condition
    returns: str | None  # condition
    why: str


def draft_orders(table: DatedTable, names: UniqueNames, cancelled: str | None = None) -> DraftLines:
    """The lines for a table of orders. `cancelled` is a condition for cancelled documents."""
    value = _value(table, cancelled)
    source, gap = names.new("orders", table.name), names.new("usual_gap", table.name)
    columns = {value.column: value.formula} if value.formula else None
    main = SourceDraft(
        source,
        table.source(where=value.purchases, columns=columns),
        f"{table.profile.rows:,} rows; {value.why}",
    )
    inputs = [
        InputDraft(
            gap,
            {"median_gap": source, "at_least": 2},
            "the usual number of days from one purchase to the next",
        )
    ]
    currency = several_currencies(table.profile)
    measures = [
        *_rhythm(table, names, source, gap),
        *([_spent(table, names, source, value)] if currency is None else []),
        *_trend(table, names, source, value),
        *_loyalty(table, names, source),
    ]
    sources = [main]
    if value.returns:
        returns = _returns(table, names, source, value)
        sources += returns.sources
        inputs += returns.inputs
        measures += returns.measures
    return DraftLines(
        sources=tuple(sources),
        inputs=tuple(inputs),
        measures=tuple(measures),
        outcomes={"lapsed": {"quiet": source, "for": f"{table.pace.inactivity_days}d"}},
        guessed=_guesses(table, source, value),
        left_out=()
        if currency is None
        else (
            f"table {table.profile.name}: customers aren't compared by what they buy:"
            f" {explain_several(currency)}",
        ),
    )


def _value(table: DatedTable, cancelled: str | None) -> OrderValue:
    amount, quantity, price = (
        table.number("amount"),
        table.number("quantity"),
        table.number("price"),
    )
    kept = f"not ({cancelled})" if cancelled else None
    if quantity and price and is_plain(quantity.name) and is_plain(price.name) and amount is None:
        sign = quantity
        column, formula = _new_column(table, "line_value"), f"{quantity.name} * {price.name}"
        why = f"amount = {formula}"
    else:
        number = amount or quantity or price
        assert number is not None
        sign, column, formula = (quantity or number), number.name, None
        why = (
            f"amount in `{number.name}`"
            if amount or not quantity
            else f"no price, so the amount is `{number.name}`"
        )
    if sign.negative and is_plain(sign.name):
        return OrderValue(
            column,
            formula,
            f"{sign.name} > 0",
            f"{sign.name} < 0",
            f"{why}; {sign.negative:,} rows with an amount below 0 are returns",
        )
    if cancelled:
        return OrderValue(
            column, formula, kept, cancelled, f"{why}; cancelled documents are returns"
        )
    return OrderValue(column, formula, None, None, why)


def _new_column(table: DatedTable, name: str) -> str:
    """The name, with underscores at its end if the table has such a column."""
    return name if not table.profile.has(name) else _new_column(table, f"{name}_")


def _rhythm(table: DatedTable, names: UniqueNames, source: str, gap: str) -> list[MeasureDraft]:
    return [
        MeasureDraft(
            names.new("last_order_days", table.name),
            "purchase",
            {"days_since": source},
            SpreadPoints("bad"),
            "days since the last purchase",
            2,
        ),
        MeasureDraft(
            names.new("cycle_ratio", table.name),
            "purchase",
            {"days_since": source, "per": gap},
            FixedPoints(RHYTHM),
            "the same, compared with the usual gap: 1 is on time, 3 is three times as long as usual",
            3,
        ),
    ]


def _spent(table: DatedTable, names: UniqueNames, source: str, value: OrderValue) -> MeasureDraft:
    return MeasureDraft(
        names.new("monetary_value", table.name),
        "purchase",
        {"sum": f"{source}.{value.column}", "within": f"{table.pace.year}d"},
        SpreadPoints("good"),
        "value of the purchases in the last year",
        2,
    )


def _trend(
    table: DatedTable, names: UniqueNames, source: str, value: OrderValue
) -> list[MeasureDraft]:
    measures: list[MeasureDraft] = []
    window = table.pace.window // 7 * 7
    span = 84 if table.pace.span >= 168 else window
    if table.pace.span >= 2 * span:
        body = {
            "trend": f"{source}.{value.column}",
            "within": f"{span}d",
            "baseline": f"{span}d",
            "at_least": 2,
        }
        measures.append(
            MeasureDraft(
                names.new("order_trend", table.name),
                "purchase",
                body,
                FixedPoints(TREND),
                f"value of the purchases in {span // 7} weeks, compared with the {span // 7} weeks before",
            )
        )
    return measures


def _loyalty(table: DatedTable, names: UniqueNames, source: str) -> list[MeasureDraft]:
    year = f"{table.pace.year}d"
    document, product = table.first("document"), table.first("product")
    repeat: dict[str, object] = {"active_days": source, "within": year}
    if document is not None and document.name != table.key and document.distinct < document.filled:
        repeat = {"count_distinct": f"{source}.{document.name}", "within": year}
    measures = [
        MeasureDraft(
            names.new("repeat_purchase", table.name),
            "loyalty",
            repeat,
            SpreadPoints("good"),
            "number of days with a purchase in the last year"
            if "active_days" in repeat
            else "number of purchases in the last year",
            2,
        )
    ]
    if product is not None and product.name != table.key:
        measures.append(
            MeasureDraft(
                names.new("variety", table.name),
                "loyalty",
                {"count_distinct": f"{source}.{product.name}", "within": year},
                SpreadPoints("good"),
                "number of different products in the last year",
            )
        )
    return measures


def _returns(table: DatedTable, names: UniqueNames, source: str, value: OrderValue) -> DraftLines:
    year, source_name = f"{table.pace.year}d", names.new("returns", table.name)
    returned = _new_column(table, "returned_value")
    amount = value.formula or value.column
    if not is_plain(value.column):
        return DraftLines()
    inputs = (
        InputDraft(
            names.new("bought_value", table.name),
            {"sum": f"{source}.{value.column}", "within": year},
        ),
        InputDraft(
            names.new("returned_value", table.name),
            {"sum": f"{source_name}.{returned}", "within": year},
        ),
    )
    formula = f"{inputs[1].name} / {inputs[0].name}"
    return DraftLines(
        sources=(
            SourceDraft(
                source_name,
                {
                    **table.source(where=value.returns),
                    "columns": {returned: f"abs({amount})"},
                },
                "returned or cancelled",
            ),
        ),
        inputs=inputs,
        measures=(
            MeasureDraft(
                names.new("return_rate", table.name),
                "experience",
                {"formula": formula},
                FixedPoints({"curve": [[0.1, 100], [0.3, 50], [0.5, 0]]}),
                "share of the value that was returned",
            ),
        ),
    )


def _guesses(table: DatedTable, source: str, value: OrderValue) -> tuple[str, ...]:
    return (
        f"table `{table.profile.name}`, called `{source}` in the model, holds orders: date in"
        f" `{table.times.time}`, {value.why}",
    )
