"""A replay holds for each date what scoring that date alone gives. It is kept, continued and
skipped.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pyarrow as pa
import pytest

from salus.errors import UsageError
from salus.periods.dates import dates
from salus.project import Project, open_project
from salus.verbs.replay import work
from tests.project.company import write_company
from tests.replay.shop import model, write_shop

BOTH = "smooth: {half_life: 5d}\ndead_zone: 4"


def rows(table: pa.Table, as_of: dt.date) -> list[dict[str, object]]:
    """The rows of a date, sorted by entity."""
    result = [row for row in table.to_pylist() if row["as_of"] == as_of]
    return sorted(result, key=lambda row: str(row["entity"]))


def contents(project: Project) -> dict[str, bytes]:
    """What a reader sees, without the hidden file that holds the state of files on this disk."""
    folder = project.folder / "history" / "replay"
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("[!.]*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    "text",
    [
        model(),
        model(more=BOTH),
        model(more="missing_guard: 0d").replace("missing_guard: 12d\n", ""),
    ],
    ids=["guard", "smooth", "plain"],
)
def test_each_date_is_what_scoring_it_alone_gives(tmp_path: Path, text: str) -> None:
    project = open_project(write_shop(tmp_path / "shop", text))
    table = project.replay("2024-03-01", "2024-05-20").to_arrow()
    for day in (dt.date(2024, 3, 1), dt.date(2024, 4, 9), dt.date(2024, 5, 20)):
        assert rows(table, day) == rows(project.score(day, keep=False).to_arrow(), day)


@pytest.mark.parametrize("every", ["week", "month"])
def test_weeks_and_months_are_days_of_the_daily_replay(tmp_path: Path, every: str) -> None:
    project = open_project(write_shop(tmp_path / "shop", model()))
    some = project.replay("2024-02-29", "2024-05-20", every)
    table = some.to_arrow()
    daily = (
        open_project(write_shop(tmp_path / "daily", model()))
        .replay("2024-02-29", "2024-05-20")
        .to_arrow()
    )
    assert set(table["as_of"].to_pylist()) == set(some.dates)
    for day in some.dates:
        assert rows(table, day) == rows(daily, day)


def test_months_keep_their_day_as_far_as_they_have_it() -> None:
    days = dates(dt.date(2023, 12, 31), dt.date(2024, 4, 30), "month")
    assert [str(dt.date(1970, 1, 1) + dt.timedelta(days=day)) for day in days] == [
        "2023-12-31",
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]


def test_no_dates_are_refused() -> None:
    with pytest.raises(UsageError, match="has no dates"):
        dates(dt.date(2024, 2, 1), dt.date(2024, 1, 1), "day")


def test_whatever_portions_it_is_run_in_the_bytes_are_equal(tmp_path: Path) -> None:
    whole = open_project(write_shop(tmp_path / "whole", model()))
    whole.replay("2024-02-01", "2024-05-20")
    portions = open_project(write_shop(tmp_path / "portions", model()))
    for first, last, every in (
        ("2024-04-01", "2024-05-20", "week"),
        ("2024-03-11", "2024-03-12", "day"),
        ("2024-02-01", "2024-05-20", "day"),
    ):
        portions.replay(first, last, every)
    names = [
        {name.split("/")[1]: content for name, content in contents(each).items()}
        for each in (whole, portions)
    ]
    assert names[0] == names[1]


def test_what_is_there_is_not_computed_again_unless_asked(tmp_path: Path) -> None:
    project = open_project(write_shop(tmp_path / "shop", model()))
    first = project.replay("2024-03-01", "2024-04-20")
    assert (first.computed, first.reused) == (3, 0)
    before = {path: path.stat().st_mtime_ns for path in first.replays.folder.iterdir()}
    again = project.replay("2024-03-05", "2024-04-18")
    assert (again.computed, again.reused) == (0, 3)
    assert {path: path.stat().st_mtime_ns for path in first.replays.folder.iterdir()} == before
    fresh = project.replay("2024-03-01", "2024-04-20", fresh=True)
    assert (fresh.computed, fresh.reused) == (3, 0)


def test_other_data_are_another_replay_and_the_old_one_goes(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "shop", model(), until=dt.date(2024, 5, 1))
    before = open_project(folder).replay("2024-03-01", "2024-03-15")
    write_shop(folder, model())
    after = open_project(folder).replay("2024-03-01", "2024-03-15")
    assert after.computed == 1
    assert [path.name for path in (folder / "history" / "replay").iterdir()] == [
        after.replays.folder.name
    ]
    assert before.replays.folder != after.replays.folder


def test_an_interrupted_replay_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SPAN", 30)
    whole = open_project(write_shop(tmp_path / "shop", model()))
    whole.replay("2024-02-01", "2024-05-20")
    undisturbed = contents(whole)
    (whole.folder / "history").rename(tmp_path / "put aside")

    def interrupt(done: int, of: int) -> None:
        if done > of / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        whole.replay("2024-02-01", "2024-05-20", progress=interrupt)
    before = contents(whole)
    assert 0 < len(before) < len(undisturbed) and before.items() <= undisturbed.items()
    second = whole.replay("2024-02-01", "2024-05-20")
    assert second.reused == len(before)
    assert contents(whole) == undisturbed


def test_progress_reaches_its_end(tmp_path: Path) -> None:
    reports: list[tuple[int, int]] = []
    project = open_project(write_shop(tmp_path / "shop", model()))
    project.replay("2024-03-01", "2024-04-20", progress=lambda done, of: reports.append((done, of)))
    assert (
        reports[0] == (0, reports[0][1])
        and reports[-1] == (reports[0][1], reports[0][1])
        and len(reports) > 1
    )


def test_several_processes_write_the_same_bytes(tmp_path: Path) -> None:
    text = model().replace("missing_guard: 12d", "missing_guard: 0d")
    single = open_project(write_shop(tmp_path / "one", text, customers=range(20_050)))
    single.replay("2024-04-25", "2024-05-05")
    two = open_project(write_shop(tmp_path / "two", text, customers=range(20_050)))
    assert two.replay("2024-04-25", "2024-05-05", processes=2).computed == 3
    names = [
        {name.split("/")[1]: content for name, content in contents(project).items()}
        for project in (single, two)
    ]
    assert len(names[0]) == 3 and names[0] == names[1]


def test_an_error_in_one_of_the_processes_is_told(tmp_path: Path) -> None:
    text = model().replace("missing_guard: 12d", "missing_guard: 0d")
    project = open_project(write_shop(tmp_path / "shop", text, customers=range(10_050)))
    replay = tmp_path / "shop" / "history" / "replay"
    replay.parent.mkdir()
    replay.write_text("in the way")
    from salus.errors import SalusError

    with pytest.raises(SalusError, match=r"replay.*: a part of this path is a file"):
        project.replay("2024-04-25", "2024-05-05", processes=2)


def test_entities_without_a_table_are_all_that_were_ever_known(tmp_path: Path) -> None:
    text = (
        model()
        .replace(", table: customers, key: id, starts: since, attributes: [seats]", ", key: id")
        .replace(", per: seats", "")
    )
    project = open_project(write_shop(tmp_path / "shop", text))
    replayed = project.replay("2024-01-05", "2024-05-20")
    table = replayed.to_arrow()
    for day in (dt.date(2024, 1, 9), dt.date(2024, 5, 1)):
        assert rows(table, day) == rows(project.score(day, keep=False).to_arrow(), day)
    shorter = open_project(write_shop(tmp_path / "other", text))
    shorter.replay("2024-01-05", "2024-01-16")
    longer = shorter.replay("2024-01-05", "2024-05-20").to_arrow()
    assert longer.equals(table)


def test_a_day_on_which_nobody_is_there_has_no_rows(tmp_path: Path) -> None:
    project = open_project(write_shop(tmp_path / "shop", model()))
    replayed = project.replay("2023-11-01", "2024-01-15", "week")
    assert replayed.bands[dt.date(2023, 11, 1)] == {
        "healthy": 0,
        "watch": 0,
        "at_risk": 0,
        "unknown": 0,
    }
    assert sum(replayed.bands[dt.date(2024, 1, 10)].values()) == 1
    assert open_project(project.folder).replay("2023-11-01", "2024-01-15", "week").computed == 0


def test_what_is_as_of_today_is_told(tmp_path: Path) -> None:
    replayed = open_project(write_shop(tmp_path / "shop", model())).replay(
        "2024-03-01", "2024-03-02"
    )
    assert replayed.notes == (
        "`seats`: today's value is used for every date, because the model declares no `history` of the entity",
    )


def test_the_document(tmp_path: Path) -> None:
    replayed = open_project(write_company(tmp_path / "small")).replay(
        "2025-09-01", "2025-11-20", "month"
    )
    document = json.loads(json.dumps(replayed.as_dict()))
    assert (
        document["from"] == "2025-09-01"
        and document["to"] == "2025-11-01"
        and document["every"] == "month"
    )
    assert [date["as_of"] for date in document["dates"]] == [
        "2025-09-01",
        "2025-10-01",
        "2025-11-01",
    ]
    assert all(date["population"] == sum(date["bands"].values()) for date in document["dates"])
    assert "3 dates from 2025-09-01 to 2025-11-01, one per month" in str(replayed)


def test_a_file_that_cannot_be_read_is_computed_again(tmp_path: Path) -> None:
    project = open_project(write_shop(tmp_path / "shop", model()))
    project.replay("2024-03-01", "2024-03-15")
    [file] = (path for path in (project.folder / "history" / "replay").rglob("*.parquet"))
    good = file.read_bytes()
    os.truncate(file, 100)
    assert project.replay("2024-03-01", "2024-03-15").computed == 1
    assert file.read_bytes() == good


def test_another_model_is_replayed_beside_the_projects_own(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "shop", model())
    edited = tmp_path / "edited.yaml"
    edited.write_text(model().replace("bad: 0, good: 10", "bad: 0, good: 40"), encoding="utf-8")
    own, other = open_project(folder), open_project(folder).with_model(edited)
    first, second = own.replay("2024-03-01", "2024-03-15"), other.replay("2024-03-01", "2024-03-15")
    assert first.replays.folder != second.replays.folder
    assert sorted(path.name for path in (folder / "models").iterdir()) == sorted(
        f"{replay.model.fingerprint}.yaml" for replay in (own, other)
    )
    assert first.to_arrow()["score"].to_pylist() != second.to_arrow()["score"].to_pylist()


def test_history_takes_dates_without_a_score_from_the_replay(tmp_path: Path) -> None:
    project = open_project(write_shop(tmp_path / "shop", model()))
    project.score("2024-03-08")
    replayed = project.replay("2024-03-01", "2024-03-15", "week").to_arrow()
    points = project.history("c3").points
    assert [(str(point.as_of), point.replayed) for point in points] == [
        ("2024-03-01", True),
        ("2024-03-08", False),
        ("2024-03-15", True),
    ]
    assert [point.score for point in points] == [
        row["score"]
        for row in sorted(replayed.to_pylist(), key=lambda row: row["as_of"])
        if row["entity"] == "c3"
    ]


def test_a_replay_of_other_data_is_no_history(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "shop", model())
    open_project(folder).replay("2024-03-01", "2024-03-15", "week")
    write_shop(folder, model(), until=dt.date(2024, 5, 1))
    with pytest.raises(UsageError, match="no scores are kept yet"):
        open_project(folder).history("c3")
