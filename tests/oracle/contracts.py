"""Who is a customer by contract, from sets of days.

On a day only contracts that begin by then are known, and an end only if its day and the day on which
it became known are both over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import conditions
from .facts import day, is_odd, key_text


class Contract(NamedTuple):
    """Days as ordinals."""

    begun: int
    ended: int | None
    decided: int | None = None


def read_contracts(settings: dict, tables: dict, zone) -> dict[str, list[Contract]]:
    """The contracts of each entity."""
    kept = conditions.parse(settings["where"]) if settings.get("where") else None
    result: dict[str, list[Contract]] = {}
    for row in tables[settings["table"]].rows:
        seen = {name: conditions.seen(value, zone) for name, value in row.items()}
        key, begun = key_text(row[settings["key"]]), row[settings["starts"]]
        if key is None or begun is None:
            continue
        if conditions.holds(kept, seen.get, lambda name, row=row: is_odd(row.get(name))):
            days = [
                None if not name or row[name] is None else day(row[name], zone)
                for name in (settings.get("ends"), settings.get("decided"))
            ]
            result.setdefault(key, []).append(Contract(day(begun, zone), *days))
    return result


def is_over(contract: Contract, at: int) -> bool:
    """Whether the contract has ended, as far as known on day `at`."""
    if contract.ended is None:
        return False
    known = contract.ended if contract.decided is None else contract.decided
    return contract.ended < at and known < at


def days_of(contract: Contract, at: int) -> set[int]:
    """The days on which it runs, as far as known on day `at`, up to the day after."""
    last = contract.ended if is_over(contract, at) and contract.ended is not None else at + 1
    return set(range(contract.begun + 1, last + 1))


def runs(
    contracts: list[Contract], gap: int, days: Callable[[Contract], set[int]]
) -> list[tuple[set[int], list[Contract]]]:
    """The days without long pauses between them, each with its contracts."""
    result: list[set[int]] = []
    before = 0
    for one in sorted(set().union(*map(days, contracts))):
        if result and one - before - 1 < gap:
            result[-1] |= set(range(before, one + 1))
        else:
            result.append({one})
        before = one
    return [
        (run, [each for each in contracts if days(each) and days(each) <= run]) for run in result
    ]


def is_customer(contracts: list[Contract], gap: int, at: int) -> bool:
    known = [contract for contract in contracts if contract.begun <= at]
    return any(at in run for run, _ in runs(known, gap, lambda each: days_of(each, at)))


FAR = 2000


def end_of(contract: Contract, at: int) -> int | None:
    """Its last day, as far as known on day `at`; an end ahead is known once it was decided."""
    if contract.decided is not None and contract.decided < at:
        return contract.ended
    return contract.ended if is_over(contract, at) else None


def ends(contracts: list[Contract], gap: int, at: int) -> list[tuple[int, int]]:
    """The ends that came or were decided before the day `at`: when each was decided, and when it
    came or will come.
    """
    known = [contract._replace(ended=end_of(contract, at)) for contract in contracts]
    result = []
    for run, own in runs(
        [each for each in known if each.begun <= at],
        gap,
        lambda each: set(range(each.begun + 1, (FAR if each.ended is None else each.ended) + 1)),
    ):
        last = max(run)
        if last < FAR:
            decided = [each.decided for each in own if each.ended == last]
            result.append((max(last if day is None else min(day, last) for day in decided), last))
    return result
