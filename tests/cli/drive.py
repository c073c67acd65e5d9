"""Runs every verb while the disk has a fault: `python -m tests.cli.drive FAULT FOLDER`.

Prints JSON: for each verb and point the exit code, the messages, the files that are left, and
whether the next run gives the complete result.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.verbs import CALLS, call, copy, messages, prepared

NOBODY = 65534
#: Files that differ from run to run, because they contain times.
TIMED = (".rollout.lock", "rollout.jsonl", ".files.json")


@contextmanager
def limited(_: Path, size: int) -> Iterator[None]:
    """Limit the size of every file to `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def full(folder: Path, free: int) -> Iterator[None]:
    """Fill the file system of the folder until `free` bytes are left."""
    filler = folder.parent / "filler"
    with filler.open("wb") as file:
        state = os.statvfs(folder)
        os.posix_fallocate(file.fileno(), 0, max(1, state.f_bavail * state.f_frsize - free))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def forbidden(folder: Path, depth: int) -> Iterator[None]:
    """Make folders read-only: the whole project, its folders, or the folders in them."""
    paths = [
        path
        for path in [folder, *folder.rglob("*")]
        if path.is_dir() and len(path.relative_to(folder).parts) >= depth
    ]
    for path in paths:
        path.chmod(0o555)
    if os.geteuid() == 0:  # root can write everywhere
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(os.getuid())
        for path in paths:
            path.chmod(0o777)


FAULTS: dict[str, tuple[Callable[..., object], tuple[int, ...]]] = {
    "limited": (limited, (0, 700, 6_000)),
    "full": (full, (0, 12_288, 40_960)),
    "forbidden": (forbidden, (0, 1, 2)),
}


def kept(folder: Path) -> dict[str, bytes]:
    """Return the content of every file, except caches, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in TIMED and "partials" not in path.parts
    }


def drafts(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.suffix in (".part", ".folder")
    )


def run_with_fault(
    name: str, project: Path, folder: Path, fault: Callable[..., object], point: int
) -> dict[str, object]:
    """Run one verb with the fault at one point."""
    copy(project, folder)
    expected = undisturbed(name, project, folder)
    copy(project, folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777)
    with fault(folder, point):  # type: ignore[attr-defined]
        result = call(name, folder)
    left = drafts(folder)
    torn = [
        file
        for file, content in kept(folder).items()
        if content not in (expected.get(file), before(project, file))
    ]
    again = call(name, folder)
    return {
        "verb": name,
        "point": point,
        "code": result.exit_code,
        "messages": messages(result),
        "stderr": result.stderr,
        "left": left,
        "torn": torn,
        "again": again.exit_code,
        "healed": kept(folder) == expected,
        "output": again.stderr,
    }


def before(project: Path, file: str) -> bytes | None:
    path = project / file
    return path.read_bytes() if path.is_file() else None


_EXPECTED: dict[str, dict[str, bytes]] = {}


def undisturbed(name: str, project: Path, folder: Path) -> dict[str, bytes]:
    """Return the files that the verb writes without a fault."""
    if name not in _EXPECTED:
        result = call(name, folder)
        assert result.exit_code in (0, 3), f"{name}\n{result.output}"
        _EXPECTED[name] = kept(folder)
    return _EXPECTED[name]


def main(fault: str, place: str) -> None:
    project, folder = prepared(Path(place) / "project"), Path(place) / "run"
    context, points = FAULTS[fault]
    names = [
        name for name in CALLS if name != "replay in processes" or fault == "full"
    ]  # once is enough for several processes
    print(
        json.dumps(
            [
                run_with_fault(name, project, folder, context, point)
                for name in names
                for point in points
            ]
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
