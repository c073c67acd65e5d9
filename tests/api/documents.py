"""Every verb on small projects, for the tests that look at its results and documents."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import salus
from tests.insight.company import make_company
from tests.insight.test_flag import MODEL as FLAGS
from tests.insight.test_flag import write_project as write_flags
from tests.project.terms import write_terms

ROOT = Path(__file__).parents[2]
AT = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)

Results = Iterator[tuple[str, Any]]  # verb and result


@dataclass(frozen=True)
class Run:
    """A verb that was run, and what it returned."""

    verb: str
    result: Any
    document: Any  # as a program reads it


def run_demo(folder: Path) -> Results:
    """The demo company: every verb, also while a second model scores a part."""
    project = salus.open_project(make_company(folder, 120, 7))
    yield "check", project.inspect()
    yield "replay", project.replay("2026-06-01", every="month")
    scores = project.score()
    yield "score", scores
    lowest = scores.rows[0].id
    yield "explain", project.explain(lowest, since="2026-05-01")
    yield "history", project.history(lowest)
    yield "compare", project.compare("2026-05-01", "2026-06-30")
    yield "validate", project.validate("churned", first="2025-10-01")
    text = (folder / "salus.yaml").read_text(encoding="utf-8")
    edited = folder / "edited.yaml"
    edited.write_text(re.sub(r"weight: \d+", "weight: 1", text, count=1), encoding="utf-8")
    yield "plan", project.preview(edited, share="20%")
    yield "adopt", project.adopt(edited, AT, share="20%")
    rollout = project.score()
    yield "score", rollout
    for row in rollout:  # entities that the second model scores
        if row.fingerprint != project.model.fingerprint:
            yield "explain", project.explain(row.id, since="2025-01-01")
            break
    yield "adopt", project.rollback(AT)
    yield "adopt", project.adopt(edited, AT)
    yield "explain", salus.open_project(folder).explain(lowest)
    yield "forecast", project.forecast(changes=["active_users=-30%"])
    yield "metrics", project.metrics("2025-09-01")
    yield "report", project.report(language="de")


def run_terms(folder: Path) -> Results:
    """Contracts: forecasts that can be compared with what happened."""
    project = salus.open_project(write_terms(folder, until=dt.date(2025, 4, 1)))
    project.forecast(outcome="churned")
    project = salus.open_project(write_terms(folder))
    yield "forecast", project.forecast(outcome="churned", changes=["level=-30%"])
    yield "forecast", project.forecast("2025-07-01", outcome="churned")
    yield "forecast", project.forecast("2022-08-01", outcome="churned")
    yield "validate", project.validate("churned", every="week")
    yield "validate", project.validate("expanded")
    yield "learn", project.learn("churned")
    yield "plan", project.plan("salus.yaml", "2025-12-01", outcome="churned")
    yield "metrics", project.metrics(variant="daily", quick=True)
    comparison = project.compare("2025-06-01", "2025-12-01")
    yield "compare", comparison
    yield "explain", project.explain(comparison.rows[0].id, "2025-12-01", since="2025-06-01")


def run_flags(folder: Path) -> Results:
    """An outcome without dates."""
    project = salus.open_project(write_flags(folder))
    yield "check", project.inspect()
    yield "validate", project.validate("churned")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("salus.insight.learning.learning.MANY", 50)
        yield "learn", project.learn("churned")
    yield "learn", salus.open_project(write_flags(folder / "noise", signal=0)).learn("churned")
    leak = FLAGS.replace("region]", "region, code]").replace(
        "      tenure:", "      mark: {value: code, bad: 1, good: 0}\n      tenure:"
    )
    leaking = salus.open_project(write_flags(folder / "leak", model=leak))
    yield "validate", leaking.validate("churned")
    (folder / "edited.yaml").write_text(
        project.model.text.replace("tenure:", "months_here:"), encoding="utf-8"
    )
    yield "plan", project.plan("edited.yaml", outcome="churned")


def run_shop(folder: Path) -> Results:
    """A shop without a table of customers, with purchases."""
    copy_example("shop", folder, ("key: customer}", "key: customer, purchases: orders.net}"))
    write_orders(folder / "data" / "orders.csv")
    project = salus.open_project(folder)
    yield "score", project.score()
    yield "explain", project.explain(project.score().rows[0].id)
    yield "metrics", project.metrics()
    yield "validate", project.validate("lost")
    yield "forecast", project.forecast(outcome="lost", changes=["repeat=-10%"])
    yield "forecast", project.forecast("2024-03-01", outcome="lost")


def run_saas(folder: Path) -> Results:
    """A dozen accounts, with segments, and a ticket of the far future."""
    copy_example("saas", folder)
    with (folder / "data" / "tickets.csv").open("a", encoding="utf-8") as file:
        file.write("A-01,2205-03-01,\n")
    project = salus.open_project(folder)
    yield "metrics", project.metrics()
    without_ends = folder / "without_ends.yaml"
    without_ends.write_text(project.model.text.replace("ends: until, ", ""), encoding="utf-8")
    yield "metrics", project.with_model(without_ends).metrics()
    project.score("2025-11-01")
    for row in project.score():
        yield "explain", project.explain(row.id)
    edited = folder / "edited.yaml"
    edited.write_text(project.model.text.replace("weight: 3", "weight: 1"), encoding="utf-8")
    yield "adopt", project.adopt(edited, AT, segment="new")
    scores = project.score()
    yield "score", scores
    for row in scores:
        if row.fingerprint != project.model.fingerprint:
            yield "explain", project.explain(row.id)  # another model scored it before
    yield "check", project.inspect()


def write_orders(path: Path) -> None:
    """Two years of orders of 300 buyers, each with a rhythm and a usual amount of their own."""
    draw = np.random.default_rng(5)
    lines = ["order_id,customer,ordered_on,net"]
    for buyer in range(300):
        gap, amount = draw.gamma(2.0, 30.0), draw.gamma(6.0, 10.0)
        day = float(draw.integers(0, 500))
        while day < 730 and draw.random() > 0.05:
            date = dt.date(2024, 1, 1) + dt.timedelta(days=int(day))
            net = max(1, round(amount * draw.gamma(4.0, 0.25)))
            lines.append(f"O-{buyer}-{int(day)},C-{buyer},{date},{net}")
            day += 1 + draw.exponential(gap)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def copy_example(name: str, folder: Path, *changes: tuple[str, str]) -> None:
    kept = shutil.ignore_patterns("history", "models", "partials", "rejected")
    shutil.copytree(ROOT / "examples" / name, folder, ignore=kept)
    text = (folder / "salus.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    (folder / "salus.yaml").write_text(text, encoding="utf-8")


def run_all(folder: Path) -> Iterator[Run]:
    """Every verb on every project."""
    for project in RUNS:
        for verb, result in project(folder / project.__name__):
            yield Run(verb, result, json.loads(json.dumps(result.as_dict(), allow_nan=False)))


RUNS = (run_demo, run_terms, run_flags, run_shop, run_saas)
