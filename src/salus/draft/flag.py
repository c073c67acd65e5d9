"""Finds the column of a table of customers that says who left, and which of its values says so.

The meaning of header and values decides, never how often a value occurs: most customers of a list
may have left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from salus.draft.dictionary import Role
from salus.draft.headers import fold
from salus.draft.lines import Body
from salus.draft.profile import ColumnProfile, TableProfile

_LEFT_HEADERS = """left, has left, is left, left company, customer left, lost, is lost, lost customer, exited, has exited, cancelled,
    canceled, is cancelled, is canceled, has cancelled, terminated, is terminated, closed account, former customer, ex customer,
    inactive, is inactive, verloren, ausgetreten, ausgeschieden, beendet, storniert, ehemaliger kunde, ehemalig, inaktiv, kunde verloren,
    ophørt, er ophørt, tabt, tabt kunde, udmeldt, forladt, inaktiv kunde"""
_STAYED_HEADERS = """retained, is retained, stayed, has stayed, renewed, has renewed, still customer, is customer, current customer,
    active customer, aktiver kunde, noch kunde, ist kunde, geblieben, verlängert, aktiv kunde, stadig kunde, forlænget"""
_STATUS_HEADERS = """status, state, customer status, account status, subscription status, contract status, kundenstatus, kontostatus,
    vertragsstatus, abostatus, zustand, kundestatus, kontostatus, abonnementsstatus, kontraktstatus, tilstand"""
_LEFT_WORDS = """churn, churned, left, has left, lost, lost customer, exited, cancelled, canceled, attrited, attrited customer, attrition,
    terminated, former, former customer, ex customer, gekündigt, kündigung, hat gekündigt, abgewandert, verloren, ausgetreten,
    ausgeschieden, ehemalig, ehemaliger kunde, opsagt, opsagt kunde, ophørt, frafaldet, tabt, udmeldt"""
_STAYED_WORDS = """stayed, stays, active, existing, existing customer, current, current customer, customer, retained, renewed, not churned,
    no churn, aktiv, bestandskunde, kunde, geblieben, verlängert, ungekündigt, nicht gekündigt, bestehend, joined, new,
    neu, neukunde, ny, ny kunde, aktiv kunde, eksisterende, eksisterende kunde, nuværende kunde, ikke opsagt, live, trial"""
_YES = "yes, y, ja, j, true, wahr, sand, 1, x, t"
_NO = "no, n, nein, nej, false, falsch, falsk, 0, f"


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split(","))


LEFT_HEADERS, STAYED_HEADERS, STATUS_HEADERS = map(
    _set, (_LEFT_HEADERS, _STAYED_HEADERS, _STATUS_HEADERS)
)
LEFT, STAYED, YES, NO = map(_set, (_LEFT_WORDS, _STAYED_WORDS, _YES, _NO))
Meaning = Literal["left", "stayed", "status"]
DATES: tuple[Role, ...] = (
    "started",
    "ended",
    "contract_end",
    "opened",
)  # a customer can have these


@dataclass(frozen=True)
class Flag:
    """A column that says who left. `left` has its values that say so; none if that isn't known."""

    column: str
    left: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def outcome(self) -> Body:
        """The outcome in the model."""
        return {"flag": self.column, "is": self.left[0] if len(self.left) == 1 else list(self.left)}

    @property
    def question(self) -> str:
        """The note for a flag whose values aren't understood."""
        values = ", ".join(f"'{value}'" for value in self.values)
        return (
            f"`{self.column}` seems to say who left, but not which of its values {values} means"
            f" that; write it as an outcome: churned: {{flag: {self.column}, is: VALUE}}"
        )


def find_flag(table: TableProfile, key: str | None) -> Flag | None:
    """The flag of a table with one row per customer; None if no column is one.

    A flag whose values are understood comes before others, and a header that names leaving before a
    status.
    """
    flags = [
        (not flag.left, rank, flag.column, flag)
        for column in table.columns
        if column.name != key
        for rank, flag in _read(column)
    ]
    return min(flags, key=lambda flag: flag[:3])[3] if flags else None


def lists_customers(table: TableProfile) -> bool:
    """Whether a table has a flag that is understood, and no dates but those of a customer's life."""
    flag = find_flag(table, None)
    return (
        flag is not None
        and bool(flag.left)
        and all(column.has_role(*DATES) for column in table.times)
    )


def _read(column: ColumnProfile) -> Iterable[tuple[int, Flag]]:
    """The flag that a column is, with its rank: 0 for headers of leaving, 1 of staying, 2 of a status."""
    meaning = header_meaning(column)
    values = _values(column)
    if meaning is None or values is None:
        return
    left = values_of_left(meaning, values)
    if left or (meaning == "left" and len(values) == 2):
        yield ("left", "stayed", "status").index(meaning), Flag(column.name, left, values)


def header_meaning(column: ColumnProfile) -> Meaning | None:
    """What a header says: who left, who stayed, or the state of a customer."""
    header = fold(column.name)
    if column.may_have_role("label_of_outcome") or header in LEFT_HEADERS:
        return "left"
    if header in STAYED_HEADERS:
        return "stayed"
    return "status" if header in STATUS_HEADERS else None


def _values(column: ColumnProfile) -> tuple[str, ...] | None:
    """The values of a column with two of them (a status: up to twelve); None for other columns."""
    if column.type in ("integer", "number"):
        binary = column.distinct == 2 and (column.minimum, column.maximum) in ((0, 1), (1, 2))
        low_high = (column.minimum, column.maximum)
        return tuple(f"{value:g}" for value in low_high) if binary else None
    if column.type not in ("text", "bool") or not 2 <= column.distinct <= 12:
        return None
    return tuple(sorted(column.frequent_values))


def values_of_left(meaning: Meaning, values: Iterable[str]) -> tuple[str, ...]:
    """The values that say that a customer left, where every value is understood; otherwise none.

    >>> values_of_left("left", ["No", "Yes"]), values_of_left("stayed", ["0", "1"])
    (('Yes',), ('0',))
    >>> values_of_left("left", ["Attrited Customer", "Existing Customer"])
    ('Attrited Customer',)
    >>> values_of_left("status", ["Churned", "Joined", "Stayed"]), values_of_left("status", ["No", "Yes"])
    (('Churned',), ())
    >>> values_of_left("left", ["1", "2"])
    ()
    """
    words = {value: fold(value) for value in values}
    if meaning != "status" and set(words.values()) <= YES | NO:
        wanted = YES if meaning == "left" else NO
        left = tuple(value for value, word in words.items() if word in wanted)
    elif set(words.values()) <= LEFT | STAYED:
        left = tuple(value for value, word in words.items() if word in LEFT)
    else:
        left = ()
    return left if 0 < len(left) < len(words) else ()
