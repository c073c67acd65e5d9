"""The words of the packs: name → label, and what each measure tells, in English, German and
Danish.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from salus.channels.words import Words, load_words
from salus.model.model import Model

OWN = ("at_risk", "unknown")  # the channels have whole sentences for these


@dataclass(frozen=True)
class Labels:
    """`names` are labels of entities, bands, dimensions and measures; `tells` one sentence for each
    measure of the packs.
    """

    names: Mapping[str, str]
    tells: Mapping[str, str]


@cache
def measure_kinds() -> Mapping[str, tuple[str, ...]]:
    """Of which kind the packs' measures are, by name: another measure of that name is described by
    nobody.

    >>> measure_kinds()["open_tickets"]
    ('count',)
    """
    told = _read("en")["measures"]
    return {
        name: tuple([one["kind"]] if isinstance(one["kind"], str) else one["kind"])
        for name, one in told.items()
    }


def _read(language: str) -> Any:
    path = files("salus") / "packs" / "words" / f"{language}.yaml"
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def load_labels(language: str) -> Labels:
    """The words of a language; none for a language that isn't there.

    >>> load_labels("de").names["days_beyond_terms"], load_labels("en").tells["open_tickets"], load_labels("fr").names
    ('Zahlungsverzug', 'Tickets that wait for a solution.', {})
    """
    path = files("salus") / "packs" / "words" / f"{language}.yaml"
    if not (language.isalpha() and path.is_file()):
        return Labels({}, {})
    told = _read(language)
    names = {**told["entities"], **told["bands"], **told["dimensions"]}
    names |= {name: one["label"] for name, one in told["measures"].items()}
    return Labels(
        {name: label for name, label in names.items() if name not in OWN},
        {name: one["tells"] for name, one in told["measures"].items()},
    )


def words_for(model: Model, language: str) -> Words:
    """The words in which a model's findings are told."""
    told = load_labels(language)
    own = {measure.name: measure.kind for measure in model.everything}
    tells = {
        name: sentence
        for name, sentence in told.tells.items()
        if own.get(name) in measure_kinds().get(name, ())
    }
    return load_words(language, told.names, model.entity.name, tells)
