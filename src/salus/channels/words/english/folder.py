"""Findings about a folder of exports in English."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": "Rows of the customers’ table that repeat another customer and are left out: {rows:n}.",
    "customers.repeated_key": "Rows of the customers’ table with a key that another row has, too: {rows:n}.",
    "rows.left_out": "Rows left out because of the column “{column}”: {rows:n}.",
    "table.no_time": "No date column says when the rows of this table happened, so it isn’t used.",
    "table.no_way": "No column connects the rows of this table with a customer, so it isn’t used.",
}

TEXTS = {
    "question.customers.confirm": (
        "Which table lists your customers? I think “{table}”: {matched} of {rows} rows of “{other}” "
        "lead to it."
    ),
    "question.customers.confirm_alone": "Which table lists your customers? I think “{table}”.",
    "question.customers.table": (
        "Which table lists your customers? Salus can’t tell from the data ({tables} tables)."
    ),
    "question.customers.several": (
        "Which table lists your customers? Both “{table}” and “{other}” may. Tables that lead to "
        "“{other}” only: {tables}."
    ),
    "question.customers.names_only": (
        "Which table lists all your customers? “{table}” has only names (column “{column}”), so "
        "customers may be missing there."
    ),
    "question.customers.contracts_unmatched": (
        "Which table lists your customers? No contract in “{contracts}” leads to a row of “{table}”."
    ),
    "question.customers.several_contracts": (
        "Which table lists your customers? The contracts in “{contracts}” don’t lead to “{table}”, "
        "but other contracts do."
    ),
    "question.customers.rows": (
        "Which rows of “{table}” are customers? The column “{column}” says that some aren’t."
    ),
    "question.contracts.end": (
        "Which column says when a contract in “{table}” ends? Without it, nobody counts as having "
        "left."
    ),
    "question.contracts.per": (
        "Is an amount in “{table}” for a month or for a year? Without an answer, {entities} have no "
        "value."
    ),
}
