"""Warnings of validation on demo companies: none in clean ones, and every planted fault in spoilt
ones.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.insight.company import Tables, copy_of, deal_outcomes, make_company
from tests.insight.test_planted import FOLLOW, PLANTS

from salus.project import open_project

ACCOUNTS, SEEDS, SPOILT = 500, 20, 10
FEWEST = 17  # of 20 intervals of 95 %: fewer would hold one time in sixty


def validate(project: Path, outcome: str = "churned") -> dict[str, Any]:
    document: dict[str, Any] = open_project(project).validate(outcome, "90d").as_dict()
    return document


def named(document: dict[str, Any]) -> set[tuple[str, str | None]]:
    return {(each["kind"], each["measure"] or each["source"]) for each in document["warnings"]}


@pytest.mark.parametrize("outcome", ["churned", "expanded"])
def test_nothing_is_found_in_clean_companies(tmp_path: Path, outcome: str) -> None:
    warnings = {}
    for seed in range(1, SEEDS + 1):
        document = validate(make_company(tmp_path / str(seed), ACCOUNTS, seed), outcome)
        warnings[seed] = named(document)
        print(
            f"{outcome} {seed}: {document['finding']}, AUC {document['auc']:.3f}, {document['events']}"
            " events",
            warnings[seed] or "",
            flush=True,
        )
    assert {seed: each for seed, each in warnings.items() if each} == {}


def test_dealt_outcomes_are_no_evidence(tmp_path: Path) -> None:
    words, aucs = [], []
    for seed in range(1, SEEDS + 1):
        project = copy_of(
            make_company(tmp_path / f"{seed}-clean", ACCOUNTS, seed), tmp_path / str(seed)
        )
        deal_outcomes(project, seed)
        document = validate(project)
        words.append(document["finding"])
        aucs.append(document["auc"])
        print(
            f"dealt {seed}: {words[-1]}, AUC {aucs[-1]:.3f} {document['auc_ci'][0]:.3f} to"
            f" {document['auc_ci'][1]:.3f}, {sorted({kind for kind, _ in named(document)})}",
            flush=True,
        )
        assert ("after end", "use") in named(document)
    print(f"mean AUC {np.mean(aucs):.3f}, no evidence in {words.count('no evidence')} of {SEEDS}")
    assert words.count("no evidence") >= FEWEST
    assert abs(np.mean(aucs) - 0.5) < 0.03


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    missed, strange = {}, {}
    for seed in range(1, SPOILT + 1):
        project = copy_of(
            make_company(tmp_path / f"{seed}-clean", ACCOUNTS, seed), tmp_path / str(seed)
        )
        expected = set().union(*(plant(Tables(project)) for plant in PLANTS))
        document = named(validate(project))
        missed[seed] = expected - document
        strange[seed] = {
            each for each in document if each[1] not in {name for _, name in expected} | FOLLOW
        }
        print(
            f"spoilt {seed}: {len(expected & document)} of {len(expected)}, missed {missed[seed]}, not"
            " planted",
            strange[seed],
            flush=True,
        )
    assert {seed: each for seed, each in missed.items() if each} == {}
    assert {seed: each for seed, each in strange.items() if each} == {}
