"""A project in Python keeps the scores it read, and never shows them after something changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.history.store import Store
from salus.project import Project, open_project
from salus.sources import file_states
from salus.workspace.source_state import SourceState, source_state
from salus.workspace.workspace import Workspace
from tests.project.company import AS_OF


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled although they were written a moment ago."""
    monkeypatch.setattr(file_states, "YOUNG", 0)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Counts how often the sources are opened."""
    calls: list[str] = []
    connected = Workspace.connected

    def counted(workspace: Workspace, model: object = None) -> object:
        calls.append("opened")
        return connected(workspace, model)  # type: ignore[arg-type]

    monkeypatch.setattr(Workspace, "connected", counted)
    return calls


def state_of(workspace: Workspace) -> SourceState | None:
    return source_state(workspace.folder, workspace.settings)


def forget(company: Project) -> Project:
    return open_project(company.folder, today=AS_OF)


@pytest.mark.usefixtures("settled")
def test_the_second_explanation_opens_no_source(company: Project, opened: list[str]) -> None:
    project = open_project(company.folder, today=AS_OF)
    project.score()
    opened.clear()
    first = project.explain("A-01", since="2024-09-04")
    assert opened
    opened.clear()
    again = project.explain("A-01", since="2024-09-04")
    other = project.explain("A-00")
    assert not opened
    assert str(again) == str(first) and again.as_dict() == first.as_dict()
    assert other.as_dict() == forget(company).explain("A-00").as_dict()


@pytest.mark.usefixtures("settled")
def test_changed_facts_are_read_again(company: Project) -> None:
    project = open_project(company.folder, today=AS_OF)
    before = project.explain("A-01")
    table = company.folder / "data" / "accounts.csv"
    table.write_text(table.read_text("utf-8").replace("Bob & Sons", "Bob & Daughters"), "utf-8")
    assert before.label == "Bob & Sons"
    assert project.explain("A-01").label == "Bob & Daughters"


@pytest.mark.usefixtures("settled")
def test_a_new_file_of_facts_is_noticed(company: Project) -> None:
    project = open_project(company.folder, today=AS_OF)
    state = state_of(project)
    assert state is not None and state == state_of(project)
    (company.folder / "data" / "more.csv").write_text("id\n1\n", "utf-8")
    assert state_of(project) != state


@pytest.mark.usefixtures("settled")
def test_scores_that_are_kept_again_are_read_again(company: Project) -> None:
    project = open_project(company.folder, today=AS_OF)
    project.score()
    project.explain("A-01")
    [file] = project.store.all()
    table = project.store.read(file)
    project.store.keep(table.slice(0, len(table) - 1), project.model, file.as_of)
    assert table["entity"].to_pylist()[-1] not in _scored(project)
    file.path.unlink()
    assert table["entity"].to_pylist()[-1] in _scored(project)


def _scored(project: Project) -> tuple[str, ...]:
    from salus.scores.as_shown import scores_on

    return scores_on(project, project.model, [None])[0].ids


def test_files_written_a_moment_ago_are_not_trusted(company: Project, opened: list[str]) -> None:
    project = open_project(company.folder, today=AS_OF)
    (company.folder / "data" / "accounts.csv").touch()
    assert state_of(project) is None
    project.explain("A-01")
    opened.clear()
    project.explain("A-01")
    assert opened


def test_a_server_that_does_not_answer_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "salus.toml").write_text('[data]\nurl = "postgresql://127.0.0.1:1/d"\n', "utf-8")
    assert state_of(Workspace(tmp_path)) is None


def test_spark_does_not_tell_whether_facts_changed(tmp_path: Path) -> None:
    (tmp_path / "salus.toml").write_text('[data]\nurl = "spark:local[1]"\n', "utf-8")
    assert state_of(Workspace(tmp_path)) is None


def test_postgres_tells_of_every_write(tmp_path: Path, postgres: str) -> None:
    import adbc_driver_postgresql.dbapi as driver

    (tmp_path / "salus.toml").write_text(f'[data]\nurl = "{postgres}"\n', "utf-8")
    states = []
    with driver.connect(postgres) as connection, connection.cursor() as cursor:
        for statement in (
            "CREATE SCHEMA in_memory",
            "CREATE TABLE in_memory.facts AS SELECT 1 AS n",
            "UPDATE in_memory.facts SET n = 2",
            "SELECT n FROM in_memory.facts",
            "DELETE FROM in_memory.facts",
            "DROP SCHEMA in_memory CASCADE",
        ):
            cursor.execute(statement)
            if statement.startswith("SELECT"):
                cursor.fetchall()
            connection.commit()
            states += [state_of(Workspace(tmp_path)), state_of(Workspace(tmp_path))]
    assert None not in states and states[::2] == states[1::2]
    changed = [before != after for before, after in zip(states[::2], states[2::2], strict=False)]
    assert changed == [True, True, False, True, True]


def test_the_path_of_a_file_is_the_one_that_is_written(company: Project) -> None:
    project = open_project(company.folder, today=AS_OF)
    project.score()
    [file] = project.store.all()
    assert isinstance(project.store, Store)
    assert project.store.path(file.as_of, file.fingerprint) == file.path
    assert project.store.at(file.as_of, "00000000") is None


def test_an_edited_model_counts_from_the_next_call_on(company: Project) -> None:
    project = open_project(company.folder, today=AS_OF)
    before = project.explain("A-01")
    path = company.folder / "salus.yaml"
    path.write_text(path.read_text("utf-8").replace("weight: 3", "weight: 1", 1), "utf-8")
    after = project.explain("A-01")
    assert after.fingerprint != before.fingerprint
    assert after.as_dict() == forget(company).explain("A-01").as_dict()
    assert project.scores().as_dict() == forget(company).scores().as_dict()


def test_an_adopted_model_counts_from_the_next_call_on(company: Project) -> None:
    project = open_project(company.folder, today=AS_OF)
    text = project.model.text.replace("weight: 3", "weight: 1", 1)
    (company.folder / "new.yaml").write_text(text, "utf-8")
    project.adopt("new.yaml")
    assert project.scores().model.text == text


def test_a_model_of_a_verb_is_never_forgotten(company: Project) -> None:
    project = open_project(company.folder, today=AS_OF)
    other = project.scoring_with(project.model)
    (company.folder / "salus.yaml").unlink()
    other._renew()
    assert other.model is project.model


@pytest.mark.usefixtures("settled")
def test_results_are_forgotten_with_the_settings(company: Project, opened: list[str]) -> None:
    project = open_project(company.folder, today=AS_OF)
    project.explain("A-01")
    opened.clear()
    project.explain("A-01")
    assert not opened
    toml = company.folder / "salus.toml"
    before = toml.read_text("utf-8") if toml.exists() else ""
    toml.write_text(before + '\n[files.accounts]\nseparator = ","\n', "utf-8")
    project.explain("A-01")
    assert opened and "accounts" in project.settings.files
