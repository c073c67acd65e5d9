"""The next day of a model that remembers: `python -m bench.past PLACE`, for a demo company in PLACE.

Prints CPU seconds of a score from nothing kept, of the next two days, which continue from it, and of
the same model without its memories, each once after all facts were read; and whether the bytes of the
last day are those from nothing kept.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.machine import load, machine

BACK = 40  # days before the end of the data, so that there are facts on every day
DAY = dt.timedelta(days=1)


def main(place: Path) -> None:
    """Measure and print."""
    from salus.history.row import to_table
    from salus.model.model import Model
    from salus.scores.compute import compute_project_scores
    from salus.scores.next_scores import FOLDER
    from salus.scores.scores import Scores
    from salus.workspace.workspace import Workspace

    workspace = Workspace(place)
    model, day = workspace.model, workspace.data_end().as_of - BACK * DAY
    plain = replace(model, smooth=None, dead_zone=0.0, missing_guard=0)

    def timed(what: str, own: Model, on: dt.date) -> tuple[Scores, float]:
        start = time.process_time()
        scores = compute_project_scores(workspace, own, on)
        seconds = time.process_time() - start
        print(f"{what:<34} {seconds:6.2f} s CPU", flush=True)
        return scores, seconds

    def forget() -> None:
        shutil.rmtree(place / "partials" / FOLDER, ignore_errors=True)

    print(f"{machine()}; {load()} before")
    compute_project_scores(workspace, model, day)
    forget()
    scores, _ = timed("nothing kept", model, day)
    seconds = [timed(f"{back} days later", model, day + back * DAY)[1] for back in (1, 2)]
    continued, _ = timed("3 days later", model, day + 3 * DAY)
    _, without = timed("without memories", plain, day + DAY)
    forget()
    again, _ = timed("3 days later, nothing kept", model, day + 3 * DAY)
    same = to_table(continued.scored, continued.ids).equals(to_table(again.scored, again.ids))
    ratio = min(seconds) / without
    print(f"{len(scores):,} scores; next day ÷ without memories {ratio:.2f}; same rows: {same}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
