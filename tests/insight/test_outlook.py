"""What is left of today's money as renewals are decided."""

from __future__ import annotations

import numpy as np

from salus.insight.forecast.outlook import ValueOutlook, build_outlook
from salus.insight.forecast.renewal_decisions import EntitySnapshots
from salus.insight.statistics.interval import Interval


def standing(days: list[int]) -> EntitySnapshots:
    nothing = np.full(len(days), np.nan)
    return EntitySnapshots(
        np.arange(len(days)), np.array(days, dtype=np.int32), nothing, nothing, nothing, nothing
    )


NONE = Interval(0.0, 0.0, 0.0)
LOST = (Interval(5.0, 2.0, 9.0), Interval(7.0, 3.0, 20.0))


def test_the_past_is_summed_by_day_and_the_rest_is_today_less_what_is_lost() -> None:
    outlook = build_outlook(
        standing([940, 970, 970, 1000, 1000]),
        np.array([10.0, 20, 30, 40, 60]),
        1000,
        45,
        LOST,
        before=True,
    )
    assert outlook == ValueOutlook(
        ((940, 10.0), (970, 50.0), (1000, 100.0)),
        ((1030, Interval(95, 91, 98)), (1045, Interval(93, 80, 97))),
    )


def test_without_what_it_was_worth_there_is_only_today() -> None:
    assert build_outlook(
        standing([970, 1000]), np.array([20.0, 40]), 1000, 45, LOST, before=False
    ).past == ((1000, 40.0),)


def test_where_nobody_is_left_nothing_is() -> None:
    assert build_outlook(
        standing([970]), np.array([20.0]), 1000, 45, (NONE, NONE), before=True
    ).past == (
        (970, 20.0),
        (1000, 0.0),
    )
