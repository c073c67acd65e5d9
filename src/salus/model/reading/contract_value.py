"""Reads what contracts are worth: `amount`, `per`, `unit`, `currency` and `rates`."""

from __future__ import annotations

from salus.model.contracts import VALUE, ContractValue, RateTable
from salus.model.expressions.expression import Constant, Expression
from salus.model.reading.context import ReadContext
from salus.model.yaml.section import Fields

MONTHS = {"month": 1.0, "year": 12.0}
_OF_AMOUNT = ("per", "unit", "currency", "rates")


def read_contract_value(
    contracts: Fields, entity: Fields, context: ReadContext
) -> ContractValue | None:
    """Read what contracts are worth. None if they have no amount, or one with an error."""
    if not contracts.has("amount"):
        for name in filter(contracts.has, _OF_AMOUNT):
            context.error(
                contracts.keys[name].place,
                f"`{name}` of the contracts belongs to an amount, but there is none",
                "add amount: …, a column or row arithmetic",
            )
        return None
    _check_value(contracts, entity, context)
    amount, months = context.expression(contracts, "amount"), _read_months(contracts, context)
    target: str | None = entity.get("currency")
    currency: Expression | None = contracts.get("currency")
    _check_currency(contracts, currency, target, context)
    if amount is None or months is None:
        return None
    return ContractValue(
        amount=amount,
        months=months,
        minor=contracts.get("unit") == "cents",
        currency=currency,
        rates=_read_rates(contracts),
        target=target,
    )


def _read_months(contracts: Fields, context: ReadContext) -> Expression | None:
    if not contracts.has("per"):
        context.error(
            contracts.keys["amount"].place,
            "the contracts have an `amount`, but nothing says how many months it covers",
            "add per: month, per: year, or the number of months",
        )
        return None
    written = contracts.get("per")
    word = "" if written is None else written.text.strip()
    if word in MONTHS:
        return Constant(MONTHS[word])
    months = context.expression(contracts, "per")
    if isinstance(months, Constant) and not (
        isinstance(months.value, float | int)
        and not isinstance(months.value, bool)
        and months.value > 0
    ):
        context.error(
            contracts.place_of("per"),
            "`per` of the contracts must be a number of months above 0",
            "write month, year, a number of months, or a column of months",
        )
    return months


def _read_rates(contracts: Fields) -> RateTable | None:
    rates: Fields | None = contracts.get("rates")
    if rates is None:
        return None
    return RateTable(
        table=rates.get("table", ""),
        per=rates.get("per", ""),
        date=rates.get("date"),
        currency=rates.get("currency"),
        rate=rates.get("rate"),
        to=rates.get("to"),
    )


def _check_value(contracts: Fields, entity: Fields, context: ReadContext) -> None:
    """Check that only the contracts give the attribute `value`."""
    if entity.has("value"):
        context.error(
            entity.keys["value"].place,
            "the entity has a `value`, and its contracts have an `amount` that gives one",
            "remove one of them",
        )
    named = [name for name, _ in entity.get("attributes", [])]
    named += [name for key in ("key", "label", "owner", "starts") if (name := entity.get(key))]
    if VALUE in named:
        context.error(
            contracts.keys["amount"].place,
            f"the contracts give the attribute `{VALUE}`, but a column of this name is used as well",
            "remove the column from the entity, or rename it in the data",
        )


def _check_currency(
    contracts: Fields, currency: Expression | None, target: str | None, context: ReadContext
) -> None:
    """Check that all amounts can be converted to the currency of the entity."""
    if contracts.has("rates") and not contracts.has("currency"):
        context.error(
            contracts.keys["rates"].place,
            "the contracts have `rates`, but nothing says in which currency their amounts are",
            "add currency: …, a column or a code",
        )
    if currency is not None and target is None:
        context.error(
            contracts.keys["currency"].place,
            "the contracts have a `currency`, but the entity doesn't say the currency of its values",
            "add currency: … to the entity, such as currency: EUR",
        )
    elif isinstance(currency, Constant) and currency.value != target and not contracts.has("rates"):
        context.error(
            contracts.keys["currency"].place,
            f"amounts in {currency.value} can't be converted to {target} without exchange rates",
            "add rates: {table: …, per: …}",
        )
