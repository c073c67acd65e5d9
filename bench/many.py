"""One contestant over many dates in a process of its own: `python -m bench.many NAME PLACE FIRST
LAST [MORE]`.

start     load the program, open the project PLACE and read its model: what every run of Salus costs
values    the values of all measures from FIRST to LAST, range by range of entities; MORE: write
those of some dates there scores    the same with scores replay    `salus replay`, in MORE processes
(1) score     `salus score` of LAST, kept in history best      best.sql for LAST over the events in
PLACE churn     churn.sql for MORE dates from FIRST to LAST, evenly spread
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import sql
from bench.plain import hide_pandas
from salus.process import configure_process

if TYPE_CHECKING:
    import pyarrow as pa

RANGE = 10_000  # entities at a time
Day = dt.date


def spread(first: Day, last: Day, number: int) -> list[Day]:
    """Some dates, evenly spread, including the last."""
    step = ((last - first).days + 1) // number
    return [last - dt.timedelta(days=step * back) for back in reversed(range(number))]


def computed(
    place: Path, first: Day, last: Day, step: Callable[..., Iterator[Any]]
) -> Iterator[tuple[Any, Sequence[str]]]:
    """The result of `step` for each range of entities, with the keys of these entities."""
    import numpy as np

    from salus.facts.build import open_fact_reader
    from salus.facts.population import load_entity_keys
    from salus.kernel.cells import required_grid
    from salus.periods.day import day_number
    from salus.project import open_project

    project = open_project(place)
    connection = project.connect()
    days = np.arange(day_number(first), day_number(last) + 1, dtype=np.int32)
    keys = load_entity_keys(project.model, connection)
    for _, known in open_fact_reader(
        project.model, connection, required_grid(project.model, days), project.partials, keys
    ).ranges(RANGE):
        for part in step(project.model, known, days):
            yield part, known.attributes.ids
    connection.close()


def values(place: Path, first: Day, last: Day, results: str | None) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from salus.kernel.cells import compute_cells
    from salus.periods.day import day_number

    dates = compared(first, last)
    tables = []
    for part, ids in computed(place, first, last, compute_cells):
        if results:
            tables.append(_table(part, ids, [day_number(day) for day in dates]))
    if results:
        result = pa.concat_tables(tables)
        for day in dates:
            rows = result.filter(pc.equal(result["day"], day_number(day))).drop_columns(["day"])
            pq.write_table(rows, Path(results) / f"{day}.parquet")


def compared(first: Day, last: Day) -> list[Day]:
    """The dates on which results are compared."""
    return spread(first, last, 4)


def _table(part: Any, ids: Sequence[str], days: list[int]) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    rows = np.flatnonzero(np.isin(part.day, days))
    columns = {
        name: pa.array(column.data[rows], from_pandas=True) for name, column in part.values.items()
    }
    return pa.table(
        {
            "account_id": [ids[place] for place in part.entity[rows]],
            "day": part.day[rows],
            **columns,
        }
    )


def scores(place: Path, first: Day, last: Day, results: str | None) -> None:
    from salus.scoring.timeline import score_dates

    for _ in computed(place, first, last, score_dates):
        pass


def start(place: Path, first: Day, last: Day, more: str | None) -> None:
    import salus.scores.compute  # what every run loads
    import salus.sources.session  # noqa: F401
    from salus.project import open_project

    project = open_project(place)
    connection = project.connect()
    assert connection.columns(project.model.entity.table)  # the first query starts the engine
    connection.close()


def replay(place: Path, first: Day, last: Day, processes: str | None) -> None:
    from salus.project import open_project

    open_project(place).replay(first, last, processes=int(processes or 1))


def score(place: Path, first: Day, last: Day, more: str | None) -> None:
    from salus.project import open_project

    open_project(place).score(last, keep=True)


def best(place: Path, first: Day, last: Day, more: str | None) -> None:
    sql.rows("best.sql", place, last)


def churn(place: Path, first: Day, last: Day, number: str | None) -> None:
    days = spread(first, last, int(number or 1))
    sql.churn(place, days[0], last, (days[1] - days[0]).days if len(days) > 1 else 1)


CONTESTANTS = {
    contestant.__name__: contestant
    for contestant in (start, values, scores, replay, score, best, churn)
}
if __name__ in (
    "__main__",
    "__mp_main__",
):  # the second argument: a process that a replay has started
    hide_pandas()
    configure_process()
if __name__ == "__main__":
    name, place, first, last, *more = sys.argv[1:]
    CONTESTANTS[name](
        Path(place), Day.fromisoformat(first), Day.fromisoformat(last), more[0] if more else None
    )
