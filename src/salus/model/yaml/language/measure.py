"""The keys of a measure or input: its kind, its options and its points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from salus.model.measure import Kind
from salus.model.yaml.form import MapOf, ValueForm
from salus.model.yaml.forms import (
    ANCHOR,
    CITED,
    COLUMN,
    DIVISOR,
    EXPRESSION,
    POINTS,
    POLICY,
    POSITIVE,
    SPAN,
    TEXT,
    TRUTH,
    WHOLE,
    one_of,
)
from salus.model.yaml.knots import KNOTS
from salus.model.yaml.section import Key, Section

Reads = Literal["source", "column", "either", "attribute", "formula"]


@dataclass(frozen=True)
class KindRule:
    """What a kind of measure reads, and the options that it takes besides those of all kinds."""

    reads: Reads
    about: str
    options: frozenset[str] = frozenset()


KINDS: Mapping[Kind, KindRule] = {
    "count": KindRule("source", "The number of facts: `count: tickets`.", frozenset({"half_life"})),
    "count_distinct": KindRule(
        "column", "The number of different values: `count_distinct: logins.user_id`."
    ),
    "active_days": KindRule(
        "either", "The number of days with a fact; with a column, of pairs of a day and a value."
    ),
    "sum": KindRule(
        "column", "The sum of a column: `sum: invoices.amount`.", frozenset({"half_life", "days"})
    ),
    "mean": KindRule(
        "column", "The mean of a column.", frozenset({"half_life", "weighted_by", "days"})
    ),
    "median": KindRule("column", "The median of a column."),
    "min": KindRule("column", "The smallest value of a column."),
    "max": KindRule("column", "The largest value of a column.", frozenset({"days"})),
    "latest": KindRule("column", "The value of the last fact: `latest: pulse.mood`."),
    "share": KindRule("source", "The share of facts that meet `of`.", frozenset({"of"})),
    "days_since": KindRule("source", "Whole days since the last fact.", frozenset({"days"})),
    "oldest_open": KindRule(
        "source", "Whole days since the oldest open fact began.", frozenset({"days"})
    ),
    "median_gap": KindRule(
        "source",
        "The median number of days from one day with facts to the next.",
        frozenset({"days"}),
    ),
    "trend": KindRule(
        "either",
        "The rate in `within` divided by the rate in the `baseline` before it, minus 1.",
        frozenset({"baseline"}),
    ),
    "value": KindRule("attribute", "An attribute of the entity: `value: seats`."),
    "formula": KindRule(
        "formula", 'A formula of measures, inputs and attributes: `formula: "a / b"`.'
    ),
}
LABEL = Key("label", TEXT, "What people read instead of the name, on screens and in reports.")
OF_FACTS = ("where", "within", "open", "at_least")  # options of every kind that reads facts
OF_SOME = ("of", "baseline", "weighted_by", "half_life", "days")
OF_SCORED = ("weight", "bad", "good", "curve", "points", "if_missing")

WORDS = MapOf(POINTS, "word", TEXT, least=1)
SCALE = (
    Key("bad", ANCHOR, "The value that gets 0 points."),
    Key("good", ANCHOR, "The value that gets 100 points."),
    Key("curve", KNOTS, "Pairs of a value and its points, by rising value: [[0, 100], [30, 0]]."),
    Key("points", WORDS, "The points of each word: {great: 100, poor: 0}."),
)
_OPTIONS = (
    Key("where", EXPRESSION, "Use only facts that meet this condition."),
    Key("within", SPAN, "Use only facts of the last days: 30d or 4w."),
    Key("baseline", SPAN, "For `trend`: the days before `within` to compare with."),
    Key("of", EXPRESSION, "For `share`: the condition that the share of facts meets."),
    Key("open", TRUTH, "Use only facts that are open on the date."),
    Key("per", DIVISOR, "Divide by a number, an attribute or a measure."),
    Key("ago", SPAN, "The value of the measure this many days earlier."),
    Key("at_least", WHOLE, "The measure is missing if there are fewer facts than this."),
    Key("weighted_by", COLUMN, "For `mean`: the column of the weights."),
    Key("half_life", SPAN, "For `count`, `sum` and `mean`: a fact of this age counts half."),
    Key("days", one_of("working"), "Count only Monday to Friday, without the dates of `holidays`."),
)
_FORMS: Mapping[str, ValueForm] = {"formula": EXPRESSION, "attribute": COLUMN}
_KIND_KEYS = tuple(
    Key(kind, _FORMS.get(rule.reads, CITED), rule.about) for kind, rule in KINDS.items()
)
INPUT = Section(
    "a measure that is shown and used, but not scored",
    (LABEL, *_KIND_KEYS, *_OPTIONS),
    one_of=tuple(KINDS),
    misplaced=dict.fromkeys(
        OF_SCORED, "inputs aren't scored: move the input to a dimension, or remove this key"
    ),
)
MEASURE = Section(
    "a measure: its kind and its points",
    (
        LABEL,
        *_KIND_KEYS,
        *_OPTIONS,
        *SCALE,
        Key("weight", POSITIVE, "Its weight in the dimension. The default is 1."),
        Key(
            "if_missing",
            POLICY,
            "What a missing value counts as: skip (default), bad, neutral or good; or hold 60d for"
            " the last value.",
        ),
    ),
    one_of=tuple(KINDS),
)
