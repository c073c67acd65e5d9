"""The keys of `sources:`."""

from __future__ import annotations

from salus.model.yaml.form import MapOf
from salus.model.yaml.forms import COLUMN, EXPRESSION, NAME, SPAN, TABLE, UNTIL
from salus.model.yaml.key_form import KEY
from salus.model.yaml.section import Key, Section

LOOKUP = Section(
    "a table to look up",
    (
        Key(
            "table",
            TABLE,
            "The table. At most one of its rows belongs to a fact; its columns are read like the"
            " fact's own.",
            needed=True,
        ),
        Key(
            "on",
            KEY,
            "The column that both tables have; or a link with a column, {contact: who_id}. A link of"
            " this table finds its row by name; another link by the entity's key.",
            needed=True,
        ),
        Key(
            "time",
            COLUMN,
            "The column of the time from which a row applies. The row that applied at the fact's"
            " time is used.",
        ),
    ),
)
SOURCE = Section(
    "a table of facts",
    (
        Key("table", TABLE, "The table of the facts.", needed=True),
        Key(
            "key",
            KEY,
            "The column of the entity's key; or a link with a column, {domain: domain(email)}; or a"
            " list of these, of which the first known name decides. A row without a key belongs to"
            " no entity.",
            needed=True,
        ),
        Key(
            "time",
            COLUMN,
            "The column of the time when the fact happened. All its columns are known from then"
            " on.",
            needed=True,
        ),
        Key("id", COLUMN, "Of several rows with the same id, only the first recorded one counts."),
        Key(
            "recorded",
            COLUMN,
            "The column of the time when the fact became known. Without it: at its `time`.",
        ),
        Key(
            "until",
            UNTIL,
            "When the fact ended: a column, `next` for the next fact, or `next` and a column.",
        ),
        Key(
            "until_recorded",
            COLUMN,
            "The column of the time when the end became known. Without it: at the end.",
        ),
        Key("where", EXPRESSION, "Only rows that meet this condition are facts."),
        Key("lookup", LOOKUP, "A table from which each fact gets more columns."),
        Key("columns", MapOf(EXPRESSION, "column", NAME), "New columns, computed from the row."),
        Key(
            "fresh",
            SPAN,
            "If the newest fact is older than this, the source is stale and its measures are"
            " missing.",
        ),
        Key("purpose", NAME, "What the data may be used for."),
    ),
)
