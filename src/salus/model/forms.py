"""The forms a value may have: how it is read, and how an editor is told of it, so that the two can't drift apart."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from salus.model.curve import Percentile
from salus.model.document import Block, Listing, Node, Scalar
from salus.model.findings import Findings, shown
from salus.model.source import Notice

Json = dict[str, Any]


class Form(Protocol):
    """A kind of value."""

    def read(self, node: Node, label: str, findings: Findings) -> Any:
        """The value, or None when it was refused (and noted). `label` is the key, for the message."""

    def schema(self) -> Json:
        """The same as JSON Schema."""


class Unreadable(ValueError):
    """A text hasn't the form it should have; the argument is the next step, if a better one is known."""


@dataclass(frozen=True)
class Plain:
    """One value of text: `says` what it is, `fix` how to write it."""

    says: str
    fix: str
    convert: Callable[[str], Any]
    json: Mapping[str, Any]

    def read(self, node: Node, label: str, findings: Findings) -> Any:
        if not isinstance(node, Scalar):
            findings.error(node.place, f"{label} takes {self.says}", self.fix)
            return None
        if node.empty:
            findings.error(node.place, f"{label} has no value", f"{self.fix}, or remove the key")
            return None
        try:
            return self.value(node.text)
        except ValueError as error:
            better = str(error) if isinstance(error, Unreadable) and error.args else self.fix
            findings.error(node.place, f"{label} takes {self.says}, not '{shown(node.text)}'", better)
            return None

    def value(self, text: str) -> Any:
        """The text as a value; raises ValueError."""
        if len(text) > LONGEST:
            raise Unreadable
        return self.convert(text)

    def schema(self) -> Json:
        return dict(self.json)


@dataclass(frozen=True)
class Written:
    """A text with its place: for what is read later, when more is known."""

    text: str
    node: Scalar


@dataclass(frozen=True)
class Expression:
    """A condition or formula; its grammar and names are checked by whoever knows which names it may use."""

    def read(self, node: Node, label: str, findings: Findings) -> Written | None:
        if not isinstance(node, Scalar):
            findings.error(node.place, f"{label} takes a condition or formula", "write it as a text in quotes")
            return None
        if node.empty:
            findings.error(node.place, f"{label} has no value", "write a condition in quotes, or remove the key")
            return None
        return Written(node.text, node)

    def schema(self) -> Json:
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True)
class ListOf:
    """Several values: ``[a, b]``."""

    form: Form
    says: str
    least: int = 0
    each: str = ""                           # what a message calls one of them

    def read(self, node: Node, label: str, findings: Findings) -> list[tuple[Any, Node]] | None:
        if isinstance(node, Scalar) and node.empty:
            findings.error(node.place, f"{label} is empty", f"list {self.says}, or remove the key")
            return None
        if not isinstance(node, Listing):
            findings.error(node.place, f"{label} takes a list of {self.says}",
                           "write it as [a, b], or each after a dash")
            return None
        if len(node.items) < self.least:
            findings.error(node.place, f"{label} is empty", f"list {self.says}, or remove the key")
        values = [(self.form.read(item, self.each or label, findings), item) for item in node.items]
        return [(value, item) for value, item in values if value is not None]

    def schema(self) -> Json:
        return {"type": "array", "items": self.form.schema(), "minItems": self.least}


@dataclass(frozen=True)
class MapOf:
    """Names of the writer's own, each with a value of one form. A message calls one `each` and its name."""

    form: Form
    each: str
    names: Plain
    least: int = 0

    def read(self, node: Node, label: str, findings: Findings) -> list[tuple[Scalar, Any]] | None:
        if isinstance(node, Scalar) and node.empty:
            findings.error(node.place, f"{label} is empty", f"add a {self.each}, or remove the key")
            return None
        if not isinstance(node, Block):
            findings.error(node.place, f"{label} takes names, each with a value", "write it as {name: value}")
            return None
        if len(node.entries) < self.least:
            findings.error(node.place, f"{label} is empty", f"add a {self.each}, or remove the key")
        found = []
        for key, value in node.entries:
            named = self._named(key, findings)
            of = self.form.read(value, f"{self.each} `{shown(key.text)}`", findings)
            if named and of is not None:
                found.append((key, of))
        return found

    def _named(self, key: Scalar, findings: Findings) -> bool:
        try:
            self.names.value(key.text)
        except ValueError:
            findings.error(key.place, f"'{shown(key.text)}' can't be the name of a {self.each}", self.names.fix)
            return False
        return True

    def schema(self) -> Json:
        found: Json = {"type": "object", "additionalProperties": self.form.schema(), "minProperties": self.least}
        pattern = self.names.json.get("pattern")
        return {**found, "propertyNames": {"pattern": pattern}} if pattern else found


# ------------------------------------------------------------------ single values

