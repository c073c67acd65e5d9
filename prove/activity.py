"""A project over the table of company activity, and its panel by two rules for rows and outcomes.

Measures are those of the published baselines: recency, tenure, events, seats, projects, bug fixes
and features in 30, 90 and 180 days, the 180 days before, and trends. All use the day an event was
received, as the baselines do. Counts become points by their logarithm, and more is always
healthier: nothing was fitted.
"""

from __future__ import annotations

import datetime as dt
import math
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from salus.datasets.backtest import BacktestRequest, DateRange, build_panel
from salus.insight.validation.panel import OutcomeWindow, Panel, build_rows, join_panels
from salus.outcomes.events import OutcomeEvents
from salus.periods.day import day_number
from salus.project.project import Project

HORIZON, FEWEST, OUTCOME = 180, 3, "silent"
TRAIN = [dt.date(year, month, 1) for year in (2012, 2013, 2014) for month in (1, 4, 7, 10)] + [
    dt.date(2015, 1, 1)
]
TEST = [
    dt.date(2015, 7, 1),
    dt.date(2015, 10, 1),
    dt.date(2016, 1, 1),
    dt.date(2016, 4, 1),
    dt.date(2016, 7, 1),
]
WINDOWS = (30, 90, 180)

MODEL = """\
version: 1
name: activity
entity: {{name: company, table: companies, key: account_id, starts: asked_from, attributes: [first_on]}}
sources:
  events: {{table: events, key: account_id, time: received_ts}}
dimensions:
  recency:
    weight: 30
    measures:
      quiet: {{days_since: events, curve: {quiet}}}
  use:
    weight: 25
    measures:
{use}
      events_before: {{count: events, within: 180d, ago: 180d, curve: {many}}}
      trend: {{trend: events, within: 84d, baseline: 84d, bad: -100%, good: 100%}}
      long_trend: {{trend: events, within: 182d, baseline: 182d, bad: -100%, good: 100%}}
  people:
    weight: 20
    measures:
{people}
      seats_before: {{count_distinct: events.user_id, within: 180d, ago: 180d, curve: {few}}}
  breadth:
    weight: 15
    measures:
{breadth}
      tenure: {{formula: "as_of - first_on", curve: {long}}}
  work:
    weight: 10
    measures:
{work}
outcomes:
  {outcome}: {{quiet: events, for: {horizon}d}}
missing_guard: 0d
"""


def logarithmic(*knots: int, falling: bool = False) -> str:
    """A curve whose points follow log(1 + value), from 0 to 100 at the last knot, or back."""
    top = math.log1p(knots[-1])
    points = [round(100 * math.log1p(item) / top, 1) for item in knots]
    return str(
        [
            [item, round(100 - point, 1) if falling else point]
            for item, point in zip(knots, points, strict=True)
        ]
    )


def _windows(name: str, kind: str, curve: str, where: str = "") -> str:
    extra = f', where: "{where}"' if where else ""
    return "\n".join(
        f"      {name}_{days}: {{{kind}, within: {days}d{extra}, curve: {curve}}}"
        for days in WINDOWS
    )


def model() -> str:
    many, few = logarithmic(0, 1, 3, 10, 30, 100), logarithmic(0, 1, 2, 4, 8, 16)
    work = [
        _windows(name, "count: events", many, where)
        for name, where in (("fixes", "is_bugfix"), ("features", "is_feature"))
    ]
    return MODEL.format(
        quiet=logarithmic(0, 3, 7, 14, 30, 60, 90, 180, falling=True),
        many=many,
        few=few,
        use=_windows("events", "count: events", many),
        people=_windows("seats", "count_distinct: events.user_id", few),
        breadth=_windows("projects", "count_distinct: events.product", logarithmic(0, 1, 2, 4, 8)),
        long=logarithmic(0, 30, 90, 180, 365, 730, 1460),
        work="\n".join(work),
        outcome=OUTCOME,
        horizon=HORIZON,
    )


@dataclass(frozen=True)
class Activity:
    """The company of each event, as a position among `ids` (by code point), and the day it was
    received.
    """

    ids: list[str]
    company: np.ndarray
    received: np.ndarray


def read(shared: Path) -> Activity:
    table = pq.read_table(_file(shared), columns=["account_id", "received_ts"]).drop_null()
    ids, company = np.unique(np.array(table["account_id"].to_pylist()), return_inverse=True)
    received = table["received_ts"].to_numpy().astype("datetime64[D]").astype(np.int64)
    return Activity(ids.tolist(), company, received)


def _file(shared: Path) -> Path:
    return shared / "data" / "openstack_company_activity" / "events.parquet"


def write_project(shared: Path, folder: Path) -> Project:
    """Write the project; a company is included after three of its events were received."""
    (folder / "data").mkdir(parents=True)
    shutil.copy(_file(shared), folder / "data" / "events.parquet")
    activity = read(shared)
    days = [
        np.sort(activity.received[activity.company == item]) for item in range(len(activity.ids))
    ]
    enough = [item for item, its in enumerate(days) if len(its) >= FEWEST]
    first, third = (
        pa.array([int(days[item][place]) for item in enough], pa.int32()).cast(pa.date32())
        for place in (0, 2)
    )
    pq.write_table(
        pa.table(
            {
                "account_id": [activity.ids[item] for item in enough],
                "first_on": first,
                "asked_from": third,
            }
        ),
        folder / "data" / "companies.parquet",
    )
    (folder / "salus.yaml").write_text(model(), encoding="utf-8")
    (folder / "salus.toml").write_text('[data]\nurl = "data/"\n', encoding="utf-8")
    return Project(folder)


def by_the_product(project: Project, dates: list[dt.date]) -> Panel:
    """As `salus validate` asks: whoever has never been silent for 180 days; the silence is complete
    within 180 days.
    """
    panel = build_panel(
        project,
        BacktestRequest(OUTCOME, HORIZON, DateRange(TRAIN[0], TEST[-1], "month")),
        with_values=True,
    ).panel
    return panel.at(np.flatnonzero(np.isin(panel.day, [day_number(item) for item in dates])))


def as_published(project: Project, activity: Activity, dates: list[dt.date]) -> Panel:
    """As the baselines ask: an event in the last 180 days; nothing is received in the next 180."""
    return join_panels([_published_on(project, activity, day_number(date), date) for date in dates])


def _published_on(project: Project, activity: Activity, day: int, date: dt.date) -> Panel:
    scores = project.score(date, keep=False)
    place = np.searchsorted(activity.ids, scores.ids)

    def received(first: int, last: int) -> np.ndarray:
        some = (activity.received >= first) & (activity.received < last)
        return np.bincount(activity.company[some], minlength=len(activity.ids))[place] > 0

    gone = np.flatnonzero(~received(day, day + HORIZON))
    when = np.full(len(gone), day, dtype=np.int32)
    window = OutcomeWindow(OutcomeEvents(gone, when, when), HORIZON, day + HORIZON)
    panel = build_rows(scores.scored, None, window, 0, with_values=True)
    return _of(panel, place).at(np.flatnonzero(received(day - HORIZON, day)))


def _of(panel: Panel, place: np.ndarray) -> Panel:
    """The rows by the company's position among all, so that a company is the same on every date."""
    return replace(panel, entity=place[panel.entity])
