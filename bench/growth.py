"""How the cost of a replay grows with dates, accounts and events: three sizes of each.

All sizes take turns in three rounds, so that a busy minute of the machine doesn't affect only one
of them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.events import AS_OF, SIZES, Size
from bench.field import DATES, FIRST, ROUNDS, Field, run
from bench.measured import Taken, middle


@dataclass(frozen=True)
class Case:
    """A replay of a size, and the amount of what varies."""

    what: str
    amount: float
    field: Field
    first: dt.date = FIRST

    @property
    def key(self) -> tuple[Path, dt.date]:
        return self.field.events, self.first


@dataclass(frozen=True)
class Point:
    """The cost of one amount of work: from kept partials without writing, and everything."""

    what: str
    amount: float
    scores: float
    whole: float


Costs = dict[tuple[Path, dt.date], tuple[float, float]]


def growth(size: Size, field: Field, folder: Path) -> dict[str, list[Point]]:
    """The cost against dates, accounts and events, without the start of the program."""
    cases = {
        "dates": _dates(field),
        "accounts": _accounts(size, field, folder),
        "events": _events(size, field, folder),
    }
    costs = _costs([case for group in cases.values() for case in group])

    def point(case: Case) -> Point:
        return Point(case.what, case.amount, *costs[case.key])

    return {what: [point(case) for case in group] for what, group in cases.items()}


def _dates(field: Field) -> list[Case]:
    return [
        Case(f"{number} dates", number, field, AS_OF - dt.timedelta(days=number - 1))
        for number in (31, 122, DATES)
    ]


def _accounts(size: Size, field: Field, folder: Path) -> list[Case]:
    smaller = [
        each
        for each in sorted(SIZES.values(), key=lambda each: each.accounts)
        if each.accounts < size.accounts
    ]
    fields = [*((each, Field.of(each, folder)) for each in smaller), (size, field)]
    return [Case(f"{each.accounts:,} accounts", each.accounts, place) for each, place in fields]


def _events(size: Size, field: Field, folder: Path) -> list[Case]:
    some = min(size, SIZES["middle"], key=lambda each: each.accounts)
    sizes = [
        some if times == 1 else Size(f"{some.name}-x{times:g}", some.accounts, some.rate * times)
        for times in (0.5, 1, 2)
    ]
    fields = [field if each == size else Field.of(each, folder) for each in sizes]
    return [
        Case(f"{each.rows:,} events of {some.accounts:,} accounts", each.rows, each)
        for each in fields
    ]


def _costs(cases: Sequence[Case]) -> Costs:
    """Scores from kept partials and everything from raw data: the median of the rounds, less that
    of the start.
    """
    runs: dict[tuple[Path, dt.date], list[tuple[Taken, Taken]]] = {case.key: [] for case in cases}
    starts = []
    for _ in range(ROUNDS):
        for case in {case.key: case for case in cases}.values():
            whole = case.field.whole(case.first)  # keeps the partials that the next one needs
            scores = run("scores", case.field.project, case.first)
            starts.append(run("start", case.field.project))
            runs[case.key].append((scores, whole))
            print(
                f"{case.what:40} {scores.cpu:8.2f} s {whole.cpu:8.2f} s {starts[-1].cpu:5.2f} s",
                flush=True,
            )
    start = middle(starts).cpu
    return {
        key: (
            middle([scores for scores, _ in results]).cpu - start,
            middle([whole for _, whole in results]).cpu - start,
        )
        for key, results in runs.items()
    }


def table(figures: dict[str, list[Point]]) -> list[str]:
    """The figures, and the exponents by which they grow."""
    lines = [
        (
            "How the cost grows, less the start of the program; the exponent to the one before is"
            f" 1 where it is linear. All sizes took turns in {ROUNDS} rounds."
        ),
        "",
        (
            "| | scores from kept partials, CPU s | exponent | from raw, with files, CPU s |"
            " exponent |"
        ),
        "|---|---|---|---|---|",
    ]
    for what, points in figures.items():
        for before, point in zip([None, *points], points, strict=False):
            scores, whole = ("", "") if before is None else _exponents(before, point)
            lines.append(
                f"| {point.what} | {point.scores:.2f} | {scores} | {point.whole:.2f} | {whole} |"
            )
        first, last = points[0], points[-1]
        if first.amount == last.amount:  # there is no smaller size
            continue
        scores, whole = _exponents(first, last)
        lines.append(
            f"| **{what}: {last.amount / first.amount:.3g} times** |"
            f" {last.scores / first.scores:.3g} times | **{scores}** |"
            f" {last.whole / first.whole:.3g} times | **{whole}** |"
        )
    return lines


def _exponents(before: Point, after: Point) -> tuple[str, str]:
    """Of scores and of everything."""
    amounts = before.amount, after.amount
    return (
        f"{exponent(*amounts, before.scores, after.scores):.2f}",
        f"{exponent(*amounts, before.whole, after.whole):.2f}",
    )


def exponent(before: float, after: float, cost_before: float, cost_after: float) -> float:
    """The exponent of the power by which the cost grew with the amount.

    >>> exponent(10, 20, 3.0, 12.0)
    2.0
    """
    return math.log(cost_after / cost_before) / math.log(after / before)
