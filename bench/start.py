"""How long a person waits: `salus --help`, and `salus check` on a company with the `b2b_saas` pack; wall time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from bench.measured import taken

ROUNDS = 5
LIMITS = {"salus --help": 0.150, "salus check": 1.0}


def measure(folder: Path) -> str:
    """The report, as Markdown."""
    program = str(Path(sys.executable).with_name("salus"))
    company = folder / "company"
    if not company.is_dir():
        subprocess.run([program, "demo", str(company)], check=True, stdout=subprocess.DEVNULL)
    commands = {"salus --help": [program, "--help"], "salus check": [program, "-C", str(company), "check"]}
    lines = ["| command | ms, median of five | limit | |", "|---|---|---|---|"]
    for name, command in commands.items():
        taken(command)                       # compiled, and in the memory of the machine
        wall = median(taken(command).wall for _ in range(ROUNDS))
        mark = "met" if wall < LIMITS[name] else "**not met**"
        lines.append(f"| `{name}` | {wall * 1000:.0f} | {LIMITS[name] * 1000:.0f} | {mark} |")
    return "\n".join(lines) + "\n"