_DECIMAL = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_NUMBER = _DECIMAL + r"(?:[eE][-+]?[0-9]{1,3})?"
_SHARE = _DECIMAL + " ?%"
_SPAN = r"[0-9]{1,5}[dw]"
_NOTICE = r"[0-9]{1,5}[dwm]"
_PERCENTILE = r"p[0-9]{1,2}(?:\.[0-9]{1,3})?"
LONGEST = 300                                # characters of a single value
LONGEST_SPAN = 36_500                        # days: a century
LONGEST_HOLD = 366                           # days that are computed one by one before each date
LONGEST_NOTICE = 60                          # months
LONGEST_HALF_LIFE = 91                       # days: four of them are a year
LEAST_ZONE = 1e-6                            # points: scores are compared to nine decimals
SMALLEST_WEIGHT, LARGEST_WEIGHT = 1e-6, 1e6


def number(text: str) -> float:
    """A finite number.

    >>> number("-2.5")
    -2.5
    """
    if re.fullmatch("[-+]?[0-9.]+,[0-9]+", text):
        raise Unreadable("write the decimal point as a dot, and no thousands separator")
    if not re.fullmatch(_NUMBER, text) or not math.isfinite(float(text)):
        raise Unreadable
    return float(text)


def share(text: str) -> float:
    """``70%`` or ``0.7``.

    >>> share("70%"), share("0.7")
    (0.7, 0.7)
    """
    if re.fullmatch(_SHARE, text):
        return float(Decimal(text.rstrip("% ")) / 100)
    return number(text)


def span(text: str) -> int:
    """Days of ``30d`` or ``4w``; at least one.

    >>> span("4w")
    28
    """
    found = span_or_none(text)
    if found == 0:
        raise Unreadable("use one day (1d) or more")
    return found


def span_or_none(text: str) -> int:
    """Days of a span that may be ``0d``."""
    if re.fullmatch("[0-9]+", text):
        raise Unreadable(f"write {text}d for days or {text}w for weeks")
    if not re.fullmatch(_SPAN, text):
        raise Unreadable
    days = int(text[:-1]) * (7 if text.endswith("w") else 1)
    if days > LONGEST_SPAN:
        raise Unreadable(f"use at most {LONGEST_SPAN}d")
    return days


def _positive(text: str) -> float:
    found = number(text)
    if found <= 0:
        raise Unreadable("use a number above 0; to leave it out, remove the line")
    if not SMALLEST_WEIGHT <= found <= LARGEST_WEIGHT:
        raise Unreadable("weights count in relation to one another: use numbers such as 1 to 100")
    return found


def _points(text: str) -> float:
    found = number(text)
    if not 0 <= found <= 100:
        raise Unreadable("points go from 0 to 100")
    return found


def percentile(text: str) -> Percentile:
    """``p10``

    >>> percentile("p10")
    Percentile(rank=10.0)
    """
    if not re.fullmatch(_PERCENTILE, text) or not 0 < float(text[1:]) < 100:
        raise Unreadable("percentiles lie between p0 and p100, such as p10")
    return Percentile(float(text[1:]))


def _anchor(text: str) -> float | Percentile:
    if re.fullmatch(r"p[0-9.]+", text):
        return percentile(text)
    if re.fullmatch("-?" + _SPAN, text):
        return float(span_or_none(text.lstrip("-"))) * (-1 if text.startswith("-") else 1)
    return share(text)


def _limit(text: str) -> float | Percentile:
    return percentile(text) if text.startswith("p") else _points(text)


def _part(text: str) -> float:
    """A share of something: 0 to 1."""
    found = share(text)
    if not 0 <= found <= 1:
        raise Unreadable("use a share from 0% to 100%")
    return found


def _divisor(text: str) -> float | str:
    if re.fullmatch(_NUMBER, text):
        if number(text) == 0:
            raise Unreadable("nothing can be divided by 0")
        return number(text)
    return _word(text)


def _hold(text: str) -> int:
    """Days that a lost value may stand in; none is allowed."""
    days = span_or_none(text)
    if days > LONGEST_HOLD:
        raise Unreadable(f"use at most {LONGEST_HOLD}d")
    return days


def _smoothed(text: str) -> int:
    """A half-life of daily scores."""
    days = span(text)
    if days > LONGEST_HALF_LIFE:
        raise Unreadable(f"use at most {LONGEST_HALF_LIFE}d")
    return days


def _zone(text: str) -> float:
    """Points on either side of a limit; how many fit is known once the limits are."""
    found = number(text)
    if found <= 0:
        raise Unreadable("use a number above 0; to leave it out, remove the line")
    if not LEAST_ZONE <= found < 50:
        raise Unreadable("use a few points, such as 3")
    return found


def _policy(text: str) -> tuple[str, int]:
    """What `if_missing` says, and the days of a hold."""
    word, _, rest = text.partition(" ")
    if word == "hold" and not rest:
        raise Unreadable("say how long: hold 60d")
    if word == "hold":
        return word, _hold(rest.strip())
    if rest or word not in ("skip", "bad", "neutral", "good"):
        raise Unreadable
    return word, 0


