"""`salus demo`: a company whose true health is known, scored and reported like any other."""

from __future__ import annotations

import datetime as dt
import shutil
from importlib.resources import files
from pathlib import Path

import salus.verbs.demo.text
import salus.verbs.score.text  # noqa: F401  registers the text of the result
from salus.atomic import atomic_write
from salus.demo import ENDS, generate
from salus.errors import translate_errors
from salus.scores.compute import compute_project_scores
from salus.verbs.demo.result import Demo
from salus.verbs.init.init import name_pack, render_settings
from salus.verbs.report.report import report
from salus.workspace.settings import Settings
from salus.workspace.workspace import Workspace


@translate_errors()
def demo(folder: Path, *, accounts: int, seed: int, years: float) -> Demo:
    """Generate the company, score it with the b2b_saas pack at the end of its data, and write the
    report.
    """
    generate(folder, accounts=accounts, seed=seed, years=years)
    try:
        return _score_demo(folder)
    except BaseException:  # the folder was empty; an incomplete demo would block the next one
        for path in folder.iterdir():
            (
                shutil.rmtree(path, ignore_errors=True)
                if path.is_dir()
                else path.unlink(missing_ok=True)
            )
        raise


def _score_demo(folder: Path) -> Demo:
    pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
    for name, text in {
        "salus.yaml": name_pack(pack, "demo"),
        "salus.toml": render_settings("data/"),
    }.items():
        with atomic_write(folder / name) as draft:
            draft.write_text(text, encoding="utf-8")
    workspace = Workspace(folder, today=ENDS + dt.timedelta(days=1))
    workspace.settings = Settings()  # the demo's own data, whatever the environment says
    workspace.decisions.path.unlink(missing_ok=True)  # of an earlier demo in this folder
    scores = compute_project_scores(workspace, workspace.model, None)
    workspace.store.keep(scores.to_arrow(), workspace.model, scores.as_of)
    return Demo(folder, scores, report(workspace, folder / "report.html", scores.as_of).path)
