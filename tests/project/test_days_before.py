"""Smoothed scores and dead zones, from explanations to the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.channels.text.render import render_all
from salus.project import Project, open_project
from tests.project.company import AS_OF, MODEL, write_company

REMEMBERS = MODEL + "smooth: {half_life: 2w}\ndead_zone: 3\n"


@pytest.fixture
def steady(tmp_path: Path) -> Project:
    return open_project(write_company(tmp_path / "steady", REMEMBERS))


def test_the_line_of_smoothing_joins_the_sum(steady: Project) -> None:
    effects = []
    for entity in steady.score(AS_OF).ids[:8]:
        result = steady.explain(entity, AS_OF)
        document = result.as_dict()
        effects.append(document["smoothing"]["effect"])
        lines = [
            *(line["contribution"] for line in document["measures"]),
            *(line["effect"] for line in (*document["held"], *document["caps"])),
        ]
        assert document["score"] == pytest.approx(sum(lines) + effects[-1], abs=1e-9)
        assert "Smoothing" in render_all(result)
    assert max(abs(effect) for effect in effects) > 1


def test_without_smoothing_there_is_no_such_line(company: Project) -> None:
    result = company.explain("A-01", AS_OF, since="2025-10-20")
    assert "smoothing" not in result.as_dict()
    assert "smoothing" not in result.as_dict()["change"]


def test_the_parts_of_a_change_sum_to_it(steady: Project) -> None:
    moved = []
    for entity in ("A-00", "A-01", "A-02", "A-04", "A-05"):
        change = steady.explain(entity, AS_OF, since="2025-10-20").as_dict()["change"]
        moved.append(change["smoothing"])
        assert sum(
            change[part] for part in ("data", "missing", "model", "smoothing", "caps")
        ) == pytest.approx(change["score"], abs=1e-9)
        assert change["model"] == 0
    assert max(abs(part) for part in moved) > 1


def test_switching_it_on_is_a_change_of_the_model(company: Project) -> None:
    company.score(AS_OF)
    (company.folder / "salus.yaml").write_text(REMEMBERS, encoding="utf-8")
    change = open_project(company.folder).explain("A-04", AS_OF, since=AS_OF).change
    assert change is not None
    assert change.model + change.caps == pytest.approx(change.score, abs=1e-9)
    assert change.data == change.missing == change.smoothing == 0


def test_what_is_kept_says_the_same_as_what_is_computed(steady: Project) -> None:
    computed = steady.explain("A-01", AS_OF).as_dict()
    steady.score(AS_OF)
    assert steady.explain("A-01", AS_OF).as_dict() == computed


def test_the_way_to_the_next_band_goes_past_the_zone(steady: Project) -> None:
    """Applied to the scores of one day, the gains lead to the limit and the zone."""
    limits = {"at_risk": 53.0, "watch": 78.0}
    proposed = 0
    for entity in steady.score(AS_OF).ids:
        result = steady.explain(entity, AS_OF)
        if result.to_next_band:
            proposed += 1
            today = sum(line.contribution for line in result.why.measures) + sum(
                line.effect for line in result.why.held
            )
            capped = min([today, *(cap.at_most for cap in result.why.caps)])
            assert (
                capped + sum(step.gain for step in result.to_next_band)
                >= limits[result.why.band] - 1e-9
            )
            assert "must last" in str(result)
    assert proposed > 0


def test_the_report_says_so(steady: Project, tmp_path: Path) -> None:
    for language, says in (
        ("en", "average over 56 days"),
        ("de", "Durchschnitt über 56 Tage"),
        ("da", "gennemsnit over 56 dage"),
    ):
        text = steady.report(tmp_path / "page.html", AS_OF, language=language).path.read_text(
            encoding="utf-8"
        )
        assert says in text


def test_limits_are_frozen_from_smoothed_scores(tmp_path: Path) -> None:
    model = MODEL + "bands: {healthy: p75, watch: p25, at_risk: 0}\nreference: 2025-11-20\n"
    plain = (
        open_project(write_company(tmp_path / "plain", model)).freeze().read_text(encoding="utf-8")
    )
    frozen = open_project(
        write_company(tmp_path / "smooth", model + "smooth: {half_life: 2w}\ndead_zone: 3\n")
    ).freeze()
    assert "bands: {p75:" in plain
    assert (
        frozen.read_text(encoding="utf-8").split("bands: {p75:")[1]
        != plain.split("bands: {p75:")[1]
    )
