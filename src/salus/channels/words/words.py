"""A language with the labels of one model: every text that a channel writes comes from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from salus.channels.words.danish import DANISH
from salus.channels.words.english import ENGLISH
from salus.channels.words.format import FIXED, Format
from salus.channels.words.german import GERMAN
from salus.channels.words.writer import sentence
from salus.errors import UsageError
from salus.finding import Finding

FORMATS = {one.language: one for one in (ENGLISH, GERMAN, DANISH)}
LANGUAGES = tuple(FORMATS)
NOTHING = "–"


@dataclass(frozen=True)
class Words:
    """Texts of one language, and `labels` for the names of one model; a name without a label reads
    as it is written.
    """

    format: Format
    labels: Mapping[str, str]
    entity: str = "entity"  # the model's own word for what is scored
    tells: Mapping[str, str] = field(
        default_factory=dict
    )  # measure -> what it tells, in a sentence

    @property
    def language(self) -> str:
        return self.format.language

    def text(self, key: str, **values: object) -> str:
        """A text by its key, with its places filled. The words for the entity are always at
        hand.
        """
        return self.format.texts[key].format(**self.entity_words(), **values)

    def finding(self, finding: Finding, cut: Callable[[str], str] = str) -> str:
        """The sentence of a finding; `cut` may shorten names in it. A KeyError for a code without
        words, or a parameter that is missing.
        """
        return sentence(finding, self, finding.code, cut)

    def paragraph(self, findings: Iterable[Finding], cut: Callable[[str], str] = str) -> str:
        """The sentences of several findings."""
        return " ".join(self.finding(finding, cut) for finding in findings)

    def fix(self, finding: Finding, cut: Callable[[str], str] = str) -> str:
        """What to do about a finding."""
        return sentence(finding, self, f"{finding.code}.fix", cut)

    def counted(self, key: str, number: int, **values: object) -> str:
        """The text for one or for many; `{n}` is the number as written."""
        return self.text(
            f"{key}.one" if number == 1 else f"{key}.many", n=self.number(number), **values
        )

    def label(self, name: str) -> str:
        """The label of a measure, dimension, band, source or cap."""
        found = self.labels.get(name) or self.format.labels.get(name)
        return found or capitalize(name.replace("_", " "))

    def many(self, name: str) -> str:
        """Several of a thing: the label of its English plural, else by the language's rule."""
        plural = ENGLISH.many(name)
        return self.labels.get(plural) or self.format.many(
            self.labels.get(name, name.replace("_", " "))
        )

    def number(self, value: float | None, digits: int | None = None, *, sign: bool = False) -> str:
        """A number; without `digits` as many decimals as its size deserves."""
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
        """An amount for a sentence: three figures and a word from a million on."""
        if amount is None:
            return NOTHING
        size, word = self.size(amount)
        scaled = amount / size
        digits = 0 if size == 1 or abs(scaled) >= 99.95 else 1 if abs(scaled) >= 9.995 else 2
        parts = [self.format.number(scaled, digits), word, currency or ""]
        return FIXED.join(part for part in parts if part)

    def size(self, amount: float) -> tuple[float, str]:
        """In what such an amount is told, and the word for it: 1 and no word below a million."""
        several = ((1e9, self.format.billion), (1e6, self.format.million))
        return next(
            ((size, word) for size, word in several if abs(amount) >= 0.9995 * size), (1.0, "")
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

    def days(self, number: float) -> str:
        """A span: 1 day, 12 days."""
        digits = fitting_digits(number)
        key = "days.one" if round(number, digits) == 1 else "days.many"
        return self.text(key, n=self.number(number, digits))

    def within(self, number: int) -> str:
        """The time in which an outcome counts, with a blank before it: " within 90 days"."""
        return self.counted("within", number)

    def listed(self, names: Sequence[str]) -> str:
        """Names one after the other, with the language's `and` before the last."""
        if len(names) < 2:
            return "".join(names)
        return ", ".join(names[:-1]) + self.text("reason.and") + names[-1]

    def entity_words(self) -> dict[str, str]:
        """One entity and many, also with a capital."""
        one, many = (
            self.labels.get(self.entity, self.entity.replace("_", " ")),
            self.many(self.entity),
        )
        return {
            "entity": one,
            "entities": many,
            "Entity": capitalize(one),
            "Entities": capitalize(many),
        }


def load_words(
    language: str = "en",
    labels: Mapping[str, str] | None = None,
    entity: str = "entity",
    tells: Mapping[str, str] | None = None,
) -> Words:
    """The words of a language; `labels` are a model's own, and so is what each measure `tells`."""
    if language not in FORMATS:
        raise UsageError(
            f"there are no words for the language '{language}'",
            f"choose one of {', '.join(LANGUAGES)}",
        )
    return Words(FORMATS[language], labels or {}, entity, tells or {})


def capitalize(text: str) -> str:
    """The first letter large, the rest as it is.

    >>> capitalize("nps of EMEA")
    'Nps of EMEA'
    """
    return text[:1].upper() + text[1:]


def fitting_digits(value: float) -> int:
    """How many decimals a number deserves: three figures at most, none for whole numbers.

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
