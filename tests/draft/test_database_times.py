"""Times that a database holds as texts or numbers: `init` finds their form, and scores are those of
real times.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from salus import open_project
from salus.draft.database_times import find_times
from salus.sources.duckdb_file import DuckDBFile
from salus.verbs.init.init import init

TODAY = dt.date(2026, 10, 1)
WRITTEN = {
    "iso": "strftime(t, '%Y-%m-%d %H:%M:%S')",
    "offset": "strftime(t, '%Y-%m-%dT%H:%M:%S.000+0000')",
    "named": "strftime(t, '%d-%b-%Y %H:%M')",
    "american": "strftime(t, '%m/%d/%Y')",
    "epoch_ms": "epoch_ms(t)",
    "created_at": "epoch(t)::bigint",
    "either": "strftime(t - to_days((day(t) - 1)::int) + to_days((nr % 12)::int), '%d/%m/%Y')",
    "code": "'v' || nr",
    "counter": "1700000000 + nr",
    "sparse": "case when nr = 7 then '2026-03-04' end",
    "blank": "''",
}


def facts(path: Path, written: str, *, rows: int = 400) -> Path:
    """A database with accounts, and logins whose time is written in one way."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table accounts as select 'A' || range as account_id, 'Firm ' || range as company,"
            " date '2024-01-01' + range::int as signed_on from range(40)"
        )
        connection.execute(
            "create table logins as select nr as login_nr, 'A' || (nr * nr) % 40 as account_id,"
            f" 'u' || nr % 90 as user_id, {written} as login_time from (select range as nr, timestamp"
            f" '2026-01-01' + to_hours((range * 16 * 7919 % ({rows} * 16))::int) as t"
            f" from range({rows}))"
        )
    return path


@pytest.fixture(scope="module")
def all_forms(tmp_path_factory: pytest.TempPathFactory) -> DuckDBFile:
    path = tmp_path_factory.mktemp("forms") / "facts.duckdb"
    columns = ", ".join(f"{text} as {name}" for name, text in WRITTEN.items())
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            f"create table events as select {columns} from (select range as nr, timestamp"
            " '2026-01-01' + to_hours((range * 31)::int) as t from range(200))"
        )
    return DuckDBFile(path)


def test_the_form_of_each_column(all_forms: DuckDBFile) -> None:
    times = find_times(all_forms)
    assert times.settings == {
        "events": {
            "iso": "ymd time",
            "offset": "ymd time offset",
            "named": "dmy time",
            "american": "mdy",
            "epoch_ms": "milliseconds",
            "created_at": "seconds",
            "sparse": "ymd",
        }
    }
    assert "`iso`" in times.guessed[0]
    (doubt,) = times.left_out
    assert "`either`" in doubt and '"either" = "dmy" or "mdy"' in doubt


@pytest.mark.parametrize("form", ["named", "epoch_ms"])
def test_scores_are_those_of_real_times(form: str, tmp_path: Path) -> None:
    scores = []
    for name, written in (("real", "t"), ("written", WRITTEN[form])):
        facts(tmp_path / f"{name}.duckdb", written)
        folder = tmp_path / f"project_{name}"
        init(folder, source=f"duckdb:///{tmp_path}/{name}.duckdb", today=TODAY)
        assert ("[times." in (folder / "salus.toml").read_text("utf-8")) == (name == "written")
        project = open_project(folder, today=TODAY)
        assert not [each for each in project.check() if each.severity == "error"]
        scores.append(project.score().to_arrow())
    assert scores[0].num_rows == 40
    assert scores[0].equals(scores[1])


def project_of(tmp_path: Path, section: str) -> Path:
    """A project over a database whose times are texts, one of them wrong."""
    facts(
        tmp_path / "facts.duckdb",
        "case when nr = 5 then '31.02.2026' else " + WRITTEN["named"] + " end",
    )
    folder = tmp_path / "acme"
    init(folder, source=f"duckdb:///{tmp_path}/facts.duckdb", today=TODAY)
    settings = folder / "salus.toml"
    before, _, _ = settings.read_text("utf-8").partition("[times.")
    settings.write_text(before + section, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("form", "message", "severity"),
    [
        ("dmy time", "1 row of logins in `login_time` can't be read as dmy time, such as '31.02.2026'", "warning"),
        ("seconds", "400 rows of logins in `login_time` can't be read as seconds", "warning"),
    ],
)  # fmt: skip
def test_check_counts_values_that_are_no_times(
    form: str, message: str, severity: str, tmp_path: Path
) -> None:
    folder = project_of(tmp_path, f'[times.logins]\nlogin_time = "{form}"\n')
    problems = open_project(folder, today=TODAY).check()
    (problem,) = [each for each in problems if message in each.what]
    assert (problem.file, problem.severity) == ("salus.toml", severity)


def test_check_names_a_column_that_does_not_exist_or_is_a_date(tmp_path: Path) -> None:
    section = '[times.logins]\nlogin_tim = "dmy"\n[times.accounts]\nsigned_on = "dmy"\n'
    problems = open_project(project_of(tmp_path, section), today=TODAY).check()
    texts = [each.what for each in problems]
    assert any("`login_tim` of logins" in text for text in texts)
    assert any("`signed_on` of accounts as dmy, but the column holds date" in t for t in texts)
