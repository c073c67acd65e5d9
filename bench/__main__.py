"""`python -m bench [small|middle|full]`: measure, print, and at full size write `docs/evidence/bench-score.md`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from bench import score, start
from bench.events import SIZES

HERE = Path(__file__).parent
EVIDENCE = HERE.parent / "docs" / "evidence" / "bench-score.md"


def main(name: str = "full") -> None:
    folder = HERE / ".data"
    text = score.measure(SIZES[name], folder)
    print(text, flush=True)
    text += "\n## Starting\n\n" + start.measure(folder)
    print(text)
    if name == "full":
        EVIDENCE.write_text(f"# Speed\n\n{dt.date.today()}. {text}", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:2])
