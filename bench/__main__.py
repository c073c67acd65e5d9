"""`python -m bench [small|middle|full|start]`: measure and print; full and start also write `docs/evidence/`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from bench import score, start
from bench.events import SIZES
from bench.machine import load, machine

HERE = Path(__file__).parent
EVIDENCE = HERE.parent / "docs" / "evidence"


def main(name: str = "full") -> None:
    folder = HERE / ".data"
    if name in SIZES:
        told("bench-score", "Speed of scoring", score.measure(SIZES[name], folder), keep=name == "full")
    where = f"Measured with `make bench SIZE={name}` on {machine()}; {load()} before.\n\n"
    told("bench-start", "Time to start", where + start.measure(folder), keep=name in ("full", "start"))


def told(file: str, title: str, text: str, *, keep: bool) -> None:
    print(text, flush=True)
    if keep:
        (EVIDENCE / f"{file}.md").write_text(f"# {title}\n\n{dt.date.today()}. {text}", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:2])
