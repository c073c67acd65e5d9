"""Kept scores of an earlier date change nothing but the time the next ones take."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from salus.atomic import CRASH_AT
from salus.errors import DamagedFileWarning
from salus.facts import build
from salus.facts.cache.partial_cache import PartialCache
from salus.history.row import to_table
from salus.model.fingerprint import fingerprint
from salus.model.model import Model
from salus.scores import next_scores
from salus.scores.compute import compute_scores
from salus.scores.next_scores import FOLDER
from salus.scoring import earlier_scores
from salus.sources.duckdb_file import DuckDBFile
from tests.engine.bytes import table_bytes
from tests.engine.product import read_model, write
from tests.engine.worlds import World, world
from tests.scoring.test_days_before import LAST, walking


class Project:
    """A folder of kept facts and scores, and the tables as a file."""

    def __init__(self, folder: Path, case: World, model: Model, least: int = 0) -> None:
        self.case, self.model = case, model
        self.cache = PartialCache(folder / "partials", least)
        self.path = folder / "tables.duckdb"
        self.write()

    def write(self) -> None:
        self.path.unlink(missing_ok=True)
        write(self.case.tables, self.path)

    @property
    def file(self) -> Path:
        return self.cache.folder / FOLDER / f"{fingerprint(self.model)}.parquet"

    def score(self, day: dt.date, cache: PartialCache | None) -> tuple[bytes, object]:
        connection = DuckDBFile(self.path, self.cache.folder / "files")
        try:
            scores = compute_scores(self.model, connection, day, cache)
        finally:
            connection.close()
        kept = to_table(scores.scored, scores.ids)
        return table_bytes(scores.to_arrow()) + table_bytes(kept), scores.notes

    def check(self, back: int, last: dt.date = LAST) -> None:
        day = last - dt.timedelta(days=back)
        assert self.score(day, self.cache) == self.score(day, None)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    case = walking(3)
    return Project(tmp_path, case, read_model(case.model))


@pytest.fixture
def continued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The days that were continued from earlier ones."""
    days: list[int] = []
    original = earlier_scores._next_chunks

    def counted(model, known, day, *others):  # type: ignore[no-untyped-def]
        days.append(day)
        return original(model, known, day, *others)

    monkeypatch.setattr(earlier_scores, "_next_chunks", counted)
    return days


def test_the_next_dates_are_continued(project: Project, continued: list[int]) -> None:
    for back in (50, 49, 45, 44):
        project.check(back)
    assert len(continued) == 3


def test_ranges_of_few_entities_are_continued(
    project: Project, continued: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "MOST_ROWS", 0)
    monkeypatch.setattr(build, "LEAST", 3)
    for back in (50, 49, 45):
        project.check(back)
    assert len(continued) > 2


def test_an_earlier_date_leaves_the_later_one(project: Project, continued: list[int]) -> None:
    for back in (40, 60, 39):
        project.check(back)
    assert len(continued) == 1


def test_after_a_long_gap_all_is_computed(project: Project, continued: list[int]) -> None:
    for back in (90, 40):
        project.check(back)
    assert not continued


@pytest.mark.parametrize("least", [0, 10**9])
@pytest.mark.parametrize("seed", range(6))
def test_scores_that_walk_around_limits(
    seed: int, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, continued: list[int]
) -> None:
    monkeypatch.setattr(next_scores, "LEAST", 0)
    random, case = Random(seed), walking(seed)
    project = Project(tmp_path, case, read_model(case.model), least)
    back = 60
    for _ in range(4):
        project.check(back)
        back -= random.choice((1, 1, 2, 5, 14))
    assert len(continued) == 3


@pytest.mark.parametrize("least", [0, 10**9])
@pytest.mark.parametrize("seed", range(12))
def test_worlds(seed: int, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_scores, "LEAST", 0)
    random = Random(seed)
    case = world(random, 12)
    model = read_model(case.model, case.holidays)
    if not model.measures or any(
        not isinstance(limit, float | int) for _, limit in model.bands[:-1]
    ):
        pytest.skip("the limits of this world are percentiles")
    model = replace(
        model,
        smooth=random.choice((None, 1, 7)),
        dead_zone=random.choice((0.5, 4.5)),
        missing_guard=random.choice((0, 3)),
    )
    project = Project(tmp_path, case, model, least)
    for back in (0, -1, -3, -20):
        day = case.dates[0] - dt.timedelta(days=back)
        try:
            expected = project.score(day, None)
        except Exception as error:  # an empty population, for instance
            with pytest.raises(type(error)):
                project.score(day, project.cache)
            continue
        assert project.score(day, project.cache)[0] == expected[0]


