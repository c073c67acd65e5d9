"""The words of a language with the labels for the names of one model."""

from __future__ import annotations

from dataclasses import replace

from salus.channels.words import Words, load_words
from salus.channels.words.pack_labels import load_labels, measure_kinds, measure_units
from salus.channels.words.translation import translate_label
from salus.model.model import Model

MONTH = 28  # days of the packs' windows


def own_labels(model: Model, language: str) -> dict[str, str]:
    """The labels that the model itself gives its measures. Those that Salus wrote are in the
    language of the reader, whatever the language in which they were written.
    """
    return {
        measure.name: translate_label(measure.label, language)
        for measure in model.everything
        if measure.label
    }


def words_for(model: Model, language: str) -> Words:
    """The words of a language with the labels for a model's names."""
    labels = load_labels(language)
    own = {measure.name: measure for measure in model.everything}
    tells = {
        name: sentence.replace("{days}", str(own[name].within or MONTH))
        for name, sentence in labels.tells.items()
        if name in own and own[name].kind in measure_kinds().get(name, ())
    }
    entity = model.entity
    units = {
        name: unit
        for name, unit in measure_units().items()
        if name in tells and not (unit == "money" and own[name].per)
    }
    names = {**labels.names, **own_labels(model, language)}
    words = load_words(language, names, entity.name, tells, entity.value or "", units)
    return replace(
        words,
        currency=entity.currency or "",
        steps={name: step for name, step in labels.steps.items() if name in tells},
        values={name: values for name, values in labels.values.items() if name in tells},
        outcomes=labels.outcomes,
    )
