"""The keys of `links:`."""

from __future__ import annotations

from salus.model.yaml.forms import COLUMN, TABLE, TEXT
from salus.model.yaml.key_form import KEY_EXPRESSION, KEY_TARGET
from salus.model.yaml.section import Key, Section

LINK = Section(
    "a link from another system's names to entities",
    (
        Key("table", TABLE, "The table whose rows have both names.", needed=True),
        Key(
            "from",
            KEY_EXPRESSION,
            "The column of the other system's name, or a function of it: domain(website).",
            needed=True,
        ),
        Key(
            "to",
            KEY_TARGET,
            "The column of the entity's key, or another link with a column: {stripe: customer}.",
            needed=True,
        ),
        Key(
            "time",
            COLUMN,
            "The column of the time from which a row applies. The row that applied at the fact's"
            " time is used; without it, today's rows.",
        ),
        Key(
            "corrections",
            TEXT,
            "A file in the folder `links` with the columns from and to: names that a person has"
            " assigned to entities. They come before the table.",
        ),
    ),
)
