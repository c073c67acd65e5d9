"""Killing a run, a full disk, two runs at once: history stays whole, and the next run writes the
same bytes as an undisturbed one.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from salus.project import open_project
from tests.replay.shop import model, write_shop

TEXT = model().replace("missing_guard: 12d", "missing_guard: 0d")
ASKED = ("--from", "2024-03-20", "--to", "2024-05-10")
POINTS = (
    "inherited",
    "written:.parquet",
    "renamed:.parquet",
    "replay:written",
    "replay:slab",
    "written:.yaml",
)
UNTIL = dt.date(2024, 5, 1)


def command(folder: Path, *more: str) -> list[str]:
    """The replay in a process of its own, which keeps facts of any table, however small."""
    program = "import sys; from salus.workspace import workspace; workspace.PARTIALS_FROM = 0; from salus.cli.main import main; main(sys.argv[1:])"
    return [sys.executable, "-c", program, "-C", str(folder), "replay", *ASKED, *more]


def replay(folder: Path, crash_at: str | None = None) -> int:
    environment = {**os.environ, **({"SALUS_CRASH_AT": crash_at} if crash_at else {})}
    return subprocess.run(
        command(folder), env=environment, capture_output=True, check=False
    ).returncode


def kept(folder: Path) -> dict[str, bytes]:
    """The files of history that a reader sees, by name."""
    files = [
        path
        for path in (folder / "history").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    ]
    return {path.name: path.read_bytes() for path in files}


def changed(folder: Path) -> Path:
    """A shop that was replayed and has received more facts since, so that the next replay refreshes
    what it kept.
    """
    write_shop(folder, TEXT, until=UNTIL)
    assert replay(folder) == 0
    return write_shop(folder, TEXT)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_shop(tmp_path_factory.mktemp("whole") / "shop", TEXT)
    assert replay(folder) == 0
    return kept(folder)


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_leaves_nothing_half_written(
    tmp_path: Path, undisturbed: dict[str, bytes], point: str
) -> None:
    folder = changed(tmp_path / "shop")
    state = next((folder / "history" / "replay").iterdir()).name
    if point.endswith(".yaml"):
        next((folder / "models").iterdir()).unlink()
    assert replay(folder, point) == 137
    for path in (folder / "history" / "replay").rglob("*.parquet"):
        if not path.name.startswith(".") and path.parent.name != state:
            assert path.read_bytes() == undisturbed[path.name]
    assert replay(folder) == 0
    assert kept(folder) == undisturbed
    assert not [path for path in folder.rglob("*.part") if path.is_file()]


def test_two_at_once_give_one_result(tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    folder = changed(tmp_path / "shop")
    both = [
        subprocess.Popen(command(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    outputs = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert kept(folder) == undisturbed


@pytest.mark.parametrize("limit", [3_000, 12_000])
def test_a_full_disk_is_reported_and_history_is_intact(tmp_path: Path, limit: int) -> None:
    """No file may grow beyond `limit` bytes, as on a full disk."""
    folder = changed(tmp_path / "shop")
    before = kept(folder)

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        command(folder), preexec_fn=full, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert (
        "the file would exceed the size limit" in done.stderr and "Traceback" not in done.stderr
    ), done.stderr
    assert before.items() <= kept(folder).items()
    assert not list((folder / "history").rglob("*.part"))
    assert replay(folder) == 0


def test_a_reader_sees_no_draft(tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "shop", TEXT)
    assert replay(folder, "replay:written") == 137
    assert list((folder / "history" / "replay").rglob("*.part"))
    replays = open_project(folder).store.replays(open_project(folder).model, "")
    [state] = (folder / "history" / "replay").iterdir()
    assert type(replays)(state, replays.fingerprint).parts() == ()
