"""The functions of keys as SQL: the steps of `model/key_functions`, with the same tables.

`translate` and `replace` compare code points on every engine, so that no collation matters. Regular
expressions use only what all engines read in the same way. A long table of letters is slow, so most
texts, those of ASCII signs and of western letters, use a short part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from salus.facts.sql.dialect import SQL, Dialect, call, text
from salus.model.key_functions import company, domain
from salus.model.key_functions.free_mail import FREE_MAIL
from salus.model.key_functions.letters import BARE, BLANKS, PAIRS, SMALL, WRITTEN_APART

LAST_ASCII, LAST_WESTERN, LAST = "\x7f", "\u017f", "\U0010ffff"
_WITH_LETTERS = ("lower", "host", "domain", "company")


def write_functions(value: SQL, functions: Iterable[str], dialect: Dialect) -> SQL:
    """The text after the functions, the innermost first; null if nothing is left of it."""
    names = tuple(functions)
    return finish_steps(write_steps(value, names, dialect), names, dialect)


def finish_steps(value: SQL, functions: Sequence[str], dialect: Dialect) -> SQL:
    """The result of `write_steps`, null if nothing is left. It reads the value several times, so this
    should be a column of a subquery: engines compute an expression each time it is read.
    """
    if functions[-1] == "domain":
        return _company_host(value, dialect)
    return call("nullif", value, text(""))


def write_steps(value: SQL, functions: Sequence[str], dialect: Dialect) -> SQL:
    """All steps of the functions but the last look at the result."""
    names = (*functions[:-1], "host" if functions[-1] == "domain" else functions[-1])
    whole = _Written(dialect, LAST).apply(value, names)
    if not any(name in _WITH_LETTERS for name in names):
        return whole
    ascii_only, western = (
        _Written(dialect, last).apply(value.copy(), names) for last in (LAST_ASCII, LAST_WESTERN)
    )
    is_western = exp.not_(dialect.fits(value.copy(), f"[{chr(ord(LAST_WESTERN) + 1)}-{LAST}]"))
    written = exp.case().when(dialect.is_ascii(value.copy()), ascii_only, copy=False)
    return written.when(is_western, western, copy=False).else_(whole, copy=False)


@dataclass(frozen=True)
class _Written:
    """Functions over texts whose signs are not after `last`."""

    dialect: Dialect
    last: str

    def apply(self, value: SQL, functions: Iterable[str]) -> SQL:
        for function in functions:
            name, _, length = function.partition(" ")
            match name:
                case "trim" | "each":  # the cell is split before
                    value = _trim(value, self._signs(BLANKS))
                case "lower":
                    value = self._translate(value, SMALL)
                case "left":
                    value = _left(value, int(length))
                case "digits":
                    value = _trim(self.dialect.without(value, "[^0-9]"), "0", "LEADING")
                case "host":
                    value = self._host(value)
                case "domain":
                    value = _company_host(self._host(value), self.dialect)
                case "company":
                    value = self._company(value)
                case _:
                    raise ValueError(function)
        return value

    def _signs(self, signs: str) -> str:
        return "".join(sign for sign in signs if sign <= self.last)

    def _translate(self, value: SQL, table: Mapping[str, str], dropped: str = "") -> SQL:
        """Single signs for single signs; those in `dropped` are left out."""
        read = self._signs("".join(table))
        written = "".join(table[sign] for sign in read)
        return call("translate", value, text(read + self._signs(dropped)), text(written))

    def _company(self, value: SQL) -> SQL:
        blanks = dict.fromkeys(company.SEPARATORS, " ")
        value = self._translate(_left(value, company.LONGEST), {**BARE, **blanks})
        for letters in (WRITTEN_APART, PAIRS):
            for pair, both in letters.items():
                if max(pair) <= self.last:
                    value = call("replace", value, text(pair), text(both))
        value = self._translate(value, {"<": "<"}, company.DROPPED)
        for before, after in ((" ", "<>"), ("><", ""), ("<>", " ")):
            value = call("replace", value, text(before), text(after))
        value = _trim(value, " ")
        for pattern in (company.AT_END, company.AT_START):
            value = self.dialect.without(value, pattern)
        return value

    def _host(self, value: SQL) -> SQL:
        blanks = dict.fromkeys(BLANKS, " ")
        host = self._translate(_left(value, domain.LONGEST), {**SMALL, **blanks})
        for pattern in domain.STEPS:
            host = self.dialect.without(host, pattern)
        return host


def _company_host(host: SQL, dialect: Dialect) -> SQL:
    """A host if it is one, and not that of a free mail provider."""
    free = [text(each) for each in sorted(FREE_MAIL)]
    company_host = exp.and_(
        dialect.fits(host, domain.HOST),
        exp.not_(exp.In(this=host.copy(), expressions=free)),
    )
    return exp.case().when(company_host, host.copy())


def _trim(value: SQL, signs: str, position: str = "BOTH") -> SQL:
    return exp.Trim(this=value, expression=text(signs), position=position)


def _left(value: SQL, length: int) -> SQL:
    return call("left", value, exp.Literal.number(length))
