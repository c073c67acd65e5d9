"""A live score of a day equals the later replay of that day, in whatever order the facts arrived."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from salus.project import open_project
from salus.verbs.doctor.doctor import examine
from salus.workspace import workspace as workspace_module
from tests.replay.shop import FIRST, model, write_shop
from tests.replay.test_replay import BOTH, rows

SOURCES = {
    "plain": "",
    "ids": ", id: number",
    "next": ", until: next",
    "next of the same": ", until: next who",
}


@pytest.mark.parametrize("kept", [False, True], ids=["from raw", "kept"])
@pytest.mark.parametrize("kind", list(SOURCES))
@pytest.mark.parametrize("seed", [1, 2])
def test_live_is_replay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, seed: int, kept: bool
) -> None:
    """Facts arrive on random days; each time the day is scored live from what was recorded before
    it.
    """
    monkeypatch.setattr(workspace_module, "PARTIALS_FROM", 0 if kept else 10**9)
    draw = random.Random(f"{seed} {kind}")
    text, folder = (
        model(SOURCES[kind], BOTH if seed == 2 and kind == "ids" else ""),
        tmp_path / "shop",
    )
    days = sorted(FIRST + dt.timedelta(days=draw.randrange(60, 170)) for _ in range(3))
    live = {}
    for day in days:
        write_shop(folder, text, until=day, seed=seed, parts=draw.choice([1, 3]))
        live[day] = open_project(folder).score(day).to_arrow()
    write_shop(folder, text, seed=seed, parts=draw.choice([1, 2]))
    table = open_project(folder).replay(days[0], days[-1]).to_arrow()
    for day in days:
        assert rows(table, day) == rows(live[day], day)


@pytest.mark.parametrize("seed", range(3))
def test_a_replay_from_refreshed_facts_is_the_one_from_scratch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(workspace_module, "PARTIALS_FROM", 0)
    draw = random.Random(seed)
    text = model(draw.choice(list(SOURCES.values())))
    refreshed = tmp_path / "refreshed"
    for _ in range(3):
        write_shop(
            refreshed, text, until=FIRST + dt.timedelta(days=draw.randrange(40, 190)), seed=seed
        )
        open_project(refreshed).replay("2024-03-20", "2024-05-10", "week")
    write_shop(refreshed, text, seed=seed)
    write_shop(tmp_path / "scratch", text, seed=seed)
    bytes_of = []
    for folder in (refreshed, tmp_path / "scratch"):
        kept = open_project(folder).replay("2024-03-20", "2024-05-10").replays.folder
        bytes_of.append({path.name: path.read_bytes() for path in kept.glob("[!.]*")})
    assert bytes_of[0] == bytes_of[1]


def test_keeping_is_on_for_these_proofs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_module, "PARTIALS_FROM", 0)
    folder = write_shop(tmp_path / "shop", model())
    open_project(folder).replay("2024-03-20", "2024-03-21")
    assert list((folder / "partials" / "visits").iterdir())


def test_doctor_shows_kept_facts_and_whether_the_data_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace_module, "PARTIALS_FROM", 0)
    folder = write_shop(tmp_path / "shop", model(), until=dt.date(2024, 5, 1))
    open_project(folder).replay("2024-03-20", "2024-03-21")
    details = {check.what: check.details for check in examine(folder)}
    assert details["replays"].startswith("1 file, ")
    assert "up to date" in details["kept facts of visits"]
    write_shop(folder, model())
    assert (
        "updates the days that changed"
        in {check.what: check.details for check in examine(folder)}["kept facts of visits"]
    )
