"""What a project keeps of its scores."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from salus.errors import DataError, UsageError
from salus.project import Project, open_project
from tests.project.company import AS_OF, MODEL


def test_history_is_every_date_that_was_scored(company: Project) -> None:
    for date in ("2025-11-01", AS_OF, "2025-10-01"):
        company.score(date)
    history = company.history("Alice GmbH")
    assert [str(point.as_of) for point in history.points] == ["2025-10-01", "2025-11-01", AS_OF]
    assert {point.fingerprint for point in history.points} == {company.model.fingerprint}


def test_an_entity_without_history_is_refused(company: Project) -> None:
    company.score(AS_OF)
    with pytest.raises(UsageError, match="`A-11` has no history"):  # it ended before
        company.history("A-11")


def test_what_was_shown_stays_when_the_data_change(company: Project) -> None:
    company.score(AS_OF)
    before = company.explain("A-00", AS_OF).why.score
    events = company.folder / "data" / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert open_project(company.folder).explain("A-00", AS_OF).why.score == before


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


def test_history_asked_twice_follows_changes_of_the_data(company: Project) -> None:
    company.score(AS_OF)
    company.replay("2025-11-01", "2025-11-10")
    first = company.history("Alice GmbH")
    assert [point.replayed for point in first.points].count(True) == 10
    assert company.history("Alice GmbH") == first

    events = company.folder / "data" / "events.csv"
    text = events.read_text(encoding="utf-8")
    events.write_text("".join(text.splitlines(keepends=True)[:-1]), encoding="utf-8")
    again = company.history("Alice GmbH")  # the replay belongs to other data
    assert [str(point.as_of) for point in again.points] == [AS_OF]

    company.replay("2025-11-01", "2025-11-10")
    assert len(company.history("Alice GmbH").points) == len(first.points)


def test_history_asked_twice_finds_new_labels(company: Project) -> None:
    company.score(AS_OF)
    key = company.history("Alice GmbH").id
    accounts = company.folder / "data" / "accounts.csv"
    text = accounts.read_text(encoding="utf-8")
    accounts.write_text(text.replace("Alice GmbH", "Alina GmbH"), encoding="utf-8")
    assert company.history("Alina GmbH").id == key
    with pytest.raises(UsageError, match="has no history"):
        company.history("Alice GmbH")


def test_history_asked_twice_checks_the_columns_of_new_data(company: Project) -> None:
    company.score(AS_OF)
    company.history("Alice GmbH")
    events = company.folder / "data" / "events.csv"
    head, *lines = events.read_text(encoding="utf-8").splitlines(keepends=True)
    events.write_text(head.replace("at", "other") + "".join(lines), encoding="utf-8")
    with pytest.raises(DataError):
        company.history("Alice GmbH")
