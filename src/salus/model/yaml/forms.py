"""The forms of single values in the model language."""

from __future__ import annotations

from salus.model.yaml import values
from salus.model.yaml.form import ExpressionForm, Json, TextForm


def one_of(*words: str) -> TextForm:
    """Make the form of a value that must be one of `words`."""

    def convert(text: str) -> str:
        if text not in words:
            raise values.Unreadable
        return text

    listed = words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
    says = f"`{listed}`" if len(words) == 1 else listed
    return TextForm(says, f"write {listed}", convert, {"enum": list(words)})


_TEXT_JSON = {"type": ["string", "number"]}
_WORD_JSON = {
    "type": "string",
    "pattern": r"^[^\s0-9!-/:-@\[-^`{-~][^\s!-/:-@\[-^`{-~]*$",
    "maxLength": 60,
}
_POINTS_JSON = {"type": "number", "minimum": 0, "maximum": 100}
_SPAN_JSON = {"type": "string", "pattern": f"^{values.SPAN}$"}


def _or_text(pattern: str, otherwise: Json) -> Json:
    return {"anyOf": [otherwise, {"type": "string", "pattern": f"^(?:{pattern})$"}]}


VERSION = TextForm(
    "the number 1",
    "write 1: Salus reads version 1 of the language",
    values.parse_version,
    {"const": 1},
)
TEXT = TextForm(
    "one line of text", "write at most 300 characters on one line", values.check_line, _TEXT_JSON
)
COLUMN = TextForm(
    "the name of a column", "write it as in the table", values.parse_column, _TEXT_JSON
)
CITED = TextForm(
    "`source` or `source.column`", "write source.column", values.check_citation, _TEXT_JSON
)
UNTIL = TextForm(
    "a column, `next`, or `next` and a column",
    "write it as in the table",
    values.check_until,
    _TEXT_JSON,
)
TABLE = TextForm(
    "the name of a table", "write it as in the folder or database", values.parse_column, _TEXT_JSON
)
NAME = TextForm(
    "a name",
    "use at most 60 letters, digits and _, and begin with a letter",
    values.check_name,
    _WORD_JSON,
)
VALUE = TextForm(
    "a text, a number, true or false",
    "write the value as in the column",
    values.check_line,
    {"type": ["string", "number", "boolean"]},
)
NUMBER = TextForm(
    "a number", "write digits, such as 12 or 0.5", values.parse_number, {"type": "number"}
)
POSITIVE = TextForm(
    "a number above 0",
    "write digits, such as 3 or 0.5",
    values.parse_weight,
    {"type": "number", "exclusiveMinimum": 0},
)
WHOLE = TextForm(
    "a whole number of 1 or more",
    "write digits, such as 3",
    values.parse_positive_integer,
    {"type": "integer", "minimum": 1},
)
POINTS = TextForm(
    "a number from 0 to 100", "write a number, such as 70", values.parse_points, _POINTS_JSON
)
SPAN = TextForm(
    "a time span", "write whole days (30d) or weeks (4w)", values.parse_span, _SPAN_JSON
)
HOLD = TextForm(
    f"a time span of at most {values.LONGEST_HOLD}d",
    "write whole days (30d) or weeks (4w); 0d turns it off",
    values.parse_hold,
    _SPAN_JSON,
)
NOTICE = TextForm(
    "a notice period",
    "write days (90d), weeks (6w) or months (3m)",
    values.parse_notice,
    {"type": "string", "pattern": f"^{values.NOTICE}$"},
)
SMOOTHED = TextForm(
    f"a time span of at most {values.LONGEST_HALF_LIFE}d",
    "write whole days (28d) or weeks (4w)",
    values.parse_half_life,
    _SPAN_JSON,
)
ZONE = TextForm(
    "a number of points above 0",
    "write a number, such as 3",
    values.parse_dead_zone,
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 50},
)
PART = TextForm(
    "a share",
    "write it as 50% or 0.5",
    values.parse_part,
    _or_text(values.SHARE, {"type": "number", "minimum": 0, "maximum": 1}),
)
ANCHOR = TextForm(
    "a number, share (70%), time span (30d) or percentile (p10)",
    "write one of these",
    values.parse_anchor,
    _or_text(f"{values.SHARE}|-?{values.SPAN}|{values.PERCENTILE}", {"type": "number"}),
)
LIMIT = TextForm(
    "a number from 0 to 100, or a percentile (p75)",
    "write a number, such as 75",
    values.parse_limit,
    _or_text(values.PERCENTILE, _POINTS_JSON),
)
PERCENTILE = TextForm(
    "a percentile",
    "write it as p10, between p0 and p100",
    values.parse_percentile,
    {"pattern": f"^{values.PERCENTILE}$"},
)
DIVISOR = TextForm(
    "a number, or the name of an attribute or measure",
    "write digits or a name",
    values.parse_divisor,
    {"type": ["number", "string"]},
)
POLICY = TextForm(
    "skip, bad, neutral, good or hold 60d",
    "write one of these",
    values.parse_policy,
    _or_text(f"hold {values.SPAN}", {"enum": ["skip", "bad", "neutral", "good"]}),
)
DATE = TextForm(
    "a date", "write it as 2026-01-31", values.parse_date, {"type": "string", "format": "date"}
)
TRUTH = TextForm("true or false", "write true or false", values.parse_truth, {"type": "boolean"})
CURRENCY_CODE = TextForm(
    "a currency code",
    "write three capital letters, such as EUR",
    values.parse_currency_code,
    {"type": "string", "pattern": f"^{values.CURRENCY_CODE}$"},
)
CURRENCY = TextForm(
    "a currency code or the name of a column",
    "write a code such as EUR, or the name as in the table",
    values.parse_currency,
    _TEXT_JSON,
)
EXPRESSION = ExpressionForm()
