"""Which files of a folder are which tables."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.errors import DataError
from salus.sources.files import FileSettings, list_tables, listing

from .reading import ZONE


def names(folder: Path) -> list[str]:
    return sorted(list_tables(folder, {}, ZONE))


def write(path: Path, text: str = "id,n\na,1\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def parquet(path: Path, **columns: list[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns or {"id": ["a"]}), path)


def test_a_table_is_a_file_name_without_its_ending(tmp_path: Path) -> None:
    for name in (
        "logins.csv",
        "a.b.tsv",
        "plain.TXT",
        "packed.csv.gz",
        "notes.pdf",
        "script.py",
        "t.csv.zip",
    ):
        write(tmp_path / name)
    parquet(tmp_path / "events.parquet")
    assert names(tmp_path) == ["a.b", "events", "logins", "packed", "plain"]


def test_a_folder_of_parquet_parts_is_one_table(tmp_path: Path) -> None:
    parquet(tmp_path / "events" / "part-0.parquet")
    parquet(tmp_path / "events" / "month=2024-01" / "part-1.parquet")
    parquet(tmp_path / "events" / ".tmp" / "part-2.parquet")
    write(tmp_path / "other" / "logins.csv")
    tables = list_tables(tmp_path, {}, ZONE)
    assert list(tables) == ["events"]
    assert len(tables["events"].parquet_files) == 2


def test_hidden_files_and_locks_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.csv", "~$book.xlsx", "_draft.csv", "line\nbreak.csv", "bell\x07.csv"):
        write(tmp_path / name)
    assert names(tmp_path) == []


def test_links_that_lead_outside_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "secret.csv")
    inside = tmp_path / "data"
    write(inside / "logins.csv")
    (inside / "outside.csv").symlink_to(tmp_path / "secret.csv")
    (inside / "up").symlink_to(tmp_path)
    (inside / "passwords.txt").symlink_to("/etc/passwd")
    (inside / "nowhere.csv").symlink_to(inside / "gone.csv")
    (inside / "circle.csv").symlink_to(inside / "circle.csv")
    (inside / "alias.csv").symlink_to(inside / "logins.csv")
    assert names(inside) == ["alias", "logins"]


def test_parts_that_are_links_outside_are_passed_over(tmp_path: Path) -> None:
    parquet(tmp_path / "secret.parquet")
    parquet(tmp_path / "data" / "events" / "1.parquet")
    (tmp_path / "data" / "events" / "2.parquet").symlink_to(tmp_path / "secret.parquet")
    assert len(list_tables(tmp_path / "data", {}, ZONE)["events"].parquet_files) == 1


@pytest.mark.parametrize("second", ["logins.tsv", "Logins.csv", "logins.csv.gz"])
def test_two_files_of_one_table_are_a_problem_when_it_is_read(tmp_path: Path, second: str) -> None:
    for name in ("logins.csv", second, "other.csv"):
        write(tmp_path / name)
    tables = list_tables(tmp_path, {}, ZONE)
    assert tables["other"].names() == ("id", "n")
    clash = next(table for name, table in tables.items() if name.lower() == "logins")
    with pytest.raises(
        DataError, match=r"several files have the table name .*logins\.csv"
    ) as caught:
        clash.names()
    assert second in str(caught.value)


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LARGEST", 5)
    write(tmp_path / "t.csv")
    with pytest.raises(DataError, match="at most 0 MB can be read"):
        list_tables(tmp_path, {}, ZONE)["t"].names()


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_FILES", 2)
    for number in range(3):
        write(tmp_path / f"{number}.csv")
    with pytest.raises(DataError, match="has 3 files; at most 2"):
        list_tables(tmp_path, {}, ZONE)


def test_settings_go_to_the_files_they_name(tmp_path: Path) -> None:
    for name in ("rechnungen_1.csv", "logins.csv"):
        write(tmp_path / name)
    tables = list_tables(tmp_path, {"rechnungen*.csv": FileSettings(locale="de")}, ZONE)
    assert (tables["rechnungen_1"].settings.locale, tables["logins"].settings.locale) == (
        "de",
        None,
    )


def test_identity_follows_file_and_settings(tmp_path: Path) -> None:
    write(tmp_path / "t.csv")
    first = list_tables(tmp_path, {}, ZONE)["t"].identity(["t.csv 1"])
    assert list_tables(tmp_path, {}, ZONE)["t"].identity(["t.csv 1"]) == first
    assert (
        list_tables(tmp_path, {"*": FileSettings(locale="de")}, ZONE)["t"].identity(["t.csv 1"])
        != first
    )
    assert list_tables(tmp_path, {}, ZONE)["t"].identity(["t.csv 2"]) != first
