"""The file of holidays in the folder of the model."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from salus.errors import ModelError
from salus.model.read import check_text, read_model
from tests.model.text import with_top

TEXT = with_top("holidays: days.txt")


def written(folder: Path, days: str) -> Path:
    (folder / "days.txt").write_text(days, encoding="utf-8")
    (folder / "salus.yaml").write_text(TEXT, encoding="utf-8")
    return folder / "salus.yaml"


def test_dates_are_sorted_without_duplicates_and_comments(tmp_path: Path) -> None:
    path = written(tmp_path, "# winter\n2026-12-25\n\n2026-01-01  # New Year\n2026-12-25\n")
    assert read_model(path).holidays == (dt.date(2026, 1, 1), dt.date(2026, 12, 25))


def test_an_invalid_date_is_reported_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as error:
        read_model(written(tmp_path, "2026-12-25\n25.12.2027\n"))
    assert str(error.value).startswith("days.txt:2:1: this line isn't a valid date")


@pytest.mark.parametrize("name", ["/etc/passwd", "../days.txt", "..", "a/b.txt", ".hidden"])
def test_only_files_in_the_folder_of_the_model_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "days.txt").write_text("2026-12-25\n", encoding="utf-8")
    model, problems = check_text(with_top(f"holidays: {name}"), folder=tmp_path)
    assert model is None
    assert "isn't in the folder of the model" in problems[0].what


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    _, problems = check_text(TEXT, folder=tmp_path)
    assert [(problem.line, problem.column) for problem in problems] == [(12, 11)]


SECRET = "postgresql://eva:s3cret@db/app"


@pytest.mark.parametrize(
    "name",
    [
        "salus.toml",
        "link.txt",
        "circle.txt",
        "pipe",
        "folder",
        "null.txt",
        "large.txt",
        "binary.txt",
    ],
)
def test_only_a_plain_file_of_the_project_is_read_and_never_shown(
    tmp_path: Path, name: str
) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "project"
    outside.write_text(SECRET, encoding="utf-8")
    (folder / "folder").mkdir(parents=True)
    (folder / "salus.toml").write_text(f'[data]\nurl = "{SECRET}"\n', encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    (folder / "null.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    (folder / "large.txt").write_text("2026-12-25\n" * 20_000, encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"\xff\xfe\x00s3cret")
    model, problems = check_text(with_top(f"holidays: {name}"), folder=folder)
    assert model is None and problems
    assert all(
        "s3cret" not in str(problem) and "data" not in problem.what and problem.fix
        for problem in problems
    )


def test_a_link_inside_the_project_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "2026-12-25\n")
    (tmp_path / "days.txt").rename(tmp_path / "real.txt")
    (tmp_path / "days.txt").symlink_to("real.txt")
    assert read_model(path).holidays == (dt.date(2026, 12, 25),)
