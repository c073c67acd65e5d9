"""Translates the labels that `salus init` writes into the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from salus.channels.words import LANGUAGES, load_words
from salus.channels.words.pack_labels import load_labels

_PLACE = re.compile(r"(.*?)( \([^()]*\))?", re.DOTALL)  # a label, and the table that it is about
_NUMBER = re.compile(r"\d+")
_SPANS = ("year", "half_year", "days")


def translate_label(label: str, language: str) -> str:
    """The label in another language, if Salus wrote it; a label of somebody else stays.

    >>> translate_label("Veränderung der Nutzung in 28 Tagen", "en"), translate_label("Own", "de")
    ('Change in use over 28 days', 'Own')
    >>> translate_label("Days since last use (Amplitude)", "da")
    'Dage siden seneste brug (Amplitude)'
    """
    if label in _translations():
        return _translations()[label][language]
    match = _PLACE.fullmatch(label)
    assert match is not None  # everything matches
    text, place = match[1], match[2] or ""
    number = _NUMBER.search(text)
    plain = _NUMBER.sub("{n}", text, count=1)
    known = _translations().get(plain)
    if known is None:
        return label
    return known[language].replace("{n}", number[0] if number else "") + place


@cache
def _translations() -> Mapping[str, Mapping[str, str]]:
    """Each label that Salus writes, in all languages, by the label in each. `{n}` is a number. A
    label that could mean several things isn't there.
    """
    by_text: dict[str, dict[str, str]] = {}
    ambiguous = set()
    for labels in (*_labels_of_packs(), *_labels_of_proposals()):
        for text in labels.values():
            if by_text.setdefault(text, labels) != labels:
                ambiguous.add(text)
    return {text: labels for text, labels in by_text.items() if text not in ambiguous}


def _labels_of_packs() -> Iterator[dict[str, str]]:
    languages = {language: load_labels(language).names for language in LANGUAGES}
    for name in languages[LANGUAGES[0]]:
        if all(name in names for names in languages.values()):
            yield {language: names[name] for language, names in languages.items()}


def _labels_of_proposals() -> Iterator[dict[str, str]]:
    languages = {language: load_words(language) for language in LANGUAGES}
    for key in languages[LANGUAGES[0]].format.texts:
        if not key.startswith("label.") or key.startswith("label.span."):
            continue
        for span in _SPANS:
            yield {
                language: words.text(key, span=words.text(f"label.span.{span}", n="{n}"))
                for language, words in languages.items()
            }
