"""The keys of `outcomes:` and `metrics:`."""

from __future__ import annotations

from salus.model.yaml.form import ListOf, SingleOrList
from salus.model.yaml.forms import (
    CITED,
    COLUMN,
    EXPRESSION,
    NAME,
    NUMBER,
    SPAN,
    TABLE,
    VALUE,
    one_of,
)
from salus.model.yaml.key_form import KEY
from salus.model.yaml.section import Key, Section

OUTCOME = Section(
    "something that happened to an entity, such as a cancellation",
    (
        Key("table", TABLE, "The table with one row per event."),
        Key("key", KEY, "The column of the entity's key, or links as for sources."),
        Key("time", COLUMN, "The column of the time when it happened."),
        Key(
            "decided",
            COLUMN,
            "The column of the time when it was decided, such as the day of the notice.",
        ),
        Key("quiet", NAME, "Instead of a table: the source in which the entity has no facts …"),
        Key("for", SPAN, "… for this long."),
        Key(
            "flag",
            COLUMN,
            "Instead of a table: the column of the entity's table that says who left, without a"
            " date …",
        ),
        Key(
            "is",
            SingleOrList(VALUE, ListOf(VALUE, "values", least=1)),
            "… and its value, or values, for those who left.",
        ),
        Key(
            "contracts",
            one_of("end"),
            "Instead of a table: `end`, the day on which the last contract of the entity ends.",
        ),
        Key("where", EXPRESSION, "Only rows or facts that meet this condition count."),
    ),
)
ANSWERS = Section(
    "answers to a survey",
    (
        Key(
            "share",
            CITED,
            "The source of the answers; the result is the share of them that meets `of`: `share:"
            " csat_given`.",
        ),
        Key("of", EXPRESSION, 'For `share`: the answers that count, such as "score >= 4".'),
        Key(
            "mean",
            CITED,
            "The column of the answers; the result is their mean: `mean: ces_given.score`.",
        ),
        Key("bad", NUMBER, "For `mean`: the worst answer of the scale …"),
        Key("good", NUMBER, "… and the best one. Answers outside the scale are an error."),
    ),
    one_of=("share", "mean"),
)
METRICS = Section(
    "the sources of `salus metrics`",
    (
        Key(
            "nps",
            CITED,
            "Answers from 0 to 10 to the question whether they would recommend you:"
            " `answers.score`.",
        ),
        Key("csat", ANSWERS, "Answers to the question how satisfied they are."),
        Key("ces", ANSWERS, "Answers to the question how easy it was."),
        Key(
            "first_value",
            CITED,
            "The source whose first fact shows that the entity got value: `use`.",
        ),
        Key(
            "invoiced",
            CITED,
            "The column of amounts. A fact of its source begins when an invoice is issued and ends"
            " when it is paid.",
        ),
        Key("overdue", CITED, "The same, but a fact begins when the invoice is due."),
    ),
)
