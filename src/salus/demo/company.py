"""Writes a demo company into a folder: `data/` has its tables, `truth/` the causes behind them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa

from salus.atomic import name_file
from salus.demo import effects
from salus.demo.accounts import build_account_tables
from salus.demo.answers import README, build_truth_tables
from salus.demo.contracts import build_catalogue, build_contract_tables
from salus.demo.customers import PER_CSM, draw_customers
from salus.demo.incidents import Incidents, draw_incidents
from salus.demo.life import simulate
from salus.demo.money import build_money_tables
from salus.demo.names import MOST
from salus.demo.onboarding import build_milestone_table
from salus.demo.people import build_people_tables as people_tables
from salus.demo.people import draw_people
from salus.demo.relations import build_relation_tables
from salus.demo.season import Ints, Season
from salus.demo.surveys import build_survey_table, build_survey_tables
from salus.demo.tables import Tables
from salus.demo.tickets import build_ticket_tables
from salus.demo.usage import build_usage_tables
from salus.errors import UsageError
from salus.periods.day import date_of

PART = 500  # accounts generated at a time
LARGE = 200  # with more accounts, the two long tables are Parquet files by month
LONG_TABLES = {"event": "received_at", "usage_daily": "day"}
TRUTH = ("accounts", "health", "decisions", "expansion")
DRAFT = ".demo.part"
LEAST_YEARS, MOST_YEARS = 0.5, 10.0
ENDS = dt.date(2026, 6, 30)  # the last day with data


def generate(
    folder: Path, accounts: int = 500, seed: int = 1, years: float = 2, ends: dt.date = ENDS
) -> None:
    """Generate a demo company in a new or empty folder. `ends` is the last day with data.

    The same arguments give the same bytes. The files get their final names only when all are
    written, `data/` last. Raises UsageError for arguments that can't be used and for a folder with
    files.
    """
    _check(folder, accounts, seed, years)
    draft = folder / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        _write(draft, accounts, seed, Season.ending(ends, years))
        for name in ("truth", "data"):
            (draft / name).rename(folder / name)
    except OSError as error:
        name_file(error, folder)
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _check(folder: Path, accounts: int, seed: int, years: float) -> None:
    if not 10 <= accounts <= MOST - 1:
        raise UsageError(
            f"a demo company can't have {accounts} accounts", f"choose 10 to {MOST - 1}"
        )
    if not LEAST_YEARS <= years <= MOST_YEARS:
        raise UsageError(
            f"a demo company can't last {years:g} years",
            f"choose {LEAST_YEARS:g} to {MOST_YEARS:g}",
        )
    if seed < 0:
        raise UsageError(f"{seed} isn't a valid seed", "choose a whole number from 0")
    if folder.exists() and (
        not folder.is_dir() or any(path.name != DRAFT for path in folder.iterdir())
    ):
        raise UsageError(
            f"{folder} isn't an empty folder", "choose a new folder, or empty this one"
        )


def _write(draft: Path, accounts: int, seed: int, season: Season) -> None:
    incidents = draw_incidents(season, seed)
    monthly = LONG_TABLES if accounts > LARGE else {}
    with (
        Tables(draft / "data", monthly=monthly) as data,
        Tables(draft / "truth", as_parquet=TRUTH) as truth,
    ):
        for name, table in {**build_catalogue(), **build_survey_table()}.items():
            data.add(name, table)
        truth.add("effects", effects.build_effect_table())
        for part, first in enumerate(range(1, accounts + 1, PART)):
            numbers = np.arange(first, min(first + PART, accounts + 1))
            csms = max(2, round(accounts / PER_CSM))
            traces, causes = _part(numbers, season, incidents, seed, part, csms)
            for name, table in traces.items():
                data.add(name, table)
            for name, table in causes.items():
                truth.add(name, table)
    (draft / "truth" / "README.txt").write_text(README, encoding="utf-8")
    document = json.dumps(_company(accounts, seed, season, incidents), indent=2)
    (draft / "truth" / "company.json").write_text(f"{document}\n", encoding="utf-8")


def _part(
    numbers: Ints, season: Season, incidents: Incidents, seed: int, part: int, csms: int
) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """The tables of some accounts, and the tables of their truth."""
    life = simulate(
        draw_customers(numbers, season, seed, part, csms), season, incidents, seed, part
    )
    people = draw_people(life, seed, part)
    traces = {
        **build_account_tables(life, seed, part),
        **build_contract_tables(life, seed, part),
        **people_tables(life, people, seed, part),
        **build_usage_tables(life, seed, part),
        **build_ticket_tables(life, people, seed, part),
        **build_survey_tables(life, people, seed, part),
        **build_money_tables(life, seed, part),
        **build_relation_tables(life, people, seed, part),
        **build_milestone_table(life, seed, part),
    }
    return traces, build_truth_tables(life)


def _company(accounts: int, seed: int, season: Season, incidents: Incidents) -> dict[str, object]:
    """The document `company.json`."""

    def day(number: int) -> str:
        return date_of(int(number)).isoformat()

    return {
        "accounts": accounts,
        "seed": seed,
        "first_day": day(season.first),
        "last_day": day(season.last),
        "outage_weeks": [day(season.mondays[week]) for week in incidents.outage_weeks],
        "price_rise_from": day(season.mondays[incidents.price_week]),
        "days_without_event_feed": [day(lost) for lost in incidents.feed_lost],
        "intercepts": effects.INTERCEPTS,
        "involuntary_coefficients": effects.INVOLUNTARY,
    }
