"""The English labels of a model's names, for a terminal."""

from __future__ import annotations

from functools import cache

from salus.channels.words import Words, load_words
from salus.channels.words.labels import own_labels, words_for
from salus.channels.words.pack_labels import load_labels
from salus.model.model import Model
from salus.sanitize import one_line, sanitize

LONG = 80  # characters


@cache
def _words() -> Words:
    return load_words("en", load_labels("en").names)


def format_label(name: str, model: Model | None = None) -> str:
    """The label of a measure, dimension, band, rule or segment. `model` may have a label of its own
    for a measure.

    >>> format_label("licence_utilisation"), format_label("at_risk"), format_label("own_measure")
    ('Licence use', 'At risk', 'Own measure')
    """
    own = own_labels(model, "en").get(name) if model is not None else None
    return sanitize(own or _words().label(name))


def format_long_label(name: str, model: Model) -> str:
    """The label in a text that wraps, or in a table with room for it: cut only after 80 characters."""
    label = one_line(own_labels(model, "en").get(name) or words_for(model, "en").label(name))
    return label if len(label) <= LONG else label[: LONG - 1] + "…"


def format_outcome(name: str) -> str:
    """An outcome as readers know it: the name of salus.yaml in words.

    >>> format_outcome("churned_or_reduced")
    'churned or reduced'
    """
    return sanitize(name.replace("_", " "))


def format_band_change(before: str, after: str) -> str:
    """The label of one band, or of two if the band changes.

    >>> format_band_change("watch", "healthy"), format_band_change("watch", "watch")
    ('Watch → Healthy', 'Watch')
    """
    if before == after:
        return format_label(after)
    return f"{format_label(before)} → {format_label(after)}"


def name_entity(key: str, label: str | None) -> str:
    """An entity by its key and its name, if it has one.

    >>> name_entity("A-17", "Nordwind GmbH"), name_entity("A-18", None)
    ('A-17 Nordwind GmbH', 'A-18')
    """
    return f"{sanitize(key)} {sanitize(label)}" if label else sanitize(key)
