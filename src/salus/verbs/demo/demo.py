"""`salus demo`: a company with known truth, scored and reported like any other."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from salus.atomic import whole
from salus.demo import ENDS, generate
from salus.errors import translated
from salus.scores.compute import scored_by
from salus.scores.scores import Scores
from salus.verbs.init.init import settings_text, with_name
from salus.verbs.report.report import report
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class Demo:
    """The folder of the demo, its scores and its report."""

    folder: Path
    scores: Scores
    report: Path

    def __str__(self) -> str:
        return (
            f"{self.scores}\n\nreport:  {self.report}\nproject: {self.folder}  (try `salus -C"
            f" {self.folder} explain {self.scores.ids[self.scores.order[0]]}`)"
        )


@translated()
def demo(folder: Path, *, accounts: int, seed: int, years: float) -> Demo:
    """Make the company, put the b2b_saas pack on it, score the day its data end, write the
    report.
    """
    generate(folder, accounts=accounts, seed=seed, years=years)
    try:
        return _scored(folder)
    except BaseException:  # the folder was empty: half a demo would be in the way of the next
        for path in folder.iterdir():
            (
                shutil.rmtree(path, ignore_errors=True)
                if path.is_dir()
                else path.unlink(missing_ok=True)
            )
        raise


def _scored(folder: Path) -> Demo:
    pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
    for name, text in {
        "salus.yaml": with_name(pack, "demo"),
        "salus.toml": settings_text("data/"),
    }.items():
        with whole(folder / name) as draft:
            draft.write_text(text, encoding="utf-8")
    workspace = Workspace(folder, today=ENDS + dt.timedelta(days=1))
    workspace.decisions.path.unlink(missing_ok=True)  # of a demo that was made here before
    scores = scored_by(workspace, workspace.model, None)
    workspace.store.keep(scores.to_arrow(), workspace.model, scores.as_of)
    return Demo(folder, scores, report(workspace, folder / "report.html", scores.as_of))