def _word(text: str) -> str:
    if len(text) > 60 or not re.fullmatch(r"[^\W\d]\w*", text):
        raise Unreadable
    return text


def _text(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise Unreadable
    return text


def _date(text: str) -> dt.date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Unreadable
    return dt.date.fromisoformat(text)


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise Unreadable
    return text == "true"


def _whole(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) == 0:
        raise Unreadable
    return int(text)


def notice(text: str) -> Notice:
    """Days, weeks or calendar months.

    >>> notice("6w"), notice("3m")
    (Notice(days=42, months=0), Notice(days=0, months=3))
    """
    if not re.fullmatch(_NOTICE, text):
        raise Unreadable
    if not text.endswith("m"):
        return Notice(days=span_or_none(text))
    if int(text[:-1]) > LONGEST_NOTICE:
        raise Unreadable(f"use at most {LONGEST_NOTICE}m")
    return Notice(months=int(text[:-1]))


def _version(text: str) -> int:
    if text != "1":
        raise Unreadable
    return 1


def one_of(*words: str) -> Plain:
    """One of some words."""
    def convert(text: str) -> str:
        if text not in words:
            raise Unreadable
        return text
    listed = words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
    says = f"only `{listed}`" if len(words) == 1 else f"one of {listed}"
    return Plain(says, f"write {listed}", convert, {"enum": list(words)})


_TEXT_JSON = {"type": ["string", "number"]}
_WORD_JSON = {"type": "string", "pattern": r"^[^\s0-9!-/:-@\[-^`{-~][^\s!-/:-@\[-^`{-~]*$", "maxLength": 60}
_POINTS_JSON = {"type": "number", "minimum": 0, "maximum": 100}
_SPAN_JSON = {"type": "string", "pattern": f"^{_SPAN}$"}


def _or_text(pattern: str, otherwise: Json) -> Json:
    return {"anyOf": [otherwise, {"type": "string", "pattern": f"^(?:{pattern})$"}]}


VERSION = Plain("the number 1", "this Salus reads version 1 of the language", _version, {"const": 1})
TEXT = Plain("a text of one line", "write at most 300 characters on one line", _text, _TEXT_JSON)
COLUMN = Plain("the name of a column", "write it as the table spells it", _text, _TEXT_JSON)
TABLE = Plain("the name of a table", "write it as the folder or database spells it", _text, _TEXT_JSON)
NAME = Plain("a name", "use letters, digits and _, a letter first, at most 60", _word, _WORD_JSON)
NUMBER = Plain("a number", "write digits, such as 12 or 0.5", number, {"type": "number"})
POSITIVE = Plain("a number above 0", "write digits, such as 3 or 0.5", _positive,
                 {"type": "number", "exclusiveMinimum": 0})
WHOLE = Plain("a whole number from 1 on", "write digits, such as 3", _whole, {"type": "integer", "minimum": 1})
POINTS = Plain("points from 0 to 100", "write a number, such as 70", _points, _POINTS_JSON)
SPAN = Plain("a time span", "write whole days (30d) or weeks (4w)", span, _SPAN_JSON)
HOLD = Plain("a time span", "write whole days (30d) or weeks (4w); 0d is none", _hold, _SPAN_JSON)
NOTICE = Plain("a period of notice", "write days (90d), weeks (6w) or months (3m)", notice,
               {"type": "string", "pattern": f"^{_NOTICE}$"})
SMOOTHED = Plain("a time span", "write whole days (28d) or weeks (4w)", _smoothed, _SPAN_JSON)
ZONE = Plain("points above 0", "write a number, such as 3", _zone,
             {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 50})
PART = Plain("a share", "write it as 50% or 0.5", _part,
             _or_text(_SHARE, {"type": "number", "minimum": 0, "maximum": 1}))
ANCHOR = Plain("a number, share (70%), time span (30d) or percentile (p10)", "write one of these", _anchor,
               _or_text(f"{_SHARE}|-?{_SPAN}|{_PERCENTILE}", {"type": "number"}))
LIMIT = Plain("points from 0 to 100, or a percentile (p75)", "write a number, such as 75", _limit,
              _or_text(_PERCENTILE, _POINTS_JSON))
PERCENTILE = Plain("a percentile", "write it as p10, between p0 and p100", percentile, {"pattern": f"^{_PERCENTILE}$"})
DIVISOR = Plain("a number, or the name of an attribute or measure", "write digits or a name", _divisor,
                {"type": ["number", "string"]})
POLICY = Plain("skip, bad, neutral, good or hold 60d", "write one of these", _policy,
               _or_text(f"hold {_SPAN}", {"enum": ["skip", "bad", "neutral", "good"]}))
DATE = Plain("a date", "write it as 2026-01-31", _date, {"type": "string", "format": "date"})
TRUTH = Plain("true or false", "write true or false", _truth, {"type": "boolean"})
EXPRESSION = Expression()
