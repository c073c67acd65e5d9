"""Validation on tables with a known answer: nothing predicts churn in RavenStack, nor in shuffled
labels.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import random
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from salus.project import open_project
from tests.insight.portfolio import write_book

RAVENSTACK = """\
version: 1
name: ravenstack
entity: {name: account, table: accounts, key: account_id, starts: signup_date}
sources:
  use: {table: feature_usage, lookup: {table: subscriptions, on: subscription_id}, key: account_id, time: usage_date}
  tickets: {table: support_tickets, key: account_id, time: submitted_at, until: closed_at}
dimensions:
  use:
    measures:
      uses_90d: {sum: use.usage_count, within: 90d, bad: 0, good: 60}
      features: {count_distinct: use.feature_name, within: 90d, bad: 0, good: 8}
      quiet: {days_since: use, bad: 60d, good: 5d}
      errors: {mean: use.error_count, within: 90d, bad: 2, good: 0}
  support:
    measures:
      tickets_90d: {count: tickets, within: 90d, bad: 4, good: 0}
      satisfaction: {mean: tickets.satisfaction_score, within: 180d, bad: 2, good: 5}
outcomes:
  churned: {table: churn_events, key: account_id, time: churn_date}
missing_guard: 0d
"""


@pytest.fixture(scope="module")
def ravenstack(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ravenstack") / "project"
    (folder / "data").mkdir(parents=True)
    (folder / "salus.yaml").write_text(RAVENSTACK, encoding="utf-8")
    for file in (shared / "data" / "ravenstack").glob("*.csv.gz"):
        with (
            gzip.open(file, "rb") as packed,
            (folder / "data" / file.name.removesuffix(".gz")).open("wb") as plain,
        ):
            shutil.copyfileobj(packed, plain)
    return folder


def test_nothing_is_found_where_nothing_is(ravenstack: Path) -> None:
    document = open_project(ravenstack).validate("churned", "90d").as_dict()
    assert document["events"] > 100
    assert document["finding"] == "no evidence", document["verdict"]
    assert document["auc_ci"][0] < 0.5 < document["auc_ci"][1]
    assert document["break"] is None


def test_tickets_before_their_account_began_are_listed(ravenstack: Path) -> None:
    """53.9 % of tickets lie before signup, as the table's own description says."""
    document = open_project(ravenstack).validate("churned", "90d").as_dict()
    assert ("before start", True) in {
        (row["kind"], "tickets" in row["what"]) for row in document["warnings"]
    }


def test_nothing_is_learned_to_be_adopted_where_nothing_is(ravenstack: Path) -> None:
    document = open_project(ravenstack).learn("churned", "90d").as_dict()
    assert document["auc"]["learned_ci"][0] < 0.5 < document["auc"]["learned_ci"][1]


def test_no_pattern_is_called_real_where_nothing_is(ravenstack: Path, tmp_path: Path) -> None:
    model = tmp_path / "with_surveys.yaml"
    model.write_text(
        RAVENSTACK + "metrics:\n  csat: {mean: tickets.satisfaction_score, bad: 1, good: 5}\n",
        encoding="utf-8",
    )
    document = open_project(ravenstack).with_model(model).metrics().as_dict()
    assert len(document["patterns"]["measures"]) == 6
    assert not any(row["real"] for row in document["patterns"]["measures"])
    assert [row["name"] for row in document["predictors"]["comparisons"]] == [
        "satisfaction"
    ]  # not the number of tickets


RECEIVABLES = """\
version: 1
name: receivables
entity: {name: debtor, key: customerID}
sources:
  issued: {table: bills, key: customerID, time: InvoiceDate, until: SettledDate}
  due: {table: bills, key: customerID, time: DueDate, until: SettledDate}
dimensions: {pay: {measures: {late: {mean: due.open_days, within: 180d, bad: 30, good: 0}}}}
metrics: {invoiced: issued.InvoiceAmount, overdue: due.InvoiceAmount}
"""


def test_dso_of_real_invoices_like_a_plain_count(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "salus.yaml").write_text(RECEIVABLES, encoding="utf-8")
    (tmp_path / "salus.toml").write_text('[files."bills.csv"]\ndates = "mdy"\n', encoding="utf-8")
    shutil.copy(
        shared / "data" / "accounts_receivable_ibm" / "accounts_receivable.csv",
        tmp_path / "data" / "bills.csv",
    )
    first, stop = dt.date(2013, 1, 1), dt.date(2013, 10, 1)
    owed = overdue = invoiced = 0.0
    with (tmp_path / "data" / "bills.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            issued, due, settled = (
                dt.datetime.strptime(row[name], "%m/%d/%Y").date()
                for name in ("InvoiceDate", "DueDate", "SettledDate")
            )
            amount = float(row["InvoiceAmount"])
            invoiced += amount * (first <= issued < stop)
            owed += amount * (issued < stop <= settled)
            overdue += amount * (issued < stop and due < stop <= settled)
    document = open_project(tmp_path).metrics(first, stop, quick=True).as_dict()["dso"]
    assert document["value"] == pytest.approx(owed / invoiced * (stop - first).days)
    assert document["delinquent"] == pytest.approx(overdue / invoiced * (stop - first).days)


def shuffled(project: Path, seed: int) -> str:
    """The finding where who left, and when, is dealt out anew among all accounts."""
    path = project / "data" / "churn.parquet"
    churn = pq.read_table(path)
    accounts = pq.read_table(project / "data" / "accounts.parquet")["id"].to_pylist()
    dealt = pa.array(random.Random(seed).sample(accounts, len(churn)))
    pq.write_table(churn.set_column(churn.column_names.index("id"), "id", dealt), path)
    return str(open_project(project).validate("churned").as_dict()["finding"])


def test_shuffled_labels_are_no_evidence(tmp_path: Path) -> None:
    """By chance one interval in twenty lies beside a half: of eight, three would be one time in two
    hundred.
    """
    results = [
        shuffled(write_book(tmp_path / str(seed), seed, accounts=120), seed) for seed in range(8)
    ]
    assert results.count("no evidence") >= 6, results
