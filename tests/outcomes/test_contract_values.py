"""The value of contracts on single days, compared with sums over sets of days."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest

from salus.errors import DataError
from salus.facts.contract_amounts import amount_arrays, smallest_units
from salus.facts.contract_values import ContractValues
from salus.facts.exchange_rates import ExchangeRates, RateHistory, build_rates
from salus.facts.partials.partial import Partial
from salus.facts.rate_columns import find_rate_columns
from salus.facts.spells import CONTRACTS, find_spells, first_days, last_days
from salus.facts.sql.columns import AMOUNT, CURRENCY, DAY, MONTHS, RATE
from salus.kernel.contract_value import values_by_date
from salus.model.contracts import ContractValue, RateTable
from salus.model.expressions.expression import Name
from salus.periods.day import NEVER
from salus.periods.grid import Grid
from tests.oracle.contracts import Contract, days_of, is_customer, value
from tests.outcomes.test_contracts import LAST, draw_contracts

CODES = ("DKK", "EUR")
RATES = [(40, "DKK", 7.5), (70, "DKK", 8.0)]
EXCHANGE = ExchangeRates("EUR", "EUR", {"DKK": RateHistory(np.array([40, 70]), np.array([7.5, 8]))})


def with_amounts(draw: random.Random) -> list[Contract]:
    return [
        each._replace(amount=draw.choice((12.5, 100.0, -3.0, None)), currency=draw.choice(CODES))
        for each in draw_contracts(draw)
    ]


def as_partial(every: list[list[Contract]]) -> Partial:
    rows = sorted(
        (
            entity,
            each.begun,
            *(NEVER if day is None else day for day in each[1:3]),
            round(1e6 * (each.amount or 0.0)),
            each.amount is not None,
            CODES.index(each.currency),
        )
        for entity, contracts in enumerate(every)
        for each in contracts
    )
    kinds = (np.int32, np.int32, np.int32, np.int32, np.int64, np.bool_, np.int32)
    arrays = [np.array([row[place] for row in rows], kind) for place, kind in enumerate(kinds)]
    names = ("begun", "ended", "known", "amount", "present", "currency")
    return Partial(CONTRACTS, arrays[0], dict(zip(names, arrays[1:], strict=True)), CODES)


def expected(own: list[Contract], gap: int, at: int) -> float:
    settings = {"gap": f"{gap}d", "rates": {"per": "EUR"}}
    result = value(own, settings, "EUR", RATES, at)
    return np.nan if result is None else result


@pytest.mark.parametrize("seed", range(40))
def test_values_equal_those_of_sets_of_days(seed: int) -> None:
    draw = random.Random(seed)
    every = [with_amounts(draw) for _ in range(12)]
    gap = draw.choice((1, 2, 6, 7, 30))
    values = ContractValues.of(as_partial(every), gap, EXCHANGE)
    for grid in (Grid.of(range(LAST)), Grid.of([57]), Grid.of(range(3, LAST, 9))):
        result = values_by_date(values, grid, len(every)).data
        for place, at in enumerate(grid.days.tolist()):
            for entity, own in enumerate(every):
                known = is_customer(own, gap, at) or any(
                    at in days_of(each, at) for each in own if each.begun <= at
                )
                if known:
                    assert result[entity, place] == pytest.approx(
                        expected(own, gap, at), nan_ok=True
                    ), (entity, at)


@pytest.mark.parametrize("seed", range(20))
def test_in_metrics_the_last_value_stays_during_a_pause(seed: int) -> None:
    """On days on which a contract runs the value is that of the kernel; between them it is the one
    before.
    """
    draw = random.Random(seed)
    every = [with_amounts(draw) for _ in range(12)]
    values = ContractValues.of(as_partial(every), 30, ExchangeRates("EUR", "EUR", EXCHANGE.history))
    fixed = 60  # all at the rates of one day
    for entity, own in enumerate(every):
        for at in range(LAST):
            on = values.on(at, len(every), fixed)[entity]
            runs = [each for each in own if each.begun <= at and at in days_of(each, at)]
            amounts = [each for each in runs if each.amount is not None]
            if runs:
                total = sum(
                    (each.amount or 0.0) / (7.5 if each.currency == "DKK" else 1.0)
                    for each in amounts
                )
                assert on == pytest.approx(total if amounts else np.nan, nan_ok=True), (entity, at)
    plain = [[Contract(1, 20, amount=10.0, currency="EUR"), Contract(30, None, None, 4.0, "EUR")]]
    values = ContractValues.of(as_partial(plain), 30, EXCHANGE)
    assert [values.on(at, 1, 9)[0] for at in (2, 20, 21, 29, 30, 31, 99)] == [
        10,
        10,
        10,
        10,
        4,
        4,
        4,
    ]


def test_a_plan_move_on_the_same_day_counts_once() -> None:
    every = [[Contract(1, 40, amount=5.0, currency="EUR"), Contract(40, None, None, 7.0, "EUR")]]
    values = ContractValues.of(as_partial(every), 30, EXCHANGE)
    result = values_by_date(values, Grid.of([39, 40, 41]), 1).data[0].tolist()
    assert result == [5.0, 5.0, 7.0]


def test_an_announced_end_keeps_the_value_until_it_comes() -> None:
    every = [[Contract(1, 100, 50, 5.0, "EUR")]]
    values = ContractValues.of(as_partial(every), 30, EXCHANGE)
    result = values_by_date(values, Grid.of([51, 100, 101]), 1).data[0]
    assert result.tolist()[:2] == [5.0, 5.0] and np.isnan(result[2])


def test_the_first_and_last_days_of_customers() -> None:
    spells = find_spells(as_partial([[], [Contract(3, 9, amount=1.0, currency="EUR"), Contract(60, None, None, 1.0, "EUR")], [Contract(5, 8, amount=1.0, currency="EUR")]]), 30, LAST)  # fmt: skip
    assert np.array_equal(first_days(spells, 3), [np.nan, 3, 5], equal_nan=True)
    assert last_days(spells, 3).tolist() == [NEVER, NEVER, 8]


def test_amounts_per_year() -> None:
    rows = pa.table(
        {
            AMOUNT: [999.0, 999.0, 999.0, None, float("nan"), 5.0, 5.0],
            MONTHS: [1.0, 12.0, 1.0, 1.0, 1.0, 0.0, None],
            CURRENCY: [" eur", "EUR", "jpy", "EUR", "EUR", "EUR", None],
        }
    )
    value_ = ContractValue(amount=Name("a"), months=Name("m"), minor=True, currency=Name("c"))
    arrays, currencies = amount_arrays(rows, value_)
    assert currencies == ("", "EUR", "JPY")
    assert arrays["amount"].tolist() == [119_880_000, 9_990_000, 11_988_000_000, 0, 0, 0, 0]
    assert arrays["present"].tolist() == [True, True, True, False, False, False, False]
    with pytest.raises(DataError, match="more than"):
        amount_arrays(
            pa.table({AMOUNT: [1e13], MONTHS: [1.0]}), ContractValue(amount=Name("a"), months=Name("m"))
        )  # fmt: skip


def test_smallest_units() -> None:
    assert [smallest_units(code) for code in ("USD", "KRW", "TND", "", "X")] == [
        100,
        1,
        1000,
        100,
        100,
    ]


def test_rates_that_are_none_are_left_out() -> None:
    import datetime as dt

    day = dt.date(1970, 1, 11)
    rows = pa.table(
        {
            DAY: pa.array([day, day, None, day, day], pa.date32()),
            CURRENCY: ["dkk ", "DKK", "DKK", None, "SEK"],
            RATE: [7.0, 7.5, 1.0, 1.0, 0.0],
        }
    )
    table = RateTable(table="fx", per="USD")
    rates = build_rates(
        ContractValue(amount=Name("a"), months=Name("m"), rates=table, target="DKK"), rows
    )
    days = np.array([10, 11], np.int32)
    assert rates.factors("USD", days)[1] == 7.5 and np.isnan(rates.factors("USD", days)[0])
    assert np.isnan(rates.factors("SEK", days)).all() and rates.newest("USD", 11) == 10


def test_columns_of_rates_by_their_usual_names() -> None:
    table = RateTable(table="fx", per="EUR")
    for names in (
        ("Date", "Base", "Currency", "Rate"),
        ("valid_from", "currency_code", "exchange_rate"),
        ("Datum", "Währung", "Kurs"),
        ("RATE_DATE", "CURRENCY", "FX_RATE"),
        ("rateDate", "currencyCode", "fxRate"),
    ):
        found, missing = find_rate_columns(table, names)
        assert missing == () and None not in (found.date, found.currency, found.rate), names
    _, missing = find_rate_columns(table, ("date", "day", "rate"))
    assert [each.key for each in missing] == ["date", "currency"]
    assert "several" in str(missing[0]) and "no column" in str(missing[1])
