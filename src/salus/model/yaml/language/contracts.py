"""The keys of `contracts:` of the entity."""

from __future__ import annotations

from salus.model.yaml.forms import (
    COLUMN,
    CURRENCY,
    CURRENCY_CODE,
    EXPRESSION,
    SPAN,
    TABLE,
    one_of,
)
from salus.model.yaml.key_form import KEY
from salus.model.yaml.section import Key, Section

RATES = Section(
    "the exchange rates of contracts",
    (
        Key("table", TABLE, "The table with one row per day and currency.", needed=True),
        Key(
            "per",
            CURRENCY_CODE,
            "The currency of which 1 unit is that many units of each row's currency: with EUR, a"
            " rate of 7.46 for DKK means that 1 EUR is 7.46 DKK.",
            needed=True,
        ),
        Key("date", COLUMN, "The column of the day. Without it, a column with a usual name."),
        Key(
            "currency",
            COLUMN,
            "The column of the currency's code. Without it, a column with a usual name.",
        ),
        Key("rate", COLUMN, "The column of the rate. Without it, a column with a usual name."),
        Key(
            "to",
            COLUMN,
            "The column of a second currency, if a row says what 1 unit of `currency` is in it: a rate"
            " of 0.79 from USD to GBP means that 1 USD is 0.79 GBP. One of the two is that of `per`;"
            " other rows don't count.",
        ),
    ),
)
CONTRACTS = Section(
    "the contracts of an entity",
    (
        Key("table", TABLE, "The table with one row per contract.", needed=True),
        Key(
            "key",
            KEY,
            "The column of the entity's key; or a link with a column, {crm: account_id}; or a list"
            " of these, of which the first known name decides.",
            needed=True,
        ),
        Key("starts", COLUMN, "The column of the day on which a contract begins.", needed=True),
        Key("ends", COLUMN, "The column of its last day; empty means that it goes on."),
        Key(
            "decided",
            COLUMN,
            "The column of the day on which the end became known, such as that of the notice."
            " Without it, an end is known on its day.",
        ),
        Key(
            "where",
            EXPRESSION,
            "Only contracts that meet this condition count: those of the main product, no trials.",
        ),
        Key(
            "gap",
            SPAN,
            "A pause shorter than this between two contracts isn't an end. The default is 30d.",
        ),
        Key(
            "amount",
            EXPRESSION,
            "What a contract costs: a column or row arithmetic. The attribute `value` is the sum of"
            " the running contracts per year.",
        ),
        Key(
            "per",
            EXPRESSION,
            "What an amount covers: month, year, or a number of months; also a column of months or"
            " row arithmetic.",
        ),
        Key(
            "unit",
            one_of("cents"),
            "Amounts are in the smallest unit of their currency. Yen and other currencies without a"
            " smaller unit stay as they are.",
        ),
        Key(
            "currency",
            CURRENCY,
            "The currency of the amounts: a code such as EUR, or a column of codes (a column of"
            " three capital letters is written in backticks).",
        ),
        Key("rates", RATES, "A table of exchange rates, for amounts in other currencies."),
    ),
)
