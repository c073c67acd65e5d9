"""The keys of `contracts:` of the entity."""

from __future__ import annotations

from salus.model.yaml.forms import COLUMN, EXPRESSION, SPAN, TABLE
from salus.model.yaml.key_form import KEY
from salus.model.yaml.section import Key, Section

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
    ),
)
