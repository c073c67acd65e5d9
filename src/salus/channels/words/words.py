"""The texts, numbers and dates of a language, with the labels of one model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from salus.channels.words.danish.language import DANISH
from salus.channels.words.english.language import ENGLISH
from salus.channels.words.format import FIXED, Format
from salus.channels.words.german.language import GERMAN
from salus.channels.words.writer import sentence
from salus.errors import UsageError
from salus.finding import Finding

FORMATS = {form.language: form for form in (ENGLISH, GERMAN, DANISH)}
LANGUAGES = tuple(FORMATS)
NOTHING = "–"
FORMS = ("noun", "verb", "with", "pair", "those")  # of an outcome in a sentence


@dataclass(frozen=True, kw_only=True)
class Words:
    """The texts of one language, and `labels` for the names of one model. A name without a label is
    shown as it is spelt.
    """

    format: Format
    labels: Mapping[str, str]
    entity: str = "entity"  # the model's own word for what is scored
    tells: Mapping[str, str] = field(default_factory=dict)  # measure -> a sentence that explains it
    value_column: str = ""  # the column of an entity's value in money
    units: Mapping[str, str] = field(default_factory=dict)  # measure -> the unit the packs give
    currency: str = ""  # of the entity's value; empty if the model names none
    steps: Mapping[str, str] = field(default_factory=dict)  # measure -> what makes it good
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # measure -> its words
    outcomes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # outcome -> its forms

    @property
    def language(self) -> str:
        return self.format.language

    def has(self, key: str) -> bool:
        """Whether the language has a text of this key."""
        return key in self.format.texts

    def text(self, key: str, **values: object) -> str:
        """The text of a key, with its places filled. The words for the entity and its value need no
        parameter.
        """
        return self.format.texts[key].format(**self.entity_words(), **self.amount_words(), **values)

    def finding(self, finding: Finding, cut: Callable[[str], str] = str) -> str:
        """The sentence of a finding. `cut` may shorten the names in it. Raises KeyError if the code
        has no sentence or a parameter is missing.
        """
        return sentence(finding, self, finding.code, cut)

    def paragraph(self, findings: Iterable[Finding], cut: Callable[[str], str] = str) -> str:
        """The sentences of several findings."""
        return " ".join(self.finding(finding, cut) for finding in findings)

    def fix(self, finding: Finding, cut: Callable[[str], str] = str) -> str:
        """The advice for a finding."""
        return sentence(finding, self, f"{finding.code}.fix", cut)

    def counted(self, key: str, number: int, **values: object) -> str:
        """The text in the singular or plural. `{n}` is the number as it is written."""
        return self.text(
            f"{key}.one" if number == 1 else f"{key}.many", n=self.number(number), **values
        )

    def label(self, name: str) -> str:
        """The label of a measure, dimension, band, source or cap."""
        label = self.labels.get(name) or self.format.labels.get(name)
        return label or capitalize(name.replace("_", " "))

    def label_within(self, name: str) -> str:
        """The label of a name in the middle of a sentence: in English and Danish with a small first
        letter, unless another capital follows, as in NPS.
        """
        label = self.label(name)
        if self.format.capital_nouns or not label[1:].islower():
            return label
        return label[:1].lower() + label[1:]

    def plural(self, name: str) -> str:
        """The plural of a name: the label of its English plural, or the rule of the language."""
        singular = self.labels.get(name, name.replace("_", " "))
        return self.labels.get(ENGLISH.plural(name)) or self.format.plural(singular)

    def number(self, value: float | None, digits: int | None = None, *, sign: bool = False) -> str:
        """A number with `digits` decimals. Without `digits`, its size decides how many it has."""
        if value is None:
            return NOTHING
        if digits is not None:
            return self.format.number(value, digits, sign=sign)
        return self.format.number(value, fitting_digits(value), sign=sign)

    def percent(self, share: float | None, digits: int | None = None) -> str:
        """A share from 0 to 1 as a percentage."""
        if share is None:
            return NOTHING
        places = digits if digits is not None else (0 if abs(share) >= 0.0995 or share == 0 else 1)
        return self.format.number(share * 100, places) + self.format.percent

    def money(self, amount: float | None, currency: str | None) -> str:
        """An amount for a sentence. From a million on it has three figures and a word."""
        if amount is None:
            return NOTHING
        unit, word = self.money_unit(amount)
        scaled = amount / unit
        digits = 0 if unit == 1 or abs(scaled) >= 99.95 else 1 if abs(scaled) >= 9.995 else 2
        parts = [self.format.number(scaled, digits), word, currency or ""]
        return FIXED.join(part for part in parts if part)

    def money_unit(self, amount: float) -> tuple[float, str]:
        """The unit of an amount and the word for it: 1 and no word below a million."""
        units = ((1e9, self.format.billion), (1e6, self.format.million))
        return next(
            ((unit, word) for unit, word in units if abs(amount) >= 0.9995 * unit), (1.0, "")
        )

    def date(self, day: dt.date | None) -> str:
        """A date for a table."""
        return NOTHING if day is None else self.format.date(day, self.format.short)

    def long_date(self, day: dt.date) -> str:
        """A date for a sentence."""
        return self.format.date(day, self.format.long)

    def month(self, day: dt.date) -> str:
        """Month and year for an axis."""
        return self.format.date(day, self.format.month)

    def days(self, number: float, *, working: bool = False) -> str:
        """A time span, such as "12 days" or "12 working days"."""
        digits = fitting_digits(number)
        name = "workdays" if working else "days"
        key = f"{name}.one" if round(number, digits) == 1 else f"{name}.many"
        return self.text(key, n=self.number(number, digits))

    def quoted(self, text: str) -> str:
        """The text in the quotes of the language."""
        return self.text("quoted", text=text)

    def within(self, number: int) -> str:
        """The time in which an outcome counts, with a space before it: " within 90 days"."""
        return self.counted("within", number)

    def listed(self, names: Sequence[str]) -> str:
        """A list of names, with the language's `and` before the last."""
        if len(names) < 2:
            return "".join(names)
        return ", ".join(names[:-1]) + self.text("reason.and") + names[-1]

    def entity_words(self) -> dict[str, str]:
        """The words for an entity: singular and plural, with a small and a capital first letter, and
        the dative of the plural.
        """
        singular = self.labels.get(self.entity, self.entity.replace("_", " "))
        plural = self.plural(self.entity)
        return {
            "entity": singular,
            "entities": plural,
            "Entity": capitalize(singular),
            "Entities": capitalize(plural),
            "Entities_dative": capitalize(self.format.dative(plural)),
        }

    def outcome_words(self, name: str, cut: Callable[[str], str] = str) -> dict[str, str]:
        """The label of an outcome, and its forms for a sentence: the outcomes of the packs have a
        noun and a verb, such as `churn` and `that churned`; another name stands in quotes.
        """
        values = {
            **self.entity_words(),
            "outcome": cut(self.labels.get(name) or name.replace("_", " ")),
        }
        forms = self.outcomes.get(name, {})
        texts = {form: forms.get(form, self.format.texts[f"outcome.{form}"]) for form in FORMS}
        written = {f"outcome_{form}": text.format(**values) for form, text in texts.items()}
        return {"outcome": values["outcome"], **written}

    def amount_words(self) -> dict[str, str]:
        """The word for an entity's value in money, also with a capital letter."""
        words = self.format.amounts
        amount = self.labels.get(self.value_column) or words.get(self.value_column, words[""])
        keep = self.format.capital_nouns or not amount[1:].islower()  # as in ARR
        small = amount if keep else amount[:1].lower() + amount[1:]
        return {"amount": small, "Amount": capitalize(amount)}


