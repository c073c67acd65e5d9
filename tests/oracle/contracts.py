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
    amount: float | None = None  # per year
    currency: str = ""


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
            worth = yearly(settings, row, seen, zone) if "amount" in settings else (None, "")
            result.setdefault(key, []).append(Contract(day(begun, zone), *days, *worth))
    return result


WHOLE = ("JPY", "KRW", "ISK")


def yearly(settings: dict, row: dict, seen: dict, zone) -> tuple[float | None, str]:
    """The amount of a contract per year, and its currency."""
    named = str(settings.get("currency", ""))
    code = row.get(named) if named in row else named
    code = "" if code is None else code.strip().upper()
    words = {"month": 1, "year": 12}
    numbers = []
    for text in (settings["amount"], words.get(settings["per"], settings["per"])):
        evaluation = conditions.Evaluation(seen.get, lambda name: is_odd(row.get(name)))
        value = conditions.seen(evaluation.whole(conditions.parse(str(text))), zone)
        numbers.append(None if value is None else float(value))
    amount, months = numbers
    if amount is None or months is None or not months > 0:
        return None, code
    result = amount * 12 / months
    if settings.get("unit") == "cents":
        result /= 1 if code in WHOLE else 100
    return result, code


def read_rates(settings: dict, tables: dict, zone) -> list[tuple[int, str, float]]:
    """The day, currency and rate of each row that is a rate."""
    rates = settings.get("rates")
    if rates and rates.get("to"):
        return read_pairs(rates, tables[rates["table"]].rows, zone)
    if not rates:
        return []
    return [
        (day(row[rates["date"]], zone), row[rates["currency"]].strip().upper(), row[rates["rate"]])
        for row in tables[rates["table"]].rows
        if row[rates["date"]] is not None
        and row[rates["currency"]] is not None
        and row[rates["rate"]] is not None
        and not is_odd(row[rates["rate"]])
        and row[rates["rate"]] > 0
    ]


def read_pairs(rates: dict, rows: list, zone) -> list[tuple[int, str, float]]:
    """The same where a row says what 1 unit of a currency is in another one."""
    result = []
    for row in rows:
        values = [row[rates[name]] for name in ("date", "currency", "to", "rate")]
        if any(value is None for value in values) or is_odd(values[3]) or values[3] <= 0:
            continue
        source, target, rate = values[1].strip().upper(), values[2].strip().upper(), values[3]
        if target == rates["per"]:
            result.append((day(values[0], zone), source, 1 / rate))
        elif source == rates["per"]:
            result.append((day(values[0], zone), target, rate))
    return result


def price(settings: dict, target: str, rates: list, currency: str, at: int) -> float | None:
    """What one unit of a currency is in the target before the day `at`; None if that isn't known."""
    if currency == target:
        return 1.0
    per = (settings.get("rates") or {}).get("per", target)
    units = []
    for code in (target, currency):
        known = [(then, rate) for then, of, rate in rates if of == code and then < at]
        units.append(1.0 if code == per else max(known)[1] if known else None)
    return None if None in units else units[0] / units[1]


def value(
    contracts: list[Contract], settings: dict, target: str, rates: list, at: int
) -> float | None:
    """The value on day `at`: of the contracts that run; if none does, because a short pause ends on
    that day, of those that begin on it.
    """
    gap = int(settings.get("gap", "30d").removesuffix("d"))
    known = [each for each in contracts if each.begun <= at]
    running = [each for each in known if at in days_of(each, at)]
    if not running and is_customer(contracts, gap, at):
        running = [each for each in known if each.begun == at and not is_over(each, at)]
    prices = [
        (each.amount, price(settings, target, rates, each.currency, at))
        for each in running
        if each.amount is not None
    ]
    if not prices or any(each is None for _, each in prices):
        return None
    return sum(amount * each for amount, each in prices)


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
