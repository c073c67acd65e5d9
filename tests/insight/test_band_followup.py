"""Every entity of one date counts once, and as long as it was observed."""

from __future__ import annotations

import numpy as np

from salus.insight.statistics.survival import survival
from salus.insight.validation.band_followup import GONE, HAD_OUTCOME, follow_bands
from salus.insight.validation.panel import Panel
from salus.periods.day import NEVER

HORIZON = 90


def panel(rows: list[tuple[int, int, int, int]]) -> Panel:
    """Rows of entity, day, band, day of the outcome."""
    entity, day, band, when = (np.array(column) for column in zip(*sorted(rows), strict=True))
    return Panel(
        entity=entity.astype(np.int64),
        day=day.astype(np.int32),
        score=np.full(len(rows), 50.0),
        band=band.astype(np.int8),
        points={},
        real={},
        segment=np.full(len(rows), -1, dtype=np.int16),
        had_outcome=when < day + HORIZON,
        when=when.astype(np.int32),
    )


def every_month(
    entity: int, band: int, when: int = NEVER, last: int = 600, first: int = 0
) -> list[tuple[int, int, int, int]]:
    """Until the outcome or `last`, one row each 30 days."""
    return [(entity, day, band, when) for day in range(first, min(when, last) + 1, 30)]


def test_the_date_has_a_year_after_it() -> None:
    followup = follow_bands(panel(every_month(0, 0)), HORIZON)
    assert followup is not None
    assert (followup.day, followup.days, followup.later) == (300, 390, 390)  # 600 + 90 - 365 = 325


def test_short_facts_begin_at_the_first_date() -> None:
    followup = follow_bands(panel(every_month(0, 0, last=120)), HORIZON)
    assert followup is not None
    assert (followup.day, followup.days, followup.later) == (0, 210, 90)


def test_everybody_goes_somewhere_once() -> None:
    rows = [
        *every_month(0, 0),
        *every_month(1, 0, when=350),
        *every_month(2, 1, last=330),
        *every_month(3, -1),
        *every_month(4, 2, when=200),
        *every_month(5, 2, first=330),
        *every_month(6, 1, when=390),
    ]
    followup = follow_bands(panel(rows), HORIZON)
    assert followup is not None
    assert followup.flows == {(0, 0): 1, (0, HAD_OUTCOME): 1, (1, GONE): 1, (-1, -1): 1, (1, 1): 1}
    assert followup.sizes == {0: 2, 1: 2, -1: 1}
    assert followup.entities == 5


def test_curves_are_those_of_the_times_until_the_outcome_or_out_of_sight() -> None:
    rows: list[tuple[int, int, int, int]] = []
    for entity in range(12):
        rows += every_month(entity, 0, when=310 + 20 * entity)
    for entity in range(12, 24):
        rows += every_month(entity, 0, last=330 if entity < 18 else 600)
    rows += every_month(30, 1)
    followup = follow_bands(panel(rows), HORIZON)
    assert followup is not None
    expected = survival(
        np.array([10.0 + 20 * n for n in range(12)] + [60.0] * 6 + [390.0] * 6), np.arange(24) < 12
    )
    assert list(followup.waiting) == [0]  # one entity makes no curve
    assert followup.waiting[0].time.tolist() == expected.time.tolist()
    assert followup.waiting[0].share.tolist() == expected.share.tolist()


def test_an_outcome_after_it_went_out_of_sight_doesn_t_count() -> None:
    rows = [
        row for entity in range(20) for row in [(entity, 300, 0, 400), (entity, 330, 0, 400)]
    ] + every_month(50, 1)
    followup = follow_bands(panel(rows), HORIZON)
    assert followup is not None
    assert followup.waiting[0].time.tolist() == []


def test_nobody_is_no_cohort() -> None:
    assert follow_bands(panel([(0, 0, 0, NEVER)]).at(np.array([], dtype=int)), HORIZON) is None
