"""Files that are there whole or not at all, and the named points at which tests pull the plug."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CRASH_AT = "SALUS_CRASH_AT"


@contextmanager
def whole(path: Path, *, make_folder: bool = True) -> Iterator[Path]:
    """A path to write to; when the block ends well, the file appears under its real name, else nothing does.

    A reader never sees half a file, and an interrupted run leaves only a hidden leftover that the next run removes.
    Runs at the same time don't meet: each writes its own draft, and the last one stands.
    """
    if make_folder:
        path.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(path)
    for left in leftovers(path.parent, glob.escape(path.name)):
        left.unlink(missing_ok=True)
    try:
        yield draft
        crash_point(f"written:{path.suffix}")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException as error:
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)       # libraries don't say which file it was
        draft.unlink(missing_ok=True)
        raise
    crash_point(f"renamed:{path.suffix}")


def draft_of(path: Path) -> Path:
    """Where this process prepares a file or folder, or takes it away to, so that nobody sees it half there."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def leftovers(folder: Path, name: str = "*") -> list[Path]:
    """The drafts in a folder, of files or folders of this name, whose process is gone."""
    drafts = ((draft, draft.name.removesuffix(".part").rpartition(".")[2]) for draft in folder.glob(f".{name}.*.part"))
    return [draft for draft, process in drafts if process.isdigit() and not runs(int(process))]


def runs(process: int) -> bool:
    """Whether a process of this machine is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:                          # there, but not ours to signal
        return True
    return True


def crash_point(name: str) -> None:
    """End the process at once if the environment names this point: nothing is tidied up, as in a power cut."""
    if os.environ.get(CRASH_AT) == name:
        os._exit(137)
