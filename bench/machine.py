"""The machine and the software that the figures were measured with."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("salus", "duckdb", "numpy", "polars", "pyarrow", "sqlglot")


def machine() -> str:
    """One line: processor, cores, memory, system, Python and the relevant packages."""
    names = [
        line.split(":", 1)[1].strip()
        for line in _lines("/proc/cpuinfo")
        if line.startswith("model name")
    ]
    memory = next(
        (
            int(line.split()[1]) * 1024 / 1e9
            for line in _lines("/proc/meminfo")
            if line.startswith("MemTotal")
        ),
        0,
    )
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB,"
        f" {platform.system()} {platform.release()}; Python {platform.python_version()}, {packages}"
    )


def load() -> str:
    """How busy the machine is with other work."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