@pytest.mark.parametrize("least", [0, 10**9])
def test_tables_that_grow(
    least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, continued: list[int]
) -> None:
    monkeypatch.setattr(next_scores, "LEAST", 0)
    case = walking(4)
    tables = {name: list(table.rows) for name, table in case.tables.items()}
    project = Project(tmp_path, case, read_model(case.model), least)
    for back in (40, 39, 38, 36):
        day = LAST - dt.timedelta(days=back)
        for name in ("days", "notes"):
            case.tables[name].rows[:] = [row for row in tables[name] if row["at"] < day]
        case.tables["things"].rows[:] = tables["things"][: len(tables["things"]) - back + 36]
        case.tables["things"].rows[0]["tier"] = back % 2 + 1
        project.write()
        project.check(back)
    assert len(continued) == 3


@pytest.mark.parametrize("least", [0, 10**9])
@pytest.mark.parametrize("seed", range(12))
def test_worlds_that_change(
    seed: int, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_scores, "LEAST", 0)
    random = Random(seed + 100)
    case = world(random, 12)
    model = read_model(case.model, case.holidays)
    if model.entity.table is None or not model.measures or model.dead_zone:
        pytest.skip("this world has no table of entities or nothing to remember")
    model = replace(model, smooth=3, missing_guard=2)
    project = Project(tmp_path, case, model, least)
    for back in (0, -1, -3, -4, -9):
        day = case.dates[0] - dt.timedelta(days=back)
        try:
            expected = project.score(day, None)
        except Exception as error:  # an empty population, for instance
            with pytest.raises(type(error)):
                project.score(day, project.cache)
        else:
            assert project.score(day, project.cache)[0] == expected[0]
        table = case.tables[random.choice(sorted(case.tables))]
        if table.rows:
            place = random.randrange(len(table.rows))
            kept = table.rows[place]
            del table.rows[place]
            if random.random() < 0.5 and table.rows:
                other = table.rows[random.randrange(len(table.rows))]
                name = random.choice(sorted(kept))
                if name not in (model.entity.key, "id"):
                    other[name] = kept[name]
        project.write()


@pytest.mark.parametrize("change", ["late fact", "correction", "deletion", "entity"])
def test_changed_tables(change: str, project: Project, continued: list[int]) -> None:
    project.check(40)
    random, days = Random(1), project.case.tables["days"].rows
    place = random.randrange(len(days))
    if change == "late fact":
        days.append({**days[place], "at": LAST - dt.timedelta(days=43), "v": 3.0})
    elif change == "correction":
        days[place]["v"] = 99.0
    elif change == "deletion":
        del days[place : place + 40]
    else:
        project.case.tables["things"].rows[0]["tier"] = 2
        del project.case.tables["things"].rows[1]
    project.write()
    project.check(39)
    assert len(continued) == (change == "entity")
    continued.clear()
    project.check(38)
    assert len(continued) == 1


def test_two_models_keep_their_own(project: Project, continued: list[int]) -> None:
    first = project.model
    for back in (40, 39, 38):
        for model in (first, replace(first, smooth=(first.smooth or 1) + 1)):
            project.model = model
            project.check(back)
    assert len(continued) == 4


def test_a_damaged_file(project: Project, continued: list[int]) -> None:
    project.check(40)
    data = bytearray(project.file.read_bytes())
    data[pq.read_metadata(project.file).row_group(0).column(0).data_page_offset - 3] ^= 255
    project.file.write_bytes(bytes(data))
    with pytest.warns(DamagedFileWarning):
        project.check(39)
    assert not continued
    project.file.write_bytes(b"nothing")
    with pytest.warns(DamagedFileWarning):
        project.check(38)
    project.check(37)
    assert len(continued) == 1


KILLED = """
import datetime as dt, sys
from pathlib import Path
from salus.facts.cache.partial_cache import PartialCache
from salus.scores.compute import compute_scores
from salus.sources.duckdb_file import DuckDBFile
from tests.engine.product import read_model
from tests.scoring.test_days_before import walking
folder = Path(sys.argv[1])
connection = DuckDBFile(folder / "tables.duckdb", folder / "partials" / "files")
compute_scores(
    read_model(walking(3).model), connection, dt.date.fromisoformat(sys.argv[2]),
    PartialCache(folder / "partials"),
)
"""


@pytest.mark.parametrize("point", ["written:.parquet", "renamed:.parquet", "earlier:written"])
def test_a_run_that_is_killed(
    point: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.check(40)
    monkeypatch.setenv(CRASH_AT, point)
    day = LAST - dt.timedelta(days=39)
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED, str(tmp_path), day.isoformat()],
        check=False,
        timeout=120,
    )
    assert run.returncode == 137
    monkeypatch.delenv(CRASH_AT)
    for back in (39, 38):
        project.check(back)
    assert [path.name for path in project.file.parent.iterdir()] == [project.file.name]
