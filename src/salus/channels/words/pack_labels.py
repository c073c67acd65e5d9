"""The labels of the packs' names and the sentences that explain their measures, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

OWN = ("at_risk", "unknown")  # the texts of the channels contain these names


@dataclass(frozen=True)
class Labels:
    """The labels of entities, bands, dimensions, caps, attributes, outcomes and measures in `names`,
    a sentence for each measure of the packs in `tells`, the `steps` to a better band (yes, no
    and days), the `values` of measures that are words, and the forms of the outcomes in sentences.
    """

    names: Mapping[str, str]
    tells: Mapping[str, str]
    steps: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    outcomes: Mapping[str, Mapping[str, str]]


@cache
def measure_kinds() -> Mapping[str, tuple[str, ...]]:
    """The kinds of each measure of the packs. A model's measure of another kind has no sentence,
    because it only shares the name.

    >>> measure_kinds()["open_tickets"]
    ('count',)
    """
    kinds = {name: measure["kind"] for name, measure in _read("en")["measures"].items()}
    return {name: (kind,) if isinstance(kind, str) else tuple(kind) for name, kind in kinds.items()}


@cache
def measure_units() -> Mapping[str, str]:
    """The units of measures whose model doesn't show it: days, money, times or truth.

    >>> measure_units()["time_to_value"]
    'days'
    """
    measures = _read("en")["measures"].items()
    return {name: measure["unit"] for name, measure in measures if "unit" in measure}


def _read(language: str) -> Any:
    path = files("salus") / "packs" / "words" / f"{language}.yaml"
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _measure_texts(words: Any, key: str) -> dict[str, Any]:
    """What some measures have under a key."""
    return {name: each[key] for name, each in words["measures"].items() if key in each}


@cache
def load_labels(language: str) -> Labels:
    """The labels of a language. Empty if the packs have no words in it.

    >>> load_labels("de").names["days_beyond_terms"], load_labels("en").tells["open_tickets"], load_labels("fr").names
    ('Zahlungsverzug', 'Tickets that wait for a solution.', {})
    """
    path = files("salus") / "packs" / "words" / f"{language}.yaml"
    if not (language.isalpha() and path.is_file()):
        return Labels({}, {}, {}, {}, {})
    words = _read(language)
    sections = ("entities", "bands", "dimensions", "caps", "attributes", "outcomes")
    names = {name: label for section in sections for name, label in words[section].items()}
    names |= {name: measure["label"] for name, measure in words["measures"].items()}
    return Labels(
        {name: label for name, label in names.items() if name not in OWN},
        {name: measure["tells"] for name, measure in words["measures"].items()},
        _measure_texts(words, "step"),
        _measure_texts(words, "words"),
        words["outcome_forms"],
    )
