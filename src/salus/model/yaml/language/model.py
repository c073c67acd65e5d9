"""The keys of the whole file, and of the parts that turn measures into a score."""

from __future__ import annotations

from salus.model.yaml.form import ListOf, MapOf
from salus.model.yaml.forms import (
    DATE,
    EXPRESSION,
    HOLD,
    LIMIT,
    NAME,
    NUMBER,
    PART,
    PERCENTILE,
    POINTS,
    POSITIVE,
    SMOOTHED,
    TEXT,
    VERSION,
    ZONE,
)
from salus.model.yaml.language.entity import ENTITY
from salus.model.yaml.language.link import LINK
from salus.model.yaml.language.measure import INPUT, MEASURE, SCALE
from salus.model.yaml.language.outcome import METRICS, OUTCOME
from salus.model.yaml.language.response import PLAY, SIGNAL, STAGE
from salus.model.yaml.language.source import SOURCE
from salus.model.yaml.section import Key, Section

DIMENSION = Section(
    "a weighted group of measures",
    (
        Key("weight", POSITIVE, "Its weight in the score. The default is 1."),
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
    "a limit of the score",
    (
        Key("name", TEXT, "The name in explanations.", needed=True),
        Key("when", EXPRESSION, "While this condition is true …", needed=True),
        Key("at_most", POINTS, "… the main score is at most this.", needed=True),
    ),
)
SMOOTH = Section(
    "a half-life of scores",
    (
        Key(
            "half_life",
            SMOOTHED,
            "A day this long ago counts half as much as today in the main score.",
            needed=True,
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
            "Which entities belong to it; the first segment that matches applies.",
            needed=True,
        ),
        Key("weights", WEIGHTS, "Other weights of dimensions."),
        Key("without", ListOf(NAME, "dimensions"), "Dimensions that don't count in this segment."),
        Key(
            "measures",
            MapOf(Section("other points", SCALE), "measure", NAME),
            "Other points of measures.",
        ),
    ),
)
FURTHER_SCORE = Section(
    "a further score",
    (
        Key("weights", WEIGHTS, "Its dimensions and their weights.", needed=True),
        Key("bands", BANDS, "Its bands, best first; the last one begins at 0."),
        Key("goal", NAME, "The outcome that the score should predict."),
    ),
)
NUMBERS = MapOf(NUMBER, "percentile", PERCENTILE)
FROZEN = Section(
    "the values of the percentiles",
    (
        Key("reference", DATE, "The date that they were computed for."),
        Key("measures", MapOf(NUMBERS, "measure", NAME), "The values for each measure."),
        Key("bands", NUMBERS, "The values for the bands of the main score."),
        Key("scores", MapOf(NUMBERS, "score", NAME), "The values for each further score."),
    ),
)
MODEL = Section(
    "the model",
    (
        Key("version", VERSION, "The version of this language: 1.", needed=True),
        Key("name", TEXT, "The name of the model.", needed=True),
        Key("timezone", TEXT, "The time zone in which days begin. The default is UTC."),
        Key("entity", ENTITY, "What is scored.", needed=True),
        Key(
            "links",
            MapOf(LINK, "link", NAME),
            "How names that other systems use lead to entities.",
        ),
        Key("sources", MapOf(SOURCE, "source", NAME), "The tables of facts."),
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
        Key(
            "bands",
            BANDS,
            "The ranges of the score by their lower limits, best first; the last one begins at 0.",
        ),
        Key("caps", ListOf(CAP, "caps", each="a cap"), "Conditions that limit the main score."),
        Key(
            "segments",
            MapOf(SEGMENT, "segment", NAME),
            "Parts of the population with their own weights or points.",
        ),
        Key(
            "scores",
            MapOf(FURTHER_SCORE, "score", NAME),
            "Further scores of the same dimensions.",
        ),
        Key(
            "outcomes",
            MapOf(OUTCOME, "outcome", NAME),
            "What happened to entities. The main score should predict the first outcome.",
        ),
        Key(
            "metrics",
            METRICS,
            "The data of the portfolio metrics: NPS, CSAT, CES, first value and invoices.",
        ),
        Key(
            "min_coverage",
            PART,
            "If measures with less than this share of the weight have a value, the band is"
            " unknown. The default is 50%.",
        ),
        Key(
            "missing_guard",
            HOLD,
            "How long a value that is lost keeps the score from rising. The default is 30d; 0d"
            " turns it off.",
        ),
        Key(
            "smooth",
            SMOOTH,
            "The main score becomes a weighted mean of recent days; the newest day counts most.",
        ),
        Key(
            "dead_zone",
            ZONE,
            "A band changes only when the score is this many points past the limit.",
        ),
        Key(
            "holidays",
            TEXT,
            "A file in the same folder with one date per line, for `days: working`.",
        ),
        Key("reference", DATE, "The date for which percentiles are computed."),
        Key("frozen", FROZEN, "The values of percentiles; `salus check --freeze` writes them."),
        Key("stages", MapOf(STAGE, "stage", NAME), "Stages; the first that matches applies."),
        Key("signals", MapOf(SIGNAL, "signal", NAME), "Changes that are worth a message."),
        Key("plays", MapOf(PLAY, "play", NAME), "What to do after a signal."),
    ),
)
