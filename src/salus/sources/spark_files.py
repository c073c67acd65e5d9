"""Files as Spark's file systems list them, local or not: which tables a folder holds, and what
changes when they do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from salus.errors import DataError
from salus.sources.spark_session import first_line

PARQUET = ".parquet"
MAX_FILES = 100_000  # files of one table: beyond that, looking at each takes too long
MAKING = "_making"  # what a folder is called while it is filled: no reader looks into it


@dataclass(frozen=True)
class FileEntry:
    """A file or folder: its path, the address that rows tell it by, its name, and what changes when
    it is written anew.
    """

    path: str
    address: str
    name: str
    folder: bool
    size: int
    written: int


class SparkFiles:
    """The file systems of a session."""

    def __init__(self, session: Any) -> None:
        self._java = session._jvm
        self._settings = session._jsc.hadoopConfiguration()

    def tables(self, root: str) -> dict[str, str]:
        """Tables under `root` by name: a file `name.parquet`, or a folder `name` or `name.parquet`
        of such files.
        """
        found: dict[str, str] = {}
        for entry in self.listed(root):
            if entry.name.startswith((".", "_")) or not (
                entry.folder or entry.name.endswith(PARQUET)
            ):
                continue
            name = entry.name.removesuffix(PARQUET)
            if name in found:
                raise DataError(
                    f"{root} holds two tables `{name}`",
                    f"rename one of {entry.name} and {found[name]}",
                )
            found[name] = entry.path
        return found

    def listed(self, place: str) -> list[FileEntry]:
        """What a folder holds, by name; a file is itself."""
        try:
            path = self._java.org.apache.hadoop.fs.Path(place)
            several = path.getFileSystem(self._settings).listStatus(path)
            return sorted((_entry(status) for status in several), key=lambda entry: entry.name)
        except Exception as error:  # Java's own tree of errors
            raise DataError(
                f"{place} can't be read: {first_line(error)}",
                "check `tables` under [spark] in salus.toml",
            ) from error

    def names(self, place: str) -> list[str]:
        """The names in a folder; none where there is no such folder."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        return (
            [entry.name for entry in self.listed(place)]
            if path.getFileSystem(self._settings).exists(path)
            else []
        )

    def make(self, place: str) -> None:
        """Make an empty folder."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        path.getFileSystem(self._settings).mkdirs(path)

    def remove(self, place: str) -> None:
        """Remove a folder that we made, with all that is in it."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        path.getFileSystem(self._settings).delete(path, True)

    def move(self, place: str, to: str) -> None:
        """Give a folder its final name, unless it is there already."""
        old, new = (self._java.org.apache.hadoop.fs.Path(one) for one in (place, to))
        system = old.getFileSystem(self._settings)
        if not system.exists(new):
            system.rename(old, new)

    def create(self, place: str, text: str) -> bool:
        """Write a small file that isn't there yet; False if it is."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        system = path.getFileSystem(self._settings)
        try:
            stream = system.create(path, False)
        except Exception:  # Java's own tree of errors
            if system.exists(path):
                return False
            raise
        stream.write(text.encode())
        stream.close()
        return True

    def text(self, place: str) -> str | None:
        """What a small file says; None where there is none."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        system = path.getFileSystem(self._settings)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return str(self._java.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def tell(self, place: str, text: str) -> None:
        """Write a small file, in place of what it said before."""
        path = self._java.org.apache.hadoop.fs.Path(place)
        stream = path.getFileSystem(self._settings).create(path, True)
        try:
            stream.write(text.encode())
        finally:
            stream.close()

    def files(self, place: str) -> Iterator[FileEntry]:
        """All files of a table, whatever folders they lie in, in one order."""
        for entry in self.listed(place):
            if entry.folder:
                yield from () if entry.name.startswith((".", "_")) else self.files(entry.path)
            elif not entry.name.startswith((".", "_")):
                yield entry


def _entry(status: Any) -> FileEntry:
    path = status.getPath()
    address = (
        path.toUri().toString().replace("file:///", "file:/")
    )  # as Spark's `_metadata.file_path` has it
    return FileEntry(
        path.toString(),
        address,
        path.getName(),
        status.isDirectory(),
        status.getLen(),
        status.getModificationTime(),
    )
