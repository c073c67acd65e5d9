"""Fills the places of a finding's sentence. What follows the colon says how a value is written:

- `label` and `labels`: names of the model by their labels
- `name`: a name of the model within quotes, by its label or as it is spelt
- `within`: " within 90 days", nothing for None
- `date`: a date for a sentence; `days`: a span, such as "12 days"
- `share` and `share1`: a percentage, with one decimal
- `n`: a number with the decimals its size deserves; `0` to `4`: with so many decimals, `+2` with
  its sign
- nothing: text as it is
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from string import Formatter
from typing import TYPE_CHECKING, cast

from salus.finding import Finding, Parameter

if TYPE_CHECKING:
    from salus.channels.words.words import Words

NAMED = 5  # names in a sentence


class Writer(Formatter):
    """The places of sentences in one language. `cut` shortens each name."""

    def __init__(self, words: Words, cut: Callable[[str], str]) -> None:
        self.words, self.cut = words, cut

    def format_field(self, value: object, format_spec: str) -> str:
        """One place; a ValueError for a rule that isn't in the list above."""
        words = self.words
        if format_spec == "":
            return self.cut(str(value))
        if format_spec == "label":
            return self.cut(words.label(str(value)))
        if format_spec == "name":
            name = str(value)
            return self.cut(words.labels.get(name) or name.replace("_", " "))
        if format_spec == "labels":
            names = [self.cut(words.label(name)) for name in cast(tuple[str, ...], value)]
            return words.listed(names[:NAMED]) + (" …" if len(names) > NAMED else "")
        if format_spec == "date":
            return words.long_date(cast(dt.date, value))
        if format_spec == "within":
            return "" if value is None else words.within(cast(int, value))
        return self._number(float(cast(float, value)), format_spec)

    def _number(self, value: float, rule: str) -> str:
        if rule == "days":
            return self.words.days(value)
        if rule.startswith("share"):
            return self.words.percent(value, int(rule.removeprefix("share") or 0))
        if rule == "n":
            return self.words.number(value)
        return self.words.number(value, int(rule.lstrip("+")), sign=rule.startswith("+"))


def template(texts: dict[str, str], code: str, parameters: dict[str, Parameter]) -> str:
    """The sentence of a code; of one for one and one for many the parameter `number` decides."""
    if code in texts:
        return texts[code]
    return texts[f"{code}.{'one' if parameters.get('number') == 1 else 'many'}"]


def sentence(finding: Finding, words: Words, code: str, cut: Callable[[str], str]) -> str:
    """The sentence of a finding, by its own code or by one made of it."""
    parameters = dict(finding.parameters)
    text = template(dict(words.format.findings), code, parameters)
    return Writer(words, cut).vformat(text, (), {**words.entity_words(), **parameters})
