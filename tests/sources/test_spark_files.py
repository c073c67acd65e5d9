"""The files that Spark can reach, with local folders in place of Hadoop's file systems."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from salus.errors import DataError
from salus.sources.spark_files import SparkFiles


class HadoopPath:
    """What Salus uses of a path of Hadoop."""

    def __init__(self, place: str) -> None:
        self.path = Path(place)

    def getFileSystem(self, settings: object) -> HadoopFiles:
        return HadoopFiles()

    def toString(self) -> str:
        return str(self.path)

    def toUri(self) -> SimpleNamespace:
        return SimpleNamespace(toString=self.path.as_uri)

    def getName(self) -> str:
        return self.path.name


class HadoopFiles:
    """What Salus uses of a file system of Hadoop."""

    def listStatus(self, place: HadoopPath) -> list[Any]:
        path = place.path
        entries = list(path.iterdir()) if path.is_dir() else [path]
        return [
            SimpleNamespace(
                getPath=lambda each=each: HadoopPath(str(each)),
                isDirectory=each.is_dir,
                getLen=lambda each=each: each.stat().st_size,
                getModificationTime=lambda each=each: each.stat().st_mtime_ns // 1_000_000,
            )
            for each in entries
        ]

    def exists(self, place: HadoopPath) -> bool:
        return place.path.exists()

    def mkdirs(self, place: HadoopPath) -> None:
        place.path.mkdir(parents=True)

    def delete(self, place: HadoopPath, recursive: bool) -> None:
        shutil.rmtree(place.path) if place.path.is_dir() else place.path.unlink()

    def rename(self, old: HadoopPath, new: HadoopPath) -> None:
        old.path.rename(new.path)

    def create(self, place: HadoopPath, overwrite: bool) -> io.BufferedWriter:
        return place.path.open("wb" if overwrite else "xb")

    def open(self, place: HadoopPath) -> io.BufferedReader:
        return place.path.open("rb")


@pytest.fixture
def files() -> SparkFiles:
    java = SimpleNamespace(
        hadoop=SimpleNamespace(fs=SimpleNamespace(Path=HadoopPath)),
        commons=SimpleNamespace(
            io=SimpleNamespace(
                IOUtils=SimpleNamespace(toString=lambda stream, code: stream.read().decode(code))
            )
        ),
    )
    session = SimpleNamespace(
        _jvm=SimpleNamespace(org=SimpleNamespace(apache=java)),
        _jsc=SimpleNamespace(hadoopConfiguration=lambda: None),
    )
    return SparkFiles(session)


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_tables_are_parquet_files_and_folders(files: SparkFiles, tmp_path: Path) -> None:
    touch(
        tmp_path / "a.parquet",
        tmp_path / "b" / "1.parquet",
        tmp_path / "c.parquet" / "1.parquet",
        tmp_path / "notes.txt",
        tmp_path / "_hidden" / "1.parquet",
        tmp_path / ".hidden.parquet",
    )
    assert files.tables(str(tmp_path)) == {
        "a": str(tmp_path / "a.parquet"),
        "b": str(tmp_path / "b"),
        "c": str(tmp_path / "c.parquet"),
    }


def test_two_tables_of_one_name_are_refused(files: SparkFiles, tmp_path: Path) -> None:
    touch(tmp_path / "a.parquet", tmp_path / "a" / "1.parquet")
    with pytest.raises(DataError, match="two tables with the name `a`"):
        files.tables(str(tmp_path))


def test_a_folder_that_cannot_be_read_is_named(files: SparkFiles, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere can't be read"):
        files.list_folder(str(tmp_path / "nowhere"))
    assert files.names(str(tmp_path / "nowhere")) == []


def test_a_folder_is_listed_by_name(files: SparkFiles, tmp_path: Path) -> None:
    touch(tmp_path / "b" / "x")
    (tmp_path / "a").write_text("four", encoding="utf-8")
    first, second = files.list_folder(str(tmp_path))
    assert (first.name, first.folder, first.size) == ("a", False, 4)
    assert first.address == f"file:{tmp_path / 'a'}"
    assert (second.name, second.folder) == ("b", True)
    assert files.names(str(tmp_path)) == ["a", "b"]


def test_the_files_of_a_table_are_in_all_its_folders(files: SparkFiles, tmp_path: Path) -> None:
    touch(
        tmp_path / "day=2" / "x.parquet",
        tmp_path / "day=1" / "y.parquet",
        tmp_path / "_making" / "z.parquet",
        tmp_path / "_SUCCESS",
        tmp_path / "top.parquet",
    )
    names = [entry.name for entry in files.files(str(tmp_path))]
    assert names == ["y.parquet", "x.parquet", "top.parquet"]


def test_a_small_file_is_written_once_and_overwritten(files: SparkFiles, tmp_path: Path) -> None:
    place = str(tmp_path / "claim")
    assert files.text(place) is None
    assert files.create(place, "first") is True
    assert files.create(place, "second") is False
    assert files.text(place) == "first"
    files.overwrite(place, "third")
    assert files.text(place) == "third"
    files.remove(place)
    assert files.text(place) is None
    with pytest.raises(FileNotFoundError):
        files.create(str(tmp_path / "no" / "folder"), "x")


def test_a_folder_is_renamed_unless_the_name_exists(files: SparkFiles, tmp_path: Path) -> None:
    old, new = str(tmp_path / "old"), str(tmp_path / "new")
    files.make(old)
    files.move(old, new)
    assert files.names(str(tmp_path)) == ["new"]
    files.make(old)
    files.move(old, new)
    assert files.names(str(tmp_path)) == ["new", "old"]
    files.remove(old)
    assert files.names(str(tmp_path)) == ["new"]
