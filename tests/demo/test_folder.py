"""The folder of a demo company: the same seed gives the same bytes, and a failure leaves nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from salus.demo import company, generate
from salus.errors import UsageError
from tests.demo.conftest import asking

PROMISED = {
    "account",
    "account_history",
    "contact",
    "contact_account",
    "contract",
    "subscription_item",
    "entitlement",
    "product",
    "feature",
    "event",
    "usage_daily",
    "ticket",
    "ticket_text",
    "survey",
    "survey_response",
    "invoice",
    "payment",
    "interaction",
    "pulse",
    "objective",
    "milestone",
    "advocacy_event",
    "lifecycle_event",
    "churn",
    "expansion",
}


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    generate(tmp_path / "once", accounts=60, years=1, seed=4)
    program = (
        f"from pathlib import Path; from salus.demo import generate; "
        f"generate(Path({str(tmp_path / 'again')!r}), accounts=60, years=1, seed=4)"
    )
    other = {**os.environ, "TZ": "America/New_York", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", program], check=True, env=other)
    assert digests(tmp_path / "once") == digests(tmp_path / "again")


def test_another_seed_makes_another_company(tmp_path: Path) -> None:
    generate(tmp_path / "four", accounts=60, years=1, seed=4)
    generate(tmp_path / "five", accounts=60, years=1, seed=5)
    four, five = digests(tmp_path / "four"), digests(tmp_path / "five")
    same = {name for name in four if four[name] == five[name]}
    assert four.keys() == five.keys()
    assert same == {
        "data/product.csv",
        "data/feature.csv",
        "data/survey.csv",
        "truth/README.txt",
        "truth/effects.csv",
    }


def test_all_tables_of_the_schema_exist(demo: Path) -> None:
    assert {path.stem for path in (demo / "data").iterdir()} == PROMISED
    assert {path.name for path in (demo / "truth").iterdir()} == {
        "README.txt",
        "company.json",
        "effects.csv",
        "accounts.parquet",
        "health.parquet",
        "decisions.parquet",
        "expansion.parquet",
    }
    assert {path.name for path in demo.iterdir()} == {"data", "truth"}


def test_the_default_company_is_small(demo: Path) -> None:
    assert sum(path.stat().st_size for path in demo.rglob("*") if path.is_file()) < 60_000_000


def test_the_company_says_how_it_was_made(tmp_path: Path) -> None:
    generate(tmp_path / "demo", accounts=12, seed=8, years=0.5, ends=dt.date(2025, 3, 14))
    document = json.loads(
        (tmp_path / "demo" / "truth" / "company.json").read_text(encoding="utf-8")
    )
    assert (document["accounts"], document["seed"], document["last_day"]) == (12, 8, "2025-03-14")


def test_long_tables_of_a_large_company_have_one_file_per_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company, "LARGE", 20)
    monkeypatch.setattr(company, "PART", 15)
    generate(tmp_path / "demo", accounts=40, years=0.5, ends=dt.date(2025, 3, 14))
    months = sorted(path.name for path in (tmp_path / "demo" / "data" / "event").iterdir())
    assert months[0] >= "2024-09.parquet"
    assert months[-1] == "2025-03.parquet"
    ask = asking(tmp_path / "demo")
    wrong = ask(
        "select count(*) from data.event where strftime(received_at, '%Y-%m') <> '2025-03' "
        "and received_at >= '2025-03-01'"
    )
    assert wrong == [(0,)]
    assert ask("select count(distinct account_id) from data.account") == [(40,)]


def test_parts_of_a_company_never_share_an_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company, "PART", 15)
    generate(tmp_path / "demo", accounts=60, years=1)
    ask = asking(tmp_path / "demo")
    for table, key in (
        ("account", "account_id"),
        ("account", "name"),
        ("contact", "contact_id"),
        ("ticket", "ticket_id"),
        ("survey_response", "response_id"),
        ("invoice", "invoice_id"),
        ("payment", "payment_id"),
        ("interaction", "id"),
        ("subscription_item", "item_id"),
    ):
        assert ask(f"select count(*) - count(distinct {key}) from data.{table}") == [(0,)], (
            table,
            key,
        )


@pytest.mark.parametrize("content", ["file", "folder", "data"])
def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / content).mkdir()
    with pytest.raises(UsageError, match="an empty folder"):
        generate(tmp_path, accounts=12, years=0.5)
    assert [path.name for path in tmp_path.iterdir()] == [content]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    generate(tmp_path, accounts=12, years=0.5)
    assert {path.name for path in tmp_path.iterdir()} == {"data", "truth"}


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("accounts", 3),
        ("accounts", 10**6),
        ("years", 0.1),
        ("years", 50),
        ("years", float("nan")),
        ("seed", -1),
    ],
)
def test_impossible_sizes_are_refused(tmp_path: Path, argument: str, value: float) -> None:
    with pytest.raises(UsageError):
        generate(tmp_path / "demo", **{argument: value})  # type: ignore[arg-type]
    assert not (tmp_path / "demo").exists()


def test_a_crash_leaves_no_data_and_the_next_run_succeeds(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    program = (
        f"import os; from pathlib import Path; from salus.demo import company; "
        f"company.build_truth_tables = lambda life: os._exit(9); "
        f"company.generate(Path({str(folder)!r}), accounts=12, years=0.5)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    assert [path.name for path in folder.iterdir()] == [company.DRAFT]
    generate(folder, accounts=12, years=0.5)
    assert {path.name for path in folder.iterdir()} == {"data", "truth"}


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(company, "build_truth_tables", full)
    with pytest.raises(OSError, match="no space"):
        generate(tmp_path / "demo", accounts=12, years=0.5)
    assert list((tmp_path / "demo").iterdir()) == []
