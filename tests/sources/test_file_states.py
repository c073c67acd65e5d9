"""Every change of a file is noticed, however it was written; an unchanged file isn't read again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from salus.sources import file_states
from salus.sources.file_states import FileStates

Change = Callable[[Path], None]


def put(path: Path, text: str, modified: int = 10**18) -> None:
    """Write over the file and put its time back, as `rsync --times` or a restored backup does."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(modified, modified))


def replace(path: Path, text: str) -> None:
    """Replace the file by another one of the same size and time."""
    put(path.with_name("other"), text)
    path.with_name("other").replace(path)


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled from the start."""
    monkeypatch.setattr(file_states, "YOUNG", 0)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that were read."""
    result: list[str] = []
    real = file_states._hash

    def counted(path: Path) -> str:
        result.append(path.name)
        return real(path)

    monkeypatch.setattr(file_states, "_hash", counted)
    return result


def token(folder: Path, *, read: bool = False) -> str:
    """The token that a new run gives."""
    [result] = FileStates(folder, folder / "kept" / "memory.json", read=read).tokens(
        [folder / "t.csv"]
    )
    return result


@pytest.mark.parametrize("read", [True, False])
@pytest.mark.parametrize("write", [put, replace])
@pytest.mark.usefixtures("old")
def test_equal_size_and_time_don_t_hide_a_change(
    tmp_path: Path, write: Callable[[Path, str], None], read: bool
) -> None:
    put(tmp_path / "t.csv", "n\n1\n")
    first = token(tmp_path, read=read)
    write(tmp_path / "t.csv", "n\n2\n")
    second = token(tmp_path, read=read)
    write(tmp_path / "t.csv", "n\n3\n")
    assert len({first, second, token(tmp_path, read=read)}) == 3


def test_a_young_file_is_read_until_its_time_can_be_relied_on(
    tmp_path: Path, hashed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.csv").write_text("n\n1\n", encoding="utf-8")
    first = token(tmp_path)
    assert [token(tmp_path), hashed] == [first, ["t.csv"] * 2]
    monkeypatch.setattr(file_states, "YOUNG", 0)
    assert [token(tmp_path), token(tmp_path), hashed] == [first, first, ["t.csv"] * 3]


def test_two_changes_within_a_tick_of_the_clock_are_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system with coarse times: all times are equal."""

    def coarse(path: Path) -> tuple[int, int, int, int]:
        status, second = path.stat(), 10**9
        return (
            status.st_size,
            status.st_mtime_ns // second * second,
            status.st_ctime_ns // second * second,
            status.st_ino,
        )

    monkeypatch.setattr(file_states, "_stamp", coarse)
    result = set()
    for number in range(3):
        (tmp_path / "t.csv").write_text(f"n\n{number}\n", encoding="utf-8")
        result.add(token(tmp_path))
    assert len(result) == 3


@pytest.mark.usefixtures("old")
def test_what_did_not_change_is_the_same_and_is_not_read_again(
    tmp_path: Path, hashed: list[str]
) -> None:
    put(tmp_path / "t.csv", "n\n1\n")
    first = token(tmp_path)
    assert [token(tmp_path), hashed] == [first, []]
    put(tmp_path / "t.csv", "n\n2\n")
    second = token(tmp_path)
    for change in (
        lambda path: path.chmod(0o600),
        lambda path: replace(path, "n\n2\n"),
    ):  # only inode and status are new
        change(tmp_path / "t.csv")
        assert token(tmp_path) == second
    assert [token(tmp_path), hashed] == [second, ["t.csv"] * 3]


@pytest.mark.usefixtures("old")
def test_a_file_that_is_read_anyway_may_be_written_anew_with_the_same_bytes(
    tmp_path: Path, hashed: list[str]
) -> None:
    put(tmp_path / "t.csv", "n\n1\n")
    first = token(tmp_path, read=True)
    put(tmp_path / "t.csv", "n\n1\n", modified=2 * 10**18)
    assert [token(tmp_path, read=True), token(tmp_path, read=True), hashed] == [
        first,
        first,
        ["t.csv"] * 2,
    ]


@pytest.mark.usefixtures("old")
def test_a_folder_is_the_same_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    put(tmp_path / "here" / "t.csv", "n\n1\n")
    first = token(tmp_path / "here")
    monkeypatch.chdir(tmp_path)
    assert token(Path("here")) == first
    shutil.copytree("here", "there")
    assert token(tmp_path / "there") != ""
    (tmp_path / "here").rename("moved")
    assert token(Path("moved")) == first


@pytest.mark.parametrize(
    "rubbish",
    ["", "[]", "{", '{"t.csv": []}', '{"t.csv": [1, 2, 3, 4, 5, 6, 7]}', '{"t.csv": 7}', "\x00"],
)
@pytest.mark.usefixtures("old")
def test_a_damaged_memory_is_none(tmp_path: Path, rubbish: str) -> None:
    put(tmp_path / "t.csv", "n\n1\n")
    first = token(tmp_path)
    (tmp_path / "kept" / "memory.json").write_text(rubbish, encoding="utf-8")
    assert token(tmp_path) == first
