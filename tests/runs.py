"""Salus as a process of its own, as tests end it, start it several times at once, or put it into a
container's place.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

#: Facts of any table are kept, however small, and files are known again by their bytes, as folders
#: are copied.
PROGRAM = """import os, sys
from salus.workspace import workspace
from salus.sources import file_states
workspace.PARTIALS_FROM, file_states.YOUNG = 0, 1 << 62
{more}
from salus.cli.main import main
main(sys.argv[1:])"""
ALONE = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")


def command(folder: Path, *arguments: str, more: str = "") -> list[str]:
    """The command line of a verb."""
    return [sys.executable, "-c", PROGRAM.format(more=more), "-C", str(folder), *arguments]


def start(line: Sequence[str]) -> subprocess.Popen[str]:
    """A process with a group of its own, so that its children end with it."""
    return subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_hear_interrupts,  # noqa: PLW1509  no thread has a lock that it needs
    )


def _hear_interrupts() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A verb from start to end."""
    done = subprocess.run(command(folder, *arguments), capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def finished(folder: Path, *arguments: str) -> float:
    """The same, which must succeed; the seconds it took."""
    started = time.monotonic()
    done = run(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - started


def killed(folder: Path, after: float, *arguments: str) -> bool:
    """Start a verb and send SIGKILL to its process group after so many seconds; whether that was
    before its end.
    """
    process = start(command(folder, *arguments))
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return process.returncode != 0


def kept(folder: Path) -> dict[str, bytes]:
    """What a reader sees: history, models and the texts beside them, but for the time of day of
    decisions.
    """
    found = [path for place in ("history", "models") for path in (folder / place).rglob("*")]
    files = [
        path
        for path in (*found, *folder.glob("*.yaml"))
        if path.is_file() and not path.name.startswith(".")
    ]
    return {path.relative_to(folder).as_posix(): _timeless(path) for path in files}


def _timeless(path: Path) -> bytes:
    content = path.read_bytes()
    if path.name != "rollout.jsonl":
        return content
    return b"\n".join(
        json.dumps({**json.loads(line), "at": ""}).encode() for line in content.splitlines()
    )


def drafts(folder: Path) -> list[Path]:
    """What no run should leave behind."""
    return [path for path in folder.rglob(".*") if path.suffix in (".part", ".folder")]


def assert_whole(folder: Path) -> None:
    """Every Parquet file that a reader sees can be read."""
    for path in folder.rglob("*.parquet"):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            pq.read_table(path)


def need_namespaces() -> None:
    """Skip where processes can't be put apart."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no program `unshare` to put processes apart")
    done = subprocess.run([*ALONE, "true"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"process namespaces aren't allowed here: {done.stderr.strip()}")
