"""A folder of exports with `salus init --yes` and no edit: what the proposal must show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from salus import open_project
from tests.draft.exports.census import Census, take_census
from tests.draft.exports.companies import Company
from tests.draft.exports.conftest import BY_HAND, Reference
from tests.draft.exports.matches import count_matches
from tests.draft.exports.measured import measure_project
from tests.draft.exports.proposed import Proposed, propose
from tests.draft.exports.verdict import leaks, wrong_customers, wrong_matches

pytestmark = pytest.mark.xdist_group("exports")


@pytest.fixture(scope="module")
def attempt(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Proposed:
    return propose(company.exports, tmp_path_factory.mktemp("proposal") / "project", "--yes")


@pytest.fixture
def proposal(attempt: Proposed) -> Path:
    """The project; a test that needs it fails where there is none."""
    assert attempt.is_ready, attempt.output[-400:]
    return attempt.folder


@pytest.fixture(scope="module")
def census(attempt: Proposed, company: Company) -> Census:
    assert attempt.is_ready
    return take_census(attempt.folder, company.truth)


def test_init_understands_the_folder(proposal: Path) -> None:
    assert (proposal / "init-report.html").is_file()


def test_the_customers_are_the_true_ones(company: Company, census: Census) -> None:
    assert not wrong_customers(census, company.truth)


def test_the_rows_of_each_table_lead_to_their_customers(company: Company, proposal: Path) -> None:
    expected = count_matches(BY_HAND, company.exports, company.truth)
    assert not wrong_matches(proposal, company.exports, company.truth, expected)


def test_leaks_are_left_out(proposal: Path) -> None:
    assert not leaks(proposal / "salus.yaml")


def test_metrics_and_forecast_find_what_they_read(proposal: Path) -> None:
    model = open_project(proposal).model
    assert {"nps", "csat"} <= set(model.metrics.declared)
    assert model.entity.renewal is not None and model.entity.renewal.inputs


def test_the_page_lists_every_row_that_is_left_out(proposal: Path) -> None:
    """Also those that only measures leave out; each row once."""
    text = re.sub(r"<[^>]+>", " ", (proposal / "init-report.html").read_text(encoding="utf-8"))
    for reason in ("credit notes", "the notice of leaving itself", "service accounts"):
        assert reason in text
    assert "A row can be listed under several reasons." not in text
    assert "times without an offset" in text


def test_exchange_rates_are_no_growth(proposal: Path) -> None:
    """Amounts and seats hold only as of the export, so no measure takes them for growth."""
    text = (proposal / "salus.yaml").read_text(encoding="utf-8")
    model = open_project(proposal).model
    assert not [measure.name for measure in model.measures if "growth" in measure.name]
    assert "known only as of the export can't show growth" in text


def test_the_score_predicts_who_leaves(
    company: Company, proposal: Path, reference: Reference
) -> None:
    measured = measure_project(proposal, company.truth)
    by_hand = measure_project(reference.project, company.truth)
    assert measured.auc > max(measured.best[1], by_hand.best[1])
    assert measured.auc > by_hand.auc - 0.03
