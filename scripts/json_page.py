"""The page on JSON documents, from the table of keys in json_keys.txt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("json_keys.txt")
METRICS = (
    "nps csat ces logo_churn_rate money_churn_gross money_churn_net grr nrr arpa dso time_to_value"
)
NULL = " or null"


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_date(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


def _is_time(value: object) -> bool:
    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+\d\d:\d\d"
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_interval(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


KINDS: dict[str, Callable[[object], bool]] = {
    "text": _is_text,
    "date": _is_date,
    "time": _is_time,
    "whole": _is_whole,
    "number": _is_number,
    "true or false": lambda value: isinstance(value, bool),
    "value": lambda value: isinstance(value, str | int | float),
    "interval": _is_interval,
    "object": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
}
PRINTED = {"whole": "whole number", "value": "number, text, or true or false"}


@dataclass(frozen=True)
class Key:
    """A key of a document."""

    path: str  # its place, with NAME for names from the model
    kind: str  # one of KINDS, with " or null" where the value may be null
    meaning: str
    optional: bool  # an object may lack the key

    def fits(self, path: str) -> bool:
        """Whether this is the key of a place in a document."""
        return _matches(self.path, path)

    def is_below(self, path: str) -> bool:
        """Whether the key is within a place that holds an object or a list."""
        return _is_within(self.path, path)

    @property
    def parts(self) -> list[str]:
        """`entities[].id` as `entities`, `[]`, `id`."""
        return _split(self.path)

    def accepts(self, value: object) -> bool:
        """Whether the value has the kind of the key."""
        if value is None:
            return self.kind.endswith(NULL)
        return KINDS[self.kind.removesuffix(NULL)](value)


def _split(path: str) -> list[str]:
    return re.findall(r"\[\]|[^.\[\]]+", path)


@cache
def _matches(key: str, path: str) -> bool:
    return re.fullmatch(_pattern(_split(key)), path) is not None


@cache
def _is_within(key: str, path: str) -> bool:
    parts = _split(key)
    return any(re.fullmatch(_pattern(parts[:end]), path) for end in range(1, len(parts)))


def _pattern(parts: list[str]) -> str:
    """A regular expression for the places in documents."""
    names = [_part_pattern(part) for part in parts]
    return "".join(
        name if i == 0 or parts[i] == "[]" else rf"\.{name}" for i, name in enumerate(names)
    )


def _part_pattern(part: str) -> str:
    if part == "NAME":
        return r"[^.\[\]]+"
    if not part.startswith("{"):
        return re.escape(part)
    head, _, tail = part.rpartition("}")
    choices = head.removeprefix("{").replace("METRIC", METRICS.replace(" ", ","))
    return f"(?:{choices.replace(',', '|')}){re.escape(tail)}"


def verbs() -> dict[str, tuple[Key, ...]]:
    """The keys of each verb's document."""
    documents: dict[str, list[Key]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            keys = documents.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            path, kind, meaning = line.split(" | ")
            keys.append(Key(path.rstrip("?"), kind, meaning, path.endswith("?")))
    return {verb: tuple(keys) for verb, keys in documents.items()}


def places(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every place of a document with its value, from the outside in."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from places(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and not path.endswith("_ci"):
        for item in value:
            yield from places(item, f"{path}[]")


def json_page(note: str) -> str:
    """The whole page."""
    parts = [
        f"{note}# JSON documents\n\nEvery verb with `--json` writes one document, and so does"
        " `as_dict()` of its [result](python.md). `NAME` stands for a name from the model, `[]` for"
        " each item of a list, `{METRIC}` for the name of a metric, `{a,b}` for either. A star marks"
        " keys that an object may lack. Where an object is null or a list is empty, the keys below it"
        " are absent. A date is text as `2026-01-31`, a time is text as `2026-01-31T08:00:00+00:00`."
        " An interval is a list of its lower and upper end, with 95 % confidence unless its meaning"
        " says otherwise; it is null where the data is too few. No number is ever NaN or infinite:"
        " what isn't known is null.\n"
    ]
    for verb, keys in verbs().items():
        parts.append(f"\n## {verb}\n\n| key | type | meaning |\n|---|---|---|\n")
        for key in keys:
            kind = key.kind.removesuffix(NULL)
            null = NULL if key.kind.endswith(NULL) else ""
            star = "*" if key.optional else ""
            parts.append(
                f"| `{key.path}`{star} | {PRINTED.get(kind, kind)}{null} | {key.meaning} |\n"
            )
    return "".join(parts)
