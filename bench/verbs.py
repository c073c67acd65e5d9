"""What each command takes at growing numbers of accounts, each in a process of its own, in CPU seconds
and peak memory: `python -m bench.verbs FOLDER [ACCOUNTS …]`.

The companies are demos in FOLDER, made where they are missing. What an earlier run kept is removed
first, so the first command of each kind does all the work, and the second shows what was kept.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from bench.machine import load, machine
from bench.measured import Taken, taken

PROGRAM = [sys.executable, "-m", "bench.plain"]
SIZES = (500, 2_000, 5_000, 20_000)
FINE = (0, 1, 3)  # findings about the data aren't a failure here
DAY = dt.date(2026, 6, 29)
KEPT = ("partials", "history", "rejected")
EDITED = "edited.yaml"
LIMIT, MOST_MEMORY = 1.05, 2.5  # of an exponent, and gigabytes
LEAST = 5_000  # accounts from which the exponent counts

OUTCOME = ["--outcome", "churned", "--horizon", "90d"]
VERBS: dict[str, list[str]] = {
    "score": ["score", "--as-of", str(DAY)],
    "score of the next day": ["score", "--as-of", str(DAY + dt.timedelta(days=1))],
    "check": ["check"],
    "explain": ["explain", "A-00001"],
    "history": ["history", "A-00001"],
    "compare": ["compare", str(DAY), str(DAY + dt.timedelta(days=1))],
    "plan of an edited weight": ["plan", "--model", EDITED],
    "forecast": ["forecast"],
    "report": ["report"],
    "metrics": ["metrics"],
    "metrics again": ["metrics"],
    "validate": ["validate", *OUTCOME],
    "validate again": ["validate", *OUTCOME],
    "learn": ["learn", *OUTCOME],
    "replay of 12 months": [
        "replay", "--from", "2025-06-01", "--to", "2026-05-01", "--every", "month",
    ],
}  # fmt: skip


def measure(folder: Path, sizes: Sequence[int] = SIZES) -> str:
    """The report, as Markdown."""
    before = load()
    costs = {size: _measure_company(_company(folder, size), size) for size in sizes}
    lines = [
        f"Measured with `make bench SIZE=verbs` on {machine()}; {before} before the first.",
        "",
        "| CPU s | " + " | ".join(f"{size:,}" for size in sizes) + " | exponent | peak GB | |",
        "|---" * (len(sizes) + 4) + "|",
    ]
    for name in VERBS:
        lines.append(_line(name, [(size, costs[size][name]) for size in sizes]))
    return "\n".join(lines) + "\n"


def _line(name: str, points: Sequence[tuple[int, Taken]]) -> str:
    """One row of the table. The exponent is that between the first size of at least LEAST accounts and
    the last; with the start of the program, as a user waits for it.
    """
    cells = [f"{run.cpu:.1f}" for _, run in points]
    memory = points[-1][1].memory
    exponent, mark = "", "" if memory <= MOST_MEMORY else "**not met**"
    large = [(size, run.cpu) for size, run in points if size >= LEAST]
    if len(large) > 1:
        (low, few), (high, many) = large[0], large[-1]
        growth = math.log(many / few) / math.log(high / low)
        exponent = f"{growth:.2f}"
        mark = "met" if growth <= LIMIT and memory <= MOST_MEMORY else "**not met**"
    return f"| {name} | {' | '.join(cells)} | {exponent} | {memory:.2f} | {mark} |"


def _company(folder: Path, accounts: int) -> Path:
    """The demo company with so many accounts, with nothing kept."""
    place = folder / f"verbs-{accounts}"
    if not (place / "data").is_dir():
        from salus.demo import generate

        generate(place, accounts=accounts)
    pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
    (place / "salus.yaml").write_text(pack, encoding="utf-8")
    (place / "salus.toml").write_text('[data]\nurl = "data/"\n', encoding="utf-8")
    (place / EDITED).write_text(
        re.sub(r"weight: (\d+)", lambda found: f"weight: {int(found[1]) + 5}", pack, count=1),
        encoding="utf-8",
    )
    for name in KEPT:
        shutil.rmtree(place / name, ignore_errors=True)
    return place


def _measure_company(place: Path, accounts: int) -> dict[str, Taken]:
    costs = {}
    for name, command in VERBS.items():
        costs[name] = taken([*PROGRAM, "-C", str(place), *command], fine=FINE)
        run = costs[name]
        print(
            f"{accounts:>7,}  {name:<26} {run.cpu:7.1f} s CPU {run.wall:7.1f} s wall"
            f" {run.memory:5.2f} GB",
            file=sys.stderr,
            flush=True,
        )
    return costs


if __name__ == "__main__":
    where, *numbers = sys.argv[1:]
    subprocess.run([*PROGRAM, "--version"], check=True, stdout=subprocess.DEVNULL)
    print(measure(Path(where), [int(number) for number in numbers] or SIZES))
