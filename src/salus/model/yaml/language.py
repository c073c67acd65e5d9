"""Every key of `salus.yaml`, once: the reader, the schema for editors and the reference page come
from these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from salus.model.measure import Kind
from salus.model.yaml.form import ListOf, MapOf, SingleOrList, ValueForm
from salus.model.yaml.forms import (
    ANCHOR,
    CITED,
    COLUMN,
    DATE,
    DIVISOR,
    EXPRESSION,
    HOLD,
    LIMIT,
    NAME,
    NOTICE,
    NUMBER,
    PART,
    PERCENTILE,
    POINTS,
    POLICY,
    POSITIVE,
    SMOOTHED,
    SPAN,
    TABLE,
    TEXT,
    TRUTH,
    UNTIL,
    VALUE,
    VERSION,
    WHOLE,
    ZONE,
    one_of,
)
from salus.model.yaml.knots import KNOTS
from salus.model.yaml.section import Key, Section

HISTORY = Section(
    "a table of attributes as they were",
    (
        Key("table", TABLE, "One row per change of an entity.", needed=True),
        Key("time", COLUMN, "From when the row's values hold.", needed=True),
        Key("recorded", COLUMN, "When the row became known; without it, at its time."),
    ),
)
PEOPLE = Section(
    "rules for models about people",
    (
        Key(
            "population",
            one_of("workforce"),
            "Who is scored: units of people, never a person.",
            needed=True,
        ),
        Key(
            "smallest_group",
            WHOLE,
            "The fewest people behind any number shown; 5 or more, 10 by default.",
        ),
    ),
)
RENEWAL = Section(
    "when a term is decided",
    (
        Key(
            "decide_by",
            COLUMN,
            "The column of the last day on which a notice still counts; else it follows from these"
            " two:",
        ),
        Key("term_end", COLUMN, "The column of the last day of the term."),
        Key(
            "notice",
            NOTICE,
            "How long before it a notice must be there: 90d, 6w, 3m; by default not at all.",
        ),
    ),
)
ACTIVE = Section(
    "facts without which one is no customer",
    (
        Key(
            "within",
            SPAN,
            "So long after its last fact an entity still belongs to the population.",
            needed=True,
        ),
        Key("of", NAME, "The source of the facts, such as orders.", needed=True),
    ),
)
ENTITY = Section(
    "what is scored",
    (
        Key("name", NAME, "The word the screens use, such as account.", needed=True),
        Key("key", COLUMN, "The column that identifies one.", needed=True),
        Key("table", TABLE, "One row per entity. Without it every key in the sources is one."),
        Key("label", COLUMN, "The column people read instead of the key."),
        Key("owner", COLUMN, "The column of who looks after it."),
        Key("value", COLUMN, "The column of the money at stake."),
        Key("currency", TEXT, "The currency of `value`, such as EUR."),
        Key("starts", COLUMN, "Part of the population from this date …"),
        Key("ends", COLUMN, "… to this one; empty: still."),
        Key(
            "attributes",
            ListOf(COLUMN, "columns"),
            "Columns that conditions, formulas and measures may read.",
        ),
        Key("history", HISTORY, "A table of attributes as they were at each date."),
        Key("renewal", RENEWAL, "When it is decided whether a term is renewed, for forecasts."),
        Key(
            "purchases",
            CITED,
            "Without contracts: the source of purchases and the column of their amount, as"
            " orders.net.",
        ),
        Key(
            "active",
            ACTIVE,
            "Without contracts: part of the population while it has facts, and again from the next"
            " one on.",
        ),
        Key("people", PEOPLE, "Set when the model is about people at work."),
    ),
)
LOOKUP = Section(
    "a table to look up",
    (
        Key(
            "table",
            TABLE,
            "At most one row of it is found per fact; its columns read as the fact's own.",
            needed=True,
        ),
        Key("on", COLUMN, "The column that both tables have.", needed=True),
        Key("time", COLUMN, "From when a row holds: the one that stood at the fact's time counts."),
    ),
)
SOURCE = Section(
    "a table at one moment",
    (
        Key("table", TABLE, "Where the facts are.", needed=True),
        Key(
            "key", COLUMN, "The column of the entity's key; empty: belongs to nobody.", needed=True
        ),
        Key(
            "time",
            COLUMN,
            "When the fact happened; all its columns count as known then.",
            needed=True,
        ),
        Key("id", COLUMN, "Of rows with the same id the first recorded counts."),
        Key("recorded", COLUMN, "When the fact became known; without it, at its time."),
        Key("until", UNTIL, "When the fact ended: a column, `next`, or `next` and a column."),
        Key("until_recorded", COLUMN, "When the end became known; without it, at once."),
        Key("where", EXPRESSION, "Only rows that meet this condition are facts."),
        Key("lookup", LOOKUP, "At most one row of another table per fact."),
        Key("columns", MapOf(EXPRESSION, "column", NAME), "New columns by row arithmetic."),
        Key("fresh", SPAN, "Older than this, the source is stale and its measures are missing."),
        Key("purpose", NAME, "What the data may be used for."),
    ),
)

Reads = Literal["source", "column", "either", "attribute", "formula"]


@dataclass(frozen=True)
class KindRule:
    """What a kind reads, and which options fit it beyond those of all kinds."""

    reads: Reads
    about: str
    options: frozenset[str] = frozenset()


KINDS: Mapping[Kind, KindRule] = {
    "count": KindRule("source", "How many facts: `count: tickets`.", frozenset({"half_life"})),
    "count_distinct": KindRule(
        "column", "How many different values: `count_distinct: logins.user_id`."
    ),
    "active_days": KindRule("either", "Days with a fact; with a column, pairs of day and value."),
    "sum": KindRule(
        "column", "The sum of a column: `sum: invoices.amount`.", frozenset({"half_life", "days"})
    ),
    "mean": KindRule(
        "column", "The mean of a column.", frozenset({"half_life", "weighted_by", "days"})
    ),
    "median": KindRule("column", "The middle value of a column."),
    "min": KindRule("column", "The smallest value of a column."),
    "max": KindRule("column", "The largest value of a column.", frozenset({"days"})),
    "latest": KindRule("column", "The value of the last fact: `latest: pulse.mood`."),
    "share": KindRule("source", "The share of facts that meet `of`.", frozenset({"of"})),
    "days_since": KindRule("source", "Whole days since the last fact.", frozenset({"days"})),
    "oldest_open": KindRule(
        "source", "Whole days since the oldest open fact began.", frozenset({"days"})
    ),
    "median_gap": KindRule(
        "source", "The median of the days between active days.", frozenset({"days"})
    ),
    "trend": KindRule(
        "either",
        "The rate in `within` against the rate in the `baseline` before it, less 1.",
        frozenset({"baseline"}),
    ),
    "value": KindRule("attribute", "An attribute of the entity: `value: seats`."),
    "formula": KindRule(
        "formula", 'Arithmetic over measures, inputs and attributes: `formula: "a / b"`.'
    ),
}
OF_FACTS = ("where", "within", "open", "at_least")  # options of every kind that reads facts
OF_SOME = ("of", "baseline", "weighted_by", "half_life", "days")
OF_SCORED = ("weight", "bad", "good", "curve", "points", "if_missing")

WORDS = MapOf(POINTS, "word", TEXT, least=1)
SCALE = (
    Key("bad", ANCHOR, "The value that is worth 0 points."),
    Key("good", ANCHOR, "The value that is worth 100 points."),
    Key("curve", KNOTS, "Points between: [[value, points], …], by rising value."),
    Key("points", WORDS, "Points of words: {great: 100, poor: 0}."),
)
_OPTIONS = (
    Key("where", EXPRESSION, "Only facts that meet this condition."),
    Key("within", SPAN, "Only facts of the last days: 30d, 4w."),
    Key("baseline", SPAN, "For `trend`: the days before `within` that it is compared with."),
    Key("of", EXPRESSION, "For `share`: the condition whose share is asked for."),
    Key("open", TRUTH, "Only facts that are open at the date."),
    Key("per", DIVISOR, "Divide by a number, an attribute or a measure."),
    Key("ago", SPAN, "The measure as it stood that many days earlier."),
    Key("at_least", WHOLE, "Missing with fewer facts."),
    Key("weighted_by", COLUMN, "For `mean`: the column of the weights."),
    Key("half_life", SPAN, "Facts of this age count half, for `count`, `sum` and `mean`."),
    Key("days", one_of("working"), "Count Monday to Friday only, without the dates of `holidays`."),
)
_FORMS: Mapping[str, ValueForm] = {"formula": EXPRESSION, "attribute": COLUMN}
_KIND_KEYS = tuple(
    Key(kind, _FORMS.get(rule.reads, CITED), rule.about) for kind, rule in KINDS.items()
)
INPUT = Section(
    "a measure that is shown and used, but not scored",
    (*_KIND_KEYS, *_OPTIONS),
    one_of=tuple(KINDS),
    misplaced=dict.fromkeys(
        OF_SCORED, "inputs aren't scored: move it to a dimension, or remove this"
    ),
)
MEASURE = Section(
    "a measure: its kind, and its points",
    (
        *_KIND_KEYS,
        *_OPTIONS,
        *SCALE,
        Key("weight", POSITIVE, "Its weight within the dimension; 1 by default."),
        Key(
            "if_missing",
            POLICY,
            "Without a value: skip (default), bad, neutral, good, or hold 60d.",
        ),
    ),
    one_of=tuple(KINDS),
)
DIMENSION = Section(
    "a weighted group of measures",
    (
        Key("weight", POSITIVE, "Its weight within the score; 1 by default."),
        Key(
            "measures",
            MapOf(MEASURE, "measure", NAME, least=1),
            "The measures, each with its points.",
            needed=True,
        ),
    ),
)
BANDS = MapOf(LIMIT, "band", NAME, least=1)
CAP = Section(
    "a ceiling",
    (
        Key("name", TEXT, "What the explanation calls it.", needed=True),
        Key("when", EXPRESSION, "While this holds …", needed=True),
        Key("at_most", POINTS, "… the main score is at most this.", needed=True),
    ),
)
SMOOTH = Section(
    "a half-life of scores",
    (
        Key(
            "half_life", SMOOTHED, "A day this long ago counts half in the main score.", needed=True
        ),
    ),
)
WEIGHTS = MapOf(POSITIVE, "weight", NAME, least=1)
SEGMENT = Section(
    "a part of the population",
    (
        Key(
            "when",
            EXPRESSION,
            "Who belongs to it; the first segment that matches applies.",
            needed=True,
        ),
        Key("weights", WEIGHTS, "Other weights of dimensions."),
        Key("without", ListOf(NAME, "dimensions"), "Dimensions that don't count here."),
        Key(
            "measures",
            MapOf(Section("other points", SCALE), "measure", NAME),
            "Other points of measures.",
        ),
    ),
)
HEADLINE = Section(
    "a further headline score",
    (
        Key("weights", WEIGHTS, "The dimensions it is made of.", needed=True),
        Key("bands", BANDS, "Its bands, best first, the last at 0."),
        Key("goal", NAME, "The outcome it is judged by."),
    ),
)
OUTCOME = Section(
    "what truly happened",
    (
        Key("table", TABLE, "One row per event."),
        Key("key", COLUMN, "The column of the entity's key."),
        Key("time", COLUMN, "When it happened."),
        Key("decided", COLUMN, "When it was decided, such as the day of notice."),
        Key("quiet", NAME, "Instead of a table: the source that falls silent …"),
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
            "… and its value, or values, of those who did.",
        ),
        Key("where", EXPRESSION, "Which rows or facts count."),
    ),
)
ANSWERS = Section(
    "answers of a survey",
    (
        Key(
            "share",
            CITED,
            "The source of whose answers the share is told that meet `of`: `share: csat_given`.",
        ),
        Key("of", EXPRESSION, 'For `share`: the answers that count, such as "score >= 4".'),
        Key("mean", CITED, "The column of answers whose mean is told: `mean: ces_given.score`."),
        Key("bad", NUMBER, "For `mean`: the worst answer of the scale …"),
        Key("good", NUMBER, "… and the best; an answer beyond them is refused."),
    ),
    one_of=("share", "mean"),
)
METRICS = Section(
    "what `salus metrics` reads",
    (
        Key("nps", CITED, "Answers from 0 to 10 to whether one would recommend: `answers.score`."),
        Key("csat", ANSWERS, "Answers to how satisfied one is."),
        Key("ces", ANSWERS, "Answers to how easy it was."),
        Key(
            "first_value",
            CITED,
            "The source whose first fact is the first value an entity got: `use`.",
        ),
        Key(
            "invoiced",
            CITED,
            "Amounts of a source that begins when an invoice is issued and ends when it is paid.",
        ),
        Key("overdue", CITED, "The same amounts in a source that begins when an invoice is due."),
    ),
)
STAGE = Section(
    "where an entity stands",
    (
        Key(
            "when",
            EXPRESSION,
            "Who stands here; the first stage that matches applies. Only the last needs none.",
        ),
    ),
)
SIGNAL = Section(
    "something that changed",
    (
        Key("when", EXPRESSION, "Fires when this becomes true."),
        Key(
            "chart",
            one_of("health"),
            "Fires when the control chart of the score leaves its limits.",
        ),
        Key("for", SPAN, "Only after it stayed true this long."),
        Key("cool_down", SPAN, "Not again within this time."),
        Key(
            "tell",
            ListOf(TEXT, "people or channels", least=1),
            "Who is told: owner, lead, slack:#cs.",
        ),
    ),
    one_of=("when", "chart"),
)
STEP = Section(
    "one task",
    (
        Key("do", TEXT, "What to do.", needed=True),
        Key("who", TEXT, "Who does it; `owner` by default."),
        Key("within", SPAN, "By when, from the begin of the play."),
    ),
)
PLAY = Section(
    "what to do on a signal",
    (
        Key("on", NAME, "The signal it begins on.", needed=True),
        Key(
            "steps",
            ListOf(STEP, "steps", least=1, each="a step"),
            "The tasks, in order.",
            needed=True,
        ),
        Key("until", EXPRESSION, "It ends when this is true."),
        Key("hold_out", PART, "The share left alone, to see whether the play helps."),
    ),
)
NUMBERS = MapOf(NUMBER, "percentile", PERCENTILE)
FROZEN = Section(
    "the numbers of the percentiles",
    (
        Key("reference", DATE, "The date they were taken at."),
        Key("measures", MapOf(NUMBERS, "measure", NAME), "By measure."),
        Key("bands", NUMBERS, "Of the main score."),
        Key("scores", MapOf(NUMBERS, "score", NAME), "By further score."),
    ),
)
MODEL = Section(
    "the model",
    (
        Key("version", VERSION, "The version of this language.", needed=True),
        Key("name", TEXT, "The name of the model.", needed=True),
        Key("timezone", TEXT, "Every day begins at a midnight here; UTC by default."),
        Key("entity", ENTITY, "What is scored.", needed=True),
        Key("sources", MapOf(SOURCE, "source", NAME), "Tables of facts, each at one moment."),
        Key(
            "inputs",
            MapOf(INPUT, "input", NAME),
            "Measures that are shown and used, but not scored.",
        ),
        Key(
            "dimensions",
            MapOf(DIMENSION, "dimension", NAME, least=1),
            "Weighted groups of measures.",
            needed=True,
        ),
        Key("bands", BANDS, "Ranges of the score by lower bound, best first, the last at 0."),
        Key("caps", ListOf(CAP, "caps", each="a cap"), "Ceilings on the main score."),
        Key(
            "segments",
            MapOf(SEGMENT, "segment", NAME),
            "Parts of the population with weights or points of their own.",
        ),
        Key(
            "scores",
            MapOf(HEADLINE, "score", NAME),
            "Further headline scores over the same dimensions.",
        ),
        Key(
            "outcomes",
            MapOf(OUTCOME, "outcome", NAME),
            "What truly happened; the first judges the main score.",
        ),
        Key(
            "metrics",
            METRICS,
            "Where the numbers of the whole book are found: NPS, CSAT, CES, first value, invoices.",
        ),
        Key(
            "min_coverage",
            PART,
            "Below this share of weight with values the band is unknown; 50% by default.",
        ),
        Key(
            "missing_guard",
            HOLD,
            "How long a lost value keeps a score from improving; 30d by default, 0d: off.",
        ),
        Key(
            "smooth",
            SMOOTH,
            "The main score as a mean of the days of four half-lives, the newest counting most.",
        ),
        Key(
            "dead_zone",
            ZONE,
            "A band changes only when the score is this many points past its limit.",
        ),
        Key("holidays", TEXT, "A file beside this one with one date a line, for `days: working`."),
        Key("reference", DATE, "The date at which percentiles are taken."),
        Key("frozen", FROZEN, "Written by `salus check --freeze`."),
        Key(
            "stages", MapOf(STAGE, "stage", NAME), "Where an entity stands; the first that matches."
        ),
        Key("signals", MapOf(SIGNAL, "signal", NAME), "What is worth knowing at once."),
        Key("plays", MapOf(PLAY, "play", NAME), "What to do on a signal."),
    ),
)