def load_words(
    language: str = "en",
    labels: Mapping[str, str] | None = None,
    entity: str = "entity",
    tells: Mapping[str, str] | None = None,
    value_column: str = "",
    units: Mapping[str, str] | None = None,
) -> Words:
    """The words of a language with the `labels` of a model, and the sentence that each measure
    `tells` and its unit. Raises UsageError if the language isn't supported.
    """
    if language not in FORMATS:
        raise UsageError(
            f"the language '{language}' isn't supported",
            f"choose one of {', '.join(LANGUAGES)}",
        )
    return Words(
        format=FORMATS[language],
        labels=labels or {},
        entity=entity,
        tells=tells or {},
        value_column=value_column,
        units=units or {},
    )


def capitalize(text: str) -> str:
    """The text with a capital first letter.

    >>> capitalize("nps of EMEA")
    'Nps of EMEA'
    """
    return text[:1].upper() + text[1:]


def fitting_digits(value: float) -> int:
    """The number of decimals: three figures in all at most, no decimals for whole numbers.

    >>> [fitting_digits(x) for x in (1234.5, 43.26, 0.437, 5.0)]
    [0, 1, 2, 0]
    """
    size = abs(value)
    if size >= 99.95:
        return 0
    most = 1 if size >= 9.995 else 2
    return next(
        (
            digits
            for digits in range(most)
            if abs(round(value, digits) - value) < 0.5 * 10 ** -(most + 1)
        ),
        most,
    )
