"""A report of a project of files: its numbers are the scores', and two runs are the same bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from salus.channels.report.content import Report
from salus.project.project import Project, open_project
from salus.scores.scores import Scores
from salus.verbs.report.content import collect_content
from salus.verbs.report.report import report
from tests.channels.company import AS_OF, company
from tests.channels.seen import seen


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return open_project(company(tmp_path_factory.mktemp("company")))


def gather(project: Project, as_of: dt.date = AS_OF) -> Report:
    connection = project.connect()
    try:
        return collect_content(project, connection, as_of)
    finally:
        connection.close()


@pytest.fixture(scope="module")
def found(project: Project) -> Report:
    return gather(project)


@pytest.fixture(scope="module")
def scores(project: Project) -> Scores:
    made = project.score(AS_OF, keep=False)
    assert isinstance(made, Scores)
    return made


@pytest.fixture(scope="module")
def before(project: Project) -> Scores:
    made = project.score(AS_OF - dt.timedelta(days=30), keep=False)
    assert isinstance(made, Scores)
    return made


def test_bands_count_everybody_and_their_money(found: Report, scores: Scores) -> None:
    assert {band.name: band.number for band in found.bands} == scores.bands()
    assert found.money == pytest.approx(sum(scores.money))
    assert sum(band.number for band in found.bands) == found.population == 30


def test_everyone_at_risk_comes_first_then_money_times_what_is_missing(
    found: Report, scores: Scores
) -> None:
    rows = list(
        zip(scores.scored.band.tolist(), scores.money, scores.scored.score.tolist(), strict=True)
    )
    at_risk = sorted((money for band, money, _ in rows if band == found.worst), reverse=True)
    others = sorted(
        (money * (100 - score) for band, money, score in rows if band != found.worst), reverse=True
    )
    assert at_risk, "the example has somebody at risk"
    assert [one.money for one in found.entries[: len(at_risk)]] == at_risk
    rest = found.entries[len(at_risk) :]
    assert [one.money * (100 - one.score) for one in rest] == pytest.approx(
        others[: max(10 - len(at_risk), 0)]
    )
    assert (found.more_at_risk, found.more) == (0, len(others) - len(rest))


def test_the_main_reason_costs_most(found: Report, scores: Scores) -> None:
    for one in found.entries:
        row = scores.row(one.id)
        costs = {
            name: weight[row] * (100 - scores.scored.points[name][row])
            for name, weight in scores.scored.main.weights.items()
            if scores.scored.reason[name][row] == 0
        }
        assert one.reason is not None
        assert one.reason.cost == pytest.approx(max(costs.values()))
        assert costs[one.reason.reading.measure] == pytest.approx(one.reason.cost)


def test_changes_are_between_the_two_dates(found: Report, scores: Scores, before: Scores) -> None:
    change = {
        one: scores.scored.score[scores.row(one)] - before.scored.score[before.row(one)]
        for one in scores.ids
    }
    falls = sorted(value for value in change.values() if value <= -1)
    assert [one.change for one in found.moved.falls] == pytest.approx(falls[:5])
    rises = sorted((value for value in change.values() if value >= 1), reverse=True)
    assert [one.change for one in found.moved.rises] == pytest.approx(rises[:5])


def test_crossings_are_counted_by_band(found: Report, scores: Scores, before: Scores) -> None:
    pairs = [
        (before.scored.band[before.row(one)], scores.scored.band[scores.row(one)])
        for one in scores.ids
    ]
    assert found.moved.fell == sum(0 <= then < now for then, now in pairs)
    assert found.moved.rose == sum(then > now >= 0 for then, now in pairs)


def test_a_cause_goes_the_way_of_the_change(found: Report) -> None:
    for one in (*found.moved.falls, *found.moved.rises):
        assert one.cause is not None
        assert one.change is not None
        assert one.cause.effect * one.change > 0


def test_each_month_is_what_scoring_that_date_gives(project: Project, found: Report) -> None:
    for moment in (found.trend[0], found.trend[7], found.trend[-1]):
        then = project.score(moment.as_of, keep=False)
        assert moment.mean == pytest.approx(np.nanmean(then.scored.score))
        assert moment.bands == tuple(then.bands().values())
    assert [moment.as_of for moment in found.trend][-2:] == [dt.date(2026, 10, 22), AS_OF]


def test_an_entity_s_line_is_its_scores(project: Project, found: Report) -> None:
    one = found.entries[0]
    for moment, value in zip(found.trend[::6], one.line[::6], strict=True):
        then = project.score(moment.as_of, keep=False)
        assert value == pytest.approx(then.scored.score[then.row(one.id)])


def test_sources_are_as_fresh_as_their_newest_fact(found: Report) -> None:
    sources = {source.name: source for source in found.sources}
    assert sources["answers"].stale
    assert not sources["logins"].stale
    assert sources["logins"].newest == AS_OF - dt.timedelta(days=sources["logins"].age or 0)


def test_a_fact_after_the_date_is_not_known(project: Project) -> None:
    early = gather(project, dt.date(2026, 3, 1))
    newest = [source.newest for source in early.sources if source.newest]
    assert max(newest) < dt.date(2026, 3, 1)
    assert not next(source for source in early.sources if source.name == "answers").stale


def test_units_are_those_of_the_model(found: Report) -> None:
    units = {line.name: line.unit for one in found.dimensions for line in one.measures}
    assert units == {
        "active_users": "percent",
        "login_trend": "percent",
        "quiet": "days",
        "open_tickets": "number",
        "nps": "number",
        "delay": "days",
    }


def test_dimension_weights_are_shares(found: Report) -> None:
    assert {one.name: one.weight for one in found.dimensions} == {
        "adoption": 0.4,
        "support": 0.25,
        "voice": 0.15,
        "payment": 0.2,
    }


def test_attributes_without_history_are_named(found: Report) -> None:
    assert found.today == ("seats",)


def test_the_first_date_of_all_has_no_past(project: Project) -> None:
    early = gather(project, dt.date(2024, 7, 20))
    assert not early.moved.compared
    assert early.moved.falls == ()
    assert early.moved.mean is None


def test_two_runs_are_the_same_bytes(project: Project, tmp_path: Path) -> None:
    for language in ("en", "de", "da"):
        pages = [
            report(project, tmp_path / f"{n}.html", AS_OF, language).path.read_bytes()
            for n in (1, 2)
        ]
        assert pages[0] == pages[1]


def test_the_project_writes_a_page(project: Project) -> None:
    page = project.report(as_of=AS_OF)
    assert page.path == Path(page) == project.folder / "report.html"
    assert str(page) == str(page.path)
    assert repr(page) == f"<ReportFile: {AS_OF}, model {project.model.fingerprint}>"
    assert "Account health" in seen(page.path.read_text(encoding="utf-8")).text


def test_kept_history_speaks_for_its_day(tmp_path: Path) -> None:
    """A report of a day that was scored shows what was shown then, and what changed since."""
    made = open_project(company(tmp_path / "kept", 12))
    fresh = gather(made)
    made.score(AS_OF - dt.timedelta(days=30))
    made.score(AS_OF)
    assert gather(made) == fresh


def test_hostile_names_survive_the_way_through(tmp_path: Path) -> None:
    names = [
        "<script>alert(1)</script>",
        "\"quoted\" 'name' & more",
        "شركة الاختبار",
        "=cmd()|' /C calc'!A0",
        "x" * 400,
    ]
    made = open_project(company(tmp_path / "hostile", 6, names))
    root = seen(report(made, tmp_path / "page.html", AS_OF).path.read_text(encoding="utf-8"))
    assert root.all("script") == []
    told = {one.text for one in root.all("bdi")}
    assert set(names[:4]) <= told
    assert "x" * 89 + "…" in told


def test_without_value_owner_and_label(tmp_path: Path) -> None:
    folder = company(tmp_path / "plain", 6)
    model = folder / "salus.yaml"
    text = model.read_text(encoding="utf-8").replace(
        "label: company, owner: csm, value: arr, currency: EUR,\n        ", ""
    )
    model.write_text(
        text.replace("attributes: [seats, arr]", "attributes: [seats]"), encoding="utf-8"
    )
    plain = gather(open_project(folder))
    assert plain.money is None
    scores = [one.score for one in plain.entries]
    assert scores == sorted(scores)
    assert {one.name for one in plain.entries} == {f"A-000{n}" for n in range(1, 7)}


def test_without_a_table_of_entities(tmp_path: Path) -> None:
    """Every key in the sources is one of them, from its first known fact on."""
    folder = company(tmp_path / "loose", 6)
    model = folder / "salus.yaml"
    text = model.read_text(encoding="utf-8")
    head, rest = text.split("entity:", 1)
    rest = rest.split("sources:", 1)[1].replace(
        "per: seats, bad: 10%, good: 70%", "bad: 1, good: 20"
    )
    model.write_text(
        f"{head}entity: {{name: shop, key: account_id}}\nsources:{rest}", encoding="utf-8"
    )
    loose = gather(open_project(folder))
    assert loose.population == 6
    assert loose.money is None
    assert loose.today == ()
