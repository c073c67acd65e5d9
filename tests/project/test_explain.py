"""Explanations add up and are correct."""

from __future__ import annotations

import pytest

from salus.errors import UsageError
from salus.project import Project, open_project
from tests.project.company import AS_OF, MODEL, write_company


def test_contributions_held_and_caps_sum_to_the_score(company: Project) -> None:
    scores = company.score(AS_OF)
    for entity in scores.ids[:6]:
        why = company.explain(entity, AS_OF).why
        total = sum(line.contribution for line in why.measures) + sum(
            line.effect for line in (*why.held, *why.caps)
        )
        assert why.score == pytest.approx(total, abs=1e-9)
        assert sum(line.weight for line in why.measures) == pytest.approx(1, abs=1e-9)


def test_a_cap_is_a_line_of_its_own(company: Project) -> None:
    why = company.explain("Bob & Sons", "2025-10-05").why
    assert why.score == 40
    assert [(cap.name, cap.at_most) for cap in why.caps] == [("ticket waits", 40)]
    assert why.caps[0].effect < 0


def test_a_measure_without_value_tells_why(company: Project) -> None:
    document = {line.name: line.missing for line in company.explain("A-06", AS_OF).why.measures}
    assert document["mood"] == "unknown word"
    assert document["users"] is None


def test_a_segment_does_without_a_dimension(company: Project) -> None:
    why = company.explain("Charlie ApS", AS_OF).why
    assert why.segment == "new"
    assert {line.name: line.weight for line in why.measures}["mood"] == 0


def test_a_value_that_went_missing_is_held_against_the_score(company: Project) -> None:
    """A-05 was worried on 1 October. 46 days later that value has expired, and its absence would
    have raised the score.
    """
    why = company.explain("A-05", "2025-11-17").why
    assert [(line.measure, str(line.last_seen)) for line in why.held] == [("mood", "2025-11-15")]
    assert why.held[0].effect < 0


def test_the_parts_of_a_change_sum_to_it(company: Project) -> None:
    for entity in ("A-00", "A-01", "A-02", "A-04", "A-05"):
        change = company.explain(entity, AS_OF, since="2025-10-20").change
        assert change is not None
        parts = change.data + change.missing + change.model + change.caps
        assert parts == pytest.approx(change.score, abs=1e-9)
        assert sum(effect for _, effect in change.measures) == pytest.approx(
            change.data + change.missing, abs=1e-9
        )


def test_a_change_of_the_model_is_no_change_of_the_customer(company: Project) -> None:
    company.score(AS_OF)
    (company.folder / "salus.yaml").write_text(
        MODEL.replace("weight: 3", "weight: 1"), encoding="utf-8"
    )
    change = open_project(company.folder).explain("A-01", AS_OF, since=AS_OF).change
    assert change is not None
    assert change.model != 0
    assert change.model + change.caps == pytest.approx(change.score, abs=1e-9)
    assert change.data == change.missing == 0


def test_the_way_to_the_next_band_reaches_it(company: Project) -> None:
    """The proposed change was applied, so its gains reach at least the limit."""
    limits = {"at_risk": 50.0, "watch": 75.0}
    proposed = 0
    for entity in ("A-00", "A-01", "A-02", "A-04", "A-05"):
        result = company.explain(entity, AS_OF)
        if result.to_next_band and result.why.band in limits:
            proposed += 1
            assert result.why.score is not None
            assert (
                result.why.score + sum(step.gain for step in result.to_next_band)
                >= limits[result.why.band] - 1e-9
            )
        if result.why.band == "healthy":
            assert result.to_next_band == ()
    assert proposed


def test_a_cap_is_lifted_on_the_way(company: Project) -> None:
    steps = company.explain("Bob & Sons", "2025-10-05").to_next_band
    assert steps is not None
    assert ("waiting", 30.0) in [(step.measure, step.to) for step in steps]


def test_an_unknown_entity_is_answered_with_a_near_one(company: Project) -> None:
    with pytest.raises(UsageError, match="did you mean `Alice GmbH`"):
        company.explain("Alice Gmbh", AS_OF)


def test_a_label_that_two_share_is_refused(company: Project) -> None:
    path = company.folder / "data" / "accounts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Eva", "Finn"), encoding="utf-8")
    with pytest.raises(UsageError, match="is the label of 2: A-04, A-05"):
        company.explain("Finn", AS_OF)


def test_models_without_company_table_explain_by_key(company: Project) -> None:
    model = """\
version: 1
name: keys
entity: {name: account, key: account_id}
sources: {use: {table: events, key: account_id, time: at}}
dimensions: {usage: {measures: {quiet: {days_since: use, bad: 30d, good: 2d}}}}
"""
    folder = write_company(company.folder / "other", model)
    assert open_project(folder).explain("A-01", AS_OF).why.band == "at_risk"
