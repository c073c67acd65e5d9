"""The page on JSON documents, from the table of keys in json_keys.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("json_keys.txt")
METRICS = (
    "nps csat ces logo_churn_rate money_churn_gross money_churn_net grr nrr arpa dso time_to_value"
)
KINDS = {
    "text": (str,),
    "date": (str,),
    "whole": (int,),
    "number": (int, float),
    "true or false": (bool,),
    "object": (dict,),
    "list": (list,),
    "interval": (list, type(None)),
    "null": (type(None),),
    "any": (str, int, float, bool, dict, list, type(None)),
}


@dataclass(frozen=True)
class Key:
    """A key of a document. `path`: its place, with NAME for names from the model."""

    path: str
    kind: str
    meaning: str
    optional: bool

    @property
    def types(self) -> tuple[type, ...]:
        """The Python types that its value may have."""
        return tuple(each for word in self.kind.split(" or null") for each in KINDS[word or "null"])

    def fits(self, path: str) -> bool:
        """Whether this is the key of a place in a real document."""
        pattern = re.escape(self.path).replace(r"\{", "(?:").replace(r"\}", ")").replace(",", "|")
        pattern = pattern.replace("METRIC", METRICS.replace(" ", "|"))
        return bool(re.fullmatch(re.sub(r"\b(?:NAME|OTHER)\b", r"[^.\\[\\]]+", pattern), path))


def verbs() -> dict[str, tuple[Key, ...]]:
    """The keys of each verb's document."""
    found: dict[str, list[Key]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            keys = found.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            path, kind, meaning = line.split(" | ")
            keys.append(Key(path.rstrip("?"), kind, meaning, path.endswith("?")))
    return {verb: tuple(keys) for verb, keys in found.items()}


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every place of a document that holds a value, an empty list or an empty object."""
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and not _is_interval(value, path):
        for item in value:
            yield from leaves(item, f"{path}[]")
    else:
        yield path, value


def _is_interval(value: list[object], path: str) -> bool:
    return path.endswith("_ci") and len(value) == 2


def json_page(note: str) -> str:
    """The whole page."""
    parts = [
        f"{note}# JSON documents\n\nEvery verb with `--json` writes one document, and so does"
        " `as_dict()` of its [result](python.md). `NAME` stands for a name from the model, `[]` for"
        " each item of a list, `{METRIC}` for the name of a metric. A star marks keys that only some"
        " documents have. Dates are text as `2026-01-31`; an interval is a list of its lower and"
        " upper end, with 95 % confidence, or null where the data is too few. No number is ever NaN"
        " or infinite: what isn't known is null.\n"
    ]
    for verb, keys in verbs().items():
        parts.append(f"\n## {verb}\n\n| key | type | meaning |\n|---|---|---|\n")
        for key in keys:
            kind = {"whole": "whole number", "any": "depends"}.get(key.kind, key.kind)
            kind = kind.replace("whole or", "whole number or")
            parts.append(
                f"| `{key.path}`{'*' if key.optional else ''} | {kind} | {key.meaning} |\n"
            )
    return "".join(parts)
