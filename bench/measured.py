"""Runs a command and measures the CPU seconds of the process and its children, and its peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Taken:
    """Seconds and the largest resident set in gigabytes (10^9 bytes)."""

    cpu: float
    wall: float
    memory: float


def taken(command: Sequence[str], fine: Sequence[int] = (0,)) -> Taken:
    """Run the command to its end and return what it took. An exit code that isn't in `fine` is an
    error.
    """
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    start = time.perf_counter()
    output = None if fine == (0,) else subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=output)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Taken(
        usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss * 1024 / 1e9
    )


def middle(runs: Sequence[Taken]) -> Taken:
    """The median seconds, and the largest memory, of several runs."""
    return Taken(
        median(run.cpu for run in runs),
        median(run.wall for run in runs),
        max(run.memory for run in runs),
    )
