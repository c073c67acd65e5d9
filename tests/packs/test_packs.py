"""The packs are valid and complete, have labels in three languages, and score their tables."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from salus import open_project
from salus.channels.words.pack_labels import load_labels
from salus.demo import generate
from salus.model.model import Model
from salus.model.read import check_text
from salus.verbs.init.init import init, list_packs

CATALOGUE = [
    "licence_utilisation",
    "stickiness",
    "usage_trend",
    "feature_breadth",
    "last_active_days",
    "time_to_value",
    "onboarding_completion",
    "nps_account",
    "csat",
    "ces",
    "silent_share",
    "mood",
    "ticket_rate",
    "first_reply",
    "full_resolution",
    "reopen_rate",
    "backlog_aged",
    "topic_mix",
    "sla_breach_rate",
    "days_beyond_terms",
    "overdue_share",
    "failed_payment",
    "arr_growth",
    "last_touch_ratio",
    "meeting_cadence",
    "touch_csat",
    "multithreading",
    "sponsor_status",
    "goal_attainment",
    "advocacy",
]


def pack(name: str) -> Model:
    model, problems = check_text(
        (files("salus") / "packs" / f"{name}.yaml").read_text(encoding="utf-8")
    )
    assert [str(problem) for problem in problems] == []
    assert model is not None
    return model


def test_two_packs_come_with_salus() -> None:
    assert list_packs() == ("b2b_saas", "ecommerce")


def test_b2b_saas_has_the_six_dimensions_and_the_catalogue() -> None:
    model = pack("b2b_saas")
    assert {d.name: d.weight for d in model.dimensions} == {
        "usage": 35,
        "value": 15,
        "voice": 15,
        "support": 10,
        "relationship": 15,
        "commercial": 10,
    }
    assert set(CATALOGUE) == {measure.name for measure in model.measures}
    assert "roi" in {measure.name for measure in model.inputs}
    assert {outcome.name for outcome in model.outcomes} == {"churned", "expanded"}
    assert [score.name for score in model.scores] == ["growth"]


def test_ecommerce_reads_two_tables_and_no_more() -> None:
    model = pack("ecommerce")
    assert {source.table for source in model.sources.values()} == {"order", "order_line"}
    assert {"repeat_purchase", "cycle_ratio", "return_rate", "monetary_value", "order_trend"} <= {
        m.name for m in model.measures
    }


@pytest.mark.parametrize("name", ["b2b_saas", "ecommerce"])
def test_no_anchor_moves_with_the_neighbours(name: str) -> None:
    assert not any(
        scale.percentiles
        for measure in pack(name).measures
        if hasattr(scale := measure.scale, "percentiles")
    )


@pytest.mark.parametrize("language", ["en", "de", "da"])
def test_every_name_of_the_packs_has_words(language: str) -> None:
    labels = load_labels(language)
    for name in list_packs():
        model = pack(name)
        assert {measure.name for measure in model.everything} <= set(labels.tells)
        assert {measure.name for measure in model.everything} <= set(labels.names)
        assert {dimension.name for dimension in model.dimensions} <= set(labels.names)
        assert {model.entity.name, "healthy", "watch"} <= set(labels.names)
        assert {cap.name for cap in model.caps} <= set(labels.names)
        assert {outcome.name for outcome in model.outcomes} <= set(labels.names)


def test_the_three_languages_have_the_same_names() -> None:
    folder = files("salus") / "packs" / "words"
    words = [
        YAML(typ="safe").load((folder / f"{language}.yaml").read_text(encoding="utf-8"))
        for language in ("en", "de", "da")
    ]
    english, german, danish = words
    assert english.keys() == german.keys() == danish.keys()
    for section in english:
        assert english[section].keys() == german[section].keys() == danish[section].keys()
    assert {"at_risk", "unknown"} <= english["bands"].keys()


@pytest.mark.parametrize("language", ["en", "de", "da"])
def test_every_measure_has_its_own_label(language: str) -> None:
    """No two measures share a label, and none has the label that the name of a source gives."""
    labels = load_labels(language)
    texts = [labels.names[name].casefold() for name in labels.tells]
    assert len(texts) == len(set(texts))
    assert "pulse" not in texts


def test_b2b_saas_scores_the_demo_company_as_it_comes(tmp_path: Path) -> None:
    generate(tmp_path / "demo", accounts=25, seed=3, years=1)
    init(tmp_path / "acme", pack="b2b_saas")
    for file in (tmp_path / "demo" / "data").iterdir():
        file.rename(tmp_path / "acme" / "data" / file.name)
    project = open_project(tmp_path / "acme")
    assert [str(problem) for problem in project.check() if problem.severity == "error"] == []
    scores = project.score(keep=False)
    assert len(scores) >= 20
    assert scores.bands()["unknown"] <= 2
    scored = [name for name, points in scores.scored.points.items() if np.isfinite(points).any()]
    assert len(scored) >= 25


ORDERS = """order_id,account_id,at,net,currency,status
1,loyal,2026-01-01,100,EUR,paid
2,loyal,2026-01-31,100,EUR,paid
3,loyal,2026-03-02,100,EUR,paid
4,loyal,2026-04-01,100,EUR,paid
5,lapsing,2026-01-01,50,EUR,paid
6,lapsing,2026-01-11,50,EUR,paid
7,lapsing,2026-01-21,50,EUR,paid
8,lapsing,2026-04-20,999,EUR,cancelled
"""
LINES = """order_id,account_id,at,product_id,quantity,net
1,loyal,2026-01-01,P1,1,100
2,loyal,2026-01-31,P2,1,100
3,loyal,2026-03-02,P3,1,100
4,loyal,2026-04-01,P4,1,100
5,lapsing,2026-01-01,P1,1,50
6,lapsing,2026-01-11,P1,1,50
7,lapsing,2026-01-21,P1,1,50
7,lapsing,2026-02-01,P1,-1,-45
"""


def test_ecommerce_measures_rhythm_returns_and_money(tmp_path: Path) -> None:
    init(tmp_path / "shop", pack="ecommerce")
    (tmp_path / "shop" / "data" / "order.csv").write_text(ORDERS)
    (tmp_path / "shop" / "data" / "order_line.csv").write_text(LINES)
    project = open_project(tmp_path / "shop")
    model = tmp_path / "shop" / "salus.yaml"
    model.write_text(model.read_text().replace(", fresh: 14d", ""))
    values = {
        line["name"]: line["value"]
        for line in project.explain("loyal", dt.date(2026, 4, 16)).as_dict()["measures"]
    }
    assert (
        values["cycle_ratio"],
        values["last_order"],
        values["monetary_value"],
        values["repeat_purchase"],
    ) == (0.5, 15, 400, 4)
    assert values["return_rate"] == 0
    values = {
        line["name"]: line["value"]
        for line in project.explain("lapsing", dt.date(2026, 4, 16)).as_dict()["measures"]
    }
    assert (values["cycle_ratio"], values["monetary_value"]) == (8.5, 150)
    assert values["return_rate"] == pytest.approx(0.3)
