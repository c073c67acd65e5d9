"""The files that Spark can reach, local or not: the tables of a folder, and the state of each file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from salus.errors import DataError
from salus.sources.spark_session import first_line

PARQUET = ".parquet"
MAX_FILES = 100_000  # files per table; listing more takes too long
MAKING = "_making"  # the name of a folder while it is written; readers skip it


@dataclass(frozen=True)
class FileEntry:
    """A file or folder."""

    path: str
    address: str  # the path as Spark's column `_metadata.file_path` has it
    name: str
    folder: bool
    size: int  # in bytes
    written: int  # the time of the last change, in milliseconds


class SparkFiles:
    """The file systems that a Spark session can reach."""

    def __init__(self, session: Any) -> None:
        self._java = session._jvm
        self._settings = session._jsc.hadoopConfiguration()

    def tables(self, root: str) -> dict[str, str]:
        """The paths of the tables below `root`, by name. A table is a file `name.parquet`, or a
        folder `name` or `name.parquet` of such files.
        """
        paths: dict[str, str] = {}
        for entry in self.list_folder(root):
            if entry.name.startswith((".", "_")) or not (
                entry.folder or entry.name.endswith(PARQUET)
            ):
                continue
            name = entry.name.removesuffix(PARQUET)
            if name in paths:
                raise DataError(
                    f"{root} holds two tables with the name `{name}`",
                    f"rename one of {entry.name} and {paths[name]}",
                )
            paths[name] = entry.path
        return paths

    def list_folder(self, place: str) -> list[FileEntry]:
        """The files and folders in a folder, sorted by name. For a file: the file itself."""
        try:
            path = self._java.org.apache.hadoop.fs.Path(place)
            statuses = path.getFileSystem(self._settings).listStatus(path)
            return sorted((_entry(status) for status in statuses), key=lambda entry: entry.name)
        except Exception as error:  # Java's errors have no base class here
            raise DataError(
                f"{place} can't be read: {first_line(error)}",
                "check `tables` under [spark] in salus.toml",
            ) from error

    def names(self, place: str) -> list[str]:
        """The names in a folder; none if the folder doesn't exist."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        return (
            [entry.name for entry in self.list_folder(place)]
            if path.getFileSystem(self._settings).exists(path)
            else []
        )

    def make(self, place: str) -> None:
        """Make an empty folder."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        path.getFileSystem(self._settings).mkdirs(path)

    def remove(self, place: str) -> None:
        """Delete a file or folder that Salus made, with everything in it."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        path.getFileSystem(self._settings).delete(path, True)

    def move(self, place: str, to: str) -> None:
        """Rename a folder, unless the new name already exists."""
        old, new = (self._java.org.apache.hadoop.fs.Path(name) for name in (place, to))
        system = old.getFileSystem(self._settings)
        if not system.exists(new):
            system.rename(old, new)

    def create(self, place: str, text: str) -> bool:
        """Write a new small file; False if the file already exists."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        system = path.getFileSystem(self._settings)
        try:
            stream = system.create(path, False)
        except Exception:  # Java's errors have no base class here
            if system.exists(path):
                return False
            raise
        stream.write(text.encode())
        stream.close()
        return True

    def text(self, place: str) -> str | None:
        """The text of a small file; None if it doesn't exist."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        system = path.getFileSystem(self._settings)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return str(self._java.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def overwrite(self, place: str, text: str) -> None:
        """Write a small file. Replaces an existing one."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        stream = path.getFileSystem(self._settings).create(path, True)
        try:
            stream.write(text.encode())
        finally:
            stream.close()

    def files(self, place: str) -> Iterator[FileEntry]:
        """All files of a table, in subfolders too, always in the same order."""
        for entry in self.list_folder(place):
            if entry.folder:
                yield from () if entry.name.startswith((".", "_")) else self.files(entry.path)
            elif not entry.name.startswith((".", "_")):
                yield entry


def _entry(status: Any) -> FileEntry:
    path = status.getPath()
    return FileEntry(
        path=path.toString(),
        address=path.toUri().toString().replace("file:///", "file:/"),
        name=path.getName(),
        folder=status.isDirectory(),
        size=status.getLen(),
        written=status.getModificationTime(),
    )
