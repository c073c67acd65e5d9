"""The words of the packs: name → label, and what each measure tells, in English, German and Danish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from salus.channels.words import Words, words
from salus.model.model import Model

OWN = ("at_risk", "unknown")                 # the channels have whole sentences for these


@dataclass(frozen=True)
class Labels:
    """`names` are labels of entities, bands, dimensions and measures; `tells` one sentence for each measure."""

    names: Mapping[str, str]
    tells: Mapping[str, str]


@cache
def labels(language: str) -> Labels:
    """The words of a language; none for a language that isn't there.

    >>> labels("de").names["days_beyond_terms"], labels("en").tells["open_tickets"], labels("fr").names
    ('Zahlungsverzug', 'Tickets that wait for a solution.', {})
    """
    path = files("salus") / "packs" / "words" / f"{language}.yaml"
    if not (language.isalpha() and path.is_file()):
        return Labels({}, {})
    told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    names = {**told["entities"], **told["bands"], **told["dimensions"]}
    names |= {name: one["label"] for name, one in told["measures"].items()}
    return Labels({name: label for name, label in names.items() if name not in OWN},
                  {name: one["tells"] for name, one in told["measures"].items()})


def spoken_by(model: Model, language: str) -> Words:
    """The words in which a model's findings are told."""
    told = labels(language)
    return words(language, told.names, model.entity.name, told.tells)
