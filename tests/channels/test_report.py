"""The report of a project of files: its numbers are those of the scores, and two runs give equal bytes."""

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
from tests.channels.html_tree import parse_html


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
def content(project: Project) -> Report:
    return gather(project)


@pytest.fixture(scope="module")
def scores(project: Project) -> Scores:
    result = project.score(AS_OF, keep=False)
    assert isinstance(result, Scores)
    return result


@pytest.fixture(scope="module")
def before(project: Project) -> Scores:
    result = project.score(AS_OF - dt.timedelta(days=30), keep=False)
    assert isinstance(result, Scores)
    return result


def test_bands_count_all_accounts_and_their_money(content: Report, scores: Scores) -> None:
    assert {band.name: band.number for band in content.bands} == scores.bands()
    assert content.money == pytest.approx(sum(scores.money))
    assert sum(band.number for band in content.bands) == content.population == 30


def test_accounts_at_risk_come_first_then_by_money_times_missing_points(
    content: Report, scores: Scores
) -> None:
    rows = list(
        zip(scores.scored.band.tolist(), scores.money, scores.scored.score.tolist(), strict=True)
    )
    at_risk = sorted((money for band, money, _ in rows if band == content.worst), reverse=True)
    others = sorted(
        (money * (100 - score) for band, money, score in rows if band != content.worst),
        reverse=True,
    )
    assert at_risk, "the example has somebody at risk"
    assert [entry.money for entry in content.entries[: len(at_risk)]] == at_risk
    rest = content.entries[len(at_risk) :]
    assert [entry.money * (100 - entry.score) for entry in rest] == pytest.approx(
        others[: max(10 - len(at_risk), 0)]
    )
    assert (content.more_at_risk, content.more) == (0, len(others) - len(rest))


def test_the_main_reason_costs_most(content: Report, scores: Scores) -> None:
    for entry in content.entries:
        row = scores.row(entry.id)
        costs = {
            name: weight[row] * (100 - scores.scored.points[name][row])
            for name, weight in scores.scored.main.weights.items()
            if scores.scored.reason[name][row] == 0
        }
        assert entry.reason is not None
        assert entry.reason.cost == pytest.approx(max(costs.values()))
        assert costs[entry.reason.reading.measure] == pytest.approx(entry.reason.cost)


def test_changes_are_between_the_two_dates(content: Report, scores: Scores, before: Scores) -> None:
    change = {
        key: scores.scored.score[scores.row(key)] - before.scored.score[before.row(key)]
        for key in scores.ids
    }
    falls = sorted(value for value in change.values() if value <= -1)
    assert [key.change for key in content.moved.falls] == pytest.approx(falls[:5], abs=0.1)
    rises = sorted((value for value in change.values() if value >= 1), reverse=True)
    assert [key.change for key in content.moved.rises] == pytest.approx(rises[:5], abs=0.1)


def test_crossings_are_counted_by_band(content: Report, scores: Scores, before: Scores) -> None:
    pairs = [
        (before.scored.band[before.row(key)], scores.scored.band[scores.row(key)])
        for key in scores.ids
    ]
    assert content.moved.fell == sum(0 <= then < now for then, now in pairs)
    assert content.moved.rose == sum(then > now >= 0 for then, now in pairs)


def test_a_cause_has_the_sign_of_the_change(content: Report) -> None:
    for entry in (*content.moved.falls, *content.moved.rises):
        assert entry.cause is not None
        assert entry.change is not None
        assert entry.cause.effect * entry.change > 0


def test_each_month_equals_the_scores_of_that_date(project: Project, content: Report) -> None:
    for moment in (content.trend[0], content.trend[7], content.trend[-1]):
        then = project.score(moment.as_of, keep=False)
        assert moment.mean == pytest.approx(np.nanmean(then.scored.score))
        assert moment.bands == tuple(then.bands().values())
    assert [moment.as_of for moment in content.trend][-2:] == [dt.date(2026, 10, 22), AS_OF]


def test_the_line_of_an_entity_shows_its_scores(project: Project, content: Report) -> None:
    entry = content.entries[0]
    for moment, value in zip(content.trend[::6], entry.line[::6], strict=True):
        then = project.score(moment.as_of, keep=False)
        assert value == pytest.approx(then.scored.score[then.row(entry.id)])


def test_sources_are_as_fresh_as_their_newest_fact(content: Report) -> None:
    sources = {source.name: source for source in content.sources}
    assert sources["answers"].stale
    assert not sources["logins"].stale
    assert sources["logins"].newest == AS_OF - dt.timedelta(days=sources["logins"].age or 0)


def test_a_fact_after_the_date_is_not_known(project: Project) -> None:
    early = gather(project, dt.date(2026, 3, 1))
    newest = [source.newest for source in early.sources if source.newest]
    assert max(newest) < dt.date(2026, 3, 1)
    assert not next(source for source in early.sources if source.name == "answers").stale


def test_units_are_those_of_the_model(content: Report) -> None:
    units = {
        line.name: line.unit for dimension in content.dimensions for line in dimension.measures
    }
    assert units == {
        "active_users": "percent",
        "login_trend": "percent",
        "quiet": "days",
        "open_tickets": "number",
        "nps": "number",
        "delay": "days",
    }


def test_dimension_weights_are_shares(content: Report) -> None:
    assert {dimension.name: dimension.weight for dimension in content.dimensions} == {
        "adoption": 0.4,
        "support": 0.25,
        "voice": 0.15,
        "payment": 0.2,
    }


def test_measures_of_attributes_without_history_are_named(content: Report) -> None:
    assert content.today == ("active_users",)


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
    assert "Account health" in parse_html(page.path.read_text(encoding="utf-8")).text


def test_a_scored_day_is_shown_as_it_was_scored(tmp_path: Path) -> None:
    """The report of a day that was scored shows the scores of that time and the changes since."""
    kept = open_project(company(tmp_path / "kept", 12))
    fresh = gather(kept)
    kept.score(AS_OF - dt.timedelta(days=30))
    kept.score(AS_OF)
    assert gather(kept) == fresh


def test_hostile_names_are_shown_as_text(tmp_path: Path) -> None:
    names = [
        "<script>alert(1)</script>",
        "\"quoted\" 'name' & more",
        "شركة الاختبار",
        "=cmd()|' /C calc'!A0",
        "x" * 400,
    ]
    made = open_project(company(tmp_path / "hostile", 6, names))
    root = parse_html(report(made, tmp_path / "page.html", AS_OF).path.read_text(encoding="utf-8"))
    assert root.all("script") == []
    texts = {element.text for element in root.all("bdi")}
    assert set(names[:4]) <= texts
    assert "x" * 89 + "…" in texts


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
    scores = [entry.score for entry in plain.entries]
    assert scores == sorted(scores)
    assert {entry.name for entry in plain.entries} == {f"A-000{n}" for n in range(1, 7)}


def test_without_a_table_of_entities(tmp_path: Path) -> None:
    """Every key in the sources is an entity, from its first known fact on."""
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
