"""History and comparison."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from salus.errors import UsageError
from salus.project import Project, open_project
from tests.project.company import AS_OF, MODEL


def test_history_is_every_date_that_was_scored(company: Project) -> None:
    for date in ("2025-11-01", AS_OF, "2025-10-01"):
        company.score(date)
    line = company.history("Alice GmbH")
    assert [str(point.as_of) for point in line.points] == ["2025-10-01", "2025-11-01", AS_OF]
    assert {point.fingerprint for point in line.points} == {company.model.fingerprint}


def test_an_entity_without_history_is_refused(company: Project) -> None:
    company.score(AS_OF)
    with pytest.raises(UsageError, match="`A-11` has no history"):  # it ended before
        company.history("A-11")


def test_what_was_shown_stays_when_the_data_change(company: Project) -> None:
    company.score(AS_OF)
    shown = company.explain("A-00", AS_OF).why.score
    events = company.folder / "data" / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert open_project(company.folder).explain("A-00", AS_OF).why.score == shown


def test_comparison_puts_the_biggest_fall_first(company: Project) -> None:
    found = company.compare("2025-09-20", AS_OF)
    changes = [move.change.score for move in found.moves if move.change]
    assert changes == sorted(changes)
    assert found.moves[0].id == "A-01"
    assert sum(n["to"] for n in found.bands.values()) == 11
    alone = [move for move in found.moves if move.change is None]
    assert [move.id for move in alone] == ["A-02"]  # it started in between
    assert alone[0].score_from is None


def test_comparison_measures_from_what_another_model_showed(company: Project) -> None:
    company.score("2025-10-20")
    (company.folder / "salus.yaml").write_text(
        MODEL.replace("weight: 3", "weight: 1"), encoding="utf-8"
    )
    for move in open_project(company.folder).compare("2025-10-20", AS_OF).moves:
        if move.change:
            assert move.score_to is not None
            assert move.score_from is not None
            assert move.change.score == pytest.approx(move.score_to - move.score_from, abs=1e-9)


def test_equal_runs_are_equal_bytes(company: Project) -> None:
    company.score(AS_OF)
    path = company.store.all()[0].path
    first = path.read_bytes()
    path.unlink()
    company.score(AS_OF)
    assert path.read_bytes() == first


def test_missing_is_null_in_history_never_nan(company: Project) -> None:
    company.score(AS_OF)
    table = pq.read_table(company.store.all()[0].path)
    for name in table.column_names:
        for value in table[name].to_pylist():
            assert value == value, name


def test_the_model_is_kept_by_its_fingerprint(company: Project) -> None:
    company.score(AS_OF)
    kept = company.folder / "models" / f"{company.model.fingerprint}.yaml"
    assert kept.read_text(encoding="utf-8") == MODEL
