"""The demo is no toy: the pack's score predicts churn on it, never nearly perfectly, and the truth
says how well at best.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from salus.demo import generate
from salus.demo.truth import Truth, auc, best_auc
from salus.project import open_project
from salus.verbs.init.init import name_pack, render_settings

DATES = (dt.date(2025, 4, 1), dt.date(2025, 10, 1), dt.date(2026, 3, 1))
HORIZON = 120


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("auc") / "demo"
    generate(folder, accounts=500, seed=1)
    pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
    (folder / "salus.yaml").write_text(name_pack(pack, "demo"), encoding="utf-8")
    (folder / "salus.toml").write_text(render_settings("data/"), encoding="utf-8")
    return folder


def test_the_score_predicts_and_is_far_from_perfect(company: Path) -> None:
    project, truth = open_project(company), Truth.read(company)
    risks, events = [], []
    for date in DATES:
        scores = project.score(date, keep=False)
        score = dict(zip(scores.ids, scores.scored.score, strict=True))
        coming = truth.at(date, HORIZON)
        known = np.array([key in score and not np.isnan(score[key]) for key in coming.account_ids])
        assert known.mean() > 0.95
        risks.append(np.array([-score.get(key, 0.0) for key in coming.account_ids])[known])
        events.append(coming.churned[known])
    reached, best = (
        auc(np.concatenate(risks), np.concatenate(events)),
        best_auc(company, DATES, HORIZON),
    )
    print(f"score {reached:.3f}, best possible {best:.3f}, events {np.concatenate(events).sum()}")
    assert 0.65 <= reached <= 0.85
    assert reached < best < 0.97
