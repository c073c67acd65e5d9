"""The `entity:` block of a proposed model: each option with its value and a comment."""

from __future__ import annotations

import re
from collections.abc import Mapping

from salus.draft.currencies import explain_several
from salus.draft.keys import EntityKey
from salus.draft.lines import Body, DraftLines, KeyBody
from salus.draft.links import plain_name
from salus.draft.picture import ContractsPicture, CustomersPicture, RatesPicture, quote_name
from salus.draft.profile import TableProfile

RENEWAL = "the term that ends next, as of the export; add notice: 3m if notice must be given three months before it ends"
_CODE = re.compile("[A-Z]{3}")
EntityBlock = Mapping[str, tuple[object, str]]


def entity_by_key(key: EntityKey, table: TableProfile | None, lines: DraftLines) -> EntityBlock:
    """The entity of tables that all have its key as a column; `table` lists all entities, if any does."""
    name = (key.word, "your word for what is scored, on screens and in reports")
    if table is None:
        return {"name": name, "key": (key.header, "every key found in a source is scored")}
    block: dict[str, tuple[object, str]] = {
        "name": name,
        "table": (table.name, f"one row per {key.word}"),
        "key": (key.columns[table.name], ""),
    }
    block |= {option: (value, "") for option, value in lines.entity.items()}
    if lines.attributes:
        block["attributes"] = (list(lines.attributes), "")
    return block


def entity_by_picture(
    customers: CustomersPicture, word: str, contracts_key: KeyBody | None, lines: DraftLines
) -> EntityBlock:
    """The entity that a picture shows. `contracts_key`: the key of the table of contracts."""
    block: dict[str, tuple[object, str]] = {
        "name": (word, "your word for what is scored, on screens and in reports"),
        "table": (customers.table, f"one row per {word}"),
        "key": (plain_name(customers.key), ""),
    }
    columns = {
        "label": customers.label,
        "owner": customers.owner,
        "value": customers.value,
        "starts": customers.starts,
        "ends": customers.ends,
    }
    block |= {name: (plain_name(column), "") for name, column in columns.items() if column}
    if customers.where:
        block["where"] = (customers.where, "which rows count")
    contracts = customers.contracts
    if contracts is not None and contracts_key is not None:
        body = contracts_body(contracts, contracts_key)
        if "currency" in body:
            block["currency"] = (value_currency(contracts), "the currency of all values")
        block["contracts"] = (body, "a customer is one with a running contract")
    if "renewal" in lines.entity:
        block["renewal"] = (lines.entity["renewal"], RENEWAL)
    if lines.attributes:
        block["attributes"] = (list(lines.attributes), "")
    return block


def contracts_body(contracts: ContractsPicture, key: KeyBody) -> Body:
    """The body of `contracts` under the entity."""
    body: dict[str, object | None] = {
        "table": contracts.table,
        "key": key,
        "starts": plain_name(contracts.starts),
        "ends": contracts.ends and plain_name(contracts.ends),
        "decided": contracts.ends and contracts.decided and plain_name(contracts.decided),
    }
    if without_value(contracts) is None:
        body |= {
            "amount": contracts.amount,
            "per": contracts.per,
            "unit": contracts.unit,
            "currency": contracts.currency and _currency_term(contracts.currency),
            "rates": _rates(contracts.rates),
        }
    body["where"] = contracts.where
    return {name: value for name, value in body.items() if value is not None}


def without_value(contracts: ContractsPicture) -> str | None:
    """Why the contracts give no value; None if they do."""
    if contracts.amount is None:
        return "no column says what a contract costs"
    if contracts.per_seat is not None:
        price = contracts.amount.strip("`")
        return f"nothing says whether `{price}` is for a contract or for one seat"
    if contracts.per is None:
        return "nothing says how many months an amount covers"
    if contracts.currency is not None and value_currency(contracts) is None:
        return explain_several(contracts.currency)
    return None


def value_currency(contracts: ContractsPicture) -> str | None:
    """The currency of values; None if the data don't say it, or name several without rates."""
    if contracts.rates is not None:
        return contracts.rates.per
    code = contracts.currency or ""
    return code if _CODE.fullmatch(code) else None


def _currency_term(currency: str) -> str:
    """A code as it is, or a column; a column of three capital letters stands in backticks."""
    return currency if _CODE.fullmatch(currency) else quote_name(currency)


def _rates(rates: RatesPicture | None) -> Body | None:
    if rates is None:
        return None
    columns = {
        "date": rates.date,
        "currency": rates.currency,
        "to": rates.to,
        "rate": rates.rate,
    }
    named = {name: plain_name(column) for name, column in columns.items() if column}
    return {"table": rates.table, "per": rates.per, **named}
