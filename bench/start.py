"""How long a person waits for `salus --help`, and for `salus check` on the `b2b_saas` pack, in wall
time.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.measured import middle, taken

ROUNDS = 5
FINE = (0, 3)  # 3: problems found, here because there are no tables yet
PROGRAM = [sys.executable, "-m", "bench.plain"]


def measure(folder: Path) -> str:
    """The report, as Markdown."""
    started, company = folder / "started", folder / "company"
    for place, command in (
        (started, ["init", "--pack", "b2b_saas", str(started)]),
        (company, ["demo", str(company)]),
    ):
        if not place.is_dir():
            subprocess.run(
                [*PROGRAM, *command],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
    lines = ["| command | wall ms, median of five | CPU ms | limit | |", "|---|---|---|---|---|"]
    for name, arguments, limit in (
        ("`salus --help`", ["--help"], 150),
        (
            "`salus check` on the `b2b_saas` pack as `salus init` writes it",
            ["-C", str(started), "check"],
            1000,
        ),
        (
            "`salus check` on the demo company with all its tables",
            ["-C", str(company), "check"],
            None,
        ),
    ):
        taken([*PROGRAM, *arguments], fine=FINE)  # compiled, and in the cache of the disk
        result = middle([taken([*PROGRAM, *arguments], fine=FINE) for _ in range(ROUNDS)])
        wall = result.wall * 1000
        mark = "" if limit is None else "met" if wall < limit else "**not met**"
        lines.append(f"| {name} | {wall:.0f} | {result.cpu * 1000:.0f} | {limit or ''} | {mark} |")
    return "\n".join(lines) + "\n"
