"""The keys of `entity:`."""

from __future__ import annotations

from salus.model.yaml.form import ListOf, MapOf
from salus.model.yaml.forms import (
    CITED,
    COLUMN,
    EXPRESSION,
    NAME,
    NOTICE,
    SPAN,
    TABLE,
    TEXT,
    WHOLE,
    one_of,
)
from salus.model.yaml.key_form import KEY
from salus.model.yaml.language.contracts import CONTRACTS
from salus.model.yaml.section import Key, Section

HISTORY = Section(
    "a table of earlier attributes",
    (
        Key(
            "table",
            TABLE,
            "The table: one row per change of an entity, or of one of its fields.",
            needed=True,
        ),
        Key(
            "key",
            KEY,
            "The column of the entity's key; or a link with a column; or a list of these. Without"
            " it: the column that is the key of the entity's table.",
        ),
        Key(
            "time", COLUMN, "The column of the time from which the row's values apply.", needed=True
        ),
        Key(
            "recorded",
            COLUMN,
            "The column of the time when the row became known. Without it: at its `time`.",
        ),
        Key(
            "field",
            COLUMN,
            "If a row is the change of one field: the column with the name of the field. Needs"
            " `value` and `fields`. Without it, the columns of the table are the attributes.",
        ),
        Key("value", COLUMN, "The column of the field's new value."),
        Key(
            "before",
            COLUMN,
            "The column of the old value. It applies before the first change, and an attribute"
            " that never changed has today's value. Without it, an attribute has no value before"
            " its first row.",
        ),
        Key(
            "fields",
            MapOf(TEXT, "field", COLUMN, least=1),
            "The attributes, each with its name in the column `field`: {seats: Seats__c}.",
        ),
    ),
)
PEOPLE = Section(
    "rules for models about people",
    (
        Key(
            "population",
            one_of("workforce"),
            "The kind of population: units of people, such as teams. A person is never scored.",
            needed=True,
        ),
        Key(
            "smallest_group",
            WHOLE,
            "The fewest people that a number may describe; 5 or more. The default is 10.",
        ),
    ),
)
RENEWAL = Section(
    "when a renewal is decided",
    (
        Key(
            "decide_by",
            COLUMN,
            "The column of the last day to give notice, or the name of an input with that day."
            " Without it, Salus uses `term_end` and `notice`.",
        ),
        Key(
            "term_end",
            COLUMN,
            "The column of the last day of the term, or the name of an input with that day, such as"
            " `{min: contracts.term_end, open: true}`.",
        ),
        Key(
            "notice",
            NOTICE,
            "How long before the end of the term a notice must arrive: 90d, 6w or 3m. The default"
            " is no notice period.",
        ),
    ),
)
ACTIVE = Section(
    "a rule for who is a customer without a contract",
    (
        Key(
            "within",
            SPAN,
            "An entity belongs to the population for this long after its last fact.",
            needed=True,
        ),
        Key("of", NAME, "The source of these facts, such as orders.", needed=True),
    ),
)
ENTITY = Section(
    "what is scored",
    (
        Key("name", NAME, "The word for what is scored, such as account.", needed=True),
        Key("key", COLUMN, "The column that identifies an entity.", needed=True),
        Key(
            "table",
            TABLE,
            "The table with one row per entity; or that of its contracts, of which the newest is its row."
            " Without a table, every key in the sources is an entity.",
        ),
        Key(
            "where",
            EXPRESSION,
            "Only rows of the table that meet this condition are entities, such as customers among"
            " all companies.",
        ),
        Key("label", COLUMN, "The column of the name that people read instead of the key."),
        Key("owner", COLUMN, "The column of the person who looks after the entity."),
        Key("value", COLUMN, "The column of the money at stake."),
        Key("currency", TEXT, "The currency of `value`, such as EUR."),
        Key("starts", COLUMN, "The column of the date from which the entity is in the population."),
        Key(
            "ends",
            COLUMN,
            "The column of the date until which it is; empty means that it still is.",
        ),
        Key(
            "attributes",
            ListOf(COLUMN, "columns"),
            "Columns that conditions, formulas and measures may read.",
        ),
        Key("history", HISTORY, "A table of the attributes' earlier values."),
        Key("renewal", RENEWAL, "When a renewal is decided; forecasts need it."),
        Key(
            "purchases",
            CITED,
            "For entities without contracts: the source of purchases and the column of their"
            " amount, such as orders.net.",
        ),
        Key(
            "active",
            ACTIVE,
            "For entities without contracts: an entity is in the population while it has facts.",
        ),
        Key(
            "contracts",
            CONTRACTS,
            "The table of contracts: an entity is in the population while one of them runs.",
        ),
        Key("people", PEOPLE, "Rules for a model about people at work."),
    ),
)
