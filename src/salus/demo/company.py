"""A demo company as a folder: `data/` with its tables, `truth/` with what they come from."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa

from salus.atomic import name_file
from salus.demo import effects
from salus.demo.accounts import account_tables
from salus.demo.answers import README, truth_tables
from salus.demo.book import PER_CSM, draw_customers
from salus.demo.contracts import catalogue, contract_tables
from salus.demo.incidents import Incidents, incidents
from salus.demo.life import live
from salus.demo.money import money_tables
from salus.demo.names import MOST
from salus.demo.onboarding import milestone_table
from salus.demo.people import people
from salus.demo.people import tables as people_tables
from salus.demo.relations import relation_tables
from salus.demo.season import Ints, Season
from salus.demo.surveys import questionnaires, survey_tables
from salus.demo.tables import Tables
from salus.demo.tickets import ticket_tables
from salus.demo.usage import usage_tables
from salus.errors import UsageError
from salus.periods.day import date_of

PART = 500  # accounts made at a time
LARGE = 200  # accounts above which the two long tables are Parquet by month
LONG_TABLES = {"event": "received_at", "usage_daily": "day"}
TRUTH = ("accounts", "health", "decisions", "expansion")
DRAFT = ".demo.part"
LEAST_YEARS, MOST_YEARS = 0.5, 10.0
ENDS = dt.date(2026, 6, 30)  # the last day with data


def generate(
    folder: Path, accounts: int = 500, seed: int = 1, years: float = 2, ends: dt.date = ENDS
) -> None:
    """Make a demo company in a folder that is new or empty. `ends` is the last day with data.

    The same arguments make the same bytes. Nothing stands under its real name before all is
    written: `data/` comes last, so a folder without it is no demo company.
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
        raise UsageError(f"{seed} is no seed", "choose a whole number from 0")
    if folder.exists() and (
        not folder.is_dir() or any(found.name != DRAFT for found in folder.iterdir())
    ):
        raise UsageError(f"{folder} is no empty folder", "name a new folder, or empty this one")


def _write(draft: Path, accounts: int, seed: int, season: Season) -> None:
    hit = incidents(season, seed)
    monthly = LONG_TABLES if accounts > LARGE else {}
    with (
        Tables(draft / "data", monthly=monthly) as data,
        Tables(draft / "truth", as_parquet=TRUTH) as truth,
    ):
        for name, table in {**catalogue(), **questionnaires()}.items():
            data.add(name, table)
        truth.add("effects", effects.table())
        for part, first in enumerate(range(1, accounts + 1, PART)):
            numbers = np.arange(first, min(first + PART, accounts + 1))
            csms = max(2, round(accounts / PER_CSM))
            traces, causes = _part(numbers, season, hit, seed, part, csms)
            for name, table in traces.items():
                data.add(name, table)
            for name, table in causes.items():
                truth.add(name, table)
    (draft / "truth" / "README.txt").write_text(README, encoding="utf-8")
    told = json.dumps(_company(accounts, seed, season, hit), indent=2)
    (draft / "truth" / "company.json").write_text(f"{told}\n", encoding="utf-8")


def _part(
    numbers: Ints, season: Season, hit: Incidents, seed: int, part: int, csms: int
) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """The tables of some accounts, and their truth."""
    life = live(draw_customers(numbers, season, seed, part, csms), season, hit, seed, part)
    who = people(life, seed, part)
    traces = {
        **account_tables(life, seed, part),
        **contract_tables(life, seed, part),
        **people_tables(life, who, seed, part),
        **usage_tables(life, seed, part),
        **ticket_tables(life, who, seed, part),
        **survey_tables(life, who, seed, part),
        **money_tables(life, seed, part),
        **relation_tables(life, who, seed, part),
        **milestone_table(life, seed, part),
    }
    return traces, truth_tables(life)


def _company(accounts: int, seed: int, season: Season, hit: Incidents) -> dict[str, object]:
    """What there is to know about the whole."""

    def day(number: int) -> str:
        return date_of(int(number)).isoformat()

    return {
        "accounts": accounts,
        "seed": seed,
        "first_day": day(season.first),
        "last_day": day(season.last),
        "outage_weeks": [day(season.mondays[week]) for week in hit.outage_weeks],
        "price_rise_from": day(season.mondays[hit.price_week]),
        "days_without_event_feed": [day(one) for one in hit.feed_lost],
        "intercepts": effects.INTERCEPTS,
        "involuntary_coefficients": effects.INVOLUNTARY,
    }
