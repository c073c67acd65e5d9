"""Orders and their lines: rhythm, repeat, money, and what came back."""

from __future__ import annotations

from dataclasses import dataclass

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
    """How a line's money (or, without prices, its pieces) is told, and which condition says that it
    was bought.
    """

    column: str  # of the source
    formula: str | None  # where it has to be computed
    bought: str | None  # condition
    back: str | None
    why: str


def draft_orders(table: DatedTable, names: UniqueNames, cancelled: str | None = None) -> DraftLines:
    """Lines for a table of orders. `cancelled` is a condition for cancelled documents, where only
    their number tells.
    """
    value = _value(table, cancelled)
    source, gap = names.new("orders", table.name), names.new("usual_gap", table.name)
    columns = {value.column: value.formula} if value.formula else None
    main = SourceDraft(
        source,
        table.source(where=value.bought, columns=columns),
        f"{table.profile.rows:,} rows; {value.why}",
    )
    inputs = [
        InputDraft(
            gap,
            {"median_gap": source, "at_least": 2},
            "days between the entity's own days of purchase",
        )
    ]
    measures = [*_rhythm(table, names, source, gap, value), *_loyalty(table, names, source)]
    sources = [main]
    if value.back:
        more = _returns(table, names, source, value)
        sources += more.sources
        inputs += more.inputs
        measures += more.measures
    return DraftLines(
        tuple(sources),
        tuple(inputs),
        tuple(measures),
        outcomes={"lapsed": {"quiet": source, "for": f"{table.pace.silence}d"}},
        guessed=_guesses(table, source, value),
    )


def _value(table: DatedTable, cancelled: str | None) -> OrderValue:
    amount, quantity, price = (
        table.number("amount"),
        table.number("quantity"),
        table.number("price"),
    )
    back = f"not ({cancelled})" if cancelled else None
    if quantity and price and is_plain(quantity.name) and is_plain(price.name) and amount is None:
        sign = quantity
        column, formula = _free(table, "line_value"), f"{quantity.name} * {price.name}"
        why = f"value = {formula}"
    else:
        chosen = amount or quantity or price
        assert chosen is not None
        sign, column, formula = (quantity or chosen), chosen.name, None
        why = (
            f"value = {chosen.name}"
            if amount or not quantity
            else f"no price, so {chosen.name} stands for value"
        )
    if sign.negative and is_plain(sign.name):
        return OrderValue(
            column,
            formula,
            f"{sign.name} > 0",
            f"{sign.name} < 0",
            f"{why}; {sign.negative:,} rows are below 0 and are returns",
        )
    if cancelled:
        return OrderValue(
            column, formula, back, cancelled, f"{why}; cancelled documents are returns"
        )
    return OrderValue(column, formula, None, None, why)


def _free(table: DatedTable, name: str) -> str:
    return name if not table.profile.has(name) else _free(table, f"{name}_")


def _rhythm(
    table: DatedTable, names: UniqueNames, source: str, gap: str, value: OrderValue
) -> list[MeasureDraft]:
    year = f"{table.pace.year}d"
    window = table.pace.window // 7 * 7
    found = [
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
            "the same against the entity's own rhythm: 1 is on time, 3 lost",
            3,
        ),
        MeasureDraft(
            names.new("monetary_value", table.name),
            "purchase",
            {"sum": f"{source}.{value.column}", "within": year},
            SpreadPoints("good"),
            "what was bought in a year",
            2,
        ),
    ]
    span = 84 if table.pace.span >= 168 else window
    if table.pace.span >= 2 * span:
        body = {
            "trend": f"{source}.{value.column}",
            "within": f"{span}d",
            "baseline": f"{span}d",
            "at_least": 2,
        }
        found.append(
            MeasureDraft(
                names.new("order_trend", table.name),
                "purchase",
                body,
                FixedPoints(TREND),
                "against the weeks before",
            )
        )
    return found


def _loyalty(table: DatedTable, names: UniqueNames, source: str) -> list[MeasureDraft]:
    year = f"{table.pace.year}d"
    document, product = table.first("document"), table.first("product")
    repeat: dict[str, object] = {"active_days": source, "within": year}
    if document is not None and document.name != table.key and document.distinct < document.filled:
        repeat = {"count_distinct": f"{source}.{document.name}", "within": year}
    found = [
        MeasureDraft(
            names.new("repeat_purchase", table.name),
            "loyalty",
            repeat,
            SpreadPoints("good"),
            "how often in a year",
            2,
        )
    ]
    if product is not None and product.name != table.key:
        found.append(
            MeasureDraft(
                names.new("variety", table.name),
                "loyalty",
                {"count_distinct": f"{source}.{product.name}", "within": year},
                SpreadPoints("good"),
                "how many different products",
            )
        )
    return found


def _returns(table: DatedTable, names: UniqueNames, source: str, value: OrderValue) -> DraftLines:
    year, back = f"{table.pace.year}d", names.new("returns", table.name)
    returned = _free(table, "returned_value")
    amount = value.formula or value.column
    if not is_plain(value.column):
        return DraftLines()
    inputs = (
        InputDraft(
            names.new("bought_value", table.name),
            {"sum": f"{source}.{value.column}", "within": year},
        ),
        InputDraft(
            names.new("returned_value", table.name), {"sum": f"{back}.{returned}", "within": year}
        ),
    )
    formula = f"{inputs[1].name} / {inputs[0].name}"
    return DraftLines(
        (
            SourceDraft(
                back,
                {
                    **_undated(table.source(where=value.back)),
                    "columns": {returned: f"abs({amount})"},
                },
                "what came back",
            ),
        ),
        inputs,
        (
            MeasureDraft(
                names.new("return_rate", table.name),
                "experience",
                {"formula": formula},
                FixedPoints({"curve": [[0.1, 100], [0.3, 50], [0.5, 0]]}),
                "by value",
            ),
        ),
    )


def _undated(body: dict[str, object]) -> dict[str, object]:
    """Returns are rare, so a quiet spell says nothing about the feed."""
    return {key: value for key, value in body.items() if key != "fresh"}


def _guesses(table: DatedTable, source: str, value: OrderValue) -> tuple[str, ...]:
    return (
        f"table {table.profile.name}: orders (source `{source}`), at `{table.moments.time}`; {value.why}",
    )
