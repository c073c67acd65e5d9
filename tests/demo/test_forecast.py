"""Forecasts of renewals from the tables of the demo company, compared with the true probabilities."""

from __future__ import annotations

import datetime as dt
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from salus import open_project
from salus.demo.truth import Truth
from salus.verbs.init.init import name_pack, render_settings
from tests.demo.conftest import Ask

AS_OF = dt.date(2026, 4, 1)


@pytest.fixture(scope="module")
def company(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forecast") / "demo"
    shutil.copytree(demo, folder)
    pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
    (folder / "salus.yaml").write_text(name_pack(pack, "demo"), encoding="utf-8")
    (folder / "salus.toml").write_text(render_settings("data/"), encoding="utf-8")
    return folder


def test_chances_of_renewal_are_near_the_true_ones(company: Path, ask: Ask) -> None:
    """On average and in their order. The true probabilities use causes that no table shows."""
    forecast = open_project(company).forecast(AS_OF, keep=False).as_dict()
    true = dict(
        zip(
            (outlook := Truth.read(company).at(AS_OF, 90)).account_ids,
            1 - outlook.chance,
            strict=True,
        )
    )
    assert forecast["reason"] is None
    pairs = np.array([(row["probability"], true[row["id"]]) for row in forecast["renewals"]])
    assert len(pairs) > 30
    assert pairs[:, 0].mean() == pytest.approx(pairs[:, 1].mean(), abs=0.05)
    ranks = np.argsort(np.argsort(pairs, axis=0), axis=0)
    assert np.corrcoef(ranks.T)[0, 1] > 0.3
    due = ask(f"""select distinct account_id from truth.decisions where kind = 'term'
                  and deadline >= date '{AS_OF}' and deadline < date '{AS_OF}' + 90""")
    assert {row["id"] for row in forecast["renewals"]} <= {key for (key,) in due}
    assert forecast["without_date"]["entities"] > 100  # contracts by the month
