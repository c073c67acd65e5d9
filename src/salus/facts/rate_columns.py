"""The columns of exchange rates, by their usual names where the model doesn't name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from salus.model.contracts import RateTable

_WORDS = {
    "date": "date, day, month, rate date, valid from, from date, datum, tag, stichtag, gültig ab, dato, dag, gyldig fra",
    "currency": (
        "currency, currency code, currency iso code, iso code, code, quote currency, to currency, währung,"
        " waehrung, zielwährung, valuta, valutakode"
    ),
    "rate": "rate, exchange rate, fx rate, conversion rate, kurs, wechselkurs, umrechnungskurs, valutakurs",
}


def _spellings(words: str) -> tuple[str, ...]:
    """A name as systems write it: `valid from`, `Valid From`, `valid_from`, `ValidFrom` …"""
    parts = words.split()
    titles = [part.title() for part in parts]
    return (
        " ".join(parts),
        "_".join(parts),
        " ".join(titles),
        " ".join([titles[0], *parts[1:]]),
        "".join(titles),
        "".join([parts[0], *titles[1:]]),
        " ".join(parts).upper(),
        "_".join(parts).upper(),
    )


#: The usual names of each column, as written in tables.
USUAL_NAMES = {
    key: tuple(dict.fromkeys(name for word in words.split(", ") for name in _spellings(word)))
    for key, words in _WORDS.items()
}


@dataclass(frozen=True)
class MissingRateColumn:
    """A column of the exchange rates that can't be found: `date`, `currency` or `rate`."""

    key: str
    table: str
    candidates: tuple[str, ...]  # columns with a usual name, if there are several

    def __str__(self) -> str:
        if self.candidates:
            names = " and ".join(f"`{name}`" for name in self.candidates)
            return (
                f"table `{self.table}` has several columns for the {self.key} of the rates: {names}"
            )
        return (
            f"table `{self.table}` has no column with a usual name for the {self.key} of the rates"
        )

    @property
    def fix(self) -> str:
        """The next step."""
        return f"name the column under rates: {{{self.key}: …}}"


def find_rate_columns(
    rates: RateTable, names: Iterable[str]
) -> tuple[RateTable, tuple[MissingRateColumn, ...]]:
    """The rates with the names of all their columns, and those that can't be found. `names` are the
    columns of the table.
    """
    names, missing = tuple(names), []
    for key, usual in USUAL_NAMES.items():
        if getattr(rates, key) is None:
            candidates = tuple(name for name in names if name in usual)
            if len(candidates) == 1:
                rates = replace(rates, **{key: candidates[0]})
            else:
                missing.append(MissingRateColumn(key, rates.table, candidates))
    return rates, tuple(missing)
