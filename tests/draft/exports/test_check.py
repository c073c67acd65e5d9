"""What `check` says about the model by hand, against the truth: who is counted, and which rows match."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from salus import open_project
from salus.verbs.check.result import Inspection
from tests.draft.exports.companies import Company
from tests.draft.exports.conftest import BY_HAND
from tests.draft.exports.truth import TODAY

pytestmark = pytest.mark.xdist_group("exports")  # the company is made once


@pytest.fixture(scope="module")
def inspection(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Inspection:
    project = tmp_path_factory.mktemp("check")
    shutil.copy(BY_HAND, project / "salus.yaml")
    (project / "data").symlink_to(company.exports)
    return open_project(project, TODAY).inspect()


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, dict]:
    path = shared / "data" / "exports_crm" / "expected.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_who_is_counted(inspection: Inspection, expected: dict[str, dict]) -> None:
    counts, summary = expected["customers"], inspection.population
    assert summary is not None
    assert summary.today == counts["population_on_2026_10_31"]
    assert summary.ever == counts["customers_ever_in_the_files"]
    assert summary.left == counts["lost_by_2026_10_31"]
    money = 12 * expected["money"]["mrr_eur_on_export_day"]
    assert summary.value == pytest.approx(money, rel=0.02)
    assert summary.currency == "EUR"
    assert summary.value_year_before is not None


def test_the_ends_by_month(inspection: Inspection, expected: dict[str, dict]) -> None:
    truth = expected["outcome"]
    assert inspection.population is not None
    (churned,) = inspection.population.outcomes
    by_month = {str(each.month)[:7]: each.events for each in churned.months if each.events}
    assert by_month == truth["ends_by_month"]
    assert (churned.recent, churned.ahead) == (
        truth["ends_in_window"],
        truth["announced_for_after_the_export"],
    )


@pytest.mark.parametrize(
    ("table", "source"),
    [("tickets", "tickets"), ("invoices", "invoices"), ("responses", "answers")],
)
def test_known_names_match(
    inspection: Inspection, expected: dict[str, dict], table: str, source: str
) -> None:
    """Rows of known names belong to an account, to a row that isn't a customer, or to several."""
    (use,) = [each for each in inspection.uses if each.title == f"source `{source}`"]
    counts = use.counts
    assert counts is not None
    truth = expected["tables"][f"{table}.csv"]
    match = truth["match_normalised"] if "match_normalised" in truth else truth["match"]
    known = match["domain known"] if isinstance(match, dict) else match
    assert counts.matched + counts.left_out + counts.ambiguous >= 0.95 * min(known, counts.facts)


def test_every_table_is_named(inspection: Inspection, company: Company) -> None:
    text = str(inspection)
    for path in company.exports.iterdir():
        assert path.stem.partition(".")[0] in text
