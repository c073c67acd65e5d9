"""Files that are there whole or not at all, and the named points at which tests pull the plug."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CRASH_AT = "SALUS_CRASH_AT"


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write to; when the block ends well, the file appears under its real name, else nothing does.

    A reader never sees half a file, and an interrupted run leaves only a hidden leftover that the next run replaces.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    try:
        yield draft
        crash_point(f"written:{path.suffix}")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    crash_point(f"renamed:{path.suffix}")


def crash_point(name: str) -> None:
    """End the process at once if the environment names this point: nothing is tidied up, as in a power cut."""
    if os.environ.get(CRASH_AT) == name:
        os._exit(137)
