"""The files that the model and the settings are read from, and whether they are still the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from salus.model.reading.corrections import FOLDER
from salus.sources.file_states import FileStamp, file_stamps


def model_files(folder: Path, file: Path) -> tuple[FileStamp, ...]:
    """The state of the model's file, and of every file that a model or `salus.toml` may be in: those
    of the project's folder, and its corrections.
    """
    folders = dict.fromkeys((folder, file.parent, folder / FOLDER, file.parent / FOLDER))
    return file_stamps(path for place in folders for path in _files_in(place))


def _files_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.is_file())
