"""`salus demo`: a company with known truth, scored and reported like any other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from salus.demo import ENDS, generate
from salus.project.init import settings_text, with_name
from salus.project.project import Project
from salus.project.snapshot import Scores


@dataclass(frozen=True)
class Demo:
    """The folder of the demo, its scores and its report."""

    folder: Path
    scores: Scores
    report: Path

    def __str__(self) -> str:
        return (f"{self.scores}\n\nreport:  {self.report}\nproject: {self.folder}  (try `salus -C {self.folder} explain "
                f"{self.scores.ids[self.scores.order[0]]}`)")


def demo(folder: Path, *, accounts: int, seed: int, years: float) -> Demo:
    """Make the company, put the b2b_saas pack on it, score the day its data end, write the report."""
    generate(folder, accounts=accounts, seed=seed, years=years)
    pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
    (folder / "salus.yaml").write_text(with_name(pack, "demo"), encoding="utf-8")
    (folder / "salus.toml").write_text(settings_text("data/"), encoding="utf-8")
    project = Project(folder, today=ENDS + dt.timedelta(days=1))
    project.decisions.path.unlink(missing_ok=True)               # of a demo that was made here before
    scores = project.score()
    return Demo(folder, scores, project.report(as_of=scores.as_of))
