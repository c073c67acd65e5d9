"""Fills the places of a finding's sentence. The rule after the colon formats the value:

- `label`: the label of a name of the model
- `labels`: the labels of several names, each in quotes
- `name`: the label of a name of the model, or the name as it is spelt; for use inside quotes
- `within`: " within 90 days", or nothing for None
- `date`: a date for a sentence
- `days`: a time span, such as "12 days"
- `share` and `share1`: a percentage without decimals, and with one
- `n`: a number whose size decides how many decimals it has
- `0` to `4`: a number with so many decimals; `+2`: also with its sign
- no rule: text as it is
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from string import Formatter
from typing import TYPE_CHECKING, cast

from salus.finding import Finding, Parameter

if TYPE_CHECKING:
    from salus.channels.words.words import Words

NAMED = 5  # at most so many names in one sentence


class Phrase(str):
    """Text that is shortened already."""

    __slots__ = ()


class Writer(Formatter):
    """Formats the values of sentences in one language. `cut` shortens each name."""

    def __init__(self, words: Words, cut: Callable[[str], str]) -> None:
        self.words, self.cut = words, cut

    def format_field(self, value: object, format_spec: str) -> str:
        """The text of one value. Raises ValueError for a rule that isn't in the list above."""
        words = self.words
        if isinstance(value, Phrase):
            return str(value)
        if format_spec == "":
            return self.cut(str(value))
        if format_spec == "label":
            return self.cut(words.label(str(value)))
        if format_spec == "name":
            name = str(value)
            return self.cut(words.labels.get(name) or name.replace("_", " "))
        if format_spec == "labels":
            given = cast(tuple[str, ...], value)
            names = [words.quoted(self.cut(words.label(name))) for name in given]
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
    """The sentence of a code. The parameter `number` chooses between singular and plural."""
    if code in texts:
        return texts[code]
    return texts[f"{code}.{'one' if parameters.get('number') == 1 else 'many'}"]


def sentence(finding: Finding, words: Words, code: str, cut: Callable[[str], str]) -> str:
    """The sentence of a finding, by its code or by a code with an ending such as `.fix`."""
    parameters = dict(finding.parameters)
    text = template(dict(words.format.findings), code, parameters)
    values = {**words.entity_words(), **parameters}
    if "outcome" in parameters:
        forms = words.outcome_words(str(parameters["outcome"]), cut)
        values |= {form: Phrase(text) for form, text in forms.items() if form != "outcome"}
    return Writer(words, cut).vformat(text, (), values)
