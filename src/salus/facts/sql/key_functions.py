"""The functions of keys as SQL: the steps of `model/key_functions`, with the same tables.

`translate` and `replace` compare code points on every engine, so that no collation matters. Regular
expressions use only what all engines read in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlglot import exp

from salus.facts.sql.dialect import SQL, Dialect, call, text
from salus.model.key_functions import company, domain
from salus.model.key_functions.free_mail import FREE_MAIL
from salus.model.key_functions.letters import BARE, BLANKS, PAIRS, SMALL, WRITTEN_APART


def write_functions(value: SQL, functions: Iterable[str], dialect: Dialect) -> SQL:
    """The text after the functions, the innermost first; null if nothing is left of it."""
    for function in functions:
        name, _, length = function.partition(" ")
        match name:
            case "trim":
                value = _trim(value, BLANKS)
            case "lower":
                value = _translate(value, SMALL)
            case "left":
                value = _left(value, int(length))
            case "digits":
                value = _trim(dialect.without(value, "[^0-9]"), "0", "LEADING")
            case "domain":
                value = _domain(value, dialect)
            case "company":
                value = _company(value, dialect)
            case _:
                raise ValueError(function)
    return call("nullif", value, text(""))


def _trim(value: SQL, signs: str, position: str = "BOTH") -> SQL:
    return exp.Trim(this=value, expression=text(signs), position=position)


def _left(value: SQL, length: int) -> SQL:
    return call("left", value, exp.Literal.number(length))


def _translate(value: SQL, table: Mapping[str, str], dropped: str = "") -> SQL:
    """Single signs for single signs; those in `dropped` are left out."""
    return call("translate", value, text("".join(table) + dropped), text("".join(table.values())))


def _company(value: SQL, dialect: Dialect) -> SQL:
    blanks = dict.fromkeys(company.SEPARATORS, " ")
    value = _translate(_left(value, company.LONGEST), {**BARE, **blanks})
    for letters in (WRITTEN_APART, PAIRS):
        for pair, both in letters.items():
            value = call("replace", value, text(pair), text(both))
    value = _translate(value, {"<": "<"}, company.DROPPED)
    for before, after in ((" ", "<>"), ("><", ""), ("<>", " ")):
        value = call("replace", value, text(before), text(after))
    value = _trim(value, " ")
    for pattern in (company.AT_END, company.AT_START):
        value = dialect.without(value, pattern)
    return value


def _domain(value: SQL, dialect: Dialect) -> SQL:
    blanks = dict.fromkeys(BLANKS, " ")
    host = _translate(_left(value, domain.LONGEST), {**SMALL, **blanks})
    for pattern in domain.STEPS:
        host = dialect.without(host, pattern)
    company_host = exp.and_(
        dialect.fits(host, domain.HOST),
        exp.not_(exp.In(this=host.copy(), expressions=[text(each) for each in sorted(FREE_MAIL)])),
    )
    return exp.case().when(company_host, host.copy())
