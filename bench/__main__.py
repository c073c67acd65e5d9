"""`python -m bench [small|middle|full|replay|start|latency|verbs|exports]`: measure and print. All but
small and middle also write `docs/evidence/`.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from bench import exports, latency, links, replay, score, spark, start, verbs
from bench.events import SIZES
from bench.machine import load, machine

HERE = Path(__file__).parent
EVIDENCE = HERE.parent / "docs" / "evidence"


def main(name: str = "full") -> None:
    """`full` measures everything at full size; `replay` many dates and Spark, `start`, `latency` and
    `exports` only that.
    """
    folder, full = HERE / ".data", name == "full"
    if name in SIZES:
        print_report(
            "bench-score", "Speed of scoring", score.measure(SIZES[name], folder), keep=full
        )
    if name in SIZES or name == "replay":
        size = SIZES.get(name, SIZES["full"])
        print_report(
            "bench-replay",
            "Speed of many dates",
            replay.measure(size, folder),
            keep=size == SIZES["full"],
        )
    if full or name == "replay":
        print_report("bench-spark", "Speed on Spark", spark.measure("full"), keep=True)
    if name in SIZES or name == "start":
        where = f"Measured with `make bench SIZE={name}` on {machine()}; {load()} before.\n\n"
        print_report(
            "bench-start",
            "Time to start",
            where + start.measure(folder),
            keep=full or name == "start",
        )
    if name in ("full", "latency"):
        where = f"Measured with `make bench SIZE={name}` on {machine()}; {load()} before.\n\n"
        print_report(
            "bench-latency", "What a screen waits for", where + latency.measure(folder), keep=True
        )
    if name in ("full", "verbs"):
        print_report("bench-verbs", "Growth of each command", verbs.measure(folder), keep=True)
    if name in ("full", "exports"):
        where = f"Measured with `make bench SIZE={name}` on {machine()}; {load()} before.\n\n"
        print_report("bench-exports", "Time to a model", where + exports.measure(folder), keep=True)
        print_report("bench-links", "Speed of links", where + links.measure(folder), keep=True)


def print_report(file: str, title: str, text: str, *, keep: bool) -> None:
    print(text, flush=True)
    if keep:
        (EVIDENCE / f"{file}.md").write_text(
            f"# {title}\n\n{dt.date.today()}. {text}", encoding="utf-8"
        )


if __name__ == "__main__":
    main(*sys.argv[1:2])
